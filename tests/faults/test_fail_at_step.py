"""Ended at any step of a run: nothing half, nothing lost, the next run mends it by itself."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from assets.home import Home
from benchmarks.soak_checks import check_after_kill, check_after_run
from tests.assets.reports.conftest import Publication
from tests.faults import work
from tests.faults.moments import lay_out, read
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
    watched,
)

# Every step where NETVAERDI_EVERY_STEP is set (make faults); else this many, spread over all.
EVERY = bool(os.environ.get("NETVAERDI_EVERY_STEP"))
SAMPLED = 3
MODES = ("kill", "raise", "full")
WHOLE_KILLS = 60  # of the whole run in make faults, spread over all its steps; each part has every step
HEAD = "Netværks-id;Titel;Type;Startdato\n"


def spread(count: int) -> list[int]:
    """Steps to fail at, from the first to the last."""
    if EVERY:
        return list(range(1, count + 1))
    return sorted({round(1 + part * (count - 1) / (SAMPLED - 1)) for part in range(SAMPLED)})


def broken(
    what: str, start: Home, folder: Path, mode: str, at_steps: list[int]
) -> Iterator[tuple[str, Home]]:
    """Homes in which the work was ended at each of these steps, one after another, and where it was.

    Of kills at many steps only the moments are laid out that differ from the one before: another test holds
    them against real kills.
    """
    if mode == "kill" and EVERY:
        clean, store = copied(start, folder / "watched"), folder / "store"
        names, moments = watched(what, clean, store, at_steps)
        print(f"{what}: {len(moments)} moments of {len(at_steps)} kills")  # noqa: T201 - for make faults
        for moment in moments:
            root = folder / str(moment.at) / "home"
            lay_out(moment, store, root)
            yield f"step {moment.at}, {names[moment.at - 1]}", Home(root)
            shutil.rmtree(root)
        return
    for at in at_steps:
        home = copied(start, folder / str(at))
        status, names, error = do(what, home, mode, at)
        assert ended(mode, status, error), f"step {at}: {error}"
        yield f"step {at}, {names[at - 1] if names else 'killed'}", home
        shutil.rmtree(home.root)


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
    for where, home in broken("intake", delivered, tmp_path, mode, spread(len(steps))):
        check_archive(home)
        if home.warehouse_file.exists() and work.has_raw(home):
            assert set(standing(home)) <= set(wanted), where
        assert do("intake", home)[2] == "", where
        assert standing(home) == wanted, where
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
    for where, home in broken("publish", sealed, tmp_path, mode, spread(len(steps))):
        assert content_of(home) in (before, after), where
        assert do("publish", home)[2] == "", where
        assert content_of(home) == after, where
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
    for where, home in broken("report", reported, tmp_path, mode, spread(len(steps))):
        assert reports_of(home) in (before, after), where
        if mode != "kill":
            assert list(home.reports.rglob(".*")) == []
        assert do("report", home)[2] == "", where
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
    at_steps = spread(len(steps)) if EVERY else [max(round(part * len(steps)), 1)]
    for where, home in broken("model", computed, tmp_path, mode, at_steps):
        assert home.database.read_bytes() == published, where
        assert do("model", home)[2] == "", where
        assert results_of(home) == wanted, where


def test_f26_the_whole_run_killed_at_any_step_is_mended_by_the_next(computed, finished, tmp_path):
    undisturbed, steps = finished
    before, after = content_of(computed), content_of(undisturbed)
    kills = WHOLE_KILLS if EVERY else 1
    at_steps = [round((number + 0.7) * len(steps) / kills) for number in range(kills)]
    for where, home in broken("run", computed, tmp_path, "kill", at_steps):
        assert check_after_kill(home, before, set()) in (before, after), where
        assert do("run", home)[2] == "", where
        check_after_run(home, home.inbox)
        assert content_of(home) == after, where


@pytest.mark.parametrize(("what", "asked"), [("intake", standing), ("publish", content_of)])
def test_a_copy_of_the_files_at_a_step_is_what_a_kill_there_leaves(what, asked, delivered, sealed, tmp_path):
    start = {"intake": delivered, "publish": sealed}[what]
    count = len(do(what, copied(start, tmp_path / "clean"))[1])
    at_steps, store = [round(0.3 * count), round(0.95 * count)], tmp_path / "store"
    moments = watched(what, copied(start, tmp_path / "watched"), store, at_steps)[1]
    assert [moment.at for moment in moments] == at_steps
    for moment in moments:
        home = copied(start, tmp_path / str(moment.at))
        assert do(what, home, "kill", moment.at)[0] == SIGKILL
        left = read(home.root).files
        assert left.keys() == moment.files.keys()
        # DuckDB gives every file of its own a random number, so those are asked instead.
        others = {inside for inside in left if ".duckdb" not in inside}
        assert others
        assert {inside: left[inside] for inside in others} == {
            inside: moment.files[inside] for inside in others
        }
        lay_out(moment, store, tmp_path / f"laid out {moment.at}")
        assert asked(home) == asked(Home(tmp_path / f"laid out {moment.at}"))


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
