"""The published file: whole, small, described, and free of what may not be shown."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from assets.home import Home
from assets.publication import database
from assets.publication.catalogue import PUBLISHED_TABLES
from assets.publication.database import PublicationError, publish

FRESH = (
    "import duckdb, json, sys; connection = duckdb.connect(sys.argv[1], read_only=True); "
    "print(json.dumps(connection.execute(sys.argv[2]).fetchall(), default=str))"
)


def ask_afresh(home: Home, query: str) -> list[list[object]]:
    """The answer of a process of its own, as a reader would have it."""
    done = subprocess.run(
        [sys.executable, "-c", FRESH, str(home.database), query], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def ask(home: Home, query: str) -> list[list[object]]:
    """The answer of the published file, opened anew."""
    with duckdb.connect(str(home.database), read_only=True) as connection:
        return [list(row) for row in connection.execute(query).fetchall()]


@pytest.fixture
def home(published_home: Home, tmp_path: Path) -> Home:
    """A home of the test's own, published once."""
    shutil.copytree(published_home.root, tmp_path / "own")
    return Home.open(tmp_path / "own")


def test_a_fresh_process_reads_what_was_published(published_home):  # F36
    assert ask_afresh(
        published_home, "select indicator_id, value, status from indicator_result order by 1"
    ) == [
        ["R2.1", 0.0, "not_fulfilled"],
        ["R2.2", 2.0, "fulfilled"],
        ["R4.P", None, "fulfilled"],
    ]


def test_every_table_of_the_catalogue_is_there_and_no_other(published_home):
    found = ask(published_home, "select schema_name || '.' || table_name from duckdb_tables() order by 1")
    assert [name for (name,) in found] == [table.full_name for table in PUBLISHED_TABLES]


def test_every_table_and_column_has_a_comment_in_two_languages(published_home):
    bare = ask(
        published_home,
        "select table_name from duckdb_tables() where comment is null or comment not like '% / %' union all "
        "select table_name || '.' || column_name from duckdb_columns() "
        "where not internal and (comment is null or comment not like '% / %')",
    )
    assert bare == []


def test_the_file_has_no_unused_block_and_no_log_beside_it(published_home):
    assert ask(published_home, "select free_blocks from pragma_database_size()") == [[0]]
    assert [path.name for path in published_home.published.iterdir() if path.is_file()] == [
        "netvaerdi.duckdb"
    ]


def test_the_file_has_the_storage_version_that_duckdb_1_2_reads(published_home):
    tags = ask(published_home, "select tags from duckdb_databases() where database_name = 'netvaerdi'")
    assert "v1.2.0" in str(tags)


def test_answers_of_the_pulse_are_in_no_table(published_home):
    assert ask(published_home, "select count(*) from duckdb_tables() where table_name = 'pulse'") == [[0]]
    assert ask(published_home, "select count(*) from audit.source_row where sheet = 'Puls'") == [[0]]
    assert ask(published_home, "select heading, cell, value from audit.finding where kind = 'pulse'") == [
        [None] * 3
    ]


def test_a_finding_in_the_pulse_does_not_repeat_the_answer_in_its_message(published_home):
    [[da, en]] = ask(published_home, "select message_da, message_en from audit.finding where kind = 'pulse'")
    assert "7" not in da + en


def test_evidence_of_the_pulse_names_the_delivery_alone(published_home):
    query = "select record_kind, record_key from audit.evidence where indicator_id = 'R4.P'"
    assert ask(published_home, query) == [["delivery", "1"]]


def test_the_number_of_answers_is_rounded_down_to_five(published_home):
    assert ask(published_home, "select n from indicator_result where indicator_id = 'R4.P'") == [[5]]
    assert ask(published_home, "select status, n from pulse_summary") == [["fulfilled", 5]]


def test_a_person_is_named_in_people_alone(published_home):
    with duckdb.connect(str(published_home.database), read_only=True) as connection:
        tables = connection.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
        naming = [
            table
            for (table,) in tables
            if connection.execute(f"select 1 from {table} as t where contains(t::text, 'Asta')").fetchall()
        ]
    assert naming == ["main.people"]


def test_columns_and_sheets_the_contract_does_not_know_stay_in_the_warehouse(published_home):
    cells = ask(published_home, "select cells from audit.source_row where sheet = 'Personer'")
    assert [json.loads(text) for (text,) in cells] == [
        {"A": "P-1", "C": "Skoleafdelingen", "D": "2020-01-01"}
    ]
    assert ask(published_home, "select count(*) from audit.source_row where sheet = 'Huskeseddel'") == [[0]]


def test_other_cells_stand_as_written(published_home):
    cells = ask(
        published_home, "select cells from audit.source_row where sheet = 'Samspil' and row_number = 3"
    )
    assert json.loads(cells[0][0])["B"] == " n-01"


def test_the_checks_of_this_run_alone_are_published(published_home):
    assert ask(published_home, "select count(*) from audit.quality_result") == [[1]]


def test_the_same_warehouse_gives_the_same_content_hash(warehouse, home, run):
    again = publish(warehouse, home, run)
    [[first, first_head]] = ask(
        home, "select content_hash, head_hash from audit.publication where sequence = 1"
    )
    assert (again.content_hash, again.sequence) == (first, 2)
    assert again.head_hash != first_head


def test_another_value_gives_another_content_hash(warehouse, home, run):
    warehouse.execute("update results.indicator_result set value = 3 where indicator_id = 'R2.2'")
    [[first]] = ask(home, "select content_hash from audit.publication")
    assert publish(warehouse, home, run).content_hash != first


def test_two_rows_of_one_key_publish_nothing(warehouse, home, run):
    warehouse.execute("insert into results.evidence select * from results.evidence limit 1")
    before = home.database.read_bytes()
    with pytest.raises(PublicationError, match=r"audit\.evidence"):
        publish(warehouse, home, run)
    assert home.database.read_bytes() == before


def test_a_missing_column_publishes_nothing_and_names_the_table(warehouse, home, run):
    warehouse.execute("alter table results.organisation_result drop column value")
    before = home.database.read_bytes()
    with pytest.raises(PublicationError, match=r"organisation_result"):
        publish(warehouse, home, run)
    assert home.database.read_bytes() == before
    assert list(home.published.rglob(".building.*")) == []


def killed() -> None:
    raise KeyboardInterrupt


STEPS = ("check_file", "keep", "put_in_place", "insert_entries", "note_publication", "prune")


@pytest.fixture(params=[(step, when) for step in STEPS for when in ("before", "after")], ids=" ".join)
def moment(request) -> tuple[str, str]:
    """A step of publishing, and whether the process ends before or after it."""
    return request.param


def test_killed_at_any_step_a_whole_publication_stands_and_the_next_run_goes_on(  # F25
    warehouse, home, run, monkeypatch, moment
):
    step, when = moment
    warehouse.execute("update results.indicator_result set value = 3 where indicator_id = 'R2.2'")
    real: Callable[..., object] = getattr(database, step)

    def stopped(*given: object, **named: object) -> None:
        last = step != "insert_entries" or given[1] == "audit.publication"
        if when == "after" or not last:
            real(*given, **named)
        if last:
            killed()

    monkeypatch.setattr(database, step, stopped)
    with pytest.raises(KeyboardInterrupt):
        publish(warehouse, home, run)
    assert ask(home, "select value from indicator_result where indicator_id = 'R2.2'") in ([[2.0]], [[3.0]])
    monkeypatch.undo()
    publish(warehouse, home, run)
    assert ask(home, "select value from indicator_result where indicator_id = 'R2.2'") == [[3.0]]
    chain = ask(home, "select sequence from audit.publication order by 1")
    assert [number for (number,) in chain] == list(range(1, len(chain) + 1))


def test_leftovers_of_a_killed_run_are_cleared(warehouse, home, run):
    leftover = home.published / "history" / ".building.000009-2026Q3-abc"
    leftover.mkdir()
    (leftover / "netvaerdi.duckdb").write_bytes(b"half")
    (home.published / ".building.netvaerdi.duckdb.wal").write_bytes(b"half")
    publish(warehouse, home, run)
    assert list(home.published.rglob(".building.*")) == []


def test_a_reader_keeps_the_old_publication_whole_while_a_new_one_comes(warehouse, home, run):  # F36
    waits = (
        "import duckdb, sys; connection = duckdb.connect(sys.argv[1], read_only=True); "
        "print('open', flush=True); sys.stdin.readline(); "
        "print(connection.execute("
        "\"select value from indicator_result where indicator_id = 'R2.2'\").fetchone()[0])"
    )
    with subprocess.Popen(
        [sys.executable, "-c", waits, str(home.database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as reader:
        assert reader.stdout.readline() == "open\n"
        warehouse.execute("update results.indicator_result set value = 3 where indicator_id = 'R2.2'")
        publish(warehouse, home, run)
        out, _ = reader.communicate("go on\n")
    assert out == "2.0\n"
    assert ask(home, "select value from indicator_result where indicator_id = 'R2.2'") == [[3.0]]


def test_the_last_publications_stand_beside_it_by_period_and_hash(published_home):
    [[content]] = ask(published_home, "select content_hash from audit.publication")
    folder = published_home.published / "history" / f"000001-2026Q3-{str(content)[:12]}"
    assert sorted(path.name for path in folder.iterdir()) == ["manifest.json", "netvaerdi.duckdb"]


def test_only_the_last_n_different_publications_are_kept_whole(warehouse, home, run):
    settings = home.settings_file.read_text(encoding="utf-8")
    home.settings_file.write_text(settings + "\nkeep_publications = 2\n", encoding="utf-8")
    for value in (4, 5):
        warehouse.execute(
            "update results.indicator_result set value = ? where indicator_id = 'R2.2'", [value]
        )
        publish(warehouse, home, run)
    whole = [path.parent.name[:6] for path in sorted(Path(home.published).rglob("history/*/*.duckdb"))]
    assert whole == ["000002", "000003"]
    assert len(list(home.published.rglob("manifest.json"))) == 3
