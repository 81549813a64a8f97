"""What every notebook begins with: which published file is meant, and an opening of it that only reads."""

import os
from pathlib import Path

import duckdb
import polars as pl

from assets.auditor.hardened import open_hardened
from assets.home import Home
from assets.publication.tables import quoted
from assets.publication.trace_text import value_text
from assets.reports.words import Words

DATABASE_VARIABLE = "NETVAERDI_DATABASE"
HOME_VARIABLE = "NETVAERDI_HOME"


def published_file() -> Path:
    """The file that ``NETVAERDI_DATABASE`` names, else that of the home (``NETVAERDI_HOME``).

    Raises:
        HomeError: No file is named, and there is no home either.
    """
    named = os.environ.get(DATABASE_VARIABLE)
    if named:
        return Path(named).expanduser().absolute()
    return Home.open(Path(os.environ.get(HOME_VARIABLE) or "~/netvaerdi")).database


def open_published() -> duckdb.DuckDBPyConnection:
    """The published file, opened so that no cell can change it or reach anything beside it."""
    return open_hardened(published_file())


def organisations(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Every organisation with figures, in order."""
    rows = connection.execute(
        "select distinct organisation_id from main.indicator_result order by organisation_id"
    ).fetchall()
    return [str(row[0]) for row in rows]


def as_written(
    unit: str,
    value: float | None,
    of: tuple[float | None, float | None] = (None, None),
    n: int | None = None,
) -> str:
    """A figure as the reports write it in Danish: ``2 af 3``, ``62 % (8 af 13)``, ``300.000 kr.``, ``42``.

    Args:
        unit: As in ``main.indicator``.
        of: Numerator and denominator, where the value is a share of a count.
        n: How many it rests on, where it is a share that is no count of a whole: ``67 % (af 3)``.
    """
    if value is None:
        return "—"
    numerator, denominator = of
    figure = {"unit": unit, "value": value, "numerator": numerator, "denominator": denominator, "n": n}
    return value_text(figure, Words("da"))


def recomputed(rows: pl.DataFrame) -> pl.DataFrame:
    """The answer of ``audit.recompute`` in words: as published, from the records, and whether they agree.

    Args:
        rows: ``indicator_id``, ``name_da``, ``unit``, ``value``, ``numerator``, ``denominator``, ``n``, the
            last four also as ``again_…``, and ``agrees``.
    """
    sides = {"offentliggjort": "", "regnet efter": "again_"}
    return pl.DataFrame(
        [
            {
                "indikator": row["indicator_id"],
                "navn": row["name_da"],
                **{
                    side: as_written(
                        row["unit"],
                        row[f"{prefix}value"],
                        (row[f"{prefix}numerator"], row[f"{prefix}denominator"]),
                        row[f"{prefix}n"],
                    )
                    for side, prefix in sides.items()
                },
                "stemmer": row["agrees"],
            }
            for row in rows.iter_rows(named=True)
        ]
    )


def sql_text(value: object) -> str:
    """What was chosen in a notebook, as an SQL literal."""
    return quoted(str(value))
