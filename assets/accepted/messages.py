"""What a finding says, in Danish and English: what is wrong with the row and how to mend it.

One place for every rule a row is judged by; what the reader itself finds in a file has its messages
in ``reading_messages``. No message repeats a name or a personal value.
"""

# ruff: noqa: E501 - a sentence stands on one line, beside its translation.

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from assets.accepted.rule_labels import RULE_LABELS
from assets.contract import KIND_BY_NAME, Column, Kind

LONGEST_VALUE = 60  # characters of a cell that a message repeats

Texts = tuple[str, str]


@dataclass(frozen=True)
class Cause:
    """The fault that began a cascade: where it stands, and its rule."""

    path: str
    sheet: str
    row_number: int | None
    heading: str
    rule: str


@dataclass(frozen=True)
class Case:
    """One finding, as a message needs it.

    Attributes:
        heading: As the sender wrote it, else the Danish heading of the contract.
        value: As written; empty where it may not be repeated.
        hint: What the rule found out: a near label, a bound, another row's number.
    """

    rule: str
    kind: Kind
    column: Column | None = None
    heading: str = ""
    value: str = ""
    hint: str = ""
    cause: Cause | None = None

    @property
    def quoted(self) -> str:
        """The value in quotation marks, cut where it is long; nothing for none."""
        value = self.value.strip()
        short = value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…"
        return f"»{short}«" if short else ""


def explain(case: Case) -> Texts:
    """The message of one finding: Danish, English. ``KeyError`` for a rule without one."""
    return _MESSAGES[case.rule](case)


def day_da(day: date) -> str:
    """``31-12-2025``, as a Danish reader writes a date."""
    return f"{day:%d-%m-%Y}"


def _in_da(case: Case) -> str:
    return f"{case.quoted} i »{case.heading}«" if case.quoted else f"Cellen i »{case.heading}«"


def _in_en(case: Case) -> str:
    return f"{case.quoted} in »{case.heading}«" if case.quoted else f"The cell in »{case.heading}«"


def _required(case: Case) -> Texts:
    if case.hint:
        other, value = case.hint.split("=")
        choice = next(c for c in case.kind.column(other).choices if c.value == value)
        return (
            f"»{case.heading}« skal udfyldes, når {case.kind.column(other).heading} er {choice.label}.",
            f"»{case.heading}« must be filled in where {other.replace('_', ' ')} is {choice.label_en}.",
        )
    return (
        f"»{case.heading}« er tom og skal udfyldes. Skriv værdien, eller slet rækken, hvis den ikke skal med.",
        f"»{case.heading}« is empty and must be filled in. Write the value, or delete the row if it is not meant.",
    )


def _type(case: Case) -> Texts:
    da, en = _TYPE_HINTS.get(case.hint, _TYPE_HINTS["number"])
    return f"{_in_da(case)} {da}", f"{_in_en(case)} {en}"


_TYPE_HINTS = {
    "number": (
        "er ikke et tal. Skriv kun tallet, fx 1.234,50; enhed og bemærkninger hører til i andre kolonner.",
        "is no number. Write the number alone, e.g. 1.234,50; units and remarks belong in other columns.",
    ),
    "integer": (
        "er ikke et helt tal. Skriv det uden decimaler.",
        "is no whole number. Write it without decimals.",
    ),
    "date": (
        "er ikke en dato. Skriv dag, måned og år, fx 31-12-2025.",
        "is no date. Write day, month and year, e.g. 31-12-2025.",
    ),
    "serial_number": (
        "er en dato vist som tal. Giv cellen datoformat i regnearket, eller skriv datoen, fx 31-12-2025.",
        "is a date shown as a number. Format the cell as a date, or write the date, e.g. 31-12-2025.",
    ),
    "impossible_day": (
        "er en dag, der ikke findes. Ret dag eller måned; dagen står først.",
        "is a day that does not exist. Correct the day or month; the day comes first.",
    ),
    "early_year": ("ligger før 1900. Ret årstallet.", "lies before 1900. Correct the year."),
}


def _ambiguous_number(case: Case) -> Texts:
    return (
        f"{_in_da(case)} kan læses på to måder. Skriv decimaler med komma, fx 1234,50, og tusinder med punktum, fx 1.234.",
        f"{_in_en(case)} can be read in two ways. Write decimals with a comma, e.g. 1234,50, and thousands with a dot, "
        "e.g. 1.234.",
    )


def _two_digit_year(case: Case) -> Texts:
    return (
        f"{_in_da(case)} har et årstal på to cifre. Skriv alle fire, fx 31-12-2025.",
        f"{_in_en(case)} has a year of two digits. Write all four, e.g. 31-12-2025.",
    )


def _range(case: Case) -> Texts:
    if case.hint == "too_large":
        return f"{_in_da(case)} er for stort et tal. Ret det.", f"{_in_en(case)} is too large. Correct it."
    low, high = case.hint.split("..")
    if not high:
        return (
            f"{_in_da(case)} er mindre end {low}. Tallet skal være {low} eller mere.",
            f"{_in_en(case)} is less than {low}. It must be {low} or more.",
        )
    return (
        f"{_in_da(case)} ligger uden for {low}-{high}. Skriv et tal fra {low} til {high}.",
        f"{_in_en(case)} lies outside {low}-{high}. Write a number from {low} to {high}.",
    )


def _enum(case: Case) -> Texts:
    choices = case.column.choices if case.column else ()
    if not choices:
        return _unknown_name(case)
    labels = ", ".join(choice.label for choice in choices)
    labels_en = ", ".join(choice.label_en for choice in choices)
    near = next((choice for choice in choices if choice.label == case.hint), None)
    da = f" Mente du »{near.label}«?" if near else ""
    en = f" Did you mean »{near.label_en}« (»{near.label}«)?" if near else ""
    return (
        f"{_in_da(case)} står ikke på listen.{da} Skriv en af: {labels}.",
        f"{_in_en(case)} is not on the list.{en} Write one of: {labels_en}.",
    )


def _unknown_name(case: Case) -> Texts:
    """A settings row that names what there is none of: an indicator, a rule, a quarter, or what one has not."""
    what, _, name = case.hint.partition(":")
    if what == "quarter":
        return (
            f"{_in_da(case)} er ikke et kvartal. Skriv år og kvartal som 2026Q3.",
            f"{_in_en(case)} is no quarter. Write year and quarter as 2026Q3.",
        )
    if what == "not_of":
        return (
            f"{name} bedømmes ikke efter »{case.heading}«. Lad cellen være tom, eller slet rækken.",
            f"{name} is not judged by »{case.heading}«. Leave the cell empty, or delete the row.",
        )
    near_da, near_en = (f" Mente du »{name}«?", f" Did you mean »{name}«?") if name else ("", "")
    return (
        f"{_in_da(case)} findes ikke.{near_da} Ret navnet, eller slet rækken.",
        f"{_in_en(case)} does not exist.{near_en} Correct the name, or delete the row.",
    )


def _duplicate_key(case: Case) -> Texts:
    return (
        f"Nøglen {case.quoted} står allerede i række {case.hint} i samme ark; den første gælder. "
        "Ret nøglen, eller slet den ene række.",
        f"The key {case.quoted} stands in row {case.hint} of the same sheet already; the first holds. "
        "Correct the key, or delete one of the rows.",
    )


def _superseded_key(case: Case) -> Texts:
    return (
        f"Nøglen {case.quoted} står også i {case.hint}, som kom senere og gælder. Denne række tælles ikke med. "
        "Lad hver registrering stå ét sted.",
        f"The key {case.quoted} stands in {case.hint} too, which came later and holds. This row is not counted. "
        "Keep each record in one place.",
    )


def _target(case: Case) -> tuple[str, str, str]:
    """The sheet a reference points to, and what it names, in Danish and English."""
    target = KIND_BY_NAME[case.column.refers_to] if case.column and case.column.refers_to else None
    if target is None:
        return "", "registreringen", "the record"
    return target.sheet, *_THINGS[target.name]


_THINGS = {
    "people": ("personen", "the person"),
    "networks": ("netværket", "the network"),
    "solutions": ("løsningen", "the solution"),
}


def _unknown_reference(case: Case) -> Texts:
    sheet, thing, thing_en = _target(case)
    near_da = f" Mente du »{case.hint}«?" if case.hint else ""
    near_en = f" Did you mean »{case.hint}«?" if case.hint else ""
    if not sheet:
        return (
            f"{_in_da(case)} er ikke nøglen på nogen registrering af den art. Skriv nøglen, som den står i arket; "
            "flere dele adskilles af /, og datoer skrives 2025-12-31.",
            f"{_in_en(case)} is the key of no record of that kind. Write the key as it stands in the sheet; "
            "parts are joined by / and dates written 2025-12-31.",
        )
    return (
        f"{_in_da(case)} findes ikke i arket {sheet}.{near_da} Ret id'et, eller tilføj {thing} der.",
        f"{_in_en(case)} is not in the sheet {sheet}.{near_en} Correct the id, or add {thing_en} there.",
    )


def _cascade(case: Case) -> Texts:
    _, thing, thing_en = _target(case)
    cause = case.cause
    if cause is None:
        where_da, where_en = "afvist", "rejected"
    else:
        row_da = f", række {cause.row_number}" if cause.row_number else ""
        row_en = f", row {cause.row_number}" if cause.row_number else ""
        place = f"{cause.path}, {cause.sheet}"
        under = f", »{cause.heading}«" if cause.heading else ""
        labels = RULE_LABELS[cause.rule]
        where_da = f"afvist; det begyndte i {place}{row_da}{under} ({labels[0]})"
        where_en = f"rejected; it began in {place}{row_en}{under} ({labels[1]})"
    return (
        f"{_in_da(case)}: {thing} er {where_da}. Ret det dér, så kommer denne række med.",
        f"{_in_en(case)}: {thing_en} is {where_en}. Mend that, and this row comes along.",
    )


def _date_order(case: Case) -> Texts:
    earlier = case.kind.column(case.hint)
    return (
        f"{_in_da(case)} ligger før »{earlier.heading}«. Ret den af de to datoer, der er forkert.",
        f"{_in_en(case)} lies before »{earlier.heading}«. Correct whichever of the two dates is wrong.",
    )


def _granted_incomplete(case: Case) -> Texts:
    if case.column and case.column.type == "date":
        return (
            f"Ansøgningen er bevilget, men »{case.heading}« er tom. Skriv dagen for afgørelsen, eller ret status.",
            f"The application is granted, but »{case.heading}« is empty. Write the day it was decided, or correct "
            "the status.",
        )
    return (
        f"Ansøgningen er bevilget, men »{case.heading}« er tomt eller 0. Skriv det bevilgede beløb, eller ret status.",
        f"The application is granted, but »{case.heading}« is empty or 0. Write the amount granted, or correct the "
        "status.",
    )


def _future_date(case: Case) -> Texts:
    received = date.fromisoformat(case.hint)
    return (
        f"{_in_da(case)} ligger efter den dag, filen blev modtaget ({day_da(received)}). Ret datoen; det, der ikke er "
        "sket endnu, hører til i kolonnerne for planer.",
        f"{_in_en(case)} lies after the day the file was received ({received}). Correct the date; what has not "
        "happened yet belongs in the columns for plans.",
    )


def _overlap(case: Case) -> Texts:
    if case.kind.name == "people":
        return (
            f"Personen har allerede en række, der gælder samme dage (række {case.hint}). Sæt slutdato på den tidligere, "
            "eller ret startdatoen her.",
            f"The person has a row that holds on the same days already (row {case.hint}). End the earlier one, or "
            "correct the first day here.",
        )
    return (
        f"Netværket har allerede en referenceleder på samme dage (række {case.hint}). Sæt slutdato på den tidligere, "
        "eller ret startdatoen her.",
        f"The network has a reference leader on the same days already (row {case.hint}). End the earlier one, or "
        "correct the first day here.",
    )


def _currency_rate(case: Case) -> Texts:
    if not case.hint:
        return (
            f"{_in_da(case)} kan ikke regnes om uden en dato. Skriv afgørelses- eller ansøgningsdatoen, eller skriv beløbene i kroner.",
            f"{_in_en(case)} cannot be converted without a date. Write the date of decision or submission, or write the amounts in kroner.",
        )
    return (
        f"Der er ingen kurs på {case.quoted} for {case.hint}. Skriv den i arket Valutakurser i indstillingerne, eller skriv beløbene i kroner.",
        f"There is no rate for {case.quoted} in {case.hint}. Write it in the sheet Valutakurser of the settings, or write the amounts in kroner.",
    )


def _fixed(da: str, en: str) -> Callable[[Case], Texts]:
    return lambda case: (
        da.format(cell=_in_da(case), heading=case.heading, hint=case.hint),
        en.format(cell=_in_en(case), heading=case.heading, hint=case.hint),
    )


_MESSAGES: dict[str, Callable[[Case], Texts]] = {
    "required": _required,
    "type": _type,
    "ambiguous_number": _ambiguous_number,
    "two_digit_year": _two_digit_year,
    "range": _range,
    "enum": _enum,
    "duplicate_key": _duplicate_key,
    "superseded_key": _superseded_key,
    "unknown_reference": _unknown_reference,
    "cascade": _cascade,
    "date_order": _date_order,
    "granted_incomplete": _granted_incomplete,
    "future_date": _future_date,
    "overlap": _overlap,
    "currency_rate": _currency_rate,
    "reference_not_kept": _fixed(
        "{cell} kan ikke slås op, fordi der ikke føres løsninger. Rækken er med, men uden løsningen. "
        "Aflevér arket Løsninger, hvis den skal tælle.",
        "{cell} cannot be looked up, since no solutions are kept. The row is counted without its solution. "
        "Deliver the sheet Løsninger if it is to count.",
    ),
    "lookalike_letters": _fixed(
        "{cell} har bogstaver fra et andet alfabet, der ligner. Den er ikke det samme som »{hint}«. Skriv den igen "
        "på tastaturet.",
        "{cell} has letters of another alphabet that look alike. It is not the same as »{hint}«. Type it again.",
    ),
    "granted_over_applied": _fixed(
        "{cell} er større end det ansøgte beløb. Se efter, om de to beløb er byttet om.",
        "{cell} is more than the amount applied for. See whether the two amounts are swapped.",
    ),
    "adopted_before_test": _fixed(
        "{cell}: løsningen er optaget i basis, før den første test startede ({hint}). Se datoerne efter.",
        "{cell}: the solution was adopted before its first test started ({hint}). Check the dates.",
    ),
    "level_order": _fixed(
        "{cell}: den overordnedes niveau er ikke et mindre tal end personens eget. Se niveauerne efter.",
        "{cell}: the superior's level is not a smaller number than the person's own. Check the levels.",
    ),
    "no_reference_leader": _fixed(
        "Netværket kører, men har ingen referenceleder på dagen for modtagelsen. Tilføj lederen i arket Roller.",
        "The network is running but has no reference leader on the day of receipt. Add the leader in the sheet Roller.",
    ),
    "leader_level": _fixed(
        "{cell}: referencelederens niveau passer ikke til netværkets type (innovation: 1-2, velfærd: 1-3). "
        "Se niveau og type efter.",
        "{cell}: the reference leader's level does not fit the network's type (innovation: 1-2, welfare: 1-3). "
        "Check the level and the type.",
    ),
    "not_level_4_5": _fixed(
        "{cell}: den centrale leder var ikke på niveau 4 eller 5 den dag. Se niveauet i arket Personer efter.",
        "{cell}: the central manager was not at level 4 or 5 on that day. Check the level in the sheet Personer.",
    ),
    "outside_network_life": _fixed(
        "{cell} ligger uden for netværkets levetid ({hint}). Rækken tæller med; se datoen og netværkets datoer efter.",
        "{cell} lies outside the network's life ({hint}). The row counts; check the date and the network's dates.",
    ),
    "total_row": _fixed(
        "En sumrække; den er sprunget over.",
        "A row of totals; it is skipped.",
    ),
    "note_row": _fixed(
        "En note uden nøgle; den er sprunget over.",
        "A note without a key; it is skipped.",
    ),
    "example_row": _fixed(
        "Skabelonens eksempel; det er sprunget over.",
        "The template's example; it is skipped.",
    ),
}

RULES_WITH_MESSAGE = frozenset(_MESSAGES)
