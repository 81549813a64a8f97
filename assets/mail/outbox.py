"""The outbox: a message is queued once under its key, and sent once.

A message is a file that moves between three folders by atomic renames, so that a kill at any moment
leaves it in exactly one of them:

- ``waiting``: not sent. While the server is down it stays here; nothing is lost.
- ``sending``: its text is going out right now. A message found here after a crash may or may not have
  arrived; it is never sent again by itself, but shown as unsure for a person to decide.
- ``sent``: the server has taken it. Only the key is kept, not the content.

A run, the schedule and a person may all send; one does at a time, and the others wait for it.
"""

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

from assets.mail.settings import MailSettings

STATES = ("waiting", "sending", "sent")
LOCK = "sending.lock"
START_INPUT = 354
TAKEN = 250
REFUSED_FOR_GOOD = 500


@dataclass(frozen=True)
class Sending:
    """How one round went, in messages.

    Attributes:
        sent: Taken by the server in this round.
        waiting: Still to be sent; the server was down, slow or asked to come again.
        refused: The server will not take them; they wait until somebody mends the address.
        unsure: The connection broke between the text and the answer; a person must decide.
        first_cause: Why the first one was not sent; empty when all were.
    """

    sent: int
    waiting: int
    refused: int
    unsure: int
    first_cause: str


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
        """Send what waits, one connection for all; never raises for the server's sake."""
        with self._alone():
            return self._send(settings)

    def _send(self, settings: MailSettings) -> Sending:
        sent, refused, cause = 0, 0, ""
        try:
            with _connection(settings) as server:
                for key in self.keys("waiting"):
                    outcome, reason = self._send_one(server, settings.sender, key)
                    sent += outcome == "sent"
                    refused += outcome == "refused"
                    cause = cause or reason
                    if outcome == "broken":
                        break
        except (OSError, smtplib.SMTPException) as error:
            cause = cause or _reason(error)
        waiting = len(self.keys("waiting")) - refused
        return Sending(sent, waiting, refused, len(self.keys("sending")), cause)

    def _send_one(self, server: smtplib.SMTP, sender: str, key: str) -> tuple[str, str]:
        raw = self._path("waiting", key).read_bytes()
        address = message_from_bytes(raw, policy=policy.SMTP)["To"].addresses[0].addr_spec
        for code, answer in (
            _ask(server.mail, sender),
            _ask(server.rcpt, address),
            _ask(server.docmd, "DATA"),
        ):
            if code not in (TAKEN, START_INPUT):
                server.rset()
                refused = code >= REFUSED_FOR_GOOD
                return ("refused" if refused else "later"), f"{code} {answer.decode(errors='replace')}"
        # From here on the server may have the message even if its answer never comes.
        self._path("waiting", key).replace(self._path("sending", key))
        try:
            server.send(_quoted(raw))
            code, answer = server.getreply()
        except (OSError, smtplib.SMTPException) as error:
            return "broken", _reason(error)
        if code == TAKEN:
            self._mark_sent(key)
            return "sent", ""
        self._path("sending", key).replace(self._path("waiting", key))
        return (
            "refused" if code >= REFUSED_FOR_GOOD else "later"
        ), f"{code} {answer.decode(errors='replace')}"

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
    context = ssl.create_default_context()
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
            server.login(settings.login, settings.password())
        yield server
    finally:
        server.close()


def _ask(command: object, argument: str) -> tuple[int, bytes]:
    code, answer = command(argument)  # type: ignore[operator]
    return int(code), bytes(answer)


def _quoted(raw: bytes) -> bytes:
    """The text with lines that begin with a dot doubled, and the closing dot."""
    lines = raw.replace(b"\r\n", b"\n").rstrip(b"\n").split(b"\n")
    return b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines) + b"\r\n.\r\n"


def _reason(error: Exception) -> str:
    """The cause without addresses: type and the system's own word."""
    word = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"{type(error).__name__}: {word}" if word else type(error).__name__
