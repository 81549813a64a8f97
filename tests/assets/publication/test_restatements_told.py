"""Restatements by cause: what the auditor's canned question counts is what the report's pages say."""

import re
from collections import defaultdict

import duckdb
import pytest

from assets.reports.labels import CAUSES
from assets.reports.measures import MEASURE_BY_ID
from assets.reports.published import read_published
from assets.reports.section_restated import restatement_section
from assets.reports.words import Words
from tests.assets.publication.test_restatement import delivered, published, published_once
from tests.assets.publication.town import FIRST, touchpoint

__all__ = ("delivered", "published", "published_once")

CAUSE_OF = {words[0]: column.removesuffix("_part") for column, words in CAUSES.items()}
VALUE_FIGURE = re.compile(r"V\d ")
SIDES = {"numerator": ": tæller", "denominator": ": nævner", "value": ""}
PART = re.compile(r"(?P<cause>\D+) (?P<sign>[+-])(?P<size>[\d.,]+)")


def value_record(name, value_type):
    """A value that was measured."""
    return {
        "value_id": name,
        "network_id": "N-1",
        "date": "2026-05-05",
        "value_type": value_type,
        "measure": "Ventetid",
        "baseline": "10",
        "measured": "8",
    }


@pytest.fixture
def restated(published):
    """A town whose second and third publication restate the first, by three causes."""
    published.deliver(
        "vaerdi.csv", "value_records", [value_record("V-1", "quality"), value_record("V-2", "citizen")]
    )
    published.deliver("samspil.csv", "touchpoints", [FIRST[0], touchpoint("S-3", "2026-06-30")])
    published.publish()
    published.deliver("vaerdi.csv", "value_records", [value_record("V-1", "citizen")])
    published.publish()
    return published.home


def told_by_the_report(published):
    """By figure and cause: how many rows of the report name the cause, and the sum of what they say."""
    (table,) = restatement_section(published, Words("da")).blocks
    found = defaultdict(lambda: (0, 0.0))
    for _, _, figure, _, _, parts in table.rows:
        name = figure.split()[0] if VALUE_FIGURE.match(figure) else re.sub(r" \([^)]*\)", "", figure)
        for part in parts.split("; "):
            cause, sign, size = PART.fullmatch(part).group("cause", "sign", "size")
            number = float(sign + size.replace(".", "").replace(",", "."))
            rows, moved = found[name, CAUSE_OF[cause]]
            found[name, CAUSE_OF[cause]] = (rows + 1, moved + number)
    return dict(found)


def counted_by_the_question(database):
    """The same from the canned question, of the figures that the report tells."""
    with duckdb.connect(str(database), read_only=True) as file:
        rows = file.execute(
            "select indicator_id, measure, cause, sum(figures), sum(moved) "
            "from audit.restatements_by_cause('by') "
            "where measure in ('value', 'numerator', 'denominator') and not indicator_id like 'R%' "
            "group by all"
        ).fetchall()
    found = {}
    for figure, measure, cause, figures, moved in rows:
        known = MEASURE_BY_ID.get(figure)
        if known and known.unit == "share" and measure == "value":
            continue
        found[known.name[0] + SIDES[measure] if known else figure, cause] = (figures, moved)
    return found


def test_the_question_by_cause_counts_what_the_reports_table_says(restated):
    counted = counted_by_the_question(restated.database)
    assert {cause for _, cause in counted} == {"late", "corrected", "withdrawn"}
    assert counted["V6", "corrected"] == (2, -2.0)
    assert told_by_the_report(read_published(restated.database, "by", "2026Q3")) == counted
