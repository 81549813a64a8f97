"""The report's figures as JSON: the same content gives the same bytes."""

import json
from typing import Any

from assets.reports import labels
from assets.reports.figures import NUMBERS, KeyedFigure, keyed_duties, keyed_figures
from assets.reports.measures import MEASURE_BY_ID
from assets.reports.published import Published
from assets.reports.words import Words


def report_json(published: Published, words: Words) -> str:
    """Everything the report shows as numbers, with names in the reader's language.

    Dates are ISO, shares are 0-1 and kroner are kroner; a figure that is not shown has ``suppressed`` true
    and no numbers.
    """
    seal, quarter = published.seal, published.quarter
    document = {
        "product": "vaerdiskabelsesrapport",
        "language": words.lang,
        "organisation_id": published.organisation_id,
        "period": quarter.period,
        "counted_to": quarter.counted_to.isoformat(),
        "provisional": quarter.provisional,
        "content_hash": seal.content_hash,
        "head_hash": seal.head_hash,
        "check": words.pick(*seal.printed.told),
        "rows": {
            "read": seal.rows_read,
            "accepted": seal.rows_accepted,
            "rejected": seal.rows_rejected,
            "skipped": seal.rows_skipped,
        },
        "figures": [_figure(published, words, keyed) for keyed in keyed_figures(published)],
        "responsibilities": _responsibilities(published, words),
        "networks": [
            {
                "network_id": network["network_id"],
                "title": network["title"],
                "network_type": network["network_type"],
                "network_type_name": labels.label(words, labels.NETWORK_TYPES, network["network_type"]),
                "start_date": network["start_date"].isoformat(),
                "end_date": network["end_date"].isoformat() if network["end_date"] else None,
            }
            for network in published.networks
            if (quarter.period, network["network_id"]) in published.phases
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def measure_name(published: Published, words: Words, measure: str) -> str:
    """The name of a measure or V indicator in the reader's language; its id where it has none."""
    if measure in MEASURE_BY_ID:
        return words.pick(*MEASURE_BY_ID[measure].name)
    for indicator in published.indicators:
        if indicator["indicator_id"] == measure:
            return str(indicator["name_da" if words.lang == "da" else "name_en"])
    return measure


def _figure(published: Published, words: Words, keyed: KeyedFigure) -> dict[str, Any]:
    numbers = {name: getattr(keyed.figure, name) for name in NUMBERS}
    return {
        "table": keyed.table,
        "network_id": keyed.network_id or None,
        "measure": keyed.measure,
        "dimension": keyed.dimension,
        "name": measure_name(published, words, keyed.measure),
        **numbers,
        "text": _text(words, keyed),
        "suppressed": keyed.figure.suppressed,
        "reason": keyed.reason or None,
    }


def _text(words: Words, keyed: KeyedFigure) -> str | None:
    """A share as the report reads it, ``62 % (8 af 13)`` or ``2 af 3``; None for what is no share."""
    measure, figure = MEASURE_BY_ID.get(keyed.measure), keyed.figure
    if measure is None or measure.unit != "share" or figure.value is None:
        return None
    if figure.denominator is None:
        return words.estimate(figure.value, figure.n)
    return words.share(figure.numerator, figure.denominator, figure.value)


def _responsibilities(published: Published, words: Words) -> list[dict[str, Any]]:
    names = {
        row["responsibility_id"]: row["name_da" if words.lang == "da" else "name_en"]
        for row in published.responsibilities
    }
    return [
        {
            "responsibility_id": duty.responsibility_id,
            "name": names[duty.responsibility_id],
            "window": duty.window or None,
            "suppressed": not duty.counts,
            **duty.counts,
        }
        for duty in keyed_duties(published)
    ]
