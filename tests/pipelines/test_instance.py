"""Dagster's storage in the home, made once though several begin at the same moment."""

import multiprocessing

from assets.home import Home
from pipelines.instance import MADE, open_instance, prepare_instance

CONTEXT = multiprocessing.get_context("spawn")
TOGETHER = 3


def use(root, barrier, said):
    """Open the instance when all are ready, and read from each of its databases."""
    barrier.wait()
    try:
        with open_instance(Home(root)) as instance:
            counted = instance.get_runs_count() + len(instance.all_instigator_state())
            said.put(str(counted + len(instance.get_asset_keys())))
    except Exception as error:
        said.put(repr(error))


def test_a_daemon_and_two_web_servers_begin_together_in_a_new_home(tmp_path):
    barrier, said = CONTEXT.Barrier(TOGETHER), CONTEXT.Queue()
    started = [CONTEXT.Process(target=use, args=(tmp_path, barrier, said)) for _ in range(TOGETHER)]
    for process in started:
        process.start()
    assert [said.get(timeout=120) for _ in started] == ["0"] * TOGETHER
    for process in started:
        process.join()


def test_a_home_that_was_made_ready_holds_every_database_and_is_not_made_again(tmp_path):
    home = Home(tmp_path)
    prepare_instance(home)
    made = {path.relative_to(home.dagster).as_posix(): path.stat().st_mtime_ns for path in databases(home)}
    assert set(made) == {"history/runs.db", "history/runs/index.db", "schedules/schedules.db"}
    prepare_instance(home)
    assert {
        path.relative_to(home.dagster).as_posix(): path.stat().st_mtime_ns for path in databases(home)
    } == made


def test_a_making_that_was_broken_off_is_made_whole(tmp_path):
    home = Home(tmp_path)
    prepare_instance(home)
    (home.dagster / MADE).write_text("", encoding="utf-8")
    (home.dagster / "schedules" / "schedules.db").unlink()
    prepare_instance(home)
    assert len(databases(home)) == 3


def databases(home):
    """The databases of the home's instance."""
    return sorted(home.dagster.rglob("*.db"))
