"""What a result table's page may show of its rows."""

import pytest

from assets.layers.previews import begin_pictures, columns_of, preview
from assets.layers.table_facts import cell_text

TABLE = """
create table results.{name} as
select * from (values
    ('BY', 'N-1', '2026Q2', 'R2.2', 'ANNA', 1.0, 'Anna Hansen'),
    ('BY', 'N-1', '2026Q3', 'R2.2', 'ANNA', 1.0, 'Anna Hansen'),
    ('BY', 'N-1', '2026Q3', 'R2.P', 'ANNA', 0.4, 'Anna Hansen')
) as rows(organisation_id, network_id, period, indicator_id, reference_leader_id, value, a_new_column)
"""
MEASURES = """
create table results.{name} as
select * from (values
    ('BY', '2026Q3', 'networks', '', 0.25::double, false),
    ('BY', '2026Q3', 'funnel', 'tested', 0.75, true),
    ('BY', '2026Q3', 'ownership', '', 0.5, false)
) as rows(organisation_id, period, measure_id, dimension, value, suppressed)
"""


def shown(connection, table):
    return preview(connection, table, columns_of(connection, [table])[table]).splitlines()


def test_of_a_row_about_one_network_only_what_it_is_about_is_shown_and_nothing_of_the_pulse(connection):
    connection.execute(TABLE.format(name="some_result"))
    assert shown(connection, "results.some_result") == [
        "| organisation_id | network_id | period | indicator_id |",
        "|---|---|---|---|",
        "| BY | N-1 | 2026Q3 | R2.2 |",
        "| BY | N-1 | 2026Q2 | R2.2 |",
    ]


def test_the_organisations_figures_are_shown_but_what_is_or_may_yet_be_held_back(connection):
    connection.execute(MEASURES.format(name="organisation_result"))
    assert shown(connection, "results.organisation_result")[2:] == [
        "| BY | 2026Q3 | networks |  | 0,25 | False |"
    ]


def test_before_it_is_known_what_is_held_back_only_the_measures_are_shown(connection):
    connection.execute(MEASURES.format(name="organisation_ownership"))
    assert shown(connection, "results.organisation_ownership")[0] == (
        "| organisation_id | period | measure_id | dimension |"
    )
    assert "0,5" not in " ".join(shown(connection, "results.organisation_ownership"))


def test_what_somebody_sent_is_text_in_the_table_and_no_markup():  # F43
    assert cell_text("<IMG SRC=X> ![A](HTTP://X) [B](JAVASCRIPT:C)\n| `D`") == (
        r"&lt;IMG SRC=X> \!\[A\](HTTP://X) \[B\](JAVASCRIPT:C) \| \`D\`"
    )


@pytest.mark.parametrize(
    ("where", "said"), [("true", "data:image/svg+xml;base64,"), ("false", "ingen rækker")]
)
def test_a_picture_is_drawn_where_there_is_a_row(connection, where, said):
    connection.execute(f"{TABLE.format(name='some_result')} where {where}")
    pictures = begin_pictures(connection, columns_of(connection, ["results.some_result"]))
    assert said in pictures()["results.some_result"]
