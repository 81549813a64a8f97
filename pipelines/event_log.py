"""Dagster's event log in SQLite, with its connections kept open.

Dagster makes an engine anew for every event, and with it throws away every compiled statement: measured on
113 assets, 2.9 s of computing a run against 1.0 s with the engines kept. What one event writes to a file is
one transaction, and so is a batch of events; what columns a file has is asked once. The files are the same
as those of Dagster's own class, so that either reads what the other wrote.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

import dagster as dg
from dagster._core.storage.event_log.base import AssetRecord
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import SingletonThreadPool

from pipelines.event_log_checks import EVALUATED, can_wait, evaluate, insert_rows, is_planned, plan
from pipelines.event_log_records import RecordKeeping

BUSY_SECONDS = 300  # how long one process waits while another writes
WAITING = 500  # events of checks at most, before they are stored
KEPT_OPEN = 16  # files: the index and the latest runs; a server that looks at many runs closes the others


class EventLog(RecordKeeping):
    """The event log below ``base_dir``, which is Dagster's home."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engines: dict[str, Engine] = {}
        self._held: dict[str, Connection] | None = None
        self._holding = ExitStack()
        self._known: set[str] = set()
        self._waiting: list[dg.EventLogEntry] = []
        super().__init__(str(Path(base_dir) / "history" / "runs"), inst_data)
        # What stores an event opens the same file several times.
        self._db_lock = RLock()  # type: ignore[assignment]

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Any) -> "EventLog":
        """Made by Dagster from ``dagster.yaml``."""
        return cls(inst_data=inst_data, **config_value)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            if self._held is None:
                if self._waiting:  # whoever reads sees all there is
                    self._store_waiting()
                with self._engine(shard).connect() as connection, connection.begin():
                    yield connection
                return
            if shard not in self._held:
                connection = self._holding.enter_context(self._engine(shard).connect())
                self._holding.enter_context(connection.begin())
                self._held[shard] = connection
            yield self._held[shard]

    def get_asset_records(self, asset_keys: Sequence[dg.AssetKey] | None = None) -> Sequence[AssetRecord]:
        """The records of the assets that have any event; all assets where none is named."""
        if not asset_keys:
            return super().get_asset_records(asset_keys)
        with self._db_lock:  # what is read is kept before another thread looks whether it still holds
            # What waits concerns no asset's record, so it may go on waiting.
            with self._engine(INDEX_SHARD_NAME).connect() as connection:
                self.forget_if_written(connection)
            return self.kept_records(asset_keys)

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        """Everything that the body writes to a file is one transaction, undone where the body fails."""
        with self._db_lock:
            if self._held is not None:
                yield
                return
            self._held = {}
            try:
                with self._holding:
                    yield
            finally:
                self._held = None

    def store_event(self, event: dg.EventLogEntry) -> None:
        """Store an event, in its run's file and in the index.

        What a step says of its checks is stored with the first event after it that cannot wait, or when
        somebody reads: the end of the step is such an event.
        """
        with self._db_lock:
            if can_wait(event):
                self._waiting.append(event)
                if len(self._waiting) >= WAITING:
                    self._store_waiting()
                return
            self._store_waiting()
        with self._kept.changing([event]), self._at_once():
            super().store_event(event)

    def store_event_batch(self, events: Sequence[dg.EventLogEntry]) -> None:
        """Store events that belong together: all or none."""
        self._store_waiting()
        with self._kept.changing(events), self._at_once():
            for event in events:
                if not is_planned(event):
                    super().store_event(event)
            for run_id, planned in by_run(event for event in events if is_planned(event)).items():
                rows = [self._event_to_row(event) for event in planned]
                with self.run_connection(run_id) as connection:
                    insert_rows(connection, rows)
                with self.index_connection() as connection:
                    plan(connection, planned, rows)

    def _store_waiting(self) -> None:
        with self._db_lock:
            waiting, self._waiting = self._waiting, []
            if not waiting:
                return
            with self._at_once():
                for run_id, of_run in by_run(waiting).items():
                    rows = [self._event_to_row(event) for event in of_run]
                    judged = [
                        place for place, one in enumerate(of_run) if one.dagster_event_type == EVALUATED
                    ]
                    with self.run_connection(run_id) as connection:
                        insert_rows(connection, rows)
                    if judged:
                        with self.index_connection() as connection:
                            evaluate(connection, [of_run[at] for at in judged], [rows[at] for at in judged])

    def delete_events(self, run_id: str) -> None:
        """Delete a run's events, and the file that held them."""
        super().delete_events(run_id)
        with self._db_lock:
            if engine := self._engines.pop(run_id, None):
                engine.dispose()
            self._initialized_dbs.discard(run_id)
            for left in ("", "-wal", "-shm"):
                Path(f"{self.path_for_shard(run_id)}{left}").unlink(missing_ok=True)

    @property
    def supports_asset_checks(self) -> bool:
        """Whether the index has the table of checks; it is made with the file."""
        return True

    def has_asset_key_col(self, column_name: str) -> bool:
        """Whether the index has a column; one that is there stays."""
        return self._is_known(column_name) or self._learn(column_name, super().has_asset_key_col(column_name))

    def _has_asset_key_col_on_connection(self, conn: Connection, column_name: str) -> bool:
        return self._is_known(column_name) or self._learn(
            column_name, super()._has_asset_key_col_on_connection(conn, column_name)
        )

    def has_secondary_index(self, name: str) -> bool:
        """Whether a migration has been made; one that was made stays."""
        return self._is_known(name) or self._learn(name, super().has_secondary_index(name))

    def _is_known(self, name: str) -> bool:
        return name in self._known

    def _learn(self, name: str, there: bool) -> bool:
        if there:
            self._known.add(name)
        return there

    def _engine(self, shard: str) -> Engine:
        engine = self._engines.pop(shard, None) or self._open(shard)
        self._engines[shard] = engine  # last in the order of use
        while len(self._engines) > KEPT_OPEN:
            self._engines.pop(next(iter(self._engines))).dispose()
        return engine

    def _open(self, shard: str) -> Engine:
        engine = create_engine(
            self.conn_string_for_shard(shard),
            poolclass=SingletonThreadPool,  # SQLite allows a connection one thread
            connect_args={"timeout": BUSY_SECONDS},
        )
        # With a write-ahead log this loses no event when the process dies, only when the machine does.
        event.listen(
            engine, "connect", lambda connection, _: connection.execute("pragma synchronous = normal")
        )
        self._initdb(engine)
        self._initialized_dbs.add(shard)
        return engine

    def dispose(self) -> None:
        """Store what waits, and close every connection."""
        self._store_waiting()
        for engine in self._engines.values():
            engine.dispose()
        self._engines.clear()
        super().dispose()


def by_run(events: Iterable[dg.EventLogEntry]) -> dict[str, list[dg.EventLogEntry]]:
    """Events by the run they are of, in their order."""
    found: dict[str, list[dg.EventLogEntry]] = {}
    for one in events:
        found.setdefault(one.run_id, []).append(one)
    return found
