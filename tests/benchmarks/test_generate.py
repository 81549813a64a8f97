from datetime import UTC, datetime

import duckdb
import pytest

from assets.accepted.build import build_accepted
from assets.accepted.settings import build_settings
from assets.contract import KINDS
from assets.raw.intake import take_in
from assets.warehouse import create_schemas
from benchmarks import generated_networks
from benchmarks.generate import deliveries, generate, load

WRITTEN = ("delivery_sequence", "sheet", "row_number")


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(generated_networks, "NETWORKS", 2)


@pytest.fixture
def loaded(tmp_path):
    generate(2, tmp_path / "parquet", 7, "parquet")
    with duckdb.connect() as connection:
        load(connection, tmp_path / "parquet")
        yield connection


def contents(connection, kind):
    columns = [row[0] for row in connection.execute(f"describe accepted.{kind}").fetchall()]
    kept = ", ".join(name for name in columns if name not in WRITTEN)
    return connection.sql(f"select {kept} from accepted.{kind} order by all").pl()


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_every_form_is_accepted_whole_and_says_the_same(form, loaded, tmp_path):
    generate(2, tmp_path / "inbox", 7, form)
    with duckdb.connect() as connection:
        create_schemas(connection)
        take_in(
            connection,
            archive=tmp_path / "archive",
            inbox=tmp_path / "inbox",
            received_at=datetime(2026, 9, 30, 12, tzinfo=UTC),
            default_organisation="ingen",
            declared=frozenset(),
        )
        build_settings(connection)
        build_accepted(connection)
        faults = connection.execute("select rule, message_da from accepted.finding where severity = 'error'")
        assert faults.fetchall() == []
        for kind in KINDS:
            assert contents(connection, kind.name).equals(contents(loaded, kind.name)), kind.name


def test_the_same_seed_gives_the_same_records_and_another_gives_others(tmp_path):
    counted = [generate(1, tmp_path / name, seed, "parquet") for name, seed in (("a", 1), ("b", 1), ("c", 2))]
    files = [(tmp_path / name / "touchpoints.parquet").read_bytes() for name in "abc"]
    assert counted[0] == counted[1]
    assert files[0] == files[1] != files[2]


def test_ten_organisations_share_the_parts_of_a_large_scale():
    placed = list(deliveries(100, 10))
    assert sorted(part for _, parts in placed for part in parts) == list(range(1, 101))
    assert {place.split("/")[0] for place, _ in placed} == {f"kommune-{n:02d}" for n in range(1, 11)}
    assert max(len(parts) for _, parts in placed) == 10
