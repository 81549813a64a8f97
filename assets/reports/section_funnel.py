"""The way of the ideas from idea to base: in all, and by the season in which they were chosen."""

import polars as pl

from assets.reports import charts, labels
from assets.reports.blocks import ChartBlock, Section, Table
from assets.reports.labels import label
from assets.reports.published import Published
from assets.reports.words import Words


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
        tuple(
            words.prose(told)
            for told in (funnel_sentences(published, words), season_sentences(published, words))
            if told
        ),
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
                f"{words.sentence(words.told(turned_down, 'idea'))} blev afvist efter test. Et begrundet "
                f"nej er også en "
                "afgørelse: det frigør tid og penge.",
                f"{words.sentence(words.told(turned_down, 'idea'))} "
                f"{'was' if turned_down == 1 else 'were'} turned down after a test. A well-founded no is a "
                f"decision too: "
                "it sets time and money free.",
            )
        )
    if within.value is not None and (within.n or 0) > 0:
        share = words.estimate(1 - within.value, within.n)
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


def season_sentences(published: Published, words: Words) -> list[str]:
    """How far the ideas of the two latest seasons that may be shown have come."""
    seasons = [
        season
        for season in _seasons(published)
        if season != "pooled" and published.figure("funnel", f"{season}/idea").value
    ]
    sentences = []
    for season in reversed(seasons[-2:]):
        ideas, tested, base = (
            published.figure("funnel", f"{season}/{step}").value for step in ("idea", "tested", "in_base")
        )
        told = words.told(ideas, "idea")
        came = [
            words.pick("alle", "all") if count == ideas != 1 else words.told_number(count or 0, "idea")
            for count in (tested, base)
        ]
        sentences.append(
            words.pick(
                f"Af {told} fra {words.season(season)} er {came[0]} testet og {came[1]} optaget i basis.",
                f"Of {told} of {words.season(season)}, {came[0]} {'was' if tested == 1 else 'were'} tested "
                f"and {came[1]} taken into base.",
            )
        )
    return sentences


def _seasons(published: Published) -> list[str]:
    """The seasons that have rows, the pooled ones first, then by time."""
    return sorted(
        {name.split("/")[0] for name in published.dimensions("funnel") if "/" in name},
        key=lambda season: (season != "pooled", season),
    )


def _season_block(published: Published, words: Words) -> ChartBlock:
    frame, cells = [], []
    for season in _seasons(published):
        ideas = published.figure("funnel", f"{season}/idea")
        name = (
            words.season(season) if season != "pooled" else words.pick("små sæsoner samlet", "pooled seasons")
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
        words.prose(season_sentences(published, words)),
    )
