-- Afstemning af bevilgede kroner fra ark til rapport: skrevet, afvist, sprunget over, godkendt, talt med og vist
-- / Reconciliation of kroner granted from sheet to report: written, rejected, skipped, accepted, counted and shown
-- Macro: audit.kroner(organisation, period)
-- Ask:   select * from audit.kroner(':organisation', ':period')
-- Lines 10-40 add up to 50, lines 50-80 to 90; 95 is the row of organisation_result that the report shows, and 99
-- the difference, which is 0. Line 40 is what reading changed: conversion from another currency, or an amount written
-- so that only the reader's full rules read it.
-- Grain: line.
with

asked as (
    select
        organisation as organisation_id,
        period as quarter
),

counted_to as (
    select
        asked.organisation_id,
        asked.quarter,
        max(indicator_result.period_end) as last_day
    from asked
    left join main.indicator_result
        on asked.organisation_id = indicator_result.organisation_id
        and asked.quarter = indicator_result.period
    group by
        asked.organisation_id,
        asked.quarter
),

letters as (
    select
        sheet.delivery_sequence,
        sheet.sheet,
        sheet.headings,
        sheet.columns as fields,
        unnest(json_keys(sheet.columns)) as letter
    from audit.sheet
    where sheet.kind = 'applications'
),

amount_letters as (
    select
        letters.delivery_sequence,
        letters.sheet,
        letters.letter,
        lower(coalesce(json_extract_string(letters.headings, '$.' || letters.letter), '')) as heading
    from letters
    where json_extract_string(letters.fields, '$.' || letters.letter) = 'amount_granted'
),

written_cells as (
    select
        source_row.delivery_sequence,
        source_row.sheet,
        source_row.row_number,
        amount_letters.heading,
        lower(json_extract_string(source_row.cells, '$.' || amount_letters.letter)) as written,
        record.record_key,
        coalesce(record.record_key is not null, false) as is_accepted
    from asked
    inner join audit.source_row
        on asked.organisation_id = source_row.organisation_id
        and source_row.kind = 'applications'
    inner join audit.delivery
        on source_row.delivery_sequence = delivery.sequence
        and delivery.state = 'current'
    inner join amount_letters
        on source_row.delivery_sequence = amount_letters.delivery_sequence
        and source_row.sheet = amount_letters.sheet
    left join audit.record
        on source_row.organisation_id = record.organisation_id
        and record.record_kind = 'applications'
        and source_row.delivery_sequence = record.delivery_sequence
        and source_row.sheet = record.sheet
        and source_row.row_number = record.row_number
),

written_amounts as (
    select
        written_cells.*,
        coalesce(
            try_cast(
                replace(
                    replace(regexp_replace(written_cells.written, '(mio\.?|t\.?\s*kr\.?|kr\.?|dkk|,-|\s)', '', 'g'), '.', ''),
                    ',', '.'
                ) as decimal(18, 2)
            ),
            0
        )
        * case
            when regexp_matches(written_cells.written || ' ' || written_cells.heading, 'mio') then 1000000
            when regexp_matches(written_cells.written || ' ' || written_cells.heading, 't\.?\s*kr') then 1000
            else 1
        end as amount
    from written_cells
    where written_cells.written is not null
),

skipped_rows as (
    select distinct
        finding.delivery_sequence,
        finding.sheet,
        finding.row_number
    from asked
    inner join audit.finding
        on asked.organisation_id = finding.organisation_id
        and finding.rule in ('total_row', 'note_row', 'example_row')
),

sheet_side as (
    select
        count(*) as written_records,
        coalesce(sum(written_amounts.amount), 0) as written_kroner,
        count(*) filter (where not written_amounts.is_accepted and skipped_rows.row_number is null) as rejected_records,
        coalesce(
            sum(written_amounts.amount) filter (where not written_amounts.is_accepted and skipped_rows.row_number is null), 0
        ) as rejected_kroner,
        count(*) filter (where not written_amounts.is_accepted and skipped_rows.row_number is not null) as skipped_records,
        coalesce(
            sum(written_amounts.amount)
            filter (where not written_amounts.is_accepted and skipped_rows.row_number is not null),
            0
        ) as skipped_kroner,
        coalesce(sum(written_amounts.amount) filter (where written_amounts.is_accepted), 0) as accepted_as_written
    from written_amounts
    left join skipped_rows
        on written_amounts.delivery_sequence = skipped_rows.delivery_sequence
        and written_amounts.sheet = skipped_rows.sheet
        and written_amounts.row_number = skipped_rows.row_number
),

upheld as (
    select distinct
        disputes.organisation_id,
        disputes.record_key
    from main.disputes
    where
        disputes.record_kind = 'applications'
        and disputes.outcome = 'upheld'
),

judged as (
    select
        applications.amount_granted as amount,
        case
            when applications.status not in ('granted', 'partly_granted') then 'not_granted'
            when upheld.record_key is not null then 'upheld'
            when applications.decided_date > counted_to.last_day then 'later'
            else 'counted'
        end as fate
    from counted_to
    inner join main.applications on counted_to.organisation_id = applications.organisation_id
    left join upheld
        on applications.organisation_id = upheld.organisation_id
        and applications.record_key = upheld.record_key
    where applications.amount_granted is not null
),

record_side as (
    select
        count(*) as accepted_records,
        coalesce(sum(judged.amount), 0) as accepted_kroner,
        count(*) filter (where judged.fate = 'not_granted') as not_granted_records,
        coalesce(sum(judged.amount) filter (where judged.fate = 'not_granted'), 0) as not_granted_kroner,
        count(*) filter (where judged.fate = 'upheld') as upheld_records,
        coalesce(sum(judged.amount) filter (where judged.fate = 'upheld'), 0) as upheld_kroner,
        count(*) filter (where judged.fate = 'later') as later_records,
        coalesce(sum(judged.amount) filter (where judged.fate = 'later'), 0) as later_kroner,
        count(*) filter (where judged.fate = 'counted') as counted_records,
        coalesce(sum(judged.amount) filter (where judged.fate = 'counted'), 0) as counted_kroner
    from judged
),

shown as (
    select cast(max(organisation_result.value) as decimal(18, 2)) as shown_kroner
    from asked
    left join main.organisation_result
        on asked.organisation_id = organisation_result.organisation_id
        and asked.quarter = organisation_result.period
        and organisation_result.measure_id = 'kroner_granted_to_date'
        and organisation_result.dimension = ''
),

lines as (
    select
        unnest([10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99]) as line,
        unnest([
            'Skrevet i arkene',
            'Afviste rækker',
            'Oversprungne rækker (totaler, noter, eksempler)',
            'Ændret ved læsning (valuta, skrivemåde)',
            'Godkendte registreringer',
            'Ikke bevilget (afslag, kladde, trukket)',
            'Indsigelse med medhold',
            'Afgjort efter kvartalet',
            'Talt med til og med kvartalet',
            'Vist i rapporten (organisation_result)',
            'Forskel'
        ]) as meaning_da,
        unnest([
            'Written in the sheets',
            'Rows rejected',
            'Rows skipped (totals, notes, examples)',
            'Changed by reading (currency, spelling)',
            'Accepted records',
            'Not granted (rejected, draft, withdrawn)',
            'Dispute upheld',
            'Decided after the quarter',
            'Counted up to and with the quarter',
            'Shown in the report (organisation_result)',
            'Difference'
        ]) as meaning_en,
        unnest([
            sheet_side.written_records,
            -sheet_side.rejected_records,
            -sheet_side.skipped_records,
            null,
            record_side.accepted_records,
            -record_side.not_granted_records,
            -record_side.upheld_records,
            -record_side.later_records,
            record_side.counted_records,
            null,
            null
        ]) as records,
        unnest([
            cast(sheet_side.written_kroner as decimal(18, 2)),
            cast(-sheet_side.rejected_kroner as decimal(18, 2)),
            cast(-sheet_side.skipped_kroner as decimal(18, 2)),
            cast(record_side.accepted_kroner - sheet_side.accepted_as_written as decimal(18, 2)),
            cast(record_side.accepted_kroner as decimal(18, 2)),
            cast(-record_side.not_granted_kroner as decimal(18, 2)),
            cast(-record_side.upheld_kroner as decimal(18, 2)),
            cast(-record_side.later_kroner as decimal(18, 2)),
            cast(record_side.counted_kroner as decimal(18, 2)),
            shown.shown_kroner,
            cast(record_side.counted_kroner - coalesce(shown.shown_kroner, 0) as decimal(18, 2))
        ]) as kroner
    from sheet_side
    cross join record_side
    cross join shown
)

select
    lines.line,
    lines.meaning_da,
    lines.meaning_en,
    lines.records,
    lines.kroner
from lines
order by lines.line asc
