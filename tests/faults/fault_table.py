"""The page ``docs/faults.md``, made from the tests: ``python -m tests.faults.fault_table``.

A test names its fault in its own name (``test_f24_…``) or at the end of its line (``# F24``). What happens
in each situation, and further tests that show it, stand in ``situations.toml``.
"""

import ast
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "faults.md"
SITUATIONS = Path(__file__).with_name("situations.toml")
FAULTS = [f"F{number:02}" for number in range(1, 56)]
NAMED = re.compile(r"test_f(\d\d)_")
NOTED = re.compile(r"# (F\d\d)$")
HEAD = """\
# Fejl, Netværdi tåler / Faults Netværdi withstands

Siden skrives af `python -m tests.faults.fault_table` efter testene; en test holder den ajour og uden huller.
The page is written by `python -m tests.faults.fault_table` from the tests; a test keeps it without gaps.

Altid gælder: fejlen nævner sted og bod, intet går tabt, én dårlig fil standser ikke de andre, den seneste
gode offentliggørelse står hel, kørslen siger sandheden, det samme igen giver det samme, intet hentes.
Always: the error names place and remedy, nothing is lost, one bad file stops no other, the last good
publication stands whole, the run says the truth, the same again gives the same, nothing is fetched.
Prøvet samlet / tried as a whole: [endurance.md](endurance.md).

| id | situation | hvad der sker / what happens | test |
|---|---|---|---|
"""


@dataclass(frozen=True)
class Situation:
    """One fault: what it is, what happens, and tests elsewhere that show it (``file::name``)."""

    id: str
    da: str
    en: str
    happens_da: str
    happens_en: str
    also: tuple[str, ...] = ()


def situations() -> list[Situation]:
    """The faults, in order."""
    given = tomllib.loads(SITUATIONS.read_text(encoding="utf-8"))
    return [
        Situation(fault, **{name: tuple(v) if name == "also" else v for name, v in row.items()})
        for fault, row in sorted(given.items())
    ]


def named_in_file(path: Path) -> dict[str, set[str]]:
    """Every test of a file with the faults it names."""
    found: dict[str, set[str]] = {}
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            first = min([node.lineno, *[mark.lineno for mark in node.decorator_list]])
            head = lines[first - 1 : node.body[0].lineno - 1]
            faults = {hit.group(1) for line in head if (hit := NOTED.search(line.rstrip()))}
            if named := NAMED.match(node.name):
                faults.add(f"F{named.group(1)}")
            found[node.name] = faults
    return found


def named_by_fault() -> dict[str, list[str]]:
    """Fault to the tests that name it, ``file::name``, in order."""
    named: dict[str, list[str]] = {fault: [] for fault in FAULTS}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for name, faults in named_in_file(path).items():
            for fault in sorted(faults & set(FAULTS)):
                named[fault].append(f"{path.relative_to(ROOT).as_posix()}::{name}")
    return named


def page() -> str:
    """The page as it should be."""
    named = named_by_fault()
    lines = []
    for one in situations():
        shown = "<br>".join(_link(test) for test in dict.fromkeys([*named[one.id], *one.also]))
        cells = (
            one.id,
            f"{one.da}<br>*{one.en}*" if one.da != one.en else one.da,
            f"{one.happens_da}<br>*{one.happens_en}*",
            shown,
        )
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return HEAD + "\n".join(lines) + "\n"


def _link(test: str) -> str:
    file, _, name = test.partition("::")
    return f"[{name.removeprefix('test_').replace('_', ' ')}](../{file})"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
