-- Tal, der tæller registreringer, hvor belægget ikke er lige så mange registreringer.
-- / Figures that count records, where the evidence is not as many records.
-- Usual cause: a model and its evidence that draw the window's edge on different days.
-- Blocking: yes
with

counted as (
    select
        organisation_id,
        network_id,
        period,
        indicator_id,
        dimension,
        count(*) filter (where part = 'numerator') as numerator_records,
        count(*) filter (where part = 'denominator') as denominator_records
    from results.evidence
    group by
        organisation_id,
        network_id,
        period,
        indicator_id,
        dimension
)

select
    results.organisation_id,
    results.network_id,
    results.period,
    results.indicator_id,
    results.dimension
from results.indicator_result as results
left join counted
    on results.organisation_id = counted.organisation_id
    and results.network_id = counted.network_id
    and results.period = counted.period
    and results.indicator_id = counted.indicator_id
    and results.dimension = counted.dimension
where
    results.value is not null
    and (
        (
            -- Those whose value or numerator is a number of records; the others count solutions, months or kroner.
            results.indicator_id in (
                'R1.1', 'R2.2', 'R4.2', 'R4.3', 'R5.3', 'R6.1', 'R6.2', 'R6.3', 'R7.1', 'R7.3', 'R8.1', 'R8.2', 'V3', 'V6'
            )
            and coalesce(results.numerator, results.value) <> coalesce(counted.numerator_records, 0)
        )
        or (
            results.indicator_id in ('R4.2', 'R4.3', 'R5.3', 'R7.3', 'R8.1', 'R8.2', 'R8.3', 'R8.4')
            and results.denominator <> coalesce(counted.denominator_records, 0)
        )
    )
