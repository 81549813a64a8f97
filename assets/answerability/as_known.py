"""What stood at an earlier publication, computed again from what was known then, and whether it is the same.

The answer to "what did you know, and would you say the same today?". Nothing of the home is changed.
"""

import json
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from assets.accepted.build import build_accepted
from assets.accepted.settings import build_settings
from assets.answerability.finding_history import note_findings
from assets.answerability.rewind import known_at, rewind
from assets.answerability.targets import opened
from assets.clock import now
from assets.core.calendar import build_calendar
from assets.errors import RequestError
from assets.gates import run_gates
from assets.home import Home
from assets.indicators.definitions import build_definitions
from assets.publication.chain import MANIFEST, Entry, read_table
from assets.publication.database import build_file
from assets.publication.ledger import code_version, record_run
from assets.publication.seal import history_folder
from assets.results.figure_history import hold_back_figures
from assets.results.summary import build_summary
from assets.run_record import Run
from assets.sql_models import load_models, run_models
from assets.warehouse import open_warehouse

SUMMARY = "results.responsibility_summary"


@dataclass(frozen=True)
class AsKnown:
    """A publication beside the same computed again.

    Attributes:
        publication: Its number in the chain.
        known: The latest sequence number of deliveries it knew.
        as_of: The day its figures are computed as of.
        published_hash: Content hash as it was sealed.
        computed_hash: Content hash of the same computed again.
        differing: Tables that are not the same, in name order.
        same_code: Whether the code that computed it then is the code of today.
    """

    publication: int
    known: int
    as_of: date
    published_hash: str
    computed_hash: str
    differing: tuple[str, ...]
    same_code: bool

    @property
    def same(self) -> bool:
        """The same publication."""
        return self.published_hash == self.computed_hash


def as_known(home: Home, publication: int | None = None, out: Path | None = None) -> AsKnown:
    """Compute a publication again from what was known when it was made.

    Args:
        publication: Its number; the latest unless told.
        out: Where to leave the database computed again, to be read; nowhere unless told.

    Raises:
        RequestError: There is no such publication, it was made of one organisation alone, or the warehouse
            never held what its manifest names.
    """
    with opened(home.warehouse_file) as warehouse:
        chain = _chain(warehouse)
        entry = _entry(chain, publication)
        manifest = _manifest(home, entry)
        if _organisation(warehouse, entry):
            raise RequestError(
                f"Offentliggørelse {entry.sequence} regnede kun én organisation om og kan ikke gentages.",
                f"Publication {entry.sequence} recomputed one organisation only and cannot be repeated.",
            )
        known = known_at(warehouse, manifest["inputs"])
        if known is None:
            raise RequestError(
                f"Lageret har ikke længere de leverancer, offentliggørelse {entry.sequence} bygger på.",
                f"The warehouse no longer holds the deliveries that publication {entry.sequence} rests on.",
            )
        days = {row["organisation_id"]: date.fromisoformat(row["as_of"]) for row in manifest["as_of"]}
        before = chain[: entry.sequence - 1]
        with tempfile.TemporaryDirectory() as folder:
            place = out or Path(folder) / "computed.duckdb"
            place.unlink(missing_ok=True)
            with open_warehouse(Path(folder) / "warehouse.duckdb") as scratch:
                rewind(warehouse, scratch, known, before)
                made = _compute(scratch, days, before, place)
    then = {name: output["sha256"] for name, output in manifest["outputs"].items()}
    again = {name: output["sha256"] for name, output in made["outputs"].items()}
    return AsKnown(
        entry.sequence,
        known,
        max(days.values()),
        entry.content_hash,
        made["content_hash"],
        tuple(sorted(name for name in then.keys() | again.keys() if then.get(name) != again.get(name))),
        manifest["code_version"] == code_version(),
    )


def _compute(
    scratch: duckdb.DuckDBPyConnection, days: dict[str, date], before: list[Entry], place: Path
) -> dict[str, Any]:
    """The steps of a run from settings to the published file; the manifest it would have had."""
    day = max(days.values())
    run = Run("as_known", now(), day)
    build_settings(scratch)
    build_accepted(scratch, today=day)
    note_findings(scratch)
    run_gates(scratch, "accepted", run.run_id)
    build_calendar(scratch, days)
    build_definitions(scratch)
    models = load_models()
    later = {
        model.table for model in models if _rests_on_summary(model.table, {m.table: m.reads for m in models})
    }
    run_models(scratch, [model for model in models if model.table not in later])
    build_summary(scratch)
    run_models(scratch, [model for model in models if model.table in later])
    run_gates(scratch, "results", run.run_id)
    record_run(scratch, run)
    hold_back_figures(scratch)
    _, manifest, _ = build_file(scratch, place, before, run)
    made: dict[str, Any] = json.loads(manifest)
    return made


def _rests_on_summary(table: str, reads: dict[str, tuple[str, ...]]) -> bool:
    return any(read == SUMMARY or _rests_on_summary(read, reads) for read in reads.get(table, ()))


def _chain(warehouse: duckdb.DuckDBPyConnection) -> list[Entry]:
    there = warehouse.execute(
        "select 1 from duckdb_tables() where schema_name = 'audit' and table_name = 'publication'"
    ).fetchall()
    return read_table(warehouse) if there else []


def _entry(chain: list[Entry], publication: int | None) -> Entry:
    wanted = len(chain) if publication is None else publication
    found = next((entry for entry in chain if entry.sequence == wanted), None)
    if found is None:
        raise RequestError(
            f"Der er ingen offentliggørelse {wanted}; kæden har {len(chain)}.",
            f"There is no publication {wanted}; the chain has {len(chain)}.",
        )
    return found


def _manifest(home: Home, entry: Entry) -> dict[str, Any]:
    path = history_folder(home) / entry.folder / MANIFEST
    if not path.is_file():
        raise RequestError(
            f"Manifestet for offentliggørelse {entry.sequence} mangler; kør netvaerdi verify.",
            f"The manifest of publication {entry.sequence} is missing; run netvaerdi verify.",
        )
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return manifest


def _organisation(warehouse: duckdb.DuckDBPyConnection, entry: Entry) -> str:
    rows = warehouse.execute(
        "select organisation_id from audit.run where run_id = ?", [entry.run_id]
    ).fetchall()
    return str(rows[0][0] or "") if rows else ""
