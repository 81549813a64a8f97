-- Belæg for R4.2: afgjorte ansøgninger, og af dem de helt eller delvist bevilgede.
-- / Evidence of R4.2: applications decided, and of them those granted in whole or in part.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id, dimension, record_kind,
--          record_key, part and counted_as.
-- Window:  W(24), the twenty-four months up to counted_to, in this leader's time.
-- Defined: docs/indicators.md#r42
with

cases as (
    select
        units.organisation_id,
        units.network_id,
        units.period,
        units.basis,
        applications.record_key,
        applications.status != 'rejected' as won
    from core.units
    inner join core.windows as windows
        on units.organisation_id = windows.organisation_id
        and units.network_id = windows.network_id
        and units.period = windows.period
        and windows.indicator_id = 'R4.2'
    inner join core.applications as applications
        on units.organisation_id = applications.organisation_id
        and units.network_id = applications.network_id
        and units.basis = applications.basis
        and applications.status in ('granted', 'partly_granted', 'rejected')
        and windows.after_date < applications.decided_date
        and units.counted_to >= applications.decided_date
        and units.role_since <= applications.decided_date
    where units.phase = 'active'
)

select
    organisation_id,
    network_id,
    period,
    basis,
    'R4.2' as indicator_id,
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
    'R4.2' as indicator_id,
    '' as dimension,
    'applications' as record_kind,
    record_key,
    'numerator' as part,
    record_key as counted_as
from cases
where won
