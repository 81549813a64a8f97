"""The golden inboxes, taken in as a run takes them in, give what their answer keys say: every cell."""

import csv
import os
import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from assets.accepted.build import build_accepted
from assets.accepted.settings import build_settings
from assets.core.calendar import build_calendar
from assets.indicators.definitions import build_definitions
from assets.raw.intake import take_in
from assets.sql_models import load_models, run_models
from assets.warehouse import create_schemas
from tests.recompute import disagreements

pytestmark = pytest.mark.golden

KEYS = {
    "indicator_result": ("network_id", "period", "indicator_id", "dimension"),
    "responsibility_result": ("network_id", "period", "responsibility_id"),
}
LAYERS = ("core", "evidence", "indicators")
MINE = {
    f"results.{name}" for name in (*KEYS, "own_result", "judged_result", "judged_responsibility", "evidence")
}
TOGETHER = ("seed11", "seed12")
NUMBERS = ("numerator", "denominator", "value", "lower", "upper", "n", "value_if_upheld", "perception_gap")


def golden() -> Path:
    return Path(os.environ["NETVAERDI_GOLDEN"])


def days() -> dict[str, date]:
    """Each folder's as-of day, from the README beside them; one name to deselect where there is none."""
    if not os.environ.get("NETVAERDI_GOLDEN"):
        return {"NETVAERDI_GOLDEN": date(2000, 1, 1)}
    text = (golden() / "README.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| `([\w-]+)` \| (\d{4}-\d\d-\d\d) \|", text, flags=re.MULTILINE)
    return {name: date.fromisoformat(day) for name, day in found}


DAYS = days()


def results(
    folder: Path, inbox: Path, organisation: str, as_of: dict[str, date]
) -> duckdb.DuckDBPyConnection:
    """Take the inbox in and compute its results, step by step as a run does."""
    connection = duckdb.connect()
    create_schemas(connection)
    received_at = datetime.combine(max(as_of.values()), datetime.min.time(), tzinfo=UTC).replace(hour=12)
    take_in(
        connection,
        archive=folder / "archive",
        inbox=inbox,
        received_at=received_at,
        default_organisation=organisation,
        declared=frozenset(),
    )
    build_settings(connection)
    build_accepted(connection)
    build_calendar(connection, as_of)
    build_definitions(connection)
    run_models(
        connection, [model for model in load_models() if model.schema in LAYERS or model.table in MINE]
    )
    return connection


@pytest.fixture(scope="module", params=DAYS)
def alone(request, tmp_path_factory):
    name = request.param
    folder = tmp_path_factory.mktemp(name)
    shutil.copytree(golden() / name / "inbox", folder / "inbox")
    with results(folder, folder / "inbox", name, {name: DAYS[name]}) as connection:
        yield name, connection


@pytest.fixture(scope="module")
def together(tmp_path_factory):
    folder = tmp_path_factory.mktemp("together")
    for name in TOGETHER:
        shutil.copytree(golden() / name / "inbox", folder / "inbox" / name)
    with results(folder, folder / "inbox", "ingen", {name: DAYS[name] for name in TOGETHER}) as connection:
        yield connection


def differences(connection, organisation: str, table: str) -> list[str]:
    """Every cell in which result and answer key differ, and every row that only one of them has."""
    with (golden() / organisation / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        said = list(csv.DictReader(file))
    columns = list(said[0])
    found = connection.execute(
        f"select {', '.join(columns)} from results.{table} where organisation_id = ?", [organisation]
    ).fetchall()
    key = KEYS[table]
    expected = {tuple(row[name] for name in key): row for row in said}
    computed = {}
    for values in found:
        row = dict(zip(columns, values, strict=True))
        computed[tuple(text(row[name]) for name in key)] = row
    assert (len(expected), len(computed)) == (len(said), len(found)), "a key stands twice"
    wrong = [f"{key} only in the key" for key in expected.keys() - computed.keys()]
    wrong += [f"{key} only in the result" for key in computed.keys() - expected.keys()]
    for key in expected.keys() & computed.keys():
        wrong += [
            f"{key} {column}: {expected[key][column]} expected, {text(computed[key][column])} computed"
            for column in columns
            if not same(column, expected[key][column], computed[key][column])
        ]
    return sorted(wrong)


def text(value: object) -> str:
    return "" if value is None else str(value)


def same(column: str, expected: str, computed: object) -> bool:
    if column in NUMBERS and expected and computed is not None:
        return abs(float(expected) - float(computed)) <= 1e-9 * max(1.0, abs(float(expected)))
    return expected == text(computed)


@pytest.mark.parametrize("table", KEYS)
def test_an_inbox_gives_what_its_answer_key_says(alone, table):
    name, connection = alone
    assert differences(connection, name, table) == []


@pytest.mark.parametrize("table", KEYS)
@pytest.mark.parametrize("name", TOGETHER)
def test_two_organisations_of_one_inbox_give_what_each_gives_alone(together, name, table):
    assert differences(together, name, table) == []


def test_every_figure_is_worked_out_anew_from_its_evidence(alone):
    _, connection = alone
    wrong, figures = disagreements(connection)
    assert wrong == []
    assert figures > 400


def test_every_model_keeps_the_grain_it_states(alone):
    _, connection = alone
    for model in load_models():
        if model.schema not in LAYERS and model.table not in MINE:
            continue
        stated = re.search(r"Grain:\s+one row per ([^;.(]+)", model.header)
        assert stated, model.table
        columns = re.split(r",\s+|\s+and\s+", " ".join(stated[1].split()))
        doubled = connection.execute(
            f"select 1 from {model.table} group by {', '.join(columns)} having count(*) > 1 limit 1"
        ).fetchall()
        assert doubled == [], f"{model.table} has two rows of one {', '.join(columns)}"
