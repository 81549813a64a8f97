"""Only what has changed is computed again: of each model the organisations whose rows or text are new.

Organisations never mix, so a model's rows of one organisation follow from the model's text and from that
organisation's rows of the tables it reads, alone. ``audit.model_state`` keeps what each organisation's rows
were made from, and a name for what they hold. Where what they are made from is as it was, the rows stand;
where it is not, they are made from that organisation's rows and put in their place. Rows that came out as
they were keep their name, so a change goes no further than it reaches. The tables are those that computing
all would give.

What is noted of a table that a change may reach goes before the table changes and comes when it has, so that
a run that was killed in between computes it again.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence, Set
from contextlib import closing
from dataclasses import dataclass, field

import duckdb

from assets.sql_models import Model, ModelError, run_model
from assets.warehouse import SCHEMAS

STATE = "audit.model_state"
SHARED = ""  # where a table's rows belong to no organisation
BESIDE = "changed"  # a database in memory, in which the models see the changed organisations alone
_STATE_COLUMNS = ("table_name", "organisation_id", "made_from", "content")
_TABLE = re.compile(rf"\b(?:{'|'.join(SCHEMAS)})\.[a-z0-9_]+")
Keys = dict[str, str]  # of each organisation


@dataclass(frozen=True)
class _Noted:
    """Of each organisation what a table's rows were made from, and a name for what they hold."""

    made_from: Keys = field(default_factory=dict)
    content: Keys = field(default_factory=dict)


def run_changed(connection: duckdb.DuckDBPyConnection, models: Iterable[Model]) -> dict[str, int]:
    """Build each model's table in turn, of the changed organisations only; rows of each.

    Args:
        models: Each after those it reads.

    Raises:
        ModelError: A model broke; it names the model and the first cause.
    """
    chosen = list(models)
    before = _noted(connection)
    known = {table: noted.content for table, noted in before.items()}
    read = frozenset(table for model in chosen for table in model.reads)
    for table in sorted(read - {model.table for model in chosen} - known.keys()):
        known[table] = _contents(connection, table)
    reached = _reached(chosen, before, known)
    forget(connection, reached)
    after: dict[str, _Noted] = {}
    rows: dict[str, int] = {}
    with closing(_Aside(connection, read)) as aside:
        for model in chosen:
            now = _made_from(model, known)
            try:
                as_before, rows[model.table] = aside.bring_up(model, before.get(model.table), now)
            except duckdb.Error as error:
                raise ModelError(model, error) from error
            known[model.table] = now | as_before
            after[model.table] = _Noted(now, known[model.table])
    _note(connection, {table: after[table] for table in reached})
    return rows


def forget_all(connection: duckdb.DuckDBPyConnection) -> None:
    """Have every table computed whole by the next run."""
    connection.execute(f"drop table if exists {STATE}")


def forget(connection: duckdb.DuckDBPyConnection, tables: Sequence[str]) -> None:
    """Have these tables computed whole by the next run: for whoever changes them in another way."""
    columns = ", ".join(f"{name} varchar not null" for name in _STATE_COLUMNS)
    connection.execute(f"create table if not exists {STATE} ({columns})")
    connection.execute(f"delete from {STATE} where list_contains(?, table_name)", [list(tables)])


def _noted(connection: duckdb.DuckDBPyConnection) -> dict[str, _Noted]:
    """What is noted of the tables of models that are there."""
    there = {
        table
        for (table,) in connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() "
            "where database_name = current_database()"
        ).fetchall()
    }
    noted: dict[str, _Noted] = {}
    if STATE in there:
        for table, organisation, made_from, content in connection.execute(
            f"select {', '.join(_STATE_COLUMNS)} from {STATE}"
        ).fetchall():
            if table in there:
                of_table = noted.setdefault(table, _Noted())
                of_table.made_from[organisation], of_table.content[organisation] = made_from, content
    return noted


def _note(connection: duckdb.DuckDBPyConnection, states: Mapping[str, _Noted]) -> None:
    noted = [
        (table, organisation, made_from, state.content[organisation])
        for table, state in states.items()
        for organisation, made_from in state.made_from.items()
    ]
    if noted:
        columns = [list(column) for column in zip(*noted, strict=True)]
        connection.execute(f"insert into {STATE} select unnest(?), unnest(?), unnest(?), unnest(?)", columns)


def _reached(models: Iterable[Model], before: Mapping[str, _Noted], known: Mapping[str, Keys]) -> list[str]:
    """The tables that would change if every table made again came out as another."""
    reached, at_worst = [], dict(known)
    for model in models:
        noted, now = before.get(model.table, _Noted()), _made_from(model, at_worst)
        at_worst[model.table] = {
            organisation: noted.content[organisation]
            if noted.made_from.get(organisation) == made_from
            else made_from
            for organisation, made_from in now.items()
        }
        if noted.made_from != now:
            reached.append(model.table)
    return reached


def _contents(
    connection: duckdb.DuckDBPyConnection, table: str, organisations: Iterable[str] | None = None
) -> Keys:
    """Of each organisation, or of those asked for, a key of the rows a table holds, whatever their order.

    Two sums over every row's hash: one that equal rows cancel out of, and one that they do not.
    """
    columns = connection.execute(f"select * from {table} limit 0").description or ()
    described = str([(column[0], str(column[1])) for column in columns])
    owned = "organisation_id" in [column[0] for column in columns]
    owner = f"coalesce(organisation_id, '{SHARED}')" if owned else f"'{SHARED}'"
    alone = "" if organisations is None else f" where {owner} in ({_listed(organisations)})"
    return {
        organisation: _digest(described, *map(str, said))
        for organisation, *said in connection.execute(
            "select owner, count(*), bit_xor(row_hash), sum(row_hash) from "
            f"(select {owner} as owner, hash(held) as row_hash from {table} as held{alone}) group by owner"
        ).fetchall()
    }


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
    """The database in memory, and which organisations each of its tables shows.

    Of the tables that other models read it is found out whether they came out as they were.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, read: Set[str]) -> None:
        self._connection = connection
        self._read = read
        self._shown: dict[str, str] = {}
        (self._here,) = connection.execute("select current_database()").fetchall()[0]
        connection.execute(f"attach ':memory:' as {BESIDE}")
        for schema in SCHEMAS:
            connection.execute(f"create schema {BESIDE}.{schema}")

    def close(self) -> None:
        self._connection.execute(f"detach {BESIDE}")

    def bring_up(self, model: Model, noted: _Noted | None, now: Keys) -> tuple[Keys, int]:
        """Build what has changed of a table; the names of what came out as it was, and the number of rows."""
        if noted is None:
            return {}, run_model(self._connection, model)
        changed = [name for name, key in now.items() if noted.made_from.get(name) != key]
        gone = [name for name in noted.made_from if name not in now]
        held = self._held(model, changed)
        if len(changed) * 2 > len(now):
            rows = run_model(self._connection, model)
        else:
            if changed or gone:
                self.replace_some(model, changed, gone)
            rows = int(self._connection.execute(f"select count(*) from {model.table}").fetchall()[0][0])
        holds = self._held(model, changed)
        others = {name for name in changed if name not in held or holds.get(name) != held[name]}
        return {
            name: content for name, content in noted.content.items() if name in now and name not in others
        }, rows

    def _held(self, model: Model, organisations: Sequence[str]) -> Keys:
        if organisations and model.table in self._read:
            return _contents(self._connection, model.table, organisations)
        return {}

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


def _listed(organisations: Iterable[str]) -> str:
    """The organisations as literals."""
    return ", ".join("'" + name.replace("'", "''") + "'" for name in organisations)
