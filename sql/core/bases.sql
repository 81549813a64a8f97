-- Måderne, hvert netværk tælles på: som det står, og, hvor en åben indsigelse rører det, som om den fik medhold.
-- / The ways each network is counted: as things stand, and, where an open dispute touches it, as if upheld.
-- Grain:   one row per organisation_id, network_id and basis (counted, if_upheld).
-- Window:  none.
-- Defined: docs/indicators.md#disputes
select
    organisation_id,
    network_id,
    'counted' as basis
from accepted.networks
union all
select
    organisation_id,
    network_id,
    'if_upheld' as basis
from core.disputed_records
where not upheld
group by
    organisation_id,
    network_id
