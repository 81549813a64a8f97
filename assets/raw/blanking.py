"""A copy of a file without the civil registration numbers in it. Runs in the reading process.

A cell that holds one is blanked whole; elsewhere in a workbook (comments, properties, headers) the number
alone is taken out. The older and the OpenDocument formats get an ``.xlsx`` of the same cells.
"""

import csv
import html
import io
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from assets.raw.csv_text import csv_records, decode
from assets.raw.identify import FAMILY
from assets.raw.limits import Limits
from assets.raw.personal_data import find_cpr

_SHARED = re.compile(r"<((?:\w+:)?si)\b[^>]*>.*?</\1>", re.DOTALL)
_CELL = re.compile(r"<((?:\w+:)?c)\b([^>]*?)>(.*?)</\1>", re.DOTALL)
_TYPE = re.compile(r"\s+t\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_PHONETIC = re.compile(r"<((?:\w+:)?rPh)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_TEXT_NODE = re.compile(r">([^<]+)<")
_ATTRIBUTE = re.compile(r"=(\"[^\"]*\"|'[^']*')")
_NUMBER = re.compile(r"[0-9]{6}(?:\s?[-\u2010-\u2015\u2212]\s?|\s)?[0-9]{4}")
_WRITTEN_NUMBER = re.compile(r"[0-9]{6}\s?[-\u2010-\u2015\u2212]\s?[0-9]{4}")
_BYTES_NUMBER = re.compile(rb"[0-9]{6}\s?-\s?[0-9]{4}|(?<=[>;,\t\n\r\"])[0-9]{10}(?=[<;,\t\n\r\"])")
_LOOKED_AT = 100_000_000


def blanked_suffix(name: str) -> str:
    """The ending of the blanked copy of a file of this name."""
    suffix = Path(name).suffix.casefold()
    return suffix if suffix in (".csv", ".xlsx", ".xlsm") else ".xlsx"


def write_blanked(path: Path, name: str, out: Path, limits: Limits) -> None:
    """Write the copy of a file that passed its preflight."""
    family = FAMILY[Path(name).suffix.casefold().removeprefix(".")]
    if family == "csv":
        out.write_bytes(_blanked_csv(path.read_bytes(), limits))
    elif family == "ooxml":
        _write_office(path, out)
    else:
        _write_converted(path, out)


def _blanked_csv(data: bytes, limits: Limits) -> bytes:
    text, encoding = decode(data)
    separator_line, delimiter, records, _ = csv_records(text, limits)
    out = io.StringIO(newline="")
    out.write(separator_line)
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([["" if find_cpr(field) else field for field in record] for record in records])
    return out.getvalue().encode(encoding)


def _write_office(path: Path, out: Path) -> None:
    with zipfile.ZipFile(path) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in given.infolist():
            content = given.read(entry)
            name = entry.filename.casefold()
            if name.startswith("xl/embeddings/"):
                content = b""
            elif name.endswith((".xml", ".rels", ".vml")):
                content = _blank_part(name, content.decode("utf-8", "surrogateescape")).encode(
                    "utf-8", "surrogateescape"
                )
            copy.writestr(zipfile.ZipInfo(entry.filename, entry.date_time), content, zipfile.ZIP_DEFLATED)


def _blank_part(name: str, xml: str) -> str:
    if name.endswith("sharedstrings.xml"):
        return _SHARED.sub(_blank_shared, xml)
    if name.startswith("xl/worksheets/") and name.endswith(".xml"):
        xml = _CELL.sub(_blank_cell, xml)
        head, start, rest = xml.partition("<sheetData")
        rows, end, tail = rest.rpartition("</sheetData>")
        return _blank_written(head) + start + rows + end + _blank_written(tail) if end else xml
    if name.startswith(
        ("xl/pivotcache/", "xl/comments", "xl/threadedcomments/", "xl/drawings/", "docprops/")
    ):
        return _blank_written(_TEXT_NODE.sub(lambda match: f">{_without(_NUMBER, match[1])}<", xml))
    return _blank_written(xml)


def _blank_shared(match: re.Match[str]) -> str:
    return f"<{match[1]}><{_prefix(match[1])}t/></{match[1]}>" if _holds_cpr(match[0]) else match[0]


def _blank_cell(match: re.Match[str]) -> str:
    tag, attributes, inside = match.groups()
    typed = _TYPE.search(attributes)
    is_text = typed is not None and re.search(r"inlineStr|str", typed[0]) is not None
    if not (is_text and _holds_cpr(inside)) and not ("<" in inside and _holds_cpr(_formula(inside))):
        return match[0]
    return f"<{tag}{_TYPE.sub('', attributes)}/>"


def _formula(inside: str) -> str:
    found = re.search(r"<(?:\w+:)?f\b[^>]*>([^<]*)<", inside)
    return found[1] if found else ""


def _prefix(tag: str) -> str:
    return tag.rpartition(":")[0] + ":" if ":" in tag else ""


def _holds_cpr(xml: str) -> bool:
    if not re.search(r"(?:[0-9][^0-9]*){10}|&#", xml):
        return False
    return find_cpr(html.unescape(_TAG.sub("", _PHONETIC.sub("", xml))))


def _blank_written(xml: str) -> str:
    """Numbers with their hyphen, in text and in attributes."""
    xml = _TEXT_NODE.sub(lambda match: f">{_without(_WRITTEN_NUMBER, match[1])}<", xml)
    return _ATTRIBUTE.sub(lambda match: f"={_without(_WRITTEN_NUMBER, match[1])}", xml)


def _without(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: "" if find_cpr(match[0]) else match[0], text)


def _write_converted(path: Path, out: Path) -> None:
    """The cells of any workbook as an ``.xlsx``, typed as they were."""
    import openpyxl
    import python_calamine

    workbook = openpyxl.Workbook(write_only=True)
    with python_calamine.CalamineWorkbook.from_path(path) as given:
        for name in given.sheet_names:
            sheet = workbook.create_sheet(title=name)
            for row in given.get_sheet_by_name(name).to_python(skip_empty_area=False):
                sheet.append([_kept(value) for value in row])
    workbook.save(out)


def _kept(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not value or find_cpr(value):
        return None
    # openpyxl takes a text that begins with = for a formula, and refuses control characters.
    clean = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "\ufffd", value)
    return f"'{clean}" if clean.startswith("=") else clean


def may_hold_cpr(path: Path) -> bool:
    """Whether a file that cannot be read shows a registration number all the same: then it is not kept."""

    def shows(read: Callable[[int], bytes], tail: bytes = b"") -> bool:
        seen = 0
        while (piece := read(1 << 20)) and seen < _LOOKED_AT:
            seen += len(piece)
            block = tail + piece.replace(b"\0", b"")
            if any(find_cpr(number.decode("ascii")) for number in _BYTES_NUMBER.findall(block)):
                return True
            tail = block[-32:]
        return False

    with path.open("rb") as stream:
        if shows(stream.read):
            return True
    try:
        with zipfile.ZipFile(path) as container:
            for entry in container.infolist():
                if entry.filename.casefold().endswith(".xml"):
                    with container.open(entry) as part:
                        if shows(part.read):
                            return True
    except (OSError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, EOFError, zlib.error):
        pass
    return False
