"""Pieces of a run as work for a process of its own, to be ended at any step, and what must hold after it."""

import atexit
import hashlib
import multiprocessing
import shutil
import traceback
from collections.abc import Collection
from contextlib import suppress
from datetime import UTC, date, datetime
from multiprocessing.connection import Connection, wait
from pathlib import Path

import duckdb

from assets.home import Home, load_settings
from assets.publication.content_hash import combine, table_hashes
from assets.publication.database import publish
from assets.publication.verify import verify
from assets.raw.intake import take_in
from assets.reports.management_report import write_management_report
from assets.request import make_request
from assets.run_record import Run
from assets.warehouse import open_warehouse
from benchmarks.chain import model, whole_run
from tests.faults.moments import Moment, Moments
from tests.faults.steps import Steps

RUN = Run("run-2", datetime(2026, 10, 2, 8, 30, tzinfo=UTC), date(2026, 9, 29))
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.faults.work"])
SIGKILL = -9
HANGS_SECONDS = 300


def take_in_home(home: Home, steps: Steps) -> None:
    """Take in what lies in the home's inbox."""
    with open_warehouse(home.warehouse_file) as opened:
        take_in(
            steps.connection(opened),
            archive=home.archive,
            inbox=home.inbox,
            received_at=datetime(2026, 10, 2, 8, 30, tzinfo=UTC),
            default_organisation="kommunen",
            declared=frozenset(),
        )


def publish_home(home: Home, steps: Steps) -> None:
    """Publish what stands in the home's warehouse."""
    with open_warehouse(home.warehouse_file) as opened:
        publish(steps.connection(opened), home, RUN)


def report_home(home: Home, steps: Steps) -> None:
    """Write the report of the publication that stands."""
    write_management_report(home.database, home.reports, "AALBY", "2025Q1", "da")


def model_home(home: Home, steps: Steps) -> None:
    """Judge what was accepted, compute every model, and judge the results."""
    request = make_request(
        home, load_settings(home), inbox="", as_of="2026-09-30", organisation="", accept_shrink=False
    )
    with open_warehouse(home.warehouse_file) as opened:
        model(steps.connection(opened), request, RUN)


def run_home(home: Home, steps: Steps) -> None:
    """The whole run."""
    whole_run(home, date(2026, 9, 30), wrap=steps.connection)


WORK = {
    "intake": take_in_home,
    "model": model_home,
    "publish": publish_home,
    "report": report_home,
    "run": run_home,
}


def _told(what: str, root: str, mode: str, at: int, look=None) -> tuple[list[str], str]:
    """The steps of a piece of work done in this process, and what it raised."""
    home, error = Home(Path(root)), ""
    with Steps(home.root, mode, at, look) as steps:
        try:
            WORK[what](home, steps)
        except BaseException:
            error = traceback.format_exc()
    return steps.names, error


def _child(told, *job) -> None:
    told.send(_told(*job))


def _works(jobs) -> None:
    with suppress(EOFError):
        while True:
            jobs.send(_told(*jobs.recv()))


def _watched(told, what: str, root: str, store: str, only) -> None:
    moments = Moments(Path(root), Path(store), only)
    told.send((*_told(what, root, "count", 0, moments.look), moments.kept))


def _process(target, *given) -> tuple[multiprocessing.Process, Connection]:
    ours, theirs = multiprocessing.Pipe()
    child = CONTEXT.Process(target=target, args=(theirs, *given))
    child.start()
    theirs.close()
    return child, ours


class Worker:
    """A process that does one piece of work after another, as the daemon does; a new one after some."""

    JOBS = 40

    def __init__(self):
        self._child, self._jobs, self._done = None, None, 0

    def do(self, *job) -> tuple[list[str], str]:
        """The steps a piece of work took, and what it raised."""
        if self._child is None or self._done == self.JOBS:
            self.close()
            self._child, self._jobs = _process(_works)
            self._done = 0
        self._done += 1
        self._jobs.send(job)
        assert self._jobs.poll(HANGS_SECONDS), "it hangs"
        return self._jobs.recv()

    def close(self) -> None:
        """End the process."""
        if self._child is not None:
            self._child.kill()
            self._child.join()


WORKER = Worker()
atexit.register(WORKER.close)


def do(what: str, home: Home, mode: str = "count", at: int = 0) -> tuple[int, list[str], str]:
    """Do a piece of work outside this process: exit status, the steps it took, and what it raised.

    What is to be killed has a process of its own.
    """
    if mode != "kill":
        return 0, *WORKER.do(what, str(home.root), mode, at)
    child, told = _process(_child, what, str(home.root), mode, at)
    assert wait([told, child.sentinel], HANGS_SECONDS), "it hangs"
    said: tuple[list[str], str] = ([], "")
    with suppress(EOFError):
        said = told.recv() if told.poll() else said
    child.join(HANGS_SECONDS)
    return child.exitcode, *said


def watched(
    what: str, home: Home, store: Path, only: Collection[int] | None = None
) -> tuple[list[str], list[Moment]]:
    """Do a piece of work in a process of its own: its steps, and the home before each (of ``only``)."""
    store.mkdir()
    child, told = _process(_watched, what, str(home.root), str(store), only)
    assert told.poll(HANGS_SECONDS), "it hangs"
    names, error, moments = told.recv()
    child.join(HANGS_SECONDS)
    assert error == "", error
    return names, moments


def copied(home: Home, folder: Path) -> Home:
    """A copy of a home, to be worked on."""
    shutil.copytree(home.root, folder / "home")
    return Home(folder / "home")


def standing(home: Home) -> list[tuple]:
    """What stands of each path by the warehouse, without the numbers that order it."""
    with duckdb.connect(str(home.warehouse_file), read_only=True) as connection:
        return connection.execute(
            "select d.path, d.sha256, d.state, count(r.row_number), count(distinct r.row_number) "
            "from raw.delivery as d left join raw.source_row as r on r.delivery_sequence = d.sequence "
            "group by d.sequence, d.path, d.sha256, d.state order by all"
        ).fetchall()


def has_raw(home: Home) -> bool:
    """Whether the warehouse can be opened and knows of deliveries."""
    with duckdb.connect(str(home.warehouse_file)) as connection:
        found = connection.execute(
            "select count(*) from duckdb_tables() where schema_name = 'raw' and table_name = 'source_row'"
        ).fetchone()
        return found == (1,)


def check_archive(home: Home) -> None:
    """Every file under a final name in the archive is the file its name says."""
    for path in home.archive.rglob("*"):
        if path.is_file() and ".incoming" not in path.parts:
            assert hashlib.sha256(path.read_bytes()).hexdigest() == path.stem


def content_of(home: Home) -> str:
    """Content hash of the publication that stands, computed from its rows."""
    with duckdb.connect(str(home.database), read_only=True) as connection:
        return combine(table_hashes(connection))


def check_whole(home: Home) -> None:
    """The publication, its log, its history and the warehouse agree."""
    report = verify(home.root)
    assert report.ok, report.answer
    assert list(home.published.rglob(".building.*")) == []


def results_of(home: Home) -> dict[str, list[tuple]]:
    """Every table that the models make, by its number of rows and a hash of each column."""
    with duckdb.connect(str(home.warehouse_file), read_only=True) as connection:
        tables = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() "
            "where schema_name in ('calendar', 'definitions', 'core', 'evidence', 'indicators', 'results')"
        ).fetchall()
        return {
            table: connection.execute(f"select count(*), bit_xor(hash(columns(*))) from {table}").fetchall()
            for (table,) in tables
        }


def reports_of(home: Home) -> dict[str, bytes]:
    """Every file under a final name among the reports."""
    return {
        path.relative_to(home.reports).as_posix(): path.read_bytes()
        for path in home.reports.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
