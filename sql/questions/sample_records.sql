-- Tilfældig stikprøve af en art: registreringer og de celler, der skal ses efter, ens for samme frø
-- / Random sample of a kind: records and the cells to look up, the same for the same seed
-- Macro: audit.sample_records(organisation, kind, seed, size)
-- Ask:   select * from audit.sample_records(':organisation', 'applications', 2026, 5)
-- The records whose MD5 of seed, dash and key comes first by its hexadecimal text: anybody can work it out again.
-- Grain: record_key, cell.
with

asked as (
    select
        organisation as organisation_id,
        kind as record_kind,
        cast(seed as varchar) as asked_seed,
        cast(size as bigint) as asked_size
),

drawn as (
    select
        record.organisation_id,
        record.record_kind,
        record.record_key,
        record.delivery_sequence,
        record.sheet,
        record.row_number,
        asked.asked_size,
        row_number() over (
            order by md5(asked.asked_seed || '-' || record.record_key) asc, record.record_key asc
        ) as drawn_as
    from asked
    inner join audit.record
        on asked.organisation_id = record.organisation_id
        and asked.record_kind = record.record_kind
),

cell_letters as (
    select
        drawn.*,
        delivery.path,
        delivery.sha256,
        sheet.headings,
        sheet.columns as fields,
        source_row.cells,
        unnest(json_keys(source_row.cells)) as letter
    from drawn
    inner join audit.delivery on drawn.delivery_sequence = delivery.sequence
    inner join audit.sheet
        on drawn.delivery_sequence = sheet.delivery_sequence
        and drawn.sheet = sheet.sheet
    inner join audit.source_row
        on drawn.delivery_sequence = source_row.delivery_sequence
        and drawn.sheet = source_row.sheet
        and drawn.row_number = source_row.row_number
    where drawn.drawn_as <= drawn.asked_size
)

select
    cell_letters.drawn_as,
    cell_letters.record_key,
    cell_letters.path,
    cell_letters.sha256,
    cell_letters.sheet,
    cell_letters.letter || cell_letters.row_number as cell,
    json_extract_string(cell_letters.headings, '$.' || cell_letters.letter) as heading,
    json_extract_string(cell_letters.fields, '$.' || cell_letters.letter) as field,
    json_extract_string(cell_letters.cells, '$.' || cell_letters.letter) as written
from cell_letters
order by
    cell_letters.drawn_as asc,
    length(cell_letters.letter) asc,
    cell_letters.letter asc
