-- Ændrede tal efter årsag: hvor mange tal hver årsag flyttede, og hvor meget i alt
-- / Changed figures by cause: how many figures each cause moved, and how much in all
-- Macro: audit.restatements_by_cause(organisation)
-- Ask:   select * from audit.restatements_by_cause(':organisation')
-- Grain: publication_sequence, table_name, indicator_id, measure, cause.
with

asked as (
    select organisation as organisation_id
),

parts as (
    select
        restatement.publication_sequence,
        restatement.table_name,
        restatement.indicator_id,
        restatement.measure,
        unnest(['code', 'definition', 'target', 'late', 'corrected', 'withdrawn', 'dispute', 'erased']) as cause,
        unnest([
            restatement.code_part,
            restatement.definition_part,
            restatement.target_part,
            restatement.late_part,
            restatement.corrected_part,
            restatement.withdrawn_part,
            restatement.dispute_part,
            restatement.erased_part
        ]) as moved
    from asked
    inner join audit.restatement on asked.organisation_id = restatement.organisation_id
)

select
    parts.publication_sequence,
    parts.table_name,
    parts.indicator_id,
    parts.measure,
    parts.cause,
    count(*) as figures,
    sum(parts.moved) as moved
from parts
where parts.moved is not null
group by
    parts.publication_sequence,
    parts.table_name,
    parts.indicator_id,
    parts.measure,
    parts.cause
order by
    parts.publication_sequence asc,
    parts.table_name asc,
    parts.indicator_id asc,
    parts.measure asc,
    parts.cause asc
