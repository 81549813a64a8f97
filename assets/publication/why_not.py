"""The trace backwards: why is this row not in the figure?

Answered from the published file alone. The answer is the first of these that holds: it *is* in the figure;
it was rejected (by which rule); it stands in another file or a later delivery; its delivery was withdrawn,
held or not read; it is unknown; it is disputed and upheld; the indicator was not asked or does not use such
records; it is of another network or later than the figure; and otherwise it does not meet the formula.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from assets.accepted.keys import normal_record_key
from assets.contract import KIND_BY_NAME, Kind
from assets.publication.old_rows import find_old_row
from assets.publication.trace import ASKED, TraceError, find_figure, opened

NOT_ASKED = ("learning_network", "not_kept", "no_reference_leader", "short_tenure")
BEGINS = {
    "valid_from",
    "start_date",
    "idea_date",
    "submitted_date",
    "identified_date",
    "date",
    "planned_date",
}


@dataclass(frozen=True)
class WhyNot:
    """The answer.

    Attributes:
        code: ``counted``, ``rejected``, ``superseded``, ``withdrawn``, ``held``, ``quarantined``,
            ``duplicate``, ``unknown``, ``dispute_upheld``, ``not_asked``, ``not_used``, ``other_network``,
            ``later`` or ``outside_rule``.
        place: File, sheet and row, where it stands or stood.
        facts: Headings and values of the record, for a reader to hold against the formula.
        figure: The figure, as in :class:`assets.publication.trace.Trace`.
    """

    code: str
    da: str
    en: str
    place: str
    facts: tuple[tuple[str, str], ...]
    figure: dict[str, Any]


@dataclass(frozen=True)
class _Asked:
    connection: duckdb.DuckDBPyConnection
    figure: dict[str, Any]
    kind: Kind
    key: str

    def row(self, query: str, *given: object) -> dict[str, Any] | None:
        cursor = self.connection.execute(query, list(given))
        names = [column[0] for column in cursor.description or ()]
        rows = cursor.fetchall()
        return dict(zip(names, rows[0], strict=True)) if rows else None

    def answer(
        self, code: str, da: str, en: str, place: str = "", facts: tuple[tuple[str, str], ...] = ()
    ) -> WhyNot:
        return WhyNot(code, da, en, place, facts, self.figure)


def why_not(  # noqa: PLR0917 - the parts of a figure's key, then the record's
    database: Path,
    organisation: str,
    network: str,
    period: str,
    indicator: str,
    record_kind: str,
    record_key: str,
    dimension: str = "",
) -> WhyNot:
    """Why a record is not in a published figure.

    Args:
        record_kind: Canonical name or the sheet's (``touchpoints``, ``Samspil``); never the pulse.
        record_key: As a dispute names it: parts joined by ``/``, in any spelling a cell may have.

    Raises:
        TraceError: There is no such figure, no such kind, or the key has not the kind's parts.
    """
    kind = _kind(record_kind)
    key = normal_record_key(kind.name, record_key)
    if key is None:
        raise TraceError(
            f"{record_key} er ikke en nøgle i {kind.sheet}; den har delene {' / '.join(kind.key)}.",
            f"{record_key} is no key of {kind.name}; its parts are {' / '.join(kind.key)}.",
        )
    with opened(database) as connection:
        figure = find_figure(
            connection, (organisation, network.upper(), period.upper(), indicator.upper(), dimension)
        )
        asked = _Asked(connection, figure, kind, key)
        return _counted(asked) or _not_accepted(asked) or _not_in_question(asked) or _not_meeting(asked)


def _kind(name: str) -> Kind:
    for kind in KIND_BY_NAME.values():
        if name.casefold() in (kind.name, kind.sheet.casefold()) and kind.key:
            return kind
    kinds = ", ".join(kind.sheet for kind in KIND_BY_NAME.values() if kind.key)
    raise TraceError(f"{name} er ingen art med nøgle: {kinds}.", f"{name} is no kind with a key: {kinds}.")


def _counted(asked: _Asked) -> WhyNot | None:
    figure_key = [asked.figure[name] for name, _, _ in ASKED]
    parts = asked.connection.execute(
        "select part from audit.evidence where organisation_id = ? and network_id = ? and period = ? "
        "and indicator_id = ? and dimension = ? and record_kind = ? and record_key = ? order by part desc",
        [*figure_key, asked.kind.name, asked.key],
    ).fetchall()
    if not parts:
        return None
    shown = " + ".join(part for (part,) in parts)
    return asked.answer("counted", f"Den er med i tallet ({shown}).", f"It is in the figure ({shown}).")


def _not_accepted(asked: _Asked) -> WhyNot | None:
    """Rejected, in an earlier delivery alone, or nowhere; None where it was accepted."""
    if _record(asked) is not None:
        return None
    finding = asked.row(
        "select * from audit.finding where organisation_id = ? and kind = ? and record_key = ? "
        "and (severity = 'error' or rule = 'superseded_key') order by severity, row_number limit 1",
        asked.figure["organisation_id"],
        asked.kind.name,
        asked.key,
    )
    if finding is not None:
        place = _place(finding["path"], finding["sheet"], finding["row_number"], finding["cell"])
        return asked.answer(
            "rejected",
            f"Rækken er afvist ({finding['rule']}): {finding['message_da']}",
            f"The row was rejected ({finding['rule']}): {finding['message_en']}",
            place,
        )
    old = find_old_row(asked.connection, asked.figure["organisation_id"], asked.kind, asked.key)
    if old is not None:
        return asked.answer(old.code, old.da, old.en, _place(old.path, old.sheet, old.row_number))
    return asked.answer(
        "unknown",
        "Ingen leverance har en læselig række med den nøgle.",
        "No delivery has a readable row of that key.",
    )


def _not_in_question(asked: _Asked) -> WhyNot | None:
    """An upheld dispute, an indicator that was not asked, or one that rests on other kinds."""
    disputed = asked.row(
        "select resolved_date from main.disputes where organisation_id = ? and record_kind = ? "
        "and record_key = ? and outcome = 'upheld' order by resolved_date limit 1",
        asked.figure["organisation_id"],
        asked.kind.name,
        asked.key,
    )
    place, facts = _facts(asked)
    if disputed is not None:
        return asked.answer(
            "dispute_upheld",
            "En indsigelse mod den fik medhold; den tæller ikke længere.",
            "A dispute of it was upheld; it counts no longer.",
            place,
            facts,
        )
    if asked.figure["reason"] in NOT_ASKED:
        return asked.answer(
            "not_asked",
            f"Indikatoren er slet ikke regnet her ({asked.figure['reason']}).",
            f"The indicator was not computed here at all ({asked.figure['reason']}).",
            place,
            facts,
        )
    if asked.kind.name not in asked.figure["source_kinds"].split(", "):
        return asked.answer(
            "not_used",
            f"{asked.figure['indicator_id']} bygger ikke på arket {asked.kind.sheet}.",
            f"{asked.figure['indicator_id']} does not rest on {asked.kind.name}.",
            place,
            facts,
        )
    return None


def _not_meeting(asked: _Asked) -> WhyNot:
    """An accepted record that the figure's network, day or formula leaves out."""
    record = _record(asked) or {}
    place, facts = _facts(asked)
    network = record.get("network_id") or _network_of_solution(asked, record.get("solution_id"))
    if network and network != asked.figure["network_id"]:
        return asked.answer(
            "other_network", f"Den hører til {network}.", f"It belongs to {network}.", place, facts
        )
    day = next((record[name] for name in record if name in BEGINS and record[name]), None)
    if isinstance(day, date) and day > asked.figure["period_end"]:
        return asked.answer(
            "later",
            f"Den er fra {day:%d.%m.%Y}, efter opgørelsesdagen {asked.figure['period_end']:%d.%m.%Y}.",
            f"It is of {day}, after the day of the count, {asked.figure['period_end']}.",
            place,
            facts,
        )
    return asked.answer(
        "outside_rule",
        "Den er godkendt, men opfylder ikke formlen (dag, person, art eller beløb).",
        "It was accepted, but does not meet the formula (day, person, kind or amount).",
        place,
        facts,
    )


def _record(asked: _Asked) -> dict[str, Any] | None:
    key = "dispute_id" if asked.kind.name == "disputes" else "record_key"
    return asked.row(
        f"select * from main.{asked.kind.name} where organisation_id = ? and {key} = ?",
        asked.figure["organisation_id"],
        asked.key,
    )


def _network_of_solution(asked: _Asked, solution: str | None) -> str | None:
    if solution is None:
        return None
    found = asked.row(
        "select network_id from main.solutions where organisation_id = ? and solution_id = ?",
        asked.figure["organisation_id"],
        solution,
    )
    return str(found["network_id"]) if found else None


def _facts(asked: _Asked) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Where the accepted record stands, and what it says (without names and free text)."""
    record = _record(asked) or {}
    delivery = asked.row(
        "select path from audit.delivery where sequence = ?", record.get("delivery_sequence")
    )
    place = _place((delivery or {}).get("path"), record.get("sheet"), record.get("row_number"))
    said = tuple(
        (column.heading, str(record[column.name]))
        for column in asked.kind.columns
        if not column.descriptive and record.get(column.name) is not None
    )
    return place, said


def _place(path: str | None, sheet: str | None, row: int | None, cell: str | None = None) -> str:
    where = cell or (f"række / row {row}" if row else None)
    return " · ".join(part for part in (path, sheet, where) if part)
