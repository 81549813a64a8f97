-- Stikprøve efter beløb (monetary unit sampling): hver bevilget krone har samme chance, og cellen med beløbet vises
-- / Monetary unit sample: every krone granted has the same chance, and the cell with the amount is shown
-- Macro: audit.sample_kroner(organisation, seed, size)
-- Ask:   select * from audit.sample_kroner(':organisation', 2026, 5)
-- Granted applications in order of key; a point every total / size kroner, the first at (seed * 7919 + 104729) mod
-- 10007 / 10007 of that step. An amount as large as the step is always drawn; one drawn by several points stands once.
-- Grain: record_key.
with

asked as (
    select
        organisation as organisation_id,
        cast(size as bigint) as asked_size,
        cast(((cast(seed as bigint) * 7919 + 104729) % 10007 + 10007) % 10007 as double) / 10007 as first_share
),

granted as (
    select
        applications.organisation_id,
        applications.record_key,
        applications.network_id,
        applications.delivery_sequence,
        applications.sheet,
        applications.row_number,
        applications.amount_granted,
        asked.asked_size,
        asked.first_share,
        cast(sum(applications.amount_granted) over (order by applications.record_key asc rows unbounded preceding) as double)
            as kroner_up_to,
        cast(sum(applications.amount_granted) over () as double) as kroner_in_all
    from asked
    inner join main.applications
        on asked.organisation_id = applications.organisation_id
        and applications.status in ('granted', 'partly_granted')
        and applications.amount_granted > 0
),

placed as (
    select
        granted.*,
        granted.kroner_in_all / granted.asked_size as step,
        granted.kroner_up_to - cast(granted.amount_granted as double) as kroner_before
    from granted
),

drawn as (
    select
        placed.*,
        cast(
            ceil(placed.kroner_up_to / placed.step - placed.first_share)
            - ceil(placed.kroner_before / placed.step - placed.first_share) as bigint
        ) as points
    from placed
),

cell_letters as (
    select
        drawn.*,
        delivery.path,
        delivery.sha256,
        sheet.headings,
        sheet.columns as fields,
        source_row.cells,
        unnest(json_keys(sheet.columns)) as letter
    from drawn
    inner join audit.delivery on drawn.delivery_sequence = delivery.sequence
    inner join audit.sheet
        on drawn.delivery_sequence = sheet.delivery_sequence
        and drawn.sheet = sheet.sheet
    inner join audit.source_row
        on drawn.delivery_sequence = source_row.delivery_sequence
        and drawn.sheet = source_row.sheet
        and drawn.row_number = source_row.row_number
    where drawn.points > 0
)

select
    cell_letters.record_key,
    cell_letters.network_id,
    cell_letters.points,
    cell_letters.amount_granted,
    cell_letters.kroner_up_to,
    cell_letters.step,
    cell_letters.path,
    cell_letters.sha256,
    cell_letters.sheet,
    cell_letters.letter || cell_letters.row_number as cell,
    json_extract_string(cell_letters.headings, '$.' || cell_letters.letter) as heading,
    json_extract_string(cell_letters.cells, '$.' || cell_letters.letter) as written
from cell_letters
where json_extract_string(cell_letters.fields, '$.' || cell_letters.letter) = 'amount_granted'
order by cell_letters.record_key asc
