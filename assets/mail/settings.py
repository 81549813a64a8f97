"""The mail server, as ``[mail]`` of ``netvaerdi.toml`` names it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assets.errors import TwoLanguageError

SECURITIES = ("starttls", "tls", "none")
LOOPBACK = ("localhost", "127.0.0.1", "::1")
PASSWORD_VARIABLE = "NETVAERDI_SMTP_PASSWORD"  # noqa: S105 - the variable's name, no password


class MailError(TwoLanguageError):
    """Mail is set up wrongly, or the server would not take it."""


@dataclass(frozen=True)
class MailSettings:
    """Where mail goes out.

    Attributes:
        host, port: The SMTP server.
        security: ``starttls``, ``tls`` from the first byte, or ``none`` (loopback only).
        sender: The From address, a shared mailbox.
        login: User name at the server; empty for none.
        password_file: File with the password, readable by its owner only; else the environment variable
            ``NETVAERDI_SMTP_PASSWORD``.
        ca_file: Certificates (PEM) of those whose word is believed about the server; empty for the system's.
        alert_to: Who is told when a run fails; empty for the analysts of the settings workbook.
        timeout_seconds: How long the server may keep silent.
    """

    host: str
    sender: str
    port: int = 587
    security: str = "starttls"
    login: str = ""
    password_file: str = ""
    ca_file: str = ""
    alert_to: str = ""
    timeout_seconds: float = 30.0

    def password(self) -> str:
        """The password. Raises :class:`MailError` where none is to be had or others can read its file."""
        if not self.password_file:
            given = os.environ.get(PASSWORD_VARIABLE, "")
            if given:
                return given
            raise MailError(
                f"Mail: adgangskoden mangler; sæt {PASSWORD_VARIABLE} eller mail.password_file.",
                f"Mail: the password is missing; set {PASSWORD_VARIABLE} or mail.password_file.",
            )
        path = Path(self.password_file).expanduser()
        try:
            if path.stat().st_mode & 0o077:
                raise MailError(
                    "Mail: adgangskodens fil kan læses af andre; giv den rettighederne 0600.",
                    "Mail: others can read the password's file; give it the mode 0600.",
                )
            return path.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise MailError(
                f"Mail: adgangskodens fil kan ikke læses: {error.strerror}.",
                f"Mail: the password's file cannot be read: {error.strerror}.",
            ) from error


def read_mail_settings(given: Mapping[str, Any]) -> MailSettings:
    """``MailSettings`` from the table ``[mail]``.

    Raises:
        MailError: A name is unknown, host or sender is missing, a value has the wrong form, or mail would
            leave this machine unencrypted.
    """
    known = MailSettings.__dataclass_fields__
    for name, value in given.items():
        if name not in known:
            raise MailError(f"Mail: ukendt indstilling {name}.", f"Mail: unknown setting {name}.")
        wanted = (int, float) if name in ("port", "timeout_seconds") else (str,)
        if not isinstance(value, wanted) or isinstance(value, bool):
            raise MailError(f"Mail: {name} har en forkert form.", f"Mail: {name} has the wrong form.")
    for name in ("host", "sender"):
        if not given.get(name):
            raise MailError(f"Mail: {name} mangler.", f"Mail: {name} is missing.")
    settings = MailSettings(**given)
    if settings.security not in SECURITIES:
        raise MailError(
            f"Mail: security skal være {', '.join(SECURITIES)}.",
            f"Mail: security is one of {', '.join(SECURITIES)}.",
        )
    if settings.security == "none" and settings.host not in LOOPBACK:
        raise MailError(
            "Mail: uden kryptering må der kun sendes til denne maskine selv.",
            "Mail: without encryption only this machine itself may be sent to.",
        )
    return settings
