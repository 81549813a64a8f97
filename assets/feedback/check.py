"""``netvaerdi check``: a few files judged by themselves, without a home, before anyone is sent anything.

The files are read and accepted in memory by the very code of a run, as one organisation's, and nothing is
kept. What rests on kinds that are in none of them is not judged, and that is said.
"""

import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

import duckdb

from assets.accepted.build import build_accepted
from assets.accepted.settings import build_settings
from assets.clock import now
from assets.contract import KIND_BY_NAME, KINDS
from assets.errors import RequestError
from assets.feedback.marked_copy import write_marked_copy
from assets.feedback.severities import Lang
from assets.feedback.told import (
    Context,
    Finding,
    SheetCount,
    cells_of,
    context_of,
    findings_of,
    sheets_of,
)
from assets.home import MARK
from assets.raw.archive import file_hash
from assets.raw.blanking import blanked_suffix
from assets.raw.child import Reader
from assets.raw.deliveries import Delivery, record
from assets.raw.faults import Fault, RefusedError
from assets.raw.identify import FAMILY
from assets.raw.inbox import shown_path
from assets.raw.limits import Limits
from assets.raw.mapping import is_mapping, mapping_for
from assets.raw.reading import FileReading, read_file
from assets.raw.tables import create_raw_tables
from assets.raw.unused_mappings import unused_mappings
from assets.settings_contract import SETTINGS_FILE
from assets.warehouse import open_warehouse

ORGANISATION = "kommunen"
SHOWN_IN_CONTEXT = 3
# Refused for what stands in it, not for how it is built: its package may be opened to be marked.
_SOUND = ("", "no_known_sheet", "duplicate_delivery")
Texts = tuple[str, str]


@dataclass(frozen=True)
class FileReport:
    """One file as judged.

    Attributes:
        name: As it is shown; ``path`` is where it is.
        refused: The rule that refuses the file whole, or empty.
        mapping: Name of the mapping file that was used, or empty.
        contexts: (rule, severity) → the first three findings of it that stand in a row, with what is around.
        marked_copy: Where the marked copy is; none for a file without errors and warnings.
    """

    name: str
    path: Path
    format: str
    encoding: str | None
    refused: str
    mapping: str
    sheets: tuple[SheetCount, ...]
    findings: tuple[Finding, ...]
    contexts: dict[tuple[str, str], list[tuple[Finding, Context]]]
    marked_copy: Path | None = None

    def count(self, severity: str) -> int:
        """How many findings of a severity it has."""
        return sum(finding.severity == severity for finding in self.findings)

    @property
    def rows(self) -> tuple[int, int, int, int]:
        """Rows read, accepted, rejected, skipped."""
        return (
            sum(sheet.read for sheet in self.sheets),
            sum(sheet.accepted for sheet in self.sheets),
            sum(sheet.rejected for sheet in self.sheets),
            sum(sheet.skipped for sheet in self.sheets),
        )


@dataclass(frozen=True)
class CheckReport:
    """All files as judged together.

    Attributes:
        not_checked: What could not be judged from these files alone: Danish, English.
        questions: What only the sender can answer (was a unit renamed?): Danish, English.
    """

    files: tuple[FileReport, ...]
    not_checked: tuple[Texts, ...]
    questions: tuple[Texts, ...] = ()

    def count(self, severity: str) -> int:
        """How many findings of a severity there are."""
        return sum(report.count(severity) for report in self.files)


def check_files(
    paths: Sequence[Path],
    *,
    lang: Lang = "da",
    out: Path | None = None,
    write_copies: bool = True,
    limits: Limits | None = None,
    received_at: datetime | None = None,
) -> CheckReport:
    """Judge files, and write a marked copy of each that has errors or warnings.

    Args:
        out: Folder of the marked copies; else beside each file, or ``marked/check`` of the home it is in.
        received_at: The moment by whose Copenhagen day dates are in the future; else now.

    Raises:
        RequestError: A path is no file, there are only mapping files, or a copy cannot be written.
    """
    for path in paths:
        if not path.is_file():
            raise RequestError(f"{path} er ikke en fil.", f"{path} is not a file.")
    paths = [path for path in paths if not is_mapping(path.name)]  # judged with the file each speaks of
    if not paths:
        raise RequestError(
            "En kortlægningsfil efterprøves sammen med sin fil: nævn filen i stedet.",
            "A mapping file is checked with its file: name the file instead.",
        )
    limits = limits or Limits()
    names = _names(paths)
    with open_warehouse() as connection, Reader(limits) as reader:
        create_raw_tables(connection)
        readings = _take(connection, reader, paths, names, received_at or now())
        given = {sheet.kind for reading, _ in readings for sheet in reading.sheets if sheet.kind}
        absent = {kind.name for kind in KINDS if kind.name not in given}
        absent |= {"rates"} if "rates" not in given else set()
        build_settings(connection)
        build_accepted(connection, absent=frozenset(absent))
        reports = []
        for sequence, (path, name, (reading, mapping)) in enumerate(
            zip(paths, names, readings, strict=True), start=1
        ):
            report = _report(connection, sequence, path=path, name=name, reading=reading, mapping=mapping)
            if write_copies and (report.count("error") or report.count("warning")):
                report = _with_copy(connection, reader, sequence, report, reading=reading, lang=lang, out=out)
            reports.append(report)
        return CheckReport(tuple(reports), tuple(_not_checked(given, absent)), _questions(connection))


def _names(paths: Sequence[Path]) -> list[str]:
    """The files' names; the whole path where two files have one name, and each only once."""
    plain = [path.name for path in paths]
    names: list[str] = []
    for path, name in zip(paths, plain, strict=True):
        shown = shown_path(name if plain.count(name) == 1 else path.as_posix().lstrip("/"))
        while shown in names:
            shown += " "
        names.append(shown)
    return names


def _take(
    connection: duckdb.DuckDBPyConnection,
    reader: Reader,
    paths: Sequence[Path],
    names: Sequence[str],
    received_at: datetime,
) -> list[tuple[FileReading, str]]:
    """Read and record every file; each reading with the name of the mapping file it was read by."""
    seen: dict[str, str] = {}
    readings = []
    unused = _unused_beside(paths)
    for path, name in zip(paths, names, strict=True):
        mapping = mapping_for(path)
        sha256 = file_hash(path)
        same = seen.setdefault(sha256, name)
        if same != name:
            fault = Fault("duplicate_delivery", detail={"path": same})
            reading = FileReading(path.name, faults=(fault,), refused="duplicate_delivery")
        else:
            reading = read_file(path, reader=reader, mapping=mapping)
        reading = replace(reading, faults=(*reading.faults, *unused.get(path, ())))
        is_settings = path.name.casefold() == SETTINGS_FILE
        state = "duplicate" if reading.refused == "duplicate_delivery" else "quarantined"
        delivery = Delivery(
            "" if is_settings else ORGANISATION,
            SETTINGS_FILE if is_settings else name,
            sha256,
            path.stat().st_size,
            received_at,
            state if reading.refused else "current",
            "none",
            reading.refused or None,
            reading.faults,
            None if reading.refused else reading,
        )
        record(connection, delivery)
        readings.append((reading, mapping.name if mapping else ""))
    return readings


def _unused_beside(paths: Sequence[Path]) -> dict[Path, list[Fault]]:
    """Mapping files beside the files that speak of none: each told of the file it is near, or the first."""
    told: dict[Path, list[Fault]] = {}
    for folder in dict.fromkeys(path.parent for path in paths):
        given = [path for path in paths if path.parent == folder]
        with suppress(OSError):
            there = [path for path in folder.iterdir() if path.is_file()]
            read = [path for path in there if path.suffix.casefold().removeprefix(".") in FAMILY]
            found = unused_mappings([path for path in there if is_mapping(path.name)], read)
            for fault in found.values():
                meant = folder / str(fault.detail["meant"])
                told.setdefault(meant if meant in given else given[0], []).append(fault)
    return told


def _report(
    connection: duckdb.DuckDBPyConnection,
    sequence: int,
    *,
    path: Path,
    name: str,
    reading: FileReading,
    mapping: str,
) -> FileReport:
    findings = findings_of(connection, sequence)
    contexts: dict[tuple[str, str], list[tuple[Finding, Context]]] = {}
    for finding in findings:
        shown = contexts.setdefault((finding.rule, finding.severity), [])
        if len(shown) < SHOWN_IN_CONTEXT:
            context = context_of(connection, sequence, finding)
            if context is not None:
                shown.append((finding, context))
    return FileReport(
        name,
        path,
        reading.format,
        reading.encoding,
        reading.refused,
        mapping,
        tuple(sheets_of(connection, sequence)),
        tuple(findings),
        contexts,
    )


def _with_copy(
    connection: duckdb.DuckDBPyConnection,
    reader: Reader,
    sequence: int,
    report: FileReport,
    *,
    reading: FileReading,
    lang: Lang,
    out: Path | None,
) -> FileReport:
    path = report.path
    word = "fund" if lang == "da" else "findings"
    target = _copy_folder(path, out) / f"{path.stem} ({word}){path.suffix}"
    marks = [finding.mark(lang) for finding in report.findings]
    cells = partial(cells_of, connection, sequence)
    with tempfile.TemporaryDirectory() as folder:
        source: Path | None = path if reading.refused in _SOUND else None
        if source is not None and reading.holds_cpr:
            source = _blanked(reader, path, Path(folder))
        try:
            written = write_marked_copy(source, target, marks, lang, cells, name=path.name)
        except OSError as error:
            raise RequestError(
                f"{target} kan ikke skrives: {error.strerror}. Vælg en anden mappe med --out.",
                f"{target} cannot be written: {error.strerror}. Choose another folder by --out.",
            ) from error
    return FileReport(**{**vars(report), "marked_copy": written})


def _blanked(reader: Reader, path: Path, folder: Path) -> Path | None:
    """The file without civil registration numbers; none where it cannot be made."""
    out = folder / f"copy{blanked_suffix(path.name)}"
    try:
        reader.write_blanked(path, path.name, out)
    except RefusedError:
        return None
    return out


def _copy_folder(path: Path, out: Path | None) -> Path:
    """Where a file's copy goes: never into a home's inbox, where it would be taken for a delivery."""
    if out is not None:
        return out
    for folder in path.absolute().parents:
        if (folder / MARK).is_file():
            return folder / "marked" / "check"
    return path.parent


def _not_checked(given: set[str], absent: set[str]) -> list[Texts]:
    """What could not be judged from these files alone."""
    said: list[Texts] = []
    for name in ("people", "networks", "solutions"):
        asking = [
            (KIND_BY_NAME[kind], column)
            for kind in sorted(given & KIND_BY_NAME.keys())
            for column in KIND_BY_NAME[kind].columns
            if column.refers_to == name
        ]
        if name in absent and asking:
            where = ", ".join(f"{kind.sheet} › {column.heading}" for kind, column in asking)
            sheet = KIND_BY_NAME[name].sheet
            said.append(
                (
                    f"Henvisninger til {sheet} ({where}): arket {sheet} er ikke i filerne.",
                    f"References to {sheet} ({where}): the sheet {sheet} is not in the files.",
                )
            )
    if "roles" in absent and "networks" in given:
        said.append(
            (
                "Om hvert netværk har en referenceleder: arket Roller er ikke i filerne.",
                "Whether each network has a reference leader: the sheet Roller is not in the files.",
            )
        )
    if "disputes" in given:
        sheets = [KIND_BY_NAME[name].sheet for name in sorted(absent & KIND_BY_NAME.keys())]
        if sheets:
            listed = ", ".join(sheets)
            said.append(
                (
                    f"Indsigelser mod det, der ikke er i filerne: {listed}.",
                    f"Disputes of what is not in the files: {listed}.",
                )
            )
    if "applications" in given and "rates" in absent:
        said.append(
            (
                "Beløb i andre valutaer end kroner: kurserne (_indstillinger.xlsx) er ikke i filerne.",
                "Amounts in other currencies: the rates (_indstillinger.xlsx) are not in the files.",
            )
        )
    said.append(
        (
            "Nøgler, der også står i organisationens andre filer, og hvor meget filen ændrer: det ses "
            "først i kørslen.",
            "Keys that stand in the organisation's other files too, and how much the file changes: only the "
            "run can see that.",
        )
    )
    return said


def _questions(connection: duckdb.DuckDBPyConnection) -> tuple[Texts, ...]:
    rows = connection.execute(
        "select message_da, message_en from accepted.alias_question order by all"
    ).fetchall()
    return tuple((str(da), str(en)) for da, en in rows)
