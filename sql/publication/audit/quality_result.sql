-- What the checks of the run that publishes said.
-- Grain: layer, table_name, check_name.
select
    layer,
    table_name,
    check_name,
    expectation,
    column_name,
    outcome,
    blocking,
    rows_checked,
    violations
from audit.quality_result
where run_id = getvariable('publishing_run_id')
