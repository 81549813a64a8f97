"""How grave findings are, and how many of each there are, in words; loads no spreadsheet library."""

from collections.abc import Mapping
from typing import Literal

Lang = Literal["da", "en"]
ORDER = {"error": 0, "warning": 1, "info": 2}
_COUNTED: dict[Lang, dict[str, str]] = {
    "da": {
        "error": "{} fejl|{} fejl",
        "warning": "{} advarsel|{} advarsler",
        "info": "{} oplysning|{} oplysninger",
    },
    "en": {
        "error": "{} error|{} errors",
        "warning": "{} warning|{} warnings",
        "info": "{} note|{} notes",
    },
}


def counted(counts: Mapping[str, int], lang: Lang) -> str:
    """``1 fejl, 0 advarsler, 2 oplysninger``: how many findings of each severity."""
    said = []
    for severity in ORDER:
        one, _, many = _COUNTED[lang][severity].partition("|")
        number = counts.get(severity, 0)
        said.append((one if number == 1 else many).format(f"{number:,}".replace(",", ".")))
    return ", ".join(said)
