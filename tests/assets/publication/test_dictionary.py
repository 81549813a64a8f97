"""The dictionary in the docs and in the database says what the catalogue says."""

import duckdb
import pytest

from assets.contract import KINDS
from assets.publication.catalogue import PUBLISHED_TABLES
from assets.publication.dictionary import PAGE, dictionary_page, dictionary_rows


def test_the_page_in_the_docs_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == dictionary_page()


def test_the_database_carries_the_dictionary(published_home):
    with duckdb.connect(str(published_home.database), read_only=True) as connection:
        assert connection.execute("select * from audit.dictionary").fetchall() == sorted(dictionary_rows())


def test_the_types_in_the_dictionary_are_those_of_the_database(published_home):
    with duckdb.connect(str(published_home.database), read_only=True) as connection:
        wrong = connection.execute(
            """
            select dictionary.table_name, dictionary.column_name, dictionary.type, columns.data_type
            from audit.dictionary full join duckdb_columns() as columns
                on dictionary.table_schema = columns.schema_name
                and dictionary.table_name = columns.table_name
                and dictionary.column_name = columns.column_name
            where dictionary.column_name <> '' and dictionary.type is distinct from columns.data_type
                or dictionary.column_name is null and not columns.internal
            """
        ).fetchall()
    assert wrong == []


@pytest.mark.parametrize("table", PUBLISHED_TABLES, ids=lambda table: table.full_name)
def test_every_column_is_told_once_in_both_languages(table):
    assert len(set(table.column_names)) == len(table.columns)
    assert [column.name for column in table.columns if not (column.da and column.en)] == []
    assert all(0 <= table.key <= len(table.columns) for table in PUBLISHED_TABLES)


def test_every_kind_but_the_pulse_is_published_with_every_canonical_column():
    tables = {table.name: table.column_names for table in PUBLISHED_TABLES}
    missing = [
        (kind.name, column.name)
        for kind in KINDS
        if kind.name != "pulse"
        for column in kind.columns
        if column.name not in tables[kind.name]
    ]
    assert missing == []
    assert "pulse" not in tables


def test_only_the_auditor_may_see_names_of_people():
    personal = [
        (table.name, column.name)
        for table in PUBLISHED_TABLES
        for column in table.columns
        if column.readers == "personal"
    ]
    assert personal == [("people", "name")]
