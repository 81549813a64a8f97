"""F53: retention is kept by a schedule, which can be switched off and tells how much, never what."""

import json
from datetime import UTC, date, datetime

import dagster as dg
import pytest

from assets.accepted.tables import create_tables
from assets.home import Home
from assets.people.retention import set_hold
from assets.raw.tables import create_raw_tables
from assets.warehouse import open_warehouse
from pipelines import schedules_retention
from pipelines.schedules_retention import (
    delete_kept_long_enough,
    keep_retention_monthly,
    publish_after_deletion,
)

TICK = datetime(2026, 11, 1, 4, 0, tzinfo=UTC)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home with a sheet of 2022 and two old deliveries of one organisation."""
    home = Home.create(tmp_path / "hjem")
    monkeypatch.setenv("NETVAERDI_HOME", str(home.root))
    sheet = home.dialogue / "ABY" / "2022Q4" / "N-02.html"
    sheet.parent.mkdir(parents=True)
    sheet.write_text("Vibeke", encoding="utf-8")
    with open_warehouse(home.warehouse_file) as connection:
        create_raw_tables(connection)
        create_tables(connection)
        for sequence in (1, 2):
            connection.execute(
                "insert into raw.delivery (sequence, organisation_id, path, sha256, bytes, received_at, "
                "received_date, state, superseded_at, format, archived) "
                "values (?, 'ABY', 'Folk.xlsx', ?, 1, timestamp '2019-01-01', date '2019-01-01', "
                "'superseded', timestamp '2020-01-01', 'xlsx', 'none')",
                [sequence, f"{sequence:064d}"],
            )
            connection.execute(
                "insert into raw.source_row (delivery_sequence, organisation_id, sheet, row_number, cells) "
                "values (?, 'ABY', 'Personer', 2, ?)",
                [sequence, json.dumps({"A": "P-13"})],
            )
    return home


def tick():
    return keep_retention_monthly(dg.build_schedule_context(scheduled_execution_time=TICK))


def test_a_tick_asks_for_the_deletion_once_a_month(home):
    request = tick()
    assert request.run_key == "retention-2026-11"


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ("schedules = false", "Switched off"),
        ("[retention]\nautomatic = false", "Switched off"),
        ("demonstration = true", "Made-up data"),
        ("[retention]\nautomatic = 3", "must be true or false"),
        ("[retention]\npeople = 0", "whole number of months"),
    ],
)
def test_the_schedule_is_switched_off_by_the_settings_and_never_deletes_by_wrong_ones(home, settings, reason):
    home.settings_file.write_text(f"{settings}\n", encoding="utf-8")
    assert reason in tick().skip_message


def test_what_is_due_is_deleted_and_the_log_says_how_much_and_never_what(home, monkeypatch):
    monkeypatch.setattr(schedules_retention, "copenhagen_day", lambda _: date(2026, 11, 1))
    with dg.DagsterInstance.ephemeral() as instance:
        result = delete_kept_long_enough.execute_in_process(instance=instance)
        run = instance.get_run_by_id(result.run_id)
        records = instance.get_records_for_run(result.run_id).records
        said = " ".join(record.event_log_entry.user_message for record in records)
        sensed = publish_after_deletion(
            dg.build_run_status_sensor_context(
                sensor_name="kept_long_enough_deleted",
                dagster_event=result.get_run_success_event(),
                dagster_instance=instance,
                dagster_run=run,
            )
        )
    assert run.tags["netvaerdi/deleted"] == "3"
    assert "2: Leverancer" in said
    assert not [word for word in ("Vibeke", "P-13", "Folk.xlsx", "N-02") if word in said]
    assert sensed.run_key == f"after-{result.run_id}"
    assert not home.dialogue.joinpath("ABY", "2022Q4").exists()
    with open_warehouse(home.warehouse_file) as connection:
        assert connection.execute("select count(*) from raw.source_row").fetchall() == [(0,)]
    log = (home.published / "history" / "log.jsonl").read_text(encoding="utf-8")
    assert '"reason":"retention"' in log
    assert "P-13" not in log


def test_what_is_under_a_legal_hold_stays_and_nothing_is_published_anew(home, monkeypatch):
    monkeypatch.setattr(schedules_retention, "copenhagen_day", lambda _: date(2026, 11, 1))
    set_hold(home, "ABY", holds=True, reason="Sag 12/3456")
    with dg.DagsterInstance.ephemeral() as instance:
        result = delete_kept_long_enough.execute_in_process(instance=instance)
        run = instance.get_run_by_id(result.run_id)
        sensed = publish_after_deletion(
            dg.build_run_status_sensor_context(
                sensor_name="kept_long_enough_deleted",
                dagster_event=result.get_run_success_event(),
                dagster_instance=instance,
                dagster_run=run,
            )
        )
    assert isinstance(sensed, dg.SkipReason)
    assert home.dialogue.joinpath("ABY", "2022Q4").exists()
