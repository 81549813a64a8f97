-- Fra et af organisationens tal til fil, ark, række og celle med teksten som skrevet
-- / From a figure of the organisation to file, sheet, row and cell with the text as written
-- Macro: audit.trace_organisation(organisation, period, measure, dimension := '')
-- Ask:   select * from audit.trace_organisation(':organisation', ':period', 'kroner_granted_to_date')
-- subject: what the figure counts once, be it said by several records; counted: what it counts of it (kroner, people, days).
-- Nothing is hidden from the auditor: where the figure is held back, may_be_shown is false and it must not be passed on.
-- Grain: part, subject, record_kind, record_key, cell.
with

asked as (
    select
        organisation as organisation_id,
        period as quarter,
        measure as measure_id,
        dimension as asked_dimension
),

behind as (
    select * from audit.organisation_evidence(organisation, period)
),

evidence_rows as (
    select
        organisation_result.organisation_id,
        organisation_result.period as quarter,
        organisation_result.measure_id,
        organisation_result.dimension as subdivision,
        organisation_result.value,
        not organisation_result.suppressed as may_be_shown,
        evidence.part,
        evidence.subject,
        evidence.counted,
        evidence.record_kind,
        evidence.record_key,
        record.sheet,
        record.row_number,
        case
            when evidence.record_kind = 'delivery' then cast(evidence.record_key as bigint)
            else record.delivery_sequence
        end as delivery_sequence
    from asked
    inner join main.organisation_result
        on asked.organisation_id = organisation_result.organisation_id
        and asked.quarter = organisation_result.period
        and asked.measure_id = organisation_result.measure_id
        and asked.asked_dimension = organisation_result.dimension
    left join behind as evidence
        on organisation_result.measure_id = evidence.measure_id
        and organisation_result.dimension = evidence.dimension
    left join audit.record
        on organisation_result.organisation_id = record.organisation_id
        and evidence.record_kind = record.record_kind
        and evidence.record_key = record.record_key
),

cell_letters as (
    select
        evidence_rows.*,
        delivery.path,
        delivery.sha256,
        sheet.headings,
        sheet.columns as fields,
        source_row.cells,
        unnest(case when source_row.cells is null then [null] else json_keys(source_row.cells) end) as letter
    from evidence_rows
    left join audit.delivery on evidence_rows.delivery_sequence = delivery.sequence
    left join audit.sheet
        on evidence_rows.delivery_sequence = sheet.delivery_sequence
        and evidence_rows.sheet = sheet.sheet
    left join audit.source_row
        on evidence_rows.delivery_sequence = source_row.delivery_sequence
        and evidence_rows.sheet = source_row.sheet
        and evidence_rows.row_number = source_row.row_number
),

written_cells as (
    select
        cell_letters.*,
        nullif(upper(regexp_extract(cell_letters.letter, '^[A-Za-z]+')), '') as column_letter,
        json_extract_string(cell_letters.fields, '$.' || cell_letters.letter) as field,
        json_extract_string(cell_letters.cells, '$.' || cell_letters.letter) as written
    from cell_letters
)

select
    written_cells.organisation_id,
    written_cells.quarter as period,
    written_cells.measure_id,
    written_cells.subdivision as dimension,
    written_cells.value,
    written_cells.may_be_shown,
    written_cells.part,
    written_cells.subject,
    written_cells.counted,
    written_cells.record_kind,
    written_cells.record_key,
    written_cells.delivery_sequence,
    written_cells.path,
    written_cells.sha256,
    written_cells.sheet,
    written_cells.row_number,
    -- What a mapping file made of column F has the letter f_1, a constant _1, which stands in no cell.
    written_cells.column_letter || written_cells.row_number as cell,
    json_extract_string(written_cells.headings, '$.' || written_cells.column_letter) as heading,
    written_cells.field,
    written_cells.written,
    -- Case, spaces and the kind of hyphen alone are no other name.
    case
        when
            upper(trim(
                regexp_replace(
                    regexp_replace(written_cells.written, '[\x{2010}-\x{2015}\x{2212}]', '-', 'g'), '\s+', ' ', 'g'
                )
            ))
            != upper(trim(
                regexp_replace(
                    regexp_replace(counted_name.counted_as, '[\x{2010}-\x{2015}\x{2212}]', '-', 'g'), '\s+', ' ', 'g'
                )
            ))
            then counted_name.counted_as
    end as counted_as,
    case
        when not written_cells.may_be_shown
            then 'Tallet holdes tilbage, fordi for få står bag; det, der står her, må ikke gives videre.'
        when written_cells.record_kind = 'delivery'
            then 'Pulsen er anonyme svar; sporet ender ved leverancen, så ingen kan genkendes.'
        when written_cells.record_kind = 'indicator_result'
            then 'Tallet tæller resultater; hvert føres videre med audit.trace(organisation, netværk, kvartal, indikator).'
        when written_cells.record_kind is null then 'Der er ingen registreringer bag tallet.'
    end as note_da,
    case
        when not written_cells.may_be_shown
            then 'The figure is held back because too few stand behind it; what stands here must not be passed on.'
        when written_cells.record_kind = 'delivery'
            then 'The pulse is anonymous answers; the trace ends at the delivery, so that nobody can be known.'
        when written_cells.record_kind = 'indicator_result'
            then 'The figure counts results; audit.trace(organisation, network, period, indicator) leads on from each.'
        when written_cells.record_kind is null then 'There are no records behind the figure.'
    end as note_en
from written_cells
left join audit.counted_name() as counted_name
    on written_cells.organisation_id = counted_name.organisation_id
    and written_cells.record_kind = counted_name.record_kind
    and written_cells.record_key = counted_name.record_key
    and written_cells.field = counted_name.field
order by
    written_cells.part desc,
    written_cells.subject asc,
    written_cells.record_kind asc,
    written_cells.record_key asc,
    written_cells.delivery_sequence asc,
    length(written_cells.letter) asc,
    written_cells.letter asc
