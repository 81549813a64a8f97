"""The demo municipality: the same each time, all of it invented, and dated no later than it says."""

from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from assets.contract import KINDS
from assets.demo.municipality import AS_OF, NEIGHBOUR, ORGANISATION, demo_records, write_demo
from assets.demo.plans import read_networks
from assets.settings_contract import SETTINGS_FILE

PLANS = {"planned_end", "planned_date", "valid_to", "removed_date"}


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "inbox"
    write_demo(folder)
    return folder


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_seed_writes_the_same_bytes(inbox: Path, tmp_path: Path) -> None:
    write_demo(tmp_path)
    assert _bytes(tmp_path) == _bytes(inbox)


def test_another_seed_moves_days_and_answers_but_not_the_stories() -> None:
    ours, other = demo_records(), demo_records(seed=7)
    assert ours["touchpoints"] != other["touchpoints"]
    assert ours["pulse"] != other["pulse"]
    for kind in ("networks", "phases", "solutions", "applications", "adoption_events", "ownership"):
        assert ours[kind] == other[kind]


def test_the_inbox_holds_settings_and_a_folder_for_each_organisation(inbox: Path) -> None:
    assert {path.name for path in inbox.iterdir()} == {SETTINGS_FILE, ORGANISATION, NEIGHBOUR}
    assert [path.name for path in (inbox / ORGANISATION).glob("*.csv")] == ["Puls.csv"]
    assert len(list((inbox / ORGANISATION).glob("*.xlsx"))) >= 5


def test_every_sheet_says_that_its_data_are_made_up(inbox: Path) -> None:
    for path in inbox.rglob("*.xlsx"):
        workbook = openpyxl.load_workbook(path)
        for sheet in workbook.worksheets:
            assert "Syntetiske data" in str(sheet["A1"].value), (path.name, sheet.title)
    first_line = (inbox / ORGANISATION / "Puls.csv").read_text(encoding="cp1252").splitlines()[0]
    assert "Syntetiske data" in first_line


def test_one_sheet_is_hidden_and_one_column(inbox: Path) -> None:
    money = openpyxl.load_workbook(inbox / ORGANISATION / "Løsninger og penge.xlsx")
    assert [sheet.title for sheet in money.worksheets if sheet.sheet_state == "hidden"] == ["Lister"]
    people = openpyxl.load_workbook(inbox / ORGANISATION / "Ledere og medarbejdere.xlsx")["Personer"]
    hidden = [letter for letter, column in people.column_dimensions.items() if column.hidden]
    assert [people[f"{letter}4"].value for letter in hidden] == ["Overordnet"]


def test_amounts_and_dates_are_written_in_more_than_one_way(inbox: Path) -> None:
    sheet = openpyxl.load_workbook(inbox / ORGANISATION / "Løsninger og penge.xlsx")["Ansøgninger"]
    headings = [cell.value for cell in sheet[4]]
    applied = [
        row[headings.index("Ansøgt beløb (kr.)")] for row in sheet.iter_rows(min_row=5, values_only=True)
    ]
    sent = [row[headings.index("Ansøgningsdato")] for row in sheet.iter_rows(min_row=5, values_only=True)]
    assert {type(cell) for cell in applied} == {int, str}
    assert any(str(cell).endswith(",-") for cell in applied)
    assert any(isinstance(cell, date) for cell in sent)
    assert any(isinstance(cell, str) and "." in cell for cell in sent)


def test_every_kind_is_filled_and_the_whole_has_a_real_municipality_s_size() -> None:
    records = demo_records()
    assert set(records) == {kind.name for kind in KINDS}
    assert all(records.values())
    assert 14 <= len(records["networks"]) <= 18
    assert 70 <= len({row["person_id"] for row in records["people"]}) <= 100
    assert 2000 <= sum(len(rows) for rows in records.values()) <= 6000
    leaders = {row["person_id"] for row in records["roles"] if row["role"] == "reference_leader"}
    assert len(leaders) == 12
    assert {row["network_type"] for row in records["networks"]} == {"innovation", "learning", "welfare"}


def test_people_moved_and_were_promoted() -> None:
    people = demo_records()["people"]
    rows = Counter(row["person_id"] for row in people)
    units = {person: {row["unit"] for row in people if row["person_id"] == person} for person in rows}
    levels = {person: {row["level"] for row in people if row["person_id"] == person} for person in rows}
    assert sum(len(names) > 1 for names in units.values()) >= 8
    assert sum(len(numbers) > 1 for numbers in levels.values()) >= 6


def test_nothing_but_plans_is_dated_after_the_day_the_demo_looks_from() -> None:
    late = [
        (kind, name)
        for kind, rows in demo_records().items()
        for row in rows
        for name, value in row.items()
        if isinstance(value, date) and value > AS_OF and name not in PLANS
    ]
    assert late == []


def test_what_a_network_s_plan_says_happened_is_dated_within_its_life() -> None:
    for network in read_networks():
        ended = network.end or AS_OF
        days = [stretch.since for stretch in network.stretches]
        days += [central.identified for central in network.central]
        days += [answer[0] for central in network.central for answer in central.answers]
        days += [entry[0] for entry in network.script]
        assert all(network.start <= day <= ended for day in days), network.network_id


def test_who_is_named_as_manager_worked_in_that_unit_on_that_day() -> None:
    records = demo_records()
    renamed = {"Hjemmeplejen Nord", "Omsorg Nord"}
    for event in records["adoption_events"]:
        units = {
            row["unit"]
            for row in records["people"]
            if row["person_id"] == event["manager_id"]
            and row["valid_from"] <= event["date"]
            and (row["valid_to"] is None or event["date"] <= row["valid_to"])
        }
        assert event["unit"] in units or (event["unit"] in renamed and units <= renamed), event["event_id"]


def test_test_capital_and_external_grants_are_of_a_real_size() -> None:
    applications = demo_records()["applications"]
    tests = [row["amount_applied"] for row in applications if row["purpose"] == "test"]
    external = [
        row["amount_granted"]
        for row in applications
        if row["source"] == "external" and row["amount_granted"] is not None
    ]
    assert all(5_000 <= amount <= 150_000 for amount in tests)
    assert all(50_000 <= amount <= 650_000 for amount in external)
