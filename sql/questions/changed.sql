-- Hvad er ændret siden en anden offentliggørelse, som er åbnet ved siden af under et navn, fx before
-- / What has changed since another publication, opened beside this one under a name, e.g. before
-- Macro: audit.changed(other)
-- Ask:   select * from audit.changed('before')
-- First: attach 'history/000001-2026Q3-…/netvaerdi.duckdb' as before (read_only), or netvaerdi sql --beside FILE.
-- The earlier publications stand in published/history, named by sequence, period and content hash.
-- Grain: organisation_id, network_id, period, indicator_id, dimension.
with

earlier as (
    select
        organisation_id,
        network_id,
        period,
        indicator_id,
        dimension,
        value,
        status,
        reason
    from query_table(other || '.main.indicator_result')
)

select
    coalesce(results.organisation_id, earlier.organisation_id) as organisation_id,
    coalesce(results.network_id, earlier.network_id) as network_id,
    coalesce(results.period, earlier.period) as period,
    coalesce(results.indicator_id, earlier.indicator_id) as indicator_id,
    coalesce(results.dimension, earlier.dimension) as dimension,
    case
        when earlier.organisation_id is null then 'new'
        when results.organisation_id is null then 'gone'
        else 'changed'
    end as change,
    earlier.value as earlier_value,
    results.value,
    results.value - earlier.value as difference,
    earlier.status as earlier_status,
    results.status,
    earlier.reason as earlier_reason,
    results.reason
from main.indicator_result as results
full join earlier
    on results.organisation_id = earlier.organisation_id
    and results.network_id = earlier.network_id
    and results.period = earlier.period
    and results.indicator_id = earlier.indicator_id
    and results.dimension = earlier.dimension
where
    results.organisation_id is null
    or earlier.organisation_id is null
    or results.status is distinct from earlier.status
    or results.reason is distinct from earlier.reason
    or (results.value is null) <> (earlier.value is null)
    or abs(results.value - earlier.value) > 1e-9
order by
    organisation_id asc,
    network_id asc,
    period asc,
    indicator_id asc,
    dimension asc
