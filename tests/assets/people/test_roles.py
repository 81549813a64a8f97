"""F54: each role sees exactly what the one table says."""

import tomllib

import duckdb
import pytest

from assets.auditor.hardened import hardened_connection
from assets.contract import KINDS
from assets.home import Home
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
