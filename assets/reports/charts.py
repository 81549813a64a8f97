"""Charts of what the networks create: a frame of finished figures in, a chart out.

Every frame holds its texts already written in the reader's language; nothing is summed or rounded here.
"""

from collections.abc import Mapping

import altair as alt
import polars as pl

from assets.reports.theme import (
    AMBER,
    BLUE,
    GREY,
    INK,
    MUTED,
    NEW_LINE,
    NEW_WORD,
    PAPER,
    RULE,
    SKY,
    STONE,
    WIDTH,
    rows_of,
)

OUTCOME_COLOURS = {"reached": BLUE, "towards": SKY, "unchanged": STONE, "away": AMBER, "no_target": RULE}


def outcome_chart(counts: pl.DataFrame) -> alt.LayerChart:
    """Measurements by type of value, stacked by how they went.

    Args:
        counts: ``type_label``, ``outcome``, ``outcome_label``, ``place`` (order of outcomes), ``count``.
    """
    order = counts.sort("place").unique("outcome", keep="first", maintain_order=True)
    base = alt.Chart(rows_of(counts)).transform_stack(
        stack="count", groupby=["type_label"], sort=[alt.SortField("place")], as_=["from", "to"]
    )
    y = alt.Y("type_label:N", sort=counts["type_label"].unique(maintain_order=True).to_list(), title=None)
    bars = base.mark_bar(height=26, stroke=PAPER, strokeWidth=1.5).encode(
        x=alt.X("from:Q", title=None, axis=None),
        x2="to:Q",
        y=y,
        color=alt.Color(
            "outcome_label:N",
            sort=None,
            scale=alt.Scale(
                domain=order["outcome_label"].to_list(),
                range=[OUTCOME_COLOURS[outcome] for outcome in order["outcome"]],
            ),
        ),
    )
    texts = (
        base.transform_calculate(middle="(datum.from + datum.to) / 2")
        .mark_text(fontWeight="bold")
        .encode(
            x="middle:Q",
            y=y,
            text="count:Q",
            color=alt.condition(
                alt.FieldOneOfPredicate("outcome", ["reached", "away"]), alt.value(PAPER), alt.value(INK)
            ),
        )
    )
    return alt.layer(bars, texts).properties(height=alt.Step(38), width=WIDTH)


def funnel_chart(steps: pl.DataFrame) -> alt.LayerChart:
    """From idea to base: a bar for each step.

    Args:
        steps: ``step_label``, ``count``, ``text`` (what stands beside the bar), in order.
    """
    order = steps["step_label"].to_list()
    most = max(float(steps["count"].max() or 0), 1.0)  # type: ignore[arg-type]
    base = alt.Chart(rows_of(steps)).encode(y=alt.Y("step_label:N", sort=order, title=None))
    scale = alt.Scale(domain=[0, most * 1.3])
    bars = base.mark_bar(height=28, color=BLUE).encode(x=alt.X("count:Q", axis=None, scale=scale))
    texts = base.mark_text(align="left", dx=8).encode(x=alt.X("count:Q", scale=scale), text="text:N")
    return alt.layer(bars, texts).properties(height=alt.Step(40), width=WIDTH)


def season_chart(seasons: pl.DataFrame) -> alt.LayerChart:
    """The ideas of each season: how many, how many of them were tested, and how many are in base.

    Args:
        seasons: ``season_label``, ``step_label``, ``place`` (0 ideas, 1 tested, 2 in base), ``count``.
    """
    labels = seasons.sort("place")["step_label"].unique(maintain_order=True).to_list()
    base = alt.Chart(rows_of(seasons)).encode(
        y=alt.Y(
            "season_label:N", sort=seasons["season_label"].unique(maintain_order=True).to_list(), title=None
        ),
        x=alt.X(
            "count:Q",
            title=None,
            axis=alt.Axis(tickMinStep=1, tickCount=6, format="d", grid=True),
            stack=None,
        ),
        color=alt.Color("step_label:N", sort=labels, scale=alt.Scale(domain=labels, range=[RULE, SKY, BLUE])),
    )
    layers = [
        base.transform_filter(alt.datum.place == place).mark_bar(height=height)
        for place, height in ((0, 26), (1, 17), (2, 8))
    ]
    return alt.layer(*layers).properties(height=alt.Step(34), width=WIDTH)


def survival_chart(
    steps: pl.DataFrame, axis_title: str, at_risk_title: str, percent_sign: str = "%"
) -> alt.LayerChart:
    """The share still in base after the network closed, with its interval and the numbers still followed.

    Args:
        steps: ``months``, ``share``, ``lower``, ``upper`` (both empty where unknown), ``n``, in order.
        percent_sign: With the space before it that the language has.
    """
    last = float(steps["months"].max() or 0)  # type: ignore[arg-type]
    ticks = [month for month in range(0, 61, 6) if month <= max(last, 12)]
    x = alt.X(
        "months:Q",
        title=axis_title,
        scale=alt.Scale(domain=[0, max(last, 12)], nice=False),
        axis=alt.Axis(values=ticks, format="d"),
    )
    percent = f"format(datum.value * 100, '.0f') + '{percent_sign}'"
    y = alt.Y(
        "share:Q",
        title=None,
        scale=alt.Scale(domain=[-0.16, 1]),
        axis=alt.Axis(values=[0, 0.25, 0.5, 0.75, 1], labelExpr=percent),
    )
    base = alt.Chart(rows_of(steps))
    band = (
        base.transform_filter("isValid(datum.lower)")
        .mark_area(interpolate="step-after", color=SKY, opacity=0.35)
        .encode(x=x, y=alt.Y("lower:Q", title=None), y2="upper:Q")
    )
    line = base.mark_line(interpolate="step-after").encode(x=x, y=y)
    risks = pl.DataFrame(
        {
            "months": ticks,
            "n": [_followed(steps, month) for month in ticks],
        }
    )
    numbers = (
        alt.Chart(rows_of(risks))
        .mark_text(baseline="middle", color=MUTED)
        .encode(x=x, y=alt.YDatum(-0.09), text="n:Q")
    )
    name = (
        alt.Chart(rows_of(pl.DataFrame({"text": [at_risk_title]})))
        .mark_text(align="right", dx=-22, baseline="middle", color=MUTED)
        .encode(x=alt.XDatum(0), y=alt.YDatum(-0.09), text="text:N")
    )
    return alt.layer(band, line, numbers, name).properties(height=250, width=WIDTH - 80)


def _followed(steps: pl.DataFrame, month: int) -> int:
    """The number still followed at a month: that of the first step not before it, 0 after the last."""
    later = steps.filter(pl.col("months") >= month)
    return int(later["n"][0]) if later.height else 0


def capital_chart(
    kroner: pl.DataFrame, names: list[str], new: Mapping[tuple[str, str], str] | None = None
) -> alt.FacetChart:
    """Kroner quarter by quarter, a panel each for needed, asked and granted, the latest value printed.

    Args:
        kroner: ``name``, ``quarter`` (text), ``place``, ``thousands``, ``text`` (only at the latest).
        names: Panels from the top.
        new: Panel and quarter in which a definition is new, to the word for it.
    """
    most = float(kroner["thousands"].max() or 0)  # type: ignore[arg-type]
    room = {"scale": alt.Scale(domain=[0, max(most, 1.0) * 1.35])} if new else {}
    if new:
        pairs = zip(kroner["name"], kroner["quarter"], strict=True)
        kroner = kroner.with_columns(new=pl.Series([new.get(pair, "") for pair in pairs]))
    base = alt.Chart(rows_of(kroner)).encode(
        x=alt.X(
            "quarter:O",
            sort=kroner["quarter"].unique(maintain_order=True).to_list(),
            title=None,
            axis=alt.Axis(labelAngle=0, labelOverlap="parity", labelFontSize=11, ticks=False),
        ),
        y=alt.Y("thousands:Q", title=None, axis=alt.Axis(tickCount=3, format=",.0f"), **room),
    )
    bars = base.mark_bar().encode(
        color=alt.condition("datum.text != ''", alt.value(BLUE), alt.value(SKY)),
    )
    texts = base.mark_text(dy=-9, fontWeight="bold", align="right", dx=14).encode(text="text:N")
    layers: list[alt.Chart] = [bars, texts]
    if new:
        marked = alt.Chart(base.data).transform_filter("datum.new != ''")
        x = alt.X("quarter:O", sort=kroner["quarter"].unique(maintain_order=True).to_list(), bandPosition=0)
        layers += [
            marked.mark_rule(**NEW_LINE).encode(x=x, y=alt.value(0), y2=alt.value(92)),
            marked.mark_text(**NEW_WORD, dx=4, baseline="top").encode(x=x, y=alt.value(0), text="new:N"),
        ]
    return (
        alt.layer(*layers)
        .properties(height=92, width=WIDTH)
        .facet(
            row=alt.Row(
                "name:N",
                sort=names,
                header=alt.Header(labelAngle=0, labelOrient="top", labelAnchor="start", labelPadding=4),
            ),
            spacing=22,
        )
    )


def dumbbell_chart(years: pl.DataFrame, axis_title: str) -> alt.LayerChart:
    """Test capital needed and granted, year by year, the distance between them drawn.

    Args:
        years: ``year``, ``name`` (needed or granted), ``place`` (0, 1), ``thousands``; both in every year.
    """
    names = years.sort("place")["name"].unique(maintain_order=True).to_list()
    base = alt.Chart(rows_of(years)).encode(y=alt.Y("year:N", sort=None, title=None))
    x = alt.X("thousands:Q", title=axis_title, axis=alt.Axis(format=",.0f", grid=True, tickCount=6))
    line = base.mark_line(color=GREY, strokeWidth=4).encode(x=x, detail="year:N")
    points = base.mark_point(size=170, filled=True, opacity=1).encode(
        x=x,
        color=alt.Color("name:N", sort=names, scale=alt.Scale(domain=names, range=[AMBER, BLUE])),
        shape=alt.Shape("name:N", sort=names, scale=alt.Scale(domain=names, range=["diamond", "circle"])),
    )
    return alt.layer(line, points).properties(height=alt.Step(38), width=WIDTH)
