"""What must hold after every run of the soak, killed or not: nothing half, nothing twice, nothing lost."""

import hashlib
import json
import zipfile
from pathlib import Path

import duckdb

from assets.contract import KINDS
from assets.home import Home
from assets.publication.content_hash import combine, table_hashes
from assets.publication.verify import verify
from assets.raw.archive import BLANKED, find_kept
from assets.raw.inbox import shown_path

SAME = (
    "organisation_id, network_id, period, indicator_id, dimension, value, status, reason, "
    "numerator, denominator, lower, upper, n"
)
STANDS = "superseded_by is null and state not in ('withdrawn', 'superseded')"


def published_hash(home: Home) -> str:
    """The content hash of the publication that stands, computed from its rows; '' before the first.

    Raises:
        AssertionError: It is not what its own chain says was published.
    """
    if not home.database.exists():
        return ""
    with duckdb.connect(str(home.database), read_only=True) as connection:
        found = combine(table_hashes(connection))
        last = connection.execute(
            "select content_hash from audit.publication order by sequence desc limit 1"
        ).fetchone()
    assert last == (found,), "the publication is not what its chain says"
    return found


def check_archive(home: Home) -> None:
    """Every file under a final name in the archive is the file its name says."""
    for path in home.archive.rglob("*"):
        if path.is_file() and ".incoming" not in path.parts and not path.stem.endswith(BLANKED):
            assert hashlib.sha256(path.read_bytes()).hexdigest() == path.stem, path.name


def check_written(home: Home) -> None:
    """Every report, list and marked copy under a final name is whole."""
    for path in [*home.reports.rglob("*"), *home.marked.rglob("*")]:
        if not path.is_file() or path.name.startswith("."):
            continue
        if path.suffix == ".html":
            assert path.read_text(encoding="utf-8").rstrip().endswith("</html>"), path.name
        elif path.suffix == ".json":
            json.loads(path.read_text(encoding="utf-8"))
        elif path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                assert book.testzip() is None, path.name


def check_after_kill(home: Home, before: str, known: set[str]) -> str:
    """After a kill the old publication stands or a new one does, whole; its hash."""
    after = published_hash(home)
    assert after, "no publication is served"
    check_archive(home)
    check_written(home)
    known |= {before, after}
    return after


def check_after_run(home: Home, inbox: Path) -> None:
    """After a run that went well everything agrees, and everything sent is accounted for."""
    published_hash(home)
    check_written(home)
    check_after_intake(home, inbox)
    with duckdb.connect(str(home.warehouse_file), read_only=True) as connection:
        check_counts(connection)


def check_after_intake(home: Home, inbox: Path) -> None:
    """After an intake that went well what was published stands, and everything sent is accounted for."""
    report = verify(home.root)  # the archive's files too
    assert report.ok, report.answer[1]
    left = [path.name for path in home.root.rglob(".building*")] + list(
        (home.archive / ".incoming").glob("*")
    )
    assert not left, f"left behind: {left}"
    with duckdb.connect(str(home.warehouse_file), read_only=True) as connection:
        check_sequences(connection)
        check_rows(connection)
        check_kept(connection, home)
        check_sent(connection, inbox)


def check_rows(connection: duckdb.DuckDBPyConnection) -> None:
    """The rows of each delivery that stands are kept, each of them once."""
    wrong = connection.execute(
        "select path, rows_read, count(r.row_number) as rows, count(distinct (r.sheet, r.row_number)) "
        "filter (where r.row_number is not null) as places "
        "from raw.delivery as d left join raw.source_row as r on r.delivery_sequence = d.sequence "
        f"where {STANDS} group by d.sequence, path, rows_read having rows <> rows_read or rows <> places"
    ).fetchall()
    assert not wrong, f"other rows are kept than were read: {wrong[:3]}"


def check_sequences(connection: duckdb.DuckDBPyConnection) -> None:
    """Of each path at most one delivery is current, and at most one waits beside it."""
    crowded = connection.execute(
        f"select path from raw.delivery where {STANDS} "
        "group by organisation_id, path having count(*) filter (where state = 'current') > 1 or count(*) > 2"
    ).fetchall()
    assert not crowded, f"two deliveries of one path stand: {crowded[:3]}"
    running = connection.execute("select count(*) from audit.attempt where state = 'running'").fetchone()
    assert running == (0,), "a run that is not there is said to be running"


def check_counts(connection: duckdb.DuckDBPyConnection) -> None:
    """Read = accepted + rejected + skipped for each current delivery, and no row is accepted twice."""
    wrong = connection.execute(
        "select path, rows_read, rows_accepted, rows_rejected, rows_skipped from raw.delivery "
        "where state = 'current' and organisation_id <> '' "
        "and rows_read is distinct from rows_accepted + rows_rejected + rows_skipped"
    ).fetchall()
    assert not wrong, f"the four numbers do not add up: {wrong[:3]}"
    union = " union all by name ".join(
        f"select '{kind.name}' as kind, organisation_id, "
        f"{'null' if kind.name == 'pulse' else 'record_key'} as record_key, "
        f"delivery_sequence, sheet, row_number from accepted.{kind.name}"
        for kind in KINDS
    )
    connection.execute(f"create or replace temp table accepted_rows as {union}")
    twice = connection.execute(
        "select organisation_id, kind, record_key from accepted_rows where record_key is not null "
        "group by all having count(*) > 1"
    ).fetchall()
    assert not twice, f"accepted twice: {twice[:3]}"
    unknown = connection.execute(
        "select count(*) from accepted_rows as a left join raw.source_row as r "
        "using (delivery_sequence, sheet, row_number) "
        "left join raw.delivery as d on d.sequence = a.delivery_sequence "
        "where r.row_number is null or r.skip_reason is not null or d.state <> 'current'"
    ).fetchone()
    assert unknown == (0,), "a row is accepted that no current delivery holds"
    other = connection.execute(
        "with counted as (select delivery_sequence, count(*) as rows, count(distinct (sheet, row_number)) "
        "as places from accepted_rows group by all) "
        "select path, rows_accepted, rows, places from raw.delivery "
        "left join counted on delivery_sequence = sequence where state = 'current' and organisation_id <> '' "
        "and (rows_accepted <> coalesce(rows, 0) or rows <> places)"
    ).fetchall()
    assert not other, f"other rows are accepted than are counted: {other[:3]}"


def check_kept(connection: duckdb.DuckDBPyConnection, home: Home) -> None:
    """The archive holds the bytes of each delivery ever, or the copy without personal numbers."""
    deliveries = connection.execute("select distinct sha256, archived, state from raw.delivery").fetchall()
    for sha256, archived, state in deliveries:
        kept = find_kept(home.archive, sha256.partition("+")[0])
        assert archived in ("whole", "blanked", "none"), archived
        assert archived == "none" or kept is not None, f"{sha256} ({state}) is not in the archive"
        if kept is not None:
            assert (archived == "blanked") == kept.stem.endswith(BLANKED) or state == "duplicate", kept.name


def check_sent(connection: duckdb.DuckDBPyConnection, inbox: Path) -> None:
    """What lies at each path now is that path's delivery that stands or waits; what is gone nowhere."""
    stands: dict[str, set[str]] = {}
    held = set()
    for path, sha256, waits in connection.execute(
        "select path, sha256, exists (select 1 from raw.reading_fault as f where f.delivery_sequence = "
        f"d.sequence and f.rule = 'shrink_held') from raw.delivery as d where {STANDS}"
    ).fetchall():
        stands.setdefault(path, set()).add(sha256)
        if waits:
            held.add(path)
    there = {
        shown_path(place.relative_to(inbox).as_posix()): hashlib.sha256(place.read_bytes()).hexdigest()
        for place in inbox.rglob("*")
        if place.is_file() and not place.name.startswith(".")
    }
    lost = [path for path, sha256 in there.items() if sha256 not in stands.get(path, set())]
    assert not lost, f"sent and not known: {lost[:3]}"
    ghosts = [path for path in stands if path not in there and path not in held]
    assert not ghosts, f"gone and still standing: {ghosts[:3]}"


def figures(home: Home) -> list[tuple]:
    """What is published of every network, for holding one home against another."""
    with duckdb.connect(str(home.database), read_only=True) as connection:
        return connection.execute(f"select {SAME} from indicator_result order by all").fetchall()
