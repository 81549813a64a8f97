"""The reading process: told of one file at a time, it answers with its text or why it is refused.

It may run out of memory, crash or hang; the one who asks is another process (``child.py``).
"""

import json
import re
import resource
import sys
from pathlib import Path

from assets.raw.blanking import write_blanked
from assets.raw.content import FileText, write_message
from assets.raw.csv_text import read_csv
from assets.raw.faults import RefusedError
from assets.raw.limits import Limits
from assets.raw.personal_data import find_cpr
from assets.raw.preflight import preflight
from assets.raw.workbook_text import read_workbook


def read(path: Path, name: str, limits: Limits) -> FileText:
    """Look at a file, then read it. Raises :class:`RefusedError`."""
    content = _read(path, name, limits)
    for sheet in content.sheets:
        if find_cpr(sheet.name):
            sheet.name = re.sub("[0-9]", "x", sheet.name)
    return content


def _read(path: Path, name: str, limits: Limits) -> FileText:
    passed = preflight(path, name, limits)
    if passed.format == "csv":
        return read_csv(path, Path(name).stem, limits)
    import python_calamine

    try:
        sheets = read_workbook(path, passed.facts)
    except python_calamine.PasswordError as error:
        raise RefusedError("encrypted", reason="password") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        if passed.format == "xls":
            raise RefusedError("damaged", reason="structure") from error
        raise RefusedError("unreadable", reason="reader") from error
    return FileText(passed.format, None, sheets)


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
                content = read(path, request["name"], limits)
        except RefusedError as refusal:
            content = refusal
        except MemoryError:
            content = RefusedError("unreadable", reason="memory")
        except PermissionError:
            content = RefusedError("unreadable", reason="permission")
        except Exception:  # whatever else a reader makes of a strange file, the next one is still read
            content = RefusedError("unreadable", reason="reader")
        write_message(answers, content)
