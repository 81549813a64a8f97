"""A notebook, run and written as one HTML file that needs no network.

marimo's own export loads its parts from outside when it is opened. Here every output stands as plain HTML:
text, tables, charts drawn as SVG, and what was chosen.
``python -m assets.auditor.notebook_page NOTEBOOK OUT``
"""

import html
import importlib.util
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import altair as alt
import marimo as mo
import polars as pl

from assets.reports.theme import chart_svg

MOST_ROWS = 500
LANGUAGE = "da"
STYLE = """
body { font: 16px/1.5 Arial, Helvetica, sans-serif; color: #1c2b33; max-width: 70rem; margin: 2rem auto;
  padding: 0 1rem }
table { border-collapse: collapse; font-size: 14px; display: block; overflow-x: auto; margin: 1rem 0 }
th, td { border-bottom: 1px solid #d9dfe2; padding: .25rem .6rem; text-align: left; vertical-align: top }
td.number { text-align: right; font-variant-numeric: tabular-nums }
.chosen { color: #5c6b73 }
svg { max-width: 100%; height: auto }
"""
_TAG = re.compile(r"</?(?:marimo-[\w-]+|script|style)\b[^>]*>", re.IGNORECASE)


def notebook_app(path: Path) -> Any:
    """The app of a notebook file."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ValueError(path.name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.app


def write_page(notebook: Path, out: Path) -> None:
    """Run a notebook on the published file and write what it shows."""
    outputs, _ = notebook_app(notebook).run()
    out.write_text(page(notebook.stem, outputs), encoding="utf-8")


def page(title: str, outputs: Iterable[Any]) -> str:
    """The whole file."""
    body = "\n".join(_parts(outputs))
    return (
        '<!doctype html>\n<html lang="da">\n<head><meta charset="utf-8">'
        f"<title>Netværdi: {html.escape(title)}</title>\n<style>{STYLE}</style></head>\n<body>\n{body}\n"
        "</body>\n</html>\n"
    )


def _parts(outputs: Iterable[Any]) -> Iterator[str]:
    for output in outputs:
        if isinstance(output, pl.DataFrame):
            yield table(output)
        elif isinstance(output, alt.TopLevelMixin):
            yield f"<figure>{chart_svg(output, LANGUAGE)}</figure>"
        elif isinstance(output, mo.ui.dropdown | mo.ui.number):
            chosen = getattr(output, "selected_key", None) or output.value
            yield f'<p class="chosen">{html.escape(f"{_label(output)}: {chosen}")}</p>'
        elif isinstance(output, mo.Html):
            yield _TAG.sub("", output.text)


def _label(element: Any) -> str:
    """The words before what is chosen, without the markup marimo makes of them."""
    return re.sub(r"<[^>]+>", "", str(element._args.label)).strip()


def table(rows: pl.DataFrame) -> str:
    """A frame as an HTML table, numbers in Danish form; no more than the first 500 rows, and it says so."""
    heading = "".join(f"<th>{html.escape(name)}</th>" for name in rows.columns)
    lines = ["<tr>" + "".join(map(_cell, row)) + "</tr>" for row in rows.head(MOST_ROWS).iter_rows()]
    more = rows.height - len(lines)
    note = f"<p>… {more} rækker til / more rows</p>" if more > 0 else ""
    return f"<table><thead><tr>{heading}</tr></thead><tbody>{''.join(lines)}</tbody></table>{note}"


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return f"<td>{'ja' if value else 'nej'}</td>"
    if isinstance(value, int):
        return f'<td class="number">{value}</td>'
    if isinstance(value, float | Decimal):
        text = f"{value:,.2f}" if isinstance(value, Decimal) else f"{value:,.6g}"
        return f'<td class="number">{text.translate(str.maketrans(",.", ".,"))}</td>'
    if isinstance(value, date):
        return f"<td>{value:%d-%m-%Y}</td>"
    return f"<td>{html.escape('' if value is None else str(value))}</td>"


if __name__ == "__main__":
    write_page(Path(sys.argv[1]), Path(sys.argv[2]))
