-- Registreringerne bag organisationens tal om fremdrift, synliggørelse og politisk samspil
-- / The records behind the organisation's figures on progress, showing and political interplay
-- Macro: audit.behind_interplay(organisation, period)
-- Grain: measure_id, dimension, part, subject; a subject is a record.
with

asked as (
    select
        organisation as organisation_id,
        period as quarter
),

quarters as (
    select organisation_quarter.*
    from asked
    inner join audit.organisation_quarter() as organisation_quarter
        on asked.organisation_id = organisation_quarter.organisation_id
        and asked.quarter = organisation_quarter.period
),

met as (
    select touchpoints.*
    from quarters
    inner join main.touchpoints
        on quarters.organisation_id = touchpoints.organisation_id
        and quarters.counted_to >= touchpoints.date
        and quarters.year_before < touchpoints.date
    left join audit.discounted_record() as discounted
        on touchpoints.organisation_id = discounted.organisation_id
        and touchpoints.record_key = discounted.record_key
        and discounted.record_kind = 'touchpoints'
    where
        discounted.record_key is null
        and touchpoints.kind in ('showcase', 'political_assessment', 'political_dialogue')
),

due as (
    select
        phases.record_key,
        unnest(
            case
                when phases.actual_date <= cast(phases.planned_date + interval 30 days as date)
                    then ['numerator', 'denominator']
                else ['denominator']
            end
        ) as part
    from asked
    inner join audit.network_quarter() as units
        on asked.organisation_id = units.organisation_id
        and asked.quarter = units.period
        and units.phase = 'active'
    inner join main.phases
        on units.organisation_id = phases.organisation_id
        and units.network_id = phases.network_id
        and units.counted_to >= cast(phases.planned_date + interval 30 days as date)
    left join audit.discounted_record() as discounted
        on phases.organisation_id = discounted.organisation_id
        and phases.record_key = discounted.record_key
        and discounted.record_kind = 'phases'
    where discounted.record_key is null
)

select
    case kind when 'showcase' then 'value_shown' else kind end as measure_id,
    case kind when 'showcase' then audience when 'political_assessment' then outcome else '' end as dimension,
    'numerator' as part,
    record_key as subject,
    1 as counted,
    'touchpoints' as record_kind,
    record_key
from met
union all
select
    'progress' as measure_id,
    '' as dimension,
    part,
    record_key as subject,
    1 as counted,
    'phases' as record_kind,
    record_key
from due
