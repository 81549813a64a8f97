"""Since when each finding has stood, and when it was mended: ``accepted.finding_history``, kept over runs.

``accepted.finding`` says what is wrong now. Whether faults are mended in the agreed days needs to know what
was wrong before; that is kept here by what was found, never by what the cell said.
"""

import duckdb

TABLE = """
create table if not exists accepted.finding_history (
    organisation_id varchar,
    network_id varchar,
    path varchar,
    kind varchar,
    rule varchar,
    heading varchar,
    record varchar,
    severity varchar,
    waived boolean,
    first_sequence bigint,
    first_date date,
    mended_sequence bigint,
    mended_date date
)
"""
# The network a row speaks of stands in its cell under the heading that was read as network_id.
NOW = """
create or replace temp table finding_now as
with findings as (
    select
        coalesce(finding.organisation_id, '') as organisation_id,
        coalesce(finding.path, '') as path,
        coalesce(finding.kind, '') as kind,
        finding.rule,
        coalesce(finding.heading, '') as heading,
        coalesce(
            nullif(finding.record_key, ''), concat_ws('/', finding.sheet, finding.row_number), ''
        ) as record,
        finding.severity,
        coalesce(finding.waived, false) as waived,
        finding.delivery_sequence,
        delivery.received_date,
        json_extract_string(
            source.cells,
            '$.' || list_filter(
                json_keys(cast(sheet.columns as json)),
                lambda letter: json_extract_string(cast(sheet.columns as json), '$.' || letter) = 'network_id'
            )[1]
        ) as network
    from accepted.finding as finding
    left join raw.delivery as delivery on finding.delivery_sequence = delivery.sequence
    left join raw.sheet as sheet
        on finding.delivery_sequence = sheet.delivery_sequence and finding.sheet = sheet.sheet
    left join raw.source_row as source
        on finding.delivery_sequence = source.delivery_sequence
        and finding.sheet = source.sheet
        and finding.row_number = source.row_number
    where finding.severity in ('error', 'warning')
)
select
    organisation_id, path, kind, rule, heading, record,
    min(severity) as severity,
    coalesce(max(network), '') as network,
    bool_and(waived) as waived,
    min(delivery_sequence) as sequence,
    min(received_date) as day
from findings
group by organisation_id, path, kind, rule, heading, record
"""
LATEST = """
select coalesce(max(greatest(sequence, coalesce(superseded_by, 0))), 0), max(received_date) from raw.delivery
"""
SAME = """
    history.organisation_id = now.organisation_id
    and history.path = now.path
    and history.kind = now.kind
    and history.rule = now.rule
    and history.heading = now.heading
    and history.record = now.record
"""


def create_finding_history(connection: duckdb.DuckDBPyConnection) -> None:
    """Create ``accepted.finding_history`` where it is not there yet."""
    connection.execute(TABLE)


def note_findings(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring ``accepted.finding_history`` up to what ``accepted.finding`` says now.

    A finding that is no longer told was mended with the latest delivery; one that comes back counts anew.
    """
    from assets.raw.cells import read_identifier

    create_finding_history(connection)
    connection.execute(NOW)
    latest, day = connection.execute(LATEST).fetchall()[0]
    connection.execute(
        f"""
        update accepted.finding_history as history
        set mended_sequence = $latest, mended_date = $day
        where mended_sequence is null
            and not exists (select 1 from finding_now as now where {SAME})
        """,
        {"latest": latest, "day": day},
    )
    connection.execute(
        f"""
        delete from accepted.finding_history as history
        where mended_sequence is not null and exists (select 1 from finding_now as now where {SAME})
        """
    )
    connection.execute(
        f"""
        update accepted.finding_history as history set waived = now.waived, severity = now.severity
        from finding_now as now where {SAME}
        """
    )
    written = connection.execute(
        f"""
        select * from finding_now as now
        where not exists (select 1 from accepted.finding_history as history where {SAME})
        order by all
        """
    ).fetchall()
    rows = [
        (
            organisation,
            read_identifier(network),
            path,
            kind,
            rule,
            heading,
            record,
            severity,
            waived,
            sequence or latest,
            since or day,
            None,
            None,
        )
        for (organisation, path, kind, rule, heading, record, severity, network, waived, sequence, since) in (
            written
        )
    ]
    if rows:
        marks = ", ".join("?" for _ in rows[0])
        connection.executemany(f"insert into accepted.finding_history values ({marks})", rows)
    connection.execute("drop table finding_now")
