"""How long 600 of the report's own charts take, drawn by two processes, and where the time goes.

    python -m benchmarks.charts [--charts 600] [--database FILE]

A chart is one drawing: the report has each one wide and, for a telephone, narrow. Without a published
database the demo is made first. The drawings of every report of the latest quarter are taken in turn until
there are so many; specifications are made before the clock starts. What a step costs is measured apart, in
CPU milliseconds a drawing, in one process. The limit is 6 s for 600 on 2 cores.
"""

import argparse
import json
import multiprocessing
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from benchmarks.record import Figure, conditions, record, told

ROOT = Path(__file__).resolve().parents[1]
DRAWERS = 2
LIMIT_SECONDS, LIMIT_CHARTS = 6.0, 600
Drawing = tuple[dict[str, Any], str, bool]  # specification, language, narrow


def drawings(database: Path) -> tuple[list[Drawing], float, float]:
    """The drawings of the latest quarter's reports; CPU ms of building one, and of ``to_dict``."""
    from altair.utils.schemapi import debug_mode

    from assets.reports.chapters import chapters
    from assets.reports.published import organisations, read_published
    from assets.reports.theme import specification
    from assets.reports.words import Words

    made: list[Drawing] = []
    building = naming = 0.0
    with debug_mode(False):  # as the drawers do
        for organisation, periods in sorted(organisations(database).items()):
            published = read_published(database, organisation, max(periods))
            for language in ("da", "en"):
                begun = time.process_time()
                blocks = list(charts_of(chapters(published, Words(language))))
                built = time.process_time()
                for block in blocks:
                    wide = specification(block.chart)
                    narrow = specification(block.narrow) if block.narrow else wide
                    made += [(wide, language, False), (narrow, language, True)]
                building += built - begun
                naming += time.process_time() - built
    return made, building / len(made) * 1000, naming / len(made) * 1000


def charts_of(sections: Iterable[Any]) -> Iterator[Any]:
    """Every chart of the chapters, parts of parts too."""
    from assets.reports.blocks import ChartBlock

    for section in sections:
        yield from (block for block in section.blocks if isinstance(block, ChartBlock))
        yield from charts_of(section.parts)


def draw(drawing: Drawing) -> int:
    """Draw one as the report does; the length of its SVG."""
    from assets.reports.theme import spec_svg

    spec, language, narrow = drawing
    return len(spec_svg(spec, language, "Titel", "Beskrivelse", narrow))


def seconds_for(made: list[Drawing], count: int) -> float:
    """Wall seconds of so many drawings by the drawers, which are loaded before."""
    wanted = list(islice(cycle(made), count))
    with ProcessPoolExecutor(DRAWERS, multiprocessing.get_context("spawn")) as pool:
        list(pool.map(draw, wanted[: 4 * DRAWERS]))
        begun = time.perf_counter()
        lengths = list(pool.map(draw, wanted, chunksize=5))
        spent = time.perf_counter() - begun
    if not all(lengths):
        raise SystemExit("a drawing is empty")
    return spent


def steps(made: list[Drawing]) -> dict[str, float]:
    """CPU milliseconds a drawing of each step of the conversion, and how many texts one has."""
    import vl_convert

    from assets.reports.theme import unlimited

    plain = [unlimited({key: part for key, part in spec.items() if key != "title"}) for spec, _, _ in made]
    compiled: list[dict[str, Any]] = [vl_convert.vegalite_to_vega(spec) for spec in plain]
    drawn = [vl_convert.vega_to_svg(spec, allowed_base_urls=[]) for spec in compiled]
    without = [without_texts(spec) for spec in compiled]
    return {
        "Vega-Lite to Vega": each(vl_convert.vegalite_to_vega, plain),
        "Vega to SVG": each(lambda spec: vl_convert.vega_to_svg(spec, allowed_base_urls=[]), compiled),
        "of this, all but texts": each(
            lambda spec: vl_convert.vega_to_svg(spec, allowed_base_urls=[]), without
        ),
        "texts in a drawing": statistics.mean(svg.count("<text") for svg in drawn),
    }


def without_texts(spec: dict[str, Any]) -> dict[str, Any]:
    """The Vega specification with nothing to measure: every text of axes, legends and marks is empty."""

    def silent(node: Any) -> Any:
        if isinstance(node, list):
            return [silent(one) for one in node]
        if not isinstance(node, dict):
            return node
        kept = {key: silent(part) for key, part in node.items()}
        if kept.get("type") == "text":
            kept["encode"] = {"update": {"text": {"value": ""}}}
        return kept

    quiet: dict[str, Any] = silent(json.loads(json.dumps(spec)))
    for group in every_group(quiet):
        for axis in group.get("axes", ()):
            axis |= {"labels": False, "title": None}
        group["legends"] = []
    return quiet


def every_group(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The specification and the groups within it."""
    yield spec
    for mark in spec.get("marks", ()):
        if mark.get("type") == "group":
            yield from every_group(mark)


def each(work: Callable[[dict[str, Any]], object], given: list[dict[str, Any]]) -> float:
    """CPU milliseconds of one."""
    begun = time.process_time()
    for one in given:
        work(one)
    return (time.process_time() - begun) / len(given) * 1000


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--charts", type=int, default=LIMIT_CHARTS)
    parser.add_argument("--database", type=Path)
    given = parser.parse_args()
    found = conditions(("altair", "vl-convert-python"), None, 1)
    with tempfile.TemporaryDirectory() as folder:
        database = given.database
        if database is None:
            home = f"{folder}/demo"
            demo = [sys.executable, "-c", "from pipelines.cli import main; main()", "demo", "--home", home]
            subprocess.run(demo, check=True, capture_output=True, cwd=ROOT)
            database = Path(home) / "published" / "netvaerdi.duckdb"
        made, building, naming = drawings(database)
    spent = seconds_for(made, given.charts)
    limit = LIMIT_SECONDS * given.charts / LIMIT_CHARTS
    print(told(found).replace("no seed: made by a formula, medians of 1", "the demo's reports"))
    print(
        f"{given.charts} drawings of {len(made)} different ones by {DRAWERS} processes: {spent:.2f} s ",
        end="",
    )
    print(f"(limit {limit:.1f} s)\n\n| step | CPU ms a drawing |\n|---|---:|")
    print(f"| building the charts, with reading and counting | {building:.1f} |")
    print(f"| Altair's to_dict | {naming:.1f} |")
    for step, milliseconds in steps(made).items():
        print(f"| {step} | {milliseconds:.1f} |")
    name = "600 diagrammer, to tegnere / 600 charts, two drawers"
    if given.charts == LIMIT_CHARTS:
        record("python -m benchmarks.charts", found, [Figure(name, spent, "s", LIMIT_SECONDS)])


if __name__ == "__main__":
    main()
