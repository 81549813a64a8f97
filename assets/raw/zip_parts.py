"""The parts of a zip container, unpacked as a stream and believed in nothing.

Names, sizes and checksums are compared between the central directory, each part's own header and
what really comes out; a single damaged byte of content is found before a reader sees the file.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from assets.raw.faults import RefusedError
from assets.raw.limits import Limits

CHUNK = 1 << 18
_MOST_PARTS = 10_000
_SMALL = 1_000_000  # below this, a high ratio harms nobody
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_ENCRYPTED, _SIZES_FOLLOW = 0x1, 0x8
_ZIP64 = 0xFFFFFFFF


@dataclass(frozen=True)
class Part:
    """One part: its name, where its packed bytes lie, and what it claims of itself."""

    name: str
    start: int
    packed: int
    unpacked: int
    crc: int
    deflated: bool


def open_parts(stream: BinaryIO, file_bytes: int, limits: Limits) -> list[Part]:
    """The parts of a container, judged by what it says of itself; nothing is unpacked.

    Raises:
        RefusedError: ``damaged``, ``encrypted``, ``unsafe`` or ``too_large``.
    """
    try:
        entries = zipfile.ZipFile(stream).infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, struct.error, NotImplementedError) as error:
        raise RefusedError("damaged", reason="cut_off") from error
    if len(entries) > _MOST_PARTS:
        raise RefusedError("too_large", reason="parts", found=len(entries), limit=_MOST_PARTS)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.unpacked_bytes:
        raise RefusedError("too_large", reason="unpacked_bytes", found=unpacked, limit=limits.unpacked_bytes)
    if unpacked > _SMALL and unpacked > limits.ratio * file_bytes:
        raise RefusedError("too_large", reason="ratio", found=unpacked // file_bytes, limit=limits.ratio)
    names: set[str] = set()
    parts = []
    for entry in entries:
        _refuse_name(entry.orig_filename)
        if entry.filename.casefold() in names:
            raise RefusedError("unsafe", reason="duplicate_part", part=entry.filename)
        names.add(entry.filename.casefold())
        if entry.flag_bits & _ENCRYPTED:
            raise RefusedError("encrypted", reason="password")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise RefusedError("unsafe", reason="method", part=entry.filename)
        parts.append(_part(stream, entry))
    _refuse_overlap(parts)
    return parts


def _refuse_name(name: str) -> None:
    steps = name.replace("\\", "/").split("/")
    if ".." in steps or name.startswith(("/", "\\")) or ":" in steps[0] or "\0" in name:
        raise RefusedError("unsafe", reason="part_name", part=name.replace("\0", "?")[:100])


def _part(stream: BinaryIO, entry: zipfile.ZipInfo) -> Part:
    """A part as its own header says it, which must be what the directory says."""
    stream.seek(entry.header_offset)
    header = stream.read(_LOCAL_HEADER.size)
    if len(header) < _LOCAL_HEADER.size or header[:4] != b"PK\x03\x04":
        raise RefusedError("damaged", reason="structure", part=entry.filename)
    _, _, flags, method, _, _, crc, packed, unpacked, name_length, extra_length = _LOCAL_HEADER.unpack(header)
    name = stream.read(name_length)
    if name.decode("utf-8" if flags & 0x800 else "cp437", "replace") != entry.orig_filename:
        raise RefusedError("unsafe", reason="part_name", part=entry.filename)
    if method != entry.compress_type:
        raise RefusedError("damaged", reason="structure", part=entry.filename)
    if not flags & _SIZES_FOLLOW and any(
        here not in (there, _ZIP64)
        for here, there in ((packed, entry.compress_size), (unpacked, entry.file_size))
    ):
        raise RefusedError("unsafe", reason="size_lie", part=entry.filename)
    if not flags & _SIZES_FOLLOW and crc != entry.CRC:
        raise RefusedError("damaged", reason="checksum", part=entry.filename)
    start = entry.header_offset + _LOCAL_HEADER.size + name_length + extra_length
    return Part(
        entry.filename,
        start,
        entry.compress_size,
        entry.file_size,
        entry.CRC,
        entry.compress_type == zipfile.ZIP_DEFLATED,
    )


def _refuse_overlap(parts: list[Part]) -> None:
    end = 0
    for part in sorted(parts, key=lambda part: part.start):
        if part.start < end:
            raise RefusedError("unsafe", reason="overlap", part=part.name)
        end = part.start + part.packed


def unpack(stream: BinaryIO, part: Part, budget: int) -> Iterator[bytes]:
    """The part's bytes, piece by piece; the iteration ends well only when size and checksum are right.

    Args:
        budget: More bytes than this end the reading, whatever the part claims.

    Raises:
        RefusedError: ``damaged`` (does not unpack, or to other bytes), ``unsafe`` (more or fewer bytes than
            it claims, though intact).
    """
    stream.seek(part.start)
    inflater = zlib.decompressobj(-15) if part.deflated else None
    left, size, crc = part.packed, 0, 0
    try:
        while left:
            packed = stream.read(min(CHUNK, left))
            if not packed:
                raise RefusedError("damaged", reason="cut_off", part=part.name)
            left -= len(packed)
            for piece in _inflated(inflater, packed) if inflater else (packed,):
                size += len(piece)
                if size > budget:
                    raise RefusedError("unsafe", reason="size_lie", part=part.name)
                crc = zlib.crc32(piece, crc)
                yield piece
    except zlib.error as error:
        raise RefusedError("damaged", reason="checksum", part=part.name) from error
    if crc != part.crc or (inflater and not inflater.eof):
        raise RefusedError("damaged", reason="checksum", part=part.name)
    if size != part.unpacked:
        raise RefusedError("unsafe", reason="size_lie", part=part.name)


def _inflated(inflater: "zlib._Decompress", packed: bytes) -> Iterator[bytes]:
    """What these packed bytes unpack to, never more than a few pieces at once."""
    most = 4 * CHUNK
    while True:
        piece = inflater.decompress(packed, most)
        packed = inflater.unconsumed_tail
        if piece:
            yield piece
        if not packed and len(piece) < most:
            return


def part_bytes(stream: BinaryIO, part: Part, budget: int) -> bytes:
    """A small part whole. Raises as :func:`unpack`."""
    return b"".join(unpack(stream, part, budget))
