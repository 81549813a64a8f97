"""The questions a report asks the published database. None of them sums a figure: figures are rows there.

Records whose dispute was upheld do not count and are not listed.
"""

_UPHELD = (
    "not exists (select 1 from main.disputes as disputes where disputes.organisation_id = "
    "records.organisation_id "
    "and disputes.record_kind = '{kind}' and disputes.record_key = records.record_key "
    "and disputes.outcome = 'upheld')"
)

ORGANISATIONS = (
    "select distinct organisation_id, period from main.indicator_result order by organisation_id, period"
)
QUARTERS = """
select
    period,
    min(period_start) as first_day,
    max(period_end) as counted_to,
    bool_or(provisional) as provisional
from main.indicator_result
where organisation_id = $organisation
group by period
order by period
"""
FIGURES = """
select * from main.organisation_result
where organisation_id = $organisation and period <= $period
order by period, measure_id, dimension
"""
VALUES = """
select
    period, network_id, indicator_id, dimension, phase, numerator, denominator, value, lower, upper, n, reason
from main.indicator_result
where organisation_id = $organisation and period <= $period and indicator_id like 'V%'
order by period, network_id, indicator_id, dimension
"""
SUMMARY = """
select * from main.responsibility_summary
where organisation_id = $organisation and period <= $period
order by period, responsibility_id, network_type, "window"
"""
RESPONSIBILITIES = "select * from main.responsibility order by responsibility_id"
INDICATORS = "select * from main.indicator order by indicator_id"
NETWORKS = """
select network_id, title, network_type, challenge, start_date, planned_end, end_date
from main.networks
where organisation_id = $organisation and start_date <= $last_day
order by start_date, network_id
"""
VALUE_RECORDS = f"""
select
    value_id, network_id, solution_id, date, value_type, cycle, measure, unit, baseline, target, measured,
    documentation
from main.value_records as records
where organisation_id = $organisation and date <= $last_day and {_UPHELD.format(kind="value_records")}
order by date desc, value_id
"""
SOLUTIONS = """
select solution_id, network_id, title, idea_date
from main.solutions
where organisation_id = $organisation and idea_date <= $last_day
order by idea_date, solution_id
"""
EVENTS = f"""
select solution_id, event, date
from main.adoption_events as records
where organisation_id = $organisation and date between $first_day and $last_day
    and {_UPHELD.format(kind="adoption_events")}
order by date, event_id
"""
GRANTS = f"""
select network_id, solution_id, source, purpose, amount_granted, decided_date, status
from main.applications as records
where organisation_id = $organisation and decided_date between $first_day and $last_day
    and {_UPHELD.format(kind="applications")}
order by decided_date, application_id
"""
# What speaks of leaders is left out: value figures, the organisation's, and rows of the summary as shown.
RESTATEMENTS = """
select * from audit.restatement
where organisation_id = $organisation and period <= $period and (
    (table_name = 'indicator_result' and indicator_id like 'V%' and measure = 'value')
    or (table_name = 'organisation_result' and measure in ('numerator', 'denominator', 'value'))
    or table_name = 'responsibility_summary'
)
order by publication_sequence desc, period, table_name, network_id, indicator_id, dimension, measure
"""
# A publication from before the ledger named its tables told of results of networks alone.
EARLIER_RESTATEMENTS = """
select *, 'indicator_result' as table_name from audit.restatement
where organisation_id = $organisation and period <= $period
    and indicator_id like 'V%' and measure = 'value'
order by publication_sequence desc, period, network_id, indicator_id, dimension
"""
NAMES_TABLES = """
select 1 as there from duckdb_columns()
where schema_name = 'audit' and table_name = 'restatement' and column_name = 'table_name'
"""
# A publication from before the table was published has none.
HAS_ORGANISATION = """
select 1 as there from duckdb_tables() where schema_name = 'audit' and table_name = 'organisation'
"""
NAMES = "select organisation_id, name from audit.organisation order by organisation_id"
ORGANISATION = "select name, contact from audit.organisation where organisation_id = $organisation"
DELIVERIES = """
select
    count(*) as files,
    coalesce(sum(rows_read), 0) as rows_read,
    coalesce(sum(rows_accepted), 0) as rows_accepted,
    coalesce(sum(rows_rejected), 0) as rows_rejected,
    coalesce(sum(rows_skipped), 0) as rows_skipped
from audit.delivery
where organisation_id = $organisation and state = 'current'
"""
LATEST_ENTRY = "select sequence, content_hash from audit.publication order by sequence desc limit 1"
PUBLICATIONS = """
select sequence, period, content_hash, head_hash, cast(published_at as date) as published_on
from audit.publication
order by sequence desc
"""
