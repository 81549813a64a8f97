"""Mapping files that speak of no file: nothing is read by them, so what they were to mend is not mended."""

from collections.abc import Iterable
from pathlib import Path

from assets.raw.cells import nearest
from assets.raw.faults import Fault
from assets.raw.mapping import SHARED, SUFFIX, mapping_names


def unused_mappings(mappings: Iterable[Path], files: Iterable[Path]) -> dict[Path, Fault]:
    """A warning for each mapping file that speaks of none of the files, with the one that was probably meant.

    Args:
        files: Everything that is read, or would be if it were sound.
    """
    unused = set(mappings)
    there = frozenset(unused)
    beside: dict[Path, list[str]] = {}
    for path in files:
        if path.name.startswith("_"):  # the settings workbook is never a foreign list
            continue
        beside.setdefault(path.parent, []).append(path.name)
        places = (path.with_name(name) for name in mapping_names(path))
        unused.discard(next((place for place in places if place in there), path))
    return {place: _fault(place, beside.get(place.parent, [])) for place in sorted(unused)}


def _fault(place: Path, names: list[str]) -> Fault:
    spoken_of = "" if place.name == SHARED else place.name[: -len(SUFFIX)]
    by_word = {word.casefold(): name for name in sorted(names) for word in (Path(name).stem, name)}
    meant = nearest(spoken_of.casefold(), by_word) if spoken_of else None
    return Fault(
        "unused_mapping",
        detail={"mapping": place.name, "file": spoken_of, "meant": by_word[meant] if meant else ""},
    )
