"""What stands in ``raw``: the rows of the deliveries that count, one frame a kind, one column a heading.

Rows keep their cells as written, in columns named ``w:<canonical name>``; what a cell means is decided
in ``typed``.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb
import polars as pl

from assets.contract import Kind
from assets.people.correction import corrected
from assets.raw.mapping import shown_letter
from assets.settings_contract import SETTINGS_FILE

ROW_META = {
    "row_id": pl.UInt32,
    "organisation_id": pl.String,
    "delivery_sequence": pl.Int64,
    "path": pl.String,
    "received_date": pl.Date,
    "sheet": pl.String,
    "sheet_position": pl.Int32,
    "row_number": pl.Int32,
}
WRITTEN = "w:"


@dataclass(frozen=True)
class Source:
    """The deliveries that count at one moment, and what they hold.

    Attributes:
        deliveries: ``delivery_sequence``, ``organisation_id``, ``path``, ``received_date``.
        sheets: One row a sheet of a known kind: ``delivery_sequence``, ``sheet``, ``kind``,
            ``sheet_position``, ``rows_read``, ``refused`` (the rule that refuses it whole, or null).
        columns: One row a recognised column: ``delivery_sequence``, ``sheet``, ``column``,
            ``letter``, ``heading``, ``factor`` (what the heading multiplies by, as text).
        rows: Kind to its rows but for the skipped ones: ``ROW_META`` and ``w:<name>`` (String) for
            every column.
    """

    deliveries: pl.DataFrame
    sheets: pl.DataFrame
    columns: pl.DataFrame
    rows: Mapping[str, pl.DataFrame]


def read_source(
    connection: duckdb.DuckDBPyConnection,
    kinds: Iterable[Kind],
    *,
    as_known: int | None = None,
    settings: bool = False,
) -> Source:
    """The rows of these kinds in the deliveries that are current.

    Args:
        as_known: Those that were current when this sequence number was the latest; else those now.
        settings: Read the settings workbook instead of the records.
    """
    deliveries = current_deliveries(connection, as_known=as_known, settings=settings)
    connection.register("standing_delivery", deliveries.to_arrow())
    try:
        sheets = connection.sql(
            """
            select
                s.delivery_sequence,
                s.sheet,
                s.kind,
                cast(s.sheet_position as integer) as sheet_position,
                cast(s.rows_read as bigint) as rows_read,
                cast(s.headings as varchar) as headings,
                cast(s.columns as varchar) as columns,
                cast(s.multipliers as varchar) as multipliers,
                s.refused
            from raw.sheet as s
            join standing_delivery as d on s.delivery_sequence = d.delivery_sequence
            order by s.delivery_sequence, s.sheet_position
            """
        ).pl()
        rows = {}
        first_id = 0
        for kind in kinds:
            frame = _rows_of(connection, kind, sheets.filter(pl.col("kind") == kind.name))
            frame = corrected(connection, kind, frame, WRITTEN)
            rows[kind.name] = frame.with_columns(
                pl.int_range(first_id, first_id + frame.height, dtype=pl.UInt32).alias("row_id")
            ).select(*ROW_META, *(WRITTEN + column.name for column in kind.columns))
            first_id += frame.height
    finally:
        connection.unregister("standing_delivery")
    known = sheets.filter(pl.col("kind").is_in(list(rows)))
    return Source(deliveries, known, _sheet_columns(known), rows)


def current_deliveries(
    connection: duckdb.DuckDBPyConnection, *, as_known: int | None = None, settings: bool = False
) -> pl.DataFrame:
    """``delivery_sequence``, ``organisation_id``, ``path``, ``received_date`` of what counts, in order."""
    is_settings = f"(lower(path) = '{SETTINGS_FILE}' or ends_with(lower(path), '/{SETTINGS_FILE}'))"
    # A delivery that was never to count (quarantined, held, a duplicate) has the rule that says why.
    counts = "state = 'current'" if as_known is None else f"rule is null and {_stood(as_known)}"
    deliveries: pl.DataFrame = connection.sql(
        f"""
        select sequence as delivery_sequence, organisation_id, path, received_date
        from raw.delivery
        where {counts} and {"" if settings else "not"} {is_settings}
        order by sequence
        """
    ).pl()
    return deliveries


def told_deliveries(connection: duckdb.DuckDBPyConnection, *, as_known: int | None = None) -> pl.DataFrame:
    """``delivery_sequence`` of every delivery whose findings are told.

    Those that count, and what waits at its path without counting: quarantined, held or a duplicate.
    """
    stands = "state in ('current', 'quarantined', 'held', 'duplicate')"
    told: pl.DataFrame = connection.sql(
        f"""
        select sequence as delivery_sequence
        from raw.delivery
        where {stands if as_known is None else _stood(as_known)}
        order by sequence
        """
    ).pl()
    return told


def _stood(as_known: int) -> str:
    """The condition of a delivery that was its path's latest when that sequence number was the latest."""
    number = int(as_known)
    return f"sequence <= {number} and (superseded_by is null or superseded_by > {number})"


def _rows_of(connection: duckdb.DuckDBPyConnection, kind: Kind, sheets: pl.DataFrame) -> pl.DataFrame:
    """Rows of one kind; sheets with the same columns are read in one query."""
    parts = [_empty_rows(kind)]
    for (columns,), alike in sheets.group_by("columns", maintain_order=True):
        letter_of = {name: letter for letter, name in json.loads(str(columns) or "{}").items()}
        letters = {column.name: letter_of.get(column.name) for column in kind.columns}
        shape = json.dumps({letter: "VARCHAR" for letter in letters.values() if letter})
        # Of a sheet without a known heading there is nothing to take out of its cells.
        taken = f"json_transform(cast(r.cells as json), '{shape}')" if any(letters.values()) else "null"
        cells = ", ".join(
            f'{f"cells.{letter}" if letter else "cast(null as varchar)"} as "{WRITTEN}{name}"'
            for name, letter in letters.items()
        )
        connection.register(
            "alike_sheet", alike.select("delivery_sequence", "sheet", "sheet_position").to_arrow()
        )
        try:
            parts.append(
                connection.sql(
                    f"""
                    select
                        organisation_id, delivery_sequence, path, received_date, sheet, sheet_position,
                        row_number, {cells}
                    from (
                        select
                            d.organisation_id, d.delivery_sequence, d.path, d.received_date, s.sheet,
                            s.sheet_position, cast(r.row_number as integer) as row_number,
                            {taken} as cells
                        from raw.source_row as r
                        join alike_sheet as s
                            on r.delivery_sequence = s.delivery_sequence and r.sheet = s.sheet
                        join standing_delivery as d on r.delivery_sequence = d.delivery_sequence
                        where r.skip_reason is null
                    )
                    """
                ).pl()
            )
        finally:
            connection.unregister("alike_sheet")
    return pl.concat(parts, how="vertical_relaxed").sort("delivery_sequence", "sheet_position", "row_number")


def _empty_rows(kind: Kind) -> pl.DataFrame:
    schema = {name: type_ for name, type_ in ROW_META.items() if name != "row_id"}
    return pl.DataFrame(schema=schema | {WRITTEN + column.name: pl.String for column in kind.columns})


def _sheet_columns(sheets: pl.DataFrame) -> pl.DataFrame:
    """Where each canonical column stands in each sheet, and under which heading; a constant nowhere."""
    found = []
    for sequence, sheet, headings, columns, multipliers in sheets.select(
        "delivery_sequence", "sheet", "headings", "columns", "multipliers"
    ).iter_rows():
        heading_of, factor_of = json.loads(headings or "{}"), json.loads(multipliers or "{}")
        for letter, name in json.loads(columns or "{}").items():
            factor = str(factor_of.get(letter, 1))
            own = shown_letter(letter)
            found.append((sequence, sheet, name, own, heading_of.get(own) or "", factor))
    return pl.DataFrame(
        found,
        schema={
            "delivery_sequence": pl.Int64,
            "sheet": pl.String,
            "column": pl.String,
            "letter": pl.String,
            "heading": pl.String,
            "factor": pl.String,
        },
        orient="row",
    )
