"""Targets as the command shows them, in one language."""

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from assets.answerability.targets import Target
from assets.contract import NETWORK_TYPES
from assets.reports.words import Words

ALWAYS_YEAR = 1900  # the definitions' defaults hold from here on: for every quarter there is


def targets_text(
    targets: list[Target], units: dict[str, str], lang: str, *, history: bool = False
) -> RenderableType:
    """A table of targets; of the history also when each was told and taken back."""
    words = Words(lang)
    table = Table(
        title=words.pick("Måltallenes historie", "History of the targets")
        if history
        else words.pick("Måltal", "Targets"),
        title_justify="left",
    )
    for da, en in (
        ("Indikator", "Indicator"),
        ("Gælder", "Holds for"),
        ("Fra", "From"),
        ("Måltal", "Target"),
        ("Hvorfor, og hvem", "Why, and who"),
        *((("Meldt", "Told"), ("Taget tilbage", "Taken back")) if history else ()),
    ):
        table.add_column(words.pick(da, en), overflow="fold")
    for row in targets:
        always = row.valid_from.year == ALWAYS_YEAR
        cells = [
            row.indicator_id,
            _holds_for(row, words),
            words.pick("altid", "always") if always else words.short_day(row.valid_from),
            _said(row, units.get(row.indicator_id, ""), words),
            f"{_in(row.reason, words)} ({_in(row.owner, words)})",
        ]
        if history:
            cells += [words.short_day(day) if day else "" for day in (row.told_on, row.withdrawn_on)]
        table.add_row(*map(escape, cells))
    if not targets:
        return Text(
            words.pick(
                "Organisationen har ingen egne måltal; definitionernes gælder.",
                "The organisation has no targets of its own; the definitions' hold.",
            )
        )
    return table


def findings_text(findings: list[tuple[str, int | None, str, str]], lang: str) -> RenderableType:
    """What is wrong in the sheet of targets, or that nothing is."""
    words = Words(lang)
    if not findings:
        return Text(
            words.pick("Arket Måltal er uden fejl.", "The sheet Måltal is without errors."), style="green"
        )
    lines = [
        Text(
            (words.pick(f"Måltal, række {row}: ", f"Måltal, row {row}: ") if row else "Måltal: ")
            + words.pick(da, en),
            style="red" if severity == "error" else "yellow",
        )
        for severity, row, da, en in findings
    ]
    return Group(*lines)


def _holds_for(row: Target, words: Words) -> str:
    label = next((c for c in NETWORK_TYPES if c.value == row.network_type), None)
    kind = words.pick(label.label, label.label_en) if label else ""
    return ", ".join(filter(None, (row.organisation_id, kind))) or words.pick("alle", "all")


def _said(row: Target, unit: str, words: Words) -> str:
    """``70 %, delvist 50 %, 12 måneder, mindst 5``: as much of it as the row says."""
    partly, months, least = row.partly_target, row.window_months, row.minimum_count
    said = [_level(row.target, unit, words)]
    if partly is not None:
        said.append(words.pick("delvist ", "partly ") + _level(partly, unit, words))
    if months is not None:
        said.append(words.pick(f"{months} måneder", f"{months} months"))
    if least is not None:
        said.append(words.pick(f"mindst {least}", f"at least {least}"))
    return ", ".join(filter(None, said))


def _level(value: float | None, unit: str, words: Words) -> str:
    if value is None:
        return ""
    return words.percent(value) if unit == "share" else words.measured(value)


def _in(text: str | None, words: Words) -> str:
    """A text of the definitions is Danish / English; one of the offices stands as written."""
    parts = (text or "").split(" / ")
    return words.pick(parts[0], parts[1]) if len(parts) == 2 else text or ""
