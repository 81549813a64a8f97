"""What is still in use after the network closed, and for how long that can be said."""

import polars as pl

from assets.reports import charts
from assets.reports.blocks import ChartBlock, Section, Table
from assets.reports.published import Published
from assets.reports.words import Words

DAYS_A_MONTH = 30.4375
FOLLOWED_ENOUGH = 5


def survival_section(published: Published, words: Words) -> Section:
    """What is still in use after the network closed."""
    title = words.pick("Efter netværket: hvad holder?", "After the network: what lasts?")
    days = sorted(int(day) for day in published.dimensions("after_closing_step"))
    subjects = published.figure("after_closing_step", "0").n or 0
    if not subjects:
        text = words.pick(
            "Ingen afsluttede netværk har endnu løsninger i basis, så der er intet at følge.",
            "No network that has closed has solutions in base yet, so there is nothing to follow.",
        )
        return Section("efter-lukning", title, (text,))
    steps = [
        {
            "months": day / DAYS_A_MONTH,
            "share": figure.value,
            "lower": figure.lower,
            "upper": figure.upper,
            "n": figure.n,
        }
        for day in days
        if (figure := published.figure("after_closing_step", str(day)))
    ]
    table_title = words.pick(
        "Løsninger i brug efter netværkets lukning", "Solutions in use after the network closed"
    )
    frame = pl.DataFrame(
        steps,
        schema={
            "months": pl.Float64,
            "share": pl.Float64,
            "lower": pl.Float64,
            "upper": pl.Float64,
            "n": pl.Int64,
        },
    )
    told = words.prose(survival_sentences(published, words))
    block = ChartBlock(
        charts.survival_chart(
            frame,
            words.pick("Måneder efter netværkets lukning", "Months after the network closed"),
            words.pick("Følges stadig", "Still followed"),
            words.pick("\N{NO-BREAK SPACE}%", "%"),
        ),
        table_title,
        words.pick(
            "Andel, der stadig er i brug i mindst én enhed. Det lyse bånd er usikkerheden (95 %).",
            "Share still in use in at least one unit. The light band is the uncertainty (95%).",
        ),
        _mark_table(published, words, table_title),
        told,
    )
    return Section("efter-lukning", title, (told,), (block,))


def survival_sentences(published: Published, words: Words) -> list[str]:
    """How much lasts, for as long as anything can be said."""
    subjects = published.figure("after_closing_step", "0").n or 0
    sentences = [
        words.pick(
            f"{words.sentence(words.told(subjects, 'solution'))} var i brug, da netværket lukkede, eller "
            f"kom til senere.",
            f"{words.sentence(words.told(subjects, 'solution'))} "
            f"{'was' if subjects == 1 else 'were'} in use when the network closed, or came later.",
        )
    ]
    marks = ((365, "et år", "one year"), (730, "to år", "two years"))
    told = [
        (da, en, figure)
        for day, da, en in marks
        if (figure := published.figure("after_closing_mark", str(day))).value is not None
    ]
    if subjects < FOLLOWED_ENOUGH:
        sentences.append(
            words.pick(
                "Det er for få til, at en andel siger noget sikkert.",
                "That is too few for a share to say anything sure.",
            )
        )
    for da, en, figure in told if subjects >= FOLLOWED_ENOUGH else []:
        bounds = words.between(figure.lower, figure.upper)
        sure = "" if bounds == "—" else words.pick(f", usikkerhed {bounds}", f", uncertainty {bounds}")
        sentences.append(
            words.pick(
                f"Efter {da} er {words.percent(figure.value)} stadig i brug ({words.number(figure.n)} "
                f"følges så længe{sure}).",
                f"After {en}, {words.percent(figure.value)} are still in use "
                f"({words.number(figure.n)} followed that long{sure}).",
            )
        )
    return sentences


def _mark_table(published: Published, words: Words, title: str) -> Table:
    names = {
        "182": words.pick("Et halvt år", "Half a year"),
        "365": words.pick("Et år", "One year"),
        "730": words.pick("To år", "Two years"),
    }
    rows = []
    for day, name in names.items():
        figure = published.figure("after_closing_mark", day)
        rows.append(
            (
                name,
                words.estimate(figure.value, figure.n)
                if figure.value is not None
                else words.pick("for tidligt", "too early"),
                words.between(figure.lower, figure.upper),
                words.number(figure.n),
            )
        )
    return Table(
        title,
        (
            words.pick("Efter lukning", "After closing"),
            words.pick("Stadig i brug", "Still in use"),
            words.pick("Usikkerhed (95 %)", "Uncertainty (95%)"),
            words.pick("Fulgt så længe", "Followed that long"),
        ),
        tuple(rows),
        "organisation_result: after_closing_mark, after_closing_step",
    )
