-- Regn et netværks tal i et kvartal efter ud fra de registreringer, der ligger bag: før, nu og forskellen
-- / Work out a network's figures of a quarter again from the records behind them: as published, again, and the difference
-- Macro: audit.recompute(organisation, network, period)
-- Ask:   select * from audit.recompute(':organisation', ':network', ':period')
-- Only audit.evidence, the accepted records and the windows of main.target are read. Every figure is worked out, also
-- days (R4.4), steps (R5.2, R9.2) and the curve of R8.5; answers of the pulse (.P) are in no published figure.
-- n and the bounds (Wilson, those not heard, Greenwood) are worked out too. One that has a value and not the records for
-- it does not agree.
-- Grain: indicator_id, dimension.
with

asked as (
    select
        organisation as organisation_id,
        network as network_id,
        period as quarter
),

published as (
    select
        indicator_result.indicator_id,
        indicator_result.dimension as subdivision,
        indicator_result.numerator,
        indicator_result.denominator,
        indicator_result.value,
        indicator_result.lower,
        indicator_result.upper,
        indicator_result.n,
        indicator_result.period_end,
        networks.network_type,
        networks.start_date,
        least(indicator_result.period_end, coalesce(networks.end_date, indicator_result.period_end)) as counted_to
    from asked
    inner join main.indicator_result
        on asked.organisation_id = indicator_result.organisation_id
        and asked.network_id = indicator_result.network_id
        and asked.quarter = indicator_result.period
    left join main.networks
        on asked.organisation_id = networks.organisation_id
        and asked.network_id = networks.network_id
    where indicator_result.value is not null
),

behind as (
    select
        evidence.indicator_id,
        evidence.dimension as subdivision,
        evidence.part,
        evidence.record_kind,
        evidence.record_key,
        case evidence.record_kind
            when 'applications' then applications.amount_granted
            when 'solutions' then solutions.capital_need
        end as amount,
        coalesce(solutions.solution_id, applications.solution_id, adoption_events.solution_id) as solution_id,
        coalesce(solutions.need_date, solutions.idea_date) as need_date,
        applications.submitted_date,
        adoption_events.date as event_date,
        upper(trim(regexp_replace(adoption_events.unit, '\s+', ' ', 'g'))) as unit,
        adoption_events.reach,
        coalesce(adoption_events.manager_id, ownership.manager_id, people.person_id) as manager_id,
        touchpoints.date as touched_date,
        cast(date_trunc('month', touchpoints.date) as date) as touched_month,
        touchpoints.audience,
        upper(trim(regexp_replace(touchpoints.counterpart, '\s+', ' ', 'g'))) as counterpart,
        upper(trim(regexp_replace(people.area, '\s+', ' ', 'g'))) as area,
        roles.valid_from as role_from
    from asked
    inner join audit.evidence
        on asked.organisation_id = evidence.organisation_id
        and asked.network_id = evidence.network_id
        and asked.quarter = evidence.period
    left join main.applications
        on evidence.organisation_id = applications.organisation_id
        and evidence.record_key = applications.record_key
        and evidence.record_kind = 'applications'
    left join main.solutions
        on evidence.organisation_id = solutions.organisation_id
        and evidence.record_key = solutions.record_key
        and evidence.record_kind = 'solutions'
    left join main.adoption_events
        on evidence.organisation_id = adoption_events.organisation_id
        and evidence.record_key = adoption_events.record_key
        and evidence.record_kind = 'adoption_events'
    left join main.ownership
        on evidence.organisation_id = ownership.organisation_id
        and evidence.record_key = ownership.record_key
        and evidence.record_kind = 'ownership'
    left join main.touchpoints
        on evidence.organisation_id = touchpoints.organisation_id
        and evidence.record_key = touchpoints.record_key
        and evidence.record_kind = 'touchpoints'
    left join main.people
        on evidence.organisation_id = people.organisation_id
        and evidence.record_key = people.record_key
        and evidence.record_kind = 'people'
    left join main.roles
        on evidence.organisation_id = roles.organisation_id
        and evidence.record_key = roles.record_key
        and evidence.record_kind = 'roles'
),

-- Since when the leader is answerable: the first day in the role, not before the network's own.
tenures as (
    select
        published.indicator_id,
        published.counted_to,
        greatest(min(behind.role_from), published.start_date) as responsible_since
    from published
    inner join behind
        on published.indicator_id = behind.indicator_id
        and behind.record_kind = 'roles'
        and behind.part = 'denominator'
    group by
        published.indicator_id,
        published.counted_to,
        published.start_date
),

-- Of the rows that say a window, the most specific, then the latest.
windows as (
    select
        published.indicator_id,
        target.window_months
    from asked
    inner join main.target
        on target.organisation_id in ('', asked.organisation_id)
        and target.window_months is not null
    inner join published
        on target.indicator_id = published.indicator_id
        and target.network_type in ('', published.network_type)
        and target.valid_from <= published.period_end
    qualify
        row_number() over (
            partition by published.indicator_id
            order by
                case when target.organisation_id = '' then 1 else 0 end asc,
                case when target.network_type = '' then 1 else 0 end asc,
                target.valid_from desc
        ) = 1
),

-- Months are numbered year * 12 + month - 1: the first wholly the leader's, and the last that had ended.
tenure_months as (
    select
        tenures.indicator_id,
        year(tenures.responsible_since) * 12 + month(tenures.responsible_since) - 1
        + case when day(tenures.responsible_since) > 1 then 1 else 0 end as first_month,
        year(tenures.counted_to + 1) * 12 + month(tenures.counted_to + 1) - 2 as last_month
    from tenures
),

months_asked as (
    select
        tenure_months.indicator_id,
        greatest(0, least(windows.window_months, tenure_months.last_month - tenure_months.first_month + 1)) as month_count
    from tenure_months
    inner join windows on tenure_months.indicator_id = windows.indicator_id
),

-- R8.3: in how many units each solution is in use.
places as (
    select
        behind.indicator_id,
        behind.solution_id,
        count(distinct behind.unit) filter (where behind.part = 'numerator') as place_count
    from behind
    where behind.indicator_id = 'R8.3'
    group by
        behind.indicator_id,
        behind.solution_id
),

scaled as (
    select
        places.indicator_id,
        count(*) as solution_count,
        count(*) filter (where places.place_count >= 2) as scaled_count
    from places
    group by places.indicator_id
),

-- R4.4 and R8.5: how long each solution waited, and whether the wait is over.
spans as (
    select
        needs.indicator_id,
        needs.solution_id,
        needs.need_date as first_day,
        min(sent.submitted_date) as reached_day,
        min(stopped.event_date) as stopped_day
    from behind as needs
    left join behind as sent
        on needs.indicator_id = sent.indicator_id
        and sent.record_kind = 'applications'
        and (
            needs.solution_id = sent.solution_id
            or (sent.solution_id is null and sent.submitted_date >= needs.need_date - 180)
        )
    left join behind as stopped
        on needs.indicator_id = stopped.indicator_id
        and needs.solution_id = stopped.solution_id
        and stopped.record_kind = 'adoption_events'
    where
        needs.indicator_id = 'R4.4'
        and needs.record_kind = 'solutions'
    group by
        needs.indicator_id,
        needs.solution_id,
        needs.need_date
    union all
    select
        tested.indicator_id,
        tested.solution_id,
        tested.event_date as first_day,
        min(adopted.event_date) as reached_day,
        cast(null as date) as stopped_day
    from behind as tested
    left join behind as adopted
        on tested.indicator_id = adopted.indicator_id
        and tested.solution_id = adopted.solution_id
        and adopted.part = 'numerator'
    where
        tested.indicator_id = 'R8.5'
        and tested.part = 'denominator'
    group by
        tested.indicator_id,
        tested.solution_id,
        tested.event_date
),

lengths as (
    select
        spans.indicator_id,
        greatest(
            0,
            date_diff(
                'day', spans.first_day, coalesce(spans.reached_day, spans.stopped_day, published.counted_to)
            )
        ) as wait_days,
        count(*) as ending_count,
        count(spans.reached_day) as reached_count
    from spans
    inner join published on spans.indicator_id = published.indicator_id
    group by
        spans.indicator_id,
        wait_days
),

at_risk as (
    select
        lengths.*,
        sum(lengths.ending_count) over (
            partition by lengths.indicator_id order by lengths.wait_days desc rows unbounded preceding
        ) as risk_count
    from lengths
),

-- Kaplan-Meier: the product of what each length of wait leaves; a logarithm has none where all are reached.
surviving as (
    select
        at_risk.indicator_id,
        at_risk.wait_days,
        at_risk.risk_count,
        case
            when min(at_risk.risk_count - at_risk.reached_count) over steps = 0 then 0
            else exp(sum(
                case
                    when at_risk.risk_count > at_risk.reached_count
                        then ln(1 - at_risk.reached_count / at_risk.risk_count)
                end
            ) over steps)
        end as share_waiting,
        sum(at_risk.reached_count / nullif(at_risk.risk_count * (at_risk.risk_count - at_risk.reached_count), 0))
            over steps as greenwood
    from at_risk
    window steps as (partition by at_risk.indicator_id order by at_risk.wait_days asc rows unbounded preceding)
),

curves as (
    select
        surviving.indicator_id,
        min(surviving.wait_days) filter (where surviving.share_waiting <= 0.5 + 1e-9) as median_days,
        1 - coalesce(min(surviving.share_waiting) filter (where surviving.wait_days <= 365), 1) as reached_in_a_year,
        max(surviving.greenwood) filter (where surviving.wait_days <= 365) as greenwood,
        max(surviving.risk_count) as waited_count
    from surviving
    group by surviving.indicator_id
),

summed as (
    select
        behind.indicator_id,
        behind.subdivision,
        count(*) as records,
        count(*) filter (where behind.part = 'numerator') as numerator_records,
        count(*) filter (where behind.part = 'denominator') as denominator_records,
        sum(behind.amount) filter (where behind.part = 'numerator') as numerator_kroner,
        sum(behind.amount) filter (where behind.part = 'denominator') as denominator_kroner,
        count(distinct behind.counterpart) filter (where behind.part = 'numerator') as counterparts,
        count(distinct behind.touched_month) filter (where behind.part = 'numerator') as months,
        count(distinct behind.audience) filter (where behind.part = 'numerator') as audiences,
        count(distinct behind.area) filter (where behind.part = 'numerator') as areas,
        count(distinct behind.solution_id) filter (where behind.part = 'numerator') as solutions,
        count(distinct behind.solution_id || '/' || behind.unit) filter (where behind.part = 'numerator') as places,
        count(distinct behind.manager_id) filter (where behind.part = 'numerator') as managers,
        count(distinct behind.manager_id) filter (where behind.record_kind = 'people') as central_managers,
        count(distinct behind.manager_id) filter (where behind.record_kind = 'ownership') as heard,
        min(behind.touched_date) filter (where behind.part = 'numerator') as first_touched,
        sum(behind.reach) filter (where behind.part = 'numerator') as reach
    from behind
    group by
        behind.indicator_id,
        behind.subdivision
),

again as (
    select
        published.*,
        coalesce(summed.records, 0) as records,
        coalesce(summed.places, 0) as place_count,
        coalesce(summed.central_managers, 0) - coalesce(summed.heard, 0) as unheard_count,
        curves.greenwood,
        curves.waited_count,
        case
            when published.indicator_id in ('V7', 'V5', 'R4.1')
                then cast(coalesce(summed.numerator_kroner, 0) as double)
            when published.indicator_id = 'R2.1' then coalesce(summed.counterparts, 0)
            when published.indicator_id in ('R3.1', 'R5.1') then coalesce(summed.months, 0)
            when published.indicator_id = 'R4.4' then curves.median_days
            when published.indicator_id = 'R5.2'
                then case
                    when summed.first_touched <= tenures.responsible_since + 60 then 1
                    when summed.first_touched is not null then 0.5
                    else 0
                end
            when published.indicator_id in ('R6.1', 'R6.2', 'R6.3', 'R6.4') then coalesce(summed.managers, 0)
            when published.indicator_id = 'R7.2' then coalesce(summed.audiences, 0)
            when published.indicator_id = 'V1' then coalesce(summed.areas, 0)
            when published.indicator_id = 'R8.3' then scaled.scaled_count
            when published.indicator_id in ('R8.4', 'V2') then coalesce(summed.solutions, 0)
            when published.indicator_id = 'R8.5' then curves.reached_in_a_year
            when published.indicator_id in ('R9.1', 'R9.2') then least(1, coalesce(summed.numerator_records, 0))
            when published.indicator_id = 'V4' then coalesce(summed.reach, 0)
            when
                published.indicator_id in (
                    'R1.1', 'R2.2', 'R4.2', 'R4.3', 'R5.3', 'R7.1', 'R7.3', 'R8.1', 'R8.2', 'V3', 'V6'
                )
                then coalesce(summed.numerator_records, 0)
        end as again_numerator,
        case
            when published.indicator_id in ('V5', 'R4.1') then cast(summed.denominator_kroner as double)
            when published.indicator_id in ('R4.2', 'R4.3', 'R5.3', 'R7.3', 'R8.1', 'R8.2', 'R8.4')
                then cast(summed.denominator_records as double)
            when published.indicator_id in ('R3.1', 'R5.1') then months_asked.month_count
            when published.indicator_id in ('R6.1', 'R6.2', 'R6.3', 'R6.4') then coalesce(summed.central_managers, 0)
            when published.indicator_id = 'R7.2' then 3
            when published.indicator_id = 'R8.3' then scaled.solution_count
            else 1
        end as again_denominator
    from published
    left join summed
        on published.indicator_id = summed.indicator_id
        and published.subdivision = summed.subdivision
    left join tenures on published.indicator_id = tenures.indicator_id
    left join months_asked on published.indicator_id = months_asked.indicator_id
    left join scaled on published.indicator_id = scaled.indicator_id
    left join curves on published.indicator_id = curves.indicator_id
),

compared as (
    select
        again.*,
        case
            when again.indicator_id = 'R4.1' then least(1, again.again_numerator / nullif(again.again_denominator, 0))
            -- Nobody on the list: the contract says 0, not a share of nothing.
            when again.again_denominator = 0 then 0
            else again.again_numerator / again.again_denominator
        end as again_value,
        case
            when again.indicator_id in ('R4.4', 'R8.5') then again.waited_count
            when again.indicator_id = 'V4' then again.place_count
            when again.indicator_id in ('R6.1', 'R6.2', 'R6.3', 'R6.4') then again.again_denominator
            when again.denominator is not null and again.indicator_id not in ('R4.1', 'V5') then again.again_denominator
        end as again_n
    from again
),

-- Wilson's 95 % interval for R4.2; for R6.1 and R6.2 the bounds of those not heard; log-log Greenwood for R8.5.
spreads as (
    select
        compared.*,
        1.959964 * 1.959964 / nullif(compared.again_n, 0) as wilson,
        case
            when compared.again_value > 0 and compared.again_value < 1
                then 1.959964 * sqrt(compared.greenwood) / nullif(-ln(nullif(1 - compared.again_value, 0)), 0)
        end as loglog
    from compared
),

told as (
    select
        spreads.*,
        case
            when spreads.indicator_id = 'R4.2'
                then greatest(
                    0,
                    (
                        spreads.again_value + spreads.wilson / 2
                        - sqrt(spreads.wilson * (spreads.again_value * (1 - spreads.again_value) + spreads.wilson / 4))
                    ) / (1 + spreads.wilson)
                )
            when spreads.indicator_id in ('R6.1', 'R6.2') and spreads.again_denominator > 0 then spreads.again_value
            when spreads.indicator_id = 'R8.5' then 1 - power(1 - spreads.again_value, exp(-spreads.loglog))
        end as again_lower,
        case
            when spreads.indicator_id = 'R4.2'
                then least(
                    1,
                    (
                        spreads.again_value + spreads.wilson / 2
                        + sqrt(spreads.wilson * (spreads.again_value * (1 - spreads.again_value) + spreads.wilson / 4))
                    ) / (1 + spreads.wilson)
                )
            when spreads.indicator_id in ('R6.1', 'R6.2') and spreads.again_denominator > 0
                then (spreads.again_numerator + spreads.unheard_count) / spreads.again_denominator
            when spreads.indicator_id = 'R8.5' then 1 - power(1 - spreads.again_value, exp(spreads.loglog))
        end as again_upper
    from spreads
)

select
    told.indicator_id,
    indicator.name_da,
    indicator.name_en,
    indicator.unit,
    told.subdivision as dimension,
    told.records,
    told.numerator,
    told.denominator,
    told.value,
    told.lower,
    told.upper,
    told.n,
    case when told.numerator is not null then told.again_numerator end as again_numerator,
    case when told.denominator is not null then told.again_denominator end as again_denominator,
    told.again_value,
    told.again_lower,
    told.again_upper,
    cast(told.again_n as bigint) as again_n,
    told.again_value - told.value as difference,
    coalesce(
        abs(told.again_value - told.value) <= 1e-9 * greatest(1, abs(told.value))
        and (
            told.denominator is null
            or (
                abs(told.again_numerator - told.numerator) <= 1e-9 * greatest(1, abs(told.numerator))
                and abs(told.again_denominator - told.denominator)
                <= 1e-9 * greatest(1, abs(told.denominator))
            )
        )
        and coalesce(abs(told.again_lower - told.lower) <= 1e-9, told.again_lower is null and told.lower is null)
        and coalesce(abs(told.again_upper - told.upper) <= 1e-9, told.again_upper is null and told.upper is null)
        and coalesce(told.again_n, -1) = coalesce(told.n, -1), false
    ) as agrees
from told
inner join main.indicator on told.indicator_id = indicator.indicator_id
order by
    told.indicator_id asc,
    told.subdivision asc
