"""F50, F51: no name, initials, address or id of anybody in what others than the leader's own readers see."""

import re
import sqlite3
import zlib
from pathlib import Path

import duckdb
import pytest

from assets.people.groups import Group, shown_groups
from assets.people.redact_files import texts_of
from assets.people.research import check_absent
from assets.people.roles import RESEARCH, products
from assets.people.search import LeakError, Words, initials_of, words_of
from assets.reports.mail_summary import mail_summary
from assets.reports.published import read_published
from assets.reports.report_json import report_json
from assets.reports.report_workbook import report_workbook
from assets.reports.words import Words as Language
from tests.assets.people.conftest import ADDRESS, ORGANISATION, PEOPLE, VALUE_RECORDS

WORDS = words_of(
    ((person["person_id"], person["name"]) for person in PEOPLE),
    (row["documentation"] for row in VALUE_RECORDS),
)
# By the table of roles: read by the auditor, the sender, the leader, or nobody but the service itself.
BY_DESIGN = (
    "published/netvaerdi.duckdb",
    "published/history",
    "warehouse",
    "archive",
    "marked",
    "dialogue",
    "todo",
)


def others_files(root: Path) -> list[Path]:
    """Every file but those the table of roles keeps to leaders, senders and auditors, and the inbox."""
    return [
        path
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.relative_to(root).as_posix().startswith((*BY_DESIGN, "inbox"))
    ]


def said(value: object) -> str:
    """A value as text; what Dagster keeps compressed is unpacked first."""
    if isinstance(value, bytes):
        try:
            return zlib.decompress(value).decode("utf-8", errors="replace")
        except zlib.error:
            return value.decode("utf-8", errors="replace")
    return str(value)


def said_in(path: Path) -> list[str]:
    """Every text of a file; of a database every value."""
    if path.suffix == ".duckdb":
        with duckdb.connect(str(path), read_only=True) as connection:
            tables = connection.execute("select schema_name, table_name from duckdb_tables()").fetchall()
            return [
                str(row)
                for schema, table in tables
                for row in connection.execute(f'from "{schema}"."{table}"').fetchall()
            ]
    if path.suffix == ".db":
        with sqlite3.connect(path) as connection:
            tables = [
                row[0] for row in connection.execute("select name from sqlite_master where type='table'")
            ]
            return [
                said(value)
                for table in tables
                for row in connection.execute(f'select * from "{table}"')
                for value in row
            ]
    return list(texts_of(path))


def test_f51_nobody_is_named_in_any_artefact_of_a_run_that_is_not_the_leaders_own(run_home):
    files = others_files(run_home.root)
    kinds = {path.relative_to(run_home.root).parts[0] for path in files}
    assert {"reports", "published", "dagster"} <= kinds
    leaks = [
        path.relative_to(run_home.root).as_posix()
        for path in files
        if WORDS.within(path.name.replace("_", " ")) or any(WORDS.within(text) for text in said_in(path))
    ]
    assert leaks == []


@pytest.mark.parametrize("lang", ["da", "en"])
def test_f51_nobody_is_named_in_the_other_forms_of_the_report_nor_in_its_mail(run_home, tmp_path, lang):
    published = read_published(run_home.database, ORGANISATION, "2026Q3")
    words = Language(lang)
    mail = mail_summary(published, words)
    (tmp_path / "report.xlsx").write_bytes(report_workbook(published, words))
    for name, text in {
        "report.json": report_json(published, words),
        "mail.html": mail.html,
        "mail.txt": mail.text,
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    told = {path.name: " ".join(said_in(path)) for path in tmp_path.iterdir()}
    assert [name for name, text in told.items() if WORDS.within(text)] == []
    assert all(told.values())
    assert "Fællesskaber" in told["report.json"]


def test_an_address_is_among_the_words_that_are_looked_for():
    assert WORDS.within(f"skriv til {ADDRESS}")


def test_f51_no_file_anywhere_in_the_home_is_named_after_anybody(run_home):
    assert [p.name for p in run_home.root.rglob("*") if WORDS.within(p.name.replace("_", " "))] == []


def test_f51_names_stand_in_one_published_table_only(run_home):
    names = Words(names=WORDS.names)
    with duckdb.connect(str(run_home.database), read_only=True) as connection:
        found = {
            f"{schema}.{table}"
            for schema, table in connection.execute(
                "select schema_name, table_name from duckdb_tables()"
            ).fetchall()
            if any(
                names.within(str(row)) for row in connection.execute(f'from {schema}."{table}"').fetchall()
            )
        }
    # Free text of the challenge and the notes is as the sender wrote it; the auditor sees it.
    assert found <= {
        "main.people",
        "main.networks",
        "main.touchpoints",
        "main.solutions",
        "main.value_records",
        "audit.source_row",
    }


def test_f51_the_report_quotes_a_text_without_the_name_written_into_it(run_home):
    report = next(run_home.reports.rglob("*_da.html")).read_text(encoding="utf-8")
    plain = re.sub(r"<[^>]*>", "", report)
    assert "Rejst af (navn udeladt) i foråret" in plain
    assert "Tid sparet hos (navn udeladt)" in plain
    english = next(run_home.reports.rglob("*rapport_en.html")).read_text(encoding="utf-8")
    assert "Rejst af (name left out) i foråret" in re.sub(r"<[^>]*>", "", english)
    assert "udeladt" not in english


def test_every_place_that_is_left_out_of_the_scan_is_kept_from_others_by_the_table_of_roles():
    for place in BY_DESIGN:
        own = [p for p in products() if any(one.startswith(place) for one in p.place.split())]
        if place != "published/history":
            assert own, place
        assert all(product.sees["management"] == product.sees["researcher"] == "none" for product in own)


@pytest.mark.parametrize(
    ("name", "letters"), [("Vibeke Ørsted Plantet", "VØP"), ("Bo Eksempel", ""), ("Ann-Mari Bo", "AMB")]
)
def test_initials_count_when_they_are_more_than_two(name, letters):
    assert initials_of(name) == letters


def test_a_leak_into_the_researchers_file_is_found_and_not_repeated(tmp_path):
    path = tmp_path / RESEARCH
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table solution as select 'set af Vibeke Ørsted Plantet' as told")
    with pytest.raises(LeakError) as caught:
        check_absent(path, WORDS)
    assert "solution.told" in str(caught.value)
    assert "Vibeke" not in str(caught.value)


def group(networks, leaders):
    return Group(
        frozenset(f"{leaders}{networks}-{number}" for number in range(networks)),
        frozenset(f"{networks}{number}" for number in range(leaders)),
    )


def test_f50_a_small_group_is_hidden():
    assert shown_groups({"welfare": group(5, 3)}) == {"welfare"}
    assert shown_groups({"welfare": group(4, 4)}) == set()
    assert shown_groups({"welfare": group(6, 2)}) == set()


def test_f50_a_small_group_does_not_follow_from_the_total_less_the_others():
    groups = {"welfare": group(8, 5), "innovation": group(6, 4), "learning": group(2, 1)}
    assert shown_groups(groups) == {"welfare"}


def test_f50_no_total_less_shown_groups_leaves_a_small_one():
    sizes = [(n, m) for n in (1, 3, 5, 7, 9) for m in (1, 3, 5) if m <= n]
    for first in sizes:
        for second in sizes:
            for third in sizes:
                groups = {
                    "a": group(*first),
                    "b": Group(frozenset(f"b{n}" for n in range(second[0])), group(*second).leaders),
                    "c": Group(frozenset(f"c{n}" for n in range(third[0])), group(*third).leaders),
                }
                shown = shown_groups(groups)
                hidden = Group(frozenset(), frozenset())
                for key in groups.keys() - shown:
                    hidden |= groups[key]
                assert all(groups[key].large for key in shown)
                assert not shown or not hidden.networks or hidden.large


def test_f50_the_researchers_file_has_no_rows_of_a_group_too_small(run_home):
    with duckdb.connect(str(run_home.published / RESEARCH), read_only=True) as connection:
        rows = connection.execute(
            "select (select count(*) from solution), (select count(*) from membership), "
            "(select count(*) from value_record)"
        ).fetchall()
        suppressed = connection.execute(
            "select count(*) from responsibility_summary where suppressed and networks is not null"
        ).fetchall()
    assert rows == [(0, 0, 0)]
    assert suppressed == [(0,)]
