-- Dagen lige før hver indikators vindue: så mange kalendermåneder til og med counted_to.
-- / The day just before each indicator's window: a window of so many calendar months up to counted_to.
-- Grain:   one row per organisation_id, network_id, period and indicator_id; active networks, indicators with a window.
-- Window:  window_months back from counted_to (t' of the contract), clipped to the month's end.
-- Defined: docs/indicators.md#targets
select
    units.organisation_id,
    units.network_id,
    units.period,
    targets.indicator_id,
    make_date(
        year(months.first_day),
        month(months.first_day),
        least(day(units.counted_to), day(months.last_day))
    ) as after_date
from core.units
inner join core.targets as targets
    on units.organisation_id = targets.organisation_id
    and units.network_type = targets.network_type
    and units.period = targets.period
    and targets.window_months is not null
inner join calendar.month as months
    on year(units.counted_to) * 12 + month(units.counted_to) - 1 - targets.window_months = months.month_number
where
    units.phase = 'active'
    and units.basis = 'counted'
