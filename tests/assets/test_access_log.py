import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assets.access_log import append, check

AT = datetime(2026, 9, 30, 12, 0, tzinfo=UTC)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "access.log"
    for period in ("2026Q1", "2026Q2", "2026Q3"):
        append(path, "read_dialogue_sheet", {"network": "N-01", "period": period}, who="leder", at=AT)
    return path


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="ascii").splitlines()


def write(path: Path, changed: list[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in changed), encoding="ascii")


def test_an_untouched_log_holds(log: Path) -> None:
    found = check(log)
    assert (found.intact, found.lines, len(found.head)) == (True, 3, 64)


def test_an_empty_log_holds(tmp_path: Path) -> None:
    assert check(tmp_path / "none.log").intact


@pytest.mark.parametrize(
    ("tamper", "first_wrong"),
    [
        (lambda was: [was[0], was[1].replace("leder", "nogen"), was[2]], 2),
        (lambda was: [was[0], was[2]], 2),
        (lambda was: [was[1], was[0], was[2]], 1),
        (lambda was: was[:2], 3),
        (lambda was: [*was, was[2]], 4),
        (lambda was: [was[0], "not json", was[2]], 2),
        (lambda was: [], 1),
    ],
    ids=["changed", "removed", "moved", "cut", "added", "unreadable", "emptied"],
)
def test_f47_the_checker_names_the_first_wrong_line(
    log: Path, tamper: Callable[[list[str]], list[str]], first_wrong: int
) -> None:
    write(log, tamper(lines(log)))
    assert check(log).first_wrong_line == first_wrong


def test_a_name_with_a_line_break_cannot_forge_a_line(log: Path) -> None:
    append(log, "sql", {"query": 'select 1\n{"line":5,"who":"x"}'}, who="a\nb", at=AT)
    assert len(lines(log)) == 4
    assert check(log).intact


def test_a_kill_between_line_and_head_loses_nothing(log: Path) -> None:
    head = log.with_name("access.log.head")
    before = head.read_text(encoding="ascii")
    append(log, "sql", {"query": "select 1"}, who="revisor", at=AT)
    head.write_text(before, encoding="ascii")
    append(log, "sql", {"query": "select 2"}, who="revisor", at=AT)
    assert [json.loads(line)["line"] for line in lines(log)] == [1, 2, 3, 4, 5]
    assert check(log).intact


def test_only_its_owner_can_read_the_log(log: Path) -> None:
    assert log.stat().st_mode & 0o077 == 0


def test_head_and_lock_are_as_private_as_the_log_also_where_they_were_wider(tmp_path: Path) -> None:
    path = tmp_path / "access.log"
    beside = (tmp_path / ".access.log.lock", tmp_path / "access.log.head")
    for file in beside:
        file.touch(mode=0o644)
    append(path, "sql", {"period": "2026Q3"})
    assert {file.stat().st_mode & 0o777 for file in (path, *beside)} == {0o600}
    assert check(path).lines == 1
