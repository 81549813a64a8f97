"""Backup, restore and doctor as the command."""

import pytest

from tests.assets.publication.conftest import filled_home, published_home
from tests.faults.work import content_of, copied

__all__ = ("filled_home", "published_home")


@pytest.fixture
def home(published_home, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return copied(published_home, tmp_path)


def test_a_restored_home_has_the_content_hash_of_the_one_that_was_copied(netvaerdi, home, tmp_path):
    (tmp_path / "kopier").mkdir()
    status, words = netvaerdi("backup", tmp_path / "kopier", "--home", home.root)
    assert status == 0, words
    (made,) = (tmp_path / "kopier").iterdir()
    _, words = netvaerdi("restore", made, "--home", tmp_path / "igen")
    assert str(tmp_path / "igen") in words
    assert content_of(type(home)(tmp_path / "igen")) == content_of(home)


def test_a_restore_over_something_is_refused(netvaerdi, home, tmp_path):
    netvaerdi("backup", tmp_path / "kopi.tar.gz", "--home", home.root)
    status, words = netvaerdi("restore", tmp_path / "kopi.tar.gz", "--home", home.root)
    assert status == 2
    assert "vælg en tom" in words


def test_the_doctor_lists_every_check_and_ends_with_1_when_something_is_wrong(netvaerdi, home):
    home.archive.chmod(0o777)
    status, words = netvaerdi("doctor", "--home", home.root)
    assert status == 1
    assert "✗ rettigheder / rights" in words
    assert "datas alder / age of data" in words


def test_init_makes_an_empty_folder_a_home_and_leaves_one_that_is_there(netvaerdi, tmp_path):
    place = tmp_path / "tom"
    place.mkdir()
    status, words = netvaerdi("init", "--home", place)
    assert status == 0
    assert (
        "er klar" in words and (place / "dagster" / "dagster.yaml").is_file() and (place / "inbox").is_dir()
    )
    (place / "netvaerdi.toml").write_text("languages = ['da']", encoding="utf-8")
    assert netvaerdi("init", "--home", place)[0] == 0
    assert (place / "netvaerdi.toml").read_text(encoding="utf-8") == "languages = ['da']"
    status, words = netvaerdi("doctor", "--home", place)
    assert status == 0, words
    (tmp_path / "fremmed").mkdir()
    (tmp_path / "fremmed" / "brev.txt").write_text("nej", encoding="utf-8")
    assert netvaerdi("init", "--home", tmp_path / "fremmed")[0] == 2


def test_the_doctor_needs_a_home(netvaerdi, tmp_path):
    status, words = netvaerdi("doctor", "--home", tmp_path / "intet")
    assert status == 2
    assert "findes ikke" in words
