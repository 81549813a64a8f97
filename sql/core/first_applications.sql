-- Den første testansøgning, der blev sendt for hver løsning: en, der nævner den, eller en almen nær behovet.
-- / The first test application that was sent for each solution: one that names it, or a general one sent near its need.
-- Grain:   one row per organisation_id, network_id, basis and solution_id; solutions with a need of capital.
-- Window:  none; a general application counts from need date - 180 days on.
-- Defined: docs/indicators.md#r44
with

sent as (
    select
        solutions.organisation_id,
        solutions.network_id,
        applications.basis,
        solutions.solution_id,
        applications.record_key,
        applications.submitted_date as sent_date,
        row_number() over (
            partition by solutions.organisation_id, solutions.network_id, applications.basis, solutions.solution_id
            order by applications.submitted_date, applications.record_key
        ) as place
    from core.solutions as solutions
    inner join core.applications as applications
        on solutions.organisation_id = applications.organisation_id
        and solutions.network_id = applications.network_id
        and applications.purpose = 'test'
        and applications.status != 'draft'
        and (
            solutions.solution_id = applications.solution_id
            or (
                applications.solution_id is null
                and applications.submitted_date >= cast(solutions.need_date - interval 180 days as date)
            )
        )
    where
        solutions.capital_need > 0
        and applications.submitted_date is not null
)

select
    organisation_id,
    network_id,
    basis,
    solution_id,
    record_key,
    sent_date
from sent
where place = 1
