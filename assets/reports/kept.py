"""The reports of every publication, kept as drawn, so that a past one is served and not drawn again.

``<reports>/<organisation>/<period>/<sequence>-<hash>/`` holds a publication's report of that quarter; the
files beside these folders are the latest ones, under the name that everybody knows.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from assets.publication.chain import DATABASE
from assets.publication.file_steps import copy_whole
from assets.reports.errors import ReportError
from assets.reports.formats import write_report
from assets.reports.management_report import NAME, report_folder
from assets.reports.published import latest_entry, organisations

_FOLDER = re.compile(r"(\d{6})-([0-9a-f]{12})")


@dataclass(frozen=True)
class Kept:
    """A publication's reports of one organisation and quarter."""

    folder: Path
    sequence: int
    hash_start: str


def kept_of(folder: Path, organisation_id: str, period: str) -> list[Kept]:
    """What is kept of a quarter, the latest publication first."""
    found = [
        Kept(place, int(match[1]), match[2])
        for place in report_folder(folder, organisation_id, period).glob("*/")
        if (match := _FOLDER.fullmatch(place.name))
    ]
    return sorted(found, key=lambda kept: kept.sequence, reverse=True)


def serve_report(  # noqa: PLR0917 - what a report is asked for by
    database: Path,
    folder: Path,
    organisation_id: str,
    period: str,
    lang: str,
    form: str,
    *,
    alone: bool = False,
) -> Path:
    """The report as published: the latest quarter from the publication that stands, an earlier one as kept.

    An earlier quarter of which none was made is drawn from the publication that stands, and kept as its.
    A form that was not made then (PDF) is made of that publication's own file.

    Raises:
        ReportError: As ``write_report``; or that publication's database is no longer kept.
    """
    periods = organisations(database).get(organisation_id, [])
    kept = kept_of(folder, organisation_id, period)
    if not kept or period == max(periods, default=""):
        path = write_report(database, folder, organisation_id, period, lang, form, alone=alone)
        return keep_report(database, path, organisation_id, period)
    stands = f"{NAME}_{lang}.{form}"
    for one in kept:
        if (one.folder / stands).is_file():
            return _put_forward(one.folder / stands)
    return _made_of_its_own(database, folder, organisation_id, period, lang, form, kept[0], alone)


def keep_report(database: Path, path: Path, organisation_id: str, period: str) -> Path:
    """Keep a report that was just drawn, under its publication; the same path."""
    entry = latest_entry(database)
    if entry is not None:
        sequence, content_hash = entry
        _copy(path, path.parent / f"{sequence:06d}-{content_hash[:12]}")
    return path


def _made_of_its_own(  # noqa: PLR0917 - as serve_report
    database: Path,
    folder: Path,
    organisation_id: str,
    period: str,
    lang: str,
    form: str,
    kept: Kept,
    alone: bool,
) -> Path:
    """A form that was not made then, from the database that was published then."""
    history = database.parent / "history"
    own = next(history.glob(f"{kept.sequence:06d}-*/{DATABASE}"), None)
    if own is None:
        raise ReportError(
            f"Rapporten for {period} blev ikke lavet som {form} dengang, og den offentliggørelse er ikke "
            "længere gemt hel",
            f"The report of {period} was not made as {form} then, and that publication is no longer kept "
            "whole",
        )
    path = write_report(own, folder, organisation_id, period, lang, form, alone=alone)
    return keep_report(own, path, organisation_id, period)


def _put_forward(kept: Path) -> Path:
    """The kept file under the name that everybody knows."""
    return _copy(kept, kept.parent.parent)


def _copy(path: Path, place: Path) -> Path:
    place.mkdir(exist_ok=True)
    target = place / path.name
    copy_whole(path, target)
    return target
