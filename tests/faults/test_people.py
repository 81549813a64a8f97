"""Roles and keys: F54 and F55."""

import hashlib

import pytest

from assets.access_log import check
from assets.home import Home
from assets.operations.backup import backup, restore
from assets.people.keys import KeyFileError, key_path, keys_of, read_keys
from assets.people.permissions import apply_permissions, wrong_permissions
from assets.people.roles import NotAllowed, database_for, products, require, roles

STAFF = [f"P-{number}" for number in range(2_000)]


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.delenv("NETVAERDI_KEY_FILE", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return Home.create(tmp_path / "hjem")


@pytest.mark.parametrize("role", [role.id for role in roles()])
def test_f54_a_role_gets_exactly_what_its_table_says(role):
    for product in products():
        if product.sees[role] == "none":
            with pytest.raises(NotAllowed):
                require(role, product.id)
        else:
            assert require(role, product.id) == product.sees[role]


def test_f54_only_the_auditor_may_ask_the_file_that_speaks_of_leaders(home):
    may = {}
    for role in roles():
        try:
            may[role.id] = database_for(home, role.id).name
        except NotAllowed:
            may[role.id] = None
    assert [role for role, name in may.items() if name == home.database.name] == ["auditor"]
    assert (may["leader"], may["superior"]) == (None, None)


def test_f54_what_a_role_must_not_read_is_closed_to_it_on_the_disk(home):
    home.warehouse_file.parent.chmod(0o755)
    assert any(place.startswith("warehouse") for place in wrong_permissions(home))
    assert apply_permissions(home) == []
    assert wrong_permissions(home) == []


def test_f54_a_role_that_is_not_there_sees_nothing():
    with pytest.raises(NotAllowed, match="ingen rolle"):
        require("chef", "management_report")


def test_f55_a_pseudonym_cannot_be_found_by_hashing_the_staff_list(home):
    keys = keys_of(home)
    pseudonyms = {keys.pseudonym_of("KOMMUNEN", "people", person) for person in STAFF}
    assert len(pseudonyms) == len(STAFF)
    forms = (
        "{}",
        "people{}",
        "KOMMUNEN{}",
        "KOMMUNEN\x1fpeople\x1f{}",
        "pseudonym\x1fKOMMUNEN\x1fpeople\x1f{}",
    )
    guesses = {
        hashlib.new(kind, form.format(text).encode()).hexdigest()[:20]
        for kind in ("sha256", "sha1", "md5", "sha512")
        for form in forms
        for person in STAFF
        for text in (person, person.casefold())
    }
    assert not pseudonyms & guesses


def test_f55_the_key_lies_outside_of_the_home_and_of_its_backup(home, tmp_path, monkeypatch):
    keys = keys_of(home)
    assert not key_path(home).is_relative_to(home.root)
    assert key_path(home).stat().st_mode & 0o077 == 0
    made = backup(home, tmp_path / "kopi.tar.gz")
    again = restore(made.path, tmp_path / "igen")
    secrets = [value.encode() for value in (keys.pseudonym, keys.tombstone)]
    for path in again.root.rglob("*"):
        assert not path.is_file() or not any(secret in path.read_bytes() for secret in secrets)
    monkeypatch.setenv("NETVAERDI_KEY_FILE", str(home.root / "warehouse" / "nøgle"))
    with pytest.raises(KeyFileError, match="uden for"):
        key_path(home)


def test_f55_a_key_that_others_can_read_is_refused(home):
    keys_of(home)
    key_path(home).chmod(0o644)
    with pytest.raises(KeyFileError, match="chmod 600"):
        read_keys(home)
    assert check(home.root / "intet.log").intact
