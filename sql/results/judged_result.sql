-- Hver indikator bedømt: de regler, der gælder alle, i kontraktens orden, derefter målet.
-- / Every indicator judged: the rules common to all, in the contract's order, then the target.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id and dimension.
-- Window:  as each indicator's own; the target valid at period_end.
-- Parts:   an indicator's rows follow from the rows of that indicator alone, wherever they tell it.
-- Defined: docs/indicators.md#rules
with

asked as (
    select
        own.organisation_id,
        own.network_id,
        own.period,
        own.basis,
        own.indicator_id,
        own.dimension,
        definitions.responsibility_id,
        definitions.definition_version,
        definitions.perceived,
        definitions.informative,
        definitions.responsibility_id is null as describes,
        units.reference_leader_id,
        units.period_start,
        units.period_end,
        units.provisional,
        units.phase,
        own.numerator,
        own.denominator,
        own.value,
        own.lower,
        own.upper,
        own.n,
        own.own_status,
        own.own_reason,
        case when definitions.has_target then targets.target end as target,
        case when definitions.has_target then targets.partly_target end as partly_target,
        case when targets.direction = 'at_most' then -1.0 else 1.0 end as sign,
        case
            when definitions.learning_exempt and units.learning_exempt then 'learning_network'
            when unmet.indicator_id is not null then 'not_kept'
            when definitions.needs_leader and units.reference_leader_id is null then 'no_reference_leader'
            when definitions.has_target and units.tenure_days < 90 then 'short_tenure'
        end as common_reason
    from results.own_result as own
    inner join core.units
        on own.organisation_id = units.organisation_id
        and own.network_id = units.network_id
        and own.period = units.period
        and own.basis = units.basis
    inner join definitions.indicator as definitions
        on own.indicator_id = definitions.indicator_id
    left join core.unmet_needs as unmet
        on own.organisation_id = unmet.organisation_id
        and own.indicator_id = unmet.indicator_id
    left join core.targets as targets
        on units.organisation_id = targets.organisation_id
        and units.network_type = targets.network_type
        and units.period = targets.period
        and own.indicator_id = targets.indicator_id
),

-- 2 where a value reaches the target, 1 where it reaches the partly target, else 0; with the contract's slack.
scored as (
    select
        *,
        case
            when sign * (value - target) >= -1e-9 then 2
            when sign * (value - partly_target) >= -1e-9 then 1
            else 0
        end as value_score,
        case
            when sign * (lower - target) >= -1e-9 then 2
            when sign * (lower - partly_target) >= -1e-9 then 1
            else 0
        end as lower_score,
        case
            when sign * (upper - target) >= -1e-9 then 2
            when sign * (upper - partly_target) >= -1e-9 then 1
            else 0
        end as upper_score
    from asked
),

stated as (
    select
        *,
        case
            when describes then null
            when common_reason = 'learning_network' then 'not_applicable'
            when common_reason is not null then 'not_assessable'
            when own_status is not null then own_status
            when informative then 'informative'
            when value_score = 2 then 'fulfilled'
            when value_score = 1 then 'partly'
            else 'not_fulfilled'
        end as status,
        coalesce(common_reason, own_reason) as reason
    from scored
),

-- Whether the row says a number at all, or only why it does not.
told as (
    select
        *,
        case
            when describes then reason is null
            else status not in ('not_assessable', 'not_applicable')
        end as tells
    from stated
)

select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    responsibility_id,
    definition_version,
    perceived,
    reference_leader_id,
    period_start,
    period_end,
    provisional,
    phase,
    case when tells then numerator end as numerator,
    case when tells then denominator end as denominator,
    case when tells then value end as value,
    case when tells and reason is null then lower end as lower,
    case when tells and reason is null then upper end as upper,
    case when tells then n end as n,
    target,
    partly_target,
    status,
    reason,
    case
        when status not in ('fulfilled', 'partly', 'not_fulfilled') or status is null then null
        when reason is not null or lower is null or upper is null then true
        else lower_score = upper_score
    end as certain
from told
