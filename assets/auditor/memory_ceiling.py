"""A ceiling on the memory of the whole process while a stranger's SQL runs in it.

DuckDB's own limit counts what it sorts, groups and joins, not the text that one function makes:
``repeat('a', 4000000000)`` takes 4 GB under a limit of 1 GB. With a ceiling the process is given no more,
DuckDB says that it is out of memory, and the next statement is answered.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEFAULT_EXTRA = 2 * 1000**3
_STATUS = Path("/proc/self/status")


@contextmanager
def memory_ceiling(extra: int = DEFAULT_EXTRA) -> Iterator[None]:
    """Let the process have that many bytes more than it has now; as before at the end.

    Elsewhere than on Linux, where the system keeps no such limit, nothing is changed.
    """
    if sys.platform != "linux":
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = _held() + extra
    given = [limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_DATA, (min([wanted, *given]), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _held() -> int:
    """Bytes of memory that the process can write in, as the system counts them against the limit."""
    [line] = [line for line in _STATUS.read_text(encoding="utf-8").splitlines() if line.startswith("VmData:")]
    return int(line.split()[1]) * 1024
