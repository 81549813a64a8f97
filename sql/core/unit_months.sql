-- Månederne, en leder spørges om: de seneste afsluttede, så mange som vinduet, og af dem de helt egne.
-- / The months a leader is asked about: the latest that had ended, as many as the window, of them those wholly theirs.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id and month_number; R3.1 and R5.1.
-- Window:  within responsible_since to counted_to (b to t' of the contract), active networks with a leader.
-- Defined: docs/indicators.md#r31
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    targets.indicator_id,
    units.reference_leader_id,
    months.month_number,
    months.first_day,
    months.last_day
from core.units
inner join core.targets as targets
    on units.organisation_id = targets.organisation_id
    and units.network_type = targets.network_type
    and units.period = targets.period
    and targets.indicator_id in ('R3.1', 'R5.1')
inner join calendar.month as months
    on months.month_number between units.last_month_number - targets.window_months + 1 and units.last_month_number
    and units.responsible_since <= months.first_day
where units.phase = 'active'
