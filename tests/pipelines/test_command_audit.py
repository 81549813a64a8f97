"""The auditor's commands, as typed."""

import json

import pytest

from assets.access_log import check
from assets.home import Home
from tests.assets.auditor.small_publication import write_publication


@pytest.fixture
def home(tmp_path):
    found = Home.create(tmp_path / "hjem")
    write_publication(found.database)
    return found


def noted(home):
    log = home.root / "warehouse" / "access.log"
    assert check(log).intact
    return [json.loads(line) for line in log.read_text(encoding="ascii").splitlines()]


def test_a_question_is_answered_and_noted(home, netvaerdi):
    status, said = netvaerdi("sql", "--home", home.root, "-c", "select title from networks")
    assert status == 0 and "Fællesskaber" in said
    [line] = noted(home)
    assert line["what"] == "sql"
    assert line["details"] == {
        "database": "netvaerdi.duckdb",
        "role": "auditor",
        "statement": "select title from networks",
    }


def test_an_answer_as_csv_keeps_a_formula_a_text(home, netvaerdi):
    status, said = netvaerdi(
        "sql", "--home", home.root, "--format", "csv",
        "-c", "select funder, amount_granted from applications order by record_key limit 1",
    )  # fmt: skip
    assert (status, said.splitlines()) == (0, ["funder,amount_granted", "'=HYPERLINK(1),100000.00"])


@pytest.mark.parametrize(
    "statement",
    [
        "select * from read_csv('/etc/passwd')",
        "copy networks to 'ud.csv'",
        "attach 'ny.duckdb'",
        "install httpfs",
        "set enable_external_access = true",
        "delete from networks",
    ],
)
def test_a_hostile_statement_is_refused_and_noted(home, netvaerdi, statement):
    status, _ = netvaerdi("sql", "--home", home.root, "-c", statement)
    assert status == 2
    assert noted(home)[-1]["details"]["statement"] == statement


def test_another_publication_can_be_held_beside(home, netvaerdi, tmp_path):
    earlier = write_publication(tmp_path / "før.duckdb", v7=280_000.0)
    asked = "select difference from audit.changed('before')"
    status, said = netvaerdi("sql", "--home", home.root, "--beside", earlier, "-c", asked)
    assert status == 0 and "20000.0" in said


def test_a_leader_asks_no_database(home, netvaerdi):
    status, _ = netvaerdi("sql", "--home", home.root, "--role", "leader", "-c", "select 1")
    assert status == 2
    assert not (home.root / "warehouse" / "access.log").exists()


def test_an_export_is_written_and_noted(home, netvaerdi, tmp_path):
    status, _ = netvaerdi("export", tmp_path / "ud", "--home", home.root)
    assert status == 0 and (tmp_path / "ud" / "datapackage.json").is_file()
    assert [line["what"] for line in noted(home)] == ["export"]


@pytest.mark.parametrize("command", [["sql", "-c", "select 1"], ["audit-kit", "kit.zip"], ["export", "ud"]])
def test_without_a_publication_there_is_one_clear_line(netvaerdi, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    home = Home.create(tmp_path / "tomt")
    status, said = netvaerdi(*command, "--home", home.root)
    assert status == 2 and "netvaerdi run" in said
