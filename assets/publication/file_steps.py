"""Steps that make a file appear whole or not at all, also when the process is killed between them."""

import os
import shutil
from pathlib import Path

BUILDING = ".building."


def clear_leftovers(folder: Path) -> list[str]:
    """Remove what a killed run left under a building name in the folder or below; the names removed."""
    removed = []
    for path in sorted(folder.rglob(f"{BUILDING}*"), reverse=True):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
        removed.append(path.name)
    return removed


def building_path(target: Path) -> Path:
    """Where a file is built before it takes its name: in the same folder, so that moving is one step."""
    return target.with_name(f"{BUILDING}{target.name}")


def put_in_place(building: Path, target: Path) -> None:
    """Give a finished file its name: its bytes on disk first, then the name, then the folder."""
    sync_file(building)
    building.replace(target)
    sync_folder(target.parent)


def write_whole(target: Path, content: bytes) -> None:
    """Write a small file so that it is there whole or not at all."""
    building = building_path(target)
    try:
        building.write_bytes(content)
        put_in_place(building, target)
    finally:
        building.unlink(missing_ok=True)


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file so that it is there whole or not at all."""
    building = building_path(target)
    try:
        shutil.copyfile(source, building)
        put_in_place(building, target)
    finally:
        building.unlink(missing_ok=True)


def append_line(path: Path, line: str) -> None:
    """Append one line and have it on disk before going on."""
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())


def cut_half_line(path: Path) -> None:
    """Remove what a killed run wrote of a last line without its end."""
    if not path.exists():
        return
    content = path.read_bytes()
    if not content.endswith(b"\n"):
        with path.open("r+b") as file:
            file.truncate(content.rfind(b"\n") + 1)


def sync_file(path: Path) -> None:
    """Have a file's bytes on disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have a folder's names on disk (Windows has no such step)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
