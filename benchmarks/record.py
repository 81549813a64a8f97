"""What benchmarks measured, kept as lines of JSON in ``build/benchmarks.jsonl``, each with how it came about.

``benchmarks.plot`` draws and tabulates the latest figure of each name from there.
"""

import json
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).resolve().parents[1] / "build" / "benchmarks.jsonl"


@dataclass(frozen=True)
class Figure:
    """One thing measured.

    Attributes:
        name: In Danish and English parted by `` / ``; a later figure of the same name takes its place.
        measured: In ``unit``, a median unless the benchmark says otherwise.
        limit: What it may be at most, or at least where ``higher``; None where there is no limit.
        peer: What it is measured beside, in the same unit and the same run; None where there is none.
        note: Where the name does not say it: scale, rows, what the peer is.
    """

    name: str
    measured: float
    unit: str
    limit: float | None = None
    peer: float | None = None
    higher: bool = False
    note: str = ""

    @property
    def share(self) -> float | None:
        """How much of its limit it uses: 1 is exactly the limit, more is beyond it."""
        if self.limit is None:
            return None
        return self.limit / self.measured if self.higher else self.measured / self.limit


def conditions(packages: Iterable[str], seed: int | None, times: int) -> dict[str, Any]:
    """Machine, load, versions, seed and how many measurements stand behind a figure."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "machine": f"{platform.machine()}, {os.cpu_count()} kerner / cores, {memory:.0f} GB",
        "load": round(os.getloadavg()[0], 1),
        "versions": {"Python": platform.python_version()} | {name: version(name) for name in packages},
        "seed": seed,
        "times": times,
    }


def number(value: float) -> str:
    """As Danish has it: more decimals for the small, dots in thousands."""
    digits = 0 if abs(value) >= 1000 else 1 if abs(value) >= 20 else 2
    return f"{value:,.{digits}f}".translate(str.maketrans(",.", ".,"))


def told(found: dict[str, Any]) -> str:
    """The conditions as a line to print."""
    versions = ", ".join(f"{name} {number}" for name, number in found["versions"].items())
    seed = "no seed: made by a formula" if found["seed"] is None else f"seed {found['seed']}"
    return f"{found['machine']}, load {found['load']}, {versions}, {seed}, medians of {found['times']}"


def record(command: str, found: dict[str, Any], figures: Sequence[Figure], place: Path | None = None) -> None:
    """Append figures to the results, each with its command and conditions."""
    place = place or RESULTS
    place.parent.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with place.open("a", encoding="utf-8") as results:
        for figure in figures:
            line = {"at": now, "command": command} | found | asdict(figure)
            results.write(json.dumps(line, ensure_ascii=False) + "\n")


def recorded(place: Path | None = None) -> list[tuple[Figure, dict[str, Any]]]:
    """The latest figure of each name with the rest of its line, in the order in which names first came."""
    latest: dict[str, dict[str, Any]] = {}
    for line in (place or RESULTS).read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        latest[said["name"]] = said
    fields = tuple(Figure.__dataclass_fields__)
    return [(Figure(**{field: said[field] for field in fields}), said) for said in latest.values()]
