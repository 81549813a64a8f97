"""One writer at a time; whoever comes second learns who is at work and since when."""

import json

import pytest

from assets.home import Home
from assets.writer import WriterBusy, hold_writer, read_holder


@pytest.fixture
def home(tmp_path):
    return Home.create(tmp_path / "hjem")


def test_the_second_writer_is_told_who_holds_the_warehouse(home):  # F35
    told = []
    with (
        hold_writer(home, "netvaerdi run"),
        pytest.raises(WriterBusy, match="netvaerdi run"),
        hold_writer(home, "Dagster", wait_seconds=0.1, on_wait=lambda da, en: told.append((da, en))),
    ):
        pass
    assert told[0][0].startswith("Venter på netvaerdi run (proces ")
    assert "running since" in told[0][1]


def test_the_place_is_free_again_after_a_failure(home):
    with pytest.raises(ValueError, match="brød"), hold_writer(home, "netvaerdi run"):
        raise ValueError("brød")
    with hold_writer(home, "netvaerdi run", wait_seconds=0):
        assert read_holder(home).who == "netvaerdi run"
    assert read_holder(home) is None


def test_a_note_left_by_a_killed_run_holds_nobody_up(home):  # F26
    home.writer_lock.with_suffix(".json").write_text(
        json.dumps({"who": "netvaerdi run", "process": 1, "since": "2026-01-01T00:00:00+00:00"}),
        encoding="utf-8",
    )
    with hold_writer(home, "Dagster", wait_seconds=0):
        assert read_holder(home).who == "Dagster"
