"""The warehouse is opened for writing also where somebody looks into it for a moment."""

import duckdb
import pytest

from assets import warehouse
from assets.warehouse import DamagedDatabase, open_warehouse

HELD = "IO Error: Could not set lock on file: Conflicting lock is held in python (PID 1)"


@pytest.fixture
def looked_into(monkeypatch):
    """Let somebody else hold the file for so many attempts to open it."""
    really = duckdb.connect

    def hold(attempts, message=HELD):
        refusals = iter([message] * attempts)

        def connect(path):
            if (refused := next(refusals, None)) is not None:
                raise duckdb.IOException(refused)
            return really(path)

        monkeypatch.setattr(duckdb, "connect", connect)

    return hold


def test_whoever_only_looks_is_waited_for(looked_into, tmp_path):
    looked_into(2)
    with open_warehouse(tmp_path / "w.duckdb") as connection:
        assert connection.execute("select 1").fetchall() == [(1,)]


def test_one_who_keeps_the_file_is_named(looked_into, monkeypatch, tmp_path):
    monkeypatch.setattr(warehouse, "LOOK_SECONDS", 0.0)
    looked_into(10_000)
    with pytest.raises(duckdb.IOException, match="PID 1"), open_warehouse(tmp_path / "w.duckdb"):
        pass


def test_another_fault_is_not_waited_for(looked_into, tmp_path):
    looked_into(1, "IO Error: no space left on device")
    with pytest.raises(duckdb.IOException, match="no space"), open_warehouse(tmp_path / "w.duckdb"):
        pass


@pytest.mark.parametrize("damage", [lambda file: file[: len(file) // 2], lambda file: b"PK" + file[2:100]])
def test_a_damaged_file_is_said_with_the_way_to_have_it_back(tmp_path, damage):
    place = tmp_path / "warehouse.duckdb"
    with open_warehouse(place) as connection:
        connection.execute("create table raw.seen as select range as n from range(100000)")
    place.write_bytes(damage(place.read_bytes()))
    with pytest.raises(DamagedDatabase, match="netvaerdi doctor"), open_warehouse(place):
        pass
