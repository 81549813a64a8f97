"""Charts of the role and of those it is to reach: a frame of finished figures in, a chart out.

Every frame holds its texts already written in the reader's language; nothing is summed or rounded here.
"""

from collections.abc import Mapping

import altair as alt
import polars as pl

from assets.reports.theme import (
    AMBER,
    BLUE,
    GREEN,
    GREY,
    INK,
    MUTED,
    NEW_LINE,
    NEW_WORD,
    PAPER,
    RED,
    RULE,
    SAND,
    WIDTH,
    rows_of,
)

PART_COLOURS = {"yes": BLUE, "no": SAND, "not_heard": RULE}
STATUS_COLOURS = {"most": GREEN, "some": AMBER, "few": RED, "hidden": MUTED}
STATUS_SHAPES = {
    "most": "circle",
    "some": "diamond",
    "few": "triangle-up",
    "hidden": "M-0.8,-0.12H0.8V0.12H-0.8Z",
}
INTERPLAY = {
    "relevant": ("circle", BLUE),
    "not_relevant": ("cross", AMBER),
    "dialogue": ("square", GREEN),
    "politicians": ("triangle-up", RED),
}


def ownership_chart(shares: pl.DataFrame, new: Mapping[str, str] | None = None) -> alt.LayerChart:
    """Ownership and relevance as shares of the whole, with those not heard.

    Args:
        shares: ``name`` (question or quarter), ``part`` (``yes``, ``no``, ``not_heard``), ``part_label``,
            ``place``, ``share`` (0-1), ``text``, in order.
        new: Quarter in which a definition is new, to the word for it.
    """
    parts = shares.sort("place").unique("part", keep="first", maintain_order=True)
    base = alt.Chart(rows_of(shares)).transform_stack(
        stack="share", groupby=["name"], sort=[alt.SortField("place")], as_=["from", "to"]
    )
    y = alt.Y("name:N", sort=shares["name"].unique(maintain_order=True).to_list(), title=None)
    scale = alt.Scale(domain=[0, 1])
    bars = base.mark_bar(height=26, stroke=PAPER, strokeWidth=1.5).encode(
        x=alt.X("from:Q", title=None, axis=None, scale=scale),
        x2="to:Q",
        y=y,
        color=alt.Color(
            "part_label:N",
            sort=None,
            scale=alt.Scale(
                domain=parts["part_label"].to_list(), range=[PART_COLOURS[part] for part in parts["part"]]
            ),
        ),
    )
    texts = (
        base.transform_calculate(middle="(datum.from + datum.to) / 2")
        .transform_filter("datum.share >= 0.06")
        .mark_text(fontWeight="bold")
        .encode(
            x=alt.X("middle:Q", scale=scale),
            y=y,
            text="text:N",
            color=alt.condition(alt.datum.part == "yes", alt.value(PAPER), alt.value(INK)),
        )
    )
    if not new:
        return alt.layer(bars, texts).properties(height=alt.Step(36), width=WIDTH)
    top = alt.Y("name:N", sort=shares["name"].unique(maintain_order=True).to_list(), bandPosition=0)
    marked = alt.Chart(rows_of(pl.DataFrame({"name": list(new), "new": list(new.values())}))).encode(y=top)
    line = marked.mark_rule(**NEW_LINE).encode(x=alt.XDatum(0, scale=scale), x2=alt.X2Datum(1))
    word = marked.mark_text(**NEW_WORD, baseline="top", dy=3).encode(
        x=alt.XDatum(0, scale=scale), text="new:N"
    )
    return alt.layer(bars, texts, line, word).properties(height=alt.Step(62), width=WIDTH)


def status_matrix_chart(
    cells: pl.DataFrame, new: Mapping[tuple[str, str], str] | None = None, width: int | alt.Step = WIDTH - 120
) -> alt.LayerChart:
    """How each responsibility stood, quarter by quarter: a shape and a count in every cell.

    Args:
        cells: ``responsibility``, ``quarter``, ``standing`` (``most``, ``some``, ``few``, ``hidden``),
            ``standing_label``, ``place`` (order of standings), ``text`` (fulfilled of judged), in order.
        new: Responsibility and quarter in which a definition is new, to the word for it.
        width: Of the grid, in pixels, or of a quarter.
    """
    standings = cells.sort("place").unique("standing", keep="first", maintain_order=True)
    domain = standings["standing_label"].to_list()
    base = alt.Chart(rows_of(cells)).encode(
        x=alt.X(
            "quarter:O",
            sort=cells["quarter"].unique(maintain_order=True).to_list(),
            title=None,
            axis=alt.Axis(orient="top", labelAngle=0, domain=False, ticks=False),
        ),
        y=alt.Y(
            "responsibility:N",
            sort=cells["responsibility"].unique(maintain_order=True).to_list(),
            title=None,
        ),
    )
    grid = base.mark_rect(fill=None, stroke=RULE)
    shapes = base.mark_point(size=120, filled=True, opacity=1, dy=-8, yOffset=-8).encode(
        shape=alt.Shape(
            "standing_label:N",
            sort=None,
            scale=alt.Scale(domain=domain, range=[STATUS_SHAPES[name] for name in standings["standing"]]),
        ),
        color=alt.Color(
            "standing_label:N",
            sort=None,
            scale=alt.Scale(domain=domain, range=[STATUS_COLOURS[name] for name in standings["standing"]]),
        ),
    )
    texts = base.mark_text(dy=12, fontSize=11.5).encode(text="text:N")
    if not new:
        return alt.layer(grid, shapes, texts).properties(height=alt.Step(44), width=width)
    marks = [
        {"responsibility": name, "quarter": quarter, "new": text} for (name, quarter), text in new.items()
    ]
    left = alt.X("quarter:O", sort=cells["quarter"].unique(maintain_order=True).to_list(), bandPosition=0)
    names = cells["responsibility"].unique(maintain_order=True).to_list()
    marked = alt.Chart(rows_of(pl.DataFrame(marks))).encode(x=left)
    line = marked.mark_rule(**NEW_LINE).encode(
        y=alt.Y("responsibility:N", sort=names, bandPosition=0),
        y2=alt.Y2("responsibility:N", bandPosition=1),
    )
    word = marked.mark_text(**NEW_WORD, lineBreak=" ", lineHeight=11, baseline="top", dx=5, dy=18).encode(
        y=alt.Y("responsibility:N", sort=names), text="new:N"
    )
    return alt.layer(grid, shapes, texts, line, word).properties(height=alt.Step(86), width=width)


def interplay_chart(counts: pl.DataFrame) -> alt.FacetChart:
    """What was assessed, talked about and shown, quarter by quarter, a panel each with a shape of its own.

    Args:
        counts: ``what``, ``what_label``, ``quarter``, ``count``, ``text`` (the count as it is written),
            in order; quarters that may not be shown are left out.
    """
    order = counts.unique("what", keep="first", maintain_order=True)
    labels = order["what_label"].to_list()
    most = max(float(counts["count"].max() or 0), 1.0)  # type: ignore[arg-type]
    colour = alt.Color(
        "what_label:N",
        sort=labels,
        legend=None,
        scale=alt.Scale(domain=labels, range=[INTERPLAY[what][1] for what in order["what"]]),
    )
    base = alt.Chart(rows_of(counts)).encode(
        x=alt.X(
            "quarter:O",
            sort=counts["quarter"].unique(maintain_order=True).to_list(),
            title=None,
            axis=alt.Axis(labelAngle=0, labelOverlap="parity", labelFontSize=11, ticks=False),
        ),
        y=alt.Y("count:Q", title=None, axis=None, scale=alt.Scale(domain=[0, most * 1.5])),
    )
    stems = base.mark_rule(strokeWidth=2, color=GREY)
    points = base.mark_point(size=110, filled=True, opacity=1).encode(
        color=colour,
        shape=alt.Shape(
            "what_label:N",
            sort=labels,
            legend=None,
            scale=alt.Scale(domain=labels, range=[INTERPLAY[what][0] for what in order["what"]]),
        ),
    )
    texts = base.mark_text(dy=-14, fontWeight="bold").encode(text="text:N")
    return (
        alt.layer(stems, points, texts)
        .properties(height=64, width=WIDTH)
        .facet(
            row=alt.Row(
                "what_label:N",
                sort=labels,
                header=alt.Header(labelAngle=0, labelOrient="top", labelAnchor="start", labelPadding=2),
            ),
            spacing=14,
        )
    )
