"""Who sees what, as ``roles.toml`` says it: one table for code, documents, web server and auditors."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from assets.errors import TwoLanguageError
from assets.home import Home

FILE = Path(__file__).with_name("roles.toml")
RESEARCH = "netvaerdi_research.duckdb"
Extent = Literal["all", "own", "none"]
EXTENTS: dict[Extent, tuple[str, str]] = {
    "all": ("alt", "all"),
    "own": ("eget", "own"),
    "none": ("intet", "nothing"),
}


@dataclass(frozen=True)
class Role:
    """A reader's role; ``header`` is the value by which the web server passes it on."""

    id: str
    da: str
    en: str
    header: str


@dataclass(frozen=True)
class Product:
    """Something that can be read.

    Attributes:
        place: Where it lies in the home.
        mode: Its permissions, octal.
        group: The machine's group that may read it; empty where only the service's account may.
        leader_level: It speaks of single leaders, and reading it is logged.
        sees: Role to how much of it.
    """

    id: str
    place: str
    mode: str
    group: str
    leader_level: bool
    da: str
    en: str
    enforced_da: str
    enforced_en: str
    sees: Mapping[str, Extent]


class NotAllowed(TwoLanguageError):
    """The role does not see that."""


@cache
def roles() -> tuple[Role, ...]:
    """The roles, in order."""
    return tuple(Role(**given) for given in _file()["role"])


@cache
def products() -> tuple[Product, ...]:
    """What can be read, in order. Raises ``ValueError`` where a role is left out of a line."""
    known = {role.id for role in roles()}
    found = tuple(Product(**given) for given in _file()["product"])
    for product in found:
        if set(product.sees) != known or not set(product.sees.values()) <= set(EXTENTS):
            raise ValueError(f"roles.toml: {product.id}")
    return found


def _file() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def product(product_id: str) -> Product:
    """One of the products. Raises ``KeyError`` for an unknown one."""
    return {one.id: one for one in products()}[product_id]


def require(role: str, product_id: str) -> Extent:
    """How much of a product a role sees.

    Raises:
        NotAllowed: Nothing, or there is no such role.
    """
    known = {one.id: one for one in roles()}
    wanted = product(product_id)
    if role not in known:
        names = ", ".join(known)
        raise NotAllowed(f"Der er ingen rolle {role}; der er {names}.", f"No role {role}; there are {names}.")
    extent = wanted.sees[role]
    if extent == "none":
        raise NotAllowed(
            f"{known[role].da} ser ikke dette: {wanted.da}. Se docs/roles.md.",
            f"{known[role].en} does not see this: {wanted.en}. See docs/roles.md.",
        )
    return extent


def database_for(home: Home, role: str) -> Path:
    """The database file that a role may ask in SQL.

    Raises:
        NotAllowed: The role asks no database: leaders and superiors have the dialogue sheet.
    """
    full = product("published_database")
    if full.sees.get(role) == "all":
        return home.database
    require(role, "research_database")
    return home.published / RESEARCH


def is_leader_level(path: Path) -> bool:
    """Whether reading this database file is reading about single leaders, and is to be logged."""
    return path.name != RESEARCH


def header_roles() -> dict[str, str]:
    """The web server's header value to our role."""
    return {role.header: role.id for role in roles()}


def role_rows() -> list[tuple[str, str, str, str, bool, str, str]]:
    """The rows of ``audit.role``: role, product, sees, place, leader_level, how enforced (da, en)."""
    return [
        (role.id, one.id, one.sees[role.id], one.place, one.leader_level, one.enforced_da, one.enforced_en)
        for role in roles()
        for one in products()
    ]
