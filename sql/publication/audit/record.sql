-- Where every accepted record was read: its delivery, sheet and row; of the pulse nothing.
-- Grain: organisation_id, record_kind, record_key.
select
    organisation_id,
    'people' as record_kind,
    record_key,
    delivery_sequence,
    sheet,
    row_number
from accepted.people

union all

select
    organisation_id,
    'networks' as record_kind,
    record_key,
    delivery_sequence,
    sheet,
    row_number
from accepted.networks

union all

select
    organisation_id,
    'roles' as record_kind,
    record_key,
    delivery_sequence,
    sheet,
    row_number
from accepted.roles

union all

select
    organisation_id,
    'phases' as record_kind,
    record_key,
    delivery_sequence,
    sheet,
    row_number
from accepted.phases

union all

select
    organisation_id,
    'solutions' as record_kind,
    record_key,
    delivery_sequence,
    sheet,
    row_number
from accepted.solutions

union all

select
    organisation_id,
    'applications' as record_kind,
    record_key,
    delivery_sequence,
    sheet,
    row_number
from accepted.applications

union all

select
    organisation_id,
    'adoption_events' as record_kind,
    record_key,
    delivery_sequence,
    sheet,
    row_number
from accepted.adoption_events

union all

select
    organisation_id,
    'central_managers' as record_kind,
    record_key,
    delivery_sequence,
    sheet,
    row_number
from accepted.central_managers

union all

select
    organisation_id,
    'ownership' as record_kind,
    record_key,
    delivery_sequence,
    sheet,
    row_number
from accepted.ownership

union all

select
    organisation_id,
    'touchpoints' as record_kind,
    record_key,
    delivery_sequence,
    sheet,
    row_number
from accepted.touchpoints

union all

select
    organisation_id,
    'value_records' as record_kind,
    record_key,
    delivery_sequence,
    sheet,
    row_number
from accepted.value_records

union all

select
    organisation_id,
    'disputes' as record_kind,
    dispute_id as record_key,
    delivery_sequence,
    sheet,
    row_number
from accepted.disputes
