"""The demo's pulse: anonymous answers twice a year, and nothing in them that tells one from another."""

import random
from datetime import date, timedelta
from typing import Any

from assets.contract import RESPONSIBILITY_IDS
from assets.demo.plans import Network, Stretch

Row = dict[str, Any]

# First day of the weeks in which a half-year's pulse is taken.
SPRING, AUTUMN = (5, 11), (11, 9)
WEEKS_LONG = 16


def pulse_rows(network: Network, rng: random.Random, last_day: date) -> list[Row]:
    """Answers of every half-year in whose pulse weeks the network lived and had a reference leader."""
    rows: list[Row] = []
    ended = min(network.end or last_day, last_day)
    for year in range(network.start.year, ended.year + 1):
        for half, (month, day) in (("H1", SPRING), ("H2", AUTUMN)):
            first = date(year, month, day)
            if network.start + timedelta(days=30) <= first and first + timedelta(days=WEEKS_LONG) <= ended:
                count = network.answers_by.get(f"{year}{half}", network.answers)
                rows += _answers(network, first, count, rng)
    return rows


def _answers(network: Network, first: date, count: int, rng: random.Random) -> list[Row]:
    stretch = _stretch_on(network, first)
    rows = []
    for responsibility in RESPONSIBILITY_IDS:
        mean = stretch.felt_by.get(responsibility, stretch.felt) if stretch else 3.0
        for number in range(count):
            role = "network_leader" if number == 0 else "manager" if number % 4 == 3 else "participant"
            rows.append(
                {
                    "network_id": network.network_id,
                    "date": first + timedelta(days=rng.randrange(WEEKS_LONG)),
                    "respondent_role": role,
                    "responsibility": responsibility,
                    "score": min(5, max(1, round(rng.gauss(mean, 0.7)))),
                }
            )
    return rows


def _stretch_on(network: Network, day: date) -> Stretch | None:
    for stretch in network.stretches:
        if stretch.since <= day and (stretch.until is None or day <= stretch.until):
            return stretch
    return None
