from pathlib import Path

import pytest
from openpyxl import load_workbook

from assets.contract import KINDS
from assets.feedback.template import HEADING_ROW, Lang, heading, labels, sheet_title, write_template


@pytest.mark.parametrize("lang", ["da", "en"])
def test_the_template_has_a_sheet_a_kind_with_the_contracts_headings_in_order(
    tmp_path: Path, lang: Lang
) -> None:
    write_template(tmp_path / "template.xlsx", lang)
    workbook = load_workbook(tmp_path / "template.xlsx")
    assert workbook.sheetnames == [sheet_title(kind, lang) for kind in KINDS]
    for kind in KINDS:
        row = next(workbook[sheet_title(kind, lang)].iter_rows(min_row=HEADING_ROW, max_row=HEADING_ROW))
        assert [cell.value for cell in row] == [heading(column, lang) for column in kind.columns]


def test_every_heading_carries_help_and_every_closed_list_a_drop_down(tmp_path: Path) -> None:
    write_template(tmp_path / "template.xlsx")
    workbook = load_workbook(tmp_path / "template.xlsx")
    for kind in KINDS:
        sheet = workbook[kind.sheet]
        assert all(cell.comment and cell.comment.text for cell in sheet[HEADING_ROW])
        lists = {rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"}
        assert lists == {f'"{",".join(labels(column, "da"))}"' for column in kind.columns if column.choices}


def test_the_same_contract_gives_the_same_cells_and_dates(tmp_path: Path) -> None:
    for name in ("first.xlsx", "second.xlsx"):
        write_template(tmp_path / name)
    first, second = (load_workbook(tmp_path / name) for name in ("first.xlsx", "second.xlsx"))
    assert first.properties.created == second.properties.created
    assert [[cell.value for row in sheet for cell in row] for sheet in first] == [
        [cell.value for row in sheet for cell in row] for sheet in second
    ]
