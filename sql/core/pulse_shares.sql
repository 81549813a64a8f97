-- Pulsens svar om hvert ansvar: hvor mange der var 4 eller 5, med et Wilson-interval på 95 %.
-- / The pulse's answers on each responsibility: how many were 4 or 5, with a Wilson 95 % interval.
-- Grain:   one row per organisation_id, network_id, period, basis and responsibility_id; active networks.
-- Window:  the latest half-year that ended on or before counted_to, from role_since on (s of the contract).
-- Minimum: least_count answers, by the targets but never fewer than 5.
-- Defined: docs/indicators.md#pulse
with

answered as (
    select
        units.organisation_id,
        units.network_id,
        units.period,
        units.basis,
        responsibilities.responsibility_id,
        greatest(targets.minimum_count, 5) as least_count,
        count(pulse.score) as answer_count,
        count(pulse.score) filter (where pulse.score >= 4) as agreeing_count
    from core.units
    inner join calendar.half_year as half_years
        on units.last_half_year_number = half_years.half_year_number
    cross join definitions.responsibility as responsibilities
    inner join core.targets as targets
        on units.organisation_id = targets.organisation_id
        and units.network_type = targets.network_type
        and units.period = targets.period
        and targets.indicator_id = responsibilities.responsibility_id || '.P'
    left join accepted.pulse as pulse
        on units.organisation_id = pulse.organisation_id
        and units.network_id = pulse.network_id
        and responsibilities.responsibility_id = pulse.responsibility
        and pulse.date between half_years.first_day and half_years.last_day
        and units.role_since <= pulse.date
    where units.phase = 'active'
    group by
        units.organisation_id,
        units.network_id,
        units.period,
        units.basis,
        responsibilities.responsibility_id,
        targets.minimum_count
),

shares as (
    select
        *,
        agreeing_count / nullif(cast(answer_count as double), 0) as share,
        1.959964 * 1.959964 / nullif(cast(answer_count as double), 0) as spread
    from answered
)

select
    organisation_id,
    network_id,
    period,
    basis,
    responsibility_id,
    least_count,
    answer_count,
    agreeing_count,
    share,
    greatest(
        0.0,
        least(
            share,
            (share + spread / 2 - sqrt(spread * share * (1 - share) + spread * spread / 4)) / nullif(1 + spread, 0)
        )
    ) as lower,
    least(
        1.0,
        greatest(
            share,
            (share + spread / 2 + sqrt(spread * share * (1 - share) + spread * spread / 4)) / nullif(1 + spread, 0)
        )
    ) as upper
from shares
