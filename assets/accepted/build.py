"""The accepted layer: from what was sent to what counts as said, and a finding for everything else.

Rules run over whole frames, kind by kind in the order of the contract, so that a kind is settled before
others refer to it. Nothing is carried over from an earlier build.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import duckdb
import polars as pl

from assets.accepted.alias_questions import alias_questions
from assets.accepted.aliases import ALIAS_USE, AliasMap, apply_aliases, read_aliases
from assets.accepted.counts import AcceptedReport, report_of, write_counts
from assets.accepted.findings import reading_findings, row_findings, skipped_findings
from assets.accepted.keys import KEY_AS_SENT, OWN_KEY, duplicate_keys, superseded_keys, with_key
from assets.accepted.ledger import Ledger
from assets.accepted.notices import notices
from assets.accepted.overlaps import overlapping_people, two_reference_leaders
from assets.accepted.reader_faults import read_reader_faults
from assets.accepted.references import check_references, empty_references_not_kept, resolve_disputes
from assets.accepted.row_rules import in_kroner, row_faults, with_defaults
from assets.accepted.settings import settings_findings, settings_table
from assets.accepted.source import ROW_META, Source, read_source, told_deliveries
from assets.accepted.tables import create_tables, table_columns
from assets.accepted.typed import type_rows
from assets.accepted.waivers import with_waivers
from assets.contract import KIND_BY_NAME, KINDS, Kind
from assets.warehouse import replace_table


@dataclass
class _Build:
    source: Source
    ledger: Ledger
    aliases: AliasMap
    rates: pl.DataFrame
    records: dict[str, pl.DataFrame]
    alias_uses: list[pl.DataFrame]
    absent: frozenset[str]


def build_accepted(
    connection: duckdb.DuckDBPyConnection,
    *,
    as_known: int | None = None,
    today: date | None = None,
    absent: frozenset[str] = frozenset(),
) -> AcceptedReport:
    """Compute every accepted table and ``accepted.finding`` anew from the deliveries that are current.

    Args:
        as_known: Read what was current when this sequence number was the latest, and leave the row
            counts of ``raw.delivery`` alone.
        today: The day by which waivers and aliases are in force; else the latest day of receipt.
        absent: Kinds (and ``rates``) that were not given to be judged: what rests on them is left unjudged.
    """
    source = read_source(connection, KINDS, as_known=as_known)
    if today is None:
        today = _latest_receipt(source)
    settings_aliases = settings_table(connection, "aliases")
    organisations = source.deliveries.get_column("organisation_id").unique().to_list()
    reader = read_reader_faults(connection, source)
    build = _Build(
        source=source,
        ledger=Ledger(reader.refused_rows, reader.faulty_cells),
        aliases=read_aliases(settings_aliases, dict.fromkeys(organisations, today)),
        rates=settings_table(connection, "rates"),
        records={},
        alias_uses=[pl.DataFrame(schema=ALIAS_USE)],
        absent=absent,
    )
    build.ledger.reject(reader.rejected_rows)
    for kind in KINDS:
        _settle(build, kind)
    accepted = {name: build.ledger.standing(rows) for name, rows in build.records.items()}
    build.ledger.write(notices(accepted, absent))
    _write_tables(connection, accepted)
    replace_table(connection, "accepted.alias_use", pl.concat(build.alias_uses))
    questions = alias_questions(accepted["people"], accepted["adoption_events"])
    replace_table(connection, "accepted.alias_question", questions)
    findings = _findings(connection, build, as_known=as_known, today=today)
    replace_table(connection, "accepted.finding", findings)
    report = report_of(source, build.records, accepted, findings)
    if as_known is None:
        write_counts(connection, report.deliveries)
    return report


def _latest_receipt(source: Source) -> date:
    latest = source.deliveries.get_column("received_date").max()
    return latest if isinstance(latest, date) else date.min


def _settle(build: _Build, kind: Kind) -> None:
    """Judge one kind's rows; those before it in the contract are settled."""
    ledger = build.ledger
    columns = build.source.columns
    rows, unreadable = type_rows(kind, build.source.rows[kind.name], columns)
    ledger.write(unreadable)
    ledger.write(row_faults(kind, rows))
    rows = with_defaults(kind, rows)
    if kind.name == "applications":
        rows, no_rate = in_kroner(rows, build.rates)
        if "rates" not in build.absent:
            ledger.write([no_rate])
    rows = with_key(kind, rows, KEY_AS_SENT)
    rows, used = apply_aliases(kind, rows, build.aliases)
    build.alias_uses.extend(used)
    rows = with_key(kind, rows)
    ledger.write([duplicate_keys(kind, rows)])
    solutions = build.records.get("solutions")
    if solutions is not None and "solutions" not in build.absent:
        rows, not_kept = empty_references_not_kept(kind, rows, solutions)
        ledger.write([not_kept])
    if kind.name == "disputes":
        rows = resolve_disputes(rows, build.records, ledger, build.absent)
    build.records[kind.name] = rows
    check_references(kind, rows, build.records, ledger, build.absent)
    ledger.write([superseded_keys(kind, ledger.standing(rows))])
    if kind.name == "people":
        ledger.write([overlapping_people(ledger.standing(rows))])
    if kind.name == "roles":
        ledger.write([two_reference_leaders(ledger.standing(rows))])


def _write_tables(connection: duckdb.DuckDBPyConnection, accepted: Mapping[str, pl.DataFrame]) -> None:
    """Fill ``accepted.<kind>`` with the rows that stand, by key."""
    create_tables(connection)
    for name, standing in accepted.items():
        kind = KIND_BY_NAME[name]
        own = pl.col(OWN_KEY).alias("record_key")
        # A dispute's record_key is the disputed record's, not its own.
        disputed = any(column.name == "record_key" for column in kind.columns)
        rows = standing if disputed else standing.with_columns(own)
        names = list(table_columns(kind))
        order = ["organisation_id", OWN_KEY, "delivery_sequence", "sheet_position", "row_number"]
        connection.register("standing_rows", rows.sort(order).select(names).to_arrow())
        try:
            listed = ", ".join(f'"{column}"' for column in names)
            connection.execute(f"insert into accepted.{name} ({listed}) select {listed} from standing_rows")
        finally:
            connection.unregister("standing_rows")


def _findings(
    connection: duckdb.DuckDBPyConnection, build: _Build, *, as_known: int | None, today: date
) -> pl.DataFrame:
    places = pl.concat(_places(build))
    told = told_deliveries(connection, as_known=as_known)
    found = pl.concat(
        [
            reading_findings(connection, told, pathless=as_known is None),
            skipped_findings(connection, told),
            settings_findings(connection),
            row_findings(build.ledger, build.source, places),
        ]
    )
    found = with_waivers(found, settings_table(connection, "waivers"), today)
    return found.sort("delivery_sequence", "sheet", "row_number", nulls_last=False, maintain_order=True)


def _places(build: _Build) -> Iterable[pl.DataFrame]:
    for name, rows in build.source.rows.items():
        keys = build.records[name].select("row_id", OWN_KEY)
        yield (
            rows.select(list(ROW_META))
            .with_columns(pl.lit(name).alias("kind"))
            .join(keys, on="row_id", how="left", maintain_order="left")
        )
