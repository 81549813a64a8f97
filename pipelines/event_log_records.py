"""What Dagster asks of an asset's last materialization, answered without reading it again.

Every output and every check asks for the record of each asset it stands on, one at a time, and each answer is
read and unpacked anew: 1.5 of 12 seconds of a run. Here a record is kept until the asset is written to, by
this process or by any other; where one is missing, all that were written to since are read along with it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import dagster as dg
from dagster._core.event_api import EventLogRecord
from dagster._core.storage.event_log.base import AssetRecord
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from sqlalchemy import Connection

VERSION = "netvaerdi_data_version"
AT_ONCE = 400  # assets in one query; SQLite takes 999 values

Read = Callable[[list[dg.AssetKey]], Sequence[AssetRecord]]


class KeptRecords:
    """Records of assets as they stand in the index."""

    def __init__(self) -> None:
        self._records: dict[dg.AssetKey, AssetRecord] = {}
        self._written: dict[dg.AssetKey, None] = {}

    @contextmanager
    def changing(self, events: Sequence[dg.EventLogEntry]) -> Iterator[None]:
        """Forget the assets that events speak of: the body changes their rows.

        Forgotten again afterwards, since another thread may have read them meanwhile.
        """
        keys = [event.dagster_event.asset_key for event in events if event.dagster_event]
        self._forget(keys)
        try:
            yield
        finally:
            self._forget(keys)

    def _forget(self, keys: Iterable[dg.AssetKey | None]) -> None:
        for key in keys:
            if key is not None:
                self._records.pop(key, None)
                self._written[key] = None

    def forget_all(self) -> None:
        """Forget every record."""
        self._records.clear()

    def read(self, keys: Sequence[dg.AssetKey], read: Read) -> list[AssetRecord]:
        """The records of these assets; ``read`` fetches those that are not kept."""
        missing = [key for key in keys if key not in self._records]
        if missing:
            besides = [key for key in self._written if key not in missing][: AT_ONCE - len(missing)]
            for record in read([*missing, *besides]):
                self._records[record.asset_entry.asset_key] = record
            for key in besides:
                del self._written[key]
        return [self._records[key] for key in keys if key in self._records]


class RecordKeeping(SqliteEventLogStorage):
    """The part of the event log that keeps records."""

    def __init__(self, *arguments: Any) -> None:
        self._kept = KeptRecords()
        self._stored: dict[dg.AssetKey, tuple[str, EventLogRecord]] = {}
        super().__init__(*arguments)

    def forget_if_written(self, connection: Connection) -> None:
        """Forget every record if the index was written to since this connection last looked.

        Each connection counts for itself, from a beginning of its own, what others write: the numbers of two
        say nothing of each other. Each thread has its own connection, so a new one cannot tell, and forgets.
        """
        version = connection.exec_driver_sql("pragma data_version").scalar_one()
        if connection.info.get(VERSION) != version:
            self._kept.forget_all()
            connection.info[VERSION] = version

    def kept_records(self, asset_keys: Sequence[dg.AssetKey]) -> list[AssetRecord]:
        """The records of the assets that have any event."""
        return self._kept.read(asset_keys, super().get_asset_records)

    def wipe_asset(self, asset_key: dg.AssetKey) -> None:
        """Forget an asset's history."""
        self._kept.forget_all()
        super().wipe_asset(asset_key)

    def wipe_asset_cached_status(self, asset_key: dg.AssetKey) -> None:
        """Forget the status worked out of an asset."""
        self._kept.forget_all()
        super().wipe_asset_cached_status(asset_key)

    def update_asset_cached_status_data(self, asset_key: dg.AssetKey, cache_values: Any) -> None:
        """Keep the status worked out of an asset."""
        self._kept.forget_all()
        super().update_asset_cached_status_data(asset_key, cache_values)

    def _get_asset_entry_values(
        self, event: dg.EventLogEntry, event_id: int, has_asset_key_index_cols: bool
    ) -> dict[str, Any]:
        values: dict[str, Any] = super()._get_asset_entry_values(event, event_id, has_asset_key_index_cols)
        key = event.dagster_event.asset_key if event.dagster_event else None
        if key is not None and "last_materialization" in values:
            self._stored[key] = (values["last_materialization"], EventLogRecord(event_id, event))
        return values

    def _get_latest_materialization_records(
        self, raw_asset_rows: Sequence[Any]
    ) -> Mapping[dg.AssetKey, EventLogRecord | None]:
        known: dict[dg.AssetKey, EventLogRecord | None] = {}
        others = []
        for row in raw_asset_rows:
            key = dg.AssetKey.from_db_string(row["asset_key"])
            text, record = self._stored.get(key, ("", None)) if key else ("", None)
            if key and record and not row["asset_details"] and text == row["last_materialization"]:
                known[key] = record
            else:
                others.append(row)
        if others:
            known.update(super()._get_latest_materialization_records(others))
        return known
