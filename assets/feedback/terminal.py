"""A check's report on the terminal: grouped by rule, the first of each with the rows around it."""

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from assets.accepted.rule_labels import RULE_LABELS
from assets.contract import KIND_BY_NAME
from assets.feedback.check import CheckReport, FileReport
from assets.feedback.findings_sheet import WORDS as SEVERITIES
from assets.feedback.severities import ORDER, Lang, counted
from assets.feedback.told import Context, Finding
from assets.settings_contract import SETTINGS_BY_NAME

SHOWN = 3
PLACES = 12  # of those not shown
LONGEST = 28
# Told first: much else may follow from a heading that was not understood.
_HEADINGS = ("missing_column", "duplicate_heading", "near_heading")
_STYLES = {"error": "red", "warning": "yellow", "info": "cyan"}
WORDS = {
    "da": {
        "read": "Læst: {} rækker = {} accepteret + {} afvist + {} sprunget over",
        "sheet": "  {}: {} læst = {} accepteret + {} afvist + {} sprunget over",
        "unknown": "  {}: ukendt ark, læses ikke",
        "mapping": "Læst efter kortlægningsfilen {}",
        "encoding": "Tegnsæt: {}",
        "clean": "Kvittering: filen er i orden. Alt, hvad der skal læses, er læst.",
        "copy": "Mærket kopi: {}",
        "more": "… og {} til: {}",
        "row": "Række",
        "empty": "(tom)",
        "where": "{}, række {}",
        "not_checked": "Ikke efterprøvet",
        "questions": "Spørgsmål",
        "result": "I alt: {}",
        "ok": "Ingen fejl.",
    },
    "en": {
        "read": "Read: {} rows = {} accepted + {} rejected + {} skipped",
        "sheet": "  {}: {} read = {} accepted + {} rejected + {} skipped",
        "unknown": "  {}: unknown sheet, not read",
        "mapping": "Read by the mapping file {}",
        "encoding": "Encoding: {}",
        "clean": "Receipt: the file is sound. Everything meant to be read was read.",
        "copy": "Marked copy: {}",
        "more": "… and {} more: {}",
        "row": "Row",
        "empty": "(empty)",
        "where": "{}, row {}",
        "not_checked": "Not checked",
        "questions": "Questions",
        "result": "In all: {}",
        "ok": "No errors.",
    },
}


def show(report: CheckReport, console: Console, lang: Lang) -> None:
    """Print the whole report."""
    words = WORDS[lang]
    place = 0 if lang == "da" else 1
    for file in report.files:
        console.print(Rule(escape(file.name), align="left"))
        for part in _file_parts(file, lang):
            console.print(part)
    for heading, said in ((words["questions"], report.questions), (words["not_checked"], report.not_checked)):
        if said:
            console.print(Text(f"\n{heading}", style="bold"))
            for texts in said:
                console.print(Padding(f"- {escape(texts[place])}", (0, 0, 0, 2)))
    counts = counted({severity: report.count(severity) for severity in ORDER}, lang)
    console.print(Text("\n" + words["result"].format(counts), style="bold"))
    if not report.count("error"):
        console.print(words["ok"])


def number(value: int) -> str:
    """A whole number the Danish way: ``1.234``."""
    return f"{value:,}".replace(",", ".")


def _file_parts(file: FileReport, lang: Lang) -> Iterator[RenderableType]:
    words = WORDS[lang]
    if not file.refused:
        yield words["read"].format(*map(number, file.rows))
        for sheet in file.sheets:
            if not sheet.kind:
                yield escape(words["unknown"].format(sheet.sheet))
            elif len(file.sheets) > 1:
                numbers = (sheet.read, sheet.accepted, sheet.rejected, sheet.skipped)
                yield escape(words["sheet"].format(sheet.sheet, *map(number, numbers)))
    if file.mapping:
        yield escape(words["mapping"].format(file.mapping))
    if file.encoding and file.encoding not in ("utf-8", "utf-8-sig"):
        yield escape(words["encoding"].format(file.encoding))
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in file.findings:
        groups.setdefault((finding.rule, finding.severity), []).append(finding)
    for (rule, severity), found in sorted(groups.items(), key=lambda group: group[0][0] not in _HEADINGS):
        yield _group(file, rule, severity, found, lang)
    if not file.refused and not (file.count("error") or file.count("warning")):
        yield Text("\n" + words["clean"], style="green")
    if file.marked_copy:
        yield "\n" + escape(words["copy"].format(file.marked_copy))


def _group(file: FileReport, rule: str, severity: str, found: list[Finding], lang: Lang) -> RenderableType:
    words = WORDS[lang]
    label = RULE_LABELS.get(rule, (rule, rule))[0 if lang == "da" else 1]
    word = str(SEVERITIES[lang][severity])
    parts: list[RenderableType] = [
        Text(f"\n{word}: {label} ({rule}) × {number(len(found))}", style=f"bold {_STYLES[severity]}")
    ]
    context_of = dict(_contexts(file, rule, severity))
    for finding in found[:SHOWN]:
        parts.append(Padding(f"{escape(where(finding, lang))}{escape(finding.message(lang))}", (0, 0, 0, 2)))
        if finding in context_of:
            parts.append(Padding(context_table(context_of[finding], finding, lang), (0, 0, 0, 4)))
    if len(found) > SHOWN:
        listed = _places(found[SHOWN:], lang)
        parts.append(Padding(escape(words["more"].format(number(len(found) - SHOWN), listed)), (0, 0, 0, 2)))
    return Group(*parts)


def _contexts(file: FileReport, rule: str, severity: str) -> list[tuple[Finding, Context]]:
    # Of rows skipped for what they are there is nothing to mend, so nothing to look at.
    return [] if severity == "info" else file.contexts.get((rule, severity), [])


def _places(found: list[Finding], lang: Lang) -> str:
    """``Roller D5, F7 · Faser B2 …``: where the rest is, each sheet named once."""
    by_sheet: dict[str, list[str]] = {}
    for finding in found[:PLACES]:
        if place := _place(finding, lang).removeprefix(finding.sheet).lstrip(", "):
            by_sheet.setdefault(finding.sheet, []).append(place)
    listed = [f"{sheet} {', '.join(dict.fromkeys(places))}".strip() for sheet, places in by_sheet.items()]
    return " · ".join(listed) + (" …" if len(found) > PLACES else "")


def where(finding: Finding, lang: Lang) -> str:
    """``Ansøgninger, D17: `` before a message; nothing for a fault of the whole file."""
    place = _place(finding, lang)
    return f"{place}: " if place else ""


def _place(finding: Finding, lang: Lang) -> str:
    if finding.cell:
        return f"{finding.sheet} {finding.cell}"
    if finding.row_number:
        return WORDS[lang]["where"].format(finding.sheet, finding.row_number)
    return finding.sheet


def context_table(context: Context, finding: Finding, lang: Lang) -> Table:
    """The heading row and the rows around; the cell at fault between arrows, so that colour is not alone."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(WORDS[lang]["row"], justify="right", style="dim")
    for letter, heading in context.columns:
        table.add_column(escape(f"{letter} · {_short(heading)}"), no_wrap=True)
    for row_number, cells in context.rows:
        texts = []
        for letter, _ in context.columns:
            text = escape(_short(cells.get(letter, "")))
            at_fault = row_number == finding.row_number and letter == context.marked
            if at_fault:
                text = f"[bold {_STYLES[finding.severity]}]→ {text or WORDS[lang]['empty']} ←[/]"
            texts.append(text)
        marker = "→ " if row_number == finding.row_number else ""
        table.add_row(f"{marker}{row_number}", *texts)
    return table


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"


def as_json(report: CheckReport) -> dict[str, object]:
    """The report as plain data, for a machine; keys are English, messages in both languages."""
    return {
        "errors": report.count("error"),
        "warnings": report.count("warning"),
        "information": report.count("info"),
        "files": [_file_json(file) for file in report.files],
        "not_checked": [{"da": da, "en": en} for da, en in report.not_checked],
        "questions": [{"da": da, "en": en} for da, en in report.questions],
    }


def _file_json(file: FileReport) -> dict[str, object]:
    numbers = ("read", "accepted", "rejected", "skipped")
    return {
        "file": file.name,
        "format": file.format,
        "encoding": file.encoding,
        "refused": file.refused or None,
        "mapping": file.mapping or None,
        "rows": dict(zip(numbers, file.rows, strict=True)),
        "sheets": [
            {
                "sheet": sheet.sheet,
                "kind": sheet.kind or None,
                "known_as": _known_as(sheet.kind),
                "read": sheet.read,
                "accepted": sheet.accepted,
                "rejected": sheet.rejected,
                "skipped": sheet.skipped,
            }
            for sheet in file.sheets
        ],
        "findings": [
            {
                "sheet": finding.sheet or None,
                "row": finding.row_number,
                "cell": finding.cell or None,
                "heading": finding.heading or None,
                "value": finding.value or None,
                "rule": finding.rule,
                "severity": finding.severity,
                "message_da": finding.message_da,
                "message_en": finding.message_en,
            }
            for finding in file.findings
        ],
        "marked_copy": str(file.marked_copy) if file.marked_copy else None,
    }


def _known_as(kind: str) -> str | None:
    known = KIND_BY_NAME.get(kind) or SETTINGS_BY_NAME.get(kind)
    return known.sheet if known else None
