"""Why mail did not go out, told so that the reader knows which setting of ``[mail]`` to look at."""

import smtplib
import socket
import ssl
from dataclasses import dataclass

from assets.errors import TwoLanguageError
from assets.mail.settings import MailSettings

WRONG_NAME = (62, 64)  # of OpenSSL: the certificate is another host's, another address's
WANTS_LOGIN = 530
PASSWORD_PLACES = "mail.login, mail.password_file, NETVAERDI_SMTP_PASSWORD"  # noqa: S105 - where it stands


@dataclass(frozen=True)
class Cause:
    """Why a message was not sent.

    Attributes:
        da, en: One line each, without addresses, names or passwords.
        mend: Somebody must change a setting; it will not pass by itself.
    """

    da: str
    en: str
    mend: bool = False

    def __str__(self) -> str:
        return self.da if self.da == self.en else f"{self.da} / {self.en}"


def answered(code: int, answer: bytes) -> Cause:
    """The server's own answer to one message."""
    said = f"{code} {answer.decode(errors='replace')}"
    if code == WANTS_LOGIN:
        return Cause(
            f"Mail: serveren kræver login eller kryptering ({said}); ret mail.login eller mail.security.",
            f"Mail: the server wants a login or encryption ({said}); mend mail.login or mail.security.",
            mend=True,
        )
    return Cause(said, said)


def cause_of(error: Exception, settings: MailSettings) -> Cause:
    """Why no connection was had, or why it was lost."""
    if isinstance(error, TwoLanguageError):
        return Cause(error.da, error.en, mend=True)
    if isinstance(error, ssl.SSLCertVerificationError):
        return _certificate(error, settings)
    if isinstance(error, ssl.SSLError):
        return Cause(
            f"Mail: serveren taler ikke TLS på port {settings.port} ({_word(error)}); ret mail.security "
            "eller mail.port.",
            f"Mail: the server speaks no TLS on port {settings.port} ({_word(error)}); mend mail.security "
            "or mail.port.",
            mend=True,
        )
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return _login(error.smtp_code)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return _not_offered(error)
    if isinstance(error, socket.gaierror):
        return Cause(
            f"Mail: navnet {settings.host} findes ikke i netværket; ret mail.host ({_word(error)}).",
            f"Mail: the name {settings.host} is not known in the network; mend mail.host ({_word(error)}).",
        )
    if isinstance(error, (OSError, smtplib.SMTPServerDisconnected)):
        place = f"{settings.host}:{settings.port}"
        return Cause(
            f"Mail: ingen forbindelse til {place} med mail.security = {settings.security} ({_word(error)}).",
            f"Mail: no connection to {place} with mail.security = {settings.security} ({_word(error)}).",
        )
    return Cause(_word(error), _word(error))


def _certificate(error: ssl.SSLCertVerificationError, settings: MailSettings) -> Cause:
    if error.verify_code in WRONG_NAME:
        return Cause(
            f"Mail: serverens certifikat gælder ikke {settings.host} ({error.verify_message}); skriv i "
            "mail.host det navn, det er udstedt til.",
            f"Mail: the server's certificate is not for {settings.host} ({error.verify_message}); write in "
            "mail.host the name it was issued to.",
            mend=True,
        )
    return Cause(
        f"Mail: serverens certifikat er ikke betroet ({error.verify_message}); er det kommunens eget, så "
        "angiv udstederens certifikat i mail.ca_file.",
        f"Mail: the server's certificate is not trusted ({error.verify_message}); if it is the "
        "municipality's own, name its issuer's certificate in mail.ca_file.",
        mend=True,
    )


def _login(code: int) -> Cause:
    # The server's words are left out: some repeat the user's name.
    if code < 500:
        return Cause(
            f"Mail: serveren kan ikke tage imod login nu ({code}).",
            f"Mail: the server cannot take a login now ({code}).",
        )
    return Cause(
        f"Mail: serveren afviste login ({code}); ret {PASSWORD_PLACES}.",
        f"Mail: the server refused the login ({code}); mend {PASSWORD_PLACES}.",
        mend=True,
    )


def _not_offered(error: smtplib.SMTPNotSupportedError) -> Cause:
    if "STARTTLS" in str(error):
        return Cause(
            'Mail: serveren tilbyder ikke STARTTLS på denne port; prøv mail.security = "tls" og '
            "mail.port = 465.",
            'Mail: the server offers no STARTTLS on this port; try mail.security = "tls" and '
            "mail.port = 465.",
            mend=True,
        )
    return Cause(
        "Mail: serveren tager ikke imod login på denne forbindelse; ret mail.port eller mail.security, eller "
        "lad mail.login stå tom.",
        "Mail: the server takes no login on this connection; mend mail.port or mail.security, or leave "
        "mail.login empty.",
        mend=True,
    )


def _word(error: Exception) -> str:
    """Type and the system's own word, without addresses."""
    word = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"{type(error).__name__}: {word}" if word else type(error).__name__
