"""Mail under the real daemon: a scheduled run's mail survives a server that is away, drops and refuses."""

import pytest

from assets.layers.mail import CADENCE_TAG
from assets.mail.outbox import Outbox
from tests.ui.conftest import TOLD, wait_until

pytestmark = pytest.mark.chromium

EVERYONE = sorted(f"{role.lower()}@example.invalid" for role in TOLD)
TAGS = {CADENCE_TAG: "quarterly", "netvaerdi/started_by": "publish_quarterly"}


def states(ui):
    """How many messages are waiting, unsure and sent."""
    box = Outbox(ui.home.outbox)
    return tuple(len(box.keys(state)) for state in ("waiting", "sending", "sent"))


def test_nothing_is_lost_while_the_server_is_away_drops_and_refuses_and_nothing_is_sent_twice(ui, mailbox):
    ui.stop_schedule("send_waiting_mail_quarter_hourly")  # here the test says when it is due
    run = ui.launch("refresh_results", TAGS)
    assert (run["status"], ui.cause(run["runId"])) == ("SUCCESS", [])
    assert states(ui) == (3, 0, 0)
    mailbox.start("451 come again")
    assert ui.launch("send_waiting_mail", {})["status"] == "SUCCESS"
    assert states(ui) == (3, 0, 0)
    mailbox.start("drop")
    dropped = ui.launch("send_waiting_mail", {})
    assert (dropped["status"], states(ui)) == ("FAILURE", (2, 1, 0))  # a person must decide
    mailbox.start("250 OK")
    assert ui.launch("send_waiting_mail", {})["status"] == "FAILURE"
    assert states(ui) == (0, 1, 2)
    (unsure,) = Outbox(ui.home.outbox).keys("sending")
    Outbox(ui.home.outbox).release(unsure)
    assert ui.launch("send_waiting_mail", {})["status"] == "SUCCESS"
    assert states(ui) == (0, 0, 3)
    assert mailbox.addresses() == EVERYONE


def test_a_failed_run_is_told_once_with_its_first_cause(ui, mailbox):
    mailbox.start("250 OK")
    before = len(mailbox.taken)
    config = {"resources": {"options": {"config": {"as_of": "i går"}}}}
    run = ui.launch("refresh_results", TAGS, config)
    assert run["status"] == "FAILURE"
    wait_until(lambda: len(mailbox.taken) > before, 120, "the alert")
    ((address, message),) = mailbox.taken[before:]
    text = message.get_content()
    assert address == "drift@example.invalid"
    assert run["runId"] in text
    assert "Opgørelsesdagen i går" in text
