"""A UK organogram read as people, with levels from its reporting lines."""

import csv

import pytest

pytestmark = pytest.mark.realdata
NAME = "organogram_hse_2013_senior.csv"


def test_every_post_is_a_person_with_a_level_one_below_its_superiors(accepted, realdata):
    rows = accepted(
        "select person_id, superior_id, level from accepted.people", NAME, "organogram.mapping.yaml"
    )
    levels = {person: level for person, _, level in rows}
    with (realdata / NAME).open(encoding="utf-8") as file:
        posts = list(csv.DictReader(file))
    assert len(rows) == len(posts) == 45
    for post in posts:
        above = levels.get(post["Reports to Senior Post"].upper())
        expected = 1 if above is None else above + 1
        assert levels[post["Post Unique Reference"].upper()] == expected
    assert sorted(set(levels.values())) == [1, 2, 3, 4]
    assert sum(superior is None for _, superior, _ in rows) == 2
