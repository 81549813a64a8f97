"""The reading process: told of one file at a time, it answers with its text or why it is refused.

It may run out of memory, crash or hang; the one who asks is another process (``child.py``).
"""

import json
import os
import re
import resource
import sys
from collections.abc import Set
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from assets.raw.blanking import write_blanked
from assets.raw.content import FileText, write_message
from assets.raw.csv_text import read_csv
from assets.raw.faults import RefusedError
from assets.raw.limits import Limits
from assets.raw.personal_data import find_cpr
from assets.raw.preflight import first_look, preflight
from assets.raw.workbook_text import ParsedSheet, parse_workbook, sheet_texts


class EndedError(Exception):
    """The file is refused while a reader is still at it: this process is of no more use."""

    def __init__(self, refusal: RefusedError) -> None:
        super().__init__(refusal.rule)
        self.refusal = refusal


def read(path: Path, name: str, limits: Limits, *, at_once: bool = False) -> FileText:
    """Look at a file, then read it.

    Args:
        at_once: Let the reader begin on an ``.xlsx`` while it is looked at. What the look refuses is
            refused all the same, and a reader that dies of it dies within this process's limits: the file
            is then asked for again, one thing after the other.

    Raises:
        RefusedError: The file is refused.
        EndedError: It is, and the reader is still running.
    """
    content = _read(path, name, limits, at_once=at_once)
    for sheet in content.sheets:
        if find_cpr(sheet.name):
            sheet.name = re.sub("[0-9]", "x", sheet.name)
    return content


def _read(path: Path, name: str, limits: Limits, *, at_once: bool) -> FileText:
    if at_once:
        headings_first = first_look(path, name, limits)
        parsing = ThreadPoolExecutor(1).submit(_parse, path, "xlsx", headings_first)
        try:
            passed = preflight(path, name, limits)
        except RefusedError as refusal:
            raise EndedError(refusal) from refusal
        return FileText(passed.format, None, sheet_texts(parsing.result(), passed.facts))
    passed = preflight(path, name, limits)
    if passed.format == "csv":
        return read_csv(path, Path(name).stem, limits)
    return FileText(passed.format, None, sheet_texts(_parse(path, passed.format), passed.facts))


def _parse(path: Path, true_format: str, headings_first: Set[str] = frozenset()) -> list[ParsedSheet]:
    import python_calamine

    try:
        return parse_workbook(path, headings_first)
    except python_calamine.PasswordError as error:
        raise RefusedError("encrypted", reason="password") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        if true_format == "xls":
            raise RefusedError("damaged", reason="structure") from error
        raise RefusedError("unreadable", reason="reader") from error


def blank(path: Path, name: str, out: Path, limits: Limits) -> FileText:
    """Write a copy without registration numbers, then read it. Raises :class:`RefusedError`."""
    write_blanked(path, name, out, limits)
    copy = read(out, out.name, limits)
    if any(sheet.cpr for sheet in copy.sheets):
        raise RefusedError("cpr")
    return FileText(copy.format, copy.encoding)


def main() -> None:
    """Answer requests on standard input, one line of JSON each, until it closes."""
    answers = sys.stdout.buffer
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in sys.stdin.buffer:
        request = json.loads(line)
        limits = Limits(**request["limits"])
        resource.setrlimit(
            resource.RLIMIT_AS, (limits.memory_bytes, resource.getrlimit(resource.RLIMIT_AS)[1])
        )
        try:
            path = Path(request["path"])
            content: FileText | RefusedError
            if request["out"]:
                content = blank(path, request["name"], Path(request["out"]), limits)
            else:
                content = read(path, request["name"], limits, at_once=request["at_once"])
        except RefusedError as refusal:
            content = refusal
        except EndedError as ended:
            write_message(answers, ended.refusal)
            os._exit(1)
        except MemoryError:
            content = RefusedError("unreadable", reason="memory")
        except PermissionError:
            content = RefusedError("unreadable", reason="permission")
        except Exception:  # whatever else a reader makes of a strange file, the next one is still read
            content = RefusedError("unreadable", reason="reader")
        write_message(answers, content)
