"""Dialogue sheets as files: ``dialogue/<organisation>/<period>/<network>_<period>_<lang>.html``.

Folders are 0700 and files 0600 from the moment they exist; a file's name holds no name of a person.
"""

import hashlib
import os
import re
import shutil
from pathlib import Path

from assets.publication.file_steps import building_path, put_in_place

FOLDER_MODE, FILE_MODE = 0o700, 0o600
NOTE = "rettelser"
_PLAIN = re.compile(r"[^A-Z0-9ÆØÅ.\-]+")


def file_name(network_id: str, period: str, lang: str) -> str:
    """The file's name: network and period. What it may not hold is replaced, and told apart by a hash."""
    plain = _PLAIN.sub("-", network_id)
    if plain != network_id:
        plain = f"{plain}-{hashlib.sha256(network_id.encode()).hexdigest()[:8]}"
    return f"{plain}_{period}_{lang}.html"


def note_path(sheet: Path) -> Path:
    """The note of restatements that lies beside a final sheet: ``N-1_2026Q2_rettelser_da.html``."""
    stem, _, lang = sheet.stem.rpartition("_")
    return sheet.with_name(f"{stem}_{NOTE}_{lang}.html")


def remove_sheets(folder: Path, organisation_id: str) -> None:
    """Take every sheet of an organisation away; nothing where it has none."""
    place = folder / organisation_id
    if place.is_dir():
        shutil.rmtree(place)


def own_folder(folder: Path, organisation_id: str, period: str) -> Path:
    """``<folder>/<organisation>/<period>``, each of the three readable by its owner only."""
    place = folder / organisation_id / period
    for one in (folder, place.parent, place):
        one.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        one.chmod(FOLDER_MODE)
    return place


def write_private(path: Path, content: bytes) -> None:
    """Write a file whole, readable by its owner only at every moment."""
    building = building_path(path)
    building.unlink(missing_ok=True)
    try:
        descriptor = os.open(building, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        put_in_place(building, path)
    finally:
        building.unlink(missing_ok=True)
