import asyncio
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from assets.mail.outbox import Outbox, message_key
from assets.mail.settings import MailError, MailSettings, read_mail_settings


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A local SMTP server that answers as it is told."""

    answer: str = "250 OK"
    recipient_answer: str = "250 OK"
    delay: float = 0.0
    drop: bool = False
    taken: list[bytes] = field(default_factory=list)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.recipient_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient_answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        await asyncio.sleep(self.delay)
        if self.drop:
            server.transport.close()
            return "421 gone"
        if self.answer.startswith("250"):
            self.taken.append(envelope.content)
        return self.answer


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def settings(server: Server) -> Iterator[MailSettings]:
    controller = Controller(server, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield MailSettings("127.0.0.1", "netvaerdi@example.invalid", controller.port, "none", timeout_seconds=1.0)
    controller.stop()


def message(text: str = "Rapporten er klar.\n.en linje med punktum\n") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = (
        "a@example.invalid",
        "b@example.invalid",
        "Værdiskabelse 2026K3",
    )
    mail.set_content(text)
    return mail


def test_a_message_is_queued_once_and_sent_once(
    tmp_path: Path, server: Server, settings: MailSettings
) -> None:
    outbox = Outbox(tmp_path)
    key = message_key("2026Q3", "b@example.invalid")
    assert outbox.queue(key, message())
    assert not outbox.queue(key, message())
    assert outbox.send(settings).sent == 1
    assert not outbox.queue(key, message())
    assert outbox.send(settings).sent == 0
    assert len(server.taken) == 1 and b"\n.en linje" in server.taken[0].replace(b"\r\n", b"\n")


def test_nothing_is_lost_while_the_server_is_down(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    outbox.queue("k1", message())
    down = MailSettings("127.0.0.1", "a@example.invalid", free_port(), "none", timeout_seconds=0.5)
    round_ = outbox.send(down)
    assert (round_.sent, round_.waiting, outbox.keys("waiting")) == (0, 1, ["k1"])
    assert "ConnectionRefusedError" in str(round_.first_cause) and not round_.needs_a_person


def test_a_server_that_asks_to_come_again_gets_it_later(
    tmp_path: Path, server: Server, settings: MailSettings
) -> None:
    outbox = Outbox(tmp_path)
    outbox.queue("k1", message())
    server.answer = "451 come again"
    assert outbox.send(settings).waiting == 1
    server.answer = "250 OK"
    assert outbox.send(settings).sent == 1


def test_a_refused_recipient_does_not_stop_the_others(
    tmp_path: Path, server: Server, settings: MailSettings
) -> None:
    outbox = Outbox(tmp_path)
    outbox.queue("k1", message())
    server.recipient_answer = "550 no such box"
    round_ = outbox.send(settings)
    assert (round_.refused, str(round_.first_cause)) == (1, "550 no such box")
    assert outbox.keys("waiting") == ["k1"]


@pytest.mark.parametrize("fault", [{"drop": True}, {"delay": 1.6}])
def test_a_lost_answer_is_left_for_a_person_and_never_sent_twice(
    tmp_path: Path, server: Server, settings: MailSettings, fault: dict[str, Any]
) -> None:
    outbox = Outbox(tmp_path)
    outbox.queue("k1", message())
    for name, value in fault.items():
        setattr(server, name, value)
    assert outbox.send(settings).unsure == 1
    server.drop, server.delay = False, 0.0
    assert outbox.send(settings).sent == 0
    outbox.release("k1")
    assert outbox.send(settings).sent == 1


def test_two_senders_at_once_send_each_message_once(
    tmp_path: Path, server: Server, settings: MailSettings
) -> None:
    keys = [message_key(str(number)) for number in range(6)]
    for key in keys:
        Outbox(tmp_path).queue(key, message())
    server.delay = 0.05
    with ThreadPoolExecutor(3) as senders:
        rounds = list(senders.map(lambda _: Outbox(tmp_path).send(settings), range(3)))
    assert sorted(one.sent for one in rounds) == [0, 0, 6]
    assert [(one.waiting, one.unsure, one.first_cause) for one in rounds] == [(0, 0, None)] * 3
    assert len(server.taken) == 6


def test_a_message_caught_while_sending_is_unsure_after_a_restart(tmp_path: Path) -> None:
    first = Outbox(tmp_path)
    first.queue("k1", message())
    (tmp_path / "waiting" / "k1.eml").replace(tmp_path / "sending" / "k1.eml")
    again = Outbox(tmp_path)
    assert (again.keys("sending"), again.queue("k1", message())) == (["k1"], False)
    again.close("k1")
    assert (again.keys("sending"), again.keys("sent")) == ([], ["k1"])


def test_keys_show_no_address() -> None:
    assert message_key("a", "b@example.invalid") != message_key("a", "c@example.invalid")
    assert message_key("ab", "c") != message_key("a", "bc")
    assert set(message_key("b@example.invalid")) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    "given",
    [
        {"sender": "a@b.invalid"},
        {"host": "mail.example.invalid"},
        {"host": "mail.example.invalid", "sender": "a@b.invalid", "security": "none"},
        {"host": "localhost", "sender": "a@b.invalid", "security": "ssl3"},
        {"host": "localhost", "sender": "a@b.invalid", "prot": 25},
        {"host": "localhost", "sender": "a@b.invalid", "port": "25"},
    ],
)
def test_wrong_mail_settings_are_refused_by_name(given: dict[str, Any]) -> None:
    with pytest.raises(MailError):
        read_mail_settings(given)


def test_a_password_others_can_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("secret\n", encoding="utf-8")
    file.chmod(0o644)
    settings = MailSettings("localhost", "a@b.invalid", login="netvaerdi", password_file=str(file))
    with pytest.raises(MailError, match="0600"):
        settings.password()
    file.chmod(0o600)
    assert settings.password() == "secret"
