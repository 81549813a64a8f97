"""DuckDB's types in Spark's words, and which of Spark's own may become them without losing anything."""

import re

from assets.engine.errors import EngineError

SPARK_TYPES = {
    "BOOLEAN": "boolean",
    "TINYINT": "tinyint",
    "SMALLINT": "smallint",
    "INTEGER": "int",
    "BIGINT": "bigint",
    "HUGEINT": "decimal(38,0)",  # Spark has no wider integer; sums of BIGINT are HUGEINT in DuckDB
    "FLOAT": "float",
    "DOUBLE": "double",
    "VARCHAR": "string",
    "DATE": "date",
    "TIMESTAMP": "timestamp_ntz",
}
_DECIMAL = re.compile(r"decimal\((\d+),(\d+)\)")
_WHOLE = ("tinyint", "smallint", "int", "bigint")


def spark_type(duckdb_type: str) -> str:
    """Spark's name of a DuckDB type. Raises :class:`EngineError` where it has none."""
    decimal = duckdb_type.lower().replace(" ", "")
    found = decimal if _DECIMAL.fullmatch(decimal) else SPARK_TYPES.get(duckdb_type.upper())
    if found is None:
        raise EngineError(
            f"Typen {duckdb_type} findes ikke i Spark; lad modellen omsætte kolonnen.",
            f"Spark has no type {duckdb_type}; let the model cast the column.",
        )
    return found


def becomes(spark: str, wanted: str) -> bool:
    """Whether a value of one Spark type may be cast to the other and still be the same value.

    Casts that may overflow are allowed, since ANSI mode stops at an overflow; those that round are not.
    """
    if spark in (wanted, "void"):
        return True
    if _places(spark) is not None and _places(wanted) is not None:
        return (_places(spark) or 0) <= (_places(wanted) or 0)
    return spark in ("float", *_WHOLE) and wanted == "double"


def _places(spark: str) -> int | None:
    """Digits after the point of an exact number's type; None for any other type."""
    if spark in _WHOLE:
        return 0
    found = _DECIMAL.fullmatch(spark)
    return int(found[2]) if found else None
