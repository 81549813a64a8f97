"""The demo's networks as planned: one file of ``networks/`` each, read into plain classes.

The folder is the list. Amounts in the files are kroner, shares are 0-1, and everything that
happened has its civil date written out, so that a story can be read and changed in one place.
"""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

NETWORKS = Path(__file__).parent / "networks"


@dataclass(frozen=True)
class Stretch:
    """A stretch of one reference leader's time in a network, and how the role was filled in it.

    Attributes:
        agreement: Days from ``since`` to the expectation agreement; none where none was made.
        sparring, present: Share of the months with a sparring talk, and with other engagement.
        platforms: The platforms opened, in turn every ``platform_every`` months.
        coordination_every, link_every: Months between two; 0 is never.
        audiences: Those to whom value was shown, in turn every ``showcase_every`` months.
        felt: The mean answer of the pulse, and by responsibility where it is another.
    """

    leader: str
    since: date
    until: date | None = None
    agreement: int | None = None
    sparring: float = 0.0
    present: float = 0.0
    platforms: tuple[str, ...] = ()
    platform_every: int = 5
    coordination_every: int = 0
    link_every: int = 0
    audiences: tuple[str, ...] = ()
    showcase_every: int = 5
    felt: float = 3.9
    felt_by: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Solution:
    """A solution: ``events`` are (event, date, unit, manager, reach), ``applications`` as the sheet."""

    title: str
    idea: date
    need: int | None = None
    need_date: date | None = None
    events: tuple[tuple[Any, ...], ...] = ()
    applications: tuple[tuple[Any, ...], ...] = ()


@dataclass(frozen=True)
class Central:
    """A central manager: ``answers`` are (date, relevance, ownership, commitment, source)."""

    manager: str
    identified: date
    removed: date | None = None
    answers: tuple[tuple[Any, ...], ...] = ()


@dataclass(frozen=True)
class Value:
    """Something measured over time: ``points`` are (date, measured)."""

    type: str
    cycle: str
    measure: str
    unit: str
    points: tuple[tuple[Any, ...], ...]
    solution: int | None = None
    baseline: float | None = None
    target: float | None = None
    documentation: str | None = None


@dataclass(frozen=True)
class Dispute:
    """A dispute of the network's first record of ``kind`` that has the values of ``match``."""

    kind: str
    match: dict[str, Any]
    raised: date
    reason: str
    resolved: date | None = None
    outcome: str | None = None


@dataclass(frozen=True)
class Network:
    """One network. ``script`` holds touchpoints that the story needs on that very day."""

    network_id: str
    title: str
    type: str
    challenge: str
    start: date
    planned_end: date | None
    end: date | None
    network_leader: str
    participants: int
    areas: tuple[str, ...]
    phase_delays: tuple[int, ...]
    answers: int
    answers_by: dict[str, int]
    stretches: tuple[Stretch, ...]
    solutions: tuple[Solution, ...]
    applications: tuple[tuple[Any, ...], ...]
    central: tuple[Central, ...]
    values: tuple[Value, ...]
    disputes: tuple[Dispute, ...]
    script: tuple[tuple[Any, ...], ...]

    @property
    def number(self) -> str:
        """``04`` of ``NV-04``, by which the network's records are numbered."""
        return self.network_id.removeprefix("NV-")

    def leader_on(self, day: date) -> str | None:
        """The reference leader on that day."""
        for stretch in self.stretches:
            if stretch.since <= day and (stretch.until is None or day <= stretch.until):
                return stretch.leader
        return None


def _frozen(value: Any) -> Any:
    """Arrays of the file as tuples."""
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


def _made(maker: Any, entries: list[dict[str, Any]]) -> tuple[Any, ...]:
    return tuple(maker(**{name: _frozen(value) for name, value in entry.items()}) for entry in entries)


def read_network(path: Path) -> Network:
    """Read one file of ``networks/``; a misspelt key is a ``TypeError``."""
    entry = tomllib.loads(path.read_text(encoding="utf-8"))
    parts = {
        "stretches": _made(Stretch, entry.pop("leader", [])),
        "solutions": _made(Solution, entry.pop("solution", [])),
        "central": _made(Central, entry.pop("central", [])),
        "values": _made(Value, entry.pop("value", [])),
        "disputes": _made(Dispute, entry.pop("dispute", [])),
    }
    defaults: dict[str, Any] = {
        "planned_end": None,
        "end": None,
        "phase_delays": (),
        "answers": 7,
        "answers_by": {},
        "applications": (),
        "script": (),
    }
    return Network(**(defaults | {name: _frozen(value) for name, value in entry.items()} | parts))


def read_networks() -> list[Network]:
    """Every network of the folder, by id."""
    return [read_network(path) for path in sorted(NETWORKS.glob("*.toml"))]
