"""A home in one file, and back again to the same figures.

The warehouse is checkpointed and closed before it is copied, under the writer's lock: a copy taken beside
its write-ahead log would lose rows in silence. Every file's hash stands in the backup, and is checked
before a restored home is taken into use. Keys are never part of it.
"""

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from assets.clock import now
from assets.errors import TwoLanguageError
from assets.home import FOLDERS, MARK, Home, check_claimable
from assets.publication.file_steps import sync_folder
from assets.writer import hold_writer

MANIFEST = "backup.json"
FORMAT = 1
# Runs and logs of Dagster belong to the machine, and a key kept with what it opens protects nothing.
LEFT_OUT_FOLDERS = ("dagster",)
LEFT_OUT_SUFFIXES = (".key", ".lock", ".part", ".wal")
CHUNK = 1 << 20

Progress = Callable[[str, str], None]


class BackupError(TwoLanguageError):
    """The backup could not be made, or is not whole."""


@dataclass(frozen=True)
class Backup:
    """What a backup holds: files, their bytes together, and the hash of its manifest."""

    path: Path
    files: int
    bytes: int
    manifest_sha256: str


def backup(home: Home, target: Path, *, progress: Progress = lambda da, en: None) -> Backup:
    """Write the home into ``target`` (a ``.tar.gz``), whole or not at all.

    Raises:
        BackupError: The target exists, lies in the home, or cannot be written.
        WriterBusy: A run holds the warehouse.
    """
    target = target.absolute()
    if target.exists():
        raise BackupError(f"{target} findes allerede.", f"{target} is already there.")
    if target.is_relative_to(home.root):
        raise BackupError(
            "Sikkerhedskopien må ikke ligge i den mappe, den er en kopi af.",
            "The backup may not lie in the folder it is a copy of.",
        )
    with hold_writer(home, "netvaerdi backup", on_wait=progress):
        return write_backup(home, target, progress=progress)


def write_backup(home: Home, target: Path, *, progress: Progress = lambda da, en: None) -> Backup:
    """Write the home into ``target``, whole or not at all, as its one writer.

    Raises:
        BackupError: The target cannot be written.
    """
    aside = target.with_name(f".{target.name}.part")
    _settle(home.warehouse_file)
    entries = [_entry(home.root, path) for path in _files(home.root)]
    manifest = json.dumps(
        {"format": FORMAT, "made_at": now().isoformat(), "files": entries}, indent=1, ensure_ascii=False
    ).encode()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # It holds everything that the home does: its owner's alone, from the first byte.
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=3) as tar:
                header = tarfile.TarInfo(MANIFEST)
                header.size = len(manifest)
                tar.addfile(header, io.BytesIO(manifest))
                for number, entry in enumerate(entries, start=1):
                    progress(f"{number} af {len(entries)} filer", f"{number} of {len(entries)} files")
                    tar.add(home.root / str(entry["path"]), arcname=str(entry["path"]), recursive=False)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        with suppress(OSError):  # where there is no folder, there is nothing to remove
            aside.unlink(missing_ok=True)
        raise BackupError(
            f"Sikkerhedskopien kunne ikke skrives: {error.strerror}.",
            f"The backup could not be written: {error.strerror}.",
        ) from error
    size = sum(int(str(entry["bytes"])) for entry in entries)
    return Backup(target, len(entries), size, hashlib.sha256(manifest).hexdigest())


def restore(source: Path, root: Path, *, progress: Progress = lambda da, en: None) -> Home:
    """Lay a backup out as the home ``root``, which must be empty or not there.

    Raises:
        BackupError: The backup is damaged: the first file that is not as its manifest says is named, and
            nothing is left at ``root``.
        HomeError: ``root`` holds something.
    """
    root = root.expanduser().absolute()
    check_claimable(root)
    if (root / MARK).exists():
        raise BackupError(
            f"{root} er allerede en Netværdi-mappe; vælg en tom.",
            f"{root} is a Netværdi home; choose an empty one.",
        )
    root.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{root.name}.", dir=root.parent))
    try:
        try:
            with tarfile.open(source, mode="r:gz") as tar:
                tar.extractall(aside, filter="data")
        except (OSError, EOFError, tarfile.TarError) as error:
            raise BackupError(
                f"{source.name} er ikke en hel sikkerhedskopi.", f"{source.name} is not a whole backup."
            ) from error
        _check(aside, progress)
        (aside / MANIFEST).unlink()
        for name in FOLDERS:
            (aside / name).mkdir(exist_ok=True)
        if root.exists():
            root.rmdir()
        aside.replace(root)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return Home.open(root)


def _settle(warehouse: Path) -> None:
    """Write everything into the warehouse file itself, so that a copy of it is whole."""
    if not warehouse.exists():
        return
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("checkpoint")
    if warehouse.with_name(f"{warehouse.name}.wal").exists():
        raise BackupError(
            "Datalageret har stadig en log ved siden af sig; kør igen.",
            "The warehouse still has a log beside it; run again.",
        )


def _files(root: Path) -> Iterator[Path]:
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        left_out = inside.parts[0] in LEFT_OUT_FOLDERS or path.suffix in LEFT_OUT_SUFFIXES
        if path.is_file() and not path.is_symlink() and not left_out:
            yield path


def _entry(root: Path, path: Path) -> dict[str, str | int]:
    return {
        "path": path.relative_to(root).as_posix(),
        "bytes": path.stat().st_size,
        "sha256": _sha256(path),
    }


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _check(folder: Path, progress: Progress) -> None:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        entries = manifest["files"]
        known = manifest["format"] == FORMAT
    except (OSError, ValueError, KeyError) as error:
        raise BackupError(
            "Sikkerhedskopien har ingen indholdsliste.", "The backup has no list of its contents."
        ) from error
    if not known:
        raise BackupError("Sikkerhedskopien har et ukendt format.", "The backup has an unknown format.")
    for number, entry in enumerate(entries, start=1):
        progress(f"{number} af {len(entries)} filer", f"{number} of {len(entries)} files")
        path = folder / entry["path"]
        if not path.is_file() or _sha256(path) != entry["sha256"]:
            raise BackupError(
                f"Sikkerhedskopien er beskadiget: {entry['path']} er ikke, som den var.",
                f"The backup is damaged: {entry['path']} is not as it was.",
            )
    listed = {entry["path"] for entry in entries} | {MANIFEST}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in listed:
            raise BackupError(
                f"Sikkerhedskopien er ændret: {name} er kommet til.",
                f"The backup was changed: {name} was added.",
            )
