"""A look at a file before anything is unpacked for real: what it truly is, and whether it may be read.

Standard library only and streaming, so that the largest file allowed costs little memory. A file
that passes is then parsed in a process with limits, for the reader itself is not trusted either.
"""

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from assets.raw import binary_scan, ods_scan, ooxml_scan, zip_parts
from assets.raw.faults import RefusedError
from assets.raw.identify import FAMILY, identify
from assets.raw.limits import Limits
from assets.raw.sheet_facts import SheetFacts

_XML_ENDINGS = (".xml", ".rels", ".vml")
_LARGEST_INDEX = 10_000_000


@dataclass
class Preflight:
    """What a file that may be read is, and what the reader will not tell of its sheets, by their names."""

    format: str
    facts: dict[str, SheetFacts] = field(default_factory=dict)


def preflight(path: Path, name: str, limits: Limits) -> Preflight:
    """Judge a file by its first bytes and its parts.

    Args:
        path: Where the bytes are.
        name: The file's name as sent; its ending says what it claims to be.

    Raises:
        RefusedError: The file is refused whole; the rule says why.
    """
    size = path.stat().st_size
    if size == 0:
        raise RefusedError("empty_file", reason="no_bytes")
    if size > limits.file_bytes:
        raise RefusedError("too_large", reason="file_bytes", found=size, limit=limits.file_bytes)
    with path.open("rb") as stream:
        named = _true_format(stream, size, name)
        if FAMILY[named] in ("ooxml", "xlsb"):
            return Preflight(named, _office(stream, size, limits))
        if FAMILY[named] == "ods":
            return Preflight(named, _open_document(stream, size, limits))
        if FAMILY[named] == "xls":
            return Preflight(named, binary_scan.scan_xls(stream, limits))
    return Preflight(named)


def first_look(path: Path, name: str, limits: Limits) -> frozenset[str]:
    """Judge an Office workbook by what it says of itself, with next to nothing unpacked.

    Returns:
        The sheets whose first row seems to hold the headings.

    Raises:
        RefusedError: As :func:`preflight`.
    """
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise RefusedError("too_large", reason="file_bytes", found=size, limit=limits.file_bytes)
    with path.open("rb") as stream:
        _true_format(stream, size, name)
        parts = zip_parts.open_parts(stream, size, limits)
        sheets = _sheet_parts(stream, parts, limits.unpacked_bytes)
        return frozenset(
            sheets[part.name.casefold()][0]
            for part in parts
            if part.name.casefold() in sheets
            and ooxml_scan.begins_with_headings(
                next(iter(zip_parts.unpack(stream, part, limits.unpacked_bytes)), b"")
            )
        )


def _true_format(stream: BinaryIO, size: int, name: str) -> str:
    """The ending of a file that is what its name says. Raises :class:`RefusedError`."""
    named = Path(name).suffix.casefold().removeprefix(".")
    true_type = identify(stream, size)
    if true_type == "encrypted":
        raise RefusedError("encrypted", reason="password")
    if FAMILY.get(named) != FAMILY.get(true_type, true_type):
        if true_type == "damaged_zip" and FAMILY.get(named) in ("ooxml", "xlsb", "ods"):
            raise RefusedError("damaged", reason="cut_off")
        raise RefusedError("wrong_type", named=named, **{"is": true_type})
    return named


def _office(stream: BinaryIO, size: int, limits: Limits) -> dict[str, SheetFacts]:
    parts = zip_parts.open_parts(stream, size, limits)
    budget = limits.unpacked_bytes
    sheets = _sheet_parts(stream, parts, budget)
    facts: dict[str, SheetFacts] = {}
    for part in parts:
        pieces = zip_parts.unpack(stream, part, budget)
        name = part.name.casefold()
        if name.endswith(_XML_ENDINGS):
            pieces = ooxml_scan.guarded(pieces, part.name)
        if name not in sheets:
            _exhaust(pieces)
            continue
        sheet_name, hidden = sheets[name]
        if name.endswith(".bin"):
            facts[sheet_name] = binary_scan.scan_xlsb(pieces, limits)
        else:
            facts[sheet_name] = ooxml_scan.scan_sheet(pieces, limits)
        facts[sheet_name].hidden = hidden
    return facts


def _sheet_parts(stream: BinaryIO, parts: list[zip_parts.Part], budget: int) -> dict[str, tuple[str, bool]]:
    """Part name, folded → the name of the sheet in it and whether it is hidden."""
    by_name = {part.name.casefold(): part for part in parts}

    def whole(name: str) -> bytes | None:
        part = by_name.get(name)
        if part is None or part.unpacked > _LARGEST_INDEX:
            return None
        pieces = zip_parts.unpack(stream, part, budget)
        return b"".join(ooxml_scan.guarded(pieces, name) if name.endswith(_XML_ENDINGS) else pieces)

    for workbook_name, names_of in (
        ("xl/workbook.xml", ooxml_scan.sheet_names),
        ("xl/workbook.bin", binary_scan.xlsb_sheet_names),
    ):
        workbook = whole(workbook_name)
        relations = whole(f"xl/_rels/{workbook_name.removeprefix('xl/')}.rels")
        if workbook is not None and relations is not None:
            targets = ooxml_scan.relation_targets(relations)
            return {
                posixpath.normpath(posixpath.join("/xl", targets[relation])).lstrip("/").casefold(): named
                for relation, named in names_of(workbook).items()
                if relation in targets
            }
    raise RefusedError("damaged", reason="structure", part="xl/workbook.xml")


def _open_document(stream: BinaryIO, size: int, limits: Limits) -> dict[str, SheetFacts]:
    facts: dict[str, SheetFacts] = {}
    parts = zip_parts.open_parts(stream, size, limits)
    for part in parts:
        if part.name == "META-INF/manifest.xml" and part.unpacked < _LARGEST_INDEX:
            manifest = b"".join(zip_parts.unpack(stream, part, limits.unpacked_bytes))
            if b"encryption-data" in manifest:
                raise RefusedError("encrypted", reason="password")
    for part in parts:
        pieces = zip_parts.unpack(stream, part, limits.unpacked_bytes)
        if part.name == "content.xml":
            facts = ods_scan.scan(ooxml_scan.guarded(pieces, part.name), limits)
        elif part.name.endswith((".xml", ".rdf")):
            _exhaust(ooxml_scan.guarded(pieces, part.name))
        else:
            _exhaust(pieces)
    return facts


def _exhaust(pieces: Iterable[bytes]) -> None:
    """Unpack to the end, for the checksum."""
    for _ in pieces:
        pass
