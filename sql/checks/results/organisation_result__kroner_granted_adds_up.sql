-- Kvartaler, hvor bevilgede kroner efter kilde eller formål ikke er de bevilgede kroner i alt.
-- / Quarters in which kroner granted by source, or by purpose, are not the kroner granted in all.
-- Usual cause: an application of a source or purpose that was not counted.
-- Blocking: yes
select
    organisation_id,
    period,
    measure_id
from results.organisation_result
where measure_id in ('kroner_granted', 'kroner_granted_to_date')
group by
    organisation_id,
    period,
    measure_id
having
    abs(
        coalesce(sum(value) filter (where dimension = ''), 0)
        - coalesce(sum(value) filter (where dimension in ('internal', 'external')), 0)
    ) > 1e-6
    or abs(
        coalesce(sum(value) filter (where dimension = ''), 0)
        - coalesce(sum(value) filter (where dimension in ('test', 'scaling', 'operation')), 0)
    ) > 1e-6
