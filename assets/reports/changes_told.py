"""What moved since the last quarter, in sentences: from where to where, by which records, and how sure.

Both quarters are read from the same publication, so what moved is what happened, or what grew too old.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from assets.reports.published import Figure, Published, Quarter
from assets.reports.words import Words

Behind = Callable[[Published, Words], str]
EVENTS = {
    "test_started": ("kom i test", "went into test"),
    "adopted": ("kom i basis", "came into base"),
    "scaled": ("kom i brug flere steder", "came into use elsewhere"),
    "discontinued": ("ophørte et sted", "ended in one place"),
}


def change_paragraphs(published: Published, words: Words) -> tuple[str, ...]:
    """What moved and what did not: counts, then shares, then what a figure without an interval is worth."""
    counts = [*moved_counts(published, words), *unmoved_counts(published, words)]
    shares = moved_shares(published, words)
    worth = words.pick(
        "Hvor der ikke står nogen usikkerhed, er der talt op og ikke skønnet: tallet er så sikkert som "
        "registreringerne bag det.",
        "Where no uncertainty is told, things were counted and not estimated: the figure is as sure as the "
        "records behind it.",
    )
    told = [words.prose(sentences) for sentences in (counts, shares) if sentences]
    return (*told, worth) if told else ()


def moved_counts(published: Published, words: Words) -> list[str]:
    """Each count that rose or fell, by how much, and the records that did it."""
    sentences, last = [], ""
    for measure, noun, (da, en), reasons in _counts():
        then, now = _both(published, measure, "")
        if then.value is None or now.value is None or then.value == now.value:
            continue
        rose = now.value > then.value
        by = words.told_number(abs(now.value - then.value), noun)
        text = words.pick(
            f"Antallet af {words.noun(2, noun)} {da} {'steg' if rose else 'faldt'} med {by}, fra "
            f"{words.number(then.value)} til {words.number(now.value)}",
            f"The number of {words.noun(2, noun)} {en} {'rose' if rose else 'fell'} by {by}, from "
            f"{words.number(then.value)} to {words.number(now.value)}",
        )
        behind = reasons(published, words)
        if behind and behind == last:
            text, behind = text + words.pick(", af samme grund", ", for the same reason"), ""
        last = behind or last
        sentences.append(_with(text, behind))
    return sentences + _kroner(published, words)


def unmoved_counts(published: Published, words: Words) -> list[str]:
    """The counts that stood still, in one sentence."""
    still = []
    for measure, noun, (da, en), _ in _counts():
        then, now = _both(published, measure, "")
        if now.value is not None and now.value == then.value:
            still.append(f"{words.noun(2, noun)} {words.pick(da, en)} ({words.number(now.value)})")
    return (
        [
            words.pick(
                f"Uændret er antallet af {words.listing(still)}.",
                f"Unchanged: the number of {words.listing(still)}.",
            )
        ]
        if still
        else []
    )


def moved_shares(published: Published, words: Words) -> list[str]:
    """Each share that is written otherwise than last time, and whether the difference outgrows chance."""
    sentences = []
    for measure, dimension, (da, en), behind in _shares():
        then, now = _both(published, measure, dimension)
        was, is_ = (words.share(one.numerator, one.denominator, one.value) for one in (then, now))
        if then.suppressed or now.suppressed or then.value is None or now.value is None or was == is_:
            continue
        text = words.pick(f"{da} gik fra {was} til {is_}", f"{en} went from {was} to {is_}")
        sentences.append(_with(text + _sure(words, then, now), behind(published, words)))
    return sentences


def _sure(words: Words, then: Figure, now: Figure) -> str:
    """How the difference stands to the interval of the later figure; nothing where it has none."""
    if now.lower is None or now.upper is None or then.value is None:
        return ""
    between = words.between(now.lower, now.upper)
    if now.lower - 1e-9 <= then.value <= now.upper + 1e-9:
        return words.pick(
            f", en forskel inden for usikkerheden ({between})",
            f", a difference within the uncertainty ({between})",
        )
    return words.pick(
        f", en forskel ud over usikkerheden ({between})", f", a difference beyond the uncertainty ({between})"
    )


def _counts() -> list[tuple[str, str, tuple[str, str], Behind]]:
    """Measure, its noun, the state it is in, and what is behind a movement."""
    return [
        ("networks_active", "network", ("i gang", "running"), networks_behind),
        ("solutions_in_use", "solution", ("i brug", "in use"), _use_behind),
        ("people_reached", "person", ("nået", "reached"), _use_behind),
        (
            "value_followed",
            "measurement",
            ("fra de seneste 12 måneder", "of the last 12 months"),
            measurements_behind,
        ),
    ]


def _shares() -> list[tuple[str, str, tuple[str, str], Behind]]:
    nothing: Behind = lambda published, words: ""  # noqa: E731 - what is behind these is no single record
    return [
        ("funnel_share", "tested", ("Andelen af idéer, der er testet,", "The share of ideas tested"), _tests),
        ("funnel_share", "in_base", ("Andelen i basis", "The share in base"), nothing),
        ("goals_reached", "", ("Andelen af mål, der er nået,", "The share of goals reached"), nothing),
        ("progress", "", ("Andelen af faser til tiden", "The share of phases in time"), nothing),
        ("applications_won", "", ("Andelen af ansøgninger med ja", "The share of applications won"), nothing),
        (
            "after_closing_mark",
            "365",
            ("Andelen i brug et år efter lukning", "The share in use a year after closing"),
            nothing,
        ),
        (
            "ownership",
            "owning",
            ("Ejerskabet på niveau 4-5", "Ownership at level 4-5"),
            nothing,
        ),
    ]


def _both(published: Published, measure: str, dimension: str) -> tuple[Figure, Figure]:
    then = published.figure(measure, dimension, published.earlier.period) if published.earlier else Figure()
    return then, published.figure(measure, dimension)


def _with(text: str, behind: str) -> str:
    return f"{text}: {behind}." if behind else f"{text}."


def networks_behind(published: Published, words: Words) -> str:
    """Which networks began in the quarter, and which were running in the quarter before and no longer."""
    now, then = published.quarter, published.earlier
    began = [
        f"{words.title(row['title'])} ({row['network_id']})".strip()
        for row in published.networks
        if now.first_day <= row["start_date"] <= now.counted_to
    ]
    ended = [
        f"{words.title(row['title'])} ({row['network_id']})".strip()
        for row in published.networks
        if then and row["end_date"] and then.first_day <= row["end_date"] < now.first_day
    ]
    parts = [
        (began, words.pick("startede", "began")),
        (ended, words.pick("var afsluttet forinden", "had closed before")),
    ]
    return "; ".join(f"{words.some(names)} {verb}" for names, verb in parts if names)


def _use_behind(published: Published, words: Words) -> str:
    return _events_behind(published, words, ("adopted", "scaled", "discontinued"))


def _tests(published: Published, words: Words) -> str:
    return _events_behind(published, words, ("test_started",))


def _events_behind(published: Published, words: Words, kinds: tuple[str, ...]) -> str:
    """Which solutions the quarter's events of some kinds are about."""
    titles = {row["solution_id"]: row["title"] for row in published.solutions}
    parts = []
    for kind in kinds:
        names = dict.fromkeys(
            f"{words.title(titles[row['solution_id']])} ({row['solution_id']})"
            for row in published.events
            if row["event"] == kind
            and row["date"] >= published.quarter.first_day
            and row["solution_id"] in titles
        )
        if names:
            parts.append(f"{words.some(list(names))} {words.pick(*EVENTS[kind])}")
    return "; ".join(parts)


def measurements_behind(published: Published, words: Words) -> str:
    """Which measurements came into the twelve months, and which fell out of them."""
    assert published.earlier is not None
    before, after = (
        [row["value_id"] for row in followed(published, quarter)]
        for quarter in (published.earlier, published.quarter)
    )
    came = [key for key in after if key not in before]
    left = [key for key in before if key not in after]
    parts = []
    if came:
        parts.append(words.pick(f"{words.some(came)} kom til", f"{words.some(came)} came in"))
    if left:
        parts.append(
            words.pick(
                f"{words.some(left)} er nu mere end 12 måneder gamle"
                if len(left) > 1
                else f"{left[0]} er nu mere end 12 måneder gammel",
                f"{words.some(left)} {'are' if len(left) > 1 else 'is'} now more than 12 months old",
            )
        )
    return "; ".join(parts)


def followed(published: Published, quarter: Quarter) -> list[dict[str, Any]]:
    """The records that a quarter's ``value_followed`` counts, oldest first."""
    since = year_before(quarter.counted_to)
    return [
        row
        for row in reversed(published.value_records)
        if since < row["date"] <= quarter.counted_to
        and row["baseline"] is not None
        and row["measured"] is not None
    ]


def year_before(day: date) -> date:
    """The same day a year earlier; the last of February where that year has no 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _kroner(published: Published, words: Words) -> list[str]:
    """What was granted in the quarter, and to which networks."""
    then, now = _both(published, "kroner_granted_to_date", "")
    if then.value is None or now.value is None or then.value == now.value:
        return []
    titles = {row["network_id"]: row["title"] or row["network_id"] for row in published.networks}
    grants = [
        f"{words.kroner(row['amount_granted'])} {words.pick('til', 'to')} "
        f"{words.title(titles.get(row['network_id'], row['network_id']))}"
        for row in published.grants
        if row["decided_date"] >= published.quarter.first_day and row["amount_granted"]
    ]
    text = words.pick(
        f"Bevillingerne til nu gik fra {words.kroner(then.value)} til {words.kroner(now.value)}",
        f"What has been granted so far went from {words.kroner(then.value)} to {words.kroner(now.value)}",
    )
    return [_with(text, words.some(grants)) if grants else words.prose([text + "."])]
