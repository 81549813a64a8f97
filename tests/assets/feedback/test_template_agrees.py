"""Template and validator cannot disagree: both are made from the contract; here they are held together."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.datavalidation import DataValidation

from assets.contract import KINDS, Column, Kind
from assets.feedback.check import check_files
from assets.feedback.template import HEADING_ROW, Lang, heading, sheet_title, write_template
from assets.raw.cells import (
    CellError,
    fold_heading,
    read_date,
    read_enum,
    read_integer,
    read_money,
    read_number,
)
from assets.settings_contract import SETTINGS_FILE, SETTINGS_KINDS

RECEIVED = datetime(2026, 10, 1, tzinfo=UTC)
FIRST = HEADING_ROW + 2  # below the example


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("templates")
    written = {}
    for lang in ("da", "en"):
        write_template(folder / f"{lang}.xlsx", lang)
        written[lang] = folder / f"{lang}.xlsx"
        place = folder / lang / SETTINGS_FILE
        place.parent.mkdir()
        write_template(place, lang, SETTINGS_KINDS)
        written[f"settings_{lang}"] = place
    return written


@pytest.mark.parametrize("name", ["da", "en", "settings_da", "settings_en"])
def test_the_template_itself_is_sound_and_its_examples_are_skipped(
    templates: dict[str, Path], name: str
) -> None:
    (report,) = check_files([templates[name]], write_copies=False).files
    kinds = KINDS if name in ("da", "en") else SETTINGS_KINDS
    assert report.refused == ""
    assert {finding.rule for finding in report.findings} == {"example_row"}
    assert [sheet.kind for sheet in report.sheets] == [kind.name for kind in kinds]
    assert report.rows == (len(kinds), 0, 0, len(kinds))


def validation_of(sheet: Any, column: int) -> DataValidation | None:
    for rule in sheet.data_validations.dataValidation:
        if any(area.min_col == column for area in rule.sqref.ranges):
            return rule  # type: ignore[no-any-return]
    return None


def accepts(column: Column, text: str) -> bool:
    """Whether the validator reads a cell of this column."""
    readers = {"date": read_date, "integer": read_integer, "money": read_money, "number": read_number}
    try:
        if column.choices:
            read_enum(text, column.choices)
            return True
        if column.type not in readers:
            return True
        value = readers[column.type](text)
    except CellError:
        return False
    low, high = column.minimum, column.maximum
    return (low is None or value >= low) and (high is None or value <= high)  # type: ignore[operator]


@pytest.mark.parametrize("name", ["da", "en", "settings_da", "settings_en"])
def test_every_limit_and_choice_of_the_template_is_the_validators_own(
    templates: dict[str, Path], name: str
) -> None:
    lang: Lang = "da" if name.endswith("da") else "en"
    workbook = load_workbook(templates[name])
    for kind in KINDS if name in ("da", "en") else SETTINGS_KINDS:
        sheet = workbook[sheet_title(kind, lang)]
        for position, column in enumerate(kind.columns, start=1):
            rule = validation_of(sheet, position)
            if column.choices:
                assert rule is not None and rule.type == "list"
                assert len(rule.formula1) <= 257  # the longest list a spreadsheet takes, with its quotes
                offered = rule.formula1.strip('"').split(",")
                assert [read_enum(one, column.choices) for one in offered] == [
                    choice.value for choice in column.choices
                ]
            elif column.minimum is not None and column.maximum is not None:
                assert rule is not None and rule.type == "whole"
                low, high = int(rule.formula1), int(rule.formula2)
                assert accepts(column, str(low)) and accepts(column, str(high))
                assert not accepts(column, str(low - 1)) and not accepts(column, str(high + 1))
            elif column.minimum is not None:
                assert rule is not None and rule.operator == "greaterThanOrEqual"
                assert accepts(column, rule.formula1) and not accepts(column, str(int(rule.formula1) - 1))
            assert fold_heading(heading(column, lang)) in {
                fold_heading(column.heading),
                fold_heading(column.name),
            }


def cell_for(column: Column, lang: Lang, number: int) -> st.SearchStrategy[Any]:
    """Anything the template's own rules let into a cell of this column."""
    if column.refers_to or column.type == "identifier":
        return st.just(f"ID-{number}")
    if column.choices:
        return st.sampled_from([c.label if lang == "da" else c.label_en for c in column.choices])
    if column.type == "date":
        return st.dates(date(2000, 1, 1), date(2026, 9, 30))
    if column.type == "integer":
        low = column.minimum if column.minimum is not None else -1000
        return st.integers(low, column.maximum if column.maximum is not None else 10_000)
    if column.type in ("money", "number"):
        return st.decimals(column.minimum if column.minimum is not None else -1000, 10**9, places=2).map(
            float
        )
    if column.name == "record_key":
        return st.just(f"ID-{number}")
    return st.text(st.characters(categories=["L"], max_codepoint=0x17F), min_size=3, max_size=12)


@st.composite
def filled(draw: st.DrawFn, kind: Kind, lang: Lang) -> dict[str, Any]:
    """A row that breaks none of the template's rules; what a row rule joins is made to fit."""
    row = {
        column.name: draw(cell_for(column, lang, 1))
        for column in kind.columns
        if column.required or column.required_when or draw(st.booleans())
    }
    for earlier, later in kind.date_orders:
        if earlier in row and later in row:
            row[earlier], row[later] = sorted((row[earlier], row[later]))
    if kind.name == "applications":
        row.pop("currency", None)
        row["amount_granted"] = max(row.get("amount_granted", 1.0), 1.0)
        row.setdefault("decided_date", row.get("submitted_date", date(2026, 1, 1)))
    return row


@st.composite
def municipality(draw: st.DrawFn, lang: Lang) -> dict[str, dict[str, Any]]:
    """A row of every kind; the dispute is of one of the others."""
    rows = {kind.name: draw(filled(kind, lang)) for kind in KINDS}
    (disputed,) = [kind for kind in KINDS if rows["disputes"]["record_kind"] in names_of(kind)]
    parts = [rows[disputed.name][name] for name in disputed.key]
    rows["disputes"]["record_key"] = "/".join(map(str, parts))
    return rows


def names_of(kind: Kind) -> tuple[str, ...]:
    return kind.sheet, kind.name, kind.name.replace("_", " ")


@pytest.mark.parametrize("lang", ["da", "en"])
def test_what_the_template_lets_in_the_validator_accepts(
    templates: dict[str, Path], tmp_path: Path, judge: Any, lang: Lang
) -> None:
    @settings(
        max_examples=4,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
    )
    @given(rows=municipality(lang))
    def accepted(rows: dict[str, dict[str, Any]]) -> None:
        workbook = load_workbook(templates[lang])
        for kind in KINDS:
            sheet = workbook[sheet_title(kind, lang)]
            for position, column in enumerate(kind.columns, start=1):
                sheet.cell(FIRST, position).value = rows[kind.name].get(column.name)
        path = tmp_path / "filled.xlsx"
        workbook.save(path)
        findings, counts = judge(path)
        assert [finding for finding in findings if finding.severity == "error"] == []
        assert counts == (2 * len(KINDS), len(KINDS), 0, len(KINDS))

    accepted()
