"""A gate that failed, could not be judged, or did not run stops publication: the whole way, by command."""

from collections.abc import Callable
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from assets.gates import all_gates, gates_passed
from assets.gates.quality import Gate, QualityResult
from assets.gates.suites import Rule, Suite, load_suites
from assets.gates.words import check_name
from assets.home import Home
from assets.layers.publication import DATABASE
from assets.sql_models import Model, run_models
from pipelines.checks.gates import GATE_CHECKS, check_result, page_at
from pipelines.instance import open_instance
from pipelines.resources import run_config
from tests.pipelines.conftest import AS_OF


@pytest.fixture
def home(published, tmp_path) -> Home:
    """A home of one's own in which the tiny municipality was published once."""
    return published.copy(tmp_path / "hjem")


@pytest.fixture
def run_again(home, netvaerdi) -> Callable[[], tuple[int, str]]:
    """Run the command on the same home and inbox: exit status, and words."""
    return lambda: netvaerdi("run", "--home", home.root, "--as-of", AS_OF)


def hashes(home: Home) -> list[tuple[str]]:
    with duckdb.connect(str(home.database), read_only=True) as connection:
        return connection.execute("select content_hash from audit.publication order by sequence").fetchall()


def count_coherence_twice(monkeypatch) -> None:
    """R2.2 comes out one too high, which its own evidence contradicts."""

    def broken(connection, models):
        return run_models(connection, [one_too_many(model) for model in models])

    def one_too_many(model: Model) -> Model:
        if model.table != "indicators.r2_2_coherence":
            return model
        return Model(model.schema, model.name, f"select * replace (value + 1 as value) from ({model.query})")

    monkeypatch.setattr("assets.sql_assets.run_models", broken)


def ask_for_a_column_that_is_not_there(monkeypatch) -> None:
    extra = Suite("accepted.people", (Rule("not_null", "not_null:colour", ("colour",)),))
    use_suites(monkeypatch, lambda: (*load_suites(), extra), judged_only=False)


def leave_out_the_results(monkeypatch) -> None:
    """The judge is never shown the suite of ``results.indicator_result``."""
    kept = tuple(suite for suite in load_suites() if suite.table != "results.indicator_result")
    use_suites(monkeypatch, lambda: kept, judged_only=True)


def use_suites(monkeypatch, suites: Callable[[], tuple[Suite, ...]], judged_only: bool) -> None:
    def of(layer):
        return tuple(suite for suite in suites() if suite.layer == layer)

    monkeypatch.setattr("assets.gates.expectations.suites_of", of)
    if not judged_only:
        monkeypatch.setattr("assets.gates.run.suites_of", of)


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        (count_coherence_twice, "results.evidence: counts_reconcile: failed"),
        (ask_for_a_column_that_is_not_there, "accepted.people: not_null:colour: error"),
        (leave_out_the_results, "results.indicator_result: rows_at_least: did not run"),
    ],
    ids=["failed", "error", "did not run"],
)
def test_a_gate_in_the_way_leaves_the_last_good_publication_and_is_named(
    home, run_again, monkeypatch, fault, named
):
    good = hashes(home)
    fault(monkeypatch)
    status, said = run_again()
    assert status == 1
    assert named in " ".join(said.split())
    assert hashes(home) == good
    check = named.rpartition(": ")[0].partition(": ")[0]
    assert check in (home.root / "kontrol" / "seneste.html").read_text(encoding="utf-8")


def test_publishing_alone_without_the_checks_of_the_same_run_is_refused(home):
    from pipelines.definitions import defs

    good = hashes(home)
    config = run_config(home=str(home.root), as_of=AS_OF)
    with open_instance(home) as instance:
        result = defs.resolve_job_def("refresh_results").execute_in_process(
            instance=instance, run_config=config, asset_selection=[DATABASE], raise_on_error=False
        )
    assert not result.success
    assert hashes(home) == good
    with duckdb.connect(str(home.warehouse_file)) as connection:
        assert any(gate.endswith("did not run") for gate in gates_passed(connection, result.run_id))


def test_every_gate_is_a_check_of_its_own_and_those_of_published_tables_block():
    specs = {spec.key: spec for checks in GATE_CHECKS for spec in checks.check_specs}
    keys = [dg.AssetCheckKey(dg.AssetKey(gate.table.split(".")), check_name(gate)) for gate in all_gates()]
    assert set(specs) == set(keys)
    blocking = {key.asset_key.to_user_string() for key, spec in specs.items() if spec.blocking}
    assert {
        "accepted/people",
        "accepted/pulse",
        "results/indicator_result",
        "results/responsibility_result",
        "results/responsibility_summary",
        "results/organisation_result",
        "results/evidence",
    } <= blocking
    assert all(spec.description.count("\n\n") == 1 for spec in specs.values())


GATE = Gate("results", "results.evidence", "unique")


def test_a_check_shows_how_many_rows_broke_its_rule_where_the_first_stand_and_how_it_went():
    failed = QualityResult(GATE, "ExpectCompoundColumnsToBeUnique", "", "failed", 8, 2)
    page = page_at(Path("/hjem/side.html"), "")
    shown = check_result(GATE, failed, ["network_id N-1"], "24-11 ● 0 · 25-11 ▲ 2", page)
    assert not shown.passed
    assert shown.severity == dg.AssetCheckSeverity.ERROR
    assert {name: value.value for name, value in shown.metadata.items()} == {
        "outcome": "▲ ikke bestået / failed",
        "rows": 8,
        "violations": 2,
        "first_offenders": "network_id N-1",
        "trend": "24-11 ● 0 · 25-11 ▲ 2",
        "page": "/hjem/side.html",
    }


def test_the_page_is_a_link_where_a_web_server_shows_it_else_a_path_to_open():
    page = Path("/hjem/kontrol/kørsel 1.html")
    assert page_at(page, "") == dg.MetadataValue.path(page)
    link = dg.MetadataValue.url("https://kommunen.dk/kontrol/k%C3%B8rsel%201.html")
    assert page_at(page, "https://kommunen.dk/kontrol/") == link


@pytest.mark.parametrize(
    "result", [None, QualityResult(GATE, "sql", "", "error", None, None, "BinderException")]
)
def test_a_gate_that_was_not_judged_or_could_not_be_is_no_pass(result):
    assert check_result(GATE, result).passed is False


def test_a_gate_that_stops_nothing_warns():
    gate = Gate("results", "results.evidence", "unique", blocking=False)
    shown = check_result(gate, QualityResult(gate, "sql", "", "failed", 8, 3))
    assert (shown.passed, shown.severity) == (False, dg.AssetCheckSeverity.WARN)
