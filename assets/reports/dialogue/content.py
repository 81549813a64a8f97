"""The rows of one assignment as the texts that its sheet prints."""

from typing import Any

from assets.reports import definition_changes as definitions
from assets.reports import labels
from assets.reports.dialogue import wording
from assets.reports.dialogue.assignment import Assignment, Row
from assets.reports.labels import label
from assets.reports.words import Words

QUARTERS = 8
_JUDGED = ("fulfilled", "partly", "not_fulfilled")


def sheet_content(sheet: Assignment, words: Words) -> dict[str, Any]:
    """Everything the template prints, in the language of ``words``."""
    periods = sheet.periods[-QUARTERS:]
    return {
        "periods": periods,
        "overview": _overview(sheet, words, periods)
        + definitions.note(
            words,
            definitions.of_responsibilities(
                sheet.definition_changes, [row["responsibility_id"] for row in sheet.duties], periods
            ),
        ),
        "duties": [_duty(sheet, words, row, periods) for row in sheet.duties],
        "disputed": disputed_sentences(sheet, words),
        "disputes": [_dispute(words, row) for row in sheet.disputes],
        "unsaid": _unsaid(sheet, words),
        "state": words.pick(*wording.STATES[sheet.state]),
        "hearing_days": _hearing_days(sheet, words),
        "remarks": _remarks(sheet, words),
        "objection": _objection(sheet, words),
        "questions": questions(sheet, words),
    }


def questions(sheet: Assignment, words: Words) -> list[str]:
    """Questions for the talk: what is open, what is felt otherwise, and what is never measured."""
    asked = []
    for row in sheet.duties:
        key, gap = row["responsibility_id"], row["perception_gap"]
        if gap:
            name = row[words.pick("name_da", "name_en")]
            felt = words.pick("bedre", "better") if gap > 0 else words.pick("ringere", "less well")
            asked.append(
                words.pick(
                    f"{key} {name}: netværket oplever det {felt}, end registreringerne viser. Hvad forklarer "
                    "forskellen?",
                    f"{key} {name}: the network feels it {felt} than the records show. What explains the "
                    "difference?",
                )
            )
        if row["status"] in ("partly", "not_fulfilled"):
            asked.append(f"{key}: {words.pick(*wording.QUESTIONS[key])}")
    if any(row["disputed"] for row in sheet.indicators):
        asked.append(
            words.pick(
                "Hvad skal der til for at afgøre de åbne indsigelser?",
                "What would it take to decide the open disputes?",
            )
        )
    return [*asked, words.pick(*wording.STEERING)]


def disputed_sentences(sheet: Assignment, words: Words) -> list[str]:
    """Each result that an open dispute touches, told both ways."""
    told = []
    for row in sheet.indicators:
        if row["disputed"]:
            name = f"{row['indicator_id']} {row[words.pick('name_da', 'name_en')]}"
            is_ = _both(words, row, row["value"], row["status"])
            upheld = _both(words, row, row["value_if_upheld"], row["status_if_upheld"])
            told.append(
                words.pick(
                    f"{name}: {is_}, som det står; {upheld}, hvis indsigelsen får medhold.",
                    f"{name}: {is_} as it stands; {upheld} if the dispute is upheld.",
                )
            )
    for row in sheet.duties:
        if row["disputed"]:
            name = f"{row['responsibility_id']} {row[words.pick('name_da', 'name_en')]}"
            is_ = wording.status_word(words, row["status"]).lower()
            upheld = wording.status_word(words, row["status_if_upheld"]).lower()
            told.append(
                words.pick(
                    f"Hele ansvaret {name}: {is_}, som det står; {upheld}, hvis der gives medhold.",
                    f"The whole responsibility {name}: {is_} as it stands; {upheld} if upheld.",
                )
            )
    if told:
        return told
    return [
        words.pick(
            "Ingen åben indsigelse ændrer noget i dette kvartal.",
            "No open dispute changes anything this quarter.",
        )
    ]


def _both(words: Words, row: Row, value: float | None, status: str | None) -> str:
    return f"{wording.figure_text(words, row, value)} ({wording.status_word(words, status).lower()})"


def _overview(sheet: Assignment, words: Words, periods: list[str]) -> str:
    counts = [(status, sum(row["status"] == status for row in sheet.duties)) for status in labels.STATUSES]
    told = words.listing(
        [
            f"{words.told_number(count, 'duty')} {wording.status_word(words, status).lower()}"
            for status, count in counts
            if count
        ]
    )
    text = words.pick(
        f"Status for ansvarene i {words.quarter(sheet.period)}: {told}.",
        f"The responsibilities in the {words.quarter(sheet.period)}: {told}.",
    )
    moved = [
        f"{row['responsibility_id']} ({wording.status_word(words, then['status']).lower()} → "
        f"{wording.status_word(words, row['status']).lower()})"
        for row in sheet.duties
        if len(periods) > 1
        and (then := sheet.history.get((periods[-2], row["responsibility_id"])))
        and then["status"] != row["status"]
    ]
    if moved:
        text += words.pick(
            f" Siden kvartalet før ændrede sig: {words.listing(moved)}.",
            f" Since the quarter before these changed: {words.listing(moved)}.",
        )
    elif len(periods) > 1:
        text += words.pick(
            " Ingen status ændrede sig siden kvartalet før.",
            " No status changed since the quarter before.",
        )
    return text + words.pick(
        " En forgængers kvartaler vises ikke; ingen svarer for en andens tid.",
        " A predecessor's quarters are not shown; nobody answers for another's time.",
    )


def _duty(sheet: Assignment, words: Words, row: Row, periods: list[str]) -> dict[str, Any]:
    key = row["responsibility_id"]
    indicators = sheet.of_duty(key)
    changes = [text for indicator in indicators if (text := _change(sheet, words, indicator))]
    felt = sheet.pulse.get(key)
    return {
        "id": key,
        "name": row[words.pick("name_da", "name_en")],
        "purpose": row[words.pick("purpose_da", "purpose_en")],
        "accountability": label(words, wording.ACCOUNTABLE, row["accountability"]),
        "status": row["status"],
        "felt_status": felt["status"] if felt and felt["status"] in _JUDGED else "",
        "felt": _felt(words, felt),
        "told": words.pick(
            f"Siden kvartalet før: {'; '.join(changes)}.",
            f"Since the quarter before: {'; '.join(changes)}.",
        )
        if changes
        else "",
        "indicators": [_indicator(sheet, words, indicator) for indicator in indicators],
        "history": [
            found["status"] if (found := sheet.history.get((period, key))) else "" for period in periods
        ],
        "new": [
            definitions.beside(
                words, definitions.of_responsibilities(sheet.definition_changes, [key], [period])
            )
            for period in periods
        ],
    }


def _change(sheet: Assignment, words: Words, row: Row) -> str:
    """What an indicator did, and which records did it; of answers never which, for that would tell them."""
    key = row["indicator_id"]
    text = wording.change_text(words, row, sheet.earlier.get(key))
    if not text or key in wording.ANSWERS:
        return text
    now, then = sheet.evidence.get(key, []), sheet.evidence_before.get(key, [])
    why = wording.moved_records(words, now, then)
    return f"{text}, {why}" if why else text


def _felt(words: Words, felt: Row | None) -> str:
    """How sure the felt side is: at least so many answers, rounded down, or why it is not shown."""
    if felt is None:
        return words.pick("Ikke spurgt", "Not asked")
    if felt["n"]:
        return words.pick(f"(mindst {felt['n']} svar)", f"(at least {felt['n']} answers)")
    return label(words, labels.REASONS, felt["reason"]) if felt["reason"] else ""


def _indicator(sheet: Assignment, words: Words, row: Row) -> dict[str, Any]:
    key = row["indicator_id"]
    network = sheet.network["network_id"]
    upheld = ""
    if row["disputed"]:
        upheld = words.pick("Bestridt; ved medhold: ", "Disputed; if upheld: ")
        upheld += _both(words, row, row["value_if_upheld"], row["status_if_upheld"])
    remarks = sheet.hearing.get(key, {}).get("remarks")
    return {
        "id": key,
        "name": row[words.pick("name_da", "name_en")],
        "value": wording.value_text(words, row),
        "target": wording.target_text(words, row),
        "status": row["status"],
        "uncertain": words.pick("usikker", "uncertain") if row["certain"] is False else "",
        "disputed": upheld,
        "remarks": words.pick(f"Lederens bemærkning: {remarks}", f"The leader's remark: {remarks}")
        if remarks
        else "",
        "evidence": [
            {
                "day": words.short_day(record["date"]),
                "text": wording.record_text(words, record),
                "key": record["record_key"],
                "part": wording.part_text(words, key, record),
            }
            for record in sheet.evidence.get(key, [])
        ],
        "trace": f"netvaerdi trace {network} {sheet.period} {key} --organisation {sheet.organisation_id}",
    }


def _dispute(words: Words, row: Row) -> dict[str, str]:
    decision = {
        "upheld": words.pick("Medhold; tæller ikke", "Upheld; does not count"),
        "refused": words.pick("Ikke medhold; tæller", "Refused; counts"),
    }.get(row["outcome"] or "", words.pick("Åben; tæller, til den er afgjort", "Open; counts until decided"))
    if row["resolved_date"]:
        decision += f" ({words.short_day(row['resolved_date'])})"
    return {
        "id": row["dispute_id"],
        "record": wording.record_text(words, row["record"] | {"record_kind": row["record_kind"]}),
        "key": row["record_key"],
        "raised": words.short_day(row["raised_date"]),
        "reason": row["reason"] or "—",
        "decision": decision,
    }


def _unsaid(sheet: Assignment, words: Words) -> list[str]:
    """What has no value and why, and what has one too weak to lean on."""
    told = []
    for row in sheet.indicators:
        name = f"{row['indicator_id']} {row[words.pick('name_da', 'name_en')]}"
        if row["status"] in ("not_assessable", "not_applicable"):
            told.append(f"{name}: {label(words, labels.REASONS, row['reason'] or '').lower()}.")
        elif row["certain"] is False:
            told.append(
                words.pick(
                    f"{name}: så få tilfælde, at status lige så vel kunne være en anden.",
                    f"{name}: so few cases that the status could as well be another.",
                )
            )
    return told


def _hearing_days(sheet: Assignment, words: Words) -> str:
    whole = sheet.hearing.get("", {})
    told = []
    if whole.get("heard_on"):
        day = words.day(whole["heard_on"])
        told.append(words.pick(f"Lederen blev hørt den {day}.", f"The leader was heard on {day}."))
    if whole.get("final_on"):
        day = words.day(whole["final_on"])
        told.append(words.pick(f"Arket blev endeligt den {day}.", f"The sheet became final on {day}."))
    return " ".join(told)


def _remarks(sheet: Assignment, words: Words) -> list[tuple[str, str]]:
    return [
        (key or words.pick("Hele arket", "The whole sheet"), row["remarks"])
        for key, row in sorted(sheet.hearing.items())
        if row.get("remarks")
    ]


def _objection(sheet: Assignment, words: Words) -> str:
    """How to object, in the organisation's own words where it wrote any."""
    own = sheet.organisation.get("objection")
    if own:
        own = own if own.endswith((".", "!", "?")) else own + "."
        return words.pick(
            f"Sådan gør du indsigelse: {own}", f"How to object (in the organisation's words): {own}"
        )
    return words.pick(
        "Er en registrering forkert, føres den i arket Indsigelser; den tæller, til indsigelsen er afgjort.",
        "If a record is wrong, enter it in the sheet Indsigelser; it counts until the dispute is decided.",
    )
