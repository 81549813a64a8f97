"""Whether a database file is whole: every block of every table is read, so that its checksums speak."""

from pathlib import Path

import duckdb

from assets.publication.tables import identifier
from assets.warehouse import DamagedDatabase


def check_database(path: Path) -> int:
    """Read all of a database, without changing it; the number of its tables.

    Raises:
        DamagedDatabase: It cannot be opened, or a block is not as written; the message says how to mend.
    """
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            tables = connection.execute(
                "select schema_name, table_name from duckdb_tables() where not temporary order by all"
            ).fetchall()
            for schema, table in tables:
                # A hash of every value makes each block be read; a count alone would read none.
                connection.execute(
                    f"select bit_xor(hash(columns(*))) from {identifier(schema)}.{identifier(table)}"
                ).fetchall()
    except duckdb.Error as error:
        shown = f"{path.parent.name}/{path.name}"  # the warehouse and the publication have one name
        raise DamagedDatabase(
            f"{shown} er beskadiget eller ikke hel ({type(error).__name__}). "
            "Gendan den seneste sikkerhedskopi i en tom mappe: netvaerdi restore KOPI --home MAPPE.",
            f"{shown} is damaged or not whole ({type(error).__name__}). "
            "Lay the last backup out in an empty folder: netvaerdi restore COPY --home FOLDER.",
        ) from error
    return len(tables)
