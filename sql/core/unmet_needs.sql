-- Indikatorer, en organisation ikke kan spørges om, fordi den ikke fører en slags, de hviler på.
-- / Indicators an organisation cannot be asked about, because it does not keep a kind they rest on.
-- Grain:   one row per organisation_id and indicator_id.
-- Window:  none.
-- Defined: docs/indicators.md#kept
with

organisations as (
    select organisation_id
    from accepted.networks
    group by organisation_id
)

select
    organisations.organisation_id,
    needs.indicator_id
from organisations
cross join definitions.indicator_need as needs
left join core.kinds_kept as kept
    on organisations.organisation_id = kept.organisation_id
    and needs.kind = kept.kind
where kept.kind is null
group by
    organisations.organisation_id,
    needs.indicator_id
