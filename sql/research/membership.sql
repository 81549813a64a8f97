-- Hvem der deltog i hvilket netværk med hvem: kun pseudonymer, og aldrig en referenceleder som sådan.
-- / Who took part in which network with whom: pseudonyms only, and never a reference leader as such.
-- Grain:   one row per organisation_id, network, person and role.
-- Window:  everything accepted; no days.
-- Defined: docs/people.md#forskerens-fil
select distinct
    roles.organisation_id,
    networks.network_type,
    roles.network_id,
    roles.person_id,
    roles.role
from source.main.roles
inner join source.main.networks
    on roles.organisation_id = networks.organisation_id
    and roles.network_id = networks.network_id
where roles.role in ('network_leader', 'participant')
