-- Bevilgede kroner (V7, og den eksterne del af V5), der ikke er summen af ansøgningerne bag.
-- / Kroner granted (V7, and the external part of V5) that are not the sum of the applications behind them.
-- Usual cause: a figure and its evidence that take different applications.
-- Blocking: yes
with

behind as (
    select
        evidence.organisation_id,
        evidence.network_id,
        evidence.period,
        evidence.indicator_id,
        sum(applications.amount_granted) as amount_granted
    from results.evidence as evidence
    inner join accepted.applications as applications
        on evidence.organisation_id = applications.organisation_id
        and evidence.record_key = applications.record_key
    where
        evidence.record_kind = 'applications'
        and evidence.part = 'numerator'
        and evidence.indicator_id in ('V5', 'V7')
    group by
        evidence.organisation_id,
        evidence.network_id,
        evidence.period,
        evidence.indicator_id
)

select
    results.organisation_id,
    results.network_id,
    results.period,
    results.indicator_id
from results.indicator_result as results
left join behind
    on results.organisation_id = behind.organisation_id
    and results.network_id = behind.network_id
    and results.period = behind.period
    and results.indicator_id = behind.indicator_id
where
    results.indicator_id in ('V5', 'V7')
    and results.value is not null
    and abs(coalesce(results.numerator, results.value) - coalesce(cast(behind.amount_granted as double), 0)) > 1e-6
