"""Who at level 4-5 takes ownership and finds it relevant; what could expose a manager is suppressed."""

from typing import Any

import polars as pl

from assets.reports import charts_role, labels
from assets.reports import definition_changes as definitions
from assets.reports.blocks import ChartBlock, Section, Table
from assets.reports.labels import label
from assets.reports.published import Figure, Published
from assets.reports.words import Words

QUARTERS_SHOWN = 8
OWNERSHIP_INDICATORS = ("R6.1", "R6.3")
_PART_OF = {
    "owning": "yes",
    "relevant": "yes",
    "not_owning": "no",
    "not_relevant": "no",
    "not_heard": "not_heard",
}


def ownership_section(published: Published, words: Words) -> Section:
    """Who at level 4-5 takes ownership and finds it relevant, and who was not heard."""
    title = words.pick("Ejerskab og relevans på niveau 4-5", "Ownership and relevance at level 4-5")
    first = published.figure("ownership", "owning")
    if not first.there:
        text = words.pick(
            "Der er ingen centrale ledere med kendt niveau eller ingen svar registreret, så ejerskab kan "
            "ikke vises.",
            "There are no central managers of known level, or no answers on record, so ownership cannot be "
            "shown.",
        )
        return Section("ejerskab", title, (text,))
    if first.suppressed:
        text = words.pick(
            "Tallene vises ikke: der er færre end fem ledere bag dem, eller færre end fem har svaret.",
            "The figures are not shown: fewer than five managers stand behind them, or fewer than five "
            "answered.",
        )
        return Section("ejerskab", title, (text,))
    return Section(
        "ejerskab",
        title,
        (
            *_paragraphs(words, ownership_sentences(published, words)),
            *trend_sentences(published, words),
        ),
        (_questions_block(published, words), *_trend_block(published, words)),
    )


def _paragraphs(words: Words, sentences: list[str]) -> tuple[str, ...]:
    """Who was asked and what they say, then who was not heard and who acted."""
    return tuple(words.prose(part) for part in (sentences[:2], sentences[2:]) if part)


def ownership_sentences(published: Published, words: Words) -> list[str]:
    """The shares with their bounds, those not heard, and who acted."""
    owning = published.figure("ownership", "owning")
    silent = published.figure("ownership", "not_heard")
    relevant = published.figure("relevance", "relevant")
    acting = published.figure("managers_acting")
    people = published.figure("managers_asked")
    sentences = [
        words.pick(
            f"{words.sentence(words.told(people.value, 'leader'))} på niveau 4-5 er udpeget som centrale "
            f"for de aktive "
            f"netværk, på i alt {words.count(owning.denominator, 'place')} (en leder kan være central i "
            f"flere netværk).",
            f"{words.sentence(words.told(people.value, 'leader'))} at level 4-5 are named as central to "
            f"the active "
            f"networks, in {words.count(owning.denominator, 'place')} (one manager may be central to "
            f"several networks).",
        ),
        words.pick(
            f"{_of_places(words, owning)} tager lederen ejerskab: giver høj karakter for ejerskab eller "
            f"har givet tilsagn. "
            f"{_of_places(words, relevant)} finder lederen netværket relevant.",
            f"{_of_places(words, owning)} the manager takes ownership: scores it high or has made a "
            f"commitment. "
            f"{_of_places(words, relevant)} the manager finds the network relevant.",
        ),
    ]
    if silent.numerator:
        sentences.append(
            words.pick(
                f"{_of_places(words, silent)} er lederen ikke hørt det seneste år. Ejerskabet ligger "
                f"derfor et sted "
                f"mellem {words.percent(owning.lower)} og {words.percent(owning.upper)}, alt efter hvad de "
                f"ikke hørte "
                "ville svare.",
                f"{_of_places(words, silent)} the manager was not heard in the last year. Ownership "
                f"therefore lies "
                f"somewhere between {words.percent(owning.lower)} and {words.percent(owning.upper)}, "
                f"depending on what "
                "those not heard would answer.",
            )
        )
    if acting.denominator and not acting.suppressed:
        sentences.append(
            words.pick(
                f"{_of_places(words, acting)} har lederen selv sat en test i gang, optaget eller skaleret "
                f"en løsning.",
                f"{_of_places(words, acting)} the manager has started a test, taken in or scaled a solution.",
            )
        )
    return sentences


def _of_places(words: Words, figure: Figure) -> str:
    """``På 9 af 26 steder (35 %)``; without the per cent where the whole is small."""
    counted = words.of(figure.numerator, figure.denominator)
    share = f" ({words.percent(figure.value)})" if (figure.denominator or 0) >= 5 else ""
    return words.pick(f"På {counted} steder{share}", f"In {counted} places{share}")


def _questions_block(published: Published, words: Words) -> ChartBlock:
    frame, cells = [], []
    for question in labels.QUESTIONS:
        name = label(words, labels.QUESTIONS, question)
        for place, (part, texts) in enumerate(labels.PARTS[question].items()):
            figure = published.figure(question, part)
            frame.append(_share_row(words, name, part, place, figure))
            cells.append(
                (
                    f"{name}: {words.pick(*texts).lower()}",
                    words.number(figure.numerator),
                    words.percent(figure.value) if (figure.denominator or 0) >= 5 else "—",
                    words.between(figure.lower, figure.upper),
                )
            )
    title = words.pick("Ejerskab og relevans i kvartalet", "Ownership and relevance in the quarter")
    return ChartBlock(
        charts_role.ownership_chart(pl.DataFrame(frame)),
        title,
        words.pick(
            "Andel af stederne. Tallet i feltet er antal steder; længst til højre: ikke hørt.",
            "Share of the places. The number in a field is their count; at the far right: not heard.",
        ),
        Table(
            title,
            (
                words.pick("Svar", "Answer"),
                words.pick("Steder", "Places"),
                words.pick("Andel", "Share"),
                words.pick("Når alle ikke hørte regnes med", "Counting all not heard"),
            ),
            tuple(cells),
            "organisation_result: ownership, relevance",
        ),
        words.prose(ownership_sentences(published, words)),
    )


def _share_row(words: Words, name: str, part: str, place: int, figure: Figure) -> dict[str, Any]:
    answer = _PART_OF[part]
    return {
        "name": name,
        "part": answer,
        "part_label": label(words, labels.ANSWERS, answer),
        "place": place,
        "share": figure.value or 0.0,
        "text": words.number(figure.numerator),
    }


def trend_sentences(published: Published, words: Words) -> list[str]:
    """Ownership and those not heard beside the quarter before, where both may be shown."""
    if published.earlier is None:
        return []
    then = published.earlier.period
    owning, before = published.figure("ownership", "owning"), published.figure("ownership", "owning", then)
    silent, was = published.figure("ownership", "not_heard"), published.figure("ownership", "not_heard", then)
    if not before.there or before.suppressed or owning.suppressed:
        return []
    now = words.of(owning.numerator, owning.denominator)
    earlier = words.of(before.numerator, before.denominator)
    heard = f"{words.number(silent.numerator)}"
    return [
        words.pick(
            f"Kvartalet før tog lederen ejerskab på {earlier} steder, nu på {now}; ikke hørt var "
            f"{words.number(was.numerator)}, nu {heard}.",
            f"The quarter before the manager took ownership in {earlier} places, now in {now}; not heard "
            f"were {words.number(was.numerator)}, now {heard}.",
        )
    ]


def _trend_block(published: Published, words: Words) -> list[ChartBlock]:
    frame, cells, new = [], [], []
    for quarter in published.quarters[-QUARTERS_SHOWN:]:
        name = words.short_quarter(quarter.period)
        changes = definitions.of_indicators(
            published.definition_changes, OWNERSHIP_INDICATORS, [quarter.period]
        )
        said = definitions.beside(words, changes, name)
        parts = {
            part: published.figure("ownership", part, quarter.period) for part in labels.PARTS["ownership"]
        }
        whole = parts["owning"]
        if not whole.there or whole.suppressed:
            cells.append((said, *(words.pick("vises ikke", "not shown") for _ in parts)))
            continue
        for place, (part, figure) in enumerate(parts.items()):
            frame.append(_share_row(words, name, part, place, figure))
        new += [(name, changes)] if changes else []
        cells.append((said, *(words.of(figure.numerator, figure.denominator) for figure in parts.values())))
    if len({row["name"] for row in frame}) < 2:
        return []
    title = words.pick("Ejerskab kvartal for kvartal", "Ownership quarter by quarter")
    return [
        ChartBlock(
            charts_role.ownership_chart(
                pl.DataFrame(frame), {name: definitions.mark(words, changes) for name, changes in new}
            ),
            title,
            words.pick(
                "Andel af stederne i hvert kvartal. Kvartaler med for få ledere vises ikke.",
                "Share of the places in each quarter. Quarters with too few managers are not shown.",
            )
            + definitions.note(words, [one for _, changes in new for one in changes]),
            Table(
                title,
                (
                    words.pick("Kvartal", "Quarter"),
                    *(words.pick(*texts) for texts in labels.PARTS["ownership"].values()),
                ),
                tuple(cells),
                "organisation_result: ownership",
            ),
            words.prose(trend_sentences(published, words)),
        )
    ]
