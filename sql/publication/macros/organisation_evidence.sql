-- Registreringerne bag hvert af organisationens tal i et kvartal, og hvad der tælles af hver
-- / The records behind each of the organisation's figures of a quarter, and what is counted of each
-- Macro: audit.organisation_evidence(organisation, period)
-- What is counted is counted once a subject (a record, a solution, a place, a network), whatever many records say it.
-- Grain: measure_id, dimension, part, subject, record_kind, record_key.
with

asked as (
    select
        organisation as organisation_id,
        period as quarter
),

behind as (
    select * from audit.behind_capital(organisation, period)
    union all
    select * from audit.behind_coverage(organisation, period)
    union all
    select * from audit.behind_value(organisation, period)
    union all
    select * from audit.behind_funnel(organisation, period)
    union all
    select * from audit.behind_ownership(organisation, period)
    union all
    select * from audit.behind_interplay(organisation, period)
    union all
    select * from audit.behind_survival(organisation, period)
)

select distinct
    organisation_result.organisation_id,
    organisation_result.period,
    organisation_result.measure_id,
    organisation_result.dimension,
    behind.part,
    behind.subject,
    behind.counted,
    behind.record_kind,
    behind.record_key
from asked
inner join main.organisation_result
    on asked.organisation_id = organisation_result.organisation_id
    and asked.quarter = organisation_result.period
inner join behind
    on organisation_result.measure_id = behind.measure_id
    and coalesce(behind.dimension, organisation_result.dimension) = organisation_result.dimension
