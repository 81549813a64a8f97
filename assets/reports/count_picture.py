"""Pictures of how many rows tables have by quarter, for their own pages; drawn together, then cut apart.

What a drawing costs is mostly its beginning: one of 24 tables takes as long as four drawings of one.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

import altair as alt

from assets.reports.theme import MUTED, PAPER, spec_svg, specification

WIDTH, HEIGHT, SPACE = 480, 90, 40  # of one table's bars, and above them what they say
SVG = "{http://www.w3.org/2000/svg}"
ElementTree.register_namespace("", SVG.strip("{}"))

Counts = Sequence[Mapping[str, Any]]


def count_pictures(tables: Mapping[str, Counts]) -> dict[str, str]:
    """A picture of each table as SVG: a bar for each row of its counts, which has ``group`` and ``rows``.

    Args:
        tables: Name to counts, at least one each, in the order in which the bars stand.
    """
    drawn = spec_svg(specification(_chart(list(tables.values()))), "da", "", "")
    cells = _cells(ElementTree.fromstring(drawn))  # noqa: S314 - what we have just drawn ourselves
    return {name: _alone(cell) for name, cell in zip(tables, cells, strict=True)}


def _chart(tables: Sequence[Counts]) -> alt.FacetChart:
    bars = [
        {"table": number, "place": place, "group": str(one["group"]), "rows": int(one["rows"])}
        for number, counts in enumerate(tables)
        for place, one in enumerate(counts)
    ]
    base = alt.Chart().encode(x=alt.X("place:O", axis=None), y=alt.Y("rows:Q", axis=None))
    said = base.transform_calculate(said="format(datum.rows, ',') + '\\n' + datum.group").mark_text(
        dy=-18, fontSize=11, lineBreak="\n", color=MUTED
    )
    return (
        alt.layer(base.mark_bar(), said.encode(text="said:N"), data=alt.Data(values=bars))
        .properties(width=WIDTH, height=HEIGHT)
        .facet(row=alt.Row("table:O", header=None), spacing=SPACE)
        .resolve_scale(y="independent")
    )


def _cells(drawing: ElementTree.Element) -> list[ElementTree.Element]:
    """The drawings of the tables, in order."""
    return next(
        list(group)
        for group in drawing.iter(f"{SVG}g")
        if str(group.get("class", "")).split()[-1:] == ["cell"]
    )


def _alone(cell: ElementTree.Element) -> str:
    cell.attrib.pop("transform", None)
    alone = ElementTree.Element(
        f"{SVG}svg",
        {
            "width": str(WIDTH),
            "height": str(HEIGHT + SPACE),
            "viewBox": f"0 -{SPACE} {WIDTH} {HEIGHT + SPACE}",
            "role": "img",
            "fill": "none",
            "style": f"background: {PAPER}",
        },
    )
    alone.append(cell)
    return ElementTree.tostring(alone, encoding="unicode")
