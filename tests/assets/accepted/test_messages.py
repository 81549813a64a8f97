"""Every rule says, in both languages, what is wrong and how to mend it."""

import re

import pytest

from assets.accepted.messages import RULES_WITH_MESSAGE, Case, explain
from assets.accepted.reading_messages import READING_RULES_WITH_MESSAGE, explain_reading
from assets.accepted.rule_labels import RULE_LABELS
from assets.contract import APPLICATIONS, KIND_BY_NAME

RULES_OF_THE_CONTRACT = {
    "required",
    "type",
    "ambiguous_number",
    "two_digit_year",
    "range",
    "enum",
    "duplicate_key",
    "unknown_reference",
    "date_order",
    "granted_incomplete",
    "future_date",
    "overlap",
    "cascade",
    "currency_rate",
    "cpr",
    "mojibake",
    "missing_column",
    "duplicate_heading",
    "error_cell",
    "no_cached_value",
    "control_character",
    "ragged_row",
    "unclosed_quote",
    "granted_over_applied",
    "adopted_before_test",
    "level_order",
    "no_reference_leader",
    "leader_level",
    "not_level_4_5",
    "outside_network_life",
    "personal_data",
    "near_heading",
    "superseded_key",
    "reference_not_kept",
    "lookalike_letters",
    "merged_cell",
    "unknown_column",
    "unknown_sheet",
    "total_row",
    "note_row",
    "example_row",
    "hidden",
    "duplicate_delivery",
    "unused_mapping",
    "erased",
    "unreadable",
    "empty_file",
    "damaged",
    "encrypted",
    "wrong_type",
    "unsafe",
    "too_large",
    "far_cell",
    "no_known_sheet",
    "unknown_organisation",
    "shrink_held",
}
SAMPLE_HINTS = {
    "range": "0..",
    "date_order": "submitted_date",
    "future_date": "2026-11-24",
    "required": "",
}


@pytest.mark.parametrize("rule", sorted(RULES_WITH_MESSAGE))
def test_a_row_rule_has_two_texts_without_holes(rule):
    column = APPLICATIONS.column("decided_date")
    case = Case(rule, APPLICATIONS, column, "Afgørelsesdato", "1-1-24", SAMPLE_HINTS.get(rule, "3"))
    danish, english = explain(case)
    assert danish != english
    for text in (danish, english):
        assert text.endswith((".", "?"))
        assert not re.search(r"[{}]|None", text)


@pytest.mark.parametrize("rule", sorted(READING_RULES_WITH_MESSAGE))
def test_a_reading_rule_has_two_texts_without_holes(rule):
    danish, english = explain_reading(rule, {}, heading="Dato", value="x")
    assert danish != english
    for text in (danish, english):
        assert text.endswith((".", "?"))
        assert not re.search(r"[{}]|None", text)


def test_every_rule_of_the_contract_has_a_message_and_a_label():
    assert RULES_OF_THE_CONTRACT <= RULES_WITH_MESSAGE | READING_RULES_WITH_MESSAGE
    assert set(RULE_LABELS) == RULES_OF_THE_CONTRACT


def test_a_long_value_is_cut():
    case = Case(
        "type", APPLICATIONS, APPLICATIONS.column("amount_applied"), "Ansøgt beløb", "x" * 500, "number"
    )
    danish, _ = explain(case)
    assert len(danish) < 250
    assert "…" in danish


def test_a_missing_column_is_named_with_what_it_may_be_called():
    detail = {"missing": ["Dato"], "unexpected": ["Datto"], "near": {"Datto": "Dato"}}
    danish, english = explain_reading("missing_column", detail)
    assert "mangler »Dato«" in danish
    assert "Mente du »Dato« med »Datto«?" in danish
    assert "Did you mean »Dato« by »Datto«?" in english


def test_a_labels_list_is_told_in_the_readers_language():
    column = KIND_BY_NAME["networks"].column("network_type")
    danish, english = explain(Case("enum", KIND_BY_NAME["networks"], column, "Type", "Klub"))
    assert "Innovationsnetværk, Læringsnetværk, Velfærdsnetværk" in danish
    assert "innovation, learning, welfare" in english
