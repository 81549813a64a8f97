"""Open a published file with DuckDB 1.2, 1.4, 1.5 and the pinned one, and ask every canned question of it.

Each older version has an environment of its own, made once in a scratch folder. Every answer must be the one
that the pinned version gives, row for row.

    python -m benchmarks.duckdb_versions demo/published/netvaerdi.duckdb [--folder build/duckdb-versions]

Exit status: 0 all the same, 1 a version cannot open it, cannot answer or answers otherwise, 2 no such file.
"""

import argparse
import json
import shutil
import subprocess
import sys
import venv
from pathlib import Path

VERSIONS = ("1.2.2", "1.4.4", "1.5.6")
# Run by each version's own Python: DuckDB and the standard library, nothing of ours.
ASK = """
import hashlib, json, statistics, sys, time
import duckdb
database, before = sys.argv[1:]
taken = []
for _ in range(25):
    start = time.perf_counter()
    with duckdb.connect(database, read_only=True) as file:
        file.execute("select count(*) from main.indicator_result").fetchall()
    taken.append((time.perf_counter() - start) * 1000)
answers = {}
with duckdb.connect(database, read_only=True) as file:
    file.execute("set enable_progress_bar = false")  # 1.2 draws it among the answers
    file.execute(f"attach '{before}' as before (read_only)")
    questions = file.execute("select name, ask from audit.how_to order by name").fetchall()
    start = time.perf_counter()
    for name, ask in questions:
        try:
            rows = file.execute(ask).fetchall()
            answers[name] = [len(rows), hashlib.sha256(repr(rows).encode()).hexdigest()]
        except Exception as error:
            answers[name] = [None, str(error).splitlines()[0]]
    asked = time.perf_counter() - start
print(json.dumps({"version": duckdb.__version__, "open_ms": statistics.median(taken), "least_ms": min(taken),
                  "asked": asked, "answers": answers}))
"""


def environment(folder: Path, version: str) -> Path:
    """The Python of an environment with that DuckDB and nothing else; made if it is not there."""
    place = folder / version
    python = place / "bin" / "python"
    if not (place / "ready").is_file():
        shutil.rmtree(place, ignore_errors=True)
        venv.create(place, with_pip=True)
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"duckdb=={version}"]
        subprocess.run([python, *install], check=True)
        (place / "ready").touch()
    return python


def ask(python: Path | str, database: Path, before: Path) -> dict:
    """What that Python's DuckDB answers: version, open_ms (median), least_ms, asked (seconds) and answers.

    Raises:
        subprocess.CalledProcessError: It cannot open the file.
    """
    command = [str(python), "-c", ASK, str(database), str(before)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    return json.loads(done.stdout)


def differences(pinned: dict, other: dict) -> list[str]:
    """The questions that the other version does not answer as the pinned one, with what it says."""
    return [
        f"{name}: {other['answers'].get(name)} / {told}"
        for name, told in pinned["answers"].items()
        if told[0] is None or other["answers"].get(name) != told
    ]


def main(arguments: list[str] | None = None) -> int:
    """Try every version and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", type=Path)
    parser.add_argument("--folder", type=Path, default=Path("build/duckdb-versions"))
    given = parser.parse_args(arguments)
    if not given.database.is_file():
        print(f"{given.database}: no such file; make demo writes one")
        return 2
    given.folder.mkdir(parents=True, exist_ok=True)
    before = given.folder.resolve() / "before.duckdb"  # a file cannot be attached to itself
    shutil.copyfile(given.database, before)
    pinned = ask(sys.executable, given.database, before)
    wrong = 0
    print("| DuckDB | opening, ms | the fastest, ms | questions | rows | s | as the pinned |")
    print("|---|---|---|---|---|---|---|")
    for version in (*VERSIONS, None):
        try:
            found = (
                ask(environment(given.folder.resolve(), version), given.database, before)
                if version
                else pinned
            )
        except subprocess.CalledProcessError as error:
            print(f"| {version} | cannot: {str(error.stderr).strip().splitlines()[-1:]} |")
            wrong += 1
            continue
        faults = differences(pinned, found)
        rows = sum(count or 0 for count, _ in found["answers"].values())
        verdict = "yes" if not faults else "NO: " + "; ".join(faults)
        wrong += bool(faults)
        print(
            f"| {found['version']} | {found['open_ms']:.0f} | {found['least_ms']:.0f} "
            f"| {len(found['answers'])} | {rows} "
            f"| {found['asked']:.1f} | {verdict} |"
        )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
