"""What reading a file can find, before any cell is taken for a date, a number or a key.

A fault is one row of ``raw.reading_fault``. ``detail`` holds what a message needs to say how to mend
it, and never a personal value:

=================== ======================================================================================
rule                ``detail``
=================== ======================================================================================
``wrong_type``      ``named`` (the extension), ``is`` (what the content really is, a key of ``TRUE_TYPES``)
``damaged``         ``reason`` (``cut_off``, ``checksum``, ``structure``), ``part``
``encrypted``       ``reason``: ``password``
``unsafe``          ``reason`` (``doctype``, ``duplicate_part``, ``part_name``, ``size_lie``, ``overlap``,
                    ``method``, ``link``), ``part``
``too_large``       ``reason`` (``file_bytes``, ``unpacked_bytes``, ``ratio``, ``rows``, ``columns``,
                    ``line``, ``parts``), ``found``, ``limit``
``far_cell``        ``cell`` (``XFD1048576``), ``rows``, ``columns`` (the limits)
``unreadable``      ``reason`` (``time``, ``memory``, ``crash``, ``reader``, ``encoding``, ``permission``;
                    ``mapping`` with ``mapping`` (the file), ``problems_da`` and ``problems_en``)
``empty_file``      ``reason`` (``no_bytes``, ``no_cells``)
``no_known_sheet``  ``sheets`` (names found), ``near`` (name found → sheet name meant)
``missing_column``  ``missing`` (Danish headings), ``unexpected``, ``near`` (heading → the one meant)
``duplicate_heading`` ``heading`` (Danish), ``columns`` (letters)
``near_heading``    ``meant`` (Danish heading)
``unknown_column``  none; the value is the heading
``unknown_sheet``   ``near`` (the sheet name meant, or empty)
``hidden``          ``what`` (``sheet``, ``rows``, ``columns``), ``which`` (``5-9, 12``), ``count``
``merged_cell``     ``range`` (``A5:A9``)
``control_character`` ``code`` (``U+0000``)
``ragged_row``      ``fields``, ``expected``
``duplicate_delivery`` ``path`` of the delivery with the same bytes
``shrink_held``     ``kinds`` (kind → ``[rows before, rows after]``), ``gone`` (true where the file is away)
``unknown_organisation`` ``declared`` (names)
``personal_data``   ``what``: ``contact``
``unused_mapping``  ``mapping`` (its name), ``file`` (it speaks of; empty for a folder's), ``meant``
=================== ======================================================================================

``error_cell``, ``no_cached_value``, ``mojibake``, ``unclosed_quote`` and ``cpr`` need none. Rows that are
skipped (``raw.source_row.skip_reason``) are no faults here: the accepted layer speaks of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning", "info"]

FILE_RULES = frozenset(
    {
        "unreadable",
        "empty_file",
        "damaged",
        "encrypted",
        "wrong_type",
        "unsafe",
        "too_large",
        "far_cell",
        "no_known_sheet",
        "unknown_organisation",
        "shrink_held",
    }
)
WARNING_RULES = frozenset({"personal_data", "near_heading", "merged_cell", "unused_mapping"})
INFO_RULES = frozenset({"unknown_column", "unknown_sheet", "hidden", "duplicate_delivery", "erased"})


def severity_of(rule: str) -> Severity:
    """How bad a rule's fault is, as the contract lists it."""
    if rule in WARNING_RULES:
        return "warning"
    return "info" if rule in INFO_RULES else "error"


@dataclass(frozen=True)
class Fault:
    """One fault of a file, sheet, row or cell.

    Attributes:
        sheet: Empty for a fault of the whole file.
        row_number: As the spreadsheet shows it; none for a fault of a sheet or column.
        column_letter: Empty for a fault of a row.
        value: The cell as written; empty for personal data.
    """

    rule: str
    sheet: str = ""
    row_number: int | None = None
    column_letter: str = ""
    value: str = ""
    detail: Mapping[str, object] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """``error``, ``warning`` or ``info``."""
        return severity_of(self.rule)


class RefusedError(Exception):
    """A file that is refused whole, and why."""

    def __init__(self, rule: str, **detail: object) -> None:
        super().__init__(rule)
        self.rule = rule
        self.detail = detail
