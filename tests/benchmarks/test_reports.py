"""What the benchmark of the reports draws from: networks of their own, the same for the same seed."""

import os
import random

from assets.demo.organisation import people_rows
from benchmarks.reports import AS_OF, FIRST_DAY, family, plan, resident, write_inbox


def networks(seed, count=50):
    dice = random.Random(seed)
    people = people_rows(dice)
    return [plan(dice, number, count, people) for number in range(1, count + 1)]


def test_fifty_networks_begin_over_five_years_and_none_is_a_copy_of_another():
    made = networks(1)
    stories = {repr((one.start, one.stretches, one.solutions, one.values, one.central)) for one in made}
    assert len(stories) == len({one.network_id for one in made}) == 50
    starts = sorted(one.start for one in made)
    assert (starts[0] - FIRST_DAY).days < 30
    assert (starts[-1] - starts[0]).days > 1500
    assert all(one.end is None or one.end <= AS_OF for one in made)
    assert {one.end is None for one in made} == {True, False}


def test_the_same_seed_makes_the_same_networks():
    assert networks(7, 3) == networks(7, 3)
    assert networks(7, 3) != networks(8, 3)


def test_the_inbox_holds_a_file_for_each_office(tmp_path):
    write_inbox(tmp_path, 2, 1)
    files = {path.suffix for path in (tmp_path / "STORBY").iterdir()}
    assert files == {".xlsx", ".csv"}


def test_memory_is_read_of_a_living_process_and_none_of_a_dead_one():

    assert os.getpid() in family(os.getppid())
    assert resident(os.getpid()) > 1
    assert resident(2**22 + 1) == 0.0
