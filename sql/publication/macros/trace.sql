-- Fra et offentliggjort tal til fil, ark, række og celle med teksten som skrevet
-- / From a published figure to file, sheet, row and cell with the text as written
-- Macro: audit.trace(organisation, network, period, indicator, dimension := '')
-- Ask:   select * from audit.trace(':organisation', ':network', ':period', 'V7')
-- counted_as: the name a cell counts as, where an alias of the settings says another than the one written.
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
),

written_cells as (
    select
        cell_letters.*,
        json_extract_string(cell_letters.fields, '$.' || cell_letters.letter) as field,
        json_extract_string(cell_letters.cells, '$.' || cell_letters.letter) as written
    from cell_letters
)

select
    written_cells.organisation_id,
    written_cells.network_id,
    written_cells.quarter as period,
    written_cells.indicator_id,
    written_cells.subdivision as dimension,
    written_cells.value,
    written_cells.status,
    written_cells.reason,
    written_cells.part,
    written_cells.record_kind,
    written_cells.record_key,
    written_cells.delivery_sequence,
    written_cells.path,
    written_cells.sha256,
    written_cells.sheet,
    written_cells.row_number,
    -- What a mapping file made of column F has the letter f_1, a constant _1, which stands in no cell.
    nullif(upper(regexp_extract(written_cells.letter, '^[A-Za-z]+')), '') || written_cells.row_number as cell,
    json_extract_string(
        written_cells.headings, '$.' || nullif(upper(regexp_extract(written_cells.letter, '^[A-Za-z]+')), '')
    ) as heading,
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
                    regexp_replace(counted_names.counted_as, '[\x{2010}-\x{2015}\x{2212}]', '-', 'g'), '\s+', ' ', 'g'
                )
            ))
            then counted_names.counted_as
    end as counted_as,
    case
        when written_cells.indicator_id like '%.P'
            then 'Pulsen er anonyme svar; sporet ender ved leverancen, så ingen kan genkendes.'
        when written_cells.record_kind is null then 'Der er ingen registreringer bag tallet.'
    end as note_da,
    case
        when written_cells.indicator_id like '%.P'
            then 'The pulse is anonymous answers; the trace ends at the delivery, so that nobody can be known.'
        when written_cells.record_kind is null then 'There are no records behind the figure.'
    end as note_en
from written_cells
left join audit.counted_name() as counted_names
    on written_cells.organisation_id = counted_names.organisation_id
    and written_cells.record_kind = counted_names.record_kind
    and written_cells.record_key = counted_names.record_key
    and written_cells.field = counted_names.field
order by
    written_cells.part desc,
    written_cells.record_kind asc,
    written_cells.record_key asc,
    written_cells.delivery_sequence asc,
    length(written_cells.letter) asc,
    written_cells.letter asc
