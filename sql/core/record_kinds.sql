-- Arterne af rækker i kontrakten, og om en række hører til et netværk.
-- / The kinds of records in the contract, and whether a record belongs to a network.
-- Grain:   one row per kind; the same for every organisation.
-- Defined: docs/indicators.md#completeness
select
    'people' as kind,
    0 as of_networks
union all
select
    'networks' as kind,
    1 as of_networks
union all
select
    'roles' as kind,
    1 as of_networks
union all
select
    'phases' as kind,
    1 as of_networks
union all
select
    'solutions' as kind,
    1 as of_networks
union all
select
    'applications' as kind,
    1 as of_networks
union all
select
    'adoption_events' as kind,
    1 as of_networks
union all
select
    'central_managers' as kind,
    1 as of_networks
union all
select
    'ownership' as kind,
    1 as of_networks
union all
select
    'touchpoints' as kind,
    1 as of_networks
union all
select
    'value_records' as kind,
    1 as of_networks
union all
select
    'pulse' as kind,
    1 as of_networks
union all
select
    'disputes' as kind,
    0 as of_networks
