"""Whatever is in the cells, every row read is accepted, rejected with a finding, or skipped."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from assets.contract import APPLICATIONS, KINDS, NETWORKS, PEOPLE, PULSE, Kind

WEIRD = st.sampled_from(
    [
        None, "", "-", "I alt", "EKSEMPEL-1", "N-1", "n\u20111", "31-02-2024", "31-12-24", "01-01-2024",
        "2030-01-01", "1.5", "1.234,50", "-1", "7", "=1+1", "010190-1234", "a@b.dk", "Ã¦bler", "a\x07b",
        "\u202eN-2", "Innovationsnetværk", "Bevilget", "x" * 300, "N-1;N-2", '"', "Husk at ringe", "#REF!",
        "ved ikke", "999999999999999999", "\u041d-1", "kr. 5", "R1", "Leder",
    ]
)  # fmt: skip
NATURAL = {
    "identifier": st.sampled_from(["N-1", "N-2", "P-1", "A-1", "A-2"]),
    "date": st.sampled_from(["01-01-2024", "2025-06-30", "1. maj 2024"]),
    "money": st.sampled_from(["100", "1.234,50", "0"]),
    "integer": st.sampled_from(["1", "3", "5"]),
    "number": st.sampled_from(["1", "2,5"]),
    "text": st.sampled_from(["Børn", "Puljen", "DKK"]),
}
QUICK = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@st.composite
def sheet_of(draw: st.DrawFn) -> tuple[Kind, list[list[Any]]]:
    """A sheet with headings as they should be, or nearly, and rows that are right but for some cells."""
    kind = draw(st.sampled_from((NETWORKS, PEOPLE, APPLICATIONS, PULSE, *KINDS)))
    columns = draw(st.permutations(kind.columns))
    headings: list[Any] = [column.heading for column in columns]
    if draw(st.integers(0, 9)) == 0:
        headings[draw(st.integers(0, len(headings) - 1))] = draw(WEIRD)
    rows = []
    for _ in range(draw(st.integers(0, 8))):
        rows.append(
            [
                draw(WEIRD)
                if draw(st.integers(0, 5)) == 0
                else draw(st.sampled_from([one.label for one in column.choices]))
                if column.choices
                else draw(NATURAL[column.type])
                for column in columns
            ]
        )
    return kind, [*draw(st.lists(st.just(["En titel"]), max_size=2)), headings, *rows]


def check(findings: list[Any], rows: tuple[int, int, int, int], expected: int) -> None:
    read, accepted, rejected, skipped = rows
    assert read == accepted + rejected + skipped
    assert min(rows) >= 0
    if not findings:
        assert rejected == 0
    told = {finding.row_number for finding in findings}
    whole = any(finding.rule in ("missing_column", "duplicate_heading") for finding in findings)
    refused = any(finding.row_number is None and finding.severity == "error" for finding in findings)
    assert whole or refused or len(told) >= rejected
    if not whole and not refused:
        assert read <= expected


@QUICK
@given(made=sheet_of())
def test_the_rows_of_any_csv_add_up(
    tmp_path: Path, judge: Callable[[Path], Any], made: tuple[Kind, list[list[Any]]]
) -> None:
    kind, rows = made
    path = tmp_path / f"{kind.sheet}.csv"
    path.write_bytes("\r\n".join(";".join(cell or "" for cell in row) for row in rows).encode())
    findings, counts = judge(path)
    check(findings, counts, len(rows) + 2)


@QUICK
@given(made=sheet_of())
def test_the_rows_of_any_workbook_add_up(
    tmp_path: Path, judge: Callable[[Path], Any], made: tuple[Kind, list[list[Any]]]
) -> None:
    kind, rows = made
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = kind.sheet
    for row in rows:
        sheet.append([cell.replace("\x07", "") if isinstance(cell, str) else cell for cell in row])
    out = io.BytesIO()
    workbook.save(out)
    path = tmp_path / "ark.xlsx"
    path.write_bytes(out.getvalue())
    findings, counts = judge(path)
    check(findings, counts, len(rows))
