-- Tal for organisationen som helhed, som dens rapporter viser dem.
-- / Figures of an organisation as a whole, as its reports show them.
-- Grain:   one row per organisation_id, period, measure_id and dimension.
-- Meaning: what is not kept has no row; a figure that would expose people has its row, empty and suppressed.
-- Defined: docs/indicators.md#organisation
select
    organisation_id,
    period,
    measure_id,
    dimension,
    cast(numerator as double) as numerator,
    cast(denominator as double) as denominator,
    cast(value as double) as value,
    cast(lower as double) as lower,
    cast(upper as double) as upper,
    cast(n as bigint) as n,
    suppressed
from results.organisation_coverage
union all
select
    organisation_id,
    period,
    measure_id,
    dimension,
    cast(numerator as double) as numerator,
    cast(denominator as double) as denominator,
    cast(value as double) as value,
    cast(lower as double) as lower,
    cast(upper as double) as upper,
    cast(n as bigint) as n,
    suppressed
from results.organisation_value
union all
select
    organisation_id,
    period,
    measure_id,
    dimension,
    cast(numerator as double) as numerator,
    cast(denominator as double) as denominator,
    cast(value as double) as value,
    cast(lower as double) as lower,
    cast(upper as double) as upper,
    cast(n as bigint) as n,
    suppressed
from results.organisation_funnel
union all
select
    organisation_id,
    period,
    measure_id,
    dimension,
    cast(numerator as double) as numerator,
    cast(denominator as double) as denominator,
    cast(value as double) as value,
    cast(lower as double) as lower,
    cast(upper as double) as upper,
    cast(n as bigint) as n,
    suppressed
from results.organisation_survival
union all
select
    organisation_id,
    period,
    measure_id,
    dimension,
    cast(numerator as double) as numerator,
    cast(denominator as double) as denominator,
    cast(value as double) as value,
    cast(lower as double) as lower,
    cast(upper as double) as upper,
    cast(n as bigint) as n,
    suppressed
from results.organisation_capital
union all
select
    organisation_id,
    period,
    measure_id,
    dimension,
    cast(numerator as double) as numerator,
    cast(denominator as double) as denominator,
    cast(value as double) as value,
    cast(lower as double) as lower,
    cast(upper as double) as upper,
    cast(n as bigint) as n,
    suppressed
from results.organisation_ownership
union all
select
    organisation_id,
    period,
    measure_id,
    dimension,
    cast(numerator as double) as numerator,
    cast(denominator as double) as denominator,
    cast(value as double) as value,
    cast(lower as double) as lower,
    cast(upper as double) as upper,
    cast(n as bigint) as n,
    suppressed
from results.organisation_interplay
