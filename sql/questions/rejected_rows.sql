-- Rækker, der ikke tæller med, og hvorfor: reglen, cellen og rækken som skrevet
-- / Rows that do not count, and why: the rule, the cell and the row as written
-- Macro: audit.rejected_rows(organisation)
-- Ask:   select * from audit.rejected_rows(':organisation')
-- Of the pulse neither cell nor row is shown: the answers are anonymous.
-- Grain: none; a row with two faults stands twice.
with

asked as (
    select organisation as organisation_id
)

select
    finding.kind as record_kind,
    finding.rule,
    finding.record_key,
    finding.path,
    finding.sheet,
    finding.row_number,
    finding.cell,
    finding.heading,
    finding.value,
    finding.message_da,
    finding.message_en,
    source_row.cells
from asked
inner join audit.finding on asked.organisation_id = finding.organisation_id
left join audit.source_row
    on finding.delivery_sequence = source_row.delivery_sequence
    and finding.sheet = source_row.sheet
    and finding.row_number = source_row.row_number
where
    finding.severity = 'error'
    or finding.rule = 'superseded_key'
order by
    finding.kind asc,
    finding.path asc,
    finding.sheet asc,
    finding.row_number asc,
    finding.cell asc,
    finding.rule asc
