"""A correction overrides the cell as written, by the rules of any cell, and the sender's row stays."""

from datetime import date

import pytest

from assets.accepted.build import build_accepted
from assets.people.correction import CorrectionError, lift_correction, record_correction
from assets.warehouse import open_warehouse


def correct(connection, column, value, valid_from=None):
    return record_correction(
        connection,
        organisation="ABY",
        person_id="p-14",
        column=column,
        value=value,
        reason="Anmodning",
        who="test",
        valid_from=valid_from,
    )


def unit_of(connection):
    build_accepted(connection)
    rows = connection.execute("select unit, level from accepted.people where person_id = 'P-14'").fetchall()
    return rows[0]


def test_a_corrected_cell_holds_until_it_is_lifted_and_the_row_as_written_stays(home):
    with open_warehouse(home.warehouse_file) as connection:
        written = connection.execute("select cells from raw.source_row order by all").fetchall()
        assert unit_of(connection) == ("Kultur", 4)
        number = correct(connection, "Enhed", "Fritid", date(2020, 1, 1))
        correct(connection, "level", "3", date(2021, 1, 1))
        assert unit_of(connection) == ("Fritid", 4)
        assert connection.execute("select cells from raw.source_row order by all").fetchall() == written
        lift_correction(connection, number)
        assert unit_of(connection) == ("Kultur", 4)


def test_what_cannot_be_corrected_is_refused(home):
    with open_warehouse(home.warehouse_file) as connection:
        for column, value in (("person_id", "P-99"), ("Findes ikke", "x"), ("unit", " ")):
            with pytest.raises(CorrectionError):
                correct(connection, column, value)
        with pytest.raises(CorrectionError):
            lift_correction(connection, 1)
