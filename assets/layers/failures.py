"""A step that fails says in two languages what failed, its first cause and what to do."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg
import duckdb

from assets.errors import TwoLanguageError
from assets.operations.space import disk_full, is_full
from assets.sql_models import ModelError
from assets.warehouse import damaged, is_damaged

# Messages of these kinds quote the data, which belongs in no log.
QUOTES_DATA = (
    duckdb.ConversionException,
    duckdb.InvalidInputException,
    duckdb.OutOfRangeException,
    duckdb.ConstraintException,
)


class GateError(TwoLanguageError):
    """A gate failed, was left out or could not be judged; the last good publication stands."""


@contextmanager
def told() -> Iterator[None]:
    """Turn what a step may raise into a Dagster failure whose description a person can act on.

    The error itself is not chained to it: its message may quote the data, and Dagster keeps it. Where in the
    code it came from stands in the failure's metadata.
    """
    try:
        yield
    except Exception as error:
        where = "".join(traceback.format_tb(error.__traceback__))
        raise dg.Failure(
            description=str(describe(error)),
            metadata={"where": dg.MetadataValue.md(f"```\n{where}```")},
            allow_retries=False,
        ) from None


def describe(error: Exception) -> TwoLanguageError:
    """What went wrong, its first cause and what to do, in both languages."""
    if is_full(error):
        return disk_full(getattr(error, "filename", None))
    if isinstance(error, TwoLanguageError):
        return error
    if is_damaged(error.cause if isinstance(error, ModelError) else error):
        return damaged()
    if isinstance(error, ModelError):
        return describe_model_error(error)
    cause = first_line(error)
    return TwoLanguageError(
        f"Kørslen blev afbrudt: {cause}. Ret årsagen, og kør igen; stedet i koden står ved fejlen i Dagster.",
        f"The run broke off: {cause}. Mend the cause and run again; the place in the code stands in Dagster.",
    )


def describe_model_error(error: ModelError) -> TwoLanguageError:
    """The table that could not be made, its first cause, and what to do."""
    file = f"sql/{error.model.schema}/{error.model.name}.sql"
    cause = first_line(error.cause)
    return TwoLanguageError(
        f"{error.model.table} kunne ikke beregnes: {cause}. Ret {file} eller det, den læser, og kør igen.",
        f"{error.model.table} could not be computed: {cause}. Mend {file} or what it reads, and run again.",
    )


def first_line(error: BaseException) -> str:
    """The first line of an error; only its kind where the line could quote data."""
    kind = type(error).__name__
    if isinstance(error, OSError):
        return f"{kind}: {error.strerror} {error.filename or ''}".strip()
    ours = type(error).__module__.partition(".")[0] == "assets"
    if not ours and (isinstance(error, QUOTES_DATA) or not isinstance(error, duckdb.Error)):
        return kind
    text = str(error)
    if isinstance(error.__cause__, Exception):
        text = text.replace(str(error.__cause__), first_line(error.__cause__))
    lines = text.strip().splitlines()
    return lines[0].rstrip(".") if lines else kind


def require_gates(in_the_way: list[str]) -> None:
    """Stop where any required gate did not run and pass in this run.

    Raises:
        GateError: Names the first gates that stand in the way, and what to do.
    """
    if not in_the_way:
        return
    first = "; ".join(in_the_way[:3]) + (f" (+{len(in_the_way) - 3})" if len(in_the_way) > 3 else "")
    raise GateError(
        f"Offentliggørelsen er standset af kontrollerne: {first}. Ret årsagen, og kør det hele igen.",
        f"The checks stop the publication: {first}. Mend the cause, and run the whole again.",
    )
