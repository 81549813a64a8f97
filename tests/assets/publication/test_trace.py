"""The trace as the command shows it, forwards to the cells and backwards from a row."""

import json
from datetime import date

import pytest
from rich.console import Console

from assets.publication.database import publish
from assets.publication.trace import TraceError, trace
from assets.publication.trace_text import trace_text, why_not_text
from assets.publication.why_not import why_not

FIGURE = ("by", "N-01", "2026Q3", "R2.2")


def shown(renderable) -> str:
    """What the terminal would show."""
    console = Console(width=160, record=True, file=None, force_terminal=False)
    with console.capture() as captured:
        console.print(renderable)
    return captured.get()


def test_every_record_of_the_figure_comes_with_its_cells_as_written(published_home):
    found = trace(published_home.database, *FIGURE)
    assert [record.record_key for record in found.records] == ["S-1", "S-2"]
    cells = {cell.field: (cell.address, cell.heading, cell.written) for cell in found.records[0].cells}
    assert cells["date"] == ("C2", "Dato", "3. aug. 2026")
    assert found.figure["value"] == 2
    assert found.note_da is None


def test_the_pulse_is_traced_to_the_delivery_alone(published_home):
    found = trace(published_home.database, "by", "N-01", "2026Q3", "R4.P")
    [record] = found.records
    assert (record.path, record.sheet, record.cells) == ("netvaerk.xlsx", None, ())
    assert "anonyme" in str(found.note_da)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (("By", "N-01", "2026Q3", "R2.2"), "organisationen By. Findes: by"),
        (("by", "N-02", "2026Q3", "R2.2"), "netværket N-02. Findes: N-01"),
        (("by", "N-01", "2026Q4", "R2.2"), "kvartalet 2026Q4. Findes: 2026Q3"),
        (("by", "N-01", "2026Q3", "R2.3"), "indikatoren R2.3. Findes: R2.2"),
        (("by", "N-01", "2026Q3", "R2.2", "quality"), "underopdelingen quality"),
    ],
)
def test_what_is_not_there_is_named_with_what_is_near(published_home, key, said):
    with pytest.raises(TraceError) as refused:
        trace(published_home.database, *key)
    assert said in refused.value.da


def test_before_the_first_publication_the_trace_says_what_to_do(filled_home):
    with pytest.raises(TraceError, match="netvaerdi run"):
        trace(filled_home.database, *FIGURE)


def test_ids_may_be_written_in_lower_case(published_home):
    assert trace(published_home.database, "by", "n-01", "2026q3", "r2.2").figure["value"] == 2


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("da", ["Værdi 2", "Opfyldt", "tæller", "Samspil S-1", "netvaerk.xlsx", "C2", "3. aug. 2026"]),
        ("en", ["Value 2", "Fulfilled", "numerator", "Samspil S-1", "netvaerk.xlsx", "C2", "3. aug. 2026"]),
    ],
)
def test_the_terminal_shows_figure_records_and_cells(published_home, lang, words):
    text = shown(trace_text(trace(published_home.database, *FIGURE), lang))
    assert [word for word in words if word not in text] == []


def test_cells_that_look_like_markup_are_shown_as_written(warehouse, home, run):
    warehouse.execute(
        "update raw.source_row set cells = ? where sheet = 'Samspil' and row_number = 2",
        [json.dumps({"A": "[bold]s-1[/bold]", "B": "N-01"})],
    )
    publish(warehouse, home, run)
    assert "[bold]s-1[/bold]" in shown(trace_text(trace(home.database, *FIGURE)))


@pytest.fixture
def ask(warehouse, home, run):
    """Publish, then ask why a touchpoint is not in R2.2."""

    def answer(key: str, kind: str = "touchpoints"):
        publish(warehouse, home, run)
        return why_not(home.database, *FIGURE, kind, key)

    return answer


def test_a_row_that_is_in_the_figure_is_said_to_be(ask):
    assert ask("s-1").code == "counted"


def test_a_rejected_row_is_answered_with_rule_message_and_cell(ask):
    answer = ask("S-3")
    assert (answer.code, answer.place) == ("rejected", "netvaerk.xlsx · Samspil · C4")
    assert "31-02-2026 er ingen dato" in answer.da


def add_touchpoint(insert, **values):
    """An accepted touchpoint that no evidence names."""
    given = {
        "organisation_id": "by",
        "record_key": "S-9",
        "touchpoint_id": "S-9",
        "network_id": "N-01",
        "date": date(2026, 8, 8),
        "kind": "coordination",
        "by_id": "P-1",
        "delivery_sequence": 1,
        "sheet": "Samspil",
        "row_number": 9,
    }
    insert("accepted.touchpoints", **(given | values))


@pytest.mark.parametrize(
    ("values", "code", "said"),
    [
        ({"network_id": "N-02"}, "other_network", "hører til N-02"),
        ({"date": date(2026, 10, 8)}, "later", "08.10.2026"),
        ({"by_id": "P-2"}, "outside_rule", "opfylder ikke formlen"),
    ],
)
def test_an_accepted_row_is_outside_network_day_or_formula(insert, ask, values, code, said):
    add_touchpoint(insert, **values)
    answer = ask("S-9")
    assert (answer.code, said in answer.da) == (code, True)
    assert ("Af", values.get("by_id", "P-1")) in answer.facts


def test_a_row_under_an_upheld_dispute_counts_no_longer(insert, ask):
    add_touchpoint(insert)
    insert(
        "accepted.disputes",
        organisation_id="by",
        dispute_id="D-1",
        record_kind="touchpoints",
        record_key="S-9",
        outcome="upheld",
    )
    assert ask("S-9").code == "dispute_upheld"


def test_a_row_of_a_kind_the_indicator_does_not_rest_on_is_not_used(ask):
    answer = ask("P-1/01-01-2020", kind="Personer")
    assert answer.code == "not_used"
    assert "name" not in dict(answer.facts)
    assert "Asta" not in str(answer.facts)


def test_an_indicator_that_was_not_asked_says_so(warehouse, insert, ask):
    warehouse.execute(
        "update results.indicator_result set reason = 'short_tenure' where indicator_id = 'R2.2'"
    )
    add_touchpoint(insert)
    assert ask("S-9").code == "not_asked"


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("superseded", "withdrawn"),
        ("withdrawn", "withdrawn"),
        ("held", "held"),
        ("duplicate", "duplicate"),
    ],
)
def test_a_row_of_a_delivery_that_does_not_count_says_which(warehouse, insert, ask, state, code):
    warehouse.execute(
        "insert into raw.sheet select 2 as delivery_sequence, * exclude delivery_sequence from raw.sheet"
    )
    insert(
        "raw.delivery",
        sequence=2,
        organisation_id="by",
        path="gammel.xlsx",
        sha256="cd" * 32,
        bytes=1,
        state=state,
    )
    insert(
        "raw.source_row",
        organisation_id="by",
        delivery_sequence=2,
        sheet="Samspil",
        kind="touchpoints",
        row_number=7,
        cells={"A": " s-77", "B": "N-01"},
    )
    answer = ask("S-77")
    assert (answer.code, answer.place) == (code, "gammel.xlsx · Samspil · række / row 7")


def test_a_key_that_no_delivery_has_is_unknown(ask):
    assert ask("S-404").code == "unknown"


def test_the_pulse_cannot_be_asked_about(ask):
    with pytest.raises(TraceError, match="pulse"):
        ask("x", kind="pulse")


def test_the_terminal_shows_the_answer_and_the_record(insert, ask):
    add_touchpoint(insert, by_id="P-2")
    text = shown(why_not_text(ask("S-9"), "da"))
    assert "opfylder ikke formlen" in text
    assert "Af: P-2" in text
    assert "netvaerk.xlsx · Samspil · række / row 9" in text
