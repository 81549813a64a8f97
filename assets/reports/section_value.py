"""What value the networks created: what was measured, by type and by cycle, with the records behind it."""

from typing import Any

import polars as pl

from assets.reports import charts, labels
from assets.reports.blocks import ChartBlock, Section, Table
from assets.reports.changes_told import followed
from assets.reports.labels import label
from assets.reports.published import Published
from assets.reports.words import Words


def value_section(published: Published, words: Words) -> Section:
    """Measured value by type and by cycle, over the organisation's networks."""
    if "value_records" not in published.kinds_kept:
        return Section(
            "vaerdi",
            _title(words),
            (
                words.pick(
                    "Organisationen registrerer endnu ikke målt værdi. Derfor kan rapporten ikke sige, "
                    "hvilken værdi "
                    "der er målt; det er ikke det samme som, at der ingen er.",
                    "The organisation does not yet record measured value. So the report cannot say what "
                    "value was "
                    "measured; that is not the same as saying that there is none.",
                ),
            ),
        )
    return Section(
        "vaerdi",
        _title(words),
        _paragraphs(words, value_sentences(published, words)),
        tuple(_value_blocks(published, words)),
    )


def _title(words: Words) -> str:
    return words.pick("Hvilken værdi er der skabt?", "What value was created?")


def value_sentences(published: Published, words: Words) -> list[str]:
    """What the measurements say, as sentences."""
    followed = published.figure("value_followed")
    goals = published.figure("goals_reached")
    counted = {name: published.figure("value_outcome", name).value or 0 for name in labels.OUTCOMES}
    sentences = [
        words.pick(
            f"I de tolv måneder op til opgørelsen blev værdien fulgt op med "
            f"{words.count(followed.value, 'measurement')}, hvor både udgangspunkt og resultat er kendt.",
            f"In the twelve months up to the count, value was followed up with "
            f"{words.count(followed.value, 'measurement')} where both baseline and result are known.",
        )
    ]
    if goals.denominator:
        sentences.append(
            words.pick(
                f"Set over hele perioden er der {words.count(goals.denominator, 'goal')}, som den seneste "
                f"måling kan "
                f"holdes op imod. {_outcome_words(words, counted)}.",
                f"Over the whole period there are {words.count(goals.denominator, 'goal')} that the latest "
                f"measurement "
                f"can be held against. {_outcome_words(words, counted)}.",
            )
        )
    sentences.append(
        words.pick(
            "Målingerne viser netværkenes bidrag. De viser ikke, hvad der ville være sket uden dem.",
            "The measurements show what the networks contributed. They do not show what would have "
            "happened without.",
        )
    )
    return sentences


def _paragraphs(words: Words, sentences: list[str]) -> tuple[str, ...]:
    """All but the last as one paragraph; the last, the reservation, stands alone."""
    return (words.prose(sentences[:-1]), sentences[-1])


def _outcome_words(words: Words, counted: dict[str, float]) -> str:
    """``Heraf er 20 nået, 7 på vej og 1 på vej væk fra målet``."""
    texts = {
        "reached": ("nået", ("has been reached", "have been reached")),
        "towards": ("på vej", ("is on the way", "are on the way")),
        "unchanged": ("uændret", ("is unchanged", "are unchanged")),
        "away": ("på vej væk fra målet", ("is moving away", "are moving away")),
    }
    told = [
        f"{words.number(counted[name])} {words.pick(da, one if counted[name] == 1 else many)}"
        for name, (da, (one, many)) in texts.items()
        if counted[name]
    ]
    return words.pick(f"Heraf er {words.listing(told)}", f"Of these, {words.listing(told)}")


def _value_blocks(published: Published, words: Words) -> list[ChartBlock | Table]:
    counts = []
    for value_type in labels.VALUE_TYPES:
        for place, outcome in enumerate(labels.OUTCOMES):
            counted = published.figure("value_outcome", f"{value_type}/{outcome}").value
            if counted:
                counts.append(
                    {
                        "type_label": label(words, labels.VALUE_TYPES, value_type),
                        "outcome": outcome,
                        "outcome_label": label(words, labels.OUTCOMES, outcome),
                        "place": place,
                        "count": int(counted),
                    }
                )
    blocks: list[ChartBlock | Table] = []
    if counts:
        title = words.pick("Målinger efter værditype og udfald", "Measurements by type of value and outcome")
        blocks.append(
            ChartBlock(
                charts.outcome_chart(pl.DataFrame(counts)),
                title,
                words.pick(
                    "Seneste måling af hvert mål. Et tal i en bjælke er antallet af målinger.",
                    "The latest measurement of each goal. A number in a bar is the number of measurements.",
                ),
                _outcome_table(published, words, title),
                words.prose(value_sentences(published, words)[:-1]),
            )
        )
    blocks.append(_cycle_table(published, words))
    records = followed(published, published.quarter)
    if records:
        blocks.append(_records_table(published, words, records))
    return blocks


def _outcome_table(published: Published, words: Words, title: str) -> Table:
    rows = []
    for value_type in labels.VALUE_TYPES:
        cells = [
            words.number(published.figure("value_outcome", f"{value_type}/{outcome}").value or 0)
            for outcome in labels.OUTCOMES
        ]
        followed = words.number(published.figure("value_followed", value_type).value or 0)
        rows.append((label(words, labels.VALUE_TYPES, value_type), *cells, followed))
    return Table(
        title,
        (
            words.pick("Værditype", "Type of value"),
            *(label(words, labels.OUTCOMES, outcome) for outcome in labels.OUTCOMES),
            words.pick("Fulgt op seneste 12 mdr.", "Followed up, last 12 months"),
        ),
        tuple(rows),
        "organisation_result: value_outcome, value_followed",
    )


def _records_table(published: Published, words: Words, records: list[dict[str, Any]]) -> Table:
    """The measurements of the last twelve months, the newest first, each with its evidence."""
    titles = {row["network_id"]: row["title"] or row["network_id"] for row in published.networks}
    told = any(row["documentation"] for row in records)
    return Table(
        words.pick(
            "Belæg: de registreringer fra de seneste 12 måneder, som målingerne er",
            "Evidence: the records of the last 12 months that the measurements are",
        ),
        (
            "Id",
            words.pick("Dato", "Date"),
            words.pick("Netværk", "Network"),
            words.pick("Mål/indikator, enhed", "Measure, unit"),
            words.pick("Værditype, værditrin", "Type of value, cycle"),
            *([words.pick("Dokumentation", "Documentation")] if told else []),
            words.pick("Før", "Before"),
            words.pick("Mål", "Goal"),
            words.pick("Målt", "Measured"),
        ),
        tuple(
            (
                row["value_id"],
                words.short_day(row["date"]),
                titles.get(row["network_id"], row["network_id"]),
                ", ".join(part for part in (row["measure"], row["unit"]) if part),
                f"{label(words, labels.VALUE_TYPES, row['value_type'])}, "
                f"{label(words, labels.CYCLES, row['cycle'] or 'unstated').lower()}",
                *([row["documentation"] or "—"] if told else []),
                words.measured(row["baseline"]),
                words.measured(row["target"]),
                words.measured(row["measured"]),
            )
            for row in reversed(records)
        ),
        "value_records",
        left=6 if told else 5,
        folded=True,
    )


def _cycle_table(published: Published, words: Words) -> Table:
    return Table(
        words.pick(
            "Målinger de seneste 12 måneder efter værditrin", "Measurements of the last 12 months by cycle"
        ),
        (words.pick("Værditrin", "Cycle"), words.pick("Målinger", "Measurements")),
        tuple(
            (
                label(words, labels.CYCLES, cycle),
                words.number(published.figure("value_cycle", cycle).value or 0),
            )
            for cycle in labels.CYCLES
        ),
        "organisation_result: value_cycle",
    )
