"""The sheets a run leaves behind: those of the latest quarter, and earlier ones while their hearing goes on.

A sheet is heard and becomes final weeks after its quarter has ended. So a run also keeps up the sheets of
earlier quarters that lie there: their state, and the note of what was restated since they became final.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from assets.reports.dialogue.files import file_name
from assets.reports.dialogue.final import final_hash
from assets.reports.dialogue.restated import write_note
from assets.reports.dialogue.sheet import write_dialogue_sheets
from assets.reports.published import open_published, rows

_HEARD = """
select network_id, period, state
from audit.hearing
where organisation_id = $organisation and period < $period and indicator_id = '' and state <> 'draft'
order by period, network_id
"""


def write_standing_sheets(  # noqa: PLR0917 - as write_dialogue_sheets
    database: Path,
    folder: Path,
    organisation_id: str,
    period: str,
    langs: Iterable[str],
    day: date,
    *,
    alone: bool = False,
) -> list[Path]:
    """Write the quarter's sheets in every language, and bring those of earlier quarters up to their state.

    Returns:
        The quarter's sheets.

    Raises:
        TwoLanguageError: As ``write_dialogue_sheets``.
    """
    languages = tuple(langs)
    written = [
        path
        for lang in languages
        for path in write_dialogue_sheets(database, folder, organisation_id, period, lang, day, alone=alone)
    ]
    with open_published(database) as connection:
        heard = rows(connection, _HEARD, organisation=organisation_id, period=period)
    for row in heard:
        network_id, quarter = row["network_id"], row["period"]
        for lang in languages:
            path = folder / organisation_id / quarter / file_name(network_id, quarter, lang)
            if not path.is_file():  # its time is over, or it was never made
                continue
            if row["state"] == "final" and final_hash(path) is not None:
                write_note(database, path, organisation_id, network_id, quarter, lang)
            else:
                write_dialogue_sheets(
                    database, folder, organisation_id, quarter, lang, day, network_id, alone=alone
                )
    return written
