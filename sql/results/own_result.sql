-- Hvad hver indikator siger om sig selv, før de regler og mål, der gælder alle.
-- / What every indicator says of itself, before the rules and targets that are common to all.
-- Grain:   one row per organisation_id, network_id, period, basis, indicator_id and dimension.
-- Window:  as each indicator's own.
-- Parts:   an indicator's rows follow from the rows of that indicator alone, wherever they tell it.
-- Defined: docs/indicators.md#rules
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r1_1_strategic_link
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r1_p_felt
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r2_1_platforms
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r2_2_coherence
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r2_p_felt
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r3_1_sparring_rhythm
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r3_p_felt
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r4_1_test_capital_covered
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r4_2_applications_won
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r4_3_answers_for_external_funds
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r4_4_days_to_act
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r4_p_felt
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r5_1_present_every_month
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r5_2_expectations_agreed
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r5_3_progress
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r5_p_felt
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r6_1_ownership
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r6_2_relevance
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r6_3_heard
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r6_4_acted
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r6_p_felt
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r7_1_value_followed_up
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r7_2_value_shown
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r7_3_goals_reached
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r7_p_felt
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r8_1_ideas_tested
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r8_2_tests_decided
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r8_3_scaled
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r8_4_alive_after_the_network
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r8_5_base_in_a_year
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r8_p_felt
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r9_1_relevance_judged
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r9_2_political_interplay
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.r9_p_felt
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.v1_areas_bridged
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.v2_solutions_in_use
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.v3_places_in_use
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.v4_people_reached
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.v5_external_share
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.v6_value_by_type
union all
select
    organisation_id,
    network_id,
    period,
    basis,
    indicator_id,
    dimension,
    numerator,
    denominator,
    value,
    lower,
    upper,
    n,
    own_status,
    own_reason
from indicators.v7_kroner_granted
