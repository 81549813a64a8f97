"""The empty workbook an office fills in."""

from pathlib import Path
from typing import Literal

from assets.errors import RequestError
from assets.feedback.template import write_template
from pipelines.console import say


def template_command(out: Path, lang: Literal["da", "en"]) -> int:
    """Write the template; a file that is there is never written over.

    Raises:
        RequestError: The name is no ``.xlsx``, its folder is not there, or the file already is.
    """
    out = out.expanduser().absolute()
    if out.suffix.lower() != ".xlsx":
        raise RequestError(f"{out.name} skal ende på .xlsx.", f"{out.name} has to end in .xlsx.")
    if out.exists():
        raise RequestError(f"{out} findes allerede.", f"{out} is already there.")
    try:
        write_template(out, lang)
    except OSError as error:
        raise RequestError(
            f"{out} kan ikke skrives: {error.strerror}.", f"{out} cannot be written: {error.strerror}."
        ) from error
    say(f"Skabelonen er skrevet: {out}", f"The template is written: {out}")
    return 0
