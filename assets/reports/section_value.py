"""What value the networks created: measurements, the way from idea to base, and what lasts after closing."""

import polars as pl

from assets.reports import charts, labels
from assets.reports.blocks import ChartBlock, Section, Table
from assets.reports.labels import label
from assets.reports.published import Published
from assets.reports.words import Words

DAYS_A_MONTH = 30.4375
FOLLOWED_ENOUGH = 5


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


def funnel_section(published: Published, words: Words) -> Section:
    """From idea to base, in all and by the season of the idea."""
    title = words.pick("Fra idé til basis", "From idea to base")
    total = published.figure("funnel", "idea")
    if not total.there or total.suppressed:
        text = words.pick(
            "Der er for få netværk med løsninger til, at vejen fra idé til basis kan vises.",
            "Too few networks have solutions for the way from idea to base to be shown.",
        )
        return Section("fra-ide-til-basis", title, (text,))
    return Section(
        "fra-ide-til-basis",
        title,
        (words.prose(funnel_sentences(published, words)),),
        (_funnel_block(published, words), _season_block(published, words)),
    )


def funnel_sentences(published: Published, words: Words) -> list[str]:
    """How many ideas came how far, and what waits for a decision."""
    ideas = published.figure("funnel", "idea").value
    tested = published.figure("funnel_share", "tested")
    base = published.figure("funnel_share", "in_base")
    turned_down = published.figure("funnel", "turned_down").value
    within = published.figure("to_base_mark", "365")
    sentences = [
        words.pick(
            f"Netværkene har til nu valgt {words.count(ideas, 'idea')}. Heraf er "
            f"{words.share(tested.numerator, tested.denominator, tested.value)} testet, og "
            f"{words.share(base.numerator, base.denominator, base.value)} er optaget i basis.",
            f"So far the networks have chosen {words.count(ideas, 'idea')}. Of these "
            f"{words.share(tested.numerator, tested.denominator, tested.value)} were tested, and "
            f"{words.share(base.numerator, base.denominator, base.value)} were taken into base.",
        )
    ]
    if turned_down:
        sentences.append(
            words.pick(
                f"{words.sentence(words.count(turned_down, 'idea'))} blev afvist efter test. Et begrundet "
                f"nej er også en "
                "afgørelse: det frigør tid og penge.",
                f"{words.sentence(words.count(turned_down, 'idea'))} "
                f"{'was' if turned_down == 1 else 'were'} turned down after a test. A well-founded no is a "
                f"decision too: "
                "it sets time and money free.",
            )
        )
    if within.value is not None and (within.n or 0) > 0:
        share = words.percent(1 - within.value)
        bounds = words.between(
            1 - within.upper if within.upper is not None else None,
            1 - within.lower if within.lower is not None else None,
        )
        sure = "" if bounds == "—" else words.pick(f" (usikkerhed {bounds})", f" (uncertainty {bounds})")
        sentences.append(
            words.pick(
                f"Et år efter testens start er {share}{sure} af løsningerne i basis.",
                f"A year after the test began, {share}{sure} of the solutions are in base.",
            )
        )
    return sentences


def _funnel_block(published: Published, words: Words) -> ChartBlock:
    steps, cells = [], []
    for step in labels.STEPS:
        counted = published.figure("funnel", step).value or 0
        share = published.figure("funnel_share", step)
        text = words.number(counted)
        if step != "idea":
            text = words.share(share.numerator, share.denominator, share.value)
        name = label(words, labels.STEPS, step)
        steps.append({"step_label": name, "count": counted, "text": text})
        cells.append((name, words.number(counted), "—" if step == "idea" else text))
    title = words.pick("Idéernes vej", "The way of the ideas")
    turned = words.number(published.figure("funnel", "turned_down").value)
    cells.append((words.pick("Afvist efter test", "Turned down after test"), turned, "—"))
    return ChartBlock(
        charts.funnel_chart(pl.DataFrame(steps)),
        title,
        words.pick(
            "Alle idéer til og med kvartalets sidste dag. Skaleret er taget i brug i mindst to enheder.",
            "All ideas up to the quarter's last day. Scaled means taken into use in at least two units.",
        ),
        Table(
            title,
            (
                words.pick("Trin", "Step"),
                words.pick("Antal", "Count"),
                words.pick("Andel af idéerne", "Share of the ideas"),
            ),
            tuple(cells),
            "organisation_result: funnel, funnel_share",
        ),
        words.prose(funnel_sentences(published, words)),
    )


def _season_block(published: Published, words: Words) -> ChartBlock:
    seasons = sorted(
        {name.split("/")[0] for name in published.dimensions("funnel") if "/" in name},
        key=lambda season: (season != "pooled", season),
    )
    frame, cells = [], []
    for season in seasons:
        ideas = published.figure("funnel", f"{season}/idea")
        name = (
            words.season(season)
            if season != "pooled"
            else words.pick("små sæsoner samlet", "small seasons pooled")
        )
        cells.append(
            (
                words.sentence(name),
                *(
                    "—"
                    if ideas.suppressed
                    else words.number(published.figure("funnel", f"{season}/{step}").value)
                    for step in labels.STEPS
                ),
            )
        )
        for place, step in enumerate(("idea", "tested", "in_base")):
            frame.append(
                {
                    "season_label": words.sentence(name),
                    "step_label": label(words, labels.STEPS, step),
                    "place": place,
                    "count": published.figure("funnel", f"{season}/{step}").value or 0,
                }
            )
    title = words.pick("Idéerne sæson for sæson", "The ideas season by season")
    return ChartBlock(
        charts.season_chart(pl.DataFrame(frame)),
        title,
        words.pick(
            "Sæsonen er den, hvor idéen blev valgt; de nyeste idéer har haft kortest tid. Sæsoner med "
            "færre end tre "
            "netværk er lagt sammen.",
            "The season is the one in which the idea was chosen; the newest have had the least time. "
            "Seasons with fewer "
            "than three networks are counted together.",
        ),
        Table(
            title,
            (
                words.pick("Sæson", "Season"),
                *(label(words, labels.STEPS, step) for step in labels.STEPS),
            ),
            tuple(cells),
            "organisation_result: funnel",
        ),
    )


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
            f"{words.sentence(words.count(subjects, 'solution'))} var i brug, da netværket lukkede, eller "
            f"kom til senere.",
            f"{words.sentence(words.count(subjects, 'solution'))} "
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
                words.percent(figure.value)
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
