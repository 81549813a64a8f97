"""What leader-level figures are for, and from when they may be shown at all."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from assets.clock import danish_date
from assets.errors import TwoLanguageError

PURPOSE = (
    "Formål: læring og dialog mellem referencelederen og nærmeste overordnede. Oplysningerne må ikke bruges "
    "til løn, disciplinære skridt eller afskedigelse, og de afgør intet af sig selv.",
    "Purpose: learning and dialogue between the reference leader and the nearest superior. The information "
    "may not be used for pay, discipline or dismissal, and decides nothing by itself.",
)
_SOURCES = ("settings.organisations", "audit.organisation")


@dataclass(frozen=True)
class Refusal:
    """Why nothing about single leaders may be shown yet: a rule, and a sentence in each language.

    Attributes:
        rule: ``organisation_unknown``, ``not_before_missing``, ``not_before``, ``med_missing`` or
            ``med_not_yet``.
    """

    rule: str
    da: str
    en: str

    def error(self) -> TwoLanguageError:
        """The refusal as an error, for a command."""
        return TwoLanguageError(self.da, self.en)


def may_show_leaders(
    source: duckdb.DuckDBPyConnection | Path, organisation: str, day: date
) -> Refusal | None:
    """Whether leader-level figures of an organisation may be shown on a day; None where they may.

    Args:
        source: The warehouse or a published database, open or by its path.
        day: The day of showing, Copenhagen.
    """
    if isinstance(source, Path):
        with duckdb.connect(str(source), read_only=True) as connection:
            return may_show_leaders(connection, organisation, day)
    found = _dates(source, organisation)
    if found is None:
        return Refusal(
            "organisation_unknown",
            f"Ark om den enkelte leder laves ikke: {organisation} står ikke i arket Organisationer i "
            "_indstillinger.xlsx med »Ikke før« og »Drøftet i MED«.",
            f"No sheet about a single leader is made: {organisation} does not stand in the sheet "
            "Organisationer of _indstillinger.xlsx with »Ikke før« and »Drøftet i MED«.",
        )
    not_before, discussed = found
    if not_before is None:
        return Refusal(
            "not_before_missing",
            "Ark om den enkelte leder laves ikke, før »Ikke før« er udfyldt for organisationen i "
            "_indstillinger.xlsx (arket Organisationer): de målte skal være underrettet forinden.",
            "No sheet about a single leader is made before »Ikke før« is filled in for the organisation in "
            "_indstillinger.xlsx (sheet Organisationer): those measured shall be told beforehand.",
        )
    if discussed is None:
        return Refusal(
            "med_missing",
            "Ark om den enkelte leder laves ikke, før målingen er drøftet i MED og dagen står i »Drøftet i "
            "MED« i _indstillinger.xlsx (arket Organisationer).",
            "No sheet about a single leader is made before the measurement was discussed in the MED "
            "committee and the day stands in »Drøftet i MED« of _indstillinger.xlsx (sheet Organisationer).",
        )
    if discussed > day:
        return Refusal(
            "med_not_yet",
            f"Ark om den enkelte leder laves ikke før den {danish_date(discussed)}, hvor målingen drøftes i "
            "MED.",
            f"No sheet about a single leader is made before {discussed}, the day of the MED committee.",
        )
    if not_before > day:
        return Refusal(
            "not_before",
            f"Ark om den enkelte leder laves ikke før den {danish_date(not_before)} (»Ikke før« i "
            "_indstillinger.xlsx).",
            f"No sheet about a single leader is made before {not_before} (»Ikke før«).",
        )
    return None


def _dates(
    connection: duckdb.DuckDBPyConnection, organisation: str
) -> tuple[date | None, date | None] | None:
    for table in _SOURCES:
        schema, name = table.split(".")
        there = connection.execute(
            "select count(*) from information_schema.tables where table_schema = ? and table_name = ? "
            "and table_catalog = current_database()",
            [schema, name],
        ).fetchone()
        if there and there[0]:
            row: tuple[date | None, date | None] | None = connection.execute(
                f"select not_before, med_discussed_on from {table} where organisation_id = ?", [organisation]
            ).fetchone()
            return row
    return None
