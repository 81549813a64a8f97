"""A look at a file before anything is unpacked for real: what it truly is, and whether it may be read.

Standard library only and streaming, so that the largest file allowed costs little memory. A file
that passes is then parsed in a process with limits, for the reader itself is not trusted either.
"""

import posixpath
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from assets.raw import ods_scan, ooxml_scan, zip_parts
from assets.raw.faults import RefusedError
from assets.raw.identify import FAMILY, identify
from assets.raw.limits import Limits
from assets.raw.sheet_facts import SheetFacts


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
    named = Path(name).suffix.casefold().removeprefix(".")
    with path.open("rb") as stream:
        true_type = identify(stream, size)
        if true_type == "encrypted":
            raise RefusedError("encrypted", reason="password")
        if FAMILY.get(named) != FAMILY.get(true_type, true_type):
            if true_type == "damaged_zip" and FAMILY.get(named) in ("ooxml", "xlsb", "ods"):
                raise RefusedError("damaged", reason="cut_off")
            raise RefusedError("wrong_type", named=named, **{"is": true_type})
        if FAMILY[named] in ("ooxml", "xlsb"):
            return Preflight(named, _office(stream, size, limits))
        if FAMILY[named] == "ods":
            return Preflight(named, _open_document(stream, size, limits))
    return Preflight(named)


def _office(stream: BinaryIO, size: int, limits: Limits) -> dict[str, SheetFacts]:
    parts = zip_parts.open_parts(stream, size, limits)
    by_name = {part.name.casefold(): part for part in parts}
    budget = limits.unpacked_bytes
    sheets: dict[str, tuple[str, bool]] = {}
    workbook = by_name.get("xl/workbook.xml")
    relations = by_name.get("xl/_rels/workbook.xml.rels")
    if workbook and relations:
        texts = [
            b"".join(ooxml_scan.guarded(zip_parts.unpack(stream, part, budget), part.name))
            for part in (workbook, relations)
        ]
        sheets = {
            posixpath.normpath(posixpath.join("/xl", target)).lstrip("/").casefold(): named
            for target, named in ooxml_scan.sheet_names(*texts).items()
        }
    facts: dict[str, SheetFacts] = {}
    for part in parts:
        pieces = zip_parts.unpack(stream, part, budget)
        if part.name.casefold() in sheets and part.name.casefold().endswith(".xml"):
            sheet_name, hidden = sheets[part.name.casefold()]
            scan = ooxml_scan.SheetScan(limits)
            for piece in ooxml_scan.guarded(pieces, part.name):
                scan.feed(piece)
            facts[sheet_name] = scan.close()
            facts[sheet_name].hidden = hidden
        elif part.name.casefold().endswith((".xml", ".rels", ".vml")):
            for _ in ooxml_scan.guarded(pieces, part.name):
                pass
        else:
            for _ in pieces:
                pass
    return facts


def _open_document(stream: BinaryIO, size: int, limits: Limits) -> dict[str, SheetFacts]:
    facts: dict[str, SheetFacts] = {}
    for part in zip_parts.open_parts(stream, size, limits):
        pieces = zip_parts.unpack(stream, part, limits.unpacked_bytes)
        if part.name == "content.xml":
            facts = ods_scan.scan(ooxml_scan.guarded(pieces, part.name), limits)
        elif part.name.endswith((".xml", ".rdf")):
            for _ in ooxml_scan.guarded(pieces, part.name):
                pass
        else:
            for _ in pieces:
                pass
    return facts
