"""Taking a person out of files: kept deliveries, marked copies, reports, sheets and the rest of a home."""

import csv
import io
import re
import zipfile
from collections.abc import Collection, Iterator
from html import unescape
from pathlib import Path

from assets.people.matching import Matcher
from assets.raw.archive import BLANKED, keep_blanked
from assets.raw.csv_text import csv_records, decode
from assets.raw.limits import Limits

TEXTS = (".html", ".json", ".txt", ".csv", ".md", ".svg", ".eml", ".jsonl", ".xml")
PACKAGES = (".xlsx", ".xlsm", ".ods", ".zip", ".docx")
_TAG = re.compile(r"<[^>]*>")
_BYTES_WORD = re.compile(rb"[^\x00-\x1f<>\"]{3,400}")
NOTE = (
    '<aside role="note" class="redacted">Redigeret ved post {entry} i loggen: oplysninger om en person er '
    "slettet; resten er, som det blev offentliggjort. / Redacted by entry {entry} of the log: information "
    "about a person was erased; the rest is as published.</aside>"
)
CORRECTED = (
    '<aside role="note" class="redacted">Rettet ved post {entry} i loggen: et ord om en person er skrevet '
    "om; resten er, som det blev offentliggjort. / Corrected by entry {entry} of the log: a word about a "
    "person was rewritten; the rest is as published.</aside>"
)
Emptied = Collection[tuple[str, int]]  # sheet, row number


def holds(path: Path, matcher: Matcher) -> bool:
    """Whether a file names the person: its name, its text, or the parts of a package."""
    if matcher.within(path.stem.replace("_", " ")):
        return True
    return any(matcher.within(text) for text in texts_of(path))


def texts_of(path: Path) -> Iterator[str]:
    """The texts of a file: as text, as the parts of a package, else what can be read in its bytes."""
    suffix = path.suffix.casefold()
    content = path.read_bytes()
    if suffix in PACKAGES and content.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                for entry in package.infolist():
                    yield entry.filename
                    if entry.filename.casefold().endswith((*TEXTS, ".rels", ".vml")):
                        for text in _plain(package.read(entry)):
                            # Some writers spell Ø as &#216;, which no name would be known by.
                            yield from (unescape(piece) for piece in _TAG.split(text))
            return
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):
            pass
    if suffix in TEXTS:
        yield from _plain(content)
        return
    for found in _BYTES_WORD.findall(content.replace(b"\x00", b"")):
        yield from _plain(found)


def _plain(content: bytes) -> tuple[str, ...]:
    try:
        return (content.decode("utf-8-sig"),)
    except UnicodeDecodeError:
        return (content.decode("cp1252", errors="replace"), content.decode("utf-16", errors="replace"))


def redact_kept(
    archive: Path, sha256: str, kept: Path, *, emptied: Emptied, matcher: Matcher, limits: Limits
) -> Path | None:
    """Keep a delivery as a copy of its cells without the person; None where it cannot be read: it is removed.

    Args:
        kept: The archived file as it is, whole or already blanked.
        emptied: Rows that were about the person.
    """
    suffix = ".csv" if kept.suffix.casefold() == ".csv" else ".xlsx"

    def write(out: Path) -> None:
        if suffix == ".csv":
            _write_csv(kept, out, emptied, matcher, limits)
        else:
            _write_workbook(kept, out, emptied, matcher)

    try:
        copy = keep_blanked(archive, sha256, suffix, write)
    except Exception:  # whatever a reader meets in it: what cannot be read cannot be kept without the person
        copy = None
    if kept != copy:
        kept.unlink(missing_ok=True)
    return copy


def is_blanked(kept: Path) -> bool:
    """Whether the archive holds a copy with cells blanked instead of the bytes as sent."""
    return BLANKED in kept.name


def _write_csv(kept: Path, out: Path, emptied: Emptied, matcher: Matcher, limits: Limits) -> None:
    text, encoding = decode(kept.read_bytes())
    separator_line, delimiter, records, _ = csv_records(text, limits)
    rows = {row for _, row in emptied}
    stream = io.StringIO(newline="")
    stream.write(separator_line)
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    for number, record in enumerate(records, start=1):
        writer.writerow([""] * len(record) if number in rows else [matcher.without(cell) for cell in record])
    out.write_bytes(stream.getvalue().encode(encoding))


def _write_workbook(kept: Path, out: Path, emptied: Emptied, matcher: Matcher) -> None:
    import openpyxl
    import python_calamine

    gone = set(emptied)
    workbook = openpyxl.Workbook(write_only=True)
    with python_calamine.CalamineWorkbook.from_path(kept) as given:
        for name in given.sheet_names:
            sheet = workbook.create_sheet(title=matcher.without(name)[:31])
            for number, row in enumerate(
                given.get_sheet_by_name(name).to_python(skip_empty_area=False), start=1
            ):
                sheet.append([] if (name, number) in gone else [_kept_cell(value, matcher) for value in row])
    workbook.save(out)


def _kept_cell(value: object, matcher: Matcher) -> object:
    if not isinstance(value, str):
        return value
    if not value or matcher.is_person(value):
        return matcher.mark if value and matcher.replaces else None
    # openpyxl takes a text that begins with = for a formula, and refuses control characters.
    clean = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "\ufffd", matcher.without(value))
    return f"'{clean}" if clean.startswith("=") else clean


def redact_text_file(path: Path, matcher: Matcher, entry: int) -> None:
    """Take the person out of a text file; a page says that it was redacted, and by which entry."""
    text = path.read_text(encoding="utf-8")
    new = matcher.without(text)
    if path.suffix.casefold() == ".html":
        new = re.sub(
            r"(<body[^>]*>)",
            lambda match: match[1] + (CORRECTED if matcher.replaces else NOTE).format(entry=entry),
            new,
            count=1,
            flags=re.IGNORECASE,
        )
    mode = path.stat().st_mode
    aside = path.with_name(f".{path.name}.part")
    aside.write_text(new, encoding="utf-8")
    aside.chmod(mode & 0o777)
    aside.replace(path)
