"""The inbox sensor asks for one run once the files stand still, and for none when nothing is new."""

import os
import subprocess
import sys

import dagster as dg
import pytest

from assets.home import Home
from assets.warehouse import open_warehouse
from pipelines.sensors import name_deliveries, new_delivery

HOLD = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    home = Home.create(tmp_path / "hjem")
    monkeypatch.setenv("NETVAERDI_HOME", str(home.root))
    return home


def drop(home, name, text, at=1_700_000_000):
    path = home.inbox / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (at, at))


def look_again(cursor=None):
    context = dg.build_sensor_context(cursor=cursor)
    result = new_delivery(context)
    if isinstance(result, dg.SkipReason):
        return [], context.cursor
    return result.run_requests, result.cursor


def test_an_empty_inbox_asks_for_nothing(home):
    assert look_again()[0] == []


def test_a_file_that_has_just_come_is_left_alone(home):
    drop(home, "Puls.csv", "a")
    assert look_again()[0] == []


def test_a_file_that_is_still_growing_is_left_alone(home):
    drop(home, "Puls.csv", "a")
    _, cursor = look_again()
    drop(home, "Puls.csv", "ab")
    assert look_again(cursor)[0] == []


def test_a_file_that_stood_still_starts_one_run_that_names_it(home):
    drop(home, "aarhus/Puls.csv", "a")
    _, cursor = look_again()
    requests, cursor = look_again(cursor)
    assert [request.tags["netvaerdi/delivery"] for request in requests] == ["aarhus/Puls.csv"]
    assert look_again(cursor)[0] == []


def test_a_corrected_file_starts_another_run_that_names_only_it(home):
    drop(home, "a.csv", "1")
    drop(home, "b.csv", "1")
    _, cursor = look_again()
    _, cursor = look_again(cursor)
    drop(home, "b.csv", "22", at=1_700_000_100)
    _, cursor = look_again(cursor)
    requests, _ = look_again(cursor)
    assert [request.tags["netvaerdi/delivery"] for request in requests] == ["b.csv"]


def test_the_same_state_of_the_inbox_has_the_same_run_key(home):  # F28
    drop(home, "a.csv", "1")
    _, cursor = look_again()
    first, _ = look_again(cursor)
    second, _ = look_again(cursor)
    assert first[0].run_key == second[0].run_key


def test_a_lock_file_of_an_office_program_is_no_delivery(home):
    drop(home, "~$netvaerk.xlsx", "x")
    drop(home, ".gitkeep", "")
    _, cursor = look_again()
    assert look_again(cursor)[0] == []


def test_the_sensor_can_be_switched_off_in_the_settings(home):
    home.settings_file.write_text("inbox_sensor = false\n", encoding="utf-8")
    drop(home, "a.csv", "1")
    _, cursor = look_again()
    assert look_again(cursor)[0] == []


def test_a_file_that_a_run_has_already_taken_in_starts_nothing(home):
    drop(home, "a.csv", "1")
    with open_warehouse(home.warehouse_file) as connection:
        connection.execute(
            "create table raw.delivery as select 'a.csv' as path, sha256('1') as sha256, "
            "1 as sequence, 'current' as state"
        )
    _, cursor = look_again()
    assert look_again(cursor)[0] == []


def test_while_a_run_holds_the_warehouse_nothing_is_asked_and_nothing_forgotten(home):  # F35
    drop(home, "a.csv", "1")
    _, cursor = look_again()
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home.warehouse_file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout.readline().strip() == b"held"
    requests, cursor = look_again(cursor)
    holder.communicate(b"go")
    assert requests == []
    assert len(look_again(cursor)[0]) == 1


def test_a_home_that_is_not_there_is_no_error(tmp_path, monkeypatch):
    monkeypatch.setenv("NETVAERDI_HOME", str(tmp_path / "ingen"))
    assert look_again()[0] == []


def test_many_deliveries_are_named_by_the_first_and_their_number():
    assert name_deliveries(["a.csv", "b.csv", "c.csv"]) == "a.csv + 2"
