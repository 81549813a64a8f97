"""``docs/indicators.md``: the part written by hand stays, the sections of the indicators are written anew.

``python -m assets.indicators.documentation`` writes the page from the definitions.
"""

from pathlib import Path

from assets.contract import KIND_BY_NAME, RESPONSIBILITY_IDS
from assets.indicators.definition_files import Definition, load_definitions, load_responsibilities
from assets.sql_models import SQL_ROOT

PAGE = SQL_ROOT.parent / "docs" / "indicators.md"
MARK = "<!-- Herfra skrevet af / From here written by: python -m assets.indicators.documentation -->"
UNITS = {
    "count": ("antal", "count"),
    "share": ("andel 0-1", "share 0-1"),
    "days": ("dage", "days"),
    "people": ("mennesker", "people"),
    "kroner": ("kroner", "kroner"),
    "step": ("trin 0-1", "step 0-1"),
}
ACCOUNTABILITY = {
    "accountable": ("ansvarlig", "accountable"),
    "shared": ("medansvarlig", "shared"),
    "supporting": ("understøttende", "supporting"),
}
LABELS = (
    ("purpose", "Formål", "Purpose"),
    ("formula", "Formel", "Formula"),
    ("counter_indicator", "Modindikator", "Counter-indicator"),
    ("limits", "Grænser", "Limits"),
)


def indicator_sections(root: Path = SQL_ROOT) -> str:
    """A section a responsibility and an indicator, in order, with anchors such as ``r22`` and ``v6``."""
    definitions = load_definitions(root)
    parts = []
    for key, said in load_responsibilities(root).items():
        danish, english = ACCOUNTABILITY[said["accountability"]]
        parts.append(
            f"## {key} {said['name_da']} / {said['name_en']}\n\n"
            f"{said['purpose_da']} ({danish})\n\n*{said['purpose_en']} ({english})*\n"
        )
        parts += [_section(d) for d in definitions if d.responsibility_id == key]
    parts.append("## Netværkets værdi / Value of the network\n")
    parts += [_section(d) for d in definitions if d.responsibility_id not in RESPONSIBILITY_IDS]
    return "\n".join(parts)


def written_page(page: str, root: Path = SQL_ROOT) -> str:
    """The page with everything after the mark written anew from the definitions."""
    head, _, _ = page.partition(MARK)
    return f"{head}{MARK}\n\n{indicator_sections(root)}"


def anchor(indicator_id: str) -> str:
    """``R2.2`` is ``r22``, ``R2.P`` is ``r2p``."""
    return indicator_id.lower().replace(".", "")


def _section(definition: Definition) -> str:
    said = definition.said
    lines = [
        f'<a id="{anchor(definition.indicator_id)}"></a>',
        "",
        f"### {definition.indicator_id} {said['name_da']} / {said['name_en']}",
        "",
    ]
    for field, danish, english in LABELS:
        lines += [f"**{danish}.** {said[f'{field}_da']}", "", f"*{english}. {said[f'{field}_en']}*", ""]
    unit_da, unit_en = UNITS[said["unit"]]
    sources = ", ".join(KIND_BY_NAME[kind].sheet for kind in said["sources"])
    version = said["versions"][-1]
    lines += [
        "| | |",
        "|---|---|",
        f"| Enhed / unit | {unit_da} / {unit_en} |",
        f"| Måltal / target | {_targets(definition)} |",
        *(
            [f"| Vindue / window | {said['window_months']} måneder / months |"]
            if "window_months" in said
            else []
        ),
        *([f"| Mindsteantal / minimum | {said['minimum_count']} |"] if "minimum_count" in said else []),
        f"| Kilder / sources | {sources} |",
        f"| Ejer, version / owner, version | {said['owner']}, {version['version']} |",
        f"| Gælder fra / valid from | {version['valid_from']:%d-%m-%Y} |",
        f"| Godkendt af / approved by | {version['approved_by']} |",
        f"| SQL | `sql/indicators/{definition.name}.sql` |",
        "",
    ]
    return "\n".join(lines)


def _targets(definition: Definition) -> str:
    if not definition.has_target:
        return "intet / none"
    sign = "≤" if definition.said["direction"] == "at_most" else "≥"
    texts = [definition.said["target"], definition.said.get("partly_target")]
    return " · ".join(f"{sign} {text.replace('.', ',')}" for text in texts if text is not None)


if __name__ == "__main__":
    PAGE.write_text(written_page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
