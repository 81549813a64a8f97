"""Whether what stands in a home is what was published: derived again, offline, from the files alone.

Chain, log, manifests, the published file, the publications kept, the archive and the warehouse are held
against each other; the report names the first thing that differs. A chain that was cut short everywhere
alike shows only against a head hash written down elsewhere: every report prints it.

Needs nothing but DuckDB (1.2 or later) and the standard library.
"""

from dataclasses import dataclass
from pathlib import Path

from assets.publication.chain import Entry
from assets.publication.verify_checks import (
    Difference,
    Differs,
    Place,
    check_archive,
    check_database,
    check_head,
    check_kept,
    check_manifests,
    check_outputs,
    check_warehouse,
    log_lines,
    read_chain,
)


@dataclass(frozen=True)
class VerifyReport:
    """What was found.

    Attributes:
        first: The first difference; None where all is as published.
        publications: How many publications the chain holds.
        head_hash: Its last hash, to hold against a printed report.
        not_compared: What could not be looked at, and why.
        redactions: Entries of the log by which something was erased on purpose, sealed as the rest is.
    """

    first: Difference | None
    publications: int
    head_hash: str
    not_compared: tuple[str, ...] = ()
    redactions: tuple[int, ...] = ()

    @property
    def ok(self) -> bool:
        """Nothing differs."""
        return self.first is None

    @property
    def answer(self) -> tuple[str, str]:
        """What was found, in one sentence in Danish and in English."""
        if self.first is not None:
            return f"{self.first.where}: {self.first.da}", f"{self.first.where}: {self.first.en}"
        if not self.redactions:
            return "intakt", "intact"
        entries = ", ".join(str(entry) for entry in self.redactions)
        return (
            f"redigeret ved post {entries}, ellers intakt",
            f"redacted by entry {entries}, otherwise intact",
        )


def verify(place: Path, head: str | None = None) -> VerifyReport:
    """Hold everything against everything, and name the first difference.

    Args:
        place: A home, or a folder like ``published`` in it.
        head: A head hash (or its first digits) from a report, which the chain must then contain.
    """
    inside = place / "published"
    files = Place(place, inside if inside.is_dir() else place)
    chain: list[Entry] = []
    not_compared: list[str] = []
    redactions: tuple[int, ...] = ()
    try:
        lines = log_lines(files)
        redactions = tuple(line.number for line in lines if line.kind == "redaction")
        chain = read_chain(files, lines)
        check_head(chain, head)
        if chain:
            check_manifests(files, chain, lines)
            check_database(files, chain[-1], lines)
            check_kept(files, chain, lines)
            not_compared += check_outputs(files, lines)
            check_archive(files, chain[-1])
            not_compared += check_warehouse(files, chain)
    except Differs as found:
        return VerifyReport(found.difference, len(chain), chain[-1].head_hash if chain else "")
    head_hash = chain[-1].head_hash if chain else ""
    return VerifyReport(None, len(chain), head_hash, tuple(not_compared), redactions)
