"""The receipt of a sound delivery: what was read, and what it changed."""

from collections.abc import Sequence
from datetime import UTC, datetime

import duckdb

from assets.clock import danish_moment
from assets.contract import KIND_BY_NAME
from assets.feedback.changes import Changes, changes_of, previous_delivery
from assets.feedback.severities import Lang
from assets.feedback.told import Finding, SheetCount
from assets.settings_contract import SETTINGS_BY_NAME

WORDS = {
    "da": {
        "title": "Kvittering for {}",
        "received": "Modtaget {}. Levering nr. {}.",
        "rows": "{} rækker læst = {} accepteret + {} afvist + {} sprunget over",
        "unknown": "ukendt ark, gemmes kun",
        "first": "Filen er den første på sin plads: alle rækker er nye.",
        "changed": "Ændret siden levering nr. {}:",
        "counts": "{} nye, {} ændrede, {} trukket tilbage, {} som før",
        "info": "Oplysninger:",
        "none": "Ingen fejl og ingen advarsler.",
        "duplicate": "Filen er ikke talt med igen.",
    },
    "en": {
        "title": "Receipt for {}",
        "received": "Received {}. Delivery no. {}.",
        "rows": "{} rows read = {} accepted + {} rejected + {} skipped",
        "unknown": "unknown sheet, only kept",
        "first": "The file is the first at its place: every row is new.",
        "changed": "Changed since delivery no. {}:",
        "counts": "{} new, {} changed, {} withdrawn, {} as before",
        "info": "Information:",
        "none": "No errors and no warnings.",
        "duplicate": "The file is not counted again.",
    },
}
_MOST_INFORMATION = 40


def receipt_text(
    connection: duckdb.DuckDBPyConnection,
    sequence: int,
    *,
    name: str,
    received_at: datetime,
    sheets: Sequence[SheetCount],
    findings: Sequence[Finding],
    duplicate: bool,
    languages: Sequence[Lang],
) -> str:
    """The receipt as plain text, in each language after the other."""
    before = None if duplicate else previous_delivery(connection, sequence)
    changes = changes_of(connection, sequence, before) if before is not None else []
    parts = []
    for lang in languages:
        words = WORDS[lang]
        lines = [
            words["title"].format(name),
            words["received"].format(danish_moment(received_at.replace(tzinfo=UTC)), sequence),
            words["none"],
            "",
        ]
        if duplicate:
            lines.append(words["duplicate"])
        lines += [f"- {_sheet_line(sheet, lang)}" for sheet in sheets]
        if not duplicate:
            lines += ["", *_change_lines(before, changes, lang)]
        if findings:
            lines += ["", words["info"]]
            lines += [
                f"- {_place(finding)}{finding.message(lang)}" for finding in findings[:_MOST_INFORMATION]
            ]
        parts.append("\n".join(lines))
    return "\n\n\n".join(parts) + "\n"


def _sheet_line(sheet: SheetCount, lang: Lang) -> str:
    words = WORDS[lang]
    if not sheet.kind:
        return f"{sheet.sheet}: {words['unknown']}"
    numbers = (sheet.read, sheet.accepted, sheet.rejected, sheet.skipped)
    return f"{sheet.sheet}: {words['rows'].format(*numbers)}"


def _change_lines(before: int | None, changes: Sequence[Changes], lang: Lang) -> list[str]:
    words = WORDS[lang]
    if before is None:
        return [words["first"]]
    return [words["changed"].format(before)] + [
        f"- {_sheet_name(change.kind)}: "
        + words["counts"].format(change.new, change.changed, change.withdrawn, change.same)
        for change in changes
    ]


def _sheet_name(kind: str) -> str:
    return (KIND_BY_NAME | SETTINGS_BY_NAME)[kind].sheet


def _place(finding: Finding) -> str:
    where = finding.cell or (str(finding.row_number) if finding.row_number else "")
    return f"{finding.sheet} {where}: ".replace(" : ", ": ") if finding.sheet else ""
