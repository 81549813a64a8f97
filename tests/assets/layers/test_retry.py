"""A retry stands on what the run that broke off judged, where that is still what lies there."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from assets.gates.quality import SCHEMA_LAYERS, Gate, QualityResult, record, recorded
from assets.layers.retry import BUILDERS, Retry, go_on, retry_of
from assets.request import RunRequest
from assets.run_record import Run, begin_run

THEN = datetime(2026, 9, 30, 8, tzinfo=UTC)
ACCEPTED = Gate("accepted", "accepted.roles", "unique")
RESULTS = Gate("results", "results.evidence", "unique")
REPORTS = frozenset({"management_report"})


@pytest.fixture
def broke_off(connection):
    """A run of 30 September in which the gates of both layers passed."""
    begin_run(connection, Run("first", THEN, date(2026, 9, 30)))
    passed = [QualityResult(gate, "sql", "", "passed", 8, 0) for gate in (ACCEPTED, RESULTS)]
    record(connection, "first", passed, THEN)
    return connection


@pytest.fixture
def request_of_today(tmp_path):
    return RunRequest(inbox=tmp_path, as_of=date(2026, 10, 1))


@pytest.mark.parametrize(
    ("steps", "layers"),
    [
        (REPORTS, {"accepted", "results"}),
        (frozenset({"summary", "gates_results", "database"}), {"accepted"}),
        (frozenset({"accepted", "gates_accepted"}), set()),
    ],
)
def test_a_layer_is_taken_over_where_nothing_of_it_or_before_it_is_built_anew(
    broke_off, request_of_today, steps, layers
):
    request = go_on(broke_off, Retry("first", steps), "second", request_of_today)
    assert {layer for layer, _, _ in recorded(broke_off, "second")} == layers
    assert request == replace(request_of_today, as_of=date(2026, 9, 30))
    assert len(recorded(broke_off, "first")) == 0


def test_nothing_is_taken_over_where_another_run_came_in_between(broke_off, request_of_today):
    begin_run(broke_off, Run("between", THEN.replace(hour=9), date(2026, 9, 30)))
    assert go_on(broke_off, Retry("first", REPORTS), "second", request_of_today) == request_of_today
    assert recorded(broke_off, "second") == {}


def test_a_run_of_its_own_or_one_of_every_step_goes_on_from_nothing():
    run = SimpleNamespace(parent_run_id=None, step_keys_to_execute=["database"])
    assert retry_of(run) is None
    assert retry_of(SimpleNamespace(parent_run_id="first", step_keys_to_execute=None)) is None
    run.parent_run_id = "first"
    assert retry_of(run) == Retry("first", frozenset({"database"}))


def test_every_step_that_builds_what_a_gate_looks_at_is_known():
    from pipelines.definitions import ASSETS

    built = {
        asset.op.name: SCHEMA_LAYERS[key.path[0]]
        for asset in ASSETS
        for key in asset.keys
        if key.path[0] in SCHEMA_LAYERS
    }
    assert built.items() <= {(step, layer) for layer, steps in BUILDERS.items() for step in steps}
    assert {"calendar", "definitions"} <= BUILDERS["results"]
