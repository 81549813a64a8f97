-- Registreringerne, der siger, siden hvornår referencelederen svarer for netværket: rollerne og netværket selv.
-- / The records that say since when the reference leader is answerable: the roles of the spell, and the network.
-- Grain:   one row per organisation_id, network_id, period, basis, record_kind and record_key; active networks.
-- Window:  role_since to counted_to (s to t' of the contract).
-- Defined: docs/indicators.md#leader
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'roles' as record_kind,
    roles.record_key
from core.units
inner join accepted.roles as roles
    on units.organisation_id = roles.organisation_id
    and units.network_id = roles.network_id
    and units.reference_leader_id = roles.person_id
    and roles.role = 'reference_leader'
    and roles.valid_from between units.role_since and units.counted_to
where units.phase = 'active'
union all
select
    units.organisation_id,
    units.network_id,
    units.period,
    units.basis,
    'networks' as record_kind,
    networks.record_key
from core.units
inner join accepted.networks as networks
    on units.organisation_id = networks.organisation_id
    and units.network_id = networks.network_id
where
    units.phase = 'active'
    and units.reference_leader_id is not null
