"""Charts by their specification, and as pictures by what they hold."""

import re
from itertools import pairwise

import polars as pl
import pytest

from assets.reports import charts, charts_role
from assets.reports.theme import INK, PALETTE, PAPER, chart_svg

HOSTILE = "<script>alert(1)</script>\"'&"
FORBIDDEN = ("url", "href", "image", "loader")


def steps():
    return pl.DataFrame(
        {
            "months": [0.0, 7.0, 13.0],
            "share": [1.0, 0.8, 0.8],
            "lower": [None, 0.4, 0.4],
            "upper": [None, 0.95, 0.95],
        }
        | {"n": [6, 5, 3]}
    )


def shares():
    return pl.DataFrame(
        {
            "name": ["Ejerskab"] * 3,
            "part": ["yes", "no", "not_heard"],
            "part_label": ["Ja", "Nej", "Ikke hørt"],
            "place": [0, 1, 2],
            "share": [0.5, 0.3, 0.2],
            "text": ["5", "3", "2"],
        }
    )


def every_chart(name="Ærø"):
    return {
        "outcome": charts.outcome_chart(
            pl.DataFrame(
                {"type_label": [name], "outcome": ["reached"], "outcome_label": ["Nået"]}
                | {"place": [0], "count": [2]}
            )
        ),
        "funnel": charts.funnel_chart(pl.DataFrame({"step_label": [name], "count": [4.0], "text": ["4"]})),
        "season": charts.season_chart(
            pl.DataFrame(
                {"season_label": [name] * 3, "step_label": ["Idéer", "Testet", "Basis"]}
                | {"place": [0, 1, 2], "count": [4.0, 2.0, 1.0]}
            )
        ),
        "survival": charts.survival_chart(steps(), "Måneder", name),
        "capital": charts.capital_chart(
            pl.DataFrame(
                {
                    "name": [name],
                    "quarter": ["1. kv. 25"],
                    "place": [0],
                    "thousands": [1250.5],
                    "text": ["1.251"],
                }
            ),
            [name],
        ),
        "dumbbell": charts.dumbbell_chart(
            pl.DataFrame(
                {"year": ["2025"] * 2, "name": [name, "Bevilget"], "place": [0, 1], "thousands": [5.0, 3.0]}
            ),
            "Tusinde kroner",
        ),
        "ownership": charts_role.ownership_chart(shares().with_columns(pl.lit(name).alias("name"))),
        "matrix": charts_role.status_matrix_chart(
            pl.DataFrame(
                {
                    "responsibility": [name],
                    "quarter": ["1. kv. 25"],
                    "standing": ["most"],
                    "standing_label": ["De fleste"],
                }
                | {"place": [0], "text": ["4 af 5"]}
            )
        ),
        "interplay": charts_role.interplay_chart(
            pl.DataFrame(
                {"what": ["relevant", "dialogue"], "what_label": [name, "Samspil"]}
                | {"quarter": ["1. kv. 25"] * 2, "count": [3.0, 0.0], "text": ["3", "0"]}
            )
        ),
    }


@pytest.mark.parametrize("name", every_chart())
def test_no_chart_has_a_channel_that_reaches_out(name):  # F48
    specification = every_chart()[name].to_json()
    assert not [word for word in FORBIDDEN if f'"{word}"' in specification]


@pytest.mark.parametrize("name", every_chart())
def test_hostile_text_is_inert_in_every_picture(name):  # F43
    svg = chart_svg(every_chart(HOSTILE)[name].properties(title=HOSTILE, description=HOSTILE), "da")
    assert "<script" not in svg
    assert svg.count("<svg") == 1


def test_a_picture_names_and_describes_itself_and_nothing_inside_it_does():
    svg = chart_svg(every_chart()["funnel"].properties(title="Idéernes vej", description="4 idéer."), "da")
    assert 'role="img" aria-label="Idéernes vej. 4 idéer."' in svg
    assert "<title>Idéernes vej</title><desc>4 idéer.</desc>" in svg
    assert svg.count("aria-label=") == 1


def test_the_same_chart_gives_the_same_bytes():
    drawn = {chart_svg(every_chart()["survival"], "da") for _ in range(2)}
    assert len(drawn) == 1


def test_axis_numbers_follow_the_language():
    chart = every_chart()["capital"]
    assert ">1.000<" in chart_svg(chart, "da")
    assert ">1,000<" in chart_svg(chart, "en")


def test_the_curve_falls_in_steps_and_its_band_is_left_out_where_unknown():
    layers = charts.survival_chart(steps(), "Måneder", "Følges").to_dict()["layer"]
    assert [layer["mark"].get("interpolate") for layer in layers[:2]] == ["step-after", "step-after"]
    assert layers[0]["transform"] == [{"filter": "isValid(datum.lower)"}]


def test_the_numbers_still_followed_are_those_of_the_next_step():
    layers = charts.survival_chart(steps(), "Måneder", "Følges").to_dict()["layer"]
    counted = {row["months"]: row["n"] for row in layers[2]["data"]["values"]}
    assert counted == {0: 6, 6: 5, 12: 3}


def test_those_not_heard_have_a_part_of_their_own():
    colour = charts_role.ownership_chart(shares()).to_dict()["layer"][0]["encoding"]["color"]["scale"]
    assert colour["domain"] == ["Ja", "Nej", "Ikke hørt"]
    assert len(set(colour["range"])) == 3


def test_a_status_is_told_by_shape_and_word_and_not_by_colour_alone():
    encoding = every_chart()["matrix"].to_dict()["layer"][1]["encoding"]
    assert encoding["shape"]["field"] == encoding["color"]["field"] == "standing_label"
    assert len(set(charts_role.STATUS_SHAPES.values())) == len(charts_role.STATUS_SHAPES)


def test_every_kind_of_interplay_has_a_shape_a_word_and_a_number_of_its_own():
    drawn = every_chart()["interplay"].to_dict()
    points = drawn["spec"]["layer"][1]["encoding"]
    assert points["shape"]["scale"]["domain"] == points["color"]["scale"]["domain"] == ["Ærø", "Samspil"]
    assert drawn["facet"]["row"]["field"] == "what_label"
    assert drawn["spec"]["layer"][2]["encoding"]["text"]["field"] == "text"
    shapes, colours = zip(*charts_role.INTERPLAY.values(), strict=True)
    assert len(set(shapes)) == len(set(colours)) == len(charts_role.INTERPLAY)


def test_dark_mode_repaints_every_colour_a_chart_uses(request):
    css = (request.config.rootpath / "assets/reports/templates/report.css").read_text(encoding="utf-8")
    dark = css[css.index("prefers-color-scheme: dark") :]
    assert [name for name, colour in PALETTE.items() if f'[fill="{colour}"]' not in dark] == []


@pytest.mark.parametrize("name", every_chart())
def test_a_chart_uses_no_colour_that_dark_mode_does_not_know(name):
    svg = chart_svg(every_chart()[name], "da")
    used = {colour.lower() for colour in re.findall(r'(?:fill|stroke)="(#[0-9a-fA-F]+)"', svg)}
    assert used <= {colour.lower() for colour in PALETTE.values()}


@pytest.mark.parametrize(
    "stacked", [charts.OUTCOME_COLOURS, charts_role.PART_COLOURS], ids=["outcomes", "ownership"]
)
def test_the_parts_of_a_bar_are_told_apart_in_grey_by_day_and_in_the_dark(request, stacked):
    css = (request.config.rootpath / "assets/reports/templates/report.css").read_text(encoding="utf-8")
    dark = dict(re.findall(r"--(\w+): (#\w+);", css[css.index("prefers-color-scheme: dark") :]))
    names = {colour: name for name, colour in PALETTE.items()}
    for shown in (list(stacked.values()), [dark[names[colour]] for colour in stacked.values()]):
        steps = sorted(116 * luminance(colour) ** (1 / 3) - 16 for colour in shown)  # CIE lightness, 0-100
        assert min(after - before for before, after in pairwise(steps)) >= 7


def test_text_stands_out_from_the_paper():
    assert contrast(INK, PAPER) >= 7
    assert contrast(PALETTE["muted"], PAPER) >= 4.5


def contrast(first, second):
    """The ratio of the accessibility guidelines (WCAG)."""
    light = sorted((luminance(first), luminance(second)), reverse=True)
    return (light[0] + 0.05) / (light[1] + 0.05)


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
