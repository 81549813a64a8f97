-- Every row of a known sheet as written, with the columns of the contract only.
-- Left out: the pulse's rows (anonymous answers), the names of people (they stand in people alone),
-- and columns the contract does not know, where anything may have been written.
-- Grain: delivery_sequence, sheet, row_number.
with

columns_named as (
    select
        delivery_sequence,
        sheet,
        list_filter(
            json_keys(columns),
            lambda letter: not (kind = 'people' and json_extract_string(columns, '$.' || letter) = 'name')
        ) as letters
    from raw.sheet
    where kind is not null and kind not in ('', 'pulse')
),

columns_read as (
    select
        delivery_sequence,
        sheet,
        -- Beside what a mapping file made of column F (f_1) stands the cell as written.
        list_concat(
            letters, list_transform(letters, lambda letter: upper(regexp_extract(letter, '^[a-z]+')))
        ) as letters
    from columns_named
),

rows_read as (
    select
        source_row.delivery_sequence,
        source_row.sheet,
        source_row.row_number,
        source_row.organisation_id,
        source_row.kind,
        source_row.cells,
        list_filter(
            json_keys(source_row.cells),
            lambda letter: not list_contains(columns_read.letters, letter)  -- noqa: RF02
        ) as unpublished
    from raw.source_row
    inner join columns_read
        on source_row.delivery_sequence = columns_read.delivery_sequence
        and source_row.sheet = columns_read.sheet
    where source_row.kind is not null and source_row.kind not in ('', 'pulse')
)

select
    delivery_sequence,
    sheet,
    row_number,
    organisation_id,
    kind,
    case
        when len(unpublished) = 0 then cells
        else json_merge_patch(cells, to_json(map(unpublished, list_transform(unpublished, lambda letter: null))))
    end as cells
from rows_read
