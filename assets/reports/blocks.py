"""What a section of a report is made of: text, tables, and charts with their table twin."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import altair as alt  # takes long to load, and much that makes no chart reads this module


@dataclass(frozen=True)
class Table:
    """A table of finished texts.

    Attributes:
        caption: What it shows.
        headings: One for each column; the first column names the rows.
        rows: Cells as texts.
        source: Table and measures of the published database behind it.
        left: How many columns hold words; the rest hold figures.
        folded: Long, and unfolded only by who wants it; print unfolds it.
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str = ""
    left: int = 1
    folded: bool = False


@dataclass(frozen=True)
class ChartBlock:
    """A chart and the same figures as a table.

    Attributes:
        text: What the chart shows and how it is read.
        told: What it says, from the data; with ``text`` the chart's alternative text.
        narrow: What a telephone shows instead; else the same chart, drawn narrower.
        narrow_text: What is left out there.
    """

    chart: alt.TopLevelMixin
    title: str
    text: str
    table: Table
    told: str = ""
    narrow: alt.TopLevelMixin | None = None
    narrow_text: str = ""


@dataclass(frozen=True)
class Tile:
    """A figure of the first page: a number, what it counts, and what it was."""

    value: str
    name: str
    note: str = ""


@dataclass(frozen=True)
class Duty:
    """How one responsibility stands, over all networks of a window; counts empty where they are not shown."""

    responsibility_id: str
    name: str
    accountability: str
    text: str
    counts: tuple[tuple[str, str, int], ...]
    window: str


@dataclass(frozen=True)
class Point:
    """A line of an answer: a shape, the word that says the same, and what it is about.

    Attributes:
        shape: ``fulfilled``, ``partly``, ``not_fulfilled``, ``divided`` or ``hidden``.
    """

    shape: str
    word: str
    text: str


@dataclass(frozen=True)
class Section:
    """A chapter of the report.

    Attributes:
        lead: The answer in one sentence, before all else.
        points: The answer line by line.
    """

    key: str
    title: str
    paragraphs: tuple[str, ...] = ()
    blocks: tuple[ChartBlock | Table, ...] = ()
    notes: tuple[str, ...] = ()
    duties: tuple[Duty, ...] = ()
    tiles: tuple[Tile, ...] = ()
    lead: str = ""
    points: tuple[Point, ...] = ()
    parts: tuple[Section, ...] = field(default=())
