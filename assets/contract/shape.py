"""What a record kind is made of: closed lists, columns, and the columns that many kinds share."""

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["text", "identifier", "date", "money", "integer", "number", "enum", "boolean"]


@dataclass(frozen=True)
class Choice:
    """One value of a closed list: the canonical value, its Danish label, and other labels accepted."""

    value: str
    label: str
    aliases: tuple[str, ...] = ()

    @property
    def label_en(self) -> str:
        """The English label: the canonical value with spaces for underscores."""
        return self.value.replace("_", " ")


@dataclass(frozen=True)
class Column:
    """One column of a record kind.

    Attributes:
        name: Canonical name; also the name of the column in DuckDB.
        heading: Danish heading, as the template writes it.
        type: How its cells are read.
        required: A row without it is rejected, and a sheet without the column whole.
        key: Part of the record's key.
        descriptive: Kept as written, never counted; a fault in it rejects no row.
        refers_to: The kind whose key this cell names (``people``, ``networks`` or ``solutions``).
        choices: The closed list of an ``enum``.
        minimum, maximum: Inclusive bounds of a number.
        default: Canonical value of an empty cell.
        compared: Text that is counted or compared; DuckDB holds a normalised ``<name>_key`` beside it.
        may_be_future: A date allowed to lie after the day of receipt.
        required_when: (column, value): required in rows where that column has that canonical value.
        holds_contact: Meant for an e-mail address, so that one there is no fault.
    """

    name: str
    heading: str
    type: ColumnType
    meaning_da: str
    meaning_en: str
    required: bool = False
    key: bool = False
    descriptive: bool = False
    refers_to: str | None = None
    choices: tuple[Choice, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    default: str | None = None
    compared: bool = False
    may_be_future: bool = False
    required_when: tuple[str, str] | None = None
    holds_contact: bool = False


@dataclass(frozen=True)
class Kind:
    """One record kind: a sheet of a workbook, or a CSV file, and a table of ``accepted``.

    Attributes:
        date_orders: Pairs (earlier, later) of columns where the later may not come first.
        mandatory: The organisation's delivery is nothing without it.
    """

    name: str
    sheet: str
    meaning_da: str
    meaning_en: str
    columns: tuple[Column, ...]
    mandatory: bool = False
    date_orders: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the key columns, in order; empty for ``pulse``."""
        return tuple(column.name for column in self.columns if column.key)

    def column(self, name: str) -> Column:
        """The column of that canonical name (``KeyError`` where there is none)."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name}")


def network_column(*, key: bool = False) -> Column:
    """The network a row is about."""
    return Column(
        "network_id",
        "Netværks-id",
        "identifier",
        "Netværkets id, som i arket Netværk",
        "The network's id, as in the sheet Netværk",
        required=True,
        key=key,
        refers_to="networks",
    )


def person_column(
    name: str, heading: str, da: str, en: str, *, required: bool = False, key: bool = False
) -> Column:
    """A person, by the key of ``people``."""
    return Column(name, heading, "identifier", da, en, required=required, key=key, refers_to="people")


def date_column(
    name: str,
    heading: str,
    da: str,
    en: str,
    *,
    required: bool = False,
    key: bool = False,
    may_be_future: bool = False,
) -> Column:
    """A civil date."""
    return Column(name, heading, "date", da, en, required=required, key=key, may_be_future=may_be_future)


def solution_column(*, required: bool = False) -> Column:
    """The solution a row is about."""
    return Column(
        "solution_id",
        "Løsnings-id",
        "identifier",
        "Løsningens id, som i arket Løsninger",
        "The solution's id, as in the sheet Løsninger",
        required=required,
        refers_to="solutions",
    )
