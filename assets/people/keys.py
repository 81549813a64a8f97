"""The key that turns ids into pseudonyms and remembers who was erased; kept apart from all it protects.

It stands outside the home, the repository and the backup: ``NETVAERDI_KEY_FILE``, else
``netvaerdi/<id of the home>.key`` below ``XDG_CONFIG_HOME`` or ``~/.config``. It holds two keys: one for
pseudonyms, which can be changed, and one for tombstones, which outlives every change, for by it alone an
erased person is known again in an old file.
"""

import hashlib
import hmac
import json
import os
import secrets
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path

from assets.clock import now
from assets.errors import TwoLanguageError
from assets.home import Home
from assets.raw.cells import read_identifier

KEY_FILE_VARIABLE = "NETVAERDI_KEY_FILE"
KEY_BYTES = 32
PSEUDONYM_LETTERS = 20  # 80 bits: no two of a municipality's ids meet


class KeyFileError(TwoLanguageError):
    """The key cannot be read, made or trusted."""


@dataclass(frozen=True)
class Keys:
    """Both keys as hex; ``generation`` counts the rotations of the pseudonyms' key, from 1."""

    pseudonym: str
    tombstone: str
    generation: int
    made_at: str

    @property
    def tombstone_key_id(self) -> str:
        """By which a tombstone says whose key it was made with."""
        return hashlib.sha256(bytes.fromhex(self.tombstone)).hexdigest()[:16]

    def pseudonym_of(self, organisation: str, kind: str, identifier: str) -> str:
        """A keyed pseudonym; one id of a kind and organisation has one in each generation of the key."""
        said = "\x1f".join(("pseudonym", organisation, kind, normal(identifier)))
        return _digest(self.pseudonym, said)[:PSEUDONYM_LETTERS]

    def tombstone_of(self, organisation: str, kind: str, text: str) -> str:
        """What is remembered of an erased id or name; without the key nobody can tell whose it is."""
        return _digest(self.tombstone, "\x1f".join(("tombstone", organisation, kind, normal(text))))


def normal(text: str) -> str:
    """A text by the identifier rules, folded, so that spellings meet."""
    return (read_identifier(text) or "").casefold()


def _digest(key: str, said: str) -> str:
    return hmac.digest(bytes.fromhex(key), said.encode(), hashlib.sha256).hex()


def key_path(home: Home) -> Path:
    """Where the key of a home stands.

    Raises:
        KeyFileError: It would stand inside the home, beside what it protects.
    """
    named = os.environ.get(KEY_FILE_VARIABLE)
    if named:
        path = Path(named).expanduser().absolute()
    else:
        config = Path(os.environ.get("XDG_CONFIG_HOME") or "~/.config").expanduser()
        path = config.absolute() / "netvaerdi" / f"{home_id(home)}.key"
    if path.resolve().is_relative_to(home.root.resolve()):
        raise KeyFileError(
            f"Nøglen må ikke ligge i hjemmet; sæt {KEY_FILE_VARIABLE} til et sted uden for det.",
            f"The key may not lie in the home; set {KEY_FILE_VARIABLE} to a place outside of it.",
        )
    return path


def home_id(home: Home) -> str:
    """The home's own id, made once; it follows the home when that is moved or restored."""
    path = home.warehouse_file.with_name("home.id")
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(uuid.uuid4().hex + "\n", encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def read_keys(home: Home) -> Keys | None:
    """The keys; None where none were made yet.

    Raises:
        KeyFileError: The file is there but others may read it, or it is no key file.
    """
    path = key_path(home)
    if not path.exists():
        return None
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise KeyFileError(
            f"Andre kan læse nøglen {path}: kør chmod 600, og skift den (netvaerdi research --rotate).",
            f"Others can read the key {path}: chmod 600 it, rotate it (netvaerdi research --rotate).",
        )
    try:
        keys = Keys(**json.loads(path.read_text(encoding="ascii")))
        if min(len(bytes.fromhex(keys.pseudonym)), len(bytes.fromhex(keys.tombstone))) < KEY_BYTES:
            raise ValueError("short")
    except (OSError, ValueError, TypeError) as error:
        raise KeyFileError(
            f"{path} er ikke en nøglefil. Læg kopien af nøglen tilbage.",
            f"{path} is no key file. Put the copy of the key back.",
        ) from error
    return keys


def keys_of(home: Home) -> Keys:
    """The keys, made on first use. Raises :class:`KeyFileError` where they cannot be written."""
    found = read_keys(home)
    if found is not None:
        return found
    fresh = Keys(secrets.token_hex(KEY_BYTES), secrets.token_hex(KEY_BYTES), 1, now().isoformat())
    _write(key_path(home), fresh)
    return fresh


def rotate(home: Home) -> Keys:
    """Make a new key for pseudonyms: earlier research files can no longer be joined with later ones."""
    old = keys_of(home)
    fresh = Keys(secrets.token_hex(KEY_BYTES), old.tombstone, old.generation + 1, now().isoformat())
    _write(key_path(home), fresh)
    return fresh


def _write(path: Path, keys: Keys) -> None:
    aside = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        aside.unlink(missing_ok=True)
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            json.dump(asdict(keys), file)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        raise KeyFileError(
            f"Nøglen kan ikke skrives i {path.parent}: {error.strerror}. Sæt {KEY_FILE_VARIABLE}.",
            f"The key cannot be written in {path.parent}: {error.strerror}. Set {KEY_FILE_VARIABLE}.",
        ) from error
