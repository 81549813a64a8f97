-- Resultaterne af hver indikator, som offentliggjort: som det står, og ved en åben indsigelse også den anden vej.
-- / The results of every indicator, as published: counted as things stand, and where a dispute is open the other way.
-- Grain:   one row per organisation_id, network_id, period, indicator_id and dimension.
-- Window:  as each indicator's own; of the pulse only status, reason, certain and n rounded down to a multiple of 5.
-- Parts:   an indicator's rows follow from the rows of that indicator alone, wherever they tell it.
-- Defined: docs/indicators.md#disputes
with

touched as (
    select
        organisation_id,
        network_id,
        period
    from core.units
    where basis = 'if_upheld'
),

compared as (
    select
        counted.*,
        touched.period is not null
        and (
            other.indicator_id is null
            or other.value is distinct from counted.value
            or other.status is distinct from counted.status
            or other.reason is distinct from counted.reason
            or other.numerator is distinct from counted.numerator
            or other.denominator is distinct from counted.denominator
            or other.lower is distinct from counted.lower
            or other.upper is distinct from counted.upper
            or other.n is distinct from counted.n
        ) as disputed,
        -- A type of value that is followed up no longer has no row the other way: that is 0.
        case when other.indicator_id is null then 0.0 else other.value end as other_value,
        other.status as other_status
    from results.judged_result as counted
    left join touched
        on counted.organisation_id = touched.organisation_id
        and counted.network_id = touched.network_id
        and counted.period = touched.period
    left join results.judged_result as other
        on counted.organisation_id = other.organisation_id
        and counted.network_id = other.network_id
        and counted.period = other.period
        and counted.indicator_id = other.indicator_id
        and counted.dimension = other.dimension
        and other.basis = 'if_upheld'
    where counted.basis = 'counted'
)

select
    cast(organisation_id as varchar) as organisation_id,
    cast(network_id as varchar) as network_id,
    cast(period as varchar) as period,
    cast(indicator_id as varchar) as indicator_id,
    cast(dimension as varchar) as dimension,
    cast(responsibility_id as varchar) as responsibility_id,
    cast(reference_leader_id as varchar) as reference_leader_id,
    cast(period_start as date) as period_start,
    cast(period_end as date) as period_end,
    cast(provisional as boolean) as provisional,
    cast(phase as varchar) as phase,
    cast(case when not perceived then numerator end as double) as numerator,
    cast(case when not perceived then denominator end as double) as denominator,
    cast(case when not perceived then value end as double) as value,
    cast(case when not perceived then lower end as double) as lower,
    cast(case when not perceived then upper end as double) as upper,
    cast(case when perceived then n - n % 5 else n end as bigint) as n,
    cast(target as double) as target,
    cast(partly_target as double) as partly_target,
    cast(status as varchar) as status,
    cast(reason as varchar) as reason,
    cast(certain as boolean) as certain,
    cast(disputed as boolean) as disputed,
    cast(case when disputed and not perceived then other_value end as double) as value_if_upheld,
    cast(case when disputed then other_status end as varchar) as status_if_upheld,
    cast(definition_version as integer) as definition_version
from compared
