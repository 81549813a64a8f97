"""Processes that end without warning, and two at once: F26 and F35."""

import multiprocessing
import os
import signal
from datetime import UTC, date, datetime

import duckdb
import pytest

from assets.home import Home
from assets.run_record import Run, begin_run
from assets.warehouse import open_warehouse
from assets.writer import WriterBusy, hold_writer

CONTEXT = multiprocessing.get_context("forkserver")


def run_and_wait(root, told):
    """Hold the warehouse as a run does, say so, and go on until killed."""
    home = Home(root)
    with hold_writer(home, "netvaerdi run"), open_warehouse(home.warehouse_file) as connection:
        begin_run(connection, Run("first", datetime(2026, 10, 1, tzinfo=UTC), date(2026, 9, 30)))
        connection.execute("checkpoint")
        told.send("at work")
        signal.pause()


@pytest.fixture
def home(tmp_path):
    return Home.create(tmp_path / "hjem")


@pytest.fixture
def running(home):
    """Another process that runs on the same home."""
    ours, theirs = CONTEXT.Pipe()
    process = CONTEXT.Process(target=run_and_wait, args=(home.root, theirs))
    process.start()
    assert ours.recv() == "at work"
    yield process
    if process.is_alive():
        os.kill(process.pid, signal.SIGKILL)
    process.join()


def test_f26_a_run_cut_short_stands_as_broken_off_and_the_next_goes_on_by_itself(home, running):
    os.kill(running.pid, signal.SIGKILL)
    running.join()
    with (
        hold_writer(home, "netvaerdi run", wait_seconds=0),
        open_warehouse(home.warehouse_file) as connection,
    ):
        begin_run(connection, Run("second", datetime(2026, 10, 2, tzinfo=UTC), date(2026, 9, 30)))
        states = connection.execute("select run_id, state from audit.attempt order by run_id").fetchall()
    assert states == [("first", "broken_off"), ("second", "running")]


def test_f35_a_second_process_is_told_who_is_at_work_and_since_when(home, running):
    with (
        pytest.raises(WriterBusy, match=rf"netvaerdi run \(proces {running.pid}\), i gang siden \d\d-\d\d-"),
        hold_writer(home, "Dagster", wait_seconds=0.1),
    ):
        pass


def test_f35_a_second_process_waits_and_works_when_the_first_has_ended(home, running):
    told = []

    def kill(da, en):
        told.append(da)
        os.kill(running.pid, signal.SIGKILL)

    with (
        hold_writer(home, "Dagster", wait_seconds=60, on_wait=kill),
        duckdb.connect(str(home.warehouse_file)) as connection,
    ):
        assert connection.execute("select run_id from audit.attempt").fetchall() == [("first",)]
    assert told and told[0].startswith("Venter på netvaerdi run")
