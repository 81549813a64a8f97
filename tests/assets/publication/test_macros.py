"""The trace inside the published file, for an auditor with nothing but DuckDB."""

import duckdb
import pytest

COLUMNS = "part, record_key, path, sheet, row_number, cell, heading, field, written"


@pytest.fixture(scope="module")
def file(published_home):
    with duckdb.connect(str(published_home.database), read_only=True) as connection:
        yield connection


def test_a_figure_leads_to_the_cells_it_rests_on(file):
    found = file.execute(
        f"select {COLUMNS} from audit.trace('by', 'N-01', '2026Q3', 'R2.2') where field = 'date'"
    ).fetchall()
    place = ("netvaerk.xlsx", "Samspil")
    assert found == [
        ("numerator", "S-1", *place, 2, "C2", "Dato", "date", "3. aug. 2026"),
        ("numerator", "S-2", *place, 3, "C3", "Dato", "date", "01-09-2026"),
    ]


@pytest.mark.parametrize("ending", ["", ", ''"])
def test_the_dimension_may_be_left_out(file, ending):
    [(cells,)] = file.execute(
        f"select count(*) from audit.trace('by', 'N-01', '2026Q3', 'R2.2'{ending})"
    ).fetchall()
    assert cells == 10


def test_the_trace_of_the_pulse_ends_at_the_delivery_and_says_why(file):
    [(path, sheet, written, note)] = file.execute(
        "select path, sheet, written, note_da from audit.trace('by', 'N-01', '2026Q3', 'R4.P')"
    ).fetchall()
    assert (path, sheet, written) == ("netvaerk.xlsx", None, None)
    assert "anonyme" in note


def test_a_figure_without_records_says_so(file):
    [(value, note)] = file.execute(
        "select value, note_en from audit.trace('by', 'N-01', '2026Q3', 'R2.1')"
    ).fetchall()
    assert (value, note) == (0, "There are no records behind the figure.")


def test_a_figure_that_was_never_published_has_no_trace(file):
    assert file.execute("select * from audit.trace('by', 'N-01', '2026Q3', 'R9.9')").fetchall() == []
