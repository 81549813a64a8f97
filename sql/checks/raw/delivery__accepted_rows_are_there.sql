-- Gældende leveringer, hvis accepterede rækker ikke er så mange, som de accepterede tabeller har fra dem.
-- / Current deliveries whose accepted rows are not as many as the accepted tables hold of them.
-- Usual cause: rows that fell away after they were counted.
-- Blocking: yes
with

accepted_rows as (
    select delivery_sequence
    from accepted.people
    union all
    select delivery_sequence
    from accepted.networks
    union all
    select delivery_sequence
    from accepted.roles
    union all
    select delivery_sequence
    from accepted.phases
    union all
    select delivery_sequence
    from accepted.solutions
    union all
    select delivery_sequence
    from accepted.applications
    union all
    select delivery_sequence
    from accepted.adoption_events
    union all
    select delivery_sequence
    from accepted.central_managers
    union all
    select delivery_sequence
    from accepted.ownership
    union all
    select delivery_sequence
    from accepted.touchpoints
    union all
    select delivery_sequence
    from accepted.value_records
    union all
    select delivery_sequence
    from accepted.pulse
    union all
    select delivery_sequence
    from accepted.disputes
),

counted as (
    select
        delivery_sequence,
        count(*) as rows_there
    from accepted_rows
    group by delivery_sequence
)

select
    deliveries.sequence as delivery_sequence,
    deliveries.organisation_id,
    deliveries.path,
    deliveries.rows_accepted,
    counted.rows_there
from raw.delivery as deliveries
left join counted
    on deliveries.sequence = counted.delivery_sequence
where
    deliveries.state = 'current'
    and deliveries.path not like '%\_indstillinger.xlsx' escape '\'
    and deliveries.rows_accepted is distinct from coalesce(counted.rows_there, 0)
