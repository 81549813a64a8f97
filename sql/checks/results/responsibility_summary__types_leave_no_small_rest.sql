-- Typer vist ved siden af alle typer, hvor resten er under fem netværk eller alle af én anden status end opfyldt.
-- / Types shown beside all types, where what is left is fewer than five networks or all of one other status than fulfilled.
-- Usual cause: a type shown without asking what it gives away about the others.
-- Blocking: yes
with

rests as (
    select
        organisation_id,
        period,
        responsibility_id,
        "window",
        sum(case when network_type = '' then networks else -networks end) as networks,
        greatest(
            sum(case when network_type = '' then partly else -partly end),
            sum(case when network_type = '' then not_fulfilled else -not_fulfilled end),
            sum(case when network_type = '' then not_assessable else -not_assessable end),
            sum(case when network_type = '' then not_applicable else -not_applicable end)
        ) as most_of_one_status
    from results.responsibility_summary
    where not suppressed
    group by
        organisation_id,
        period,
        responsibility_id,
        "window"
    having
        bool_or(network_type = '')
        and count(*) > 1
)

select
    organisation_id,
    period,
    responsibility_id,
    "window"
from rests
where
    networks <> 0
    and (
        networks < 5
        or networks = most_of_one_status
    )
