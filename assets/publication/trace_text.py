"""A trace as the terminal shows it, in Danish or English: the figure, then every record with its cells."""

from typing import Any

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from assets.contract import KIND_BY_NAME
from assets.publication.trace import Cell, Trace, TracedRecord
from assets.publication.why_not import WhyNot
from assets.reports.labels import REASONS, STATUSES
from assets.reports.words import Words

PARTS = {"numerator": ("tæller", "numerator"), "denominator": ("nævner", "denominator")}


def trace_text(trace: Trace, lang: str = "da") -> RenderableType:
    """The whole trace, to be printed by rich."""
    words = Words(lang)
    parts: list[RenderableType] = [figure_text(trace.figure, words)]
    if trace.records:
        parts.append(records_table(trace.records, words))
    note = words.pick(trace.note_da or "", trace.note_en or "")
    if note:
        parts.append(Text(note, style="italic"))
    return Group(*parts)


def figure_text(figure: dict[str, Any], words: Words) -> RenderableType:
    """The figure in words: what it is, what it says, and how it is counted."""
    name = words.pick(figure["name_da"], figure["name_en"])
    dimension = f" · {figure['dimension']}" if figure["dimension"] else ""
    where = f"{figure['network_id']} · {words.quarter(figure['period'])}"
    head = Text(f"{figure['indicator_id']} {name}{dimension} · {where}", style="bold")
    return Group(
        head, Text(_said(figure, words)), Text(words.pick(figure["formula_da"], figure["formula_en"]))
    )


def _said(figure: dict[str, Any], words: Words) -> str:
    said = []
    if figure["value"] is not None:
        said.append(f"{words.pick('Værdi', 'Value')} {value_text(figure, words)}")
    if figure["status"] in STATUSES:
        said.append(words.pick(*STATUSES[figure["status"]]))
    if figure["reason"]:
        said.append(words.pick(*REASONS.get(figure["reason"], (figure["reason"],) * 2)))
    if figure["disputed"]:
        said.append(words.pick("Under indsigelse", "Disputed"))
    if figure["provisional"]:
        said.append(words.pick("Foreløbigt", "Provisional"))
    return " · ".join(said) or words.pick("Ingen værdi", "No value")


def value_text(figure: dict[str, Any], words: Words) -> str:
    """The value with its unit; a share of few as ``2 af 3``."""
    if figure["unit"] == "share" and figure["numerator"] is not None:
        return words.share(figure["numerator"], figure["denominator"], figure["value"])
    if figure["unit"] == "share":
        return words.estimate(figure["value"], figure["n"])
    if figure["unit"] == "kroner":
        return words.kroner(figure["value"])
    return words.measured(figure["value"])


def records_table(records: tuple[TracedRecord, ...], words: Words) -> Table:
    """Every record with its cells, a row a cell; the record's own part, key and file on the first."""
    table = Table(show_lines=False, box=None, pad_edge=False)
    for da, en in (
        ("Del", "Part"),
        ("Registrering", "Record"),
        ("Fil", "File"),
        ("Celle", "Cell"),
        ("Overskrift", "Heading"),
        ("Som skrevet", "As written"),
    ):
        table.add_column(words.pick(da, en), overflow="fold")
    for record in records:
        part = words.pick(*PARTS.get(record.part, (record.part,) * 2))
        kind = KIND_BY_NAME[record.record_kind].sheet if record.record_kind in KIND_BY_NAME else ""
        place = " · ".join(filter(None, (record.path, record.sheet)))
        first = [part, f"{kind} {record.record_key}".strip(), place]
        for cell in record.cells:
            table.add_row(*map(escape, (*first, cell.address, cell.heading or "", _written(cell, words))))
            first = ["", "", ""]
        if not record.cells:
            table.add_row(*map(escape, (*first, "", "", "")))
    return table


def _written(cell: Cell, words: Words) -> str:
    if not cell.counted_as:
        return cell.written or ""
    return f"{cell.written} ({words.pick('tæller som', 'counts as')} {cell.counted_as})"


def why_not_text(answer: WhyNot, lang: str = "da") -> RenderableType:
    """Why a row is not in a figure, to be printed by rich."""
    words = Words(lang)
    parts: list[RenderableType] = [
        figure_text(answer.figure, words),
        Text(words.pick(answer.da, answer.en), style="bold"),
    ]
    if answer.place:
        parts.append(Text(answer.place))
    parts += [Text(f"{heading}: {value}") for heading, value in answer.facts]
    return Group(*parts)
