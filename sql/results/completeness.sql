-- Om data kom, kom til tiden og blev rettet til tiden: ved siden af resultaterne og aldrig blandet med dem.
-- / Whether data came, came in time, and was mended in time: beside performance, and never mixed with it.
-- Grain:   one row per organisation_id, network_id, period and kind; network_id '' is the organisation as a whole.
-- Window:  quarters from the one before the first delivery on; findings in the quarter they were first told.
-- Defined: docs/indicators.md#completeness
with

sent as (
    select
        deliveries.organisation_id,
        deliveries.path,
        sheets.kind,
        deliveries.received_date
    from raw.delivery as deliveries
    inner join raw.sheet as sheets
        on deliveries.sequence = sheets.delivery_sequence
    where deliveries.state in ('current', 'superseded', 'withdrawn')
    group by
        deliveries.organisation_id,
        deliveries.path,
        sheets.kind,
        deliveries.received_date
),

organisations as (
    select
        as_of.organisation_id,
        as_of.as_of,
        max(settings.delivery_days) as delivery_days,
        max(settings.mending_days) as mending_days,
        greatest(as_of.as_of, max(sent.received_date)) as judged_on,
        year(min(sent.received_date)) * 4 + (month(min(sent.received_date)) + 2) // 3 - 1 as first_quarter_number,
        year(as_of.as_of) * 4 + (month(as_of.as_of) + 2) // 3 - 1 as last_quarter_number
    from calendar.as_of as as_of
    inner join sent
        on as_of.organisation_id = sent.organisation_id
    left join settings.organisations as settings
        on as_of.organisation_id = settings.organisation_id
    group by
        as_of.organisation_id,
        as_of.as_of
),

quarters as (
    select
        organisations.organisation_id,
        organisations.as_of,
        organisations.judged_on,
        organisations.delivery_days,
        organisations.mending_days,
        organisations.first_quarter_number,
        organisations.last_quarter_number,
        quarters.period,
        quarters.last_day,
        quarters.quarter_number
    from organisations
    inner join calendar.quarter as quarters
        on organisations.last_quarter_number >= quarters.quarter_number
        and quarters.quarter_number >= least(organisations.first_quarter_number - 1, organisations.last_quarter_number)
),

asked as (
    select
        quarters.organisation_id,
        '' as network_id,
        quarters.period,
        kinds.kind
    from quarters
    cross join core.record_kinds as kinds
    union all
    select
        quarters.organisation_id,
        units.network_id,
        quarters.period,
        kinds.kind
    from quarters
    inner join core.units as units
        on quarters.organisation_id = units.organisation_id
        and quarters.period = units.period
        and units.basis = 'counted'
        and units.phase = 'active'
    inner join core.record_kinds as kinds
        on kinds.of_networks = 1
),

rows_now as (
    select
        organisation_id,
        network_id,
        kind,
        sum(rows_held) as rows_held
    from results.completeness_rows
    where network_id <> ''
    group by
        organisation_id,
        network_id,
        kind
    union all
    select
        organisation_id,
        '' as network_id,
        kind,
        sum(rows_held) as rows_held
    from results.completeness_rows
    group by
        organisation_id,
        kind
),

-- When each place said something after the quarter had ended.
arrivals as (
    select
        quarters.organisation_id,
        '' as network_id,
        quarters.period,
        sent.kind,
        sent.received_date
    from quarters
    inner join sent
        on quarters.organisation_id = sent.organisation_id
        and quarters.last_day <= sent.received_date
    union all
    select
        quarters.organisation_id,
        places.network_id,
        quarters.period,
        sent.kind,
        sent.received_date
    from quarters
    -- What was sent of a network before is what the files held that hold its rows now.
    inner join results.completeness_rows as places
        on quarters.organisation_id = places.organisation_id
        and places.network_id <> ''
    inner join sent
        on places.organisation_id = sent.organisation_id
        and places.path = sent.path
        and places.kind = sent.kind
        and quarters.last_day <= sent.received_date
),

first_arrivals as (
    select
        organisation_id,
        network_id,
        period,
        kind,
        min(received_date) as delivered_date
    from arrivals
    group by
        organisation_id,
        network_id,
        period,
        kind
),

-- A finding told after the last quarter there is belongs to that one.
told as (
    select
        findings.organisation_id,
        findings.network_id,
        findings.kind,
        findings.waived,
        findings.mended_date,
        organisations.mending_days,
        date_diff('day', findings.first_date, coalesce(findings.mended_date, organisations.judged_on)) as days_open,
        least(
            organisations.last_quarter_number,
            year(findings.first_date) * 4 + (month(findings.first_date) + 2) // 3 - 1
        ) as quarter_number
    from accepted.finding_history as findings
    inner join organisations
        on findings.organisation_id = organisations.organisation_id
),

faults as (
    select
        organisation_id,
        network_id,
        kind,
        quarter_number,
        mended_date,
        waived,
        days_open,
        mending_days
    from told
    where network_id <> ''
    union all
    select
        organisation_id,
        '' as network_id,
        kind,
        quarter_number,
        mended_date,
        waived,
        days_open,
        mending_days
    from told
),

mended as (
    select
        faults.organisation_id,
        faults.network_id,
        quarters.period,
        faults.kind,
        count(*) as findings,
        count(*) filter (where faults.mended_date is not null) as findings_mended,
        count(*) filter (where faults.mended_date is null and faults.waived) as findings_waived,
        count(*) filter (
            where faults.days_open > faults.mending_days and (faults.mended_date is not null or not faults.waived)
        ) as findings_overdue
    from faults
    inner join quarters
        on faults.organisation_id = quarters.organisation_id
        and faults.quarter_number = quarters.quarter_number
    group by
        faults.organisation_id,
        faults.network_id,
        quarters.period,
        faults.kind
)

select
    asked.organisation_id,
    asked.network_id,
    asked.period,
    asked.kind,
    case
        when kept.kind is null then 'not_kept'
        when asked.network_id <> '' and rows_now.rows_held is null then 'no_rows'
        when
            first_arrivals.delivered_date is null
            and date_diff('day', quarters.last_day, quarters.judged_on) <= coalesce(quarters.delivery_days, 0)
            then 'not_due'
        when first_arrivals.delivered_date is null then 'missing'
        when quarters.delivery_days is null then 'delivered'
        when
            date_diff('day', quarters.last_day, first_arrivals.delivered_date) <= quarters.delivery_days
            then 'on_time'
        else 'late'
    end as delivered,
    first_arrivals.delivered_date,
    cast(date_diff('day', quarters.last_day, first_arrivals.delivered_date) as integer) as days_after_quarter,
    quarters.delivery_days,
    cast(coalesce(rows_now.rows_held, 0) as bigint) as rows_held,
    cast(coalesce(mended.findings, 0) as bigint) as findings,
    cast(coalesce(mended.findings_mended, 0) as bigint) as findings_mended,
    cast(coalesce(mended.findings_waived, 0) as bigint) as findings_waived,
    case
        when quarters.mending_days is not null then cast(coalesce(mended.findings_overdue, 0) as bigint)
    end as findings_overdue,
    quarters.mending_days
from asked
inner join quarters
    on asked.organisation_id = quarters.organisation_id
    and asked.period = quarters.period
left join core.kinds_kept as kept
    on asked.organisation_id = kept.organisation_id
    and asked.kind = kept.kind
left join rows_now
    on asked.organisation_id = rows_now.organisation_id
    and asked.network_id = rows_now.network_id
    and asked.kind = rows_now.kind
left join first_arrivals
    on asked.organisation_id = first_arrivals.organisation_id
    and asked.network_id = first_arrivals.network_id
    and asked.period = first_arrivals.period
    and asked.kind = first_arrivals.kind
left join mended
    on asked.organisation_id = mended.organisation_id
    and asked.network_id = mended.network_id
    and asked.period = mended.period
    and asked.kind = mended.kind
