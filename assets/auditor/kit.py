"""The auditor's kit: one zip with the database, its manifest, a verifier and how to read it.

All of it is checked offline with nothing but DuckDB and Python's standard library. The same publication gives
the same bytes: names in order, one fixed time.
"""

import hashlib
import zipfile
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import duckdb

from assets.auditor import kit_verifier
from assets.auditor.hardened import hardened_connection
from assets.auditor.safe_csv import csv_text
from assets.errors import TwoLanguageError
from assets.home import Home
from assets.publication.chain import MANIFEST, read_table
from assets.publication.file_steps import write_whole
from assets.publication.macros import load_macros
from assets.publication.seal import history_folder

VERIFIER = "efterproev.py"
PACKAGE = Path(__file__).resolve().parents[1]
# What the verifier imports, under the names it has here.
MODULES = ("__init__.py", "publication/__init__.py", "publication/chain.py", "publication/content_hash.py")
FIXED_TIME = (2000, 1, 1, 0, 0, 0)
READ_ME = """\
Netværdi: revisorens kasse / the auditor's kit

netvaerdi.duckdb     den offentliggjorte database / the published database
manifest.json        hvad offentliggørelsen er lavet af / what the publication was made of
efterproev.py        efterprøver det hele uden net / checks all of it offline
afstemning.md        kroner afstemt fra ark til rapport, linje for linje / kroner reconciled, worked through
ordbog.csv           hver tabel og kolonne / every table and column
spoergsmaal/         de færdige spørgsmåls SQL, som også står i audit.how_to / the canned questions' SQL
SHA256SUMS           filernes kontrolsummer / the files' checksums

Pak ud, og kør / unpack and run:  python efterproev.py [hovedhash fra en rapport / head hash from a report]
Det kræver Python og DuckDB (pip install duckdb), intet net. / It takes Python and DuckDB, no network.

Kassen viser enkelte ledere og er til revisor alene.
The kit shows single leaders and is for the auditor only.
"""


class KitError(TwoLanguageError):
    """No kit was written."""


def write_kit(home: Home, out: Path) -> list[str]:
    """Write the kit; the names in it.

    Raises:
        KitError: The publication is gone or broken, or the file cannot be written.
    """
    try:
        files = dict(_files(home))
        files[kit_verifier.SUMS] = "".join(
            f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)
        ).encode()
        building = out.with_name(f".{out.name}.part")
        try:
            _write_zip(building, files)
            write_whole(out, building.read_bytes())
        finally:
            building.unlink(missing_ok=True)
    except (OSError, duckdb.Error) as error:
        cause = error.strerror if isinstance(error, OSError) else type(error).__name__
        raise KitError(
            f"Kassen {out.name} kan ikke skrives: {cause}.", f"The kit {out.name} cannot be written: {cause}."
        ) from error
    return sorted(files)


def _write_zip(path: Path, files: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as kit:
        for name in sorted(files):
            kit.writestr(zipfile.ZipInfo(name, FIXED_TIME), files[name], zipfile.ZIP_DEFLATED)


def _files(home: Home) -> Iterator[tuple[str, bytes]]:
    yield "LAESMIG.txt", READ_ME.encode()
    yield kit_verifier.DATABASE, home.database.read_bytes()
    yield VERIFIER, Path(kit_verifier.__file__).read_bytes()
    for name in MODULES:
        yield f"assets/{name}", (PACKAGE / name).read_bytes()
    for macro in load_macros():
        if macro.ask:
            yield f"spoergsmaal/{macro.name}.sql", macro.source.encode()
    with hardened_connection(home.database) as connection:
        [*_, last] = read_table(connection)
        yield kit_verifier.MANIFEST, (history_folder(home) / last.folder / MANIFEST).read_bytes()
        yield "ordbog.csv", b"\xef\xbb\xbf" + _dictionary(connection).encode()
        yield "afstemning.md", reconciliation(connection).encode()


def _dictionary(connection: duckdb.DuckDBPyConnection) -> str:
    cursor = connection.execute("select * from audit.dictionary")
    names = [str(column[0]) for column in cursor.description or ()]
    return csv_text(names, cursor.fetchall())


def reconciliation(connection: duckdb.DuckDBPyConnection) -> str:
    """Kroner granted, reconciled for every organisation in its last quarter, with the SQL that did it."""
    parts = [
        "# Afstemning af bevilgede kroner / Reconciliation of kroner granted\n",
        "Linje 10-40 giver 50, linje 50-80 giver 90; 95 er tallet i rapporten, 99 forskellen, som er 0.\n"
        "Lines 10-40 make 50, lines 50-80 make 90; 95 is the report's figure, 99 the difference, 0.\n",
    ]
    quarters = connection.execute(
        "select organisation_id, max(period) from main.organisation_result group by all order by all"
    ).fetchall()
    for organisation, period in quarters:
        ask = f"select * from audit.kroner('{organisation.replace(chr(39), chr(39) * 2)}', '{period}')"
        rows = connection.execute(ask).fetchall()
        parts.append(f"## {organisation}, {period}\n\n```sql\n{ask}\n```\n")
        parts.append("| linje | | | registreringer / records | kroner |\n|---|---|---|---:|---:|")
        for line, da, en, records, kroner in rows:
            parts.append(f"| {line} | {da} | {en} | {_danish(records)} | {_danish(kroner)} |")
        parts.append("")
    return "\n".join(parts)


def _danish(value: int | Decimal | None) -> str:
    if value is None:
        return ""
    text = f"{value:,.2f}" if isinstance(value, Decimal) else f"{value:,}"
    return text.translate(str.maketrans(",.", ".,"))
