"""The benchmark of a change measures a change: only the changed organisation's rows are computed again."""

import pytest

from assets.sql_models import Model
from benchmarks import generated_networks, incremental
from benchmarks.generate import generate
from benchmarks.incremental import OWNER, figures, measure

SEEN = Model("core", "seen", "select organisation_id, count(*) as n from accepted.touchpoints group by all")


def test_each_way_is_measured_and_a_change_takes_records_of_one_organisation_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(generated_networks, "NETWORKS", 1)
    generate(3, tmp_path, 1, "parquet")
    counts = []

    def count(connection, models):
        original(connection, models)
        counts.append(dict(connection.execute("select * from core.seen").fetchall()))

    original = incremental.run_changed
    monkeypatch.setattr(incremental, "run_changed", count)
    spent = measure(tmp_path, 3, 1, [SEEN])
    assert list(spent) == ["all", "nothing", "touchpoints", "people"]
    first, same, fewer, _ = counts
    assert first == same
    assert {owner for owner in first if fewer[owner] != first[owner]} == {OWNER}


def test_a_change_is_kept_as_a_share_of_all_with_the_limit_of_scale_1000():
    spent = {"all": 10.0, "nothing": 0.1, "touchpoints": 2.0, "people": 2.5}
    small, large = figures(10, spent), figures(1000, spent)
    assert [figure.measured for figure in small] == pytest.approx([0.2, 0.25])
    assert [figure.limit for figure in small + large] == [None, None, 0.25, 0.25]


def test_of_one_organisation_each_sheet_is_changed_but_those_everything_hangs_on(tmp_path, monkeypatch):
    monkeypatch.setattr(generated_networks, "NETWORKS", 1)
    generate(1, tmp_path, 1, "parquet")
    spent = measure(tmp_path, 1, 1, [SEEN])
    assert not {"people", "networks", "roles"} & spent.keys()
    assert [figure.limit for figure in figures(1, spent)] == [pytest.approx(1 / 3)] * (len(spent) - 2)
    assert all("1 af 1" in figure.name and figure.measured > 0 for figure in figures(1, spent))
