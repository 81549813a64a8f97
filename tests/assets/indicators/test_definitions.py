"""Definitions as data: complete, answered for, and never changed behind their version."""

import shutil
from datetime import date

import pytest

from assets.indicators.definition_files import DefinitionError, load_definitions, load_responsibilities
from assets.indicators.definitions import build_definitions
from assets.indicators.documentation import PAGE, written_page
from assets.indicators.versions import main, record_fingerprint
from assets.sql_models import SQL_ROOT
from tests.conftest import TARGETS_OF_THE_OFFICES


@pytest.fixture
def copied(tmp_path):
    """A copy of sql/ to spoil."""
    return shutil.copytree(SQL_ROOT, tmp_path / "sql")


def rewrite(root, name, old, new):
    path = root / "indicators" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_contracts_indicators_are_all_defined():
    ids = {definition.indicator_id for definition in load_definitions()}
    own = {"R1.1", "R2.1", "R2.2", "R3.1", *(f"R4.{i}" for i in range(1, 5)), "R5.1", "R5.2", "R5.3"}
    own |= {*(f"R6.{i}" for i in range(1, 5)), "R7.1", "R7.2", "R7.3", *(f"R8.{i}" for i in range(1, 6))}
    own |= {"R9.1", "R9.2", *(f"R{i}.P" for i in range(1, 10)), *(f"V{i}" for i in range(1, 8))}
    assert ids == own


def test_accountability_is_by_the_wording_of_the_role():
    found = {key: said["accountability"] for key, said in load_responsibilities().items()}
    assert found == {
        **dict.fromkeys(("R4", "R9"), "accountable"),
        **dict.fromkeys(("R6", "R8"), "shared"),
        **dict.fromkeys(("R1", "R2", "R3", "R5", "R7"), "supporting"),
    }


@pytest.mark.parametrize(
    ("indicator_id", "target", "partly"),
    [
        ("R1.1", 1.0, None),
        ("R2.1", 2.0, 1.0),
        ("R3.1", 2 / 3, 1 / 3),
        ("R4.1", 0.8, 0.4),
        ("R4.2", None, None),
        ("R4.4", 60.0, 120.0),
        ("R5.2", 1.0, 0.5),
        ("R6.4", 0.3, 0.1),
        ("R7.2", 1.0, 1 / 3),
        ("R8.2", 0.9, 0.7),
        ("R8.5", None, None),
        ("R9.P", 0.7, 0.5),
        ("V7", None, None),
    ],
)
def test_default_targets_are_the_contracts(indicator_id, target, partly):
    definition = next(d for d in load_definitions() if d.indicator_id == indicator_id)
    assert (definition.target("target"), definition.target("partly_target")) == (target, partly)


def test_only_days_to_act_are_better_when_few():
    assert [d.indicator_id for d in load_definitions() if d.said["direction"] == "at_most"] == ["R4.4"]


def test_a_responsibility_without_an_indicator_stops_the_build_by_name(copied):
    for path in (copied / "indicators").glob("r3_1_*"):
        path.unlink()
    with pytest.raises(DefinitionError, match="R3") as raised:
        load_definitions(copied)
    assert raised.value.en == "Responsibility R3 has no indicator in sql/indicators/."


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        ("r1_1_strategic_link.toml", "r1_1_strategic_link.sql has no r1_1_strategic_link.toml"),
        ("r1_1_strategic_link.sql", "r1_1_strategic_link.toml has no r1_1_strategic_link.sql"),
    ],
)
def test_a_model_and_its_definition_stand_side_by_side(copied, gone, said):
    (copied / "indicators" / gone).unlink()
    with pytest.raises(DefinitionError) as raised:
        load_definitions(copied)
    assert said in raised.value.en


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("r2_2_coherence.toml", "de 6 måneder", "de 9 måneder"),
        ("r2_2_coherence.toml", 'target = "1"', 'target = "2"'),
        ("r2_2_coherence.sql", "count(found.record_key)", "count(distinct found.record_key)"),
        ("../evidence/r2_2_coherence.sql", "kind = 'coordination'", "kind in ('coordination', 'sparring')"),
        ("../core/survival.sql", "reached_count < risk_count", "reached_count <= risk_count"),
    ],
)
def test_text_or_sql_changed_without_a_new_version_stops_the_build(copied, name, old, new):
    rewrite(copied, name, old, new)
    with pytest.raises(DefinitionError) as raised:
        load_definitions(copied)
    assert "changed without a new version" in raised.value.en
    assert "ændret uden en ny version" in raised.value.da


def test_a_comment_or_a_line_break_is_no_change(copied):
    rewrite(
        copied, "r2_2_coherence.sql", "from core.units\n", "from\n    core.units  -- a network in a quarter\n"
    )
    assert len(load_definitions(copied)) == len(load_definitions())


def new_version(root, *, number=2, valid_from="2027-01-01"):
    rewrite(root, "r2_2_coherence.toml", "version = 1\nowner", f"version = {number}\nowner")
    path = root / "indicators" / "r2_2_coherence.toml"
    added = (
        f'\n[[versions]]\nversion = {number}\nvalid_from = {valid_from}\napproved_by = "Chefforum"\n'
        'change_da = "Ni måneder."\nchange_en = "Nine months."\nfingerprint = ""\n'
    )
    path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")


def test_a_new_version_answers_for_the_change_and_keeps_the_old_one(copied, connection):
    rewrite(copied, "r2_2_coherence.toml", "de 6 måneder", "de 9 måneder")
    new_version(copied)
    assert record_fingerprint("r2_2_coherence", copied) is True
    connection.execute(TARGETS_OF_THE_OFFICES)
    build_definitions(connection, copied)
    found = connection.execute(
        "select definition_version, valid_from, change_en from definitions.indicator_version "
        "where indicator_id = 'R2.2' order by 1"
    ).fetchall()
    assert found == [(1, date(2026, 1, 1), "First edition."), (2, date(2027, 1, 1), "Nine months.")]
    current = connection.execute(
        "select definition_version, valid_from from definitions.indicator where indicator_id = 'R2.2'"
    ).fetchall()
    assert current == [(2, date(2027, 1, 1))]


@pytest.mark.parametrize(("number", "valid_from"), [(3, "2027-01-01"), (2, "2025-01-01")])
def test_versions_are_numbered_from_one_in_order_of_date(copied, number, valid_from):
    new_version(copied, number=number, valid_from=valid_from)
    record_fingerprint("r2_2_coherence", copied)
    with pytest.raises(DefinitionError, match="in order of date"):
        load_definitions(copied)


def test_a_recorded_fingerprint_is_never_replaced(copied, capsys):
    rewrite(copied, "r2_2_coherence.toml", "de 6 måneder", "de 9 måneder")
    assert record_fingerprint("r2_2_coherence", copied) is False
    main(["r2_2_coherence"])
    assert capsys.readouterr().out == "r2_2_coherence: uændret / unchanged\n"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('unit = "count"', 'unit = "stk."', "unit: stk."),
        ('needs = ["touchpoints"]', 'needs = ["samspil"]', "needs: samspil"),
        ('flags = ["needs_leader"]', 'flags = ["needs_a_leader"]', "flags: needs_a_leader"),
        ('responsibility = "R2"', 'responsibility = "R10"', "responsibility: R10"),
        ('target = "1"\n', "", "target"),
        ('owner = "Netværkssekretariatet"', 'owner = ""', "missing owner"),
        ("limits_en", "limits_uk", "missing limits_en"),
    ],
)
def test_a_field_that_is_missing_or_says_nothing_known_is_named(copied, old, new, said):
    rewrite(copied, "r2_2_coherence.toml", old, new)
    with pytest.raises(DefinitionError) as raised:
        load_definitions(copied)
    assert said in raised.value.en
    assert "r2_2_coherence.toml" in raised.value.da


def test_two_definitions_may_not_share_an_id(copied):
    rewrite(copied, "v7_kroner_granted.toml", 'id = "V7"', 'id = "V6"')
    rewrite(copied, "v7_kroner_granted.toml", "fingerprint = ", 'fingerprint = ""\n# ')
    record_fingerprint("v7_kroner_granted", copied)
    with pytest.raises(DefinitionError, match="V6"):
        load_definitions(copied)


def test_own_targets_stand_beside_the_defaults_and_never_over_them(connection):
    connection.execute(TARGETS_OF_THE_OFFICES)
    connection.execute(
        "insert into settings.targets values "
        "('R1.1', null, 'welfare', date '2026-01-01', 0, null, null, null, 'Aftalt', 'Chefforum')"
    )
    build_definitions(connection)
    found = connection.execute(
        "select organisation_id, network_type, valid_from, target, direction, owner from definitions.target "
        "where indicator_id = 'R1.1' order by valid_from"
    ).fetchall()
    assert found == [
        ("", "", date(1900, 1, 1), 1.0, "at_least", "Netværkssekretariatet"),
        ("", "welfare", date(2026, 1, 1), 0.0, "at_least", "Chefforum"),
    ]


@pytest.mark.parametrize(
    ("indicator_id", "target", "window", "said"),
    [
        ("R4.2", 0.5, "null", "R4.2 has no target"),
        ("R5.3", 0.5, 12, "R5.3 has no window_months"),
        ("V7", 1, "null", "V7 has no target"),
        ("R3.9", 1, "null", "R3.9 has no target"),
    ],
)
def test_the_offices_may_set_only_what_an_indicator_has(connection, indicator_id, target, window, said):
    connection.execute(TARGETS_OF_THE_OFFICES)
    connection.execute(
        "insert into settings.targets values "
        f"('{indicator_id}', null, null, date '2026-01-01', {target}, null, {window}, null, 'Aftalt', 'Ejer')"
    )
    with pytest.raises(DefinitionError) as raised:
        build_definitions(connection)
    assert said in raised.value.en


@pytest.mark.parametrize(
    ("indicator_id", "window", "minimum"),
    [
        ("R1.1", 12, None),
        ("R2.2", 6, None),
        ("R3.1", 6, 3),
        ("R4.2", 24, 3),
        ("R5.3", None, 2),
        ("R2.P", None, 5),
    ],
)
def test_windows_and_minimum_counts_are_the_contracts(indicator_id, window, minimum):
    said = next(d for d in load_definitions() if d.indicator_id == indicator_id).said
    assert (said.get("window_months"), said.get("minimum_count")) == (window, minimum)


def test_the_documentation_is_what_the_definitions_say():
    page = PAGE.read_text(encoding="utf-8")
    assert written_page(page) == page, "run python -m assets.indicators.documentation"
