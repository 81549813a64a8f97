"""Only what has changed is computed again: of each model the organisations whose rows or text are new.

Organisations never mix, so a model's rows of one organisation follow from the model's text and from that
organisation's rows of the tables it reads, alone. ``audit.model_state`` keeps what each organisation's rows
were made from, and a name for what they hold. Where what they are made from is as it was, the rows stand;
where it is not, they are made from that organisation's rows and put in their place. Rows that came out as
they were keep their name, so a change goes no further than it reaches. The tables are those that computing
all would give.

A model whose header says ``Parts`` goes further: its rows of one indicator follow from the rows of that
indicator in the tables that tell them apart. Of it the indicators that the change reached are made again.

What is noted of a table that a change may reach goes before the table changes and comes when it has, so that
a run that was killed in between computes it again.
"""

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from contextlib import closing
from dataclasses import replace

import duckdb

from assets.engine.change_state import (
    PART,
    SHARED,
    Hashes,
    Keys,
    Noted,
    State,
    digest,
    forget,
    hash_rows,
    listed,
    name_of,
    read_state,
    write_state,
)
from assets.sql_models import MODEL_SCHEMAS, Model, ModelError, run_model
from assets.warehouse import SCHEMAS

BESIDE = "changed"  # a database in memory, in which the models see the changed organisations alone
_TABLE = re.compile(rf"\b(?:{'|'.join(SCHEMAS)})\.[a-z0-9_]+")
_ABSENT = "-"


def run_changed(connection: duckdb.DuckDBPyConnection, models: Iterable[Model]) -> dict[str, int]:
    """Build each model's table in turn, of the changed organisations only; rows of each.

    Args:
        models: Each after those it reads.

    Raises:
        ModelError: A model broke; it names the model and the first cause.
    """
    chosen = list(models)
    state = read_state(connection)
    known = {table: {name: noted.content for name, noted in held.items()} for table, held in state.items()}
    read = frozenset(table for model in chosen for table in model.reads)
    for table in sorted(read - {model.table for model in chosen} - known.keys()):
        known[table] = {name: name_of(hashes) for name, hashes in hash_rows(connection, table).items()}
    reached = _reached(chosen, state, known)
    forget(connection, reached)
    rows: dict[str, int] = {}
    with closing(_Aside(connection, read)) as aside:
        for model in chosen:
            now = _made_from(model, known)
            try:
                state[model.table], rows[model.table] = aside.bring_up(model, state, now)
            except duckdb.Error as error:
                raise ModelError(model, error) from error
            known[model.table] = {name: noted.content for name, noted in state[model.table].items()}
    write_state(connection, {table: state[table] for table in reached})
    return rows


def _reached(models: Iterable[Model], state: State, known: Mapping[str, Keys]) -> list[str]:
    """The tables that would change if every table made again came out as another."""
    reached, at_worst = [], dict(known)
    for model in models:
        noted, now = state.get(model.table, {}), _made_from(model, at_worst)
        at_worst[model.table] = {
            name: noted[name].content if name in noted and noted[name].made_from == made_from else made_from
            for name, made_from in now.items()
        }
        if {name: one.made_from for name, one in noted.items()} != now:
            reached.append(model.table)
    return reached


def _made_from(model: Model, known: Mapping[str, Keys]) -> Keys:
    """What each organisation's rows are made from, now; where nothing owned is read, those of all.

    Of a model with parts the names stand as they are, a line for each table read: which of them are others
    tells which parts are.
    """
    owners = {organisation for read in model.reads for organisation in known[read]}
    organisations = owners - {SHARED} or {SHARED}
    text = digest(duckdb.__version__, model.query)
    made: Keys = {}
    for organisation in sorted(organisations):
        lines = [text]
        for read in sorted(model.reads):
            own, shared = (known[read].get(name, _ABSENT) for name in (organisation, SHARED))
            lines.append(f"{read} {own} {shared}")
        made[organisation] = "\n".join(lines) if model.parts else digest(*lines)
    return made


def changed_parts(made_from: str, now: str, state: State, organisation: str) -> frozenset[str] | None:
    """The parts of an organisation's rows that are to be made again; None where it may be any."""
    (text, *before), (text_now, *after) = made_from.split("\n"), now.split("\n")
    if text != text_now or len(before) != len(after):
        return None
    parts: frozenset[str] = frozenset()
    for was, is_now in zip(before, after, strict=True):
        if was == is_now:
            continue
        table, own, shared = was.split(" ")
        latest = state.get(table, {}).get(organisation)
        if latest is None or latest.parts is None or latest.earlier != own:
            return None
        if is_now != f"{table} {latest.content} {shared}":
            return None
        parts |= latest.parts
    return parts


class _Aside:
    """The database in memory, and which organisations each of its tables shows.

    Of the tables that other models read, here or in a later layer, it is found out whether they came out as
    they were.
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

    def bring_up(self, model: Model, state: State, now: Keys) -> tuple[dict[str, Noted], int]:
        """Build what has changed of a table; what to note of it, and the number of its rows."""
        noted = state.get(model.table)
        if noted is None:
            rows = run_model(self._connection, model)
            return {name: Noted(key, digest(key)) for name, key in now.items()}, rows
        changed = [name for name, key in now.items() if name not in noted or noted[name].made_from != key]
        gone = [name for name in noted if name not in now]
        before = {name: noted[name].hashes if name in noted else None for name in changed}
        before |= self._hashes(model, [name for name, hashes in before.items() if hashes is None])
        if not gone and (parts := _parts(model, state, now, changed)):
            self.replace_parts(model, changed, parts)
        elif len(changed) * 2 > len(now):
            run_model(self._connection, model)
        elif changed or gone:
            self.replace_some(model, changed, gone)
        after = self._hashes(model, changed)
        (rows,) = self._connection.execute(f"select count(*) from {model.table}").fetchall()[0]
        return {
            name: _note(noted.get(name), key, before[name], after.get(name))
            if name in before
            else noted[name]
            for name, key in now.items()
        }, int(rows)

    def _hashes(self, model: Model, organisations: Sequence[str]) -> dict[str, Hashes]:
        if organisations and (model.table in self._read or model.schema != MODEL_SCHEMAS[-1]):
            found = hash_rows(self._connection, model.table, organisations)
            return {name: found.get(name, {}) for name in organisations}
        return {}

    def replace_parts(self, model: Model, changed: Sequence[str], parts: Set[str]) -> None:
        """Make these parts of the changed organisations' rows, and put them where the stale ones were."""
        alone = f"organisation_id in ({listed(changed)}) and {PART} in ({listed(sorted(parts))})"
        self._replace(model, f"select * from ({model.query}) as whole where {alone}", alone)

    def replace_some(self, model: Model, changed: Sequence[str], gone: Sequence[str]) -> None:
        """Make the rows of the organisations that have changed, and put them where the stale ones were."""
        for table in model.reads:
            self._show(table, listed([*changed, SHARED]))
        query = _TABLE.sub(
            lambda found: f"{BESIDE}.{found[0]}" if found[0] in model.reads else found[0], model.query
        )
        self._replace(model, query, f"organisation_id in ({listed([*changed, *gone])})")

    def _replace(self, model: Model, query: str, stale: str) -> None:
        self._connection.execute("begin transaction")
        try:
            self._connection.execute(f"delete from {model.table} where {stale}")
            self._connection.execute(f"insert into {model.table} by name {query}")
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


def _parts(model: Model, state: State, now: Keys, changed: Sequence[str]) -> frozenset[str] | None:
    """The parts of a model's rows that are to be made again; None where it may be any."""
    noted, parts = state[model.table], frozenset[str]()
    if not model.parts:
        return None
    for name in changed:
        of_one = changed_parts(noted[name].made_from, now[name], state, name) if name in noted else None
        if of_one is None:
            return None
        parts |= of_one
    return parts


def _note(noted: Noted | None, key: str, before: Hashes | None, after: Hashes | None) -> Noted:
    """What to note of an organisation's rows made again; those that came out as before keep their name."""
    if noted is None or before is None or after is None:
        return Noted(key, digest(key), after)
    if before == after:
        return replace(noted, made_from=key, hashes=after)
    parts = frozenset(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    return Noted(key, digest(key), after, noted.content, parts)
