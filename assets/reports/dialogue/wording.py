"""How a dialogue sheet says things: a figure, a record, a change, and the questions for the talk."""

from typing import Any

from assets.contract import KIND_BY_NAME
from assets.reports import labels
from assets.reports.labels import Label, label
from assets.reports.words import SMALL, Words

Row = dict[str, Any]
STEERING: Label = (
    "Støtter du netværkslederen uden selv at overtage styringen? (Det spørges der om; det måles aldrig.)",
    "Do you support the network leader without taking over the steering yourself? (This is asked, never "
    "measured.)",
)
QUESTIONS: dict[str, Label] = {
    "R1": (
        "Hvor på den strategiske dagsorden hører netværkets tema hjemme, og hvem skal vide det?",
        "Where on the strategic agenda does the network's theme belong, and who needs to know?",
    ),
    "R2": (
        "Hvilke døre er stadig lukkede for netværket, og hvilken af dem kan du åbne?",
        "Which doors are still closed to the network, and which of them can you open?",
    ),
    "R3": (
        "Hvad har netværkslederen mest brug for at tænke højt om, og er der tid til det?",
        "What does the network leader most need to think aloud about, and is there time for it?",
    ),
    "R4": (
        "Hvad mangler der penge til netop nu, og hvem skal spørges næste gang?",
        "What lacks money right now, and who is to be asked next?",
    ),
    "R5": (
        "Passer det, I aftalte med hinanden, stadig, eller skal forventningerne skrives om?",
        "Does what you agreed with each other still fit, or should the expectations be rewritten?",
    ),
    "R6": (
        "Hvilke ledere på niveau 4-5 er endnu ikke hørt, og hvad ville gøre det relevant for dem?",
        "Which managers at level 4-5 have not been heard yet, and what would make it relevant to them?",
    ),
    "R7": (
        "Hvilken værdi ser du selv, og hvem har endnu ikke set den?",
        "What value do you see yourself, and who has not seen it yet?",
    ),
    "R8": (
        "Hvad holder løsningerne tilbage på vejen fra laboratorie til basis, og hvad kan du flytte?",
        "What holds the solutions back on the way from laboratory to base, and what can you move?",
    ),
    "R9": (
        "Er der noget, politikerne bør høre nu, og hvem tager det op?",
        "Is there something the politicians should hear now, and who will raise it?",
    ),
}
STATES: dict[str, Label] = {
    "draft": ("Kladde: lederen er endnu ikke hørt", "Draft: the leader has not been heard yet"),
    "heard": (
        "Lederen er hørt; arket er endnu ikke endeligt",
        "The leader was heard; the sheet is not final yet",
    ),
    "final": ("Endeligt efter høring af lederen", "Final after the leader was heard"),
}
ACCOUNTABLE: dict[str, Label] = {
    "accountable": ("Lederen er ansvarlig", "The leader is accountable"),
    "shared": ("Lederen er medansvarlig", "The leader shares the responsibility"),
    "supporting": ("Lederen understøtter", "The leader supports"),
}
INFORMATIVE: Label = ("Uden mål; til samtalen", "No target; for the talk")
_STEPS: dict[str, dict[float, Label]] = {
    "R5.2": {
        1.0: ("ja, i tide", "yes, in time"),
        0.5: ("ja, men senere", "yes, but later"),
        0.0: ("nej", "no"),
    },
}
_YES_NO: dict[float, Label] = {1.0: ("ja", "yes"), 0.0: ("nej", "no")}
_KRONER_SHARES = ("R4.1",)
RECORDS_NAMED = 3
ANSWERS = ("R6.1", "R6.2")
"""What managers answered counts in these: that they did is told, never what."""


def status_word(words: Words, status: str | None) -> str:
    """A status in words; an em dash where there is none."""
    if status == "informative":
        return words.pick(*INFORMATIVE)
    return label(words, labels.STATUSES, status) if status else "—"


def figure_text(words: Words, row: Row, value: float | None) -> str:
    """A value of an indicator in its unit; of a share how many it rests on, where they are few.

    The value may be another than the row's own (of the quarter before, or if a dispute is upheld), and so
    may what it rests on: then it says that they are few and not how few.
    """
    if value is None:
        return "—"
    if row["unit"] == "share":
        own = value == row.get("value")
        if row["indicator_id"] in _KRONER_SHARES or not is_few(row):
            return words.percent(value)
        if own and row.get("numerator") is not None:
            return words.of(row["numerator"], row["denominator"])
        if own:
            return words.estimate(value, row["n"])
        return words.percent(value) + words.pick(" (af færre end fem)", " (of fewer than five)")
    if row["unit"] == "days":
        return words.number(value) + words.pick(" dage", " days")
    if row["unit"] == "step":
        texts = _STEPS.get(row["indicator_id"], _YES_NO)
        return words.pick(*texts[value]) if value in texts else words.measured(value)
    return words.measured(value)


def is_few(row: Row) -> bool:
    """Whether a share rests on fewer than five."""
    resting_on = row.get("denominator") if row.get("denominator") is not None else row.get("n")
    return resting_on is not None and resting_on < SMALL


def value_text(words: Words, row: Row) -> str:
    """The quarter's value with what it rests on and how sure it is, or why there is none."""
    if row["value"] is None:
        return label(words, labels.REASONS, row["reason"]) if row["reason"] else "—"
    text = figure_text(words, row, row["value"])
    if row["unit"] == "share" and row["numerator"] is not None:
        if row["indicator_id"] in _KRONER_SHARES:
            of = words.pick("af", "of")
            parts = f"{words.kroner(row['numerator'])} {of} {words.kroner(row['denominator'])}"
            text = f"{text} ({parts})"
        else:
            text = words.share(row["numerator"], row["denominator"], row["value"])
    if row["reason"]:
        text += f"; {label(words, labels.REASONS, row['reason']).lower()}"
    if row["lower"] is not None:
        between = words.between(row["lower"], row["upper"])
        text += words.pick(f"; kan ligge fra {between}", f"; may lie from {between}")
    return text


def target_text(words: Words, row: Row) -> str:
    """What the value is held against: ``mindst 67 %, delvist fra 33 %``."""
    if row["target"] is None:
        return "—"
    if row["unit"] == "step":
        return figure_text(words, row, row["target"])
    least = row["direction"] != "at_most"
    bound = words.pick("mindst", "at least") if least else words.pick("højst", "at most")
    text = f"{bound} {_bound_text(words, row, row['target'])}"
    if row["partly_target"] is not None:
        part = _bound_text(words, row, row["partly_target"])
        text += words.pick(f"; delvist ved {part}", f"; partly at {part}")
    return text


def record_text(words: Words, record: Row) -> str:
    """What a record says of itself: its kind and what happened, never what was said or answered."""
    kind = record["record_kind"]
    parts: list[str] = []
    if kind == "touchpoints":
        parts = [_choice(words, kind, name, record[name]) for name in ("kind", "audience", "outcome")]
        parts.append(record["counterpart"] or "")
    elif kind == "adoption_events":
        parts = [_choice(words, kind, "event", record["event"]), record["unit"] or ""]
    elif kind == "applications":
        parts = [record["funder"] or "", _choice(words, kind, "status", record["status"])]
        asked, granted = words.kroner(record["amount_applied"]), words.kroner(record["amount_granted"])
        parts.append(words.pick(f"søgt {asked}", f"applied for {asked}"))
        if record["amount_granted"] is not None:
            parts.append(words.pick(f"bevilget {granted}", f"granted {granted}"))
    elif kind == "solutions":
        parts = [record["title"] or ""]
        if record["capital_need"] is not None:
            need = words.kroner(record["capital_need"])
            parts.append(words.pick(f"behov {need}", f"need {need}"))
    elif kind == "phases":
        planned = words.short_day(record["planned_date"])
        parts = [
            words.pick(f"fase {record['phase']}", f"phase {record['phase']}"),
            words.pick(f"planlagt {planned}", f"planned {planned}"),
        ]
        if record["actual_date"] is None:
            parts.append(words.pick("ikke nået", "not reached"))
    elif kind == "value_records":
        parts = [record["measure"] or ""]
        if record["baseline"] is not None and record["measured"] is not None:
            change = f"{words.measured(record['baseline'])} → {words.measured(record['measured'])}"
            parts.append(f"{change} {record['unit'] or ''}".strip())
    elif kind == "ownership":
        parts = [words.pick("hørt", "heard"), _choice(words, kind, "source", record["source"])]
    said = ", ".join(part for part in parts if part)
    name = label(words, labels.KINDS, kind)
    return f"{name}: {said}" if said else name


def _bound_text(words: Words, row: Row, target: float) -> str:
    """A target in the indicator's unit: it rests on nothing."""
    return words.percent(target) if row["unit"] == "share" else figure_text(words, row, target)


def change_text(words: Words, now: Row, then: Row | None) -> str:
    """What an indicator did since the quarter before; empty where nothing moved or there is no before."""
    if then is None or now["value"] is None or then["value"] is None:
        return ""
    was, is_ = figure_text(words, then, then["value"]), figure_text(words, now, now["value"])
    name = now[words.pick("name_da", "name_en")]
    return (
        ""
        if was == is_
        else words.pick(f"{name} gik fra {was} til {is_}", f"{name} went from {was} to {is_}")
    )


def moved_records(words: Words, now: list[Row], then: list[Row]) -> str:
    """Which records a figure gained and lost: ``da S-12 kom til, og S-3 gik ud``; empty where none did.

    Args:
        now, then: The evidence of the figure in the quarter and in the one before, the latest first.
    """
    was = {row["record_key"]: row["ground_only"] for row in then}
    still = {row["record_key"] for row in now}
    came = [row["record_key"] for row in now if row["record_key"] not in was]
    counted = [row["record_key"] for row in now if not row["ground_only"] and was.get(row["record_key"])]
    left = [row["record_key"] for row in then if row["record_key"] not in still]
    told = [
        f"{words.some(keys, RECORDS_NAMED)} {words.pick(da, en)}"
        for keys, da, en in (
            (came, "kom til", "came in"),
            (counted, "tæller nu", "now" + (" counts" if len(counted) == 1 else " count")),
            (left, "gik ud", "fell out"),
        )
        if keys
    ]
    return words.pick("da ", "as ") + words.listing(told) if told else ""


def part_text(words: Words, indicator_id: str, record: Row) -> str:
    """What a record does in a figure; of a manager's answer only that it is there, or it would be told."""
    if indicator_id in ANSWERS and record["record_kind"] == "ownership":
        return words.pick("indgår", "is in it")
    return words.pick("grundlag", "basis") if record["ground_only"] else words.pick("tæller", "counts")


def _choice(words: Words, kind: str, column: str, value: str | None) -> str:
    for choice in KIND_BY_NAME[kind].column(column).choices:
        if choice.value == value:
            return words.pick(choice.label.lower(), choice.label_en)
    return value or ""
