"""Whether what was open a quarter ago was acted on: those not heard, tests without a decision, new need."""

from assets.reports.blocks import Point
from assets.reports.published import Published
from assets.reports.words import Words

ANSWERS = {
    "fulfilled": ("Ja", "Yes"),
    "partly": ("Delvist", "In part"),
    "not_fulfilled": ("Nej", "No"),
}


def reaction_points(published: Published, words: Words) -> list[Point]:
    """One line for each thing that should be acted on and is shown in both quarters; none in the first."""
    if published.earlier is None:
        return []
    told = (told_of(published, words) for told_of in (_hearing, _decisions, _applications))
    return [
        Point(answer, words.pick(*ANSWERS[answer]), words.prose([text]))
        for answer, text in (one for one in told if one)
    ]


def _hearing(published: Published, words: Words) -> tuple[str, str] | None:
    """The managers at level 4-5 who were not heard: fewer than a quarter ago, or none left."""
    then = published.earlier.period if published.earlier else ""
    before = published.figure("ownership", "not_heard", then)
    after = published.figure("ownership", "not_heard")
    if before.value is None or after.value is None:
        return None
    silent = words.of(after.numerator, after.denominator)
    was = words.of(before.numerator, before.denominator)
    if after.value == 0:
        return "fulfilled", words.pick(
            "Alle centrale ledere på niveau 4-5 er hørt.", "Every central manager at level 4-5 was heard."
        )
    if after.value < before.value:
        answer = "fulfilled"
        da, en = (
            "En større del af lederne på niveau 4-5 er hørt",
            "More of the managers at level 4-5 were heard",
        )
    elif after.value > before.value:
        answer = "not_fulfilled"
        da, en = (
            "En mindre del af lederne på niveau 4-5 er hørt",
            "Fewer of the managers at level 4-5 were heard",
        )
    else:
        answer = "not_fulfilled"
        da, en = (
            "Lige så mange ledere på niveau 4-5 mangler at blive hørt",
            "As many managers at level 4-5 are still to be heard",
        )
    return answer, words.pick(
        f"{da}: {silent} steder mangler, mod {was} sidst.",
        f"{en}: {silent} places are missing, against {was} last time.",
    )


def _decisions(published: Published, words: Words) -> tuple[str, str] | None:
    """The tests that have waited too long for a decision: none, or fewer than a quarter ago."""
    decided = published.figure("tests_decided")
    if not decided.denominator or decided.suppressed:
        return None
    waiting = published.figure("tests_waiting").value or 0
    then = published.earlier.period if published.earlier else ""
    earlier = published.figure("tests_waiting", period=then).value
    fewer = earlier is not None and waiting < earlier
    answer = "fulfilled" if not waiting else "partly" if fewer else "not_fulfilled"
    was = (
        ""
        if earlier is None
        else words.pick(
            f" (sidst\N{NO-BREAK SPACE}{words.told_number(earlier, 'test')})",
            f" ({words.told_number(earlier, 'test')} last time)",
        )
    )
    many = words.sentence(words.told(waiting, "test"))
    return answer, words.pick(
        f"{many} har ventet mere end 90 dage på en afgørelse{was}.",
        f"{many} {'has' if waiting == 1 else 'have'} waited more than 90 days for a decision{was}.",
    )


def _applications(published: Published, words: Words) -> tuple[str, str] | None:
    """Whether as much was applied for as the quarter's new need."""
    needed, asked = published.figure("kroner_needed").value, published.figure("kroner_asked").value
    if not needed or asked is None:
        return None
    answer = "not_fulfilled" if not asked else "partly" if asked < needed else "fulfilled"
    return answer, words.pick(
        f"Kvartalets nye behov til test er {words.kroner(needed)}; der er søgt om {words.kroner(asked)}.",
        f"The quarter's new need for test is {words.kroner(needed)}; {words.kroner(asked)} was applied for.",
    )
