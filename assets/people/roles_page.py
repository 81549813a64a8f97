"""The table of roles as people read it: ``docs/roles.md``, and on the terminal.

``python -m assets.people.roles_page`` writes the page anew.
"""

from pathlib import Path
from typing import Literal

from assets.people.roles import EXTENTS, products, roles

PAGE = Path(__file__).resolve().parents[2] / "docs" / "roles.md"
INTRODUCTION = """\
# Hvem der ser hvad / Who sees what

Siden er skrevet af `python -m assets.people.roles_page` efter `assets/people/roles.toml`; det samme står i
den offentliggjorte database som `audit.role`. Alt, der handler om den enkelte leder, logges, når det læses.

The page is written by `python -m assets.people.roles_page` from `assets/people/roles.toml`; the same stands
in the published database as `audit.role`. Whatever speaks of a single leader is logged when it is read.
"""
HEADER = """\
## Webserverens rollehoved / The web server's role header

Webserveren sætter hovedet `X-Netvaerdi-Role` efter påloggeren; det, en browser selv sender, slettes.
The web server sets the header `X-Netvaerdi-Role` by who signed in; what a browser itself sends is dropped.

| rolle / role | hoved / header |
|---|---|
"""


def roles_table(lang: Literal["da", "en"]) -> str:
    """The table: a line a thing that can be read, a column a role."""
    at = 0 if lang == "da" else 1
    titles = [("Det, der kan læses", "What can be read")[at], *((role.da, role.en)[at] for role in roles())]
    lines = [f"| {' | '.join(titles)} |", "|---" * len(titles) + "|"]
    for product in products():
        sees = [EXTENTS[product.sees[role.id]][at] for role in roles()]
        lines.append(f"| {(product.da, product.en)[at]} | {' | '.join(sees)} |")
    return "\n".join(lines)


def enforcement(lang: Literal["da", "en"]) -> str:
    """How each line is enforced, and where it lies."""
    at = 0 if lang == "da" else 1
    titles = (
        ("Sted", "Rettigheder", "Gruppe", "Håndhævet ved", "Logges"),
        ("Place", "Mode", "Group", "Enforced by", "Logged"),
    )[at]
    yes = ("ja", "yes")[at]
    lines = [f"| {' | '.join(titles)} |", "|---|---|---|---|---|"]
    for product in products():
        how = (product.enforced_da, product.enforced_en)[at]
        lines.append(
            f"| `{product.place}` | {product.mode} | {product.group} | {how} "
            f"| {yes if product.leader_level else ''} |"
        )
    return "\n".join(lines)


def roles_page() -> str:
    """The page."""
    headers = "\n".join(f"| {role.da} / {role.en} | `{role.header}` |" for role in roles())
    parts = (
        INTRODUCTION,
        f"## Tabellen\n\n{roles_table('da')}\n\n{enforcement('da')}\n",
        f"## The table\n\n{roles_table('en')}\n\n{enforcement('en')}\n",
        f"{HEADER}{headers}\n",
    )
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(roles_page(), encoding="utf-8")
