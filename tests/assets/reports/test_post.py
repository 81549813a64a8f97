"""From a publication to the mailbox, through a real local SMTP server: each role its product, once."""

import socket
from datetime import date
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller

from assets.home import Home
from assets.mail.outbox import Outbox
from assets.mail.post import queue_publication
from assets.mail.recipients import Recipient
from assets.mail.settings import MailSettings
from assets.reports import report_pdf

DAY = date(2025, 4, 10)
SENDER = "netvaerdi@example.invalid"


class Mailbox:
    """Keeps what it takes, by address."""

    def __init__(self):
        self.taken = {}

    async def handle_DATA(self, server, session, envelope):
        found = message_from_bytes(envelope.content, policy=policy.default)
        self.taken.setdefault(envelope.rcpt_tos[0], []).append(found)
        return "250 OK"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def to(role, person_id="", cadence="quarterly", lang="da"):
    return Recipient("AALBY", role, f"{role}@example.invalid", person_id, lang, cadence)


EVERYONE = [
    to("management"),
    to("analyst", cadence="monthly"),
    to("auditor", lang="en"),
    to("researcher"),
    to("leader", "P-LEADER"),
    to("superior", "P-BOSS"),
]


@pytest.fixture
def mailbox():
    return Mailbox()


@pytest.fixture
def settings(mailbox):
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield MailSettings("127.0.0.1", SENDER, controller.port, "none", timeout_seconds=5.0)
    controller.stop()


@pytest.fixture
def home(talked, tmp_path, monkeypatch):
    """A home with a publication, on a machine without Chromium."""
    monkeypatch.setattr(report_pdf.shutil, "which", lambda name: None)
    home = Home.create(tmp_path / "hjem")
    home.published.mkdir(exist_ok=True)
    talked.write(home.database)
    return home


def test_each_role_gets_its_own_product_and_no_more(home, settings, mailbox):
    queued = queue_publication(home, SENDER, EVERYONE, "quarterly", DAY)
    assert (queued.new, queued.before, queued.nothing) == (6, 0, 0)
    assert Outbox(home.outbox).send(settings).sent == 6
    texts = {address: mails[0].get_body(("plain",)).get_content() for address, mails in mailbox.taken.items()}
    attached = {
        address: [part.get_filename() for part in mails[0].iter_attachments()]
        for address, mails in mailbox.taken.items()
    }
    assert attached.pop("management@example.invalid") == ["vaerdiskabelsesrapport_da.html"]
    assert not any(attached.values())
    assert "vedhæftet som HTML" in texts["management@example.invalid"]
    for role in ("leader", "superior"):
        assert "dialogue/AALBY/2025Q1/N-1_2025Q1_da.html" in texts[f"{role}@example.invalid"]
        assert "ab" * 32 not in texts[f"{role}@example.invalid"]
    for role in ("analyst", "auditor", "researcher"):
        assert "ab" * 32 in texts[f"{role}@example.invalid"]
        assert "dialogue/" not in texts[f"{role}@example.invalid"]
    assert "are published" in texts["auditor@example.invalid"]


def test_the_same_quarter_is_sent_once(home, settings, mailbox):
    for _ in range(2):
        queue_publication(home, SENDER, EVERYONE, "quarterly", DAY)
        Outbox(home.outbox).send(settings)
    assert {len(mails) for mails in mailbox.taken.values()} == {1}


def test_what_a_server_that_is_down_did_not_take_is_sent_later(home, settings, mailbox):
    queue_publication(home, SENDER, EVERYONE, "quarterly", DAY)
    down = MailSettings("127.0.0.1", SENDER, free_port(), "none", timeout_seconds=1.0)
    assert Outbox(home.outbox).send(down).waiting == 6
    assert Outbox(home.outbox).send(settings).sent == 6


def test_the_monthly_mail_goes_to_who_asked_for_it(home):
    queued = queue_publication(home, SENDER, EVERYONE, "monthly", DAY)
    assert queued.new == 1


def test_nobody_is_told_of_a_sheet_before_the_dates_allow_one(home):
    queued = queue_publication(home, SENDER, EVERYONE, "quarterly", date(2024, 12, 31))
    assert (queued.new, queued.nothing) == (4, 2)


def test_a_leader_of_nothing_and_another_organisation_get_nothing(home):
    strangers = [
        to("leader", "P-OTHER"),
        to("leader"),
        Recipient("BY", "auditor", "x@y", "", "da", "monthly"),
    ]
    assert queue_publication(home, SENDER, strangers, "quarterly", DAY).new == 0
