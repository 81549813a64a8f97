-- Hvad gjaldt en dag om netværk, roller, ledere og centrale ledere, efter hvad der var modtaget på en anden dag
-- / What was in force on one day of networks, roles, people and central managers, by what had been received by another
-- Macro: audit.stood_on(organisation, valid_day, known_day)
-- Ask:   select * from audit.stood_on(':organisation', date '2026-01-01', current_date)
-- Rows as written in the deliveries current at the end of the known day (UTC); accepted_now says whether the very
-- row is among the accepted of today. A row whose dates nobody can read is shown, its dates empty.
-- Grain: delivery_sequence, sheet, row_number.
with

asked as (
    select
        organisation as organisation_id,
        cast(valid_day as date) as asked_valid,
        cast(known_day as date) as asked_known
),

known_cells as (
    select
        asked.organisation_id,
        asked.asked_valid,
        source_row.delivery_sequence,
        delivery.path,
        delivery.received_at,
        source_row.sheet,
        source_row.row_number,
        source_row.kind,
        sheet.columns as fields,
        source_row.cells,
        unnest(json_keys(source_row.cells)) as letter
    from asked
    inner join audit.delivery
        on asked.organisation_id = delivery.organisation_id
        and cast(delivery.received_at as date) <= asked.asked_known
        and (delivery.superseded_at is null or cast(delivery.superseded_at as date) > asked.asked_known)
        and delivery.state not in ('duplicate', 'quarantined', 'held')
    inner join audit.source_row on delivery.sequence = source_row.delivery_sequence
    inner join audit.sheet
        on source_row.delivery_sequence = sheet.delivery_sequence
        and source_row.sheet = sheet.sheet
    where source_row.kind in ('networks', 'roles', 'people', 'central_managers')
),

written_cells as (
    select
        known_cells.*,
        json_extract_string(known_cells.fields, '$.' || known_cells.letter) as field,
        json_extract_string(known_cells.cells, '$.' || known_cells.letter) as written
    from known_cells
),

known_rows as (
    select
        written_cells.organisation_id,
        written_cells.asked_valid,
        written_cells.delivery_sequence,
        written_cells.path,
        written_cells.received_at,
        written_cells.sheet,
        written_cells.row_number,
        written_cells.kind,
        any_value(written_cells.cells) as cells,
        max(written_cells.written) filter (where written_cells.field = 'network_id') as network_id,
        max(written_cells.written) filter (where written_cells.field in ('person_id', 'manager_id')) as person_id,
        max(written_cells.written) filter (where written_cells.field in ('role', 'network_type', 'level')) as what,
        max(written_cells.written)
        filter (where written_cells.field in ('valid_from', 'start_date', 'identified_date')) as first_written,
        max(written_cells.written)
        filter (where written_cells.field in ('valid_to', 'end_date', 'removed_date')) as last_written,
        -- A day of removal is the first without; the others are the last with.
        max(case when written_cells.field = 'removed_date' then 1 else 0 end) as until_the_day_before
    from written_cells
    group by
        written_cells.organisation_id,
        written_cells.asked_valid,
        written_cells.delivery_sequence,
        written_cells.path,
        written_cells.received_at,
        written_cells.sheet,
        written_cells.row_number,
        written_cells.kind
),

-- What is accepted today has been read by the full rules; older rows are read by the forms most written.
accepted_days as (
    select
        delivery_sequence,
        sheet,
        row_number,
        start_date as first_day,
        end_date as last_day
    from main.networks
    union all
    select
        delivery_sequence,
        sheet,
        row_number,
        valid_from as first_day,
        valid_to as last_day
    from main.roles
    union all
    select
        delivery_sequence,
        sheet,
        row_number,
        valid_from as first_day,
        valid_to as last_day
    from main.people
    union all
    select
        delivery_sequence,
        sheet,
        row_number,
        identified_date as first_day,
        removed_date - 1 as last_day
    from main.central_managers
),

dated_rows as (
    select
        known_rows.*,
        accepted_days.row_number is not null as is_accepted_now,
        case
            when accepted_days.row_number is not null then accepted_days.first_day
            else cast(
                try_strptime(
                    split_part(known_rows.first_written, ' ', 1),
                    ['%Y-%m-%d', '%d-%m-%Y', '%d.%m.%Y', '%d/%m/%Y', '%d/%m-%Y']
                ) as date
            )
        end as first_day,
        case
            when accepted_days.row_number is not null then accepted_days.last_day
            else cast(
                try_strptime(
                    split_part(known_rows.last_written, ' ', 1),
                    ['%Y-%m-%d', '%d-%m-%Y', '%d.%m.%Y', '%d/%m/%Y', '%d/%m-%Y']
                ) as date
            ) - known_rows.until_the_day_before
        end as last_day
    from known_rows
    left join accepted_days
        on known_rows.delivery_sequence = accepted_days.delivery_sequence
        and known_rows.sheet = accepted_days.sheet
        and known_rows.row_number = accepted_days.row_number
)

select
    dated_rows.kind as record_kind,
    dated_rows.network_id,
    dated_rows.person_id,
    dated_rows.what,
    dated_rows.first_day,
    dated_rows.last_day,
    dated_rows.delivery_sequence,
    dated_rows.path,
    dated_rows.received_at,
    dated_rows.sheet,
    dated_rows.row_number,
    dated_rows.is_accepted_now as accepted_now,
    dated_rows.cells
from dated_rows
where
    (dated_rows.first_day is null or dated_rows.first_day <= dated_rows.asked_valid)
    and (dated_rows.last_day is null or dated_rows.last_day >= dated_rows.asked_valid)
order by
    dated_rows.kind asc,
    dated_rows.network_id asc,
    dated_rows.person_id asc,
    dated_rows.delivery_sequence asc,
    dated_rows.sheet asc,
    dated_rows.row_number asc
