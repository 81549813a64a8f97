"""Made-up municipalities at any scale, from a seed: as workbooks, as CSV, or as accepted tables in Parquet.

Scale 1 is one municipality of some 12,000 rows, 100 is 1.2 million, 1000 is 12 million; from scale 10 on
they are ten organisations. ``python -m benchmarks.generate --scale 100 --form xlsx FOLDER``.
"""

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

import duckdb
import polars as pl

from assets.accepted.alias_questions import QUESTION
from assets.accepted.keys import with_key
from assets.accepted.settings import build_settings
from assets.accepted.tables import create_tables, key_column, table_columns
from assets.answerability.finding_history import create_finding_history
from assets.contract import KIND_BY_NAME, Kind
from assets.core.calendar import build_calendar
from assets.indicators.definitions import build_definitions
from assets.raw.tables import create_raw_tables
from assets.warehouse import create_schemas, replace_table
from benchmarks.generated_networks import AS_OF
from benchmarks.generated_records import Records

Form = Literal["xlsx", "csv", "parquet"]
ORGANISATIONS = 10
PARTS_IN_A_FILE = 10  # keeps every sheet and file far within the limits of reading
TYPES = {
    "VARCHAR": pl.String,
    "DATE": pl.Date,
    "DECIMAL(18,2)": pl.Decimal(18, 2),
    "INTEGER": pl.Int32,
    "BIGINT": pl.Int64,
    "DOUBLE": pl.Float64,
    "BOOLEAN": pl.Boolean,
}


def generate(scale: int, folder: Path, seed: int, form: Form) -> dict[str, int]:
    """Write the records of ``scale`` municipalities; rows of each kind.

    Args:
        folder: For ``xlsx`` and ``csv`` an inbox, a folder in it for each organisation; for ``parquet`` one
            file a kind, ``<kind>.parquet``, shaped as ``accepted.<kind>`` (see :func:`load`).
        seed: The same scale and seed give the same records.
    """
    folder.mkdir(parents=True, exist_ok=True)
    organisations = min(scale, ORGANISATIONS)
    counted: dict[str, int] = {}
    sheets: dict[str, pl.DataFrame] = {}
    for name, rows in Records(scale, seed).kinds():
        owner = (pl.col("part") - 1) * organisations // scale + 1
        owned = rows.with_columns(
            pl.concat_str(pl.lit("kommune-"), owner.cast(pl.String).str.zfill(2)).alias("organisation_id")
        )
        counted[name] = owned.height
        if form == "parquet":
            accepted(KIND_BY_NAME[name], owned).write_parquet(folder / f"{name}.parquet")
        else:
            sheets[name] = owned
    if form == "parquet":
        return counted
    for place, parts in deliveries(scale, organisations):
        delivered = {name: rows.filter(pl.col("part").is_in(parts)) for name, rows in sheets.items()}
        write = write_workbook if form == "xlsx" else write_csv
        write(delivered, folder / place)
    return counted


def deliveries(scale: int, organisations: int) -> Iterator[tuple[str, list[int]]]:
    """Each file's place in the inbox and the parts it holds."""
    for number in range(organisations):
        parts = [part for part in range(1, scale + 1) if (part - 1) * organisations // scale == number]
        for first in range(0, len(parts), PARTS_IN_A_FILE):
            yield f"kommune-{number + 1:02d}/levering-{first + 1:04d}", parts[first : first + PARTS_IN_A_FILE]


def accepted(kind: Kind, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows as ``accepted.<kind>`` holds them."""
    columns = table_columns(kind)
    compared = [pl.col(c.name).str.to_uppercase().alias(key_column(c)) for c in kind.columns if c.compared]
    absent = [
        pl.lit(None).alias(name) for name in columns if name not in rows.columns and name != "record_key"
    ]
    filled = rows.with_columns(absent).with_columns(
        *compared,
        pl.lit(1).alias("delivery_sequence"),
        pl.lit(kind.sheet).alias("sheet"),
        (pl.int_range(pl.len()) + 2).alias("row_number"),
    )
    if kind.name == "solutions":
        filled = filled.with_columns(pl.coalesce("need_date", "idea_date").alias("need_date"))
    if kind.name != "disputes":  # there the column is the disputed record's key
        filled = with_key(kind, filled, "record_key")
    return filled.select(pl.col(name).cast(TYPES[type_]) for name, type_ in columns.items())


def load(
    connection: duckdb.DuckDBPyConnection, folder: Path, as_of: date = AS_OF, *, as_views: bool = False
) -> None:
    """Put what ``generate(form="parquet")`` wrote into a warehouse, with all else that the models read.

    Args:
        as_views: Leave the records in their files, and have them seen from the warehouse.
    """
    create_schemas(connection)
    create_raw_tables(connection)
    create_tables(connection)
    create_finding_history(connection)
    replace_table(connection, "accepted.alias_question", pl.DataFrame(schema=QUESTION))
    build_settings(connection)
    for name in KIND_BY_NAME:
        file = str(folder / f"{name}.parquet").replace("'", "''")
        if as_views:
            connection.execute(f"drop table accepted.{name}")
            connection.execute(f"create view accepted.{name} as select * from read_parquet('{file}')")
        else:
            connection.execute(f"insert into accepted.{name} by name select * from read_parquet('{file}')")
    owners = connection.execute("select distinct organisation_id from accepted.networks").fetchall()
    build_calendar(connection, {owner: as_of for (owner,) in owners})
    build_definitions(connection)


def headed(kind: Kind, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows under the contract's Danish headings, enumerations by their labels."""
    columns = [column for column in kind.columns if column.name in rows.columns]
    return rows.select(
        (
            pl.col(column.name).replace_strict(
                {choice.value: choice.label for choice in column.choices}, default=pl.col(column.name)
            )
            if column.type == "enum"
            else pl.col(column.name)
        ).alias(column.heading)
        for column in columns
    )


def write_workbook(delivered: dict[str, pl.DataFrame], place: Path) -> None:
    """One workbook, a sheet a kind, real dates."""
    import xlsxwriter

    place.parent.mkdir(parents=True, exist_ok=True)
    options = {"constant_memory": True, "default_date_format": "dd-mm-yyyy"}
    with xlsxwriter.Workbook(place.with_suffix(".xlsx"), options) as workbook:
        workbook.set_properties({"created": AS_OF})
        for name, rows in delivered.items():
            table = headed(KIND_BY_NAME[name], rows)
            sheet = workbook.add_worksheet(KIND_BY_NAME[name].sheet)
            sheet.write_row(0, 0, table.columns)
            for number, row in enumerate(table.iter_rows(), start=1):
                sheet.write_row(number, 0, row)


def write_csv(delivered: dict[str, pl.DataFrame], place: Path) -> None:
    """One CSV a kind, semicolons and ISO dates, numbers with a decimal comma."""
    place.mkdir(parents=True, exist_ok=True)
    for name, rows in delivered.items():
        kind = KIND_BY_NAME[name]
        headed(kind, rows).write_csv(
            place / f"{kind.sheet}.csv", separator=";", decimal_comma=True, include_bom=True
        )


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scale", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--form", choices=("xlsx", "csv", "parquet"), default="xlsx")
    told = parser.parse_args()
    counted = generate(told.scale, told.folder, told.seed, told.form)
    for name, rows in counted.items():
        print(f"{name:20}{rows:>12,}")
    print(f"{'rows':20}{sum(counted.values()):>12,}")


if __name__ == "__main__":
    main()
