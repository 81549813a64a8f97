"""The doctor names what is wrong with an installation and how it is mended."""

import pytest

from assets.home import Home
from assets.operations import doctor, space
from assets.operations.doctor import examine
from assets.people.keys import key_path, keys_of
from assets.people.matching import tombstones_of
from assets.people.permissions import apply_permissions
from assets.people.sealed import note_tombstones
from assets.writer import hold_writer
from tests.assets.publication.conftest import filled_home, published_home
from tests.faults.work import copied

__all__ = ("filled_home", "published_home")


@pytest.fixture
def home(published_home, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    home = copied(published_home, tmp_path)
    apply_permissions(home)
    return home


def states(home: Home):
    return {check.name: check.state for check in examine(home)}


def said(home: Home, name):
    return next(check.da for check in examine(home) if check.name == name)


def test_a_sound_installation_has_nothing_wrong(home):
    assert "wrong" not in states(home).values()


def test_an_unknown_setting_is_named(home):
    home.settings_file.write_text("indbakke = 'x'\n", encoding="utf-8")
    assert states(home)["settings"] == "wrong"
    assert "indbakke" in said(home, "settings")


def test_a_folder_others_can_read_is_named(home):
    home.archive.chmod(0o755)
    assert states(home)["rights"] == "wrong"
    assert "archive" in said(home, "rights")


def test_too_little_space_says_how_much_a_run_needs(home, monkeypatch):
    monkeypatch.setattr(space, "SPARE_BYTES", 10**18)
    assert states(home)["space"] == "wrong"
    assert "keep_publications" in said(home, "space")
    (check,) = [one for one in examine(home) if one.name == "space"]
    assert "1.000.000.000." in check.da and "1,000,000,000," in check.en


def test_a_damaged_database_says_to_restore(home):
    home.warehouse_file.write_bytes(home.warehouse_file.read_bytes()[:-5_000])
    assert states(home)["databases"] == "wrong"
    assert "netvaerdi restore" in said(home, "databases")
    assert "warehouse/netvaerdi.duckdb" in said(home, "databases")
    assert "published" not in said(home, "databases")


def test_a_key_that_others_read_or_that_is_none_says_what_to_do(home):
    keys_of(home)
    path = key_path(home)
    assert states(home)["key"] == "ok"
    path.chmod(0o644)
    assert "chmod 600" in said(home, "key")
    path.chmod(0o600)
    path.write_text("{}", encoding="ascii")
    assert "Læg kopien af nøglen tilbage" in said(home, "key")


def test_a_key_lost_after_somebody_was_erased_is_to_be_put_back(home):
    note_tombstones(home, tombstones_of(keys_of(home), "ABY", ["P-13"]))
    path = key_path(home)
    path.rename(path.with_name("elsewhere"))
    assert states(home)["key"] == "wrong"
    assert "Læg den tilbage" in said(home, "key")
    path.with_name("elsewhere").rename(path)
    assert states(home)["key"] == "ok"


def test_a_changed_log_of_publications_points_to_verify(home):
    log = home.published / "history" / "log.jsonl"
    log.write_text(log.read_text(encoding="utf-8").replace("a", "b"), encoding="utf-8")
    assert "netvaerdi verify" in said(home, "key")


def test_while_a_run_is_at_work_the_warehouse_is_left_alone(home):
    with hold_writer(home, "netvaerdi run"):
        assert "en kørsel er i gang" in said(home, "databases")


def test_a_clock_behind_the_last_delivery_is_wrong(home, monkeypatch):
    monkeypatch.setattr(doctor, "now", lambda: doctor.datetime(2020, 1, 1, tzinfo=doctor.UTC))
    assert states(home)["clock"] == "wrong"


def test_old_data_are_a_warning_with_their_day(home, monkeypatch):
    monkeypatch.setattr(doctor, "now", lambda: doctor.datetime(2029, 1, 1, tzinfo=doctor.UTC))
    assert states(home)["age"] == "warning"
    assert "bed afsenderne" in said(home, "age")


def test_another_version_than_the_tested_is_named(home, monkeypatch):
    monkeypatch.setattr(doctor, "requires", lambda name: ["duckdb==0.1"])
    assert "duckdb" in said(home, "versions")
