-- Registreringerne bag hvert offentliggjort resultat, hver én gang for hver del; af pulsen kun leveringen.
-- / The records behind every published result, each once for each part of it; of the pulse the delivery only.
-- Grain:   one row per organisation_id, network_id, period, indicator_id, dimension, record_kind, record_key and part.
-- Window:  as each indicator's own; none where a rule common to all kept the indicator from being asked.
-- Parts:   an indicator's rows follow from the rows of that indicator alone, wherever they tell it.
-- Defined: docs/indicators.md#evidence
with

evidence as (
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.r1_1_strategic_link
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.r2_1_platforms
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.r2_2_coherence
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.r3_1_sparring_rhythm
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.r4_1_test_capital_covered
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.r4_2_applications_won
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.r4_3_answers_for_external_funds
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.r4_4_days_to_act
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.r5_1_present_every_month
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.r5_2_expectations_agreed
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.r5_3_progress
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.r6_1_ownership
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.r6_2_relevance
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.r6_3_heard
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.r6_4_acted
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.r7_1_value_followed_up
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.r7_2_value_shown
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.r7_3_goals_reached
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.r8_1_ideas_tested
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.r8_2_tests_decided
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.r8_3_scaled
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.r8_4_alive_after_the_network
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.r8_5_base_in_a_year
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.r9_1_relevance_judged
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.r9_2_political_interplay
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.rp_felt_by_the_network
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.v1_areas_bridged
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.v2_solutions_in_use
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.v3_places_in_use
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.v4_people_reached
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.v5_external_share
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.v6_value_by_type
    union all
    select
        organisation_id,
        network_id,
        period,
        basis,
        indicator_id,
        dimension,
        record_kind,
        record_key,
        part
    from evidence.v7_kroner_granted
)

select
    cast(evidence.organisation_id as varchar) as organisation_id,
    cast(evidence.network_id as varchar) as network_id,
    cast(evidence.period as varchar) as period,
    cast(evidence.indicator_id as varchar) as indicator_id,
    cast(evidence.dimension as varchar) as dimension,
    cast(evidence.record_kind as varchar) as record_kind,
    cast(evidence.record_key as varchar) as record_key,
    cast(evidence.part as varchar) as part
from evidence
inner join results.judged_result as results
    on evidence.organisation_id = results.organisation_id
    and evidence.network_id = results.network_id
    and evidence.period = results.period
    and evidence.basis = results.basis
    and evidence.indicator_id = results.indicator_id
    and evidence.dimension = results.dimension
where
    evidence.basis = 'counted'
    and coalesce(results.reason, '') not in ('learning_network', 'not_kept', 'no_reference_leader', 'short_tenure')
    and (not results.perceived or results.n is not null)
group by
    evidence.organisation_id,
    evidence.network_id,
    evidence.period,
    evidence.indicator_id,
    evidence.dimension,
    evidence.record_kind,
    evidence.record_key,
    evidence.part
