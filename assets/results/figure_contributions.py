"""Who stands behind the organisation's figures about what leaders do and what managers answered.

Kroner, solutions and value belong to networks, and the report tells them network by network: nothing about a
person follows from their sums. Two families do speak of people. What *leaders* do needs five networks and
three reference leaders behind it; what *managers* answered needs five managers, five of them heard. The
protected measures are listed here and nowhere else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import duckdb

from assets.results.suppression import Atoms

LEADERS = frozenset(
    {"results_by_reason", "progress", "value_shown", "political_assessment", "political_dialogue"}
)
MANAGERS = frozenset({"ownership", "relevance", "managers_acting", "managers_asked"})
PROTECTED = LEADERS | MANAGERS
FEWEST_HEARD = 5
SILENT = ""

# What each network, or each manager in a network, adds to a measure: said is the same where that is the same.
CONTRIBUTIONS = """
with active as (
    select organisation_id, period, network_id, reference_leader_id,
        cast(period_end as varchar) as measured_on
    from core.units where basis = 'counted' and phase = 'active'
),

reasons as (
    select organisation_id, period, network_id,
        case when status in ('fulfilled', 'partly', 'not_fulfilled') then 'judged' else reason end as said_of
    from results.indicator_result
    where phase = 'active' and responsibility_id <> '' and indicator_id not like '%.P'
        and status <> 'informative'
),

phases_due as (
    select units.organisation_id, units.period, units.network_id,
        case when phases.actual_date <= cast(phases.planned_date + interval 30 days as date)
            then 'reached' else 'due' end as said_of
    from core.units as units
    inner join core.phases as phases
        on units.organisation_id = phases.organisation_id and units.network_id = phases.network_id
        and units.basis = phases.basis
        and units.counted_to >= cast(phases.planned_date + interval 30 days as date)
    where units.basis = 'counted' and units.phase = 'active'
),

met as (
    select periods.organisation_id, periods.period, touchpoints.network_id,
        case touchpoints.kind when 'showcase' then 'value_shown' else touchpoints.kind end as measure_id,
        coalesce(touchpoints.audience, '') || '/' || coalesce(touchpoints.outcome, '') as said_of
    from results.organisation_period as periods
    inner join core.touchpoints as touchpoints
        on periods.organisation_id = touchpoints.organisation_id
        and touchpoints.date <= periods.counted_to and touchpoints.date > periods.year_before
    where touchpoints.basis = 'counted'
        and touchpoints.kind in ('showcase', 'political_assessment', 'political_dialogue')
),

counted as (
    select organisation_id, period, 'results_by_reason' as measure_id, network_id, said_of from reasons
    union all
    select organisation_id, period, 'progress', network_id, said_of from phases_due
    union all
    select organisation_id, period, measure_id, network_id, said_of from met
),

told as (
    select organisation_id, period, measure_id, network_id,
        string_agg(said_of || ' ' || rows, ',' order by said_of) as said
    from (
        select organisation_id, period, measure_id, network_id, said_of, count(*) as rows
        from counted where said_of is not null group by all
    )
    group by all
),

-- a network that adds nothing stands behind the figure too: that it does not change says so
behind as (
    select organisation_id, period, network_id, unnest($leaders) as measure_id from active
    union select organisation_id, period, network_id, measure_id from told
),

answers as (
    select answers.*, unnest($managers) as measure_id
    from results.organisation_answer as answers
)

select behind.organisation_id, behind.period, behind.measure_id, behind.network_id, '' as manager_id,
    coalesce(active.measured_on, cast(periods.counted_to as varchar)) as measured_on,
    coalesce(told.said, '') as said, active.reference_leader_id as person_id
from behind
inner join results.organisation_period as periods using (organisation_id, period)
left join active using (organisation_id, period, network_id)
left join told using (organisation_id, period, measure_id, network_id)
union all
select answers.organisation_id, answers.period, measure_id, answers.network_id, manager_id,
    cast(periods.counted_to as varchar),
    case measure_id
        when 'ownership' then case when heard = 1 then 'heard ' || owning else '' end
        when 'relevance' then case when heard = 1 then 'heard ' || relevant else '' end
        when 'managers_acting' then cast(acted as varchar)
        else ''
    end, manager_id
from answers
inner join results.organisation_period as periods using (organisation_id, period)
order by all
"""


class Part(NamedTuple):
    """What one network, or one manager in one network, adds: the same to a reader as long as all are."""

    network_id: str
    manager_id: str
    measured_on: str
    said: str


class FigureKey(NamedTuple):
    """A measure of an organisation in a quarter, all its dimensions together."""

    organisation_id: str
    period: str
    measure_id: str


@dataclass(frozen=True)
class Answers(Atoms):
    """Managers instead of networks and leaders; ``heard`` are the parts of those who answered."""

    heard: int = 0

    def _judge(self, mask: int) -> bool:
        answered = sum(1 for person in self.leaders if person & mask & self.heard)
        return super()._judge(mask) and not 0 < answered < FEWEST_HEARD


def read_contributions(
    connection: duckdb.DuckDBPyConnection,
) -> dict[FigureKey, list[tuple[Part, str | None]]]:
    """Every protected measure to the parts it is the sum of, each with its reference leader or manager."""
    found: dict[FigureKey, list[tuple[Part, str | None]]] = {}
    given = {"leaders": sorted(LEADERS), "managers": sorted(MANAGERS)}
    for organisation, period, measure, network, manager, day, said, person in connection.execute(
        CONTRIBUTIONS, given
    ).fetchall():
        key = FigureKey(organisation, period, measure)
        found.setdefault(key, []).append((Part(network, manager, day, said), person))
    return found


def people_behind(measure_id: str, parts: dict[Part, tuple[int, str | None]]) -> Atoms:
    """Who stands behind the bits: networks and leaders, or managers.

    Args:
        parts: Each part with its bit and its reference leader or manager.
    """
    networks = _masks((part.network_id, bit) for part, (bit, _) in parts.items())
    people = _masks((person, bit) for bit, person in parts.values() if person)
    if measure_id in LEADERS:
        return Atoms(networks, people, {})
    heard = sum(bit for part, (bit, _) in parts.items() if part.said.startswith("heard"))
    return Answers(people, people, {}, heard=heard)


def _masks(pairs: Iterator[tuple[str, int]]) -> tuple[int, ...]:
    masks: dict[str, int] = {}
    for name, bit in pairs:
        masks[name] = masks.get(name, 0) | bit
    return tuple(masks.values())
