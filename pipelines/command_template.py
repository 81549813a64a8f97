"""The empty workbook an office fills in."""

from pathlib import Path
from typing import Literal

from assets.contract import KINDS
from assets.errors import RequestError
from assets.feedback.template import write_template
from assets.settings_contract import SETTINGS_FILE, SETTINGS_KINDS
from pipelines.console import say


def template_command(out: Path, lang: Literal["da", "en"], *, settings: bool = False) -> int:
    """Write the template of the records, or of the settings; a file that is there is never written over.

    Raises:
        RequestError: The name is no ``.xlsx``, its folder is not there, or the file already is.
    """
    out = out.expanduser().absolute()
    if out.suffix.lower() != ".xlsx":
        raise RequestError(f"{out.name} skal ende på .xlsx.", f"{out.name} has to end in .xlsx.")
    if out.exists():
        raise RequestError(f"{out} findes allerede.", f"{out} is already there.")
    try:
        write_template(out, lang, SETTINGS_KINDS if settings else KINDS)
    except OSError as error:
        raise RequestError(
            f"{out} kan ikke skrives: {error.strerror}.", f"{out} cannot be written: {error.strerror}."
        ) from error
    say(f"Skabelonen er skrevet: {out}", f"The template is written: {out}")
    if settings and out.name != SETTINGS_FILE:
        say(
            f"Læg den i indbakken under navnet {SETTINGS_FILE}.",
            f"Put it into the inbox under the name {SETTINGS_FILE}.",
        )
    return 0
