"""A step that fails says in two languages what failed, its first cause and what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg
import duckdb

from assets.errors import TwoLanguageError
from assets.sql_models import ModelError

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
    """Turn what a step may raise into a Dagster failure whose description a person can act on."""
    try:
        yield
    except TwoLanguageError as error:
        raise dg.Failure(description=str(error), allow_retries=False) from None
    except ModelError as error:
        raise dg.Failure(description=str(describe_model_error(error)), allow_retries=False) from None


def describe_model_error(error: ModelError) -> TwoLanguageError:
    """The table that could not be made, its first cause, and what to do."""
    file = f"sql/{error.model.schema}/{error.model.name}.sql"
    cause = first_line(error.cause)
    return TwoLanguageError(
        f"{error.model.table} kunne ikke beregnes: {cause}. Ret {file} eller det, den læser, og kør igen.",
        f"{error.model.table} could not be computed: {cause}. Mend {file} or what it reads, and run again.",
    )


def first_line(error: Exception) -> str:
    """The first line of an error; only its kind where the line would quote data."""
    if isinstance(error, QUOTES_DATA):
        return type(error).__name__
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__


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
