"""What was measured is kept with its conditions, tabulated and drawn beside its limit."""

import pytest

from benchmarks.plot import BEGIN, BEYOND, END, WITHIN, shares, table, write
from benchmarks.record import Figure, conditions, number, record, recorded, told

FOUND = {
    "machine": "x86_64, 2 kerner / cores, 24 GB",
    "load": 0.5,
    "versions": {"Python": "3.11.7", "duckdb": "2.0.1"},
    "seed": 4,
    "times": 5,
}


@pytest.fixture
def results(tmp_path):
    place = tmp_path / "build" / "benchmarks.jsonl"
    record("make first", FOUND, [Figure("intet ændret / nothing changed", 0.5, "s", 1.0)], place)
    record("make rate", FOUND, [Figure("rækker / rows", 145_000, "/s", 290_000, 700_000, higher=True)], place)
    record("make peer", FOUND, [Figure("uden grænse / no limit", 3.0, "CPU-s", None, 2.0)], place)
    record("make again", FOUND, [Figure("intet ændret / nothing changed", 0.8, "s", 1.0)], place)
    return place


def test_the_latest_of_a_name_stands_with_its_command_and_conditions(results):
    figures = recorded(results)
    assert [(figure.name.split(" / ")[1], figure.measured) for figure, _ in figures] == [
        ("nothing changed", 0.8),
        ("rows", 145_000),
        ("no limit", 3.0),
    ]
    assert figures[0][1]["command"] == "make again" and figures[0][1]["seed"] == 4


def test_a_share_of_the_limit_counts_the_other_way_where_more_is_better(results):
    drawn = shares(recorded(results))
    assert drawn["share"].to_list() == [80, 200]
    assert drawn["side"].to_list() == [WITHIN, BEYOND]
    assert drawn["text"].to_list() == ["0,80 s (≤ 1,00)", "145.000 /s (≥ 290.000)"]


def test_the_table_shows_the_peer_the_limit_and_the_seed(results):
    rows = table(recorded(results)).splitlines()
    assert "| 0,80 s |  | ≤ 1,00 s | `make again` |" in rows[2]
    assert "| 145.000 /s | 700.000 /s | ≥ 290.000 /s |" in rows[3]
    assert rows[4].endswith("× 5, load 0,50, frø / seed 4 |")
    assert rows[-1].endswith("Python 3.11.7, duckdb 2.0.1.")


def test_the_page_keeps_what_stands_around_the_table_and_gets_a_picture_on_paper(results, tmp_path):
    docs = tmp_path / "docs"
    (docs / "pictures").mkdir(parents=True)
    page = docs / "benchmarks.md"
    page.write_text(f"før\n{BEGIN}\ngammel\n{END}\nefter\n", encoding="utf-8")
    write(results, docs)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("før\n") and text.endswith("\nefter\n") and "gammel" not in text
    picture = (docs / "pictures" / "benchmarks.svg").read_text(encoding="utf-8")
    assert picture.startswith("<svg") and '<rect width="100%"' in picture
    assert "nothing changed" in picture and "intet ændret" in picture and "no limit" not in picture
    page.write_text("intet sted", encoding="utf-8")
    with pytest.raises(ValueError, match="no place"):
        write(results, docs)


def test_conditions_name_the_machine_the_versions_and_the_seed():
    found = conditions(("duckdb",), None, 3)
    assert set(found["versions"]) == {"Python", "duckdb"}
    assert "no seed" in told(found) and "seed 9" in told(found | {"seed": 9})


@pytest.mark.parametrize(
    ("value", "written"), [(1234.5, "1.234"), (290_000, "290.000"), (37.25, "37,2"), (0.566, "0,57")]
)
def test_numbers_are_danish(value, written):
    assert number(value) == written
