"""F54: each role sees exactly what the one table says."""

import os
import tomllib

import duckdb
import pytest

from assets.auditor.hardened import hardened_connection
from assets.contract import KINDS
from assets.home import Home
from assets.people import permissions
from assets.people.permissions import apply_permissions, wrong_permissions
from assets.people.roles import FILE, NotAllowed, database_for, products, require, role_rows, roles
from assets.people.roles_page import PAGE, roles_page
from assets.settings_contract import RECIPIENT_ROLES


def test_the_roles_are_those_of_the_settings_workbook():
    assert [role.id for role in roles()] == [choice.value for choice in RECIPIENT_ROLES]


def test_every_product_says_for_every_role_how_much_it_sees():
    assert len(tomllib.loads(FILE.read_text(encoding="utf-8"))["product"]) == len(products())
    assert len(role_rows()) == len(roles()) * len(products())


def test_f54_only_leader_superior_and_auditor_see_what_speaks_of_one_leader():
    for product in products():
        if product.leader_level:
            for role in ("analyst", "management", "researcher"):
                assert product.sees[role] == "none"
                with pytest.raises(NotAllowed):
                    require(role, product.id)
    assert require("leader", "dialogue_sheet") == "own"


def test_the_page_in_the_docs_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == roles_page()


def test_f54_each_role_asks_the_file_it_may_and_no_other(tmp_path):
    home = Home(tmp_path)
    assert database_for(home, "auditor") == home.database
    for role in ("analyst", "management", "researcher"):
        assert database_for(home, role).name == "netvaerdi_research.duckdb"
    for role in ("leader", "superior", "stranger"):
        with pytest.raises(NotAllowed):
            database_for(home, role)


def test_f54_the_researchers_shell_reaches_no_name_and_no_leader(run_home):
    with hardened_connection(database_for(run_home, "researcher")) as connection:
        tables = {row[0] for row in connection.execute("select table_name from duckdb_tables()").fetchall()}
        columns = {
            row[0]
            for row in connection.execute(
                "select column_name from duckdb_columns() where not internal"
            ).fetchall()
        }
        with pytest.raises(duckdb.Error):
            connection.execute(f"attach '{run_home.database}' as other")
    assert not tables & {kind.name for kind in KINDS}
    assert not columns & {"name", "reference_leader_id", "superior_id", "by_id", "manager_id"}


def test_f54_files_are_no_more_open_than_the_table_says(home):
    assert wrong_permissions(home) == []
    home.database.chmod(0o644)
    assert wrong_permissions(home) == ["published/netvaerdi.duckdb"]
    assert apply_permissions(home) == []
    assert wrong_permissions(home) == []


def mode(path):
    return path.stat().st_mode & 0o7777


def test_f54_a_home_is_made_closed_whatever_the_umask(tmp_path):
    before = os.umask(0)
    try:
        home = Home.create(tmp_path / "home")
    finally:
        os.umask(before)
    closed = ("inbox", "archive", "warehouse", "marked", "dagster")
    assert {name: mode(home.root / name) for name in closed} == dict.fromkeys(closed, 0o700)
    assert (mode(home.reports), mode(home.published), mode(home.root)) == (0o750, 0o711, 0o711)
    assert mode(home.settings_file) & 0o077 == 0


def test_the_inbox_may_be_opened_to_the_senders_and_never_to_the_world(tmp_path):
    home = Home.create(tmp_path / "home")
    home.inbox.chmod(0o770)
    assert apply_permissions(home) == wrong_permissions(home) == []
    assert mode(home.inbox) == 0o770
    home.inbox.chmod(0o775)
    assert wrong_permissions(home) == ["inbox"]
    assert apply_permissions(home) == wrong_permissions(home) == []
    assert mode(home.inbox) == 0o770


def test_the_web_servers_group_is_not_the_auditors_nor_the_researchers():
    groups = {product.id: product.group for product in products() if product.group}
    assert groups["management_report"] == groups["gate_pages"]
    assert len({groups[name] for name in ("gate_pages", "published_database", "research_database")}) == 3
    assert all(not product.group for product in products() if int(product.mode, 8) & 0o070 == 0)


def test_f54_a_group_gets_its_own_files_and_its_folders_hand_it_down(home, monkeypatch):
    numbers = {"netvaerdi-web": 70_001, "netvaerdi-audit": 70_002, "netvaerdi-research": 70_003}
    given = {}
    monkeypatch.setattr(permissions, "group_id", numbers.get)
    monkeypatch.setattr(os, "chown", lambda path, _, group: given.update({path: group}))
    assert apply_permissions(home) == []
    assert given[home.reports] == numbers["netvaerdi-web"]
    assert given[home.database] == given[home.published / "history"] == numbers["netvaerdi-audit"]
    assert given[home.published / "netvaerdi_research.duckdb"] == numbers["netvaerdi-research"]
    assert home.published not in given
    assert not any(path.is_relative_to(home.archive) for path in given)
    page = next(home.reports.rglob("*.html"))
    assert (given[page], mode(page), mode(page.parent)) == (70_001, 0o640, 0o2750)
    assert (mode(home.reports), mode(home.database), mode(home.published)) == (0o2750, 0o640, 0o711)
    assert "reports" in wrong_permissions(home)  # whoever chown here only told of it
