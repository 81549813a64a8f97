-- Findings as made. Of the pulse neither cell nor value is shown (anonymous answers), of a person's name
-- neither the value nor a message that repeats it.
-- Grain: none; two faults of one cell are two findings.
with

findings as (
    select
        finding.*,
        coalesce(finding.kind, '') = 'pulse' as is_pulse,
        coalesce(finding.kind, '') = 'people'
        and json_extract_string(sheet.columns, '$.' || nullif(regexp_extract(finding.cell, '^[A-Z]+'), '')) = 'name' as is_name
    from accepted.finding
    left join raw.sheet
        on finding.delivery_sequence = sheet.delivery_sequence
        and finding.sheet = sheet.sheet
)

select
    organisation_id,
    delivery_sequence,
    path,
    sheet,
    row_number,
    kind,
    rule,
    severity,
    waived,
    waived_until,
    waiver_owner,
    waiver_reason,
    case when not is_pulse then record_key end as record_key,
    case when not is_pulse then heading end as heading,
    case when not is_pulse then cell end as cell,
    case when not is_pulse and not coalesce(is_name, false) then value end as value,
    case
        when is_pulse then 'Fund i et ark med anonyme svar. Cellen vises kun i den kopi, som afsenderen får.'
        when is_name and value <> '' and contains(message_da, value) then 'Navnet kan ikke læses. Ret cellen.'
        else message_da
    end as message_da,
    case
        when is_pulse then 'Finding in a sheet of anonymous answers. The cell is shown only in the copy the sender gets.'
        when is_name and value <> '' and contains(message_en, value) then 'The name cannot be read. Mend the cell.'
        else message_en
    end as message_en
from findings
