"""Labels too long for their place are cut short; those that fit are drawn without being measured twice."""

import re

import altair as alt
import pytest

from assets.reports import theme
from assets.reports.theme import chart_svg, width

TOO_LONG = "Værdi for borgere, der har brug for hjælp til at komme i gang igen, og for deres pårørende"


def chart(label):
    return (
        alt.Chart(alt.Data(values=[{"a": label, "n": 1}]))
        .mark_bar()
        .encode(x=alt.X("n:Q", title="Antal"), y="a:N", color=alt.Color("a:N"))
        .properties(width=300, title="Et diagram", description="Kort.")
    )


@pytest.fixture
def conversions(monkeypatch):
    found, original = [], theme._svg

    def count(drawn, lang):
        found.append(drawn["config"]["axis"]["labelLimit"])
        return original(drawn, lang)

    monkeypatch.setattr(theme, "_svg", count)
    return found


@pytest.mark.parametrize("narrow", [False, True])
def test_what_fits_is_drawn_once_and_as_with_the_limits(conversions, monkeypatch, narrow):
    once = chart_svg(chart("Borgere"), "da", narrow=narrow)
    assert conversions == [0]
    monkeypatch.setattr(theme, "_within", lambda *_: False)
    assert chart_svg(chart("Borgere"), "da", narrow=narrow) == once
    assert conversions[1:] == [0, 116 if narrow else 260]


@pytest.mark.parametrize("narrow", [False, True])
def test_what_does_not_fit_is_cut_short_on_axis_and_legend(conversions, narrow):
    svg = chart_svg(chart(TOO_LONG), "da", narrow=narrow)
    assert len(conversions) == 2
    said = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    assert sum(text.startswith("Værdi for") and text.endswith("…") for text in said) == 2
    assert TOO_LONG not in said


def test_a_label_of_the_widest_letters_counts_as_wide(conversions):
    chart_svg(chart("W" * 21), "da")
    assert len(conversions) == 2
    assert width("W" * 21) > width("Borgerinddragelse") > width("ililililililil")
