"""What follows every publication: the researcher's file made of it, and who may read what was written."""

from assets.errors import TwoLanguageError
from assets.home import Home
from assets.people.permissions import apply_permissions
from assets.people.research import build_research
from assets.people.roles import RESEARCH
from assets.publication.seal import note_outputs


def after_publication(home: Home, sequence: int) -> list[tuple[str, str]]:
    """Build the researcher's file and set permissions; warnings in Danish and English.

    The publication stands whatever happens here. A researcher's file that could not be built is removed:
    an earlier one would hold who was since erased.
    """
    warnings = []
    try:
        note_outputs(home, sequence, [build_research(home).path])
    except TwoLanguageError as error:
        (home.published / RESEARCH).unlink(missing_ok=True)
        warnings.append((error.da, error.en))
    refused = apply_permissions(home)
    if refused:
        places = ", ".join(refused)
        warnings.append(
            (f"Rettighederne kunne ikke sættes på: {places}", f"Permissions could not be set on: {places}")
        )
    return warnings
