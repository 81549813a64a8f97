"""Tests whose need is not met are left out and said, and on the build server the run stops."""

from types import SimpleNamespace

import pytest

from tests.needs import NEEDS, deselect_unmet, read_counts, summary_lines, unmet, write_counts


class Item:
    def __init__(self, *markers):
        self.markers = markers

    def iter_markers(self):
        return [SimpleNamespace(name=name) for name in self.markers]


@pytest.fixture
def config():
    """As pytest's, with the deselected items written down."""
    gone = []

    def deselected(*, items):
        gone.extend(items)

    hook = SimpleNamespace(pytest_deselected=deselected)
    return SimpleNamespace(hook=hook, gone=gone, getoption=lambda name: "")


@pytest.fixture(autouse=True)
def bare_machine(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("CI", "NETVAERDI_GOLDEN", "NETVAERDI_SPARK_REMOTE"):
        monkeypatch.delenv(name, raising=False)


def test_tests_that_need_what_is_not_there_are_left_out_and_the_remedy_is_named(config):
    plain, chart, keyed = Item("parametrize"), Item("chromium"), Item("golden")
    items = [plain, chart, keyed]
    taken = deselect_unmet(config, items)
    assert (items, config.gone) == ([plain], [chart, keyed])
    assert summary_lines(taken) == [
        "1 tests marked chromium were left out; to run them: apt install chromium",
        "1 tests marked golden were left out; to run them: "
        "set NETVAERDI_GOLDEN to the folder of the answer keys",
    ]


def test_on_the_build_server_what_is_missing_stops_the_run(config, monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.UsageError, match="apt install libreoffice-calc"):
        deselect_unmet(config, [Item("libreoffice")])


@pytest.mark.parametrize("marker", ["spark", "soak"])
def test_what_has_a_command_of_its_own_is_left_out_on_the_build_server_too(config, monkeypatch, marker):
    monkeypatch.setenv("CI", "true")
    items = [Item(marker)]
    assert list(deselect_unmet(config, items).values()) == [1]
    assert items == []


def test_a_program_that_is_there_meets_the_need(config, tmp_path):
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    assert unmet(config, {"chromium"}) == []


def test_answer_keys_named_by_the_environment_meet_the_need(config, monkeypatch):
    monkeypatch.setenv("NETVAERDI_GOLDEN", "somewhere")
    assert unmet(config, {"golden"}) == []


def test_long_tests_run_when_asked_for_by_name(config):
    config.getoption = lambda name: "soak"
    assert unmet(config, {"soak"}) == []


def test_every_marker_of_a_need_is_one_the_project_declares(pytestconfig):
    declared = {line.split(":")[0] for line in pytestconfig.getini("markers")}
    assert {need.marker for need in NEEDS} <= declared


def test_what_was_left_out_is_the_same_after_a_journey_between_processes(config):
    taken = deselect_unmet(config, [Item("chromium"), Item("golden"), Item("golden")])
    assert read_counts(write_counts(taken)) == taken
