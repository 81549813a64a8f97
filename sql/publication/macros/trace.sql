-- Fra et offentliggjort tal til fil, ark, række og celle med teksten som skrevet
-- / From a published figure to file, sheet, row and cell with the text as written
-- Macro: audit.trace(organisation, network, period, indicator, dimension := '')
-- Ask:   select * from audit.trace(':organisation', ':network', ':period', 'V7')
-- A figure without records, and the pulse, give one row whose note says why there is no more.
-- Grain: part, record_kind, record_key, cell.
with

asked as (
    select
        organisation as organisation_id,
        network as network_id,
        period as quarter,
        indicator as indicator_id,
        dimension as asked_dimension
),

evidence_rows as (
    select
        indicator_result.organisation_id,
        indicator_result.network_id,
        indicator_result.period as quarter,
        indicator_result.indicator_id,
        indicator_result.dimension as subdivision,
        indicator_result.value,
        indicator_result.status,
        indicator_result.reason,
        evidence.part,
        evidence.record_kind,
        evidence.record_key,
        record.sheet,
        record.row_number,
        case
            when evidence.record_kind = 'delivery' then cast(evidence.record_key as bigint)
            else record.delivery_sequence
        end as delivery_sequence
    from asked
    inner join main.indicator_result
        on asked.organisation_id = indicator_result.organisation_id
        and asked.network_id = indicator_result.network_id
        and asked.quarter = indicator_result.period
        and asked.indicator_id = indicator_result.indicator_id
        and asked.asked_dimension = indicator_result.dimension
    left join audit.evidence
        on indicator_result.organisation_id = evidence.organisation_id
        and indicator_result.network_id = evidence.network_id
        and indicator_result.period = evidence.period
        and indicator_result.indicator_id = evidence.indicator_id
        and indicator_result.dimension = evidence.dimension
    left join audit.record
        on evidence.organisation_id = record.organisation_id
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
)

select
    cell_letters.organisation_id,
    cell_letters.network_id,
    cell_letters.quarter as period,
    cell_letters.indicator_id,
    cell_letters.subdivision as dimension,
    cell_letters.value,
    cell_letters.status,
    cell_letters.reason,
    cell_letters.part,
    cell_letters.record_kind,
    cell_letters.record_key,
    cell_letters.delivery_sequence,
    cell_letters.path,
    cell_letters.sha256,
    cell_letters.sheet,
    cell_letters.row_number,
    -- What a mapping file made of column F has the letter f_1, a constant _1, which stands in no cell.
    nullif(upper(regexp_extract(cell_letters.letter, '^[A-Za-z]+')), '') || cell_letters.row_number as cell,
    json_extract_string(
        cell_letters.headings, '$.' || nullif(upper(regexp_extract(cell_letters.letter, '^[A-Za-z]+')), '')
    ) as heading,
    json_extract_string(cell_letters.fields, '$.' || cell_letters.letter) as field,
    json_extract_string(cell_letters.cells, '$.' || cell_letters.letter) as written,
    case
        when cell_letters.indicator_id like '%.P'
            then 'Pulsen er anonyme svar; sporet ender ved leverancen, så ingen kan genkendes.'
        when cell_letters.record_kind is null then 'Der er ingen registreringer bag tallet.'
    end as note_da,
    case
        when cell_letters.indicator_id like '%.P'
            then 'The pulse is anonymous answers; the trace ends at the delivery, so that nobody can be known.'
        when cell_letters.record_kind is null then 'There are no records behind the figure.'
    end as note_en
from cell_letters
order by
    cell_letters.part desc,
    cell_letters.record_kind asc,
    cell_letters.record_key asc,
    cell_letters.delivery_sequence asc,
    length(cell_letters.letter) asc,
    cell_letters.letter asc
