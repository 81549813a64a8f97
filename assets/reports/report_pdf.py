"""The report as a tagged PDF, printed by Chromium from the HTML file."""

import os
import re
import shutil
import subprocess
import tempfile
from datetime import date
from pathlib import Path

from assets.publication.file_steps import write_whole
from assets.reports.errors import ReportError

NAMES = ("chromium", "chromium-browser", "google-chrome")
SECONDS = 120
_DATES = re.compile(rb"/(CreationDate|ModDate) \(D:(\d{14})")


def chromium() -> str:
    """The browser that prints.

    Raises:
        ReportError: There is none; the message names the package.
    """
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found
    raise ReportError(
        "PDF kræver Debians pakke chromium, som ikke er installeret: apt install chromium",
        "PDF needs Debian's package chromium, which is not installed: apt install chromium",
    )


def write_pdf(html: Path, day: date) -> Path:
    """Print an HTML report beside itself.

    Args:
        html: The report's file; nothing outside it is loaded.
        day: The document's date: the day the quarter is counted to.

    Returns:
        The PDF, replaced whole: tagged, with an outline, with fixed dates.

    Raises:
        ReportError: There is no Chromium, or it could not print.
    """
    browser = chromium()
    path = html.with_suffix(".pdf")
    with tempfile.TemporaryDirectory(prefix="netvaerdi-pdf-") as folder:
        printed = Path(folder) / "report.pdf"
        command = [
            browser,
            "--headless",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-extensions",
            "--no-first-run",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={folder}/profile",
            "--no-pdf-header-footer",
            "--export-tagged-pdf",
            "--generate-pdf-document-outline",
            f"--print-to-pdf={printed}",
            html.resolve().as_uri(),
        ]
        if os.geteuid() == 0:  # Chromium's sandbox refuses the superuser
            command.insert(1, "--no-sandbox")
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
            content = printed.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise ReportError(
                "Chromium kunne ikke udskrive rapporten som PDF; HTML-filen er lavet",
                "Chromium could not print the report as PDF; the HTML file is made",
            ) from error
    write_whole(path, _fixed_dates(content, day))
    return path


def _fixed_dates(content: bytes, day: date) -> bytes:
    """The document's dates replaced by one of the same length, so that no offset moves."""
    stamp = day.strftime("%Y%m%d").encode() + b"000000"
    return _DATES.sub(lambda found: b"/" + found.group(1) + b" (D:" + stamp, content)
