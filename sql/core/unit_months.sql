-- The months a reference leader is asked about: the six latest that had ended, of them those wholly in their time.
-- Grain:   one row per organisation_id, network_id, period, basis and month_number; active networks with a leader.
-- Window:  within responsible_since to counted_to (b to t' of the contract).
-- Defined: docs/indicators.md#r31
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    units.reference_leader_id,
    months.month_number,
    months.first_day,
    months.last_day
from core.units
inner join calendar.month as months
    on months.month_number between units.last_month_number - 5 and units.last_month_number
    and units.responsible_since <= months.first_day
where units.phase = 'active'
