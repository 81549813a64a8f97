"""The interplay with politics and town, and progress, over all active networks.

What could speak of a leader here is suppressed in ``organisation_result``.
"""

import polars as pl

from assets.reports import charts_role, labels
from assets.reports.blocks import ChartBlock, Section, Table
from assets.reports.labels import label
from assets.reports.published import Figure, Published
from assets.reports.words import Words

QUARTERS_SHOWN = 8
DRAWN = {
    "relevant": ("political_assessment", "relevant"),
    "not_relevant": ("political_assessment", "not_relevant"),
    "dialogue": ("political_dialogue", ""),
    "politicians": ("value_shown", "politicians"),
}


def interplay_section(published: Published, words: Words) -> Section:
    """Political interplay, value shown, and progress, over all active networks."""
    title = words.pick(
        "Politisk samspil, synlighed og fremdrift", "Political interplay, visibility and progress"
    )
    dialogue = published.figure("political_dialogue")
    progress = published.figure("progress")
    if not dialogue.there and not progress.there:
        text = words.pick(
            "Organisationen registrerer hverken samspil eller faser.",
            "The organisation records neither touchpoints nor phases.",
        )
        return Section("samspil", title, (text,))
    if dialogue.suppressed or (progress.there and progress.suppressed):
        text = words.pick(
            "Vises ikke: der er færre end fem aktive netværk eller færre end tre referenceledere.",
            "Not shown: there are fewer than five active networks or fewer than three reference leaders.",
        )
        return Section("samspil", title, (text,))
    blocks: list[ChartBlock | Table] = []
    if dialogue.there:
        blocks += [_interplay_block(published, words), _shown_table(published, words)]
    told = words.prose(interplay_sentences(published, words))
    paragraphs = ([told] if told else []) + progress_sentences(published, words)
    return Section("samspil", title, tuple(paragraphs), tuple(blocks))


def interplay_sentences(published: Published, words: Words) -> list[str]:
    """How often politics was assessed and talked about, and whom the value was shown to, in twelve months."""
    dialogue = published.figure("political_dialogue")
    if not dialogue.there:
        return []
    relevant = published.figure("political_assessment", "relevant").value or 0
    not_relevant = published.figure("political_assessment", "not_relevant").value or 0
    shown = published.figure("value_shown", "politicians").value or 0
    politicians = words.pick(
        f"værdien er vist for politikerne {words.times(shown)}"
        if shown
        else "værdien er ikke vist for politikerne",
        f"the value was shown to the politicians {words.times(shown)}"
        if shown
        else "the value was not shown to the politicians",
    )
    judged = words.told(relevant + not_relevant, "assessment")
    yes, no = (words.told_number(found, "assessment") for found in (relevant, not_relevant))
    sentences = [
        words.pick(
            f"De seneste 12 måneder er der gjort {judged} af, om et netværk er politisk relevant: "
            f"{yes} sagde ja og {no} nej.",
            f"In the last 12 months {judged} {'was' if relevant + not_relevant == 1 else 'were'} made of "
            f"whether a network is politically relevant: {yes} said yes and {no} no.",
        )
        if relevant + not_relevant
        else words.pick(
            "De seneste 12 måneder er det ikke vurderet, om noget netværk er politisk relevant.",
            "In the last 12 months no network was assessed for its political relevance.",
        ),
        words.pick(
            f"Der er registreret {words.told(dialogue.value, 'dialogue')}, og {politicians}.",
            f"There {'was' if dialogue.value == 1 else 'were'} {words.told(dialogue.value, 'dialogue')} on "
            f"record, and {politicians}.",
        ),
    ]
    if not_relevant:
        sentences.append(
            words.pick(
                "Et nej er også et svar: vurderingen er gjort.",
                "A no is an answer too: the assessment was made.",
            )
        )
    return sentences


def progress_sentences(published: Published, words: Words) -> list[str]:
    """How many phases came in time, and how many the quarter before."""
    progress = published.figure("progress")
    if not progress.denominator:
        return []
    text = words.pick(
        f"{words.share(progress.numerator, progress.denominator, progress.value)} af de faser, der skulle "
        "være nået i de aktive netværk, blev nået senest 30 dage efter planen",
        f"{words.share(progress.numerator, progress.denominator, progress.value)} of the phases due in the "
        "active networks were reached no later than 30 days after the plan",
    )
    before = published.figure("progress", period=published.earlier.period) if published.earlier else Figure()
    if before.denominator and not before.suppressed:
        was = words.share(before.numerator, before.denominator, before.value)
        text += words.pick(f"; kvartalet før {was}", f"; {was} the quarter before")
    return [text + "."]


def _names(words: Words) -> dict[str, str]:
    return {
        "relevant": words.pick("Vurderet politisk relevant", "Judged politically relevant"),
        "not_relevant": words.pick("Vurderet ikke politisk relevant", "Judged not politically relevant"),
        "dialogue": words.pick("Politisk samspil", "Political dialogue"),
        "politicians": words.pick("Vist for politikerne", "Shown to the politicians"),
    }


def _interplay_block(published: Published, words: Words) -> ChartBlock:
    names, frame, cells = _names(words), [], []
    shown = published.quarters[-QUARTERS_SHOWN:]
    for quarter in shown:
        figures = {what: published.figure(*row, quarter.period) for what, row in DRAWN.items()}
        name = words.short_quarter(quarter.period)
        hidden = words.pick("vises ikke", "not shown")
        cells.append(
            (
                name,
                *(hidden if figure.suppressed else words.number(figure.value) for figure in figures.values()),
            )
        )
    for what, row in DRAWN.items():
        for quarter in shown:
            figure = published.figure(*row, quarter.period)
            if figure.value is not None and not figure.suppressed:
                frame.append(
                    {
                        "what": what,
                        "what_label": names[what],
                        "quarter": words.short_quarter(quarter.period),
                        "count": figure.value,
                        "text": words.number(figure.value),
                    }
                )
    title = words.pick("Politisk samspil kvartal for kvartal", "Political interplay quarter by quarter")
    return ChartBlock(
        charts_role.interplay_chart(pl.DataFrame(frame)),
        title,
        words.pick(
            "Antal registreringer i de 12 måneder op til hvert kvartals sidste dag, alle netværk. Kvartaler "
            "med for få netværk vises ikke.",
            "Records in the 12 months up to each quarter's last day, all networks. Quarters with too few "
            "networks are not shown.",
        ),
        Table(
            title,
            (words.pick("Kvartal", "Quarter"), *names.values()),
            tuple(cells),
            "organisation_result: political_assessment, political_dialogue, value_shown",
        ),
        words.prose(interplay_sentences(published, words)),
    )


def _shown_table(published: Published, words: Words) -> Table:
    return Table(
        words.pick("Værdien er vist for, seneste 12 måneder", "Whom the value was shown to, last 12 months"),
        (words.pick("Målgruppe", "Audience"), words.pick("Gange", "Times")),
        tuple(
            (
                label(words, labels.AUDIENCES, audience),
                words.number(published.figure("value_shown", audience).value),
            )
            for audience in labels.AUDIENCES
        ),
        "organisation_result: value_shown",
    )
