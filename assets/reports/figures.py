"""Every figure a report rests on, once: what the workbook, the JSON and the report's appendix all hold."""

from collections.abc import Iterator
from dataclasses import dataclass

from assets.reports.published import Figure, Published
from assets.reports.section_duties import shown_row

NUMBERS = ("numerator", "denominator", "value", "lower", "upper", "n")
STATUS_COUNTS = ("networks", "fulfilled", "partly", "not_fulfilled", "not_assessable", "not_applicable")


@dataclass(frozen=True)
class KeyedFigure:
    """One row of the published database, named.

    Attributes:
        table: Where it stands.
        network_id: Empty for the organisation's own figures.
        measure: ``measure_id`` or ``indicator_id``.
    """

    table: str
    network_id: str
    measure: str
    dimension: str
    figure: Figure
    reason: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Which row it is."""
        return self.table, self.network_id, self.measure, self.dimension


def keyed_figures(published: Published) -> Iterator[KeyedFigure]:
    """The organisation's figures of the quarter, then each network's value, in order of their keys."""
    period = published.quarter.period
    for key in sorted(published.figures):
        if key[0] == period:
            yield KeyedFigure("organisation_result", "", key[1], key[2], published.figures[key])
    for value_key in sorted(published.values):
        if value_key[0] == period:
            yield KeyedFigure(
                "indicator_result",
                *value_key[1:],
                published.values[value_key],
                published.value_reasons.get(value_key, ""),
            )


@dataclass(frozen=True)
class KeyedDuty:
    """The row of ``responsibility_summary`` that may be shown; without counts where none may."""

    responsibility_id: str
    window: str
    counts: dict[str, int]


def keyed_duties(published: Published) -> Iterator[KeyedDuty]:
    """How the nine responsibilities stand, as the report shows it."""
    for responsibility in published.responsibilities:
        key = responsibility["responsibility_id"]
        row = shown_row(published, key, published.quarter.period)
        if row is None:
            yield KeyedDuty(key, "", {})
        else:
            yield KeyedDuty(key, row["window"], {name: int(row[name]) for name in STATUS_COUNTS})
