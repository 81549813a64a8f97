"""A made-up Danish municipality, as the spreadsheets its network office would keep.

``write_demo`` fills an inbox with Fjordby Kommune (18 networks, 93 managers and staff, five years to
30 September 2026), its settings, and the small neighbour Lyngå Kommune, which has only begun. All
of it is invented; every sheet says "Syntetiske data". The same seed writes the same bytes.

What the data tell (each network's own file in ``networks/`` says more):

- NV-01, solutions that outlived their network; NV-02, two that did not.
- NV-03, NV-14 and NV-18, learning networks without solutions; NV-10, one that got a solution after all.
- NV-04, capital found late: needed in June, first asked for in November.
- NV-05, the reference leader left midway, and for six weeks there was none.
- NV-06, a learning network that never had a reference leader.
- NV-07, nobody at level 4-5 owned it: no central managers were ever named, and the solution died.
- NV-08, early capital, broad ownership, three solutions in use.
- NV-09, a test that ended in a well-founded no; later an acting reference leader at level 3.
- NV-11, a reference leader who went on leave and returned.
- NV-12, disputes: one upheld, one refused, and open ones that would change a status.
- NV-13, central managers without a level at first, then too few of them heard.
- NV-15, a political assessment that ended in a well-founded no.
- NV-16, begun without a reference leader; NV-17, still without one.
- Lyngå Kommune keeps people, networks, roles and touchpoints only.

A few rows are faulty as real ones are (``faults.py``), so that there are findings to look at.
"""

import random
from datetime import date
from pathlib import Path
from typing import Any

from assets.contract import KINDS
from assets.demo.faults import add_faults
from assets.demo.neighbour import write_neighbour
from assets.demo.organisation import people_rows
from assets.demo.plans import read_networks
from assets.demo.records import network_records
from assets.demo.settings import write_settings
from assets.demo.workbooks import write_workbooks

ORGANISATION = "FJORDBY"
NEIGHBOUR = "LYNGAA"
# The day the demo looks from; nothing but plans is dated later.
AS_OF = date(2026, 9, 30)
SEED = 2026

Records = dict[str, list[dict[str, Any]]]


def demo_records(seed: int = SEED) -> Records:
    """Every record of Fjordby by kind and canonical column, faulty rows included."""
    rng = random.Random(seed)  # noqa: S311  # made-up data, not secrets
    people = people_rows(rng)
    records: Records = {kind.name: [] for kind in KINDS}
    records["people"] = people
    for network in read_networks():
        for kind, rows in network_records(network, people, rng, AS_OF).items():
            records[kind] += rows
    add_faults(records)
    return records


def write_demo(inbox: Path, *, seed: int = SEED) -> None:
    """Write the demo's deliveries into ``inbox``, which is made where it is not there.

    Args:
        inbox: Gets ``_indstillinger.xlsx`` and a folder for each of the two organisations.
        seed: Same seed, same bytes. Another seed moves days and answers, not the stories.
    """
    write_settings(inbox, ORGANISATION, NEIGHBOUR)
    write_workbooks(inbox / ORGANISATION, demo_records(seed), AS_OF)
    write_neighbour(inbox / NEIGHBOUR, AS_OF)
