"""F55: pseudonyms are keyed, and the key stands outside the home."""

import hashlib
import hmac

import pytest

from assets.home import Home
from assets.people.keys import KeyFileError, key_path, keys_of, read_keys, rotate

STAFF = [f"P-{number}" for number in range(200)]


@pytest.fixture
def fresh(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return Home.create(tmp_path / "home")


def test_f55_hashing_the_staff_list_reverses_no_pseudonym(fresh):
    pseudonym = keys_of(fresh).pseudonym_of("ABY", "person", "P-13")
    for name in ("md5", "sha1", "sha256", "sha512"):
        for person in STAFF:
            digest = hashlib.new(name, person.encode()).hexdigest()
            keyed = hmac.new(b"ABY", person.encode(), name).hexdigest()
            assert pseudonym not in (digest[:20], keyed[:20])


def test_f55_the_key_is_made_once_outside_the_home_and_only_its_owner_reads_it(fresh):
    keys = keys_of(fresh)
    path = key_path(fresh)
    assert not path.is_relative_to(fresh.root)
    assert path.stat().st_mode & 0o777 == 0o600
    assert keys_of(fresh) == keys
    within = [file for file in fresh.root.rglob("*") if file.is_file()]
    assert within
    assert not any(keys.pseudonym in file.read_text(encoding="utf-8") for file in within)


def test_one_id_has_one_pseudonym_until_the_key_is_changed(fresh):
    keys = keys_of(fresh)
    first = keys.pseudonym_of("ABY", "person", "P-13")
    assert keys.pseudonym_of("ABY", "person", " p\u201113 ") == first
    assert keys.pseudonym_of("BEBY", "person", "P-13") != first
    changed = rotate(fresh)
    assert changed.pseudonym_of("ABY", "person", "P-13") != first
    assert changed.generation == 2
    assert changed.tombstone == keys.tombstone


def test_a_key_in_the_home_or_readable_by_others_is_refused(fresh, monkeypatch):
    keys_of(fresh)
    key_path(fresh).chmod(0o644)
    with pytest.raises(KeyFileError):
        read_keys(fresh)
    monkeypatch.setenv("NETVAERDI_KEY_FILE", str(fresh.root / "warehouse" / "my.key"))
    with pytest.raises(KeyFileError):
        key_path(fresh)
