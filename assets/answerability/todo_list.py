"""The secretariat's list as a file to print: what waits, network by network, and whether the data came.

Read from the published database alone. No person is named, but the key of a record may hold a person's id:
of a manager not heard it says whom to ask. So only those who collect and mend read it.
"""

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assets.contract import KIND_BY_NAME
from assets.errors import RequestError
from assets.people.nameless import in_english, nameless
from assets.publication.printed import read_printed
from assets.reports.dialogue.files import own_folder, write_private
from assets.reports.management_report import TEMPLATES, held
from assets.reports.published import organisation_facts
from assets.reports.words import Words

NAME = "opgaver"
TASKS = """
select network_id, task, record_kind, record_key, since_date, days_waited, text_da, text_en
from audit.todo
where organisation_id = $organisation
order by network_id, task, since_date nulls last, record_key
"""
COMPLETENESS = """
select * from audit.completeness
where organisation_id = $organisation and network_id = '' and period = $period
"""
LACKING = """
select network_id, kind from audit.completeness
where organisation_id = $organisation and network_id <> '' and period = $period
    and delivered in ('missing', 'no_rows')
order by network_id, kind
"""
DAY = """
select max(period), max(period_end) from main.indicator_result where organisation_id = $organisation
"""
TITLES = "select network_id, title from main.networks where organisation_id = $organisation"
KINDS = {kind: place for place, kind in enumerate(KIND_BY_NAME)}  # in the order of the template's sheets
DELIVERED = {
    "on_time": ("til tiden", "in time"),
    "late": ("for sent", "late"),
    "delivered": ("leveret, ingen frist aftalt", "delivered, no deadline agreed"),
    "missing": ("mangler", "missing"),
    "not_due": ("fristen er ikke nået", "not due yet"),
    "no_rows": ("ingen rækker", "no rows"),
    "not_kept": ("føres ikke", "not kept"),
}


def write_todo_list(
    database: Path, folder: Path, organisation_id: str, lang: str, *, alone: bool = False
) -> Path:
    """Write ``<organisation>/<latest quarter>/opgaver_<lang>.html`` in the folder of the lists; its path.

    Folders are 0700 and files 0600 from the moment they exist. Where a list is ``alone``, none is made in the
    other language to lead to.

    Raises:
        RequestError: Nothing is published, or nothing of this organisation.
    """
    if not database.is_file():
        raise RequestError("Der er intet offentliggjort endnu.", "Nothing is published yet.")
    with duckdb.connect(str(database), read_only=True) as connection:
        given: dict[str, Any] = {"organisation": organisation_id}
        ((period, day),) = connection.execute(DAY, given).fetchall()
        if period is None:
            raise RequestError(
                f"{organisation_id} er ikke i offentliggørelsen.",
                f"{organisation_id} is not in the publication.",
            )
        tasks = _rows(connection, TASKS, given)
        quarter = given | {"period": period}
        completeness = sorted(_rows(connection, COMPLETENESS, quarter), key=lambda row: KINDS[row["kind"]])
        lacking = connection.execute(LACKING, quarter).fetchall()
        named = nameless(connection, organisation_id)(_rows(connection, TITLES, given))
        titles = {row["network_id"]: row["title"] for row in (named if lang == "da" else in_english(named))}
        name = organisation_facts(connection, organisation_id)["name"]
        seal = read_printed(connection)
    words = Words(lang)
    text = (
        _environment()
        .get_template("todo.html.j2")
        .render(
            words=words,
            organisation=name,
            period=period,
            day=day,
            networks=[
                (network, list(rows)) for network, rows in groupby(tasks, lambda row: row["network_id"])
            ],
            titles=titles,
            total=len(tasks),
            record=lambda row: record_name(row, words),
            completeness=[row | {"name": kind_name(row["kind"], words)} for row in completeness],
            delivered={name: words.pick(*texts) for name, texts in DELIVERED.items()},
            lacking=_lacking(lacking, words),
            seal=seal,
            css=Markup((TEMPLATES / "report.css").read_text(encoding="utf-8")),
            other="" if alone else f"{NAME}_{words.pick('en', 'da')}.html",
        )
    )
    path = own_folder(folder, organisation_id, period) / f"{NAME}_{lang}.html"
    write_private(path, text.encode())
    return path


def record_name(row: dict[str, Any], words: Words) -> str:
    """Sheet and key, as the secretariat finds the row; nothing where the task is the network itself."""
    if row["task"] == "name_to_ask_about":
        return str(row["record_key"])
    if row["record_kind"] == "networks":
        return ""
    return f"{kind_name(row['record_kind'], words)} {row['record_key']}"


def kind_name(kind: str, words: Words) -> str:
    """The sheet's name in Danish, the kind's in English."""
    return words.pick(KIND_BY_NAME[kind].sheet, kind.replace("_", " ").capitalize())


def _lacking(rows: Iterable[tuple[str, str]], words: Words) -> list[tuple[str, str]]:
    """Each network with the sheets it has no rows in."""
    return [
        (network, words.listing([kind_name(kind, words) for _, kind in kinds]))
        for network, kinds in groupby(rows, lambda row: row[0])
    ]


def _rows(connection: duckdb.DuckDBPyConnection, query: str, given: dict[str, Any]) -> list[dict[str, Any]]:
    cursor = connection.execute(query, given)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).resolve().parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["held"] = held
    return made
