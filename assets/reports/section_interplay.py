"""The interplay with politics and town, and progress, over all active networks.

What could speak of a leader here is suppressed in ``organisation_result``.
"""

from assets.reports import labels
from assets.reports.blocks import Section, Table
from assets.reports.labels import label
from assets.reports.published import Published
from assets.reports.words import Words


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
    rows = []
    if dialogue.there:
        relevant = published.figure("political_assessment", "relevant")
        not_relevant = published.figure("political_assessment", "not_relevant")
        rows = [
            (
                words.pick("Politisk vurdering: relevant", "Political assessment: relevant"),
                words.number(relevant.value),
            ),
            (
                words.pick("Politisk vurdering: ikke relevant", "Political assessment: not relevant"),
                words.number(not_relevant.value),
            ),
            (words.pick("Politisk samspil", "Political dialogue"), words.number(dialogue.value)),
            *(
                (
                    words.pick("Vist for: ", "Shown to: ") + label(words, labels.AUDIENCES, audience).lower(),
                    words.number(published.figure("value_shown", audience).value),
                )
                for audience in labels.AUDIENCES
            ),
        ]
    paragraphs = []
    if progress.denominator:
        paragraphs.append(
            words.pick(
                f"{words.share(progress.numerator, progress.denominator, progress.value)} af de faser, der "
                f"skulle være "
                "nået i de aktive netværk, blev nået senest 30 dage efter planen.",
                f"{words.share(progress.numerator, progress.denominator, progress.value)} of the phases "
                f"due in the active "
                "networks were reached no later than 30 days after the plan.",
            )
        )
    paragraphs.append(
        words.pick(
            "At et netværk vurderes som ikke politisk relevant, er også et svar: vurderingen er gjort.",
            "That a network is judged not politically relevant is an answer too: the assessment was made.",
        )
    )
    table = Table(
        words.pick(
            "Samspil de seneste 12 måneder, alle netværk", "Interplay of the last 12 months, all networks"
        ),
        (words.pick("Hvad", "What"), words.pick("Antal", "Count")),
        tuple(rows),
        "organisation_result: political_assessment, political_dialogue, value_shown, progress",
    )
    return Section("samspil", title, tuple(paragraphs), (table,) if rows else ())
