-- En organisations kvartaler med de dage, organisationens tal regnes fra og til
-- / An organisation's quarters, with the days from and to which its figures are counted
-- Macro: audit.organisation_quarter()
-- Grain: organisation_id, period.
select distinct
    organisation_id,
    period,
    period_start as first_day,
    period_end as counted_to,
    cast(period_end - interval 12 months as date) as year_before,
    cast(period_end - interval 24 months as date) as two_years_before
from main.indicator_result
