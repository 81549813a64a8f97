"""How much one file may ask of the machine. All configurable in ``netvaerdi.toml`` under ``[limits]``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Limits of one reading; a file beyond them is refused whole, before it costs anything.

    Attributes:
        file_bytes: Size of the file as received.
        unpacked_bytes: Size of all its parts unpacked.
        ratio: Unpacked size over packed size.
        rows, columns: Rows and columns of a sheet that hold something.
        seconds: Wall time of a reading.
        memory_bytes: Address space of the process that reads.
    """

    file_bytes: int = 50_000_000
    unpacked_bytes: int = 500_000_000
    ratio: int = 200
    rows: int = 300_000
    columns: int = 200
    seconds: int = 60
    memory_bytes: int = 2_000_000_000
