-- Netværk og kvartaler, hvis bevilgede kroner (V7) ikke er de accepterede ansøgningers.
-- / Networks and quarters whose kroner granted (V7) are not those of the accepted applications.
-- Usual cause: an application counted twice, or one left out because its network or dates were read otherwise.
-- Blocking: yes
with

granted as (
    select
        units.organisation_id,
        units.network_id,
        units.period,
        coalesce(sum(applications.amount_granted), 0) as amount_granted
    from core.units as units
    left join accepted.applications as applications
        on units.organisation_id = applications.organisation_id
        and units.network_id = applications.network_id
        and applications.status in ('granted', 'partly_granted')
        and units.counted_to >= applications.decided_date
        and not exists (
            select 1
            from accepted.disputes as disputes
            where
                disputes.organisation_id = applications.organisation_id
                and disputes.record_kind = 'applications'
                and disputes.record_key = applications.record_key
                and disputes.outcome = 'upheld'
        )
    where units.basis = 'counted'
    group by
        units.organisation_id,
        units.network_id,
        units.period
)

select
    results.organisation_id,
    results.network_id,
    results.period,
    results.indicator_id,
    results.value,
    granted.amount_granted
from results.indicator_result as results
inner join granted
    on results.organisation_id = granted.organisation_id
    and results.network_id = granted.network_id
    and results.period = granted.period
where
    results.indicator_id = 'V7'
    and results.value is not null
    and abs(results.value - cast(granted.amount_granted as double)) > 1e-6
