"""Kroner needed, asked for and granted, and how much came from outside."""

import polars as pl

from assets.reports import charts, labels
from assets.reports import definition_changes as definitions
from assets.reports.blocks import ChartBlock, Section, Table
from assets.reports.labels import label
from assets.reports.published import Published
from assets.reports.words import Words

QUARTERS_SHOWN = 12
MEASURES = ("kroner_needed", "kroner_asked", "kroner_granted")
GRANTED_INDICATOR, SHARE_INDICATOR = "V7", "V5"


def _names(words: Words) -> dict[str, str]:
    return {
        "kroner_needed": words.pick("Behov til test", "Needed for test"),
        "kroner_asked": words.pick("Ansøgt", "Asked for"),
        "kroner_granted": words.pick("Bevilget", "Granted"),
    }


def capital_section(published: Published, words: Words) -> Section:
    """Kroner over time, test capital year by year, and the external share."""
    title = words.pick("Kapital: behov, ansøgt, bevilget", "Capital: needed, asked for, granted")
    if "applications" not in published.kinds_kept:
        text = words.pick(
            "Organisationen registrerer ikke ansøgninger, så rapporten kan ikke sige noget om kapital.",
            "The organisation does not record applications, so the report can say nothing about capital.",
        )
        return Section("kapital", title, (text,))
    blocks = [_quarter_block(published, words)]
    yearly = _year_block(published, words)
    if yearly is not None:
        blocks.append(yearly)
    return Section(
        "kapital",
        title,
        (*_paragraphs(words, capital_sentences(published, words)), *year_sentences(published, words)),
        (*blocks, _purposes(published, words)),
    )


def _paragraphs(words: Words, sentences: list[str]) -> tuple[str, ...]:
    """What was granted against the need, then where it came from."""
    return tuple(words.prose(part) for part in (sentences[:2], sentences[2:]) if part)


def capital_sentences(published: Published, words: Words) -> list[str]:
    """What was granted, against what was needed, and from where."""
    granted = published.figure("kroner_granted_to_date")
    test = published.figure("kroner_granted_to_date", "test")
    needed = published.figure("kroner_needed_to_date")
    external = published.figure("external_share")
    won = published.figure("applications_won")
    sentences = [
        words.pick(
            f"Til nu er der bevilget {words.kroner_short(granted.value)} til netværkenes løsninger.",
            f"So far {words.kroner_short(granted.value)} has been granted to the networks' solutions.",
        )
    ]
    if needed.value:
        sentences.append(
            words.pick(
                f"Behovet til test er opgjort til {words.kroner_short(needed.value)}; til testfasen er der "
                f"bevilget "
                f"{words.kroner_short(test.value or 0)}.",
                f"The need for test is put at {words.kroner_short(needed.value)}; "
                f"{words.kroner_short(test.value or 0)} has been granted for the test phase.",
            )
        )
    if external.denominator:
        sentences.append(
            words.pick(
                f"{words.percent(external.value)} af kronerne kommer udefra "
                f"({words.kroner(external.numerator)} af {words.kroner(external.denominator)}).",
                f"{words.percent(external.value)} of the kroner come from outside "
                f"({words.kroner(external.numerator)} of {words.kroner(external.denominator)}).",
            )
        )
    if won.denominator:
        sentences.append(
            words.pick(
                f"Af de ansøgninger, der blev afgjort de seneste to år, fik "
                f"{words.share(won.numerator, won.denominator, won.value)} helt eller delvist ja.",
                f"Of the applications decided in the last two years, "
                f"{words.share(won.numerator, won.denominator, won.value)} were granted in full or in part.",
            )
        )
    return sentences


def _quarter_block(published: Published, words: Words) -> ChartBlock:
    names = _names(words)
    shown = published.quarters[-QUARTERS_SHOWN:]
    frame, cells = [], []
    granted = definitions.of_indicators(
        published.definition_changes, [GRANTED_INDICATOR], [quarter.period for quarter in shown]
    )
    for measure, name in names.items():
        for place, quarter in enumerate(shown):
            value = published.figure(measure, period=quarter.period).value or 0
            latest = quarter is shown[-1]
            frame.append(
                {
                    "name": name,
                    "quarter": words.short_quarter(quarter.period),
                    "place": place,
                    "thousands": value / 1000,
                    "text": words.number(value / 1000) if latest else "",
                }
            )
    for quarter in shown:
        share = published.figure("external_share", "quarter", quarter.period)
        cells.append(
            (
                definitions.beside(
                    words,
                    definitions.of_indicators(
                        published.definition_changes, [GRANTED_INDICATOR, SHARE_INDICATOR], [quarter.period]
                    ),
                    words.short_quarter(quarter.period),
                ),
                *(
                    words.kroner(published.figure(measure, period=quarter.period).value or 0)
                    for measure in MEASURES
                ),
                words.percent(share.value),
            )
        )
    title = words.pick("Kroner kvartal for kvartal", "Kroner quarter by quarter")
    return ChartBlock(
        charts.capital_chart(
            pl.DataFrame(frame),
            list(names.values()),
            {
                (names["kroner_granted"], words.short_quarter(one.period)): definitions.mark(words, [one])
                for one in granted
            },
        ),
        title,
        words.pick(
            "Tusinde kroner. Kvartalets eget tal er skrevet ved den mørke søjle.",
            "Thousand kroner. The quarter's own figure stands at the dark column.",
        )
        + definitions.note(words, granted),
        Table(
            title,
            (
                words.pick("Kvartal", "Quarter"),
                *names.values(),
                words.pick("Ekstern andel af bevilget", "External share of granted"),
            ),
            tuple(cells),
            "organisation_result: kroner_needed, kroner_asked, kroner_granted, external_share",
        ),
        words.prose(capital_sentences(published, words)),
    )


def year_sentences(published: Published, words: Words) -> list[str]:
    """Test capital needed and granted in the latest year, beside the year before."""
    years = _years(published)
    told: list[str] = []
    for year in reversed(years[-2:]):
        needed = words.kroner(published.figure("kroner_needed_in_year", year).value or 0)
        granted = words.kroner(published.figure("kroner_granted_in_year", year).value or 0)
        told.append(
            words.pick(f"i {year} var det {needed} og {granted}", f"in {year} it was {needed} and {granted}")
            if told
            else words.pick(
                f"i {year} er behovet til test {needed}, og der er bevilget {granted} til test",
                f"in {year} the need for test is {needed}, and {granted} was granted for test",
            )
        )
    return [words.prose([words.sentence("; ".join(told)) + "."])] if told else []


def _years(published: Published) -> list[str]:
    """The years with a need or a grant, where needs are told at all."""
    needed = published.dimensions("kroner_needed_in_year")
    return sorted({*needed, *published.dimensions("kroner_granted_in_year")}) if needed else []


def _year_block(published: Published, words: Words) -> ChartBlock | None:
    years = _years(published)
    if not years:
        return None
    needed_name = words.pick("Behov til test", "Needed for test")
    granted_name = words.pick("Bevilget til test", "Granted for test")
    frame, cells = [], []
    for year in years:
        needed = published.figure("kroner_needed_in_year", year).value or 0
        granted = published.figure("kroner_granted_in_year", year).value or 0
        frame += [
            {"year": year, "name": needed_name, "place": 0, "thousands": needed / 1000},
            {"year": year, "name": granted_name, "place": 1, "thousands": granted / 1000},
        ]
        cells.append((year, words.kroner(needed), words.kroner(granted)))
    title = words.pick(
        "Testkapital: behov og bevilget, år for år", "Test capital: needed and granted, year by year"
    )
    return ChartBlock(
        charts.dumbbell_chart(pl.DataFrame(frame), words.pick("Tusinde kroner", "Thousand kroner")),
        title,
        words.pick(
            "Behovet tælles det år, det opstår; bevillingen det år, den gives. Derfor kan de ligge i hvert "
            "sit år.",
            "A need counts in the year it arises, a grant in the year it is given; the two may fall in "
            "different years.",
        ),
        Table(
            title,
            (words.pick("År", "Year"), needed_name, granted_name),
            tuple(cells),
            "organisation_result: kroner_needed_in_year, kroner_granted_in_year",
        ),
        words.prose(year_sentences(published, words)),
    )


def _purposes(published: Published, words: Words) -> Table:
    rows = []
    for purpose in labels.PURPOSES:
        asked = published.figure("kroner_asked_to_date", purpose)
        granted = published.figure("kroner_granted_to_date", purpose)
        rows.append(
            (
                label(words, labels.PURPOSES, purpose),
                words.kroner(asked.value or 0),
                words.kroner(granted.value or 0),
            )
        )
    return Table(
        words.pick("Ansøgt og bevilget til nu, efter formål", "Asked for and granted so far, by purpose"),
        (
            words.pick("Formål", "Purpose"),
            words.pick("Ansøgt", "Asked for"),
            words.pick("Bevilget", "Granted"),
        ),
        tuple(rows),
        "organisation_result: kroner_asked_to_date, kroner_granted_to_date",
    )
