"""The first page: are the networks creating value, where does the role hold, did we react."""

from assets.reports.blocks import Point, Section, Tile
from assets.reports.published import Figure, Published
from assets.reports.reactions import reaction_points
from assets.reports.section_capital import capital_sentences
from assets.reports.section_duties import shown_row, standing
from assets.reports.section_funnel import funnel_sentences
from assets.reports.section_value import value_sentences
from assets.reports.words import Words


def summary_section(published: Published, words: Words) -> Section:
    """Six figures and three answers."""
    lead, told = _value_answer(published, words)
    reacted = tuple(reaction_points(published, words))
    parts = (
        Section(
            "svar-vaerdi",
            words.pick("Skaber netværkene værdi?", "Are the networks creating value?"),
            (words.prose(told),) if told else (),
            lead=lead,
        ),
        Section(
            "svar-rolle",
            words.pick("Hvor holder rollen, og hvor ikke?", "Where does the role hold, and where not?"),
            points=tuple(_role_answer(published, words)),
        ),
        Section(
            "svar-reaktion",
            words.pick("Reagerede vi?", "Did we react?"),
            () if reacted else (_no_reaction(words),),
            points=reacted,
        ),
    )
    return Section(
        "overblik",
        words.pick("På én side", "On one page"),
        tiles=tuple(_tiles(published, words)),
        parts=parts,
    )


def _tiles(published: Published, words: Words) -> list[Tile]:
    tiles = []
    for measure, one, many in (
        ("networks_active", ("aktivt netværk", "active network"), ("aktive netværk", "active networks")),
        ("solutions_in_use", ("løsning i brug", "solution in use"), ("løsninger i brug", "solutions in use")),
        ("people_reached", ("menneske nået", "person reached"), ("mennesker nået", "people reached")),
        (
            "value_followed",
            ("måling på et år", "measurement in a year"),
            ("målinger på et år", "measurements in a year"),
        ),
    ):
        figure = published.figure(measure)
        name = words.pick(*(one if figure.value == 1 else many))
        value = _missing(words, figure) if figure.value is None else words.number(figure.value)
        tiles.append(Tile(value, name, _before(published, words, measure)))
    granted = published.figure("kroner_granted_to_date")
    tiles.append(
        Tile(
            _missing(words, granted) if granted.value is None else words.kroner_short(granted.value),
            words.pick("bevilget til nu", "granted so far"),
            words.pick("i alt, alle formål", "in all, every purpose") if granted.value is not None else "",
        )
    )
    owning = published.figure("ownership", "owning")
    hidden = owning.suppressed or not owning.there
    tiles.append(
        Tile(
            words.pick("vises ikke", "not shown")
            if hidden
            else words.of(owning.numerator, owning.denominator),
            words.pick("steder med ejerskab på niveau 4-5", "places with ownership at level 4-5"),
            ""
            if hidden
            else words.pick(
                f"{words.number(published.figure('ownership', 'not_heard').numerator)} er ikke hørt",
                f"{words.number(published.figure('ownership', 'not_heard').numerator)} were not heard",
            ),
        )
    )
    return tiles


def _missing(words: Words, figure: Figure) -> str:
    """In the place of a number: what it counts is not kept, or nothing was told of it."""
    return words.pick("ikke oplyst", "not told") if figure.there else words.pick("føres ikke", "not kept")


def _before(published: Published, words: Words, measure: str) -> str:
    if published.earlier is None:
        return ""
    before = published.figure(measure, period=published.earlier.period)
    if before.value is None:
        return ""
    return words.pick(
        f"{words.number(before.value)} i {words.quarter(published.earlier.period)}",
        f"{words.number(before.value)} the quarter before",
    )


def _value_answer(published: Published, words: Words) -> tuple[str, list[str]]:
    """The answer in one sentence, and what it rests on."""
    used, places = published.figure("solutions_in_use"), published.figure("places_in_use")
    reached, goals = published.figure("people_reached"), published.figure("goals_reached")
    answers, told = [], []
    if goals.denominator and not goals.suppressed:
        answers.append(
            words.pick(
                f"{words.of(goals.numerator, goals.denominator)} mål er nået",
                f"{words.of(goals.numerator, goals.denominator)} goals have been reached",
            )
        )
    if used.there:
        answers.append(
            words.pick(
                f"{words.told(used.value, 'solution')} fra netværkene er i brug på "
                f"{words.told(places.value, 'place')}",
                f"{words.told(used.value, 'solution')} from the networks "
                f"{'is' if used.value == 1 else 'are'} in use in {words.told(places.value, 'place')}",
            )
        )
    if reached.value is not None:
        of_places = words.of(reached.n, places.value)
        some = words.pick(
            f", opgjort på de {of_places} steder, der har oplyst omfang",
            f", by the {of_places} places that told",
        )
        part = "" if reached.n == places.value else some
        told.append(
            words.pick(
                f"Løsningerne når {words.count(reached.value, 'person')}{part}.",
                f"The solutions reach {words.count(reached.value, 'person')}{part}.",
            )
        )
    if "value_records" in published.kinds_kept:
        told += value_sentences(published, words)[:2]
    if published.figure("funnel", "idea").value:
        told.append(funnel_sentences(published, words)[0])
    if "applications" in published.kinds_kept:
        told.append(capital_sentences(published, words)[0])
    if not answers and not told:
        told.append(
            words.pick(
                "Det kan ikke siges: organisationen registrerer endnu hverken løsninger, optagelse eller "
                "værdi.",
                "It cannot be said: the organisation does not yet record solutions, adoption or value.",
            )
        )
    return words.sentence(words.pick(", og ", ", and ").join(answers)) + ("." if answers else ""), told


def _role_answer(published: Published, words: Words) -> list[Point]:
    found: dict[str, list[str]] = {}
    for responsibility in published.responsibilities:
        key = responsibility["responsibility_id"]
        stands = standing(shown_row(published, key, published.quarter.period))
        name = responsibility["name_da" if words.lang == "da" else "name_en"]
        part = f" ({stands.text(words)})" if stands.judged else ""
        found.setdefault(stands.how, []).append(f"{name[:1].lower()}{name[1:]}{part}")
    texts = {
        "most": ("fulfilled", "Opfyldt i de fleste netværk", "Fulfilled in most networks"),
        "some": ("divided", "Delt", "Divided"),
        "few": ("not_fulfilled", "Opfyldt i få eller ingen netværk", "Fulfilled in few networks or none"),
        "hidden": (
            "hidden",
            "Vises ikke, fordi for få står bag, eller intet kan vurderes",
            "Not shown, because too few stand behind it or nothing can be judged",
        ),
    }
    return [
        Point(shape, words.pick(da, en), f"{'; '.join(found[how])}.")
        for how, (shape, da, en) in texts.items()
        if how in found
    ]


def _no_reaction(words: Words) -> str:
    return words.pick(
        "Der er endnu ikke to kvartaler at sammenligne, eller det, der skal følges op, registreres ikke.",
        "There are not yet two quarters to compare, or what should be followed up is not recorded.",
    )
