"""A few deliveries of the soak: sent, a run killed, mended, and held against a new home."""

import random

import pytest

from benchmarks.soak import soak, table
from benchmarks.soak_deliveries import Office


@pytest.fixture(scope="module")
def soaked(tmp_path_factory):
    return soak(tmp_path_factory.mktemp("soak"), deliveries=6, seed=18, most=6)


def test_after_kills_everything_sent_is_accounted_for_and_a_new_home_gives_the_same(
    soaked,
):
    assert soaked.counted["comparisons with a new home"] == 1
    assert soaked.counted["intakes"] == 6
    for what in ("runs", "intakes"):
        assert (
            soaked.counted[f"{what} killed"] + soaked.counted[f"{what} ended before they could be killed"]
            == 1
        )


def test_the_figures_of_a_soak_say_what_was_sent(soaked):
    shown = table(soaked, 6, 18, 60.0)
    assert "| leveringer / deliveries | 6 |" in shown
    assert sum(soaked.office.delivered.values()) == 6


def test_the_same_seed_sends_the_same(tmp_path):
    sent = []
    for name in ("one", "other"):
        office = Office(tmp_path / name, random.Random(7))
        for _ in range(60):
            office.deliver()
        sent.append(
            {
                path.relative_to(tmp_path / name).as_posix(): path.read_bytes()
                for path in (tmp_path / name).rglob("*")
                if path.is_file()
            }
        )
    assert sent[0] == sent[1]
