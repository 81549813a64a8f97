"""Which published figures were changed afterwards, and why: a closed quarter is restated visibly."""

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
        f"{words.pick(*labels.CAUSES[cause])} {'+' if part > 0 else ''}{words.measured(part)}"
        for cause, part in moved.items()
    ]
    return "; ".join(parts) or "—"


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
        name = f"{name} ({_dimension(words, row['dimension'])})" if row["dimension"] else name
        return name if row["measure"] == "value" else f"{name}: {measure}"
    return f"{row['indicator_id']} {label(words, labels.VALUE_TYPES, row['dimension'])}".strip()


def _dimension(words: Words, dimension: str) -> str:
    for known in (labels.KINDS, labels.CELLS, labels.VALUE_TYPES, labels.NETWORK_TYPES):
        if dimension in known:
            return label(words, known, dimension)
    return dimension


def _side(words: Words, row: Mapping[str, Any], text: str | None) -> str:
    """A number as it is written in the report: V5 is a share of kroner, V7 is kroner."""
    if text is None:
        return "—"
    if row["indicator_id"] == "V5":
        return words.percent(float(text))
    return words.kroner(float(text)) if row["indicator_id"] == "V7" else words.measured(float(text))
