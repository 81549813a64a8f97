-- Et netværk i et kvartal, som tallene tæller det: i gang eller i opfølgning, lederen, og den dag der er talt til
-- / A network in a quarter as the figures count it: active or in follow-up, the leader, and the day counted to
-- Macro: audit.network_quarter()
-- Grain: organisation_id, network_id, period.
select distinct
    indicator_result.organisation_id,
    indicator_result.network_id,
    indicator_result.period,
    indicator_result.period_start,
    indicator_result.period_end,
    indicator_result.phase,
    indicator_result.reference_leader_id,
    networks.network_type,
    networks.record_key,
    least(indicator_result.period_end, coalesce(networks.end_date, indicator_result.period_end)) as counted_to
from main.indicator_result
inner join main.networks
    on indicator_result.organisation_id = networks.organisation_id
    and indicator_result.network_id = networks.network_id
