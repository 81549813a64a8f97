"""What the researcher's rows have told already, so that two files held together speak of no few networks.

New pseudonyms in every publication do not hinder counting: the rows of one type in two files, less each
other, are the work of the networks that came or changed in between. So the rows of a type stand as they were
last told until what has changed is large enough to be spoken of by itself. What was told lies in the
warehouse's folder, which only the service reads; it names networks, and no person.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from assets.home import Home
from assets.publication.file_steps import building_path, put_in_place
from assets.results.suppression import Atoms, may_follow

Group = tuple[str, str]  # organisation, network type
Rows = dict[str, list[dict[str, Any]]]  # table to its rows
_IDS = frozenset({"organisation_id", "network_type", "network_id", "solution_id", "value_id"})


@dataclass(frozen=True)
class Told:
    """What was told of one type of network.

    Attributes:
        known: Each state told, oldest first: network to a print of what its rows say.
        rows: The rows as last told, ids as published.
    """

    known: tuple[Mapping[str, str], ...]
    rows: Rows


def memory_file(home: Home) -> Path:
    """Where it is remembered."""
    return home.warehouse_file.with_name("research_told.json")


def read_told(home: Home) -> dict[Group, Told]:
    """What was told so far, by organisation and network type."""
    path = memory_file(home)
    if not path.is_file():
        return {}
    return {
        (one["organisation"], one["network_type"]): Told(tuple(one["known"]), one["rows"])
        for one in json.loads(path.read_text(encoding="utf-8"))
    }


def write_told(home: Home, told: Mapping[Group, Told]) -> None:
    """Remember it; before the file that tells it takes its place."""
    path = memory_file(home)
    said = [
        {"organisation": group[0], "network_type": group[1], "known": list(one.known), "rows": one.rows}
        for group, one in sorted(told.items())
    ]
    aside = building_path(path)
    try:
        aside.touch(mode=0o600)
        aside.write_text(json.dumps(said, ensure_ascii=False) + "\n", encoding="utf-8")
        put_in_place(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def next_told(current: Rows, leaders: Mapping[str, frozenset[str]], before: Told | None) -> Told:
    """What is told of a type now: the rows as they stand, or as last told where too few have changed.

    Args:
        current: The rows as they stand, each with its ``network_id``.
        leaders: Network to the reference leaders it has had.
    """
    state = prints_of(current)
    if before is None:
        return Told((state,), current)
    if state in before.known:
        return Told(before.known, current)
    bits: dict[tuple[str, str], int] = {}
    for one in (*before.known, state):
        for pair in one.items():
            bits.setdefault(pair, 1 << len(bits))
    networks: dict[str, int] = defaultdict(int)
    of_leader: dict[str, int] = defaultdict(int)
    for (network, _), bit in bits.items():
        networks[network] |= bit
        for leader in leaders.get(network, ()):
            of_leader[leader] |= bit
    atoms = Atoms(tuple(networks.values()), tuple(of_leader.values()), {})
    masks = [sum(bits[pair] for pair in one.items()) for one in (*before.known, state)]
    if may_follow(atoms, masks[-1], masks[:-1]):
        return Told((*before.known, state), current)
    return before


def prints_of(rows: Rows) -> dict[str, str]:
    """Network to a print of what its rows say, whatever they are called and however they are ordered."""
    said: dict[str, list[str]] = defaultdict(list)
    for table, of_table in rows.items():
        for row in of_table:
            kept = {name: value for name, value in sorted(row.items()) if name not in _IDS}
            said[row["network_id"]].append(f"{table} {json.dumps(kept)}")
    return {
        network: hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:16]
        for network, lines in sorted(said.items())
    }


def rows_told(
    home: Home,
    frames: Mapping[str, pl.DataFrame],
    shown: set[Group],
    leaders: Mapping[str, Mapping[str, frozenset[str]]],
) -> dict[str, pl.DataFrame]:
    """The rows to tell of every type shown, and remember them; without their networks.

    Args:
        frames: Table to all its rows, each with organisation, network type and network.
        shown: Types large enough to be told row by row.
        leaders: Organisation to network to the reference leaders it has had.
    """
    told = read_told(home)
    kept: Rows = {table: [] for table in frames}
    for group in sorted(shown):
        of_group = (pl.col("organisation_id") == group[0]) & (pl.col("network_type") == group[1])
        current = {table: frame.filter(of_group).to_dicts() for table, frame in frames.items()}
        told[group] = next_told(current, leaders.get(group[0], {}), told.get(group))
        for table in frames:
            kept[table] += told[group].rows.get(table, [])
    write_told(home, told)
    return {
        table: pl.DataFrame(kept[table], schema=frame.schema, orient="row").drop("network_id")
        for table, frame in frames.items()
    }
