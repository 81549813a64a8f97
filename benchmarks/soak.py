"""Many deliveries in a row, with work that is killed; what must hold is checked after every one.

``make soak DELIVERIES=1000 SEED=1 DROP=25``. A delivery is new, corrected, with faulty rows, repeated,
unreadable, a copy, withdrawn, in another order. Each is taken in, in a process of its own, and looked after;
after one to 25 of them comes a whole run. Some of both are killed at a random moment, and the next must mend
everything by itself. Now and then the run is the command itself. Every 100 deliveries all is mended, and the
same inbox in a new home must give the same figures. The same seed sends the same; only the moments of
killing depend on the machine. Where anything fails, the home is kept and the exit status is 1.
"""

import argparse
import json
import multiprocessing
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from assets.home import Home
from benchmarks.soak_checks import (
    check_after_intake,
    check_after_kill,
    check_after_run,
    check_archive,
    figures,
    published_hash,
)
from benchmarks.soak_deliveries import Office

AS_OF = date(2026, 9, 30)
SETTINGS = 'languages = ["da"]\nkeep_publications = 3\nschedules = false\ninbox_sensor = false\n'
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["benchmarks.chain"])
KILLED = 0.4  # of the drops, before the run that must mend it
KILLED_INTAKES = 0.25  # of the deliveries, before the intake that must mend it
DRAWN = 0.25  # of the runs; every run by the command draws too
COMMAND_EVERY = 40  # drops
COMPARE_EVERY = 100  # deliveries
HANGS_SECONDS = 600


@dataclass
class Soak:
    """One soak: the home, what is sent to it, and what was seen.

    Attributes:
        most: Deliveries in one drop.
        seconds: Of each run that went to its end, in order; of each intake alone in ``intake_seconds``.
    """

    home: Home
    office: Office
    dice: random.Random
    most: int
    counted: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    intake_seconds: list[float] = field(default_factory=list)
    hashes: set[str] = field(default_factory=set)

    def drop(self, left: int) -> int:
        """Some deliveries, of those that are left, each taken in when it came; how many."""
        size = min(self.dice.randint(1, self.most), left)
        for _ in range(size):
            self.office.deliver()
            if self.dice.random() < KILLED_INTAKES:
                self.killed_intake()
            self.intake(accept_shrink=self.dice.random() < 0.5)
        return size

    def intake(self, *, accept_shrink: bool) -> None:
        """An intake that must go well, and what must hold after it."""
        begun = time.perf_counter()
        child = start(self.home, accept_shrink, only_intake=True)
        child.join(HANGS_SECONDS)
        assert child.exitcode == 0, f"the intake ended with {child.exitcode}: {said(self.home)}"
        self.intake_seconds.append(time.perf_counter() - begun)
        self.counted["intakes"] += 1
        check_after_intake(self.home, self.home.inbox)

    def killed_intake(self) -> None:
        """An intake that is killed at a random moment; what was published and archived is untouched."""
        before = self.home.database.read_bytes()
        wait = self.dice.uniform(0.02, 1.1) * usual(self.intake_seconds, 0.5)
        process = start(self.home, False, only_intake=True)
        time.sleep(wait)
        self.counted["intakes killed" if kill(process) else "intakes ended before they could be killed"] += 1
        assert self.home.database.read_bytes() == before, "an intake changed what is published"
        check_archive(self.home)

    def run(self, *, accept_shrink: bool = False, mends: bool = False) -> None:
        """A run that must go well, and what must hold after it.

        Args:
            mends: The one before was killed, perhaps while it drew reports: this one draws them again.
        """
        begun = time.perf_counter()
        if self.counted["drops"] % COMMAND_EVERY == COMMAND_EVERY // 2:
            self.counted["runs by the command"] += 1
            status = end_of(command(self.home, accept_shrink), HANGS_SECONDS)
            assert status in (0, 1), f"the command ended with {status}"  # 1: a file was quarantined
        else:
            self.counted["runs"] += 1
            child = start(self.home, accept_shrink, reports=mends or self.dice.random() < DRAWN)
            child.join(HANGS_SECONDS)
            assert child.exitcode == 0, f"the run ended with {child.exitcode}: {said(self.home)}"
        self.seconds.append(time.perf_counter() - begun)
        check_after_run(self.home, self.home.inbox)
        self.hashes.add(published_hash(self.home))

    def killed_run(self) -> bool:
        """A run that is killed at a random moment, and what must hold after it; whether it drew reports."""
        before = published_hash(self.home)
        wait = self.dice.uniform(0.02, 1.1) * usual(self.seconds, 5.0)
        by_command = self.dice.random() < 1 / COMMAND_EVERY
        draws = by_command or self.dice.random() < 0.5
        process = command(self.home, False) if by_command else start(self.home, False, reports=draws)
        time.sleep(wait)
        killed = kill(process)
        self.counted["runs killed" if killed else "runs ended before they could be killed"] += 1
        after = check_after_kill(self.home, before, self.hashes)
        self.counted["runs killed after publishing"] += killed and after != before
        return draws

    def compare(self) -> None:
        """The same inbox, mended, gives the same figures in a new home."""
        self.office.mend()
        self.run(accept_shrink=True)
        with tempfile.TemporaryDirectory() as folder:
            fresh = Home.create(Path(folder) / "home")
            fresh.settings_file.write_text(
                SETTINGS + f'inbox = "{self.home.inbox.as_posix()}"\n', encoding="utf-8"
            )
            child = start(fresh, False, reports=False)
            child.join(HANGS_SECONDS)
            assert child.exitcode == 0, said(fresh)
            assert figures(fresh) == figures(self.home), "a new home gives other figures"
        self.counted["comparisons with a new home"] += 1


def usual(seconds: list[float], otherwise: float) -> float:
    """The middle of the latest times."""
    latest = sorted(seconds[-9:])
    return latest[len(latest) // 2] if latest else otherwise


def _run(root: str, accept_shrink: bool, reports: bool, only_intake: bool) -> None:
    os.setsid()
    from benchmarks.chain import intake_alone, whole_run

    home = Home(Path(root))
    try:
        if only_intake:
            intake_alone(home, AS_OF, accept_shrink=accept_shrink)
        else:
            whole_run(home, AS_OF, accept_shrink=accept_shrink, reports=reports)
    except BaseException:
        Path(root).with_name("said.txt").write_text(traceback.format_exc(), encoding="utf-8")
        os._exit(3)


def start(
    home: Home, accept_shrink: bool, *, reports: bool = False, only_intake: bool = False
) -> multiprocessing.Process:
    """A run in a process of its own, forked from one that has imported everything."""
    child = CONTEXT.Process(target=_run, args=(str(home.root), accept_shrink, reports, only_intake))
    child.start()
    return child


def command(home: Home, accept_shrink: bool) -> subprocess.Popen[bytes]:
    """``netvaerdi run``."""
    line = [sys.executable, "-c", "from pipelines.cli import main; main()", "run"]
    line += ["--home", str(home.root), "--as-of", AS_OF.isoformat()]
    return subprocess.Popen(
        [*line, *(["--accept-shrink"] if accept_shrink else [])],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd=Path(__file__).resolve().parents[1],
    )


def end_of(process: subprocess.Popen[bytes], seconds: float) -> int:
    """Exit status of a process that ends by itself."""
    return process.wait(seconds)


def kill(process: multiprocessing.Process | subprocess.Popen[bytes]) -> bool:
    """Kill a run and all that works for it, without warning; whether it was still at work."""
    number = process.pid
    assert number is not None
    running = process.poll() is None if isinstance(process, subprocess.Popen) else process.is_alive()
    for send in (os.killpg, os.kill):  # it may not have its own group yet
        try:
            send(number, signal.SIGKILL)
        except ProcessLookupError:
            continue
    if isinstance(process, subprocess.Popen):
        return process.wait() == -signal.SIGKILL and running
    process.join()
    return process.exitcode == -signal.SIGKILL and running


def said(home: Home) -> str:
    """What a run that broke off said."""
    told = home.root.with_name("said.txt")
    return told.read_text(encoding="utf-8") if told.exists() else ""


def soak(folder: Path, deliveries: int, seed: int, most: int) -> Soak:
    """Send so many deliveries and check after each drop.

    Raises:
        AssertionError: Something that must hold did not; the folder is as it was then.
    """
    dice = random.Random(seed)  # noqa: S311 - it only has to be the same again
    home = Home.create(folder / "home")
    home.settings_file.write_text(SETTINGS, encoding="utf-8")
    state = Soak(home, Office(home.inbox, dice), dice, most)
    state.run()
    sent, compared, begun = 0, 0, time.perf_counter()
    while sent < deliveries:
        state.counted["drops"] += 1
        sent += state.drop(deliveries - sent)
        drew = dice.random() < KILLED and state.killed_run()
        state.run(accept_shrink=dice.random() < 0.5, mends=drew)
        if sent // COMPARE_EVERY > compared or sent == deliveries:
            compared = sent // COMPARE_EVERY
            state.compare()
        print(
            f"{sent} af/of {deliveries}: {state.counted['runs killed'] + state.counted['intakes killed']} "
            f"dræbt/killed, {state.seconds[-1]:.1f} s, {home.warehouse_file.stat().st_size / 1e6:.1f} MB, "
            f"{time.perf_counter() - begun:.0f} s, CPU {processor_seconds():.0f} s",
            flush=True,
        )
    return state


def processor_seconds() -> float:
    """Of this process and of all it started, but what worked for one that was killed."""
    ticks = os.sysconf("SC_CLK_TCK")
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = time.process_time() + children.ru_utime + children.ru_stime
    for number in Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split():
        told = Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        spent += sum(int(one) for one in told[11:15]) / ticks  # its own, and of children that have ended
    return spent


def table(state: Soak, deliveries: int, seed: int, seconds: float) -> str:
    """The figures, for the docs."""
    times = state.seconds
    intakes = state.intake_seconds
    tenth, tenth_of_intakes = max(len(times) // 10, 1), max(len(intakes) // 10, 1)
    rows = {
        "leveringer / deliveries": deliveries,
        **{f"– {what.replace('_', ' ')}": count for what, count in state.office.delivered.most_common()},
        **dict(sorted(state.counted.items())),
        "different publications": len(state.hashes),
        "seconds a run, first tenth": f"{sum(times[:tenth]) / tenth:.1f}",
        "seconds a run, last tenth": f"{sum(times[-tenth:]) / tenth:.1f}",
        "seconds an intake, first tenth": f"{sum(intakes[:tenth_of_intakes]) / tenth_of_intakes:.1f}",
        "seconds an intake, last tenth": f"{sum(intakes[-tenth_of_intakes:]) / tenth_of_intakes:.1f}",
        "warehouse, MB": f"{state.home.warehouse_file.stat().st_size / 1e6:.1f}",
        "minutes": f"{seconds / 60:.0f}",
        "processor minutes": f"{processor_seconds() / 60:.0f}",
        "seed": seed,
    }
    return "\n".join(["| | |", "|---|---:|", *(f"| {name} | {value} |" for name, value in rows.items())])


def main() -> int:
    """Soak by the command line; the exit status."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    ask.add_argument("--deliveries", type=int, default=1000)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--drop", type=int, default=25)
    given = ask.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="netvaerdi-soak-"))
    os.environ["XDG_CONFIG_HOME"] = str(folder / "config")
    begun = time.perf_counter()
    try:
        state = soak(folder, given.deliveries, given.seed, given.drop)
    except AssertionError as error:
        print(f"FEJL / FAILED: {error}\n{folder} er bevaret / is kept (seed {given.seed})", flush=True)
        return 1
    print(table(state, given.deliveries, given.seed, time.perf_counter() - begun))
    print(json.dumps({"minutes": round((time.perf_counter() - begun) / 60, 1), "ok": True}))
    subprocess.run(["rm", "-rf", str(folder)], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
