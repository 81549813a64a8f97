"""What drawing the reports of 50 networks over five years costs: CPU and wall seconds, and peak memory.

``python benchmarks/reports.py [networks] [seed]``. The inbox is made up by the seed, network by network, in
the form the demo offices write; then the whole run, and the command that draws, each in a process of its own.
Memory is the sum over the command and all it starts, looked at five times a second. The limit for HTML, PDF
apart, is 40 s on 2 cores and 1 GB. Run it on a quiet machine; wall seconds say little on a busy one.
"""

import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ORGANISATION = "STORBY"
FIRST_DAY, AS_OF = date(2021, 10, 1), date(2026, 9, 30)
LIMIT_SECONDS, LIMIT_MB = 40, 1000
HTML = "report, HTML, both languages"
SHOWN = ("duckdb", "polars", "altair", "vl-convert-python")
THEMES = (
    "Hjemmet",
    "Skolen",
    "Byen",
    "Vandet",
    "Arbejdet",
    "Maden",
    "Vejen",
    "Fritiden",
    "Sproget",
    "Natten",
)
TURNS = ("som fælles sag", "uden ventetid", "på tværs", "tæt på", "i nyt lys")
UNITS = ("Plan og Byg", "Fjordskolen", "Kulturhuset", "Jobcentret", "Hjemmeplejen Nord", "Bibliotekerne")
MEASURES = (
    ("Ventetid", "dage", 40.0, 20.0),
    ("Tilfredshed", "procent", 55.0, 80.0),
    ("Forløb", "antal", 0, 60.0),
)
TYPES = ("quality", "efficiency", "employee", "citizen", "democracy")


def write_inbox(inbox: Path, count: int, seed: int) -> None:
    """Deliveries of one municipality with so many networks; the same seed writes the same."""
    from assets.contract import KINDS
    from assets.demo.organisation import people_rows
    from assets.demo.records import network_records
    from assets.demo.workbooks import write_workbooks

    dice = random.Random(seed)  # noqa: S311 - made-up data
    people = people_rows(dice)
    records: dict[str, list[dict[str, Any]]] = {kind.name: [] for kind in KINDS}
    records["people"] = people
    for number in range(1, count + 1):
        for kind, rows in network_records(plan(dice, number, count, people), people, dice, AS_OF).items():
            records[kind] += rows
    write_workbooks(inbox / ORGANISATION, records, AS_OF)


def plan(dice: random.Random, number: int, count: int, people: list[dict[str, Any]]) -> Any:
    """One network: begun somewhere in the five years, led, answered, and with solutions on their way."""
    from assets.demo.plans import Central, Network, Stretch

    start = FIRST_DAY + timedelta(days=round(1600 * (number - 1) / max(count - 1, 1)) + dice.randrange(30))
    end = start + timedelta(days=dice.randint(540, 1100))
    closed = end if end <= AS_OF else None
    there = [row for row in people if row["valid_from"] <= start and row["valid_to"] is None]
    leaders = sorted({row["person_id"] for row in there if row["level"] in (1, 2)})
    managers = sorted({row["person_id"] for row in there if row["level"] in (4, 5)})
    others = sorted({row["person_id"] for row in there if row["level"] is None})
    leader = dice.choice(leaders)
    stretch = Stretch(
        leader,
        start,
        closed,
        agreement=dice.choice([10, 40, 90, None]),
        sparring=dice.uniform(0.2, 0.9),
        present=dice.uniform(0.2, 0.9),
        platforms=("Direktørforum", "Ledermøde"),
        coordination_every=dice.randint(3, 9),
        link_every=dice.randint(5, 14),
        audiences=tuple(dice.sample(["organisation", "politicians", "city"], dice.randint(1, 3))),
        felt=dice.uniform(3.0, 4.4),
    )
    last = min(end, AS_OF)
    answered = [start + timedelta(days=200 + 365 * year) for year in range(3)]
    central = tuple(
        Central(
            manager,
            start + timedelta(days=60),
            None,
            tuple(
                (
                    day,
                    dice.randint(1, 5),
                    dice.randint(1, 5),
                    dice.choice(["none", "time", "staff"]),
                    "survey",
                )
                for day in answered
                if day <= last and dice.random() < 0.8
            ),
        )
        for manager in dice.sample(managers, 5)
    )
    judged = start + timedelta(days=150)
    return Network(
        network_id=f"NV-{number:03d}",
        title=f"{dice.choice(THEMES)} {dice.choice(TURNS)} {number}",
        type=dice.choice(["innovation", "welfare", "welfare", "learning"]),
        challenge="Hvordan gør vi det sammen?",
        start=start,
        planned_end=end,
        end=closed,
        network_leader=dice.choice(others),
        participants=dice.randint(6, 14),
        areas=tuple(sorted({row["area"] for row in dice.sample(there, 4) if row["area"]})),
        phase_delays=tuple(dice.randint(0, 60) for _ in range(9)),
        answers=dice.randint(4, 8),
        answers_by={},
        stretches=(stretch,),
        solutions=tuple(solution(dice, start, last, managers, leader) for _ in range(dice.randint(2, 4))),
        applications=(),
        central=central,
        values=tuple(value(dice, start, last) for _ in range(dice.randint(2, 4))),
        disputes=(),
        script=((judged, "political_assessment", {"outcome": dice.choice(["relevant", "not_relevant"])}),)
        if judged <= last
        else (),
    )


def solution(dice: random.Random, start: date, last: date, managers: list[str], leader: str) -> Any:
    """A solution that came as far as its dates allow, with an application for its test."""
    from assets.demo.plans import Solution

    idea = min(start + timedelta(days=dice.randint(30, 300)), last)
    steps = [("test_started", 120), ("test_ended", 300), ("adopted", 380), ("scaled", 520)]
    unit, manager = dice.choice(UNITS), dice.choice(managers)
    events, need = [], dice.randrange(20_000, 400_000, 5_000)
    for step, (name, days) in enumerate(steps[: dice.randint(1, 4)]):
        day = idea + timedelta(days=days)
        if day <= AS_OF:
            where = unit if name != "scaled" else dice.choice([one for one in UNITS if one != unit])
            events.append((name, day, where, manager, dice.randint(20, 900) if step > 1 else None))
    sent = idea + timedelta(days=dice.randint(20, 150))
    decided = sent + timedelta(days=70)
    asked: tuple[tuple[Any, ...], ...] = ()
    if decided <= AS_OF:
        won = dice.random() < 0.7
        granted = (need, "granted") if won else ("", "rejected")
        asked = (("Fonden", "external", "test", need, granted[0], sent, decided, granted[1], leader),)
    title = f"{dice.choice(THEMES)} {dice.choice(TURNS)}"
    return Solution(title, idea, need, None, tuple(events), asked)


def value(dice: random.Random, start: date, last: date) -> Any:
    """A measurement taken every half year."""
    from assets.demo.plans import Value

    measure, unit, baseline, target = dice.choice(MEASURES)
    days = [start + timedelta(days=240 + 180 * turn) for turn in range(5)]
    points = tuple((day, round(dice.uniform(baseline, target), 1)) for day in days if day <= last)
    cycle = dice.choice(["immediate", "applied", "realised"])
    return Value(dice.choice(TYPES), cycle, measure, unit, points, None, baseline, target)


def measured(arguments: list[str], home: Path) -> tuple[float, float, float]:
    """CPU seconds, wall seconds and peak megabytes of the command with all it starts."""
    before, begun, peak = os.times(), time.perf_counter(), 0.0
    command = [
        sys.executable,
        "-c",
        "from pipelines.cli import main; main()",
        *arguments,
        "--home",
        str(home),
    ]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        peak = max(peak, sum(resident(one) for one in family(process.pid)))
        time.sleep(0.2)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{arguments[0]} ended with {process.returncode}")
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return cpu, time.perf_counter() - begun, peak


def keep(seed: int, count: int, spent: tuple[float, float, float]) -> None:
    """Add the report's CPU and wall seconds and peak megabytes to what benchmarks keep."""
    from benchmarks.record import Figure, conditions, number, record

    cpu, wall, peak = spent
    of = f"{count} netværk i 5 år / report, HTML, {count} networks over 5 years"
    figures = [
        Figure(f"rapport, HTML, {of}", wall, "s", LIMIT_SECONDS, note=f"{number(cpu)} CPU-s"),
        Figure(f"rapport, hukommelse, {of}, memory", peak, "MB", LIMIT_MB),
    ]
    record("python -m benchmarks.reports", conditions(SHOWN, seed, 1), figures)


def family(root: int) -> set[int]:
    """A process and all that descend from it."""
    parents = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        parents[int(place.parent.name)] = int(fields[1])
    found = {root}
    while more := {one for one, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def resident(process: int) -> float:
    """Megabytes in memory, of what several share a part each (PSS)."""
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8")
    except OSError:  # it has ended
        return 0.0
    return sum(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:")) / 1000


def main(count: int, seed: int) -> None:
    """Make, run, draw, and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        home, inbox = Path(folder) / "home", Path(folder) / "inbox"
        write_inbox(inbox, count, seed)
        steps = {
            "whole run": ["run", "--inbox", str(inbox), "--as-of", AS_OF.isoformat()],
            HTML: ["report", "--format", "html"],
            "report, workbook, both languages": ["report", "--format", "xlsx"],
            "report, JSON, both languages": ["report", "--format", "json"],
        }
        print(f"{count} networks, seed {seed}; {platform.machine()}, {os.cpu_count()} cores, load ", end="")
        print(f"{os.getloadavg()[0]:.1f}, Python {platform.python_version()}", end=", ")
        print(*(f"{name} {version(name)}" for name in SHOWN), sep=", ")
        print("| step | CPU s | wall s | peak MB |\n|---|---:|---:|---:|")
        for step, arguments in steps.items():
            cpu, wall, peak = measured(arguments, home)
            print(f"| {step} | {cpu:.1f} | {wall:.1f} | {peak:.0f} |", flush=True)
            if step == HTML and count >= 50:
                keep(seed, count, (cpu, wall, peak))
        pages = sorted((home / "reports" / ORGANISATION).glob("*/*_da.html"))
        print("pages:", *(f"{page.name} {page.stat().st_size / 1e6:.2f} MB" for page in pages))
        print(f"limits for HTML: {LIMIT_SECONDS} s, {LIMIT_MB} MB")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    given = [int(one) for one in sys.argv[1:3]]
    main(*(given + [50, 2026][len(given) :]))
