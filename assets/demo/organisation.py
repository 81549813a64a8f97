"""The demo's people: who held which position when, and the rows an office keeps of it.

A position is a unit at a level; a person's stints are the positions held one after another. The
superior is whoever holds the position above on the day, so that a person gets a new row when the
manager changes, as in the personnel list of a real office.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

Row = dict[str, Any]

LEARNING = "Børn, Unge og Læring"
CARE = "Sundhed, Omsorg og Arbejde"
CITY = "By, Kultur og Miljø"
STAFF = "Direktion og Stab"

# Department, area, its units. A department is led at level 3, a unit at level 4.
DEPARTMENTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Skoler og Læring", LEARNING, ("Fjordskolen", "Åskolen", "Engskolen")),
    ("Dagtilbud", LEARNING, ("Børnehuset Strandstien", "Børnehuset Lyngbakken", "Dagplejen")),
    ("Børn og Familier", LEARNING, ("Familiehuset", "PPR", "Sundhedsplejen")),
    (
        "Ældre og Sundhed",
        CARE,
        (
            "Plejecenter Havblik",
            "Plejecenter Mosevang",
            "Hjemmeplejen Nord",
            "Hjemmeplejen Syd",
            "Træning og Forebyggelse",
        ),
    ),
    ("Job og Uddannelse", CARE, ("Jobcentret", "Ungeenheden")),
    ("Kultur og Fritid", CITY, ("Biblioteket", "Kulturhuset Tovværket", "Idræt og Foreninger")),
    ("Teknik og Miljø", CITY, ("Natur og Drift", "Plan og Byg")),
    ("Økonomi og Digitalisering", STAFF, ("IT og Data", "Økonomi")),
    ("Personale og Udvikling", STAFF, ("HR og Læring", "Borgerservice")),
)
# Renamed on this day; the sheets say the new name from then on, and older rows the old one.
RENAMED = {"Hjemmeplejen Nord": ("Omsorg Nord", date(2024, 1, 1))}

# fmt: off
FIRST_NAMES = (
    "Asta", "Bent", "Cilje", "Dorte", "Egon", "Frida", "Gorm", "Hella",
    "Ib", "Jonna", "Knud", "Lærke", "Malthe", "Nanna", "Ove", "Pernille",
    "Rune", "Solvej", "Troels", "Ulla", "Viggo", "Ylva", "Ægir", "Øjvind",
    "Åse", "Birk", "Carla", "Ditte", "Elias", "Folmer", "Gerda", "Holger",
    "Inger", "Jeppe", "Karla", "Laust",
)
LAST_NAMES = (
    "Fjordmark", "Klitmose", "Tangholm", "Marehalm", "Strandarve", "Skumbæk", "Revlingsø", "Lyngfugl",
    "Havtorn", "Tangrose", "Engblomme", "Kystvang", "Bølgebæk", "Rørsanger", "Sandlilje", "Tovmand",
    "Vadegræs", "Ålekvist", "Ørnetang", "Sejlgarn", "Blåklokke", "Mågesten",
)

# fmt: on

HIRED_FROM = date(2014, 1, 1)
# The list begins here; who left, or what changed, before that is not in it.
LIST_FROM = date(2021, 7, 1)


@dataclass(frozen=True)
class Position:
    """A place in the line: ``level`` is none for staff, ``parent`` the unit whose manager is superior."""

    unit: str
    area: str
    level: int | None
    parent: str | None


@dataclass(frozen=True)
class Stint:
    """One person's unbroken time in one position; ``until`` is the last day, or none."""

    person: str
    position: Position
    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the stint covers the day."""
        return self.since <= day and (self.until is None or day <= self.until)


def person_id(number: int) -> str:
    """``P-007`` for 7."""
    return f"P-{number:03d}"


def managers() -> dict[str, Position]:
    """The managers' positions by unit, from level 1 to level 4."""
    positions = {"Direktionen": Position("Direktionen", STAFF, 1, None)}
    for area in (LEARNING, CARE):
        positions[area] = Position(area, area, 2, "Direktionen")
    for department, area, units in DEPARTMENTS:
        parent = area if area in positions else "Direktionen"  # only two areas have a director of their own
        positions[department] = Position(department, area, 3, parent)
        for unit in units:
            positions[unit] = Position(unit, area, 4, department)
    return positions


def _hired(rng: random.Random, until: date = date(2021, 8, 1)) -> date:
    months = (until.year - HIRED_FROM.year) * 12 + until.month - HIRED_FROM.month
    month = rng.randrange(months)
    return date(HIRED_FROM.year + month // 12, month % 12 + 1, 1)


def _team(positions: dict[str, Position], unit: str) -> Position:
    """The level-5 position under a unit: a daily leader or a team leader."""
    return Position(unit, positions[unit].area, 5, unit)


def _staff(positions: dict[str, Position], unit: str) -> Position:
    return Position(unit, positions[unit].area, None, unit)


# The twelve who can be reference leaders: directors and heads of department.
LEADERS = {
    "Direktionen": 1,
    LEARNING: 2,
    CARE: 3,
    "Skoler og Læring": 4,
    "Dagtilbud": 5,
    "Børn og Familier": 6,
    "Ældre og Sundhed": 7,
    "Job og Uddannelse": 8,
    "Kultur og Fritid": 9,
    "Teknik og Miljø": 10,
    "Økonomi og Digitalisering": 11,
    "Personale og Udvikling": 12,
}
TEAM_UNITS = (
    "Fjordskolen",
    "Åskolen",
    "Børnehuset Strandstien",
    "Familiehuset",
    "Plejecenter Havblik",
    "Plejecenter Mosevang",
    "Hjemmeplejen Nord",
    "Hjemmeplejen Syd",
    "Jobcentret",
    "Biblioteket",
    "Natur og Drift",
    "IT og Data",
    "Kulturhuset Tovværket",
    "Borgerservice",
)
STAFF_COUNT = 42


def stints(rng: random.Random) -> list[Stint]:
    """Everybody's positions: 12 leaders, 25 unit managers, 14 team leaders, 42 staff, and their moves."""
    positions = managers()
    held = {unit: Stint(person_id(number), positions[unit], _hired(rng)) for unit, number in LEADERS.items()}
    units = [unit for _, _, names in DEPARTMENTS for unit in names]
    for number, unit in enumerate(units, start=13):
        held[unit] = Stint(person_id(number), positions[unit], _hired(rng))
    result = list(held.values())
    number = 13 + len(units)
    for unit in TEAM_UNITS:
        result.append(Stint(person_id(number), _team(positions, unit), _hired(rng, date(2022, 6, 1))))
        number += 1
    for offset in range(STAFF_COUNT):
        unit = units[offset % len(units)]
        result.append(
            Stint(person_id(number + offset), _staff(positions, unit), _hired(rng, date(2022, 9, 1)))
        )
    return _with_moves(result, positions)


def _moves(positions: dict[str, Position]) -> Iterator[tuple[int, date, Position | None]]:
    """Who moved when, and whereto; none is someone who left. In the order they happened."""
    # A teacher who became daily leader at another school.
    yield 53, date(2022, 8, 1), _team(positions, "Engskolen")
    # A team leader who became manager of the unit when its manager left.
    yield 24, date(2022, 12, 31), None
    yield 44, date(2023, 1, 1), positions["Hjemmeplejen Nord"]
    yield 70, date(2023, 5, 1), _staff(positions, "Familiehuset")
    # A manager retired; another took over the unit, and a team leader took over the other's.
    yield 32, date(2023, 8, 31), None
    yield 31, date(2023, 9, 1), positions["Natur og Drift"]
    yield 50, date(2023, 9, 1), positions["Idræt og Foreninger"]
    # The director of the area of learning left; a head of department, a headmaster, a daily leader moved up.
    yield 2, date(2024, 3, 31), None
    yield 4, date(2024, 4, 1), positions[LEARNING]
    yield 13, date(2024, 4, 1), positions["Skoler og Læring"]
    yield 38, date(2024, 4, 1), positions["Fjordskolen"]
    yield 77, date(2024, 8, 1), _team(positions, "Fjordskolen")
    yield 65, date(2024, 10, 1), _team(positions, "Træning og Forebyggelse")
    yield 82, date(2025, 2, 1), _staff(positions, "Ungeenheden")
    # Two managers of care homes changed places, so that both would know both houses.
    yield 22, date(2025, 4, 1), positions["Plejecenter Mosevang"]
    yield 23, date(2025, 4, 1), positions["Plejecenter Havblik"]
    yield 58, date(2025, 8, 1), _staff(positions, "HR og Læring")
    yield 45, date(2025, 11, 30), None
    yield 64, date(2025, 12, 1), _team(positions, "Hjemmeplejen Syd")
    yield 93, date(2026, 1, 1), _staff(positions, "Kulturhuset Tovværket")


def _with_moves(before: list[Stint], positions: dict[str, Position]) -> list[Stint]:
    latest = {stint.person: stint for stint in before}
    done: list[Stint] = []
    for number, day, position in _moves(positions):
        person = person_id(number)
        stint = latest.pop(person)
        last_day = day if position is None else day - timedelta(days=1)
        done.append(Stint(person, stint.position, stint.since, last_day))
        if position is not None:
            latest[person] = Stint(person, position, day)
    return sorted([*done, *latest.values()], key=lambda stint: (stint.person, stint.since))


def _changes(stint: Stint, above: Iterable[Stint]) -> list[date]:
    """First days of the stint's rows: its own, a new superior's, and the unit's new name."""
    days = {stint.since}
    days |= {other.since for other in above}
    days |= {other.until + timedelta(days=1) for other in above if other.until}
    if stint.position.unit in RENAMED:
        days.add(RENAMED[stint.position.unit][1])
    return sorted(day for day in days if stint.holds(day))


def people_rows(rng: random.Random) -> list[Row]:
    """The rows of ``people``: one for each stretch in which unit, level and superior stay the same."""
    everyone = stints(rng)
    names = _names(rng, sorted({stint.person for stint in everyone}))
    rows: list[Row] = []
    for stint in everyone:
        above = [other for other in everyone if _is_superior(other, stint)]
        first_days = _changes(stint, above)
        for position, first_day in enumerate(first_days):
            is_last = position + 1 == len(first_days)
            superior = next((other.person for other in above if other.holds(first_day)), None)
            rows.append(
                {
                    "person_id": stint.person,
                    "name": names[stint.person],
                    "unit": unit_name(stint.position.unit, first_day),
                    "area": stint.position.area,
                    "level": stint.position.level,
                    "superior_id": superior,
                    "valid_from": first_day,
                    "valid_to": stint.until if is_last else first_days[position + 1] - timedelta(days=1),
                }
            )
    kept = [row for row in rows if row["valid_to"] is None or row["valid_to"] >= LIST_FROM]
    return _joined(kept)


def _is_superior(other: Stint, stint: Stint) -> bool:
    level = other.position.level
    return other.position.unit == stint.position.parent and level is not None and level <= 4


def unit_name(unit: str, day: date) -> str:
    """The unit's name as the sheets wrote it on that day."""
    renamed = RENAMED.get(unit)
    return renamed[0] if renamed and day >= renamed[1] else unit


def _names(rng: random.Random, persons: list[str]) -> dict[str, str]:
    every = [f"{first} {last}" for first in FIRST_NAMES for last in LAST_NAMES]
    return dict(zip(persons, rng.sample(every, len(persons)), strict=True))


def _joined(rows: list[Row]) -> list[Row]:
    """Join neighbouring rows of one person that say the same."""
    joined: list[Row] = []
    for row in rows:
        last = joined[-1] if joined else None
        same = last is not None and all(
            last[name] == row[name] for name in ("person_id", "unit", "level", "superior_id")
        )
        if same and last is not None:
            last["valid_to"] = row["valid_to"]
        else:
            joined.append(row)
    return joined
