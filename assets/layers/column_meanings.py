"""What each column means, in Danish and English: from the contract, else from the published catalogue."""

from collections import Counter
from collections.abc import Mapping
from functools import cache

from assets.contract import KINDS, Column
from assets.publication.catalogue import PUBLISHED_TABLES
from assets.settings_contract import SETTINGS_KINDS

WORKING = {
    "basis": (
        "counted: åbne indsigelser tæller; if_upheld: de er ladt ude",
        "counted: open disputes count; if_upheld: they are left out",
    ),
    "record_key": ("Rækkens nøgle, delene adskilt af /", "The row's key, its parts joined by /"),
    "own_status": ("Hvad rækkens egen regel siger", "What the row's own rule says"),
    "own_reason": ("Hvorfor rækkens egen regel ikke bedømmer", "Why the row's own rule does not judge"),
    "counted_to": ("t': den sidste dag, der tælles med", "t': the last day that is counted"),
}


def column_meanings(table: str) -> Mapping[str, str]:
    """Column to meaning, ``da / en``, of ``schema.name``; columns nobody has described are left out."""
    schema, _, name = table.partition(".")
    published = _of_catalogue()
    # Two published tables may read the same one; the one of its own name says what its columns mean.
    own = (
        _of_kinds().get(table)
        or (published.get(f"main.{name}") if schema == "results" else None)
        or published.get(table)
        or {}
    )
    return _shared() | own


@cache
def _of_kinds() -> dict[str, dict[str, str]]:
    return {
        f"{schema}.{kind.name}": {column.name: _contract_meaning(column) for column in kind.columns}
        for schema, kinds in (("accepted", KINDS), ("settings", SETTINGS_KINDS))
        for kind in kinds
    }


def _contract_meaning(column: Column) -> str:
    return f"»{column.heading}«: {column.meaning_da} / {column.meaning_en}"


@cache
def _of_catalogue() -> dict[str, dict[str, str]]:
    return {
        name: {column.name: f"{column.da} / {column.en}" for column in table.columns}
        for table in PUBLISHED_TABLES
        for name in (table.source, f"{table.schema}.{table.name}")
    }


@cache
def _shared() -> dict[str, str]:
    """Meanings of names that say the same wherever they are published; of a key the one most tables give."""
    said: dict[str, Counter[str]] = {}
    for columns in _of_catalogue().values():
        for name, meaning in columns.items():
            said.setdefault(name, Counter())[meaning] += 1
    working = {name: f"{da} / {en}" for name, (da, en) in WORKING.items()}
    return working | {
        name: meanings.most_common(1)[0][0]
        for name, meanings in said.items()
        if len(meanings) == 1 or name.endswith("_id")
    }
