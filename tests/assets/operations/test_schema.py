"""An older warehouse is copied and brought to today's version; the copy is the way back."""

import duckdb
import pytest

from assets.home import Home
from assets.operations import schema
from assets.operations.backup import restore
from assets.operations.schema import VERSION, SchemaError, migrate, migrate_home, version_of
from assets.publication.verify import verify
from tests.assets.publication.conftest import filled_home, published_home
from tests.faults.work import content_of, copied

__all__ = ("filled_home", "published_home")
LATER = (
    ("raw.delivery", "mapping_sha256"),
    ("audit.attempt", "started_by"),
    ("audit.attempt", "started_by_user"),
)


def asked(home, query):
    with duckdb.connect(str(home.warehouse_file), read_only=True) as connection:
        return connection.execute(query).fetchall()


def columns(home):
    return {
        (table, name)
        for table, name in asked(
            home, "select schema_name || '.' || table_name, column_name from duckdb_columns()"
        )
    }


@pytest.fixture
def older(published_home, tmp_path):
    """A published home as version 1 left it: it says no version and lacks what came later."""
    home = copied(published_home, tmp_path)
    with duckdb.connect(str(home.warehouse_file)) as connection:
        connection.execute("create table audit.attempt (run_id varchar primary key, state varchar)")
        connection.execute("insert into audit.attempt values ('run-0', 'done')")
        connection.execute("alter table raw.delivery drop column if exists mapping_sha256")
    return home


def test_an_older_warehouse_is_copied_then_migrated_and_nothing_in_it_is_lost(older, tmp_path):
    before, standing, said = content_of(older), verify(older.root).first, []
    copy = migrate_home(older, lambda da, en: said.append(da))
    assert asked(older, "select version from audit.schema_version") == [(VERSION,)]
    assert set(LATER) <= columns(older)
    assert asked(older, "select run_id, state, started_by from audit.attempt") == [("run-0", "done", None)]
    assert (content_of(older), verify(older.root).first) == (before, standing)
    assert copy.parent == tmp_path and copy.stat().st_mode & 0o077 == 0
    assert f"netvaerdi restore {copy}" in said[-1]


def test_the_copy_laid_out_again_is_the_home_as_the_code_before_knows_it(older, tmp_path):
    before = content_of(older), verify(older.root).first
    copy = migrate_home(older)
    back = restore(copy, tmp_path / "tilbage")
    assert not set(LATER) & columns(back)
    assert asked(back, "select run_id from audit.attempt") == [("run-0",)]
    assert (content_of(back), verify(back.root).first) == before


def test_the_same_again_does_nothing(older):
    assert migrate_home(older) is not None
    assert migrate_home(older) is None


def test_a_warehouse_newer_than_the_program_is_refused_and_left_alone(older, monkeypatch):
    migrate_home(older)
    monkeypatch.setattr(schema, "VERSION", VERSION - 1)
    content = older.warehouse_file.read_bytes()
    with pytest.raises(SchemaError, match="netvaerdi restore"):
        migrate_home(older)
    assert older.warehouse_file.read_bytes() == content


def test_where_no_copy_can_be_written_nothing_is_migrated(older, tmp_path, monkeypatch):
    (tmp_path / "fil").write_text("", encoding="utf-8")
    monkeypatch.setenv("NETVAERDI_BACKUPS", str(tmp_path / "fil"))
    with pytest.raises(SchemaError, match="NETVAERDI_BACKUPS"):
        migrate_home(older)
    assert not set(LATER) & columns(older)


def test_a_migration_that_breaks_off_leaves_the_version_before(older, monkeypatch):
    monkeypatch.setitem(schema.MIGRATIONS, 1, (*schema.MIGRATIONS[1], "select nothing_of_the_kind"))
    with pytest.raises(duckdb.Error):
        migrate_home(older)
    assert not set(LATER) & columns(older)
    with duckdb.connect(str(older.warehouse_file), read_only=True) as connection:
        assert version_of(connection) == 1


def test_a_new_warehouse_is_of_todays_version(tmp_path):
    home = Home.create(tmp_path / "hjem")
    assert migrate_home(home) is None
    with duckdb.connect(str(home.warehouse_file)) as connection:
        assert version_of(connection) is None
        assert migrate(connection) == 0
        assert version_of(connection) == VERSION
    assert migrate_home(home) is None


def test_every_version_has_a_step_to_the_next():
    assert sorted(schema.MIGRATIONS) == list(range(1, VERSION))
