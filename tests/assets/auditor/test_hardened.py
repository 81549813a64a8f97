import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from assets.auditor.hardened import TimeLimit, ask, hardened_connection
from assets.auditor.memory_ceiling import memory_ceiling


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("made") / "published.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table figure as select range as id from range(50)")
    return path.read_bytes()


@pytest.fixture
def database(made: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "published.duckdb"
    path.write_bytes(made)
    return path


HOSTILE = [
    "copy figure to '{folder}/out.csv'",
    "copy (select 1) to '/dev/stdout'",
    "export database '{folder}/export'",
    "select * from read_csv('/etc/passwd')",
    "from read_blob('/etc/passwd')",
    "select * from glob('/etc/*')",
    "attach '{folder}/other.duckdb'",
    "install httpfs",
    "load httpfs",
    "set enable_external_access = true",
    "set memory_limit = '90GB'",
    "reset memory_limit",
    "create table other as select 1",
    "insert into figure values (1)",
    "drop table figure",
    "delete from figure",
    "import database '{folder}'",
    "export database '{folder}/published.duckdb.tmp'",
    "copy (select 1) to '{folder}/published.duckdb.tmp/out.csv'",
    "copy (select 1) to '{folder}/published.duckdb.wal'",
    "copy (select 1) to '{folder}/published.duckdb'",
    "copy (select 1) to '{folder}/../published.duckdb.wal.recovery'",
    "copy figure from '/etc/passwd'",
    "explain analyze copy (select 1) to '{folder}/out.csv'",
    "prepare writes as copy (select 1) to '{folder}/out.csv'",
    "select 1; copy (select 1) to '{folder}/out.csv'",
    "attach ':memory:' as other",
    "attach '{folder}/published.duckdb' as again (read_write)",
    "from '/etc/passwd'",
    "from read_text('/etc/passwd')",
    "from read_json('/etc/passwd')",
    "from read_parquet('/etc/*')",
    "from sniff_csv('/etc/passwd')",
    "from query('from read_text(''/etc/passwd'')')",
    "select getenv('HOME')",
    "force install httpfs",
    "load '{folder}/out.so'",
    "update extensions",
    "create secret s (type s3)",
    "set temp_directory = '{folder}'",
    "set global threads = 64",
    "set file_search_path = '/etc'",
    "pragma enable_profiling",
    "call enable_logging()",
    "create macro everywhere() as 1",
    "create or replace macro main.count(a) as 42",
    "/* select 1 */ attach ':memory:' as other",
    "-- select 1\ncopy (select 1) to '{folder}/out.csv'",
    "from read_csv('https://localhost/out.csv')",
    "from 's3://localhost/out.parquet'",
    "pragma import_database('{folder}')",
    "set allowed_paths = ['/etc/passwd']",
    "set log_query_path = '{folder}/out.log'",
    "ѕelect 1",
    ".read /etc/passwd",
    ".shell id",
    "select " + "(" * 5000 + "1" + ")" * 5000,
]
# What DuckDB itself refuses with its doors shut, without our looking at the kind of statement.
SHUT_ALONE = [statement for statement in HOSTILE if "explain" not in statement and "prepare" not in statement]


@pytest.mark.parametrize("statement", HOSTILE)
def test_f45_hostile_sql_is_refused_and_leaves_no_file(
    database: Path, tmp_path: Path, statement: str
) -> None:
    before = database.read_bytes()
    with hardened_connection(database) as connection, pytest.raises(duckdb.Error):
        ask(connection, statement.format(folder=tmp_path))
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["published.duckdb"]
    assert database.read_bytes() == before


def test_f45_duckdbs_own_locks_refuse_them_all_too(database: Path, tmp_path: Path) -> None:
    before = database.read_bytes()
    with hardened_connection(database) as connection:
        for statement in SHUT_ALONE:
            with pytest.raises(duckdb.Error):
                connection.execute(statement.format(folder=tmp_path)).fetchall()
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["published.duckdb"]
    assert database.read_bytes() == before


def test_f45_a_second_connection_to_the_same_file_is_as_shut_as_the_first(
    database: Path, tmp_path: Path
) -> None:
    with hardened_connection(database), hardened_connection(database) as second:
        assert ask(second, "select count(*) from figure").rows == [(50,)]
        for statement in SHUT_ALONE:
            with pytest.raises(duckdb.Error):
                second.execute(statement.format(folder=tmp_path)).fetchall()


@pytest.mark.parametrize(
    "statement",
    [
        "from figure",
        "describe figure",
        "summarize figure",
        "explain select id from figure",
        "show tables",
        "pivot figure on id in (1, 2) using count(*)",
        "create temp table mine as select 1",
    ],
)
def test_what_an_auditor_asks_is_not_refused(database: Path, statement: str) -> None:
    with hardened_connection(database) as connection:
        assert ask(connection, statement).columns


def test_f45_another_file_beside_opens_no_door(database: Path, tmp_path: Path) -> None:
    earlier = tmp_path / "earlier.duckdb"
    earlier.write_bytes(database.read_bytes())
    with hardened_connection(database, beside={"before": earlier}) as connection:
        assert ask(connection, "select count(*) from before.figure").rows == [(50,)]
        for statement in [*HOSTILE, "delete from before.figure"]:
            with pytest.raises(duckdb.Error):
                ask(connection, statement.format(folder=tmp_path))
                pytest.fail(statement)
    assert {path.name for path in tmp_path.rglob("*")} == {"published.duckdb", "earlier.duckdb"}
    assert earlier.read_bytes() == database.read_bytes()


def test_f45_a_statement_is_stopped_at_its_time_and_the_next_one_works(database: Path) -> None:
    with hardened_connection(database) as connection:
        with pytest.raises(TimeLimit):
            ask(connection, "select count(*) from range(100000000) as a, range(100000) as b", seconds=0.2)
        assert ask(connection, "select count(*) from figure").rows == [(50,)]


def test_f45_memory_has_a_limit(database: Path) -> None:
    with (
        hardened_connection(database, memory="50MB") as connection,
        pytest.raises(duckdb.OutOfMemoryException),
    ):
        ask(connection, "select list(a.range) from range(100000000) as a")


@pytest.mark.parametrize(
    "statement",
    [
        "select length(repeat('a', 4000000000))",
        "select length(repeat(repeat('a', 1000000), 2000))",
        "select list_resize([1], 300000000) from range(50)",
    ],
)
def test_f45_what_duckdbs_own_limit_does_not_count_is_refused_too_and_the_next_one_works(
    database: Path, statement: str
) -> None:
    with memory_ceiling(1_500_000_000), hardened_connection(database) as connection:
        with pytest.raises(duckdb.OutOfMemoryException):
            ask(connection, statement)
        assert ask(connection, "select count(*) from figure").rows == [(50,)]


UNSTOPPABLE = """
import io, sys
from pathlib import Path
from rich.console import Console
from assets.auditor import hardened
from assets.auditor.shell import interactive
hardened.GRACE_SECONDS = 0.2
deaf = "select jaro_winkler_similarity(repeat('ab', 2000000), repeat('ba', 2000000));"
database = Path(sys.argv[1])
interactive(database, Console(), print, history=database, seconds=1, lines=[deaf, "select 'next';"])
"""


def test_f45_a_function_that_does_not_hear_that_it_is_stopped_ends_with_the_shell(database: Path) -> None:
    shell = subprocess.run(
        [sys.executable, "-c", UNSTOPPABLE, str(database)],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,  # it would go on for minutes
    )
    assert shell.returncode == 2, shell.stderr
    assert "Lod sig ikke afbryde" in shell.stdout and "next" not in shell.stdout


def test_a_long_answer_is_cut_and_says_so(database: Path) -> None:
    with hardened_connection(database) as connection:
        answer = ask(connection, "select id from figure order by id", max_rows=3)
        assert (answer.rows, answer.cut) == ([(0,), (1,), (2,)], True)
        assert ask(connection, "select 1").rows == [(1,)]
