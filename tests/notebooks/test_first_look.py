"""The first notebook runs from top to bottom on a published file and shows what that file says."""

import importlib.util
from pathlib import Path

import pytest

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"


@pytest.fixture(scope="module")
def first_look(published_file):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NETVAERDI_DATABASE", str(published_file))
        spec = importlib.util.spec_from_file_location("first_look", NOTEBOOKS / "first_look.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        _, values = module.app.run()
        yield values
        values["published"].close()


def test_a_hidden_row_is_shown_as_hidden_and_not_as_zero(first_look):
    rows = {row["ansvar"]: row for row in first_look["standing"].iter_rows(named=True)}
    assert (rows["R2"]["opfyldt"], rows["R2"]["skjult"]) == (4, False)
    assert (rows["R4"]["opfyldt"], rows["R4"]["skjult"]) == (None, True)


def test_the_chart_draws_the_kroner_of_the_file_in_danish(first_look):
    assert first_look["kroner"].rows() == [
        ("2026Q3", "Ansøgt", 0.5),
        ("2026Q3", "Behov", 0.4),
        ("2026Q3", "Bevilget", 0.3),
    ]
    encoding = first_look["kroner_chart"].to_dict()["encoding"]
    assert encoding["y"]["title"] == "Mio. kr. i alt til og med kvartalet"


def test_no_cell_can_change_the_file(first_look):
    with pytest.raises(Exception, match="read-only"):
        first_look["published"].execute("delete from main.networks")


def test_no_person_is_named(first_look):
    shown = str(first_look["standing"]) + str(first_look["kroner"])
    assert "Asta" not in shown and "P-1" not in shown
