"""A step that fails says what failed and what to do, and never quotes the data."""

import dagster as dg
import duckdb
import polars as pl
import pytest

from assets.errors import RequestError
from assets.gates.suites import SuiteError
from assets.layers.failures import GateError, first_line, require_gates, told
from assets.sql_models import Model, ModelError


def description(error):
    with pytest.raises(dg.Failure) as raised, told():
        raise error
    return raised.value.description


def failing(query):
    try:
        duckdb.connect().execute(query).fetchall()
    except duckdb.Error as error:
        return error
    raise AssertionError("the query ran")


def test_an_error_meant_for_a_person_is_passed_on_as_it_is():
    assert description(RequestError("Indbakken er tom.", "The inbox is empty.")) == (
        "Indbakken er tom. / The inbox is empty."
    )


def test_a_model_that_breaks_is_named_with_its_file_and_first_cause():
    said = description(
        ModelError(Model("core", "units", "select 1"), failing("select nothing from range(1)"))
    )
    assert said.startswith("core.units kunne ikke beregnes: Binder Error")
    assert "sql/core/units.sql" in said


def test_an_error_of_the_data_is_only_its_kind():
    cause = failing("select cast('Ann Eksempel' as integer)")
    assert first_line(cause) == "ConversionException"
    assert "Ann" not in description(ModelError(Model("core", "units", "select 1"), cause))


def test_an_error_of_a_library_that_may_quote_the_data_is_only_its_kind():
    with pytest.raises(pl.exceptions.InvalidOperationError) as raised:
        pl.Series(["Ann Eksempel"]).cast(pl.Int64)
    assert "InvalidOperationError" in description(raised.value)
    assert "Ann" not in description(raised.value)


def test_an_error_of_ours_keeps_its_words_and_the_kind_of_its_cause():
    cause = failing("select cast('Ann Eksempel' as integer)")
    error = SuiteError(f"audit.finding: {cause}")
    error.__cause__ = cause
    assert first_line(error) == "audit.finding: ConversionException"


def test_a_full_disk_is_said():
    assert "Disken er fuld: /hjem/x" in description(OSError(28, "No space left on device", "/hjem/x"))


@pytest.mark.parametrize(
    "damage",
    [lambda file: file[: len(file) // 2], lambda file: b"", lambda file: file[:9000] + b"?" + file[9001:]],
    ids=["cut short", "emptied", "one byte"],
)
@pytest.mark.parametrize("in_a_model", [False, True])
def test_a_damaged_database_is_said_with_the_way_to_have_it_back(tmp_path, damage, in_a_model):
    place = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(place)) as connection:
        connection.execute("create table seen as select range as n from range(100000)")
    place.write_bytes(damage(place.read_bytes()))
    with pytest.raises(duckdb.Error) as raised, duckdb.connect(str(place)) as connection:
        connection.execute("select sum(n) from seen").fetchall()
    error = ModelError(Model("core", "units", "select 1"), raised.value) if in_a_model else raised.value
    said = description(error)
    assert "netvaerdi doctor" in said and "netvaerdi restore" in said
    assert "sql/core/units.sql" not in said


def test_where_in_the_code_it_failed_is_kept_without_the_message():
    with pytest.raises(dg.Failure) as raised, told():
        raise ValueError("Ann Eksempel")
    where = raised.value.metadata["where"].value
    assert "test_failures" in where
    assert raised.value.__cause__ is None


def test_gates_that_stand_in_the_way_are_named_three_at_most():
    with pytest.raises(GateError, match=r"a: failed; b: failed; c: did not run \(\+1\)"):
        require_gates(["a: failed", "b: failed", "c: did not run", "d: failed"])
    require_gates([])
