"""A picture of how many rows a table has by quarter, for the table's own page."""

from typing import Any

import altair as alt

from assets.reports.theme import chart_svg


def count_picture(counts: list[dict[str, Any]], da: str, en: str) -> str:
    """Rows by quarter (``period``, ``rows``), named in both languages, as SVG."""
    chart = (
        alt.Chart(
            alt.Data(values=counts),
            title=f"{da} / {en}",
            description="Rækker pr. kvartal / rows per quarter",
        )
        .mark_bar()
        .encode(
            x=alt.X("period:N", title="Kvartal / quarter", sort=None),
            y=alt.Y("rows:Q", title="Rækker / rows"),
        )
        .properties(width=560, height=180)
    )
    return chart_svg(chart, "da")
