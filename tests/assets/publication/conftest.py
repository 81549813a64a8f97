"""A tiny warehouse, made by hand: one organisation, one network, one quarter."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from assets.accepted.tables import create_tables
from assets.home import Home
from assets.publication.database import publish
from assets.run_record import Run
from assets.warehouse import open_warehouse

TABLES = """
create table raw.delivery (
    sequence bigint, organisation_id varchar, path varchar, sha256 varchar, bytes bigint,
    received_at timestamp, received_date date, state varchar, superseded_at timestamp, superseded_by bigint,
    encoding varchar, rows_read bigint, rows_accepted bigint, rows_rejected bigint, rows_skipped bigint
);
create table raw.sheet (
    delivery_sequence bigint, sheet varchar, sheet_position integer, kind varchar, heading_row integer,
    headings json, columns json, hidden boolean, rows_read bigint
);
create table raw.source_row (
    delivery_sequence bigint, organisation_id varchar, sheet varchar, kind varchar,
    row_number integer, cells json
);
create table accepted.finding (
    organisation_id varchar, delivery_sequence bigint, path varchar, sheet varchar, row_number integer,
    kind varchar, heading varchar, cell varchar, value varchar, rule varchar, severity varchar,
    message_da varchar, message_en varchar, record_key varchar, waived boolean, waived_until date,
    waiver_owner varchar, waiver_reason varchar
);
create table settings.organisations (
    organisation_id varchar, name varchar, not_before date, med_discussed_on date, controller varchar,
    contact varchar, protection_officer varchar, purpose varchar, legal_basis varchar, storage varchar,
    objection varchar
);
create table calendar.as_of (organisation_id varchar, as_of date);
create table definitions.responsibility (
    responsibility_id varchar, accountability varchar, name_da varchar, name_en varchar,
    purpose_da varchar, purpose_en varchar
);
create table definitions.indicator (
    indicator_id varchar, responsibility_id varchar, name_da varchar, name_en varchar, purpose_da varchar,
    purpose_en varchar, formula_da varchar, formula_en varchar, unit varchar, direction varchar,
    definition_version integer, counter_indicator_da varchar, counter_indicator_en varchar,
    limits_da varchar, limits_en varchar, source_kinds varchar, owner varchar, valid_from date,
    approved_by varchar
);
create table definitions.indicator_version (
    indicator_id varchar, definition_version integer, valid_from date, approved_by varchar,
    change_da varchar, change_en varchar, fingerprint varchar
);
create table definitions.target (
    indicator_id varchar, organisation_id varchar, network_type varchar, valid_from date, target double,
    partly_target double, window_months integer, minimum_count integer, direction varchar, reason varchar,
    owner varchar
);
create table results.indicator_result (
    organisation_id varchar, network_id varchar, period varchar, indicator_id varchar, dimension varchar,
    responsibility_id varchar, reference_leader_id varchar, period_start date, period_end date,
    provisional boolean, phase varchar, numerator double, denominator double, value double, lower double,
    upper double, n bigint, target double, partly_target double, status varchar, reason varchar,
    certain boolean, disputed boolean, value_if_upheld double, status_if_upheld varchar,
    definition_version integer
);
create table results.responsibility_result (
    organisation_id varchar, network_id varchar, period varchar, responsibility_id varchar,
    reference_leader_id varchar, accountability varchar, status varchar, perceived_status varchar,
    perception_gap integer, disputed boolean, status_if_upheld varchar, fulfilled integer, partly integer,
    not_fulfilled integer
);
create table results.responsibility_summary (
    organisation_id varchar, period varchar, responsibility_id varchar, network_type varchar,
    "window" varchar, networks bigint, fulfilled bigint, partly bigint, not_fulfilled bigint,
    not_assessable bigint, not_applicable bigint, suppressed boolean
);
create table results.organisation_result (
    organisation_id varchar, period varchar, measure_id varchar, dimension varchar, numerator double,
    denominator double, value double, lower double, upper double, n bigint, suppressed boolean
);
create table results.evidence (
    organisation_id varchar, network_id varchar, period varchar, indicator_id varchar, dimension varchar,
    record_kind varchar, record_key varchar, part varchar
);
create table audit.quality_result (
    run_id varchar, layer varchar, table_name varchar, check_name varchar, expectation varchar,
    column_name varchar, outcome varchar, blocking boolean, rows_checked bigint, violations bigint
);
create table results.hearing (
    organisation_id varchar, network_id varchar, period varchar, indicator_id varchar,
    reference_leader_id varchar, state varchar, heard_on date, final_on date, remarks varchar
);
create table results.completeness (
    organisation_id varchar, network_id varchar, period varchar, kind varchar, delivered varchar,
    delivered_date date, days_after_quarter integer, delivery_days integer, rows_held bigint,
    findings bigint, findings_mended bigint, findings_waived bigint, findings_overdue bigint,
    mending_days integer
);
create table results.todo (
    organisation_id varchar, network_id varchar, task varchar, record_kind varchar, record_key varchar,
    since_date date, days_waited integer
);
"""
Insert = Callable[..., None]


RUN = Run("run-1", datetime(2026, 10, 1, 8, 30, tzinfo=UTC), date(2026, 9, 29))


@pytest.fixture
def run() -> Run:
    """A run on the first day of October."""
    return RUN


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home whose warehouse has its few rows; nothing published. Not to be changed."""
    home = Home.create(tmp_path_factory.mktemp("filled") / "home")
    with open_warehouse(home.warehouse_file) as connection:
        connection.execute(TABLES)
        create_tables(connection)
        fill(connection)
    return home


@pytest.fixture(scope="session")
def published_home(filled_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The same, published once. Not to be changed."""
    home = copied(filled_home, tmp_path_factory.mktemp("published"))
    with open_warehouse(home.warehouse_file) as connection:
        publish(connection, home, RUN)
    return home


def copied(home: Home, folder: Path) -> Home:
    """A copy of a home, to be changed freely."""
    shutil.copytree(home.root, folder / "home")
    return Home.open(folder / "home")


@pytest.fixture
def home(filled_home: Home, tmp_path: Path) -> Home:
    """A home of the test's own, not yet published."""
    return copied(filled_home, tmp_path)


@pytest.fixture
def warehouse(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse of the test's own home."""
    with open_warehouse(home.warehouse_file) as connection:
        yield connection


@pytest.fixture
def insert(warehouse: duckdb.DuckDBPyConnection) -> Insert:
    """Add one row to a table of the warehouse, columns by name."""
    return lambda table, **values: insert_row(warehouse, table, **values)


def insert_row(connection: duckdb.DuckDBPyConnection, table: str, **values: Any) -> None:
    """Add one row; columns left out are empty."""
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" for _ in values)
    given = [json.dumps(one, ensure_ascii=False) if isinstance(one, dict) else one for one in values.values()]
    connection.execute(f"insert into {table} ({names}) values ({marks})", given)


def fill(connection: duckdb.DuckDBPyConnection) -> None:
    """One delivery with four sheets; R2.2 counts two coordinations, R4.P rests on eight answers."""

    def add(table: str, **values: Any) -> None:
        insert_row(connection, table, **values)

    place = {"organisation_id": "by", "delivery_sequence": 1}
    key = {"organisation_id": "by", "network_id": "N-01", "period": "2026Q3"}
    add(
        "raw.delivery",
        sequence=1,
        organisation_id="by",
        path="netvaerk.xlsx",
        sha256="ab" * 32,
        bytes=4096,
        received_at=datetime(2026, 10, 1, 6),
        received_date=date(2026, 10, 1),
        state="current",
        rows_read=13,
        rows_accepted=12,
        rows_rejected=1,
        rows_skipped=0,
    )
    sheets = {
        "Personer": (
            "people",
            ["Person-id", "Navn", "Enhed", "Gældende fra", "Noter"],
            ["person_id", "name", "unit", "valid_from", None],
        ),
        "Netværk": ("networks", ["Netværks-id", "Titel"], ["network_id", "title"]),
        "Samspil": (
            "touchpoints",
            ["Samspils-id", "Netværks-id", "Dato", "Art", "Af"],
            ["touchpoint_id", "network_id", "date", "kind", "by_id"],
        ),
        "Puls": ("pulse", ["Netværks-id", "Dato", "Svar"], ["network_id", "date", "score"]),
        "Huskeseddel": (None, ["Ring til"], [None]),
    }
    for position, (sheet, (kind, headings, columns)) in enumerate(sheets.items()):
        letters = "ABCDE"
        add(
            "raw.sheet",
            delivery_sequence=1,
            sheet=sheet,
            sheet_position=position,
            kind=kind,
            heading_row=1,
            headings=dict(zip(letters, headings, strict=False)),
            columns={a: c for a, c in zip(letters, columns, strict=False) if c},
            hidden=False,
            rows_read=2,
        )
    rows = [
        ("Personer", "people", 2, ["P-1", "Asta Ravn", "Skoleafdelingen", "2020-01-01", "bor i Nabolund"]),
        ("Netværk", "networks", 2, ["N-01", 'Grøn "drift"']),
        ("Samspil", "touchpoints", 2, ["s-1", "N-01", "3. aug. 2026", "Koordinering", "P-1"]),
        ("Samspil", "touchpoints", 3, ["S-2", " n-01", "01-09-2026", "Koordinering", "P-1"]),
        ("Samspil", "touchpoints", 4, ["S-3", "N-01", "31-02-2026", "Koordinering", "P-1"]),
        *(("Puls", "pulse", number, ["N-01", "2026-06-01", "4"]) for number in range(2, 10)),
        ("Huskeseddel", None, 2, ["Asta Ravn"]),
    ]
    for sheet, kind, row_number, cells in rows:
        add(
            "raw.source_row",
            **place,
            sheet=sheet,
            kind=kind,
            row_number=row_number,
            cells=dict(zip("ABCDE", cells, strict=False)),
        )
    add(
        "accepted.people",
        **place,
        sheet="Personer",
        row_number=2,
        record_key="P-1/2020-01-01",
        person_id="P-1",
        name="Asta Ravn",
        unit="Skoleafdelingen",
        valid_from=date(2020, 1, 1),
    )
    add(
        "accepted.networks",
        **place,
        sheet="Netværk",
        row_number=2,
        record_key="N-01",
        network_id="N-01",
        title='Grøn "drift"',
        network_type="welfare",
        start_date=date(2024, 1, 1),
    )
    for row_number, name, day in ((2, "S-1", date(2026, 8, 3)), (3, "S-2", date(2026, 9, 1))):
        add(
            "accepted.touchpoints",
            **place,
            sheet="Samspil",
            row_number=row_number,
            record_key=name,
            touchpoint_id=name,
            network_id="N-01",
            date=day,
            kind="coordination",
            by_id="P-1",
        )
    for row_number in range(2, 10):
        add(
            "accepted.pulse",
            **place,
            sheet="Puls",
            row_number=row_number,
            network_id="N-01",
            date=date(2026, 6, 1),
            respondent_role="participant",
            responsibility="R4",
            score=4,
        )
    add(
        "accepted.finding",
        **place,
        path="netvaerk.xlsx",
        sheet="Samspil",
        row_number=4,
        kind="touchpoints",
        heading="Dato",
        cell="C4",
        value="31-02-2026",
        rule="type",
        severity="error",
        record_key="S-3",
        waived=False,
        message_da="31-02-2026 er ingen dato.",
        message_en="31-02-2026 is no date.",
    )
    add(
        "accepted.finding",
        **place,
        path="netvaerk.xlsx",
        sheet="Puls",
        row_number=10,
        kind="pulse",
        heading="Svar",
        cell="C10",
        value="7",
        rule="range",
        severity="error",
        message_da="7 er ikke 1-5.",
        message_en="7 is not 1-5.",
    )
    add("calendar.as_of", organisation_id="by", as_of=date(2026, 9, 29))
    for name, accountability in (("R2", "supporting"), ("R4", "accountable")):
        add(
            "definitions.responsibility",
            responsibility_id=name,
            accountability=accountability,
            name_da=name,
            name_en=name,
            purpose_da="",
            purpose_en="",
        )
    for name in ("R2.1", "R2.2", "R4.P"):
        add(
            "definitions.indicator",
            indicator_id=name,
            responsibility_id=name[:2],
            name_da=name,
            name_en=name,
            purpose_da="",
            purpose_en="",
            formula_da="",
            formula_en="",
            unit="count",
            source_kinds="touchpoints",
            direction="at_least",
            definition_version=1,
        )
    add(
        "definitions.target",
        indicator_id="R2.2",
        organisation_id="",
        network_type="",
        valid_from=date(2020, 1, 1),
        target=1,
        direction="at_least",
        reason="standard",
        owner="",
    )
    result = {
        **key,
        "dimension": "",
        "reference_leader_id": "P-1",
        "period_start": date(2026, 7, 1),
        "period_end": date(2026, 9, 29),
        "provisional": True,  # so that a changed figure is no restatement
        "phase": "active",
        "disputed": False,
        "definition_version": 1,
    }
    table = "results.indicator_result"
    add(
        table,
        **result,
        indicator_id="R2.1",
        responsibility_id="R2",
        value=0,
        target=2,
        partly_target=1,
        status="not_fulfilled",
        certain=True,
    )
    add(
        table,
        **result,
        indicator_id="R2.2",
        responsibility_id="R2",
        value=2,
        target=1,
        status="fulfilled",
        certain=True,
    )
    add(table, **result, indicator_id="R4.P", responsibility_id="R4", n=8, status="fulfilled", certain=False)
    for name in ("S-1", "S-2"):
        add(
            "results.evidence",
            **key,
            indicator_id="R2.2",
            dimension="",
            record_kind="touchpoints",
            record_key=name,
            part="numerator",
        )
    add(
        "results.evidence",
        **key,
        indicator_id="R4.P",
        dimension="",
        record_kind="delivery",
        record_key="1",
        part="denominator",
    )
    add(
        "results.responsibility_result",
        **key,
        responsibility_id="R2",
        reference_leader_id="P-1",
        accountability="supporting",
        status="partly",
        disputed=False,
        fulfilled=1,
        partly=0,
        not_fulfilled=1,
    )
    add(
        "results.responsibility_summary",
        organisation_id="by",
        period="2026Q3",
        responsibility_id="R2",
        network_type="",
        window="quarter",
        suppressed=True,
    )
    add(
        "results.organisation_result",
        organisation_id="by",
        period="2026Q3",
        measure_id="networks_active",
        dimension="",
        value=1,
        suppressed=False,
    )
    for run_id in ("run-0", "run-1"):
        add(
            "audit.quality_result",
            run_id=run_id,
            layer="results",
            table_name="indicator_result",
            check_name="value_in_bounds",
            outcome="passed",
            blocking=True,
            rows_checked=3,
            violations=0,
        )
