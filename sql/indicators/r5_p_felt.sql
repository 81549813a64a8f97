-- R5.P Felt by the network: answers of 4 or 5 on responsibility R5, of all; fewer than 5 are too few.
-- Grain:   one row per organisation_id, network_id, period and basis; published: status, reason, certain and n in fives.
-- Window:  The latest half-year that ended on or before counted_to, in this leader's time.
-- Defined: docs/indicators.md#r5p
select
    shares.organisation_id,
    shares.network_id,
    shares.period,
    shares.basis,
    'R5.P' as indicator_id,
    '' as dimension,
    cast(shares.agreeing_count as double) as numerator,
    cast(shares.answer_count as double) as denominator,
    shares.share as value,
    shares.lower,
    shares.upper,
    cast(shares.answer_count as bigint) as n,
    case when shares.answer_count < shares.least_count then 'not_assessable' end as own_status,
    case when shares.answer_count < shares.least_count then 'too_few_answers' end as own_reason
from core.pulse_shares as shares
where shares.responsibility_id = 'R5'
