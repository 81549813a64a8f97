"""Only what has changed is computed again: of each model the organisations whose rows or text are new.

Organisations never mix, so a model's rows of one organisation follow from the model's text and from that
organisation's rows of the tables it reads, alone. ``audit.model_state`` keeps what each organisation's rows
were made from. Where that is as it was, the rows stand; where it is not, they are made from that
organisation's rows and put in their place. The tables are those that computing all would give.

What is noted of a table goes before the table changes and comes when it has, so that a run that was killed
in between computes it again.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing

import duckdb

from assets.sql_models import Model, ModelError, run_model
from assets.warehouse import SCHEMAS

STATE = "audit.model_state"
SHARED = ""  # where a table's rows belong to no organisation
BESIDE = "changed"  # a database in memory, in which the models see the changed organisations alone
_TABLE = re.compile(rf"\b(?:{'|'.join(SCHEMAS)})\.[a-z0-9_]+")
Keys = dict[str, str]  # organisation to what its rows were made from


def run_changed(connection: duckdb.DuckDBPyConnection, models: Iterable[Model]) -> dict[str, int]:
    """Build each model's table in turn, of the changed organisations only; rows of each.

    Args:
        models: Each after those it reads.

    Raises:
        ModelError: A model broke; it names the model and the first cause.
    """
    chosen = list(models)
    columns = _columns(connection)
    before = _noted(connection, columns.keys())
    known = dict(before)
    made = {model.table for model in chosen}
    read = {table for model in chosen for table in model.reads}
    known |= _contents(connection, {table: columns[table] for table in sorted(read - made - known.keys())})
    for model in chosen:
        known[model.table] = _made_from(model, known)
    stale = [table for table in made if before.get(table) != known[table]]
    forget(connection, stale)
    rows: dict[str, int] = {}
    with closing(_Aside(connection)) as aside:
        for model in chosen:
            try:
                rows[model.table] = aside.bring_up(model, before.get(model.table, {}), known[model.table])
            except duckdb.Error as error:
                raise ModelError(model, error) from error
    _note(connection, {table: known[table] for table in stale})
    return rows


def forget_all(connection: duckdb.DuckDBPyConnection) -> None:
    """Have every table computed whole by the next run."""
    connection.execute(f"drop table if exists {STATE}")


def forget(connection: duckdb.DuckDBPyConnection, tables: Sequence[str]) -> None:
    """Have these tables computed whole by the next run: for whoever changes them in another way."""
    connection.execute(
        f"create table if not exists {STATE} "
        "(table_name varchar not null, organisation_id varchar not null, made_from varchar not null)"
    )
    connection.execute(f"delete from {STATE} where list_contains(?, table_name)", [list(tables)])


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, str]]]:
    """Name and type of every table's columns."""
    columns: dict[str, list[tuple[str, str]]] = {}
    for table, name, data_type in connection.execute(
        "select schema_name || '.' || table_name, column_name, data_type from duckdb_columns() "
        "where database_name = current_database() order by schema_name, table_name, column_index"
    ).fetchall():
        columns.setdefault(table, []).append((name, data_type))
    return columns


def _noted(connection: duckdb.DuckDBPyConnection, there: Iterable[str]) -> dict[str, Keys]:
    """What the tables of models that are there were made from."""
    standing = set(there)
    noted: dict[str, Keys] = {}
    if STATE in standing:
        for table, organisation, made_from in connection.execute(f"select * from {STATE}").fetchall():
            if table in standing:
                noted.setdefault(table, {})[organisation] = made_from
    return noted


def _note(connection: duckdb.DuckDBPyConnection, states: Mapping[str, Keys]) -> None:
    noted = [(table, *key) for table, keys in states.items() for key in keys.items()]
    if noted:
        columns = [list(column) for column in zip(*noted, strict=True)]
        connection.execute(f"insert into {STATE} select unnest(?), unnest(?), unnest(?)", columns)


def _contents(
    connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Sequence[tuple[str, str]]]
) -> dict[str, Keys]:
    """What tables hold that no model made: of each organisation a key of its rows, whatever their order.

    Two sums over every row's hash: one that equal rows cancel out of, and one that they do not.
    """
    found: dict[str, Keys] = {}
    for table, columns in tables.items():
        names = [f'"{name}"' for name, _ in columns]
        owner = '"organisation_id"' if '"organisation_id"' in names else f"'{SHARED}'"
        found[table] = {
            organisation: _digest(str(columns), *map(str, said))
            for organisation, *said in connection.execute(
                f"select owner, count(*), bit_xor(row_hash), sum(row_hash) from (select "
                f"coalesce({owner}, '{SHARED}') as owner, hash({', '.join(names)}) as row_hash from {table}) "
                "group by owner"
            ).fetchall()
        }
    return found


def _made_from(model: Model, known: Mapping[str, Keys]) -> Keys:
    """What each organisation's rows are made from, now; where nothing owned is read, those of all."""
    owners = {organisation for read in model.reads for organisation in known[read]}
    organisations = owners - {SHARED} or {SHARED}
    return {
        organisation: _digest(
            duckdb.__version__,
            model.query,
            *(
                part
                for read in sorted(model.reads)
                for part in (read, known[read].get(organisation, "-"), known[read].get(SHARED, "-"))
            ),
        )
        for organisation in sorted(organisations)
    }


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


class _Aside:
    """The database in memory, and which organisations each of its tables shows."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._shown: dict[str, str] = {}
        (self._here,) = connection.execute("select current_database()").fetchall()[0]
        connection.execute(f"attach ':memory:' as {BESIDE}")
        for schema in SCHEMAS:
            connection.execute(f"create schema {BESIDE}.{schema}")

    def close(self) -> None:
        self._connection.execute(f"detach {BESIDE}")

    def bring_up(self, model: Model, before: Keys, now: Keys) -> int:
        """Build what has changed of a table; the number of its rows."""
        changed = [organisation for organisation, key in now.items() if before.get(organisation) != key]
        gone = [organisation for organisation in before if organisation not in now]
        if len(changed) * 2 > len(now) or not before:
            return run_model(self._connection, model)
        if changed or gone:
            self.replace_some(model, changed, gone)
        return int(self._connection.execute(f"select count(*) from {model.table}").fetchall()[0][0])

    def replace_some(self, model: Model, changed: Sequence[str], gone: Sequence[str]) -> None:
        """Make the rows of the organisations that have changed, and put them where the stale ones were."""
        for table in model.reads:
            self._show(table, _listed([*changed, SHARED]))
        query = _TABLE.sub(
            lambda found: f"{BESIDE}.{found[0]}" if found[0] in model.reads else found[0], model.query
        )
        self._connection.execute(f"create or replace table {BESIDE}.made as {query}")
        self._connection.execute("begin transaction")
        try:
            self._connection.execute(
                f"delete from {model.table} where organisation_id in ({_listed([*changed, *gone])})"
            )
            self._connection.execute(f"insert into {model.table} by name select * from {BESIDE}.made")
        except BaseException:
            self._connection.execute("rollback")
            raise
        self._connection.execute("commit")

    def _show(self, table: str, organisations: str) -> None:
        """Have a table of the warehouse seen here, of these organisations alone."""
        if self._shown.get(table) == organisations:
            return
        described = self._connection.execute(f"select * from {table} limit 0").description or ()
        owned = "organisation_id" in [column[0] for column in described]
        alone = f" where coalesce(organisation_id, '{SHARED}') in ({organisations})" if owned else ""
        self._connection.execute(
            f'create or replace view {BESIDE}.{table} as select * from "{self._here}".{table}{alone}'
        )
        self._shown[table] = organisations


def _listed(organisations: Sequence[str]) -> str:
    """The organisations as literals."""
    return ", ".join("'" + name.replace("'", "''") + "'" for name in organisations)
