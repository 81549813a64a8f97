"""The models in ``sql/``: one ``select`` a file, named for the table it makes.

A model's dependencies are the tables it reads, found in its text; they are declared nowhere else.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter
from itertools import dropwhile, takewhile
from pathlib import Path

import duckdb

from assets.warehouse import SCHEMAS

SQL_ROOT = Path(__file__).resolve().parents[1] / "sql"
MODEL_SCHEMAS = ("core", "evidence", "indicators", "results")

_COMMENT = re.compile(r"--[^\n]*")
_PARTICULAR = re.compile(r"(Grain|Window|Parts|Minimum|Defined|Usual cause|Blocking):")
_TABLE_READ = re.compile(rf"\b(?:from|join)\s+((?:{'|'.join(SCHEMAS)})\.[a-z0-9_]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Model:
    """One file of ``sql/``: the table ``schema.name`` and the query that makes it."""

    schema: str
    name: str
    text: str

    @property
    def table(self) -> str:
        """``schema.name``, as other models read it."""
        return f"{self.schema}.{self.name}"

    @cached_property
    def query(self) -> str:
        """The text without its header comments, ready to run."""
        return _COMMENT.sub("", self.text).strip().rstrip(";")

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """Every table the model reads, in order of first mention."""
        return tuple(dict.fromkeys(_TABLE_READ.findall(self.query)))

    @cached_property
    def header(self) -> str:
        """The comment at the head of the file, without its dashes."""
        lines = []
        for line in self.text.splitlines():
            if not line.startswith("--"):
                break
            lines.append(line.removeprefix("--").strip())
        return "\n".join(lines)

    @cached_property
    def parts(self) -> bool:
        """Whether the header says that an indicator's rows follow from that indicator's rows alone."""
        return "\nParts:" in self.header

    @cached_property
    def said(self) -> tuple[str, str]:
        """What the table is, in Danish and in English: the header's first lines, parted by a ``/``.

        A header in one language only says the same in both.
        """
        lines = takewhile(lambda line: not _PARTICULAR.match(line), self.header.splitlines())
        danish, slash, english = "\n".join(lines).partition("\n/ ")
        return _one_line(danish), _one_line(english if slash else danish)

    @cached_property
    def particulars(self) -> str:
        """The rest of the header, line by line: grain, window, where it is defined."""
        return "\n".join(dropwhile(lambda line: not _PARTICULAR.match(line), self.header.splitlines()))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def load_models(schemas: Sequence[str] = MODEL_SCHEMAS, root: Path = SQL_ROOT) -> tuple[Model, ...]:
    """Every model of these schemas, each after those it reads.

    Raises:
        graphlib.CycleError: Models read each other in a circle.
    """
    models = {
        f"{schema}.{path.stem}": Model(schema, path.stem, path.read_text(encoding="utf-8"))
        for schema in schemas
        for path in sorted((root / schema).glob("*.sql"))
    }
    order = TopologicalSorter(
        {table: [read for read in model.reads if read in models] for table, model in models.items()}
    )
    return tuple(models[table] for table in order.static_order())


def run_models(connection: duckdb.DuckDBPyConnection, models: Iterable[Model]) -> dict[str, int]:
    """Build each model's table in turn.

    Returns:
        Rows of each table built.

    Raises:
        ModelError: A model broke; it names the model and the first cause.
    """
    rows: dict[str, int] = {}
    for model in models:
        rows[model.table] = run_model(connection, model)
    return rows


def run_model(connection: duckdb.DuckDBPyConnection, model: Model) -> int:
    """Build one model's table; the number of its rows. Raises :class:`ModelError`."""
    try:
        counted = connection.execute(f"create or replace table {model.table} as {model.query}").fetchall()
    except duckdb.Error as error:
        raise ModelError(model, error) from error
    return int(counted[0][0])


class ModelError(Exception):
    """A model could not be built."""

    def __init__(self, model: Model, cause: Exception) -> None:
        super().__init__(f"{model.table}: {cause}")
        self.model = model
        self.cause = cause
