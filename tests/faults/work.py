"""Pieces of a run as work for a process of its own, to be ended at any step, and what must hold after it."""

import hashlib
import json
import multiprocessing
import shutil
import traceback
from datetime import UTC, date, datetime
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
from tests.faults.steps import Steps

RUN = Run("run-2", datetime(2026, 10, 2, 8, 30, tzinfo=UTC), date(2026, 9, 29))
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.faults.work"])
SIGKILL = -9


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


def _child(what: str, root: str, mode: str, at: int, told: str) -> None:
    home = Home(Path(root))
    steps = Steps(home.root, mode, at).arm()
    error = ""
    try:
        WORK[what](home, steps)
    except BaseException:
        error = traceback.format_exc()
    Path(told).write_text(json.dumps({"steps": steps.names, "error": error}), encoding="utf-8")


def do(what: str, home: Home, mode: str = "count", at: int = 0) -> tuple[int, list[str], str]:
    """Do a piece of work in a process of its own: exit status, the steps it took, and what it raised."""
    told = home.root.parent / "told.json"
    told.unlink(missing_ok=True)
    child = CONTEXT.Process(target=_child, args=(what, str(home.root), mode, at, str(told)))
    child.start()
    child.join(120)
    assert child.exitcode is not None, "it hangs"
    said = json.loads(told.read_text(encoding="utf-8")) if told.exists() else {"steps": [], "error": ""}
    return child.exitcode, said["steps"], said["error"]


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
