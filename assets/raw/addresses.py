"""Column letters and cell addresses, as spreadsheets write them."""

import re
from functools import lru_cache

_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@lru_cache(maxsize=4096)
def column_letter(index: int) -> str:
    """``A`` for 0, ``Z`` for 25, ``AA`` for 26."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=4096)
def column_index(letters: str) -> int:
    """0 for ``A``, 26 for ``AA``."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def split_address(address: str) -> tuple[int, int]:
    """Row number (from 1) and column index (from 0) of ``D17``. ``ValueError`` for anything else."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise ValueError("not a cell address")
    return int(match[2]), column_index(match[1])


def ranges_of(numbers: list[int]) -> str:
    """Ascending numbers in short: ``5-9, 12``."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in parts)
