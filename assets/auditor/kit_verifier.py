"""Efterprøv revisorens kasse uden net. / Check the auditor's kit offline.

    python efterproev.py [HOVEDHASH FRA EN RAPPORT / HEAD HASH FROM A REPORT]

Det kræver kun Python (3.11 eller nyere) og DuckDB (1.2 eller nyere). Slutstatus 0: alt er, som det blev
offentliggjort. / It needs Python (3.11 or later) and DuckDB (1.2 or later) only. Exit status 0: all is as
it was published.
"""

import hashlib
import json
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
if str(FOLDER) not in sys.path:
    sys.path.insert(0, str(FOLDER))

import duckdb  # noqa: E402 - the folder of the kit comes first

from assets.publication.chain import first_break, read_table, sha256_hex  # noqa: E402
from assets.publication.content_hash import combine, table_hashes  # noqa: E402

SUMS = "SHA256SUMS"
DATABASE = "netvaerdi.duckdb"
MANIFEST = "manifest.json"


def check_files(folder: Path) -> str:
    """The first file that is not as it was packed; empty where all are."""
    for line in (folder / SUMS).read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ", 1)
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            return name
    return ""


def check_content(connection: duckdb.DuckDBPyConnection, folder: Path) -> str:
    """The first table that is not as sealed, or what else does not hold together; empty where all does."""
    chain = read_table(connection)
    if not chain or first_break(chain) is not None:
        return "audit.publication"
    manifest = (folder / MANIFEST).read_bytes()
    if sha256_hex(manifest) != chain[-1].manifest_hash:
        return MANIFEST
    sealed = {name: output["sha256"] for name, output in json.loads(manifest)["outputs"].items()}
    found = table_hashes(connection)
    for name in sorted(sealed.keys() | found.keys()):
        if sealed.get(name) != found.get(name):
            return name
    return "" if combine(found) == chain[-1].content_hash else "content_hash"


def check_questions(connection: duckdb.DuckDBPyConnection) -> str:
    """The first question that cannot be asked of this file alone; empty where all can."""
    for name, ask in connection.execute("select name, ask from audit.how_to order by name").fetchall():
        if name == "audit.changed":  # needs a second publication
            continue
        try:
            connection.execute(ask).fetchall()
        except duckdb.Error as error:
            return f"{name}: {str(error).splitlines()[0]}"
    return ""


OF_THE_ORGANISATION = (
    ("recompute_organisation", "measure_id, dimension"),
    ("recompute_responsibility", "network_id, responsibility_id"),
    ("recompute_summary", 'responsibility_id, network_type, "window"'),
)


def check_figures(connection: duckdb.DuckDBPyConnection) -> str:
    """The first figure of a last quarter that is not its records, or kroner that do not reconcile."""
    quarters = connection.execute(
        "select organisation_id, max(period) from main.organisation_result group by all order by all"
    ).fetchall()
    for organisation, period in quarters:
        [(difference,)] = connection.execute(
            "select kroner from audit.kroner(?, ?) where line = 99", [organisation, period]
        ).fetchall()
        if difference:
            return f"{organisation} {period}: kroner {difference}"
        networks = connection.execute(
            "select distinct network_id from main.indicator_result "
            "where organisation_id = ? and period = ? order by network_id",
            [organisation, period],
        ).fetchall()
        for (network,) in networks:
            for (indicator,) in connection.execute(
                "select indicator_id from audit.recompute(?, ?, ?) where not agrees",
                [organisation, network, period],
            ).fetchall():
                return f"{organisation} {network} {period} {indicator}"
        for question, key in OF_THE_ORGANISATION:
            for told in connection.execute(
                f"select {key} from audit.{question}(?, ?) where not agrees", [organisation, period]
            ).fetchall():
                return f"{organisation} {period} {' '.join(told)}"
    return ""


def main(head: str = "") -> int:
    """Check everything, tell what was found, and give the exit status."""
    wrong = check_files(FOLDER)
    told = [("Filerne er, som de blev pakket", "The files are as packed", wrong)]
    if not wrong:
        connection = duckdb.connect(str(FOLDER / DATABASE), read_only=True)
        chain = read_table(connection)
        heads = [entry.head_hash for entry in chain]
        told += [
            ("Indholdet er det forseglede", "The content is as sealed", check_content(connection, FOLDER)),
            ("Hvert spørgsmål kan stilles", "Every question can be asked", check_questions(connection)),
            ("Tallene er deres registreringer", "The figures are their records", check_figures(connection)),
        ]
        if head:
            known = any(one.startswith(head.lower()) for one in heads)
            told.append(
                ("Rapportens hash er i kæden", "The report's hash is in the chain", "" if known else head)
            )
        connection.close()
        print(f"Hovedhash / head hash: {heads[-1] if heads else '-'}")  # noqa: T201 - a script of its own
    for da, en, fault in told:
        print(f"{'FEJL / WRONG' if fault else 'ok'}  {da} / {en}{': ' + fault if fault else ''}")  # noqa: T201
    return 1 if any(fault for *_, fault in told) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
