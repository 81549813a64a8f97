"""Every column's meaning where people look for it: with its heading, in both languages."""

from assets.layers.column_meanings import column_meanings


def test_an_accepted_column_names_the_heading_of_the_spreadsheet():
    assert column_meanings("accepted.touchpoints")["date"].startswith("»Dato«: ")


def test_a_result_table_means_what_its_published_table_says():
    status = column_meanings("results.indicator_result")["status"]
    assert " / " in status
    assert "puls" not in status  # the pulse's summary reads the same table


def test_a_working_table_knows_the_columns_that_mean_the_same_everywhere():
    assert " / " in column_meanings("core.units")["organisation_id"]
    assert column_meanings("core.units")["basis"].startswith("counted")
