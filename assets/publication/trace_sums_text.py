"""The trace of a sum or a judgement as the terminal shows it, in Danish or English."""

from typing import Any

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from assets.publication.trace_sums import CountTrace, OrganisationTrace
from assets.publication.trace_text import records_table
from assets.reports.labels import NETWORK_TYPES, REASONS, STATUSES
from assets.reports.measures import MEASURE_BY_ID
from assets.reports.words import Words

HELD_BACK = (
    "Tallet holdes tilbage, fordi for få står bag; det, der står her, må ikke gives videre.",
    "The figure is held back because too few stand behind it; what stands here must not be passed on.",
)


def organisation_text(trace: OrganisationTrace, lang: str = "da") -> RenderableType:
    """A figure of the organisation, how it is counted, and every record behind it."""
    words = Words(lang)
    figure = trace.figure
    measure = MEASURE_BY_ID[figure["measure_id"]]
    dimension = f" · {figure['dimension']}" if figure["dimension"] else ""
    where = f"{figure['organisation_id']} · {words.quarter(figure['period'])}"
    head = f"{words.pick(*measure.name)}{dimension} · {where}"
    parts: list[RenderableType] = [
        Text(head, style="bold"),
        Text(_value(figure, measure.unit, words)),
        Text(words.pick(*measure.formula)),
    ]
    if trace.records:
        parts.append(records_table(trace.records, words))
    note = words.pick(trace.note_da or "", trace.note_en or "")
    if note:
        parts.append(Text(note, style="italic"))
    return Group(*parts)


def _value(figure: dict[str, Any], unit: str, words: Words) -> str:
    if figure["value"] is None:
        return words.pick("Ingen værdi", "No value")
    said = words.measured(figure["value"])
    if unit == "share" and figure["numerator"] is not None:
        said = words.share(figure["numerator"], figure["denominator"], figure["value"])
        if figure["n"] is None:  # a share of kroner, which no few can be behind
            said = words.percent(figure["value"])
    elif unit == "share":
        said = words.estimate(figure["value"], figure["n"])
    elif unit == "kroner":
        said = words.kroner(figure["value"])
    return f"{words.pick('Værdi', 'Value')} {said}"


def responsibility_text(trace: CountTrace, lang: str = "da") -> RenderableType:
    """A responsibility of a network: how it was judged, and the indicators it rests on."""
    words = Words(lang)
    figure = trace.figure
    head = f"{figure['responsibility_id']} · {figure['network_id']} · {words.quarter(figure['period'])}"
    table = _table(
        words,
        ("Indikator", "Indicator"),
        ("Bedømmelse", "Judgement"),
        ("Begrundelse", "Reason"),
        ("Tæller med", "Counts"),
        ("Registreringer", "Records"),
    )
    for row in trace.counted:
        table.add_row(
            escape(row["indicator_id"]),
            words.pick(*STATUSES.get(row["status"], (row["status"] or "–",) * 2)),
            words.pick(*REASONS.get(row["reason"], (row["reason"] or "",) * 2)),
            words.pick("ja", "yes") if row["counts"] else words.pick("nej", "no"),
            words.number(row["records"]),
        )
    leads_on = words.pick(
        f"Hver føres videre: netvaerdi trace {figure['network_id']} {figure['period']} INDIKATOR",
        f"Each leads on: netvaerdi trace {figure['network_id']} {figure['period']} INDICATOR",
    )
    return Group(
        Text(head, style="bold"), Text(_status(figure, words)), table, Text(leads_on, style="italic")
    )


def summary_text(trace: CountTrace, lang: str = "da") -> RenderableType:
    """A row of the summary, and the judgements it counts; of a row held back the note as well."""
    words = Words(lang)
    figure = trace.figure
    types = words.pick(*NETWORK_TYPES.get(figure["network_type"], ("alle typer", "all types")))
    window = words.pick(
        *{"quarter": ("kvartalet", "the quarter"), "two_years": ("to år", "two years")}[figure["window"]]
    )
    where = f"{figure['organisation_id']} · {words.quarter(figure['period'])}"
    head = f"{figure['responsibility_id']} · {where} · {types} · {window}"
    table = _table(words, ("Netværk", "Network"), ("Kvartal", "Quarter"), ("Bedømmelse", "Judgement"))
    for row in trace.counted:
        table.add_row(
            escape(row["network_id"]),
            words.quarter(row["result_period"]),
            words.pick(*STATUSES.get(row["status"], (row["status"],) * 2)),
        )
    leads_on = words.pick(
        f"Hver føres videre: netvaerdi trace NETVÆRK KVARTAL {figure['responsibility_id']}",
        f"Each leads on: netvaerdi trace NETWORK QUARTER {figure['responsibility_id']}",
    )
    parts: list[RenderableType] = [Text(head, style="bold")]
    if figure["suppressed"]:
        parts.append(Text(words.pick(*HELD_BACK), style="italic"))
    else:
        parts.append(Text(_counts(figure, words)))
    return Group(*parts, table, Text(leads_on, style="italic"))


def _status(figure: dict[str, Any], words: Words) -> str:
    return words.pick(*STATUSES.get(figure["status"], (figure["status"],) * 2))


def _counts(figure: dict[str, Any], words: Words) -> str:
    """``Opfyldt 2 af 7 · Delvist 3 af 7``; statuses that nobody has are left out."""
    said = [
        f"{words.pick(*STATUSES[status])} {words.of(figure[status], figure['networks'])}"
        for status in ("fulfilled", "partly", "not_fulfilled", "not_assessable", "not_applicable")
        if figure[status]
    ]
    return " · ".join(said)


def _table(words: Words, *headings: tuple[str, str]) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in headings:
        table.add_column(words.pick(*heading), overflow="fold")
    return table
