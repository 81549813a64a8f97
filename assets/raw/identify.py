"""What a file truly is, by its first bytes and its parts, whatever its name says."""

import io
import re
import zipfile
from typing import BinaryIO

FAMILY = {"xlsx": "ooxml", "xlsm": "ooxml", "xls": "xls", "xlsb": "xlsb", "ods": "ods", "csv": "csv"}
"""The formats read, by the ending of a name; endings of one family stand for one another."""

TRUE_TYPES = {
    "xlsx": ("et Excel-regneark (.xlsx)", "an Excel workbook (.xlsx)"),
    "xls": ("et ældre Excel-regneark (.xls)", "an older Excel workbook (.xls)"),
    "xlsb": ("et binært Excel-regneark (.xlsb)", "a binary Excel workbook (.xlsb)"),
    "ods": ("et OpenDocument-regneark (.ods)", "an OpenDocument spreadsheet (.ods)"),
    "csv": ("en tekstfil (.csv)", "a text file (.csv)"),
    "html": ("en webside", "a web page"),
    "xml": ("en XML-fil", "an XML file"),
    "json": ("en JSON-fil", "a JSON file"),
    "pdf": ("en PDF-fil", "a PDF file"),
    "word": ("et Word-dokument", "a Word document"),
    "powerpoint": ("en PowerPoint-præsentation", "a PowerPoint presentation"),
    "numbers": ("et regneark fra Apple Numbers", "an Apple Numbers spreadsheet"),
    "open_document": (
        "et OpenDocument-dokument, der ikke er et regneark",
        "an OpenDocument file, no spreadsheet",
    ),
    "zip": ("en zip-fil", "a zip file"),
    "damaged_zip": ("en beskadiget zip-fil", "a damaged zip file"),
    "compressed": ("en pakket fil", "a compressed file"),
    "ole": ("en ældre Office-fil, der ikke er et regneark", "an older Office file that is no workbook"),
    "rtf": ("en RTF-fil", "an RTF file"),
    "image": ("et billede", "an image"),
    "database": ("en databasefil", "a database file"),
    "binary": ("en fil i et ukendt format", "a file of an unknown format"),
    "folder": ("en mappe", "a folder"),
    "marked_copy": ("en mærket kopi med fund", "a marked copy with findings"),
    "special": ("ikke en almindelig fil", "not an ordinary file"),
}
"""What a file can be found to be: in Danish, in English."""

_HEAD = 4096
_SIGNATURES = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"\x1f\x8b", "compressed"),
    (b"7z\xbc\xaf", "compressed"),
    (b"Rar!", "compressed"),
    (b"SQLite format 3", "database"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF_START = re.compile(rb"\x09[\x00\x02\x04\x08][\x04-\x10]\x00")
_WEB = re.compile(
    r"^\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|style|div)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(r"^\s*<(?:\?xml|[A-Za-z][\w:-]*[\s>/])", re.IGNORECASE)
_TEXT_CONTROLS = frozenset(b"\t\n\r\x0b\x0c\x00\x1a\x1b")


def identify(stream: BinaryIO, size: int) -> str:
    """A key of :data:`TRUE_TYPES`, or ``encrypted`` for a workbook behind a password."""
    stream.seek(0)
    head = stream.read(_HEAD)
    if head.startswith(b"PK"):
        return _zip_type(stream)
    if head.startswith(_OLE):
        return _ole_type(stream)
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return name
    if size < 1 << 30 and _BIFF_START.match(head):
        return "xls"
    return _text_type(head)


def _zip_type(stream: BinaryIO) -> str:
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as container:
            names = {name.casefold() for name in container.namelist()}
            if "mimetype" in names:
                with container.open("mimetype") as part:
                    kind = part.read(200)
                if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
                    return "ods"
                return "open_document"
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError, RuntimeError, KeyError):
        return "damaged_zip"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if any(name.startswith("word/") for name in names):
        return "word"
    if any(name.startswith("ppt/") for name in names):
        return "powerpoint"
    if any(name.startswith("index/") and name.endswith(".iwa") for name in names):
        return "numbers"
    if "content.xml" in names:
        return "ods"
    return "zip"


def _ole_type(stream: BinaryIO) -> str:
    import msoffcrypto
    import olefile  # type: ignore[import-untyped]

    stream.seek(0)
    data = io.BytesIO(stream.read())
    try:
        if olefile.OleFileIO(data).exists("EncryptedPackage"):
            return "encrypted"
        ole = olefile.OleFileIO(data)
        if ole.exists("Workbook") or ole.exists("Book"):
            data.seek(0)
            return "encrypted" if msoffcrypto.OfficeFile(data).is_encrypted() else "xls"
        return "word" if ole.exists("WordDocument") else "ole"
    except Exception:  # a container cut off or damaged in any way: the name's own reader says so
        return "xls"


def _text_type(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.decode("utf-16", "ignore")
    else:
        text = head.removeprefix(b"\xef\xbb\xbf").decode("cp1252", "ignore").replace("\x00", "")
    if _WEB.match(text):
        return "html"
    if _XML.match(text):
        return "html" if re.search(r"<html\b", text, re.IGNORECASE) else "xml"
    if re.match(r'^\s*[\[{]\s*["{\[]', text):
        return "json"
    controls = sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in head)
    return "binary" if controls > max(8, len(head) // 50) else "csv"
