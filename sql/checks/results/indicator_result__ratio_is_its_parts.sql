-- Forhold, der ikke er deres tæller over deres nævner.
-- / Ratios that are not their numerator over their denominator.
-- Usual cause: numerator and denominator counted over different records.
-- Blocking: yes
select
    organisation_id,
    network_id,
    period,
    indicator_id,
    dimension
from results.indicator_result
where
    -- None of none is 0, where that is judged at all (R6 without identified managers).
    denominator > 0
    -- What covers the need more than whole counts as whole (R4.1).
    and abs(value - least(numerator / denominator, case when indicator_id = 'R4.1' then 1 else 1e300 end)) > 1e-9
