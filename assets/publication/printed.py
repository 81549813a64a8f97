"""What a report prints of its publication: the content hash, the head of the chain, and how to check it."""

from dataclasses import dataclass

import duckdb

SHOWN = 16  # digits of the head in the command: enough to tell one from another
# The first of the publications in a row that hold this content: the same content gives the same report.
_STANDS = """
with last as (select content_hash from audit.publication order by sequence desc limit 1)

select content_hash, head_hash
from audit.publication
where sequence > coalesce(
    (select max(other.sequence) from audit.publication as other, last
    where other.content_hash is distinct from last.content_hash), 0
)
order by sequence
limit 1
"""


@dataclass(frozen=True)
class PrintedSeal:
    """The two hashes of a publication; both empty where nothing is published.

    Attributes:
        head_hash: Of the chain up to the first publication with this content, counted back from the last.
    """

    content_hash: str
    head_hash: str

    @property
    def told(self) -> tuple[str, str]:
        """The head and how to check it, in Danish and in English."""
        return (
            f"Kædens hovedhash: {self.head_hash}. Kontrollér rapporten: "
            f"netvaerdi verify --head {self.head_hash[:SHOWN]}",
            f"Head hash of the chain: {self.head_hash}. Check the report: "
            f"netvaerdi verify --head {self.head_hash[:SHOWN]}",
        )


def read_printed(connection: duckdb.DuckDBPyConnection) -> PrintedSeal:
    """What reports of an opened published database print."""
    found = connection.execute(_STANDS).fetchone()
    return PrintedSeal(str(found[0] or ""), str(found[1] or "")) if found else PrintedSeal("", "")
