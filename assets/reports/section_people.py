"""Ownership at level 4-5, and the nine responsibilities.

Whatever speaks of leaders here is read from ``responsibility_summary``, or is suppressed in
``organisation_result``.
"""

from dataclasses import dataclass
from typing import Any

import altair as alt
import polars as pl

from assets.reports import charts_role, labels
from assets.reports import definition_changes as definitions
from assets.reports.blocks import ChartBlock, Duty, Section, Table
from assets.reports.labels import label
from assets.reports.published import Figure, Published
from assets.reports.words import Words

MATRIX_QUARTERS, MATRIX_NARROW = 8, 4
OWNERSHIP_INDICATORS = ("R6.1", "R6.3")
MOST, FEW = 2 / 3, 1 / 3
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
        _paragraphs(words, ownership_sentences(published, words)),
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
            "Andel af stederne. Tallet i feltet er antal steder; grå er ikke hørt.",
            "Share of the places. The number in a field is the number of places; grey was not heard.",
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


def _trend_block(published: Published, words: Words) -> list[ChartBlock]:
    frame, cells, new = [], [], []
    for quarter in published.quarters[-MATRIX_QUARTERS:]:
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
        )
    ]


def shown_row(published: Published, responsibility_id: str, period: str) -> dict[str, Any] | None:
    """The summary row that may be shown for all types of network: the quarter, else two years, else none."""
    for window in ("quarter", "two_years"):
        for row in published.summary:
            if (
                row["period"] == period
                and row["responsibility_id"] == responsibility_id
                and row["network_type"] == ""
                and row["window"] == window
                and not row["suppressed"]
            ):
                return row
    return None


@dataclass(frozen=True)
class Standing:
    """How a responsibility stands over the networks: ``most``, ``some``, ``few`` or ``hidden``."""

    how: str
    fulfilled: int = 0
    judged: int = 0

    def text(self, words: Words) -> str:
        """Fulfilled of judged; empty where nothing may be shown."""
        return words.of(self.fulfilled, self.judged) if self.judged else ""


def standing(row: dict[str, Any] | None) -> Standing:
    """How the networks of a summary row stand; hidden where there is no row or nothing is judged."""
    if row is None:
        return Standing("hidden")
    judged = row["fulfilled"] + row["partly"] + row["not_fulfilled"]
    if not judged:
        return Standing("hidden")
    share = row["fulfilled"] / judged
    how = "most" if share >= MOST - 1e-9 else "few" if share <= FEW + 1e-9 else "some"
    return Standing(how, row["fulfilled"], judged)


def duties_section(published: Published, words: Words) -> Section:
    """How each of the nine responsibilities stands, from the suppressed summary alone."""
    title = words.pick(
        "De ni ansvar: hvor holder rollen?", "The nine responsibilities: where does the role hold?"
    )
    duties = tuple(_duty(published, words, row) for row in published.responsibilities)
    paragraphs = (
        words.pick(
            "Her vises, i hvor mange netværk hvert ansvar er opfyldt. Tallene siger noget om rollen som "
            "helhed, ikke om "
            "nogen enkelt leder, og de lægges ikke sammen til én karakter. Et tal vises kun, når mindst "
            "fem netværk og "
            "tre referenceledere står bag det.",
            "This shows in how many networks each responsibility is fulfilled. The figures speak of the "
            "role as a whole, "
            "not of any single leader, and they are not added up to one mark. A figure is shown only when "
            "at least five "
            "networks and three reference leaders stand behind it.",
        ),
    )
    return Section("ansvar", title, paragraphs, tuple(_matrix(published, words)), duties=duties)


def _duty(published: Published, words: Words, responsibility: dict[str, Any]) -> Duty:
    name = responsibility["name_da" if words.lang == "da" else "name_en"]
    row = shown_row(published, responsibility["responsibility_id"], published.quarter.period)
    accountability = label(words, labels.ANSWERING, responsibility["accountability"])
    if row is None:
        text = words.pick(
            "Vises ikke: for få netværk eller referenceledere står bag, eller tallet kunne røbe enkelte.",
            "Not shown: too few networks or reference leaders stand behind it, or it could expose "
            "individuals.",
        )
        return Duty(responsibility["responsibility_id"], name, accountability, text, (), "")
    judged = row["fulfilled"] + row["partly"] + row["not_fulfilled"]
    text = words.pick(
        f"Opfyldt i {words.of(row['fulfilled'], judged)} vurderede netværk",
        f"Fulfilled in {words.of(row['fulfilled'], judged)} networks judged",
    )
    if not judged:
        text = words.pick("Ingen netværk kan vurderes endnu", "No network can be judged yet")
    window = words.pick(
        "seneste to år, hvert netværk én gang" if row["window"] == "two_years" else "i kvartalet",
        "last two years, each network once" if row["window"] == "two_years" else "in the quarter",
    )
    counts = tuple(
        (status, label(words, labels.STATUSES, status), int(row[status])) for status in labels.STATUSES
    )
    return Duty(responsibility["responsibility_id"], name, accountability, text, counts, window)


def _matrix(published: Published, words: Words) -> list[ChartBlock]:
    shown = published.quarters[-MATRIX_QUARTERS:]
    frame, cells, new = [], [], []
    for responsibility in published.responsibilities:
        key = responsibility["responsibility_id"]
        name = f"{key} {responsibility['name_da' if words.lang == 'da' else 'name_en']}"
        texts = []
        for quarter in shown:
            stands = standing(shown_row(published, key, quarter.period))
            how_text, counted = label(words, labels.STANDINGS, stands.how), stands.text(words)
            frame.append(
                {
                    "responsibility": name,
                    "quarter": words.short_quarter(quarter.period),
                    "standing": stands.how,
                    "standing_label": how_text,
                    "place": list(labels.STANDINGS).index(stands.how),
                    "text": counted,
                }
            )
            changes = definitions.of_responsibilities(published.definition_changes, [key], [quarter.period])
            if changes:
                new.append((name, words.short_quarter(quarter.period), changes))
            text = f"{how_text} ({counted})" if counted else how_text
            texts.append(definitions.beside(words, changes, text))
        cells.append((name, *texts))
    if not frame:
        return []
    title = words.pick("Ansvarene kvartal for kvartal", "The responsibilities quarter by quarter")
    return [
        ChartBlock(
            charts_role.status_matrix_chart(
                pl.DataFrame(frame),
                {(name, quarter): definitions.mark(words, changes) for name, quarter, changes in new},
            ),
            title,
            words.pick(
                "Opfyldt af vurderede netværk. De fleste: mindst to tredjedele. Få: højst en tredjedel. "
                "Hvor kvartalet "
                "har for få, vises de seneste to år.",
                "Fulfilled of the networks judged. Most: at least two thirds. Few: at most a third. Where "
                "the quarter has "
                "too few, the last two years are shown.",
            )
            + definitions.note(words, [one for *_, changes in new for one in changes]),
            Table(
                title,
                (
                    words.pick("Ansvar", "Responsibility"),
                    *(words.short_quarter(quarter.period) for quarter in shown),
                ),
                tuple(cells),
                "responsibility_summary",
            ),
            narrow=_narrow_matrix(words, pl.DataFrame(frame), new),
            narrow_text=words.pick(
                f"På en lille skærm vises de seneste {MATRIX_NARROW} kvartaler; tabellen har dem alle.",
                f"A small screen shows the last {MATRIX_NARROW} quarters; the table has them all.",
            ),
        )
    ]


def _narrow_matrix(
    words: Words, cells: pl.DataFrame, new: list[tuple[str, str, definitions.Changes]]
) -> alt.LayerChart:
    """The last quarters with the responsibilities by their ids; their names stand in the list above."""
    quarters = cells["quarter"].unique(maintain_order=True).to_list()[-MATRIX_NARROW:]
    shown = cells.filter(pl.col("quarter").is_in(quarters)).with_columns(
        pl.col("responsibility").str.split(" ").list.first()
    )
    marks = {
        (name.split(" ")[0], quarter): definitions.mark(words, changes)
        for name, quarter, changes in new
        if quarter in quarters
    }
    return charts_role.status_matrix_chart(shown, marks, alt.Step(52))
