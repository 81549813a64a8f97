"""What was restated after a sheet became final, as a note beside it: the sheet itself stays as it was."""

from pathlib import Path
from typing import Any

from markupsafe import Markup

from assets.people.purpose import PURPOSE
from assets.publication.printed import PrintedSeal, read_printed
from assets.reports.dialogue import wording
from assets.reports.dialogue.files import note_path, write_private
from assets.reports.dialogue.final import final_hash
from assets.reports.management_report import TEMPLATES, environment
from assets.reports.published import open_published, rows
from assets.reports.section_restated import parts_text
from assets.reports.words import Words

_RESTATED = """
select
    restated.*, names.name_da, names.name_en, names.unit, results.denominator, results.n,
    (
        select cast(publications.published_at as date) from audit.publication as publications
        where publications.sequence = restated.publication_sequence
    ) as published_on,
    (
        select max(networks.title) from main.networks as networks
        where networks.organisation_id = restated.organisation_id
            and networks.network_id = restated.network_id
    ) as title
from audit.restatement as restated
inner join main.indicator as names on restated.indicator_id = names.indicator_id
left join main.indicator_result as results
    on restated.organisation_id = results.organisation_id and restated.network_id = results.network_id
    and restated.period = results.period and restated.indicator_id = results.indicator_id
    and restated.dimension = results.dimension
where restated.organisation_id = $organisation and restated.network_id = $network
    and restated.period = $period and names.responsibility_id <> '' and restated.indicator_id not like '%.P'
    and restated.measure in ('value', 'status')
    and restated.publication_sequence > (
        select coalesce(max(drawn.sequence), 0) from audit.publication as drawn
        where drawn.content_hash = $content_hash
    )
order by restated.publication_sequence, restated.indicator_id, restated.measure desc
"""


def write_note(  # noqa: PLR0917 - what a sheet is asked for by
    database: Path, sheet: Path, organisation_id: str, network_id: str, period: str, lang: str
) -> Path | None:
    """Write the note of a final sheet, or take it away where nothing was restated or the sheet is not final.

    Returns:
        The note, readable by its owner only; None where there is none.
    """
    path, content_hash = note_path(sheet), final_hash(sheet)
    found = []
    if content_hash is not None:
        with open_published(database) as connection:
            asked = {"organisation": organisation_id, "network": network_id, "period": period}
            found = rows(connection, _RESTATED, **asked, content_hash=content_hash)
            seal = read_printed(connection)
    if not found:
        path.unlink(missing_ok=True)
        return None
    text = render_note(found, sheet.name, (network_id, period), seal, Words(lang))
    write_private(path, text.encode("utf-8"))
    return path


def render_note(
    found: list[dict[str, Any]], sheet: str, place: tuple[str, str], seal: PrintedSeal, words: Words
) -> str:
    """The note as HTML text.

    Args:
        found: Rows of ``audit.restatement`` with the indicator's names and unit and the network's title,
            oldest first.
        sheet: The final sheet's file name.
        place: Network and quarter.
        seal: The publication the note is drawn of, not the one the sheet was drawn of.
    """
    css = "\n".join((TEMPLATES / name).read_text(encoding="utf-8") for name in ("report.css", "dialogue.css"))
    return (
        environment()
        .get_template("dialogue_note.html.j2")
        .render(
            words=words,
            css=Markup(css),
            purpose=words.pick(*PURPOSE),
            sheet=sheet,
            network=f"{found[0]['title']} ({place[0]})" if found[0]["title"] else place[0],
            period=place[1],
            seal=seal,
            restated=[_told(words, row) for row in found],
        )
    )


def _told(words: Words, row: dict[str, Any]) -> dict[str, str]:
    return {
        "name": f"{row['indicator_id']} {row[words.pick('name_da', 'name_en')]}",
        "was": _side(words, row, row["old"]),
        "is": _side(words, row, row["new"]),
        "parts": parts_text(words, row) if row["measure"] == "value" else "—",
        "day": words.short_day(row["published_on"]),
    }


def _side(words: Words, row: dict[str, Any], text: str | None) -> str:
    """A value in its unit, or a status in words."""
    if row["measure"] != "value":
        return wording.status_word(words, text)
    return wording.figure_text(words, row, float(text) if text else None)
