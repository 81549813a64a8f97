"""``netvaerdi check``: files judged before they are sent, without a home."""

import json
from pathlib import Path
from typing import Literal

from rich.console import Console

from pipelines.console import OUT


def check_command(
    files: list[Path],
    *,
    lang: Literal["da", "en"] = "da",
    as_json: bool = False,
    out: Path | None = None,
    write_copies: bool = True,
) -> int:
    """Judge the files and say what was found; 1 where there are errors, else 0.

    Raises:
        RequestError: A path is no file, or a marked copy cannot be written.
    """
    from assets.feedback import terminal
    from assets.feedback.check import check_files

    report = check_files(
        [path.expanduser() for path in files],
        lang=lang,
        out=out.expanduser() if out else None,
        write_copies=write_copies,
    )
    if as_json:
        OUT.print(
            json.dumps(terminal.as_json(report), ensure_ascii=False, indent=2),
            markup=False,
            highlight=False,
            soft_wrap=True,
        )
    else:
        terminal.show(report, Console(highlight=False), lang)
    return 1 if report.count("error") else 0
