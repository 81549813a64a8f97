"""Drawing in processes of their own: they load the charts while the run counts, and draw side by side."""

import atexit
import json
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

from assets.child_process import ChildProcess, answer_questions
from assets.errors import TwoLanguageError

DRAWERS = 2  # each holds a browser's script engine and a font list


class DrawingError(TwoLanguageError):
    """Something could not be drawn."""


def _down() -> DrawingError:
    return DrawingError(
        "Tegningen blev afbrudt: dens proces gik ned, måske af mangel på hukommelse. Kør igen",
        "The drawing broke off: its process went down, perhaps for lack of memory. Run again",
    )


class Drawers:
    """Processes that draw side by side; whichever is free takes the next task."""

    def __init__(self) -> None:
        self._process = ChildProcess(__name__, _down, DRAWERS)
        self._reading = ThreadPoolExecutor(DRAWERS, "drawing")

    def start(self) -> None:
        """Start the processes without waiting for them."""
        self._process.start()

    def draw(self, task: str, **asked: Any) -> Future[Any]:
        """Have one of :data:`TASKS` done; the result raises :class:`DrawingError` with what went wrong."""
        return self._reading.submit(self._draw, json.dumps({"task": task, "asked": asked}).encode())

    def close(self) -> None:
        """End the processes."""
        self._process.close()

    def _draw(self, question: bytes) -> Any:
        said = json.loads(self._process.ask(question).result())
        if "error" in said:
            raise DrawingError(*said["error"])
        return said["drawn"]


HIRED = Drawers()
atexit.register(HIRED.close)


def reports(  # noqa: PLR0917 - what a report is asked for by
    database: str, folder: str, organisation_id: str, period: str, lang: str, alone: bool = False
) -> list[str]:
    """The report of a quarter in one language, in each format that needs no browser; HTML first."""
    from assets.reports.kept import serve_report

    return [
        str(serve_report(Path(database), Path(folder), organisation_id, period, lang, form, alone=alone))
        for form in ("html", "xlsx", "json")
    ]


def sheets(  # noqa: PLR0917 - what sheets are asked for by
    database: str, folder: str, organisation_id: str, period: str, lang: str, day: str, alone: bool = False
) -> list[str]:
    """The dialogue sheets of a quarter in one language, and earlier ones kept up; the quarter's files."""
    from assets.reports.dialogue.standing import write_standing_sheets

    written = write_standing_sheets(
        Path(database), Path(folder), organisation_id, period, [lang], date.fromisoformat(day), alone=alone
    )
    return [str(path) for path in written]


def todo(database: str, folder: str, organisation_id: str, lang: str, alone: bool = False) -> str:
    """The secretariat's to-do list in one language; the file."""
    from assets.answerability.todo_list import write_todo_list

    return str(write_todo_list(Path(database), Path(folder), organisation_id, lang, alone=alone))


def index(database: str, folder: str) -> list[str]:
    """The index pages of the reports; the files."""
    from assets.reports.index_page import write_index

    return [str(path) for path in write_index(Path(database), Path(folder))]


def bars(tables: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    """Table to its rows by quarter (``group``, ``rows``) as SVG."""
    from assets.reports.count_picture import count_pictures

    return count_pictures(tables)


def _told(error: Exception) -> TwoLanguageError:
    if isinstance(error, TwoLanguageError):
        return error
    from assets.layers.failures import describe

    return describe(error)


TASKS: dict[str, Callable[..., Any]] = {
    "reports": reports,
    "sheets": sheets,
    "todo": todo,
    "index": index,
    "bars": bars,
}


def main() -> None:
    """Answer questions on standard input until it closes."""
    from altair.utils.schemapi import debug_mode

    # What takes long to load, before the first question.
    import assets.answerability.todo_list
    import assets.reports.chapters
    import assets.reports.dialogue.standing
    import assets.reports.index_page
    import assets.reports.kept
    import assets.reports.report_json
    import assets.reports.report_workbook  # noqa: F401

    def first_drawing() -> None:
        bars({"": [{"group": "2026Q3", "rows": 1}]})  # takes long too

    def answer(question: bytes) -> bytes:
        said = json.loads(question)
        try:
            answered = {"drawn": TASKS[said["task"]](**said["asked"])}
        except Exception as error:
            told = _told(error)
            answered = {"error": [told.da, told.en]}
        return json.dumps(answered).encode()

    with debug_mode(False):  # the tests hold every chart against Vega-Lite's schema
        answer_questions(1, answer, ready=first_drawing)
