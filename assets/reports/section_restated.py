"""Which published figures were changed afterwards, and why: a closed quarter is restated visibly."""

import re
from collections.abc import Mapping
from typing import Any

from assets.reports import labels
from assets.reports.blocks import Section, Table
from assets.reports.labels import label
from assets.reports.measures import MEASURE_BY_ID
from assets.reports.published import Published
from assets.reports.words import Words

MEASURES: dict[str, labels.Label] = {
    "value": ("værdi", "value"),
    "numerator": ("tæller", "numerator"),
    "denominator": ("nævner", "denominator"),
    "networks": ("netværk", "networks"),
}
# Words of a dimension that no closed list of the records has.
_OWN: dict[str, labels.Label] = {
    "external": ("eksternt", "external"),
    "internal": ("internt", "internal"),
    "quarter": ("kvartalet", "the quarter"),
    "pooled": ("små sæsoner samlet", "pooled seasons"),
    "turned_down": ("afvist", "turned down"),
}
_POLITICAL: dict[str, labels.Label] = {
    "relevant": ("politisk relevant", "politically relevant"),
    "not_relevant": ("ikke politisk relevant", "not politically relevant"),
}
_BY_MEASURE: dict[str, dict[str, labels.Label]] = {
    **labels.PARTS,
    "political_assessment": _POLITICAL,
    "results_by_reason": labels.REASONS,
    "value_cycle": labels.CYCLES,
    "value_shown": labels.AUDIENCES,
}
_LISTS = (
    labels.KINDS,
    labels.CELLS,
    labels.VALUE_TYPES,
    labels.NETWORK_TYPES,
    labels.OUTCOMES,
    labels.STEPS,
    labels.PURPOSES,
    _OWN,
)
_UNITS = {"V5": "share", "V7": "kroner", "external_share": "kroner"}  # the last is told by its two counts
_MOST = 40  # more than this is read in the published database


def restatement_section(published: Published, words: Words) -> Section:
    """The networks' value, the organisation's figures and the shown rows of the summary that have changed."""
    title = words.pick("Rettelser af tidligere tal", "Restatements of earlier figures")
    found = [row for row in published.restatements if _is_told(row)]
    if not found:
        text = words.pick("Ingen offentliggjorte tal er ændret.", "No published figure has changed.")
        return Section("rettelser", title, (text,))
    table = Table(
        words.pick("Tal, der er ændret", "Figures that changed"),
        (
            words.pick("Netværk", "Network"),
            words.pick("Kvartal", "Quarter"),
            words.pick("Tal", "Figure"),
            words.pick("Var", "Was"),
            words.pick("Er", "Is"),
            words.pick("Heraf skyldes", "Of this due to"),
        ),
        tuple(
            (
                row["network_id"] or "—",
                words.short_quarter(row["period"]),
                _name(published, words, row),
                _side(words, row, row["old"]),
                _side(words, row, row["new"]),
                parts_text(words, row),
            )
            for row in found[:_MOST]
        ),
        "audit.restatement",
        left=3,
    )
    more = len(found) - _MOST
    text = words.pick(
        f"De seneste {_MOST} vises; yderligere {words.number(more)} står i audit.restatement.",
        f"The latest {_MOST} are shown; another {words.number(more)} stand in audit.restatement.",
    )
    return Section("rettelser", title, (text,) if more > 0 else (), (table,))


def parts_text(words: Words, row: Mapping[str, Any]) -> str:
    """How much of a change each cause explains, in the order of the causes; the parts add up.

    Of the summary over networks only the causes are named: what each moved was never itself shown.
    """
    moved = {cause: row[cause] for cause in labels.CAUSES if row.get(cause)}
    if row.get("table_name") == "responsibility_summary":
        return "; ".join(words.pick(*labels.CAUSES[cause]) for cause in moved) or "—"
    parts = [
        f"{words.pick(*labels.CAUSES[cause])} {'+' if part > 0 else '-'}{_size(words, row, abs(part))}"
        for cause, part in moved.items()
    ]
    return "; ".join(parts) or "—"


def _size(words: Words, row: Mapping[str, Any], part: float) -> str:
    """How much a figure moved, in its unit; of a share in points, which are not per cent of it."""
    unit = _unit(row)
    if unit == "share":
        points = words.number(part * 100, 1)
        unit = words.pick("procentpoint", "percentage point" if points == "1" else "percentage points")
        return f"{points} {unit}"
    return words.kroner(part) if unit == "kroner" else words.measured(part)


def _unit(row: Mapping[str, Any]) -> str:
    measure = MEASURE_BY_ID.get(row.get("indicator_id", ""))
    known = measure.unit if measure and measure.unit != "share" else ""
    return row.get("unit") or _UNITS.get(row.get("indicator_id", "")) or known


def _is_told(row: Mapping[str, Any]) -> bool:
    """A share is told by its counts, so that no percentage stands alone."""
    if row["table_name"] != "organisation_result" or row["measure"] != "value":
        return True
    measure = MEASURE_BY_ID.get(row["indicator_id"])
    return measure is None or measure.unit != "share"


def _name(published: Published, words: Words, row: Mapping[str, Any]) -> str:
    measure = words.pick(*MEASURES.get(row["measure"], labels.STATUSES.get(row["measure"], ("", ""))))
    if row["table_name"] == "responsibility_summary":
        kind, _, window = row["dimension"].partition("/")
        parts = [
            label(words, labels.NETWORK_TYPES, kind) if kind else "",
            label(words, labels.WINDOWS, window),
        ]
        return f"{row['indicator_id']}, {', '.join(part for part in parts if part)}: {measure}"
    if row["table_name"] == "organisation_result":
        known = MEASURE_BY_ID.get(row["indicator_id"])
        name = words.pick(*known.name) if known else row["indicator_id"]
        name = f"{name} ({_dimension(words, row)})" if row["dimension"] else name
        return name if row["measure"] == "value" else f"{name}: {measure}"
    names = {one["indicator_id"]: words.pick(one["name_da"], one["name_en"]) for one in published.indicators}
    name = f"{row['indicator_id']} {names.get(row['indicator_id'], '')}".strip()
    return (
        f"{name}: {label(words, labels.VALUE_TYPES, row['dimension']).lower()}" if row["dimension"] else name
    )


def _dimension(words: Words, row: Mapping[str, Any]) -> str:
    """What a figure is counted for, in words: ``forår 2024, testet``."""
    parts = row["dimension"].split("/")
    return ", ".join(_part(words, row["indicator_id"], part) for part in parts)


def _part(words: Words, measure_id: str, part: str) -> str:
    if re.fullmatch(r"\d{4}H[12]", part):
        return words.season(part)
    if part.isdecimal() and measure_id.endswith(("_mark", "_step")):
        return words.pick(f"dag {part}", f"day {part}")
    for known in (_BY_MEASURE.get(measure_id, {}), *_LISTS):
        if part in known:
            name = label(words, known, part)
            return name[:1].lower() + name[1:]
    return part


def _side(words: Words, row: Mapping[str, Any], text: str | None) -> str:
    """A number as it is written in the report, in its unit."""
    if text is None:
        return "—"
    unit = _unit(row)
    if unit == "share":
        return words.percent(float(text))
    return words.kroner(float(text)) if unit == "kroner" else words.measured(float(text))
