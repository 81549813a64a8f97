-- Registreringerne bag C, et netværks centrale ledere: deres plads på listen og deres niveau.
-- / The records behind C, the central managers of a network: their places on the list, and their level.
-- Grain:   one row per organisation_id, network_id, period, basis, record_kind and record_key.
-- Window:  on counted_to (t' of the contract).
-- Defined: docs/indicators.md#r61
select
    managers.organisation_id,
    managers.network_id,
    managers.period,
    managers.basis,
    managers.manager_id,
    'central_managers' as record_kind,
    listed.record_key
from core.unit_managers as managers
inner join core.units
    on managers.organisation_id = units.organisation_id
    and managers.network_id = units.network_id
    and managers.period = units.period
    and managers.basis = units.basis
inner join core.central_managers as listed
    on managers.organisation_id = listed.organisation_id
    and managers.network_id = listed.network_id
    and managers.basis = listed.basis
    and managers.manager_id = listed.manager_id
    and units.counted_to >= listed.identified_date
    and (listed.removed_date is null or units.counted_to < listed.removed_date)
where managers.central
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    manager_id,
    'people' as record_kind,
    people_record_key as record_key
from core.unit_managers
where central
