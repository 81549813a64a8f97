"""What is drawn of a publication begins when it stands, and is noted when the last asset has its own."""

from concurrent.futures import Future
from contextlib import contextmanager

import dagster as dg
import pytest

from assets.home import Home, Settings
from assets.layers import sitting
from assets.layers.sitting import REPORT, SHEET, TODO_LIST, Sittings

OTHER = dg.AssetKey(["publication", "database"])


@pytest.fixture
def told(monkeypatch):
    """What happened, in order; each asset's drawing is done at once."""
    said = []

    @contextmanager
    def drawing(home):
        said.append("open")
        yield
        said.append("noted")

    def drawn(asset):
        def ask(home, settings):
            said.append(f"draw {asset.path[-1]}")
            done = Future()
            done.set_result(asset.path[-1])
            return [("AALBY", done)]

        return ask

    monkeypatch.setattr("assets.publication.outputs.drawing", drawing)
    monkeypatch.setattr(sitting, "DRAWN", {asset: drawn(asset) for asset in (SHEET, REPORT, TODO_LIST)})
    return said


@pytest.fixture
def take(tmp_path):
    """Begin a run's drawing, and take an asset's part."""

    class Run:
        sittings = Sittings()

        def begin(self, *assets, run_id="one"):
            self.sittings.begin(run_id, Home(tmp_path), Settings(), assets)

        def __call__(self, asset, run_id="one"):
            with self.sittings.taken(run_id, Home(tmp_path), Settings(), asset) as asked:
                return [drawn.result() for _, drawn in asked]

    return Run()


def test_all_are_begun_at_once_and_noted_together(told, take):
    take.begin(OTHER, REPORT, SHEET)
    assert told == ["open", "draw dialogue_sheet", "draw management_report"]
    assert take(REPORT) == ["management_report"]
    assert "noted" not in told
    assert take(SHEET) == ["dialogue_sheet"]
    assert told[-1] == "noted"


def test_a_run_that_shows_nothing_draws_nothing(told, take):
    take.begin(OTHER)
    assert told == []


def test_an_asset_alone_has_its_own_drawn_and_noted(told, take):
    assert take(TODO_LIST) == ["todo_list"]
    assert told == ["open", "draw todo_list", "noted"]


def test_an_asset_tried_again_has_its_own_drawn(told, take):
    take.begin(REPORT)
    take(REPORT)
    told.clear()
    assert take(REPORT) == ["management_report"]
    assert told == ["open", "draw management_report", "noted"]


def test_what_no_asset_came_to_take_is_noted_before_the_next_begins(told, take):
    take.begin(REPORT, SHEET)
    take(REPORT)
    take.begin(TODO_LIST, run_id="two")
    assert told[3:] == ["noted", "open", "draw todo_list"]
    assert take(TODO_LIST, "two") == ["todo_list"]


def test_what_could_not_be_drawn_is_said_to_its_asset_and_leaves_nothing_open(told, take, monkeypatch):
    broken = Future()
    broken.set_exception(ValueError("nej"))
    monkeypatch.setitem(sitting.DRAWN, REPORT, lambda *_: [("AALBY", broken)])
    take.begin(REPORT, TODO_LIST)
    with pytest.raises(ValueError, match="nej"):
        take(REPORT)
    take(TODO_LIST)
    assert told[-1] == "noted"
