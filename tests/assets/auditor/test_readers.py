"""Readers in other processes, while a hundred publications take their place one after another (F36)."""

import subprocess
import sys

import pytest

from assets.publication.file_steps import building_path, put_in_place
from tests.assets.auditor.small_publication import write_publication

PUBLICATIONS = 100
# Opens anew each time, or holds its first opening; a whole publication has V7 = 300,000 + its sequence.
READER = """
import sys, duckdb
path, holds = sys.argv[1], sys.argv[2] == 'holds'
ask = ('select value - 300000, (select max(sequence) from audit.publication), '
       '(select count(*) from audit.evidence) from main.indicator_result where indicator_id = \\'V7\\'')
seen, reads = set(), 0
held = duckdb.connect(path, read_only=True)
print('ready', flush=True)
sys.stdin.readline()
import os, threading
done = threading.Event()
threading.Thread(target=lambda: (sys.stdin.readline(), done.set()), daemon=True).start()
if not holds:
    held.close()
while not done.is_set() or reads < 3:
    connection = held if holds else duckdb.connect(path, read_only=True)
    [(from_value, sequence, evidence)] = connection.execute(ask).fetchall()
    if not holds:
        connection.close()
    assert from_value == sequence and evidence == 11, (from_value, sequence, evidence)
    seen.add(sequence)
    reads += 1
print(reads, len(seen), max(seen), flush=True)
"""


@pytest.fixture
def versions(tmp_path):
    """Four publications, each whole in itself."""
    return [
        write_publication(tmp_path / f"{number}.duckdb", v7=300_000.0 + number, sequence=number)
        for number in range(1, 5)
    ]


def test_readers_have_a_whole_publication_each_time_through_a_hundred_of_them(versions, tmp_path):
    target = tmp_path / "published.duckdb"
    target.write_bytes(versions[0].read_bytes())
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(target), how],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        for how in ("opens", "opens", "holds")
    ]
    for reader in readers:
        assert reader.stdout.readline() == "ready\n"
        reader.stdin.write("go\n")
        reader.stdin.flush()
    for number in range(PUBLICATIONS):
        building = building_path(target)
        building.write_bytes(versions[(number + 1) % 4].read_bytes())
        put_in_place(building, target)
    told = []
    for reader in readers:
        said, complaint = reader.communicate("stop\n", timeout=60)
        assert reader.returncode == 0, complaint
        told.append([int(part) for part in said.split()])
    assert all(reads >= 3 for reads, *_ in told)
    assert told[2][1:] == [1, 1]  # the one that held its opening kept the first publication to the end
    assert told[0][2] > 1 or told[1][2] > 1
