"""What stops an engine, said so that the reader can do something about it."""

from assets.errors import TwoLanguageError


class EngineError(TwoLanguageError):
    """The engine asked for cannot be had, or answers otherwise than DuckDB would."""


class SparkFault(Exception):
    """A query broke in Spark: its error condition, never its message, which may quote the data."""
