"""The outbox: a message is queued once under its key, and sent once.

A message is a file that moves between three folders by atomic renames, so that a kill at any moment
leaves it in exactly one of them:

- ``waiting``: not sent. While the server is down it stays here; nothing is lost.
- ``sending``: its text is going out right now. A message found here after a crash may or may not have
  arrived; it is never sent again by itself, but shown as unsure for a person to decide.
- ``sent``: the server has taken it. Only the key is kept, not the content.

A run, the schedule and a person may all send; one does at a time, and the others wait for it.
"""

import base64
import fcntl
import hashlib
import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from assets.mail.causes import WANTS_LOGIN, Cause, answered, cause_of
from assets.mail.settings import MailError, MailSettings

STATES = ("waiting", "sending", "sent")
LOCK = "sending.lock"
START_INPUT = 354
TAKEN = 250
GOES_ON = (TAKEN, 251, 252, START_INPUT)
LOGGED_IN = 235
REFUSED_FOR_GOOD = 500


@dataclass(frozen=True)
class Sending:
    """How one round went, in messages.

    Attributes:
        sent: Taken by the server in this round.
        waiting: Still to be sent; the server was down, slow or asked to come again.
        refused: The server will not take them; they wait until somebody mends the address.
        unsure: The connection broke between the text and the answer; a person must decide.
        first_cause: Why the first one was not sent; None when all were.
    """

    sent: int
    waiting: int
    refused: int
    unsure: int
    first_cause: Cause | None

    @property
    def needs_a_person(self) -> bool:
        """Whether it will not pass by itself: an address, a setting or an unsure message must be seen to."""
        return bool(self.refused or self.unsure or (self.first_cause and self.first_cause.mend))


def message_key(*parts: str) -> str:
    """The key of what is sent to whom: 32 hexadecimal digits in which no part can be read."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


class Outbox:
    """The queue in one folder.

    Args:
        folder: Created, readable by its owner only.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for state in STATES:
            (folder / state).mkdir(parents=True, exist_ok=True, mode=0o700)

    def queue(self, key: str, message: EmailMessage) -> bool:
        """Put a message in the queue; False when it is there, or was sent, already."""
        if self.knows(key):
            return False
        message["Message-ID"] = f"<{key}@netvaerdi.invalid>"
        aside = self.folder / f".{key}.part"
        with aside.open("wb") as file:
            file.write(message.as_bytes(policy=policy.SMTP))
            file.flush()
            os.fsync(file.fileno())
        aside.replace(self._path("waiting", key))
        return True

    def knows(self, key: str) -> bool:
        """Whether the message waits, is under way, or was sent."""
        return any(self._path(state, key).exists() for state in STATES)

    def keys(self, state: str) -> list[str]:
        """Keys of the messages in a state, oldest first by name."""
        return sorted(path.stem for path in (self.folder / state).glob("*.eml"))

    def release(self, key: str) -> None:
        """Send an unsure message again: a person has seen that it did not arrive."""
        self._path("sending", key).replace(self._path("waiting", key))

    def close(self, key: str) -> None:
        """Count an unsure message as sent: a person has seen that it arrived."""
        self._mark_sent(key)

    def send(self, settings: MailSettings) -> Sending:
        """Send what waits, one connection for all; what hinders it is told, never raised."""
        with self._alone():
            return self._send(settings)

    def _send(self, settings: MailSettings) -> Sending:
        sent, refused = 0, 0
        cause: Cause | None = None
        try:
            with _connection(settings) as server:
                for key in self.keys("waiting"):
                    outcome, reason = self._send_one(server, settings, key)
                    sent += outcome == "sent"
                    refused += outcome == "refused"
                    cause = cause or reason
                    if outcome == "broken":
                        break
        except (OSError, smtplib.SMTPException, MailError) as error:
            cause = cause or cause_of(error, settings)
        waiting = len(self.keys("waiting")) - refused
        return Sending(sent, waiting, refused, len(self.keys("sending")), cause)

    def _send_one(self, server: smtplib.SMTP, settings: MailSettings, key: str) -> tuple[str, Cause | None]:
        raw = self._path("waiting", key).read_bytes()
        address = message_from_bytes(raw, policy=policy.SMTP)["To"].addresses[0].addr_spec
        for code, answer in (
            _ask(server.mail, settings.sender),
            _ask(server.rcpt, address),
            _ask(server.docmd, "DATA"),
        ):
            if code not in GOES_ON:
                server.rset()
                return _outcome(code), answered(code, answer)
        # From here on the server may have the message even if its answer never comes.
        self._path("waiting", key).replace(self._path("sending", key))
        try:
            server.send(_quoted(raw))
            code, answer = server.getreply()
        except (OSError, smtplib.SMTPException) as error:
            return "broken", cause_of(error, settings)
        if code == TAKEN:
            self._mark_sent(key)
            return "sent", None
        self._path("sending", key).replace(self._path("waiting", key))
        return _outcome(code), answered(code, answer)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the outbox against every other sender, in this process or another."""
        descriptor = os.open(self.folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _mark_sent(self, key: str) -> None:
        self._path("sent", key).touch()
        self._path("sending", key).unlink(missing_ok=True)

    def _path(self, state: str, key: str) -> Path:
        return self.folder / state / f"{key}.eml"


@contextmanager
def _connection(settings: MailSettings) -> Iterator[smtplib.SMTP]:
    context = _trusted(settings)
    if settings.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            settings.host, settings.port, timeout=settings.timeout_seconds, context=context
        )
    else:
        server = smtplib.SMTP(settings.host, settings.port, timeout=settings.timeout_seconds)
    try:
        server.ehlo()
        if settings.security == "starttls":
            server.starttls(context=context)
            server.ehlo()
        if settings.login:
            _log_in(server, settings.login, settings.password())
        yield server
    finally:
        server.close()


def _trusted(settings: MailSettings) -> ssl.SSLContext:
    """Whose certificates are believed: the system's, or the one issuer that the settings name."""
    if not settings.ca_file:
        return ssl.create_default_context()
    try:
        return ssl.create_default_context(cafile=str(Path(settings.ca_file).expanduser()))
    except (OSError, ssl.SSLError) as error:
        raise MailError(
            f"Mail: mail.ca_file kan ikke læses som et certifikat ({type(error).__name__}).",
            f"Mail: mail.ca_file cannot be read as a certificate ({type(error).__name__}).",
        ) from error


def _log_in(server: smtplib.SMTP, login: str, password: str) -> None:
    """Log in; where name or password has other letters than ASCII, as PLAIN in UTF-8 (RFC 4616)."""
    if (login + password).isascii():
        server.login(login, password)
        return
    if not server.has_extn("auth"):
        raise smtplib.SMTPNotSupportedError("SMTP AUTH extension not supported by server.")
    plain = base64.b64encode(f"\0{login}\0{password}".encode()).decode()
    code, answer = server.docmd("AUTH", f"PLAIN {plain}")
    if code != LOGGED_IN:
        raise smtplib.SMTPAuthenticationError(code, answer)


def _outcome(code: int) -> str:
    """What a refusal makes of a message: a server that only wants a login may take it later."""
    return "refused" if code >= REFUSED_FOR_GOOD and code != WANTS_LOGIN else "later"


def _ask(command: object, argument: str) -> tuple[int, bytes]:
    code, answer = command(argument)  # type: ignore[operator]
    return int(code), bytes(answer)


def _quoted(raw: bytes) -> bytes:
    """The text with lines that begin with a dot doubled, and the closing dot."""
    lines = raw.replace(b"\r\n", b"\n").rstrip(b"\n").split(b"\n")
    return b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines) + b"\r\n.\r\n"
