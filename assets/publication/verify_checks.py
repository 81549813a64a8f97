"""The single checks of ``verify.py``, each of which raises at the first thing that differs.

Needs nothing but DuckDB (1.2 or later) and the standard library.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from assets.publication.chain import DATABASE, MANIFEST, Entry, first_break, read_table, sha256_hex
from assets.publication.content_hash import combine, table_hashes
from assets.publication.log import (
    DRAWING,
    LOG,
    REPORT_FOLDERS,
    LogError,
    LogLine,
    is_report,
    logged_entries,
    noted_files,
    noted_reports,
    read_log,
    reports_before,
)
from assets.publication.row_difference import first_difference

T = TypeVar("T")


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was published; ``where`` is a path, a line or a table."""

    where: str
    da: str
    en: str

    def __str__(self) -> str:
        return f"{self.where}: {self.da} / {self.en}"


@dataclass(frozen=True)
class Place:
    """Where the files are: a home, or a folder with the published database and its history alone."""

    root: Path
    published: Path

    @property
    def history(self) -> Path:
        """The publications that were."""
        return self.published / "history"

    @property
    def database(self) -> Path:
        """The publication that stands."""
        return self.published / DATABASE

    @property
    def log(self) -> Path:
        """The log."""
        return self.history / LOG


class Differs(Exception):
    """Something differs; the difference says what."""

    def __init__(self, where: str, da: str, en: str) -> None:
        super().__init__(where)
        self.difference = Difference(where, da, en)


def log_lines(files: Place) -> list[LogLine]:
    try:
        return read_log(files.log)
    except LogError as error:
        raise Differs(
            f"{LOG}:{error.number}",
            "linjen er ændret, flyttet eller indsat, eller linjen før er fjernet",
            "the line was changed, moved or put in, or the line before it was removed",
        ) from error


def read_chain(files: Place, lines: Sequence[LogLine]) -> list[Entry]:
    """The chain of the published file, when it holds together and the log says the same."""
    logged = logged_entries(lines)
    if not files.database.exists():
        if logged or files.history.exists():
            raise Differs(DATABASE, "den offentliggjorte fil er væk", "the published file is gone")
        return []
    chain = _open(files.database, read_table)
    broken = first_break(chain)
    if broken is not None:
        raise Differs(
            f"audit.publication:{broken}",
            "rækken følger ikke af den forrige: ændret, eller en er fjernet",
            "the row does not follow from the one before: changed, or one was removed",
        )
    for number, (row, line) in enumerate(zip(chain, logged, strict=False), start=1):
        if row != line:
            raise Differs(
                f"audit.publication:{number}",
                "rækken og loggen siger ikke det samme",
                "the row and the log do not say the same",
            )
    if len(chain) != len(logged):
        short, long = (DATABASE, LOG) if len(chain) < len(logged) else (LOG, DATABASE)
        missing = min(len(chain), len(logged)) + 1
        raise Differs(
            short,
            f"offentliggørelse {missing} mangler: {long} har den, slutningen er skåret af",
            f"publication {missing} is missing: {long} has it, the end was cut off",
        )
    return chain


def check_head(chain: Sequence[Entry], head: str | None) -> None:
    if head and not any(entry.head_hash.startswith(head.lower()) for entry in chain):
        raise Differs(
            "audit.publication",
            f"kæden har ingen offentliggørelse med hovedhash {head}",
            f"the chain has no publication with the head hash {head}",
        )


def check_manifests(files: Place, chain: Sequence[Entry], lines: Sequence[LogLine]) -> None:
    """Every publication has its manifest as it was written, and no folder is of none."""
    for entry, drawn in zip(chain, reports_before(lines), strict=False):
        where = f"history/{entry.folder}/{MANIFEST}"
        path = files.history / entry.folder / MANIFEST
        if not path.is_file():
            raise Differs(
                where, "offentliggørelsens manifest er fjernet", "the publication's manifest was removed"
            )
        content = path.read_bytes()
        if sha256_hex(content) != entry.manifest_hash:
            raise Differs(where, "manifestet er ændret", "the manifest was changed")
        manifest = json.loads(content)
        derived = combine({table: output["sha256"] for table, output in manifest["outputs"].items()})
        if derived != entry.content_hash or manifest["previous_hash"] != entry.previous_hash:
            raise Differs(where, "manifestet hører ikke til her", "the manifest does not belong here")
        if manifest.get("reports", drawn) != drawn:
            raise Differs(
                f"{LOG}: outputs",
                f"loggen og manifestet for offentliggørelse {entry.sequence} har ikke de samme rapporter",
                f"the log and the manifest of publication {entry.sequence} do not have the same reports",
            )
    known = {entry.folder for entry in chain}
    for folder in sorted(files.history.glob("[0-9]*-*")):
        if folder.name not in known:
            raise Differs(
                f"history/{folder.name}",
                "mappen er af en offentliggørelse, som kæden ikke har: skåret af, "
                "eller en kørsel blev afbrudt (så rydder den næste op)",
                "the folder is of a publication that the chain does not have: cut off, "
                "or a run was broken off (then the next one clears up)",
            )


def check_database(files: Place, entry: Entry, lines: Sequence[LogLine]) -> None:
    """The published file holds what was published, to the byte."""
    _check_file(files, files.database, DATABASE, entry, lines)


def check_kept(files: Place, chain: Sequence[Entry], lines: Sequence[LogLine]) -> None:
    for entry in chain:
        path = files.history / entry.folder / DATABASE
        if path.exists():
            _check_file(files, path, f"history/{entry.folder}/{DATABASE}", entry, lines)


def _check_file(files: Place, path: Path, where: str, entry: Entry, lines: Sequence[LogLine]) -> None:
    if path.with_name(path.name + ".wal").exists():
        raise Differs(f"{where}.wal", "der er skrevet i filen", "the file was written to")
    written, redacted = written_hashes(lines)
    if file_sha256(path) == written[entry.sequence]:
        return
    if entry.sequence in redacted:
        number = redacted[entry.sequence]
        raise Differs(
            where,
            f"filen er ændret efter redigeringen ved post {number}",
            f"the file was changed after the redaction by entry {number}",
        )
    outputs = read_manifest(files, entry)["outputs"]
    expected = {table: output["sha256"] for table, output in outputs.items()}
    found = _open(path, table_hashes)
    for table in sorted(expected.keys() | found.keys()):
        if expected.get(table) != found.get(table):
            raise Differs(f"{where}: {table}", *_told(files, path, table, entry))
    raise Differs(
        where,
        "filen er ændret uden for de forseglede tabeller: kommentarer, makroer, audit.run eller tomme bytes",
        "the file was changed outside the sealed tables: comments, macros, audit.run or unused bytes",
    )


def written_hashes(lines: Sequence[LogLine]) -> tuple[dict[int, str], dict[int, int]]:
    """Sequence of a publication to the hash its file was last given, and to the entry that redacted it."""
    written: dict[int, str] = {}
    redacted: dict[int, int] = {}
    for line in lines:
        if line.kind == "publication":
            written[line.noted["entry"]["sequence"]] = line.noted["file_sha256"]
        elif line.kind == "redaction":
            for sequence, sha256 in line.noted["publications"].items():
                written[int(sequence)] = sha256
                redacted[int(sequence)] = line.number
    return written, redacted


def _told(files: Place, path: Path, table: str, entry: Entry) -> tuple[str, str]:
    """What is different in a table, shown by row and column where another copy is as published."""
    for other in (files.history / entry.folder / DATABASE, files.database):
        if other != path and other.exists() and _open(other, _content) == entry.content_hash:
            da, en = first_difference(other, path, table)
            return f"ændret: {da}", f"changed: {en}"
    return "tabellen er ændret", "the table was changed"


def check_outputs(files: Place, lines: Sequence[LogLine]) -> list[str]:
    """Reports are the bytes they were when last made or redacted, and no other lies among them.

    Files that were removed by a redaction are not there. While reports are being drawn they are not compared.
    """
    if files.root == files.published:
        return []
    _check_noted(files, {name: sha for name, sha in noted_files(lines).items() if not is_report(name)})
    mark = files.history / DRAWING
    if mark.is_file() and mark.read_bytes():
        return [
            "reports: rapporter skrives, eller det blev afbrudt; kør netvaerdi report og netvaerdi dialogue "
            "/ reports are being drawn, or that was broken off; run netvaerdi report and netvaerdi dialogue"
        ]
    noted = noted_reports(lines)
    _check_noted(files, noted)
    there = [
        path.relative_to(files.root).as_posix()
        for folder in REPORT_FOLDERS
        for path in sorted((files.root / folder).rglob("*"))
        if path.is_file()
    ]
    if there and not noted:
        return [
            "reports: endnu ikke forseglet; det bliver de ved næste kørsel / not sealed before the next run"
        ]
    for name in there:
        if name not in noted:
            raise Differs(
                name, "filen er lagt til: loggen har den ikke", "the file was added: no line notes it"
            )
    return []


def _check_noted(files: Place, noted: Mapping[str, str]) -> None:
    for name, expected in sorted(noted.items()):
        path = files.root / name
        if not expected:
            if path.exists():
                raise Differs(name, "filen blev fjernet og er her igen", "the file was removed and is back")
            continue
        if not path.is_file():
            raise Differs(name, "rapporten er fjernet", "the report was removed")
        if file_sha256(path) != expected:
            raise Differs(name, "rapporten er ændret", "the report was changed")


def check_archive(files: Place, entry: Entry) -> None:
    """Every current delivery is in the archive under its hash, and every file there is what its name says.

    A file that held personal numbers is kept as a blanked copy, which has another hash.
    """
    archive = files.root / "archive"
    if not archive.is_dir():
        return
    for path in sorted(archive.rglob("*")):
        if path.is_file() and len(path.stem) == 64 and file_sha256(path) != path.stem:
            raise Differs(
                path.relative_to(files.root).as_posix(),
                "den arkiverede fil er ændret",
                "the archived file was changed",
            )
    for said in read_manifest(files, entry)["inputs"]:
        if said["state"] == "current" and not list(archive.rglob(f"{said['sha256']}*")):
            raise Differs(
                f"archive/{said['sha256'][:12]}…",
                f"leverance {said['sequence']} er fjernet fra arkivet",
                f"delivery {said['sequence']} was removed from the archive",
            )


def read_manifest(files: Place, entry: Entry) -> dict[str, Any]:
    """A publication's manifest."""
    said: dict[str, Any] = json.loads((files.history / entry.folder / MANIFEST).read_bytes())
    return said


def check_warehouse(files: Place, chain: Sequence[Entry]) -> list[str]:
    path = files.root / "warehouse" / DATABASE
    if not path.exists():
        return []
    try:
        known, inputs = _open(path, lambda connection: (read_table(connection), _deliveries(connection)))
    except Differs:
        return ["warehouse: i brug eller ulæselig / in use or unreadable"]
    if known != list(chain):
        raise Differs(
            "warehouse: audit.publication",
            "lageret og den offentliggjorte fil har ikke samme kæde",
            "the warehouse and the published file do not have the same chain",
        )
    for said in read_manifest(files, chain[-1])["inputs"]:
        if inputs.get(said["sequence"]) != said["sha256"]:
            raise Differs(
                f"warehouse: raw.delivery {said['sequence']}",
                "leverancen er ikke den, tallene er regnet af",
                "the delivery is not the one the figures were computed from",
            )
    return []


def _deliveries(connection: duckdb.DuckDBPyConnection) -> dict[int, str]:
    return dict(connection.execute("select sequence, sha256 from raw.delivery").fetchall())


def _content(connection: duckdb.DuckDBPyConnection) -> str:
    return combine(table_hashes(connection))


def _open(path: Path, ask: Callable[[duckdb.DuckDBPyConnection], T]) -> T:
    """Ask a database file something, by a connection of its own."""
    try:
        connection = duckdb.connect(str(path), read_only=True)
        try:
            return ask(connection)
        finally:
            connection.close()
    except duckdb.Error as error:
        raise Differs(
            path.name, "filen er beskadiget eller i brug", "the file is damaged or in use"
        ) from error


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
