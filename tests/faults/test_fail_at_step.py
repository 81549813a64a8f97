"""Ended at any step of a run: nothing half, nothing lost, the next run mends it by itself."""

import hashlib
import os
import shutil
from pathlib import Path

import duckdb
import pytest

from assets.home import Home
from benchmarks.soak_checks import check_after_kill, check_after_run
from tests.assets.reports.conftest import Publication
from tests.faults import work
from tests.faults.work import (
    SIGKILL,
    check_archive,
    check_whole,
    content_of,
    copied,
    do,
    reports_of,
    results_of,
    standing,
)

# Every step where NETVAERDI_EVERY_STEP is set (make faults); else this many, spread over all.
SAMPLED = 3
MODES = ("kill", "raise", "full")
WHOLE_KILLS = 60  # of the whole run in make faults, spread over all its steps; each part has every step
HEAD = "Netværks-id;Titel;Type;Startdato\n"


def spread(count: int) -> list[int]:
    """Steps to fail at, from the first to the last."""
    if os.environ.get("NETVAERDI_EVERY_STEP"):
        return list(range(1, count + 1))
    return sorted({round(1 + part * (count - 1) / (SAMPLED - 1)) for part in range(SAMPLED)})


def ended(mode: str, status: int, error: str) -> bool:
    """The work ended as it should: killed, or with the error that was put in its way."""
    if mode == "kill":
        return status == SIGKILL
    if mode == "raise":
        return "StepError" in error
    return "No space left on device" in error or (status, error) == (0, "")  # no later step needed space


@pytest.fixture
def delivered(tmp_path):
    """A home with two files in its inbox and nothing taken in."""
    home = Home.create(tmp_path / "from" / "home")
    for name, rows in (("a/Netværk.csv", ("N-1", "N-2")), ("b/Netværk.csv", ("N-3",))):
        path = home.inbox / name
        path.parent.mkdir()
        lines = [f"{row};Et;innovation;2025-01-02\n" for row in rows]
        path.write_text(HEAD + "".join(lines), encoding="utf-8")
        os.utime(path, (1_700_000_000, 1_700_000_000))
    return home


@pytest.mark.parametrize("mode", MODES)
def test_f24_intake_ended_at_any_step_leaves_whole_deliveries_and_the_next_run_takes_in_the_rest(
    delivered, tmp_path, mode
):
    clean = copied(delivered, tmp_path / "clean")
    _, steps, error = do("intake", clean)
    assert error == ""
    wanted = standing(clean)
    assert [(path, rows) for path, _, _, rows, _ in wanted] == [("a/Netværk.csv", 2), ("b/Netværk.csv", 1)]
    for at in spread(len(steps)):
        home = copied(delivered, tmp_path / str(at))
        status, _, error = do("intake", home, mode, at)
        assert ended(mode, status, error), f"step {at}, {steps[at - 1]}: {error}"
        check_archive(home)
        if home.warehouse_file.exists() and work.has_raw(home):
            assert set(standing(home)) <= set(wanted), f"step {at}, {steps[at - 1]}"
        assert do("intake", home)[2] == ""
        assert standing(home) == wanted, f"step {at}, {steps[at - 1]}"
        check_archive(home)
        assert not (home.archive / ".incoming").exists() or not list((home.archive / ".incoming").iterdir())


@pytest.fixture(scope="module")
def sealed(published_home, tmp_path_factory):
    """A published home whose delivery is in the archive, and a figure that has changed since."""
    home = copied(published_home, tmp_path_factory.mktemp("sealed"))
    content = b"workbook"
    name = hashlib.sha256(content).hexdigest()
    kept = home.archive / name[:2] / f"{name}.xlsx"
    kept.parent.mkdir()
    kept.write_bytes(content)
    with duckdb.connect(str(home.warehouse_file)) as connection:
        connection.execute(f"update raw.delivery set sha256 = '{name}'")
    assert do("publish", home)[2] == ""
    with duckdb.connect(str(home.warehouse_file)) as connection:
        connection.execute("update results.indicator_result set value = 3 where indicator_id = 'R2.2'")
    return home


@pytest.mark.parametrize("mode", MODES)
def test_f25_publishing_ended_at_any_step_leaves_n_or_n_plus_1_whole_and_the_next_run_goes_on(
    sealed, tmp_path, mode
):
    clean = copied(sealed, tmp_path / "clean")
    before = content_of(clean)
    _, steps, error = do("publish", clean)
    assert error == ""
    after = content_of(clean)
    assert before != after
    for at in spread(len(steps)):
        home = copied(sealed, tmp_path / str(at))
        status, _, error = do("publish", home, mode, at)
        assert ended(mode, status, error), f"step {at}, {steps[at - 1]}: {error}"
        assert content_of(home) in (before, after), f"step {at}, {steps[at - 1]}"
        assert do("publish", home)[2] == "", f"step {at}, {steps[at - 1]}"
        assert content_of(home) == after
        check_whole(home)


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    """A home with a small publication, and an earlier report."""
    home = Home.create(tmp_path_factory.mktemp("reported") / "home")
    Publication().kept().write(home.database)
    place = home.reports / "AALBY" / "2025Q1"
    place.mkdir(parents=True)
    (place / "vaerdiskabelsesrapport_da.html").write_bytes(b"the report before")
    return home


@pytest.mark.parametrize("mode", MODES)
def test_f30_a_report_ended_at_any_step_is_the_one_before_or_the_new_one_whole(reported, tmp_path, mode):
    before = reports_of(reported)
    clean = copied(reported, tmp_path / "clean")
    _, steps, error = do("report", clean)
    assert error == ""
    after = reports_of(clean)
    assert after.keys() == before.keys() and after != before
    for at in spread(len(steps)):
        home = copied(reported, tmp_path / str(at))
        status, _, error = do("report", home, mode, at)
        assert ended(mode, status, error), f"step {at}, {steps[at - 1]}: {error}"
        assert reports_of(home) in (before, after), f"step {at}, {steps[at - 1]}"
        if mode != "kill":
            assert list(home.reports.rglob(".*")) == []
        assert do("report", home)[2] == ""
        assert reports_of(home) == after
        assert {path.name for path in home.reports.rglob("*.html*")} == {Path(name).name for name in after}


@pytest.fixture(scope="module")
def modelled(computed, tmp_path_factory):
    """What the models make of it undisturbed, and the steps they take."""
    clean = copied(computed, tmp_path_factory.mktemp("modelled"))
    _, steps, error = do("model", clean)
    assert error == ""
    return results_of(clean), steps


@pytest.mark.parametrize(("mode", "part"), [("kill", 0.5), ("raise", 0.05), ("full", 0.95)])
def test_f27_models_and_gates_ended_at_any_step_leave_what_is_published_and_the_next_run_computes_the_same(
    computed, modelled, tmp_path, mode, part
):
    wanted, steps = modelled
    published = computed.database.read_bytes()
    every = os.environ.get("NETVAERDI_EVERY_STEP")
    for at in spread(len(steps)) if every else [max(round(part * len(steps)), 1)]:
        home = copied(computed, tmp_path / str(at))
        status, _, error = do("model", home, mode, at)
        assert ended(mode, status, error), f"step {at}, {steps[at - 1]}: {error}"
        assert home.database.read_bytes() == published
        assert do("model", home)[2] == "", f"step {at}, {steps[at - 1]}"
        assert results_of(home) == wanted, f"step {at}, {steps[at - 1]}"
        shutil.rmtree(home.root)


def test_f26_the_whole_run_killed_at_any_step_is_mended_by_the_next(computed, tmp_path):
    clean = copied(computed, tmp_path / "clean")
    _, steps, error = do("run", clean)
    assert error == ""
    before, after = content_of(computed), content_of(clean)
    kills = WHOLE_KILLS if os.environ.get("NETVAERDI_EVERY_STEP") else 1
    for number in range(kills):
        at = round((number + 0.7) * len(steps) / kills)
        home = copied(computed, tmp_path / str(at))
        assert do("run", home, "kill", at)[0] == SIGKILL
        assert check_after_kill(home, before, set()) in (before, after), f"step {at}, {steps[at - 1]}"
        assert do("run", home)[2] == "", f"step {at}, {steps[at - 1]}"
        check_after_run(home, home.inbox)
        assert content_of(home) == after, f"step {at}, {steps[at - 1]}"
        shutil.rmtree(home.root)


def test_what_takes_a_name_is_synced_before_and_its_folder_after(
    delivered, published_home, reported, tmp_path
):
    for what, start in (("intake", delivered), ("publish", published_home), ("report", reported)):
        home = copied(start, tmp_path / what)
        _, steps, error = do(what, home)
        assert error == ""
        named = [at for at, step in enumerate(steps) if step.startswith("os.rename")]
        assert named, what
        for at in named:
            assert "fsync" in steps[max(at - 3, 0) : at], f"{what}: {steps[max(at - 3, 0) : at + 2]}"
            assert "fsync" in steps[at + 1 : at + 4], f"{what}: {steps[at : at + 4]}"
