-- Hvad gjaldt en dag, af alle arter, efter hvad der var modtaget på en anden dag
-- / What stood on one day, of every kind, by what had been received by another
-- Macro: audit.stood_on(organisation, valid_day, known_day)
-- Ask:   select * from audit.stood_on(':organisation', date '2026-01-01', current_date)
-- Rows as written in the deliveries current at the end of the known day (UTC); accepted_now says whether the very
-- row is among the accepted of today. What has a span (people, roles, networks, central managers) stands within it;
-- what happened on a day (a phase reached, an idea, an application sent, an event, an answer, a dispute) from that day on.
-- A row whose days nobody can read, and a plan without a day, are shown with empty days; totals, notes and examples
-- are not. The pulse is anonymous: of it the delivery and the sheet alone.
-- Grain: delivery_sequence, sheet, row_number.
with

asked as (
    select
        organisation as organisation_id,
        cast(valid_day as date) as asked_valid,
        cast(known_day as date) as asked_known
),

known_sheets as (
    select
        asked.organisation_id,
        asked.asked_valid,
        delivery.sequence as delivery_sequence,
        delivery.path,
        delivery.received_at,
        delivery.state,
        sheet.sheet,
        sheet.kind,
        sheet.columns as fields
    from asked
    inner join audit.delivery
        on asked.organisation_id = delivery.organisation_id
        and cast(delivery.received_at as date) <= asked.asked_known
        and (delivery.superseded_at is null or cast(delivery.superseded_at as date) > asked.asked_known)
        and delivery.state not in ('duplicate', 'quarantined', 'held')
    inner join audit.sheet on delivery.sequence = sheet.delivery_sequence
    where
        sheet.kind in (
            'people', 'networks', 'roles', 'phases', 'solutions', 'applications', 'adoption_events',
            'central_managers', 'ownership', 'touchpoints', 'value_records', 'pulse', 'disputes'
        )
),

known_cells as (
    select
        known_sheets.*,
        source_row.row_number,
        source_row.cells,
        unnest(json_keys(source_row.cells)) as letter
    from known_sheets
    inner join audit.source_row
        on known_sheets.delivery_sequence = source_row.delivery_sequence
        and known_sheets.sheet = source_row.sheet
),

written_cells as (
    select
        known_cells.*,
        json_extract_string(known_cells.fields, '$.' || known_cells.letter) as field,
        known_cells.kind || '.' || json_extract_string(known_cells.fields, '$.' || known_cells.letter) as place,
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
        count(*) as cell_count,
        bool_or(regexp_matches(written_cells.written, '^\s*(i alt|sum|total)\s*:?\s*$', 'i')) as is_total,
        max(written_cells.written) filter (where written_cells.field = 'network_id') as network_id,
        max(written_cells.written)
        filter (where written_cells.field in ('person_id', 'manager_id', 'by_id', 'responsible_id')) as person_id,
        max(written_cells.written) filter (
            where written_cells.place in (
                'solutions.solution_id', 'applications.application_id', 'adoption_events.event_id',
                'touchpoints.touchpoint_id', 'value_records.value_id', 'disputes.dispute_id', 'phases.phase'
            )
        ) as own_id,
        max(written_cells.written) filter (
            where written_cells.place in (
                'people.level', 'networks.network_type', 'roles.role', 'solutions.capital_need', 'applications.status',
                'adoption_events.event', 'ownership.ownership', 'touchpoints.kind', 'value_records.value_type',
                'disputes.outcome'
            )
        ) as what,
        coalesce(
            max(written_cells.written) filter (
                where written_cells.field in (
                    'valid_from', 'start_date', 'identified_date', 'actual_date', 'idea_date', 'submitted_date', 'date',
                    'raised_date'
                )
            ),
            -- An application whose sending nobody noted stands from its answer on.
            max(written_cells.written) filter (where written_cells.field = 'decided_date')
        ) as first_written,
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
        valid_from as first_day,
        valid_to as last_day
    from main.people
    union all
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
        actual_date as first_day,
        cast(null as date) as last_day
    from main.phases
    union all
    select
        delivery_sequence,
        sheet,
        row_number,
        idea_date as first_day,
        cast(null as date) as last_day
    from main.solutions
    union all
    select
        delivery_sequence,
        sheet,
        row_number,
        coalesce(submitted_date, decided_date) as first_day,
        cast(null as date) as last_day
    from main.applications
    union all
    select
        delivery_sequence,
        sheet,
        row_number,
        date as first_day,
        cast(null as date) as last_day
    from main.adoption_events
    union all
    select
        delivery_sequence,
        sheet,
        row_number,
        identified_date as first_day,
        removed_date - 1 as last_day
    from main.central_managers
    union all
    select
        delivery_sequence,
        sheet,
        row_number,
        date as first_day,
        cast(null as date) as last_day
    from main.ownership
    union all
    select
        delivery_sequence,
        sheet,
        row_number,
        date as first_day,
        cast(null as date) as last_day
    from main.touchpoints
    union all
    select
        delivery_sequence,
        sheet,
        row_number,
        date as first_day,
        cast(null as date) as last_day
    from main.value_records
    union all
    select
        delivery_sequence,
        sheet,
        row_number,
        raised_date as first_day,
        cast(null as date) as last_day
    from main.disputes
),

dated_rows as (
    select
        known_rows.*,
        accepted_days.row_number is not null as is_accepted_now,
        case
            when accepted_days.row_number is not null then accepted_days.first_day
            else cast(
                try_strptime(
                    regexp_extract(known_rows.first_written, '^\S*[0-9]{4}\S*'),
                    ['%Y-%m-%d', '%d-%m-%Y', '%d.%m.%Y', '%d/%m/%Y', '%d/%m-%Y']
                ) as date
            )
        end as first_day,
        case
            when accepted_days.row_number is not null then accepted_days.last_day
            else cast(
                try_strptime(
                    regexp_extract(known_rows.last_written, '^\S*[0-9]{4}\S*'),
                    ['%Y-%m-%d', '%d-%m-%Y', '%d.%m.%Y', '%d/%m/%Y', '%d/%m-%Y']
                ) as date
            ) - known_rows.until_the_day_before
        end as last_day
    from known_rows
    left join accepted_days
        on known_rows.delivery_sequence = accepted_days.delivery_sequence
        and known_rows.sheet = accepted_days.sheet
        and known_rows.row_number = accepted_days.row_number
    where
        accepted_days.row_number is not null
        or (
            known_rows.cell_count > 1
            and not known_rows.is_total
            and not starts_with(upper(coalesce(known_rows.own_id, known_rows.network_id, known_rows.person_id, '')), 'EKSEMPEL')
        )
),

told as (
    select
        dated_rows.kind as record_kind,
        dated_rows.network_id,
        dated_rows.person_id,
        dated_rows.own_id,
        dated_rows.what,
        dated_rows.first_day,
        dated_rows.last_day,
        dated_rows.delivery_sequence,
        dated_rows.path,
        dated_rows.received_at,
        dated_rows.sheet,
        dated_rows.row_number,
        dated_rows.is_accepted_now,
        dated_rows.cells
    from dated_rows
    where
        (dated_rows.first_day is null or dated_rows.first_day <= dated_rows.asked_valid)
        and (dated_rows.last_day is null or dated_rows.last_day >= dated_rows.asked_valid)
    union all
    select
        known_sheets.kind as record_kind,
        cast(null as varchar) as network_id,
        cast(null as varchar) as person_id,
        cast(null as varchar) as own_id,
        cast(null as varchar) as what,
        cast(null as date) as first_day,
        cast(null as date) as last_day,
        known_sheets.delivery_sequence,
        known_sheets.path,
        known_sheets.received_at,
        known_sheets.sheet,
        cast(null as integer) as row_number,
        known_sheets.state = 'current' as is_accepted_now,
        cast(null as varchar) as cells
    from known_sheets
    where known_sheets.kind = 'pulse'
)

select
    told.record_kind,
    told.network_id,
    told.person_id,
    told.own_id,
    told.what,
    told.first_day,
    told.last_day,
    told.delivery_sequence,
    told.path,
    told.received_at,
    told.sheet,
    told.row_number,
    told.is_accepted_now as accepted_now,
    told.cells
from told
order by
    told.record_kind asc,
    told.network_id asc,
    told.person_id asc,
    told.own_id asc,
    told.delivery_sequence asc,
    told.sheet asc,
    told.row_number asc
