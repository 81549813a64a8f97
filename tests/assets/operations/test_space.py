"""A full disk is known for what it is, and what is said tells how much room a run needs."""

import errno
import os

import duckdb

from assets.home import Home
from assets.operations import space
from assets.operations.space import at_work_in, disk_full, is_full, needed_bytes
from assets.sql_models import Model, ModelError


def full():
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "rapport.html")


def test_a_disk_is_full_however_deep_the_cause_lies():
    model = ModelError(Model("core", "units", "select 1"), duckdb.IOException("No space left on device"))
    assert is_full(full())
    assert is_full(model)
    after = RuntimeError("the warehouse has been invalidated")
    after.__context__ = full()
    assert is_full(after)
    assert not is_full(OSError(errno.EACCES, "Permission denied"))
    assert not is_full(duckdb.IOException("Could not set lock on file"))


def test_a_run_needs_three_times_what_stands_and_something_to_spare(tmp_path, monkeypatch):
    monkeypatch.setattr(space, "SPARE_BYTES", 100)
    home = Home.create(tmp_path / "hjem")
    assert needed_bytes(home) == 100
    home.warehouse_file.write_bytes(b"x" * 10)
    home.database.write_bytes(b"x" * 2)
    assert needed_bytes(home) == 136


def test_a_full_disk_is_said_with_what_is_free_what_is_needed_and_what_to_do(tmp_path):  # F29
    home = Home.create(tmp_path / "hjem")
    with at_work_in(home):
        said = disk_full()
    assert f" MB fri i {home.root}, og en kørsel skal bruge op til 500 MB. Intet tidligere" in said.da
    assert "a run needs up to 500 MB" in said.en
    assert "keep_publications" in said.da and "keep_publications" in said.en


def test_outside_of_a_run_the_file_is_named():
    assert disk_full("rapport.html").da.startswith("Disken er fuld: rapport.html.")
