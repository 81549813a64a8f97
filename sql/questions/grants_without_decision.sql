-- Bevillinger uden afgørelse: rækker, der er bevilget uden dato eller beløb, og ansøgninger, der stadig venter på svar
-- / Grants without a decision: rows granted without a date or an amount, and applications still waiting for an answer
-- Macro: audit.grants_without_decision(organisation)
-- Ask:   select * from audit.grants_without_decision(':organisation')
-- Grain: record_key and what; a rejected row counts in no figure.
with

asked as (
    select organisation as organisation_id
),

counted_to as (
    select
        organisation_id,
        max(period_end) as last_day
    from main.indicator_result
    group by organisation_id
)

select
    'granted_incomplete' as what,
    finding.record_key,
    cast(null as varchar) as network_id,
    cast(null as decimal(18, 2)) as amount_applied,
    cast(null as date) as submitted_date,
    cast(null as bigint) as days_waited,
    finding.path,
    finding.sheet,
    finding.row_number,
    finding.cell,
    finding.message_da,
    finding.message_en
from asked
inner join audit.finding
    on asked.organisation_id = finding.organisation_id
    and finding.rule = 'granted_incomplete'
union all
select
    'waiting' as what,
    applications.record_key,
    applications.network_id,
    applications.amount_applied,
    applications.submitted_date,
    date_diff('day', applications.submitted_date, counted_to.last_day) as days_waited,
    delivery.path,
    applications.sheet,
    applications.row_number,
    null as cell,
    'Ansøgningen er sendt og uden afgørelse.' as message_da,
    'The application was sent and has no decision.' as message_en
from asked
inner join main.applications
    on asked.organisation_id = applications.organisation_id
    and applications.status = 'submitted'
    and applications.decided_date is null
left join counted_to on asked.organisation_id = counted_to.organisation_id
left join audit.delivery on applications.delivery_sequence = delivery.sequence
order by
    what asc,
    days_waited desc nulls last,
    record_key asc
