"""Final sheets: what was talked about and became final is never drawn again with other figures.

A final sheet names the content hash it was drawn of in its head; by that it is known again. Where the file is
gone, it is drawn of the kept publication in which it became final.
"""

import re
from pathlib import Path

import duckdb

from assets.publication.chain import DATABASE
from assets.reports.dialogue.assignment import Assignment, read_assignments
from assets.reports.published import open_published

_MARK = re.compile(rb'<meta name="netvaerdi-final" content="([0-9a-f]*)">')
_HEAD = 4096
_STATE = """
select hearing.state, (select content_hash from audit.publication order by sequence desc limit 1)
from audit.hearing as hearing
where hearing.organisation_id = $organisation and hearing.network_id = $network
    and hearing.period = $period and hearing.indicator_id = ''
"""


def final_hash(path: Path) -> str | None:
    """The content hash that a final sheet was drawn of; None where the file is no final sheet."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        found = _MARK.search(file.read(_HEAD))
    return found[1].decode() if found else None


def as_it_became_final(database: Path, sheet: Assignment) -> Assignment:
    """The sheet of the earliest kept publication from which it has been final ever since; else as given."""
    source = None
    for kept in sorted((database.parent / "history").glob(f"*/{DATABASE}"), reverse=True):
        state, content_hash = _state(kept, sheet)
        if state != "final":
            break
        source = kept if content_hash != sheet.seal.content_hash else None
    if source is None:
        return sheet
    then = read_assignments(source, sheet.organisation_id, sheet.period)
    network_id = sheet.network["network_id"]
    return next((one for one in then if one.network["network_id"] == network_id), sheet)


def _state(database: Path, sheet: Assignment) -> tuple[str, str]:
    asked = {
        "organisation": sheet.organisation_id,
        "network": sheet.network["network_id"],
        "period": sheet.period,
    }
    with open_published(database) as connection:
        try:
            found = connection.execute(_STATE, asked).fetchone()
        except duckdb.CatalogException:  # a publication from before hearings were published
            return "", ""
    return (str(found[0]), str(found[1] or "")) if found else ("", "")
