"""What moved since the last quarter, and whether what was open then has been acted on."""

from typing import Any

from assets.reports import labels
from assets.reports.blocks import Section, Table
from assets.reports.changes_told import change_paragraphs
from assets.reports.published import Figure, Published
from assets.reports.words import Words

EVENTS_SHOWN = 15
_EVENTS = {
    "test_started": ("{title} ({network}) kom i test", "{title} ({network}) went into test"),
    "rejected": (
        "{title} ({network}) blev afvist efter test",
        "{title} ({network}) was turned down after test",
    ),
    "adopted": ("{title} ({network}) blev optaget i basis", "{title} ({network}) was taken into base"),
    "scaled": (
        "{title} ({network}) blev taget i brug flere steder",
        "{title} ({network}) was taken into use elsewhere",
    ),
    "discontinued": ("{title} ({network}) ophørte et sted", "{title} ({network}) ended in one place"),
}


def changes_section(published: Published, words: Words) -> Section:
    """Figures then and now, what happened, and what was acted on."""
    title = words.pick("Hvad ændrede sig siden sidst?", "What changed since last time?")
    if published.earlier is None:
        text = words.pick(
            "Det er organisationens første kvartal, så der er intet at sammenligne med.",
            "This is the organisation's first quarter, so there is nothing to compare with.",
        )
        return Section("aendringer", title, (text,))
    then, now = published.earlier, published.quarter
    moved = Table(
        words.pick("Tallene da og nu", "The figures then and now"),
        (
            words.pick("Tal", "Figure"),
            words.short_quarter(then.period),
            words.short_quarter(now.period),
        ),
        tuple(
            (
                name,
                text(published.figure(measure, dimension, then.period)),
                text(published.figure(measure, dimension)),
            )
            for name, measure, dimension, text in _followed(words)
            if published.figure(measure, dimension).there
            or published.figure(measure, dimension, then.period).there
        ),
        "organisation_result",
    )
    happened = _happened(published, words)
    paragraphs = change_paragraphs(published, words)
    return Section("aendringer", title, paragraphs, (moved, *([happened] if happened else [])))


def _followed(words: Words) -> list[tuple[str, str, str, Any]]:
    """Name, measure, dimension and how its figure is written."""

    def count(figure: Figure) -> str:
        return _hidden(words, figure) or words.number(figure.value)

    def share(figure: Figure) -> str:
        return _hidden(words, figure) or words.share(figure.numerator, figure.denominator, figure.value)

    return [
        (words.pick("Aktive netværk", "Active networks"), "networks_active", "", count),
        (words.pick("Løsninger i brug", "Solutions in use"), "solutions_in_use", "", count),
        (words.pick("Steder, de er i brug", "Places they are in use"), "places_in_use", "", count),
        (words.pick("Mennesker nået", "People reached"), "people_reached", "", count),
        (words.pick("Forvaltninger i spil", "Administrations involved"), "areas_bridged", "", count),
        (
            words.pick("Målinger, seneste 12 måneder", "Measurements, last 12 months"),
            "value_followed",
            "",
            count,
        ),
        (words.pick("Mål nået", "Goals reached"), "goals_reached", "", share),
        (words.pick("Idéer testet", "Ideas tested"), "funnel_share", "tested", share),
        (words.pick("Idéer optaget i basis", "Ideas taken into base"), "funnel_share", "in_base", share),
        (words.pick("Tests afgjort", "Tests decided"), "tests_decided", "", share),
        (words.pick("Kroner bevilget til nu", "Kroner granted so far"), "kroner_granted_to_date", "", count),
        (words.pick("Ejerskab på niveau 4-5", "Ownership at level 4-5"), "ownership", "owning", share),
        (words.pick("Ikke hørt på niveau 4-5", "Not heard at level 4-5"), "ownership", "not_heard", share),
    ]


def _hidden(words: Words, figure: Figure) -> str:
    if figure.suppressed:
        return words.pick("vises ikke", "not shown")
    return "" if figure.there else "—"


def _happened(published: Published, words: Words) -> Table | None:
    """The events and grants of the quarter, by day; who decided is not told."""
    first = published.quarter.first_day
    networks = {row["network_id"]: row["title"] or row["network_id"] for row in published.networks}
    solutions = {row["solution_id"]: row for row in published.solutions}
    told = []
    for event in published.events:
        if event["date"] < first or event["event"] not in _EVENTS or event["solution_id"] not in solutions:
            continue
        solution = solutions[event["solution_id"]]
        text = words.pick(*_EVENTS[event["event"]]).format(
            title=solution["title"], network=networks.get(solution["network_id"], solution["network_id"])
        )
        told.append((event["date"], text))
    for grant in published.grants:
        if grant["decided_date"] < first or grant["status"] not in ("granted", "partly_granted"):
            continue
        network = networks.get(grant["network_id"], grant["network_id"])
        purpose = words.pick(*labels.PURPOSES[grant["purpose"]]).lower()
        source = words.pick(*labels.SOURCES[grant["source"]]).lower()
        amount = words.kroner(grant["amount_granted"])
        told.append(
            (
                grant["decided_date"],
                words.pick(
                    f"{network} fik bevilget {amount} til {purpose} ({source})",
                    f"{network} was granted {amount} for {purpose} ({source})",
                ),
            )
        )
    if not told:
        return None
    told.sort(key=lambda item: (item[0], item[1]))
    caption = words.pick("Det skete i kvartalet", "What happened in the quarter")
    if len(told) > EVENTS_SHOWN:
        caption += words.pick(
            f" (de seneste {EVENTS_SHOWN} af {words.number(len(told))})",
            f" (the latest {EVENTS_SHOWN} of {words.number(len(told))})",
        )
    return Table(
        caption,
        (words.pick("Dag", "Day"), words.pick("Hændelse", "Event")),
        tuple((words.short_day(day), text) for day, text in told[-EVENTS_SHOWN:]),
        "adoption_events, applications",
        left=2,
    )
