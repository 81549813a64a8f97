"""What every model in sql/ has in common: a stated grain, a documented meaning, and tables that exist."""

import re
from pathlib import Path

import pytest

from assets.contract import KINDS
from assets.settings_contract import SETTINGS_KINDS
from assets.sql_assets import describe
from assets.sql_models import SQL_ROOT, load_models

MODELS = load_models()
BY_TABLE = {model.table: model for model in MODELS}
PAGE = (SQL_ROOT.parent / "docs" / "indicators.md").read_text(encoding="utf-8")
EVIDENCE = (
    "organisation_id",
    "network_id",
    "period",
    "basis",
    "indicator_id",
    "dimension",
    "record_kind",
    "record_key",
    "part",
)
INDICATOR = {
    "organisation_id": "VARCHAR",
    "network_id": "VARCHAR",
    "period": "VARCHAR",
    "basis": "VARCHAR",
    "indicator_id": "VARCHAR",
    "dimension": "VARCHAR",
    "numerator": "DOUBLE",
    "denominator": "DOUBLE",
    "value": "DOUBLE",
    "lower": "DOUBLE",
    "upper": "DOUBLE",
    "n": "BIGINT",
    "own_status": "VARCHAR",
    "own_reason": "VARCHAR",
}


def of(*schemas):
    return [pytest.param(model, id=model.table) for model in MODELS if model.schema in schemas]


@pytest.mark.parametrize("model", of("core", "evidence", "indicators", "results"))
def test_a_model_states_its_grain_and_where_it_is_defined(model):
    assert "\nGrain:   one row per " in model.header
    anchor = re.search(r"^Defined: docs/indicators\.md#([a-z0-9-]+)$", model.header, flags=re.MULTILINE)
    assert anchor, model.header
    assert f'<a id="{anchor[1]}"></a>' in PAGE


@pytest.mark.parametrize("model", of("core", "evidence", "results"))
def test_a_model_says_in_danish_and_in_english_what_it_is(model):
    danish, english = model.said
    assert danish and english
    assert danish != english
    assert not re.search(r"\b(the|of|and|whose|with)\b", danish), danish
    assert not re.search(r"\b(og|af|med|efter|som|hver)\b", english), english


@pytest.mark.parametrize("model", of("indicators"))
def test_an_indicator_is_told_in_both_languages_by_its_definition(model):
    danish, english, particulars = describe(model).split("\n\n")
    assert danish != english
    assert danish[:4] == english[:4] == f"**{danish[2:4]}"
    assert particulars == f"```\n{model.particulars}\n```"


@pytest.mark.parametrize("model", of("core", "evidence", "indicators", "results"))
def test_a_model_reads_only_tables_that_something_makes(model):
    made = {f"accepted.{kind.name}" for kind in KINDS} | {f"settings.{kind.name}" for kind in SETTINGS_KINDS}
    made |= {f"calendar.{name}" for name in ("as_of", "quarter", "month", "half_year")}
    made |= {f"definitions.{name}" for name in ("responsibility", "indicator", "indicator_need", "target")}
    made |= {*BY_TABLE, "raw.delivery", "raw.sheet", "accepted.finding", "accepted.finding_history"}
    made |= {"accepted.alias_question", "results.responsibility_summary"}
    assert set(model.reads) <= made


@pytest.mark.parametrize("model", of("evidence"))
def test_evidence_names_kind_key_and_part_of_every_record(model, shapes):
    assert tuple(shapes[model.table])[: len(EVIDENCE)] == EVIDENCE


@pytest.mark.parametrize("model", of("indicators"))
def test_an_indicator_gives_the_columns_that_results_judge(model, shapes):
    assert shapes[model.table] == INDICATOR


def test_every_indicator_and_all_evidence_reach_the_results():
    made = {model.table for model in MODELS if model.schema in ("indicators", "evidence")}
    assert made <= {*BY_TABLE["results.own_result"].reads, *BY_TABLE["results.evidence"].reads}


def test_every_figure_but_the_pulse_has_evidence_of_its_own_name():
    figures = {Path(model.name).name for model in MODELS if model.schema == "indicators"}
    evidence = {model.name for model in MODELS if model.schema == "evidence"}
    assert {name for name in figures if not name.endswith("_p_felt")} == evidence - {"rp_felt_by_the_network"}


def test_the_published_results_have_the_contracts_columns_and_types(shapes):
    assert shapes["results.indicator_result"] == {
        **dict.fromkeys(("organisation_id", "network_id", "period", "indicator_id", "dimension"), "VARCHAR"),
        "responsibility_id": "VARCHAR",
        "reference_leader_id": "VARCHAR",
        "period_start": "DATE",
        "period_end": "DATE",
        "provisional": "BOOLEAN",
        "phase": "VARCHAR",
        **dict.fromkeys(("numerator", "denominator", "value", "lower", "upper"), "DOUBLE"),
        "n": "BIGINT",
        "target": "DOUBLE",
        "partly_target": "DOUBLE",
        "status": "VARCHAR",
        "reason": "VARCHAR",
        "certain": "BOOLEAN",
        "disputed": "BOOLEAN",
        "value_if_upheld": "DOUBLE",
        "status_if_upheld": "VARCHAR",
        "definition_version": "INTEGER",
    }
    assert list(shapes["results.responsibility_result"]) == [
        "organisation_id",
        "network_id",
        "period",
        "responsibility_id",
        "reference_leader_id",
        "accountability",
        "status",
        "perceived_status",
        "perception_gap",
        "disputed",
        "status_if_upheld",
        "fulfilled",
        "partly",
        "not_fulfilled",
    ]
