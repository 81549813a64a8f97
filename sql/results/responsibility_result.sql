-- Resultaterne af hvert ansvar, som offentliggjort, med hvad en åben indsigelse ville ændre.
-- / The results of every responsibility, as published, with what an open dispute would change.
-- Grain:   one row per organisation_id, network_id, period and responsibility_id; in follow-up R8 only.
-- Window:  as the indicators'.
-- Defined: docs/indicators.md#responsibilities
select
    cast(counted.organisation_id as varchar) as organisation_id,
    cast(counted.network_id as varchar) as network_id,
    cast(counted.period as varchar) as period,
    cast(counted.responsibility_id as varchar) as responsibility_id,
    cast(counted.reference_leader_id as varchar) as reference_leader_id,
    cast(definitions.accountability as varchar) as accountability,
    cast(counted.status as varchar) as status,
    cast(counted.perceived_status as varchar) as perceived_status,
    cast(counted.perception_gap as integer) as perception_gap,
    cast(other.status is not null and other.status != counted.status as boolean) as disputed,
    cast(case when other.status != counted.status then other.status end as varchar) as status_if_upheld,
    cast(counted.fulfilled as integer) as fulfilled,
    cast(counted.partly as integer) as partly,
    cast(counted.not_fulfilled as integer) as not_fulfilled
from results.judged_responsibility as counted
inner join definitions.responsibility as definitions
    on counted.responsibility_id = definitions.responsibility_id
left join results.judged_responsibility as other
    on counted.organisation_id = other.organisation_id
    and counted.network_id = other.network_id
    and counted.period = other.period
    and counted.responsibility_id = other.responsibility_id
    and other.basis = 'if_upheld'
where counted.basis = 'counted'
