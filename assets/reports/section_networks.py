"""A page for each network about its value, and nothing about its leaders."""

from datetime import date
from typing import Any

from assets.reports import labels
from assets.reports.blocks import Section, Table
from assets.reports.labels import label
from assets.reports.published import Figure, Published
from assets.reports.words import Words

RECORDS_SHOWN = 12


def networks_section(published: Published, words: Words) -> Section:
    """Every network active or in follow-up in the quarter, by its start."""
    shown = [
        network
        for network in published.networks
        if (published.quarter.period, network["network_id"]) in published.phases
    ]
    text = words.pick(
        f"De følgende sider viser værdien af {words.told(len(shown), 'network')}: dem, der er i gang, og "
        f"dem, der er "
        "afsluttet inden for to år. Rækkefølgen er startdatoen. Tallene hører til netværket, ikke til dets "
        "leder.",
        f"The following pages show the value of {words.told(len(shown), 'network')}: those running, and "
        f"those closed "
        "within two years. The order is the start date. The figures belong to the network, not to its "
        "leader.",
    )
    return Section(
        "netvaerkene",
        words.pick("Netværkene, et for et", "The networks, one by one"),
        (text,),
        parts=tuple(_network(published, words, network) for network in shown),
    )


def _network(published: Published, words: Words, network: dict[str, Any]) -> Section:
    network_id = network["network_id"]
    blocks = [_value_table(published, words, network_id)]
    solutions = [row for row in published.solutions if row["network_id"] == network_id]
    if solutions:
        blocks.append(_solutions_table(published, words, solutions))
    records = [row for row in published.value_records if row["network_id"] == network_id]
    if records:
        blocks.append(_records_table(words, records))
    return Section(
        "netvaerk-" + network_id.lower().replace(" ", "-"),
        network["title"] or network_id,
        (
            _life(published, words, network),
            *([network["challenge"]] if network["challenge"] else []),
            words.prose(network_sentences(published, words, network_id)),
        ),
        tuple(blocks),
        notes=tuple(_missing(published, words, network_id)),
    )


def _life(published: Published, words: Words, network: dict[str, Any]) -> str:
    kind = label(words, labels.NETWORK_TYPES, network["network_type"])
    started = words.day(network["start_date"])
    phase = published.phases[published.quarter.period, network["network_id"]]
    if network["end_date"] and network["end_date"] <= published.quarter.counted_to:
        ended = words.day(network["end_date"])
        follow = words.pick("; følges nu i basis", "; now followed in base") if phase == "follow_up" else ""
        return words.pick(
            f"{kind} {network['network_id']}, startet {started}, afsluttet {ended}{follow}.",
            f"{kind} {network['network_id']}, started {started}, closed {ended}{follow}.",
        )
    return words.pick(
        f"{kind} {network['network_id']}, startet {started}, i gang.",
        f"{kind} {network['network_id']}, started {started}, running.",
    )


def network_sentences(published: Published, words: Words, network_id: str) -> list[str]:
    """What the network's value comes to, as sentences; what is not known is not mentioned."""
    used, places = published.value(network_id, "V2"), published.value(network_id, "V3")
    reached, areas = published.value(network_id, "V4"), published.value(network_id, "V1")
    granted, external = published.value(network_id, "V7"), published.value(network_id, "V5")
    sentences = []
    if used.value is not None:
        reach = (
            words.pick(" og når ", " and reach ") + words.count(reached.value, "person")
            if reached.value
            else ""
        )
        where = words.pick(" på ", " in ") + words.told(places.value, "place") if places.value else ""
        sentences.append(
            words.pick(
                f"{words.sentence(words.told(used.value, 'solution'))} er i brug{where}{reach}.",
                f"{words.sentence(words.told(used.value, 'solution'))} "
                f"{'is' if used.value == 1 else 'are'} in use{where}{reach}.",
            )
        )
    if areas.value is not None:
        sentences.append(
            words.pick(
                f"Netværket samler folk fra {words.told(areas.value, 'area')}.",
                f"The network brings together people from {words.told(areas.value, 'area')}.",
            )
        )
    if granted.value:
        part = (
            words.pick(
                f", heraf {words.percent(external.value)} udefra",
                f", {words.percent(external.value)} of it from outside",
            )
            if external.value is not None
            else ""
        )
        sentences.append(
            words.pick(
                f"Der er bevilget {words.kroner(granted.value)}{part}.",
                f"{words.kroner(granted.value)} has been granted{part}.",
            )
        )
    return sentences


def _value_table(published: Published, words: Words, network_id: str) -> Table:
    earlier = published.earlier.period if published.earlier else None
    if (earlier, network_id) not in published.phases:
        earlier = None  # it had not begun
    rows = []
    for indicator in published.indicators:
        key = indicator["indicator_id"]
        if not key.startswith("V"):
            continue
        name = f"{key} {indicator['name_da' if words.lang == 'da' else 'name_en']}"
        for dimension in _dimensions(published, network_id, key):
            now = published.value(network_id, key, dimension)
            before = published.value(network_id, key, dimension, earlier) if earlier else Figure()
            if not now.there and not before.there:
                continue
            shown = f"{name}: {label(words, labels.VALUE_TYPES, dimension).lower()}" if dimension else name
            texts = (value_text(words, key, figure) for figure in ((before, now) if earlier else (now,)))
            rows.append((shown, *texts))
    return Table(
        words.pick("Værdi", "Value"),
        (
            words.pick("Indikator", "Indicator"),
            *((words.short_quarter(earlier),) if earlier else ()),
            words.short_quarter(published.quarter.period),
        ),
        tuple(rows),
        "indicator_result: V1-V7",
    )


def _dimensions(published: Published, network_id: str, indicator_id: str) -> list[str]:
    """'' first, then the value types of either quarter."""
    periods = {quarter.period for quarter in published.quarters[-2:]}
    found = {
        dimension
        for (period, network, indicator, dimension) in published.values
        if network == network_id and indicator == indicator_id and period in periods
    }
    order = ["", *labels.VALUE_TYPES]
    return sorted(found, key=lambda name: order.index(name) if name in order else len(order))


def value_text(words: Words, indicator_id: str, figure: Figure) -> str:
    """A V figure as its unit is written."""
    if figure.value is None:
        return "—"
    if indicator_id == "V7":
        return words.kroner(figure.value)
    if indicator_id == "V5":
        return words.percent(figure.value)
    return words.number(figure.value)


def _missing(published: Published, words: Words, network_id: str) -> list[str]:
    reasons: dict[str, list[str]] = {}
    for (period, network, indicator, _), reason in published.value_reasons.items():
        if period == published.quarter.period and network == network_id:
            reasons.setdefault(reason, []).append(indicator)
    return [
        f"{words.listing(found)}: {label(words, labels.REASONS, reason).lower()}."
        for reason, found in sorted(reasons.items())
    ]


def _solutions_table(published: Published, words: Words, solutions: list[dict[str, Any]]) -> Table:
    """Each idea and its days on the way: first test, first taken into base, turned down after test."""
    first: dict[tuple[str, str], date] = {}
    for event in published.events:
        first.setdefault((event["solution_id"], event["event"]), event["date"])
    steps = ("test_started", "adopted", "rejected")
    return Table(
        words.pick("Løsninger, ældste idé først", "Solutions, oldest idea first"),
        (
            "Id",
            words.pick("Løsning", "Solution"),
            words.pick("Idé", "Idea"),
            words.pick("Første test", "First test"),
            words.pick("I basis", "Into base"),
            words.pick("Afvist", "Turned down"),
        ),
        tuple(
            (
                row["solution_id"],
                row["title"] or row["solution_id"],
                words.short_day(row["idea_date"]),
                *(words.short_day(first.get((row["solution_id"], step))) for step in steps),
            )
            for row in solutions
        ),
        "solutions, adoption_events",
        left=2,
    )


def _records_table(words: Words, records: list[dict[str, Any]]) -> Table:
    rows = tuple(
        (
            row["value_id"],
            ", ".join(part for part in (row["measure"], row["unit"]) if part),
            words.short_day(row["date"]),
            label(words, labels.VALUE_TYPES, row["value_type"]),
            words.measured(row["baseline"]),
            words.measured(row["target"]),
            words.measured(row["measured"]),
        )
        for row in records[:RECORDS_SHOWN]
    )
    more = len(records) - len(rows)
    caption = words.pick("Registreret værdi, nyeste først", "Value on record, newest first")
    if more > 0:
        caption += words.pick(f" (og {words.number(more)} ældre)", f" (and {words.number(more)} older)")
    return Table(
        caption,
        (
            "Id",
            words.pick("Mål/indikator, enhed", "Measure, unit"),
            words.pick("Dato", "Date"),
            words.pick("Værditype", "Type of value"),
            words.pick("Før", "Before"),
            words.pick("Mål", "Goal"),
            words.pick("Målt", "Measured"),
        ),
        rows,
        "value_records",
        left=4,
    )
