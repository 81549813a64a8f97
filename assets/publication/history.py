"""The publications that were: every manifest, and the last of them whole, in ``published/history``."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from assets.home import Home
from assets.publication.chain import DATABASE, MANIFEST, Entry
from assets.publication.file_steps import building_path, copy_whole, sync_folder, write_whole
from assets.publication.seal import history_folder


def keep(home: Home, entry: Entry, manifest: bytes, database: Path) -> Path:
    """Put a publication into the history, whole or not at all; its folder.

    A folder of the same sequence is of a run that was killed before it published, and is replaced.
    """
    history = history_folder(home)
    history.mkdir(parents=True, exist_ok=True)
    for stale in history.glob(f"{entry.sequence:06d}-*"):
        shutil.rmtree(stale)
    folder = history / entry.folder
    building = building_path(folder)
    building.mkdir()
    write_whole(building / MANIFEST, manifest)
    copy_whole(database, building / DATABASE)
    building.rename(folder)
    sync_folder(history)
    return folder


def prune(home: Home, chain: Sequence[Entry], kept: int) -> None:
    """Keep the last ``kept`` different publications whole; of the others the manifest stays."""
    whole: dict[str, Entry] = {}
    for entry in reversed(chain):
        if len(whole) < kept:
            whole.setdefault(entry.content_hash, entry)
    for entry in chain:
        if whole.get(entry.content_hash) != entry:
            (history_folder(home) / entry.folder / DATABASE).unlink(missing_ok=True)
