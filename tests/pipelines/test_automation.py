"""The printed report follows its report by a declared condition, where the settings ask for it."""

import dagster as dg
import pytest

from assets.home import Home
from assets.layers.printed import PRINTED, REPORT, printed_report
from pipelines.automation import AUTOMATION_SENSORS
from pipelines.definitions import defs
from pipelines.jobs import EVERYTHING


@pytest.fixture
def home(tmp_path, monkeypatch):
    made = Home.create(tmp_path / "hjem")
    monkeypatch.setenv("NETVAERDI_HOME", str(made.root))
    return made


@pytest.fixture
def requested():
    """How many printings are asked for now; ``requested()`` goes on from where the call before stopped."""
    instance, cursors = dg.DagsterInstance.ephemeral(), [None]

    def ask(new_report):
        if new_report:
            instance.report_runless_asset_event(dg.AssetMaterialization(REPORT))
        evaluated = dg.evaluate_automation_conditions(
            defs=defs,
            instance=instance,
            asset_selection=dg.AssetSelection.assets(PRINTED),
            cursor=cursors[-1],
        )
        cursors.append(evaluated.cursor)
        return evaluated.total_requested

    return ask


def test_by_default_no_new_report_is_printed(home, requested):
    assert [requested(False), requested(True), requested(False)] == [0, 0, 0]


def test_switched_on_each_new_report_is_printed_once(home, requested):
    home.settings_file.write_text("pdf_reports = true\n", encoding="utf-8")
    assert [requested(False), requested(True), requested(False), requested(True)] == [0, 1, 0, 1]


def test_where_there_is_no_home_nothing_is_asked_for(requested):
    assert [requested(False), requested(True)] == [0, 0]


def test_a_run_has_the_printing_as_no_part_and_one_sensor_looks_after_it():
    graph = defs.resolve_asset_graph()
    assert PRINTED not in EVERYTHING.resolve(graph)
    (sensor,) = AUTOMATION_SENSORS
    assert sensor.asset_selection.resolve(graph) == {PRINTED}
    names = {one.name for one in defs.get_repository_def().sensor_defs}
    assert names >= {"print_reports", "new_delivery"}
    assert "default_automation_condition_sensor" not in names


def test_switched_off_a_printing_by_hand_says_how_to_switch_it_on(home):
    result = dg.materialize(
        [printed_report],
        resources=dict(defs.resources),
        instance=dg.DagsterInstance.ephemeral(),
    )
    assert result.success
    assert result.get_asset_materialization_events() == []
