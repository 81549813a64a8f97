-- Hvor fuldstændigt er det leverede: art for art rækker læst, godkendt, afvist og sprunget over, og hvor nyt det er
-- / How complete are the deliveries: kind by kind the rows read, accepted, rejected and skipped, and how recent they are
-- Macro: audit.completeness_by_kind(organisation)
-- Ask:   select * from audit.completeness_by_kind(':organisation')
-- Without the pulse, whose rows are not published. unexplained is 0 where every row is accounted for.
-- Grain: record_kind.
with

asked as (
    select organisation as organisation_id
),

read_rows as (
    select
        source_row.kind as record_kind,
        source_row.delivery_sequence,
        source_row.sheet,
        source_row.row_number,
        delivery.received_at,
        coalesce(record.record_key is not null, false) as is_accepted
    from asked
    inner join audit.source_row on asked.organisation_id = source_row.organisation_id
    inner join audit.delivery
        on source_row.delivery_sequence = delivery.sequence
        and delivery.state = 'current'
    left join audit.record
        on source_row.organisation_id = record.organisation_id
        and source_row.kind = record.record_kind
        and source_row.delivery_sequence = record.delivery_sequence
        and source_row.sheet = record.sheet
        and source_row.row_number = record.row_number
),

faults as (
    select
        finding.delivery_sequence,
        finding.sheet,
        finding.row_number,
        max(case when finding.severity = 'error' or finding.rule = 'superseded_key' then 1 else 0 end) as is_rejected,
        max(case when finding.rule in ('total_row', 'note_row', 'example_row') then 1 else 0 end) as is_skipped
    from asked
    inner join audit.finding on asked.organisation_id = finding.organisation_id
    group by
        finding.delivery_sequence,
        finding.sheet,
        finding.row_number
),

judged as (
    select
        read_rows.*,
        not read_rows.is_accepted and coalesce(faults.is_rejected, 0) = 1 as is_rejected,
        not read_rows.is_accepted and coalesce(faults.is_rejected, 0) = 0 and coalesce(faults.is_skipped, 0) = 1 as is_skipped
    from read_rows
    left join faults
        on read_rows.delivery_sequence = faults.delivery_sequence
        and read_rows.sheet = faults.sheet
        and read_rows.row_number = faults.row_number
)

select
    judged.record_kind,
    count(distinct judged.delivery_sequence) as deliveries,
    count(*) as rows_read,
    count(*) filter (where judged.is_accepted) as rows_accepted,
    count(*) filter (where judged.is_rejected) as rows_rejected,
    count(*) filter (where judged.is_skipped) as rows_skipped,
    count(*) filter (where not judged.is_accepted and not judged.is_rejected and not judged.is_skipped) as unexplained,
    max(judged.received_at) as latest_received_at
from judged
group by judged.record_kind
order by judged.record_kind asc
