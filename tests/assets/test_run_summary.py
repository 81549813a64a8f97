"""What a run says of itself."""

import duckdb

from assets.run_summary import NOTHING, summarise


def test_what_lies_in_the_inbox_and_is_no_delivery_is_told_in_words_unless_waived():
    with duckdb.connect() as connection:
        connection.execute("create schema accepted")
        connection.execute(
            "create table accepted.finding (delivery_sequence bigint, path varchar, severity varchar, "
            "waived boolean, message_da varchar, message_en varchar)"
        )
        connection.executemany(
            "insert into accepted.finding values (?, ?, ?, ?, ?, ?)",
            [
                (None, "b.mapping.yaml", "warning", None, "bruges ikke", "is not used"),
                (None, "a.xlsx", "error", False, "er en genvej", "is a link"),
                (None, "c.xlsx", "error", True, "godkendt", "waived"),
                (1, "d.xlsx", "error", False, "i filens kopi", "in the file's copy"),
            ],
        )
        said = summarise(connection, "run")
    assert said.beside_da == ("a.xlsx: er en genvej", "b.mapping.yaml: bruges ikke")
    assert said.beside_en == ("a.xlsx: is a link", "b.mapping.yaml: is not used")
    assert (said.errors, said.warnings) == (3, 1)


def test_a_run_that_reached_nothing_says_zeros():
    with duckdb.connect() as connection:
        assert summarise(connection, "run") == NOTHING
