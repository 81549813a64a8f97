"""Draw and tabulate the latest figures of the benchmarks in the docs.

    python -m benchmarks.plot

Reads ``build/benchmarks.jsonl``, draws ``docs/pictures/benchmarks.svg`` (each figure as a share of its limit)
and writes the table between the markers in ``docs/benchmarks.md``.
"""

from pathlib import Path
from typing import Any

import altair as alt
import polars as pl

from assets.reports.theme import AMBER, BLUE, INK, PAPER, WIDTH, chart_svg, rows_of
from benchmarks.record import RESULTS, Figure, number, recorded

DOCS = Path(__file__).resolve().parents[1] / "docs"
BEGIN, END = "<!-- målt / measured: begin -->", "<!-- målt / measured: end -->"
WITHIN, BEYOND = "inden for grænsen / within the limit", "over grænsen / beyond the limit"
Recorded = list[tuple[Figure, dict[str, Any]]]


def shares(figures: Recorded) -> pl.DataFrame:
    """The figures that have a limit: ``name``, ``share`` of it in per cent, ``text``, ``side``."""
    return pl.DataFrame(
        [
            {
                "name": figure.name,
                "share": round(figure.share * 100),
                "end": max(round(figure.share * 100), 100),  # words stand beyond the line of the limit
                "text": f"{number(figure.measured)} {figure.unit} "
                f"({'≥' if figure.higher else '≤'} {number(figure.limit)})",
                "side": WITHIN if figure.share <= 1 else BEYOND,
            }
            for figure, _ in figures
            if figure.share is not None and figure.limit is not None
        ],
        schema={"name": pl.String, "share": pl.Int64, "end": pl.Int64, "text": pl.String, "side": pl.String},
    )


def chart(rows: pl.DataFrame) -> alt.LayerChart:
    """A bar for each figure, its limit a line at 100 %."""
    most = max(float(rows["share"].max() or 0), 100.0)  # type: ignore[arg-type]
    base = alt.Chart(rows_of(rows)).encode(
        y=alt.Y(
            "name:N",
            sort=None,
            title=None,
            axis=alt.Axis(labelExpr="split(datum.label, ' / ')", labelLimit=400),
        )
    )
    scale = alt.Scale(domain=[0, most * 1.45], nice=False)
    title = "procent af grænsen / per cent of the limit"
    x = alt.X("share:Q", title=title, scale=scale, axis=alt.Axis(grid=True, tickCount=6, format="d"))
    colours = alt.Scale(domain=[WITHIN, BEYOND], range=[BLUE, AMBER])
    bars = base.mark_bar(height=20).encode(x=x, color=alt.Color("side:N", scale=colours, title=None))
    texts = base.mark_text(align="left", dx=6, color=INK).encode(x="end:Q", text="text:N")
    line = alt.Chart(rows_of(pl.DataFrame({"limit": [100]})))
    limit = line.mark_rule(color=INK, strokeDash=[4, 3], strokeWidth=1.5).encode(x="limit:Q")
    return alt.layer(bars, limit, texts).properties(
        height=alt.Step(46),
        width=WIDTH - 100,
        title="Målinger / Benchmarks",
        description="Hver måling som del af sin grænse / each figure as a share of its limit",
    )


def table(figures: Recorded) -> str:
    """The figures as Markdown, with limit, peer, command and conditions."""
    lines = [
        "| hvad / what | målt / measured | ved siden af / beside | grænse / limit "
        "| kommando / command | forhold / conditions |",
        "|---|---:|---:|---:|---|---|",
    ]
    for figure, said in figures:
        beside = "" if figure.peer is None else f"{number(figure.peer)} {figure.unit}"
        sign = "≥" if figure.higher else "≤"
        limit = "" if figure.limit is None else f"{sign} {number(figure.limit)} {figure.unit}"
        seed = "" if said["seed"] is None else f", frø / seed {said['seed']}"
        name = figure.name + (f" ({figure.note})" if figure.note else "")
        lines.append(
            f"| {name} | {number(figure.measured)} {figure.unit} | {beside} | {limit} | `{said['command']}` "
            f"| {said['at'][:10]}, × {said['times']}, load {number(said['load'])}{seed} |"
        )
    machines = sorted({said["machine"] for _, said in figures})
    versions = sorted({f"{name} {one}" for _, said in figures for name, one in said["versions"].items()})
    return "\n".join([*lines, "", f"Maskine / machine: {'; '.join(machines)}. {', '.join(versions)}."])


def write(results: Path = RESULTS, docs: Path = DOCS) -> None:
    """Draw the picture and put the table into its place. ``ValueError`` where the page has no markers."""
    figures = recorded(results)
    page = docs / "benchmarks.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"{page.name}: no place for the table")
    page.write_text(f"{before}{BEGIN}\n{table(figures)}\n{END}{after}", encoding="utf-8")
    picture = chart_svg(chart(shares(figures)), "da")
    # A page of docs may be dark; the picture brings its own paper.
    opening = picture.index(">") + 1
    paper = f'<rect width="100%" height="100%" fill="{PAPER}"/>'
    drawn = f"{picture[:opening]}{paper}{picture[opening:]}\n"
    (docs / "pictures" / "benchmarks.svg").write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    write()
