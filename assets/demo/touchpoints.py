"""The demo's touchpoints: what a reference leader did month by month, and what the story fixes."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from assets.demo.plans import Network, Stretch

Row = dict[str, Any]

PARTNERS = (
    "Frivilligcentret",
    "Boligforeningen Tangen",
    "Lokalrådet",
    "Ældrerådet",
    "Handelsforeningen",
    "Idrætssamvirket",
    "Ungerådet",
    "Sundhedsklyngen",
)
EFFORTS = (
    "Budgetprojektet",
    "Kvalitetsprogrammet",
    "Digitaliseringsprogrammet",
    "Børne- og ungepolitikken",
    "Sundhedsaftalen",
    "Klimaplanen",
)
# Nobody meets in July.
HOLIDAY = 7


def touchpoint_rows(network: Network, rng: random.Random, last_day: date) -> list[Row]:
    """The network's rows of ``touchpoints`` up to ``last_day``, numbered by date."""
    rows = [row for stretch in network.stretches for row in _of_stretch(stretch, rng, last_day, network)]
    rows += _of_network_leader(network, rng, last_day)
    rows += [_scripted(network, entry) for entry in network.script]
    rows.sort(key=lambda row: row["date"])
    for number, row in enumerate(rows, start=1):
        row["touchpoint_id"] = f"S-{network.number}{number:03d}"
        row["network_id"] = network.network_id
    return rows


def _months(first: date, last: date) -> Iterator[date]:
    """First days of the calendar months that begin within the days."""
    month = date(first.year + first.month // 12, first.month % 12 + 1, 1) if first.day > 1 else first
    while month <= last:
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _share(months: list[date], share: float) -> list[date]:
    """That share of the months, spread evenly."""
    taken, carried = [], 0.5
    for month in months:
        carried += share
        if carried >= 1:
            taken.append(month)
            carried -= 1
    return taken


def _row(kind: str, day: date, by: str, **more: str) -> Row:
    return {"kind": kind, "date": day, "by_id": by} | more


def _of_stretch(stretch: Stretch, rng: random.Random, last_day: date, network: Network) -> Iterator[Row]:
    last = min(day for day in (stretch.until, network.end, last_day) if day)
    months = list(_months(stretch.since, last))
    by = stretch.leader

    def on(month: date) -> date:
        return min(month + timedelta(days=rng.randrange(1, 26)), last)

    if stretch.agreement is not None:
        day = stretch.since + timedelta(days=stretch.agreement)
        yield _row("expectation_agreement", day, by, counterpart="Netværksleder")
    working = [month for month in months if month.month != HOLIDAY]
    for month in _share(working, stretch.sparring):
        yield _row("sparring", on(month), by, counterpart="Netværksleder")
    for month in _share(working, stretch.present):
        yield _row("engagement", on(month), by, counterpart=rng.choice(PARTNERS))
    if stretch.platforms:
        for turn, month in enumerate(months[1 :: stretch.platform_every]):
            platform = stretch.platforms[turn % len(stretch.platforms)]
            yield _row("platform_access", on(month), by, counterpart=platform)
    if stretch.coordination_every:
        for month in months[2 :: stretch.coordination_every]:
            yield _row("coordination", on(month), by, counterpart=rng.choice(EFFORTS))
    if stretch.link_every:
        for turn, month in enumerate(months[1 :: stretch.link_every]):
            agenda = "new" if turn % 3 == 2 else "existing"
            yield _row("strategic_link", on(month), by, agenda=agenda)
    for turn, month in enumerate(months[4 :: stretch.showcase_every] if stretch.audiences else ()):
        yield _row("showcase", on(month), by, audience=stretch.audiences[turn % len(stretch.audiences)])


def _of_network_leader(network: Network, rng: random.Random, last_day: date) -> Iterator[Row]:
    """The network leader coordinates too, which is no answer to what the reference leader did."""
    last = min(network.end or last_day, last_day)
    for month in list(_months(network.start, last))[3::6]:
        day = min(month + timedelta(days=rng.randrange(1, 26)), last)
        yield _row("coordination", day, network.network_leader, counterpart=rng.choice(PARTNERS))


def _scripted(network: Network, entry: tuple[Any, ...]) -> Row:
    """(date, kind, more): by whoever was reference leader that day, else by the network leader."""
    day, kind, *more = entry
    details = dict(more[0]) if more else {}
    by = details.pop("by", None) or network.leader_on(day) or network.network_leader
    return _row(kind, day, by, **details)
