-- Belæg for R4.3: eksterne ansøgninger med en ansvarlig, og af dem referencelederens egne.
-- / Evidence of R4.3: external applications with someone responsible, and of them those the reference leader answers for.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id, dimension, record_kind,
--          record_key, part and counted_as.
-- Window:  W(24), the twenty-four months up to counted_to, in this leader's time.
-- Defined: docs/indicators.md#r43
with

cases as (
    select
        units.organisation_id,
        units.network_id,
        units.period,
        units.basis,
        applications.record_key,
        applications.responsible_id = units.reference_leader_id as answered_for
    from core.units
    inner join core.windows as windows
        on units.organisation_id = windows.organisation_id
        and units.network_id = windows.network_id
        and units.period = windows.period
        and windows.indicator_id = 'R4.3'
    inner join core.applications as applications
        on units.organisation_id = applications.organisation_id
        and units.network_id = applications.network_id
        and units.basis = applications.basis
        and applications.source = 'external'
        and applications.status != 'draft'
        and applications.responsible_id is not null
        and windows.after_date < applications.submitted_date
        and units.counted_to >= applications.submitted_date
        and units.role_since <= applications.submitted_date
    where units.phase = 'active'
)

select
    organisation_id,
    network_id,
    period,
    basis,
    'R4.3' as indicator_id,
    '' as dimension,
    'applications' as record_kind,
    record_key,
    'denominator' as part,
    record_key as counted_as
from cases
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    'R4.3' as indicator_id,
    '' as dimension,
    'applications' as record_kind,
    record_key,
    'numerator' as part,
    record_key as counted_as
from cases
where answered_for
