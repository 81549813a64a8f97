"""What is drawn of a publication: begun as soon as it stands, and taken by one asset after the other.

The drawing goes on beside what the run still has to do: the researcher's file, permissions, its own records.
An asset that runs without a publication before it, alone or tried again, has its own drawn.
"""

from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import dagster as dg

from assets.home import Home, Settings

REPORT = dg.AssetKey(["reports", "management_report"])
SHEET = dg.AssetKey(["reports", "dialogue_sheet"])
TODO_LIST = dg.AssetKey(["reports", "todo_list"])
Asked = list[tuple[str, Future[Any]]]  # whose it is, and what the drawer will say


def _ask(task: str, home: Home, settings: Settings, folder: Path, **asked: str) -> Asked:
    """Ask for something of every organisation in every language."""
    from assets.reports.drawers import HIRED
    from assets.reports.published import organisations

    return [
        (
            organisation,
            HIRED.draw(
                task,
                database=str(home.database),
                folder=str(folder),
                organisation_id=organisation,
                lang=language,
                alone=settings.stands_alone(language),
                **({} if task == "todo" else {"period": max(periods)}),
                **asked,
            ),
        )
        for organisation, periods in sorted(organisations(home.database).items())
        for language in settings.languages
    ]


def _sheets(home: Home, settings: Settings) -> Asked:
    from assets.clock import copenhagen_day, now

    return _ask("sheets", home, settings, home.dialogue, day=copenhagen_day(now()).isoformat())


def _reports(home: Home, settings: Settings) -> Asked:
    return _ask("reports", home, settings, home.reports)


def _todo(home: Home, settings: Settings) -> Asked:
    return _ask("todo", home, settings, home.todo)


DRAWN: dict[dg.AssetKey, Callable[[Home, Settings], Asked]] = {
    SHEET: _sheets,
    REPORT: _reports,
    TODO_LIST: _todo,
}


class Sittings:
    """What is being drawn for the runs of this process."""

    def __init__(self) -> None:
        self._asked: dict[str, dict[dg.AssetKey, Asked]] = {}
        self._open = ExitStack()

    def begin(self, run_id: str, home: Home, settings: Settings, assets: Collection[dg.AssetKey]) -> None:
        """Begin to draw for those of a run's assets that show the publication."""
        from assets.publication.outputs import drawing

        wanted = [key for key in DRAWN if key in assets]
        if wanted:
            self.end()
            self._open.enter_context(drawing(home))
            self._asked[run_id] = {key: DRAWN[key](home, settings) for key in wanted}

    @contextmanager
    def taken(self, run_id: str, home: Home, settings: Settings, asset: dg.AssetKey) -> Iterator[Asked]:
        """What is drawn for an asset of a run; noted in the chain when the last of the run's is done."""
        from assets.publication.outputs import drawing

        begun = self._asked.get(run_id, {})
        if asset not in begun:
            self.end()
            with drawing(home):
                yield DRAWN[asset](home, settings)
            return
        try:
            yield begun.pop(asset)
        finally:
            if not begun:
                self.end()

    def end(self) -> None:
        """Note what was drawn, also for assets that never came to take it."""
        for asked in self._asked.values():
            for of_asset in asked.values():
                for _, drawn in of_asset:
                    drawn.exception()  # waited for: what is still being written is noted whole
        self._asked.clear()
        self._open.close()


SITTINGS = Sittings()
