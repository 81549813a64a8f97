-- Belæg for V1: mennesker med en rolle i netværket, og den forvaltning, de arbejder i.
-- / Evidence of V1: people with a role in the network and the area they work in.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id, dimension, record_kind,
--          record_key, part and counted_as.
-- Window:  On counted_to (t' of the contract).
-- Defined: docs/indicators.md#v1
with

members as (
    select
        units.organisation_id,
        units.network_id,
        units.period,
        units.basis,
        roles.record_key as role_key,
        people.record_key as people_key,
        people.area_key
    from core.units
    inner join accepted.roles as roles
        on units.organisation_id = roles.organisation_id
        and units.network_id = roles.network_id
        and units.counted_to >= roles.valid_from
        and (roles.valid_to is null or units.counted_to <= roles.valid_to)
    inner join accepted.people as people
        on roles.organisation_id = people.organisation_id
        and roles.person_id = people.person_id
        and units.counted_to >= people.valid_from
        and (people.valid_to is null or units.counted_to <= people.valid_to)
    where
        units.phase = 'active'
        and people.area_key is not null
)

select
    organisation_id,
    network_id,
    period,
    basis,
    'V1' as indicator_id,
    '' as dimension,
    'roles' as record_kind,
    role_key as record_key,
    'numerator' as part,
    area_key as counted_as
from members
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    'V1' as indicator_id,
    '' as dimension,
    'people' as record_kind,
    people_key as record_key,
    'numerator' as part,
    area_key as counted_as
from members
group by
    organisation_id,
    network_id,
    period,
    basis,
    people_key,
    area_key
