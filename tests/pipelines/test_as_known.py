"""What was known at an earlier publication is read back, and computed again to the same content hash."""

import json
import re
import shutil

import duckdb
import pytest

from assets.accepted.build import build_accepted
from assets.accepted.settings import build_settings
from assets.clock import now
from assets.home import Home
from assets.raw.intake import take_in
from assets.warehouse import open_warehouse
from tests.pipelines.conftest import NETWORKS, PEOPLE, ROLES, SPARRING, TOUCHPOINTS, write_sheets


@pytest.fixture(scope="module")
def moved_on(published, tmp_path_factory):
    """A home that published what was sent; since then a row was corrected and a file withdrawn."""
    home = published.copy(tmp_path_factory.mktemp("kendt") / "hjem")
    kinds = {"people": PEOPLE, "networks": NETWORKS, "roles": ROLES}
    corrected = [row | {"kind": "Sparring"} if row["touchpoint_id"] == "S-20" else row for row in TOUCHPOINTS]
    others = [row for row in corrected if row["touchpoint_id"] != "S-9"]
    write_sheets(home.inbox / "netvaerk.xlsx", **kinds, touchpoints=others)
    (home.inbox / SPARRING).unlink()
    with open_warehouse(home.warehouse_file) as connection:
        take_in(
            connection,
            archive=home.archive,
            inbox=home.inbox,
            received_at=now(),
            default_organisation="kommunen",
            declared=frozenset(),
        )
        build_settings(connection)
        build_accepted(connection)
    return home


def test_an_earlier_publication_is_computed_again_to_the_same_content_hash(netvaerdi, moved_on, tmp_path):
    out = tmp_path / "dengang.duckdb"
    status, said = netvaerdi("as-known", "1", "--home", moved_on.root, "--out", out)
    assert status == 0, said
    with duckdb.connect(str(moved_on.database), read_only=True) as connection:
        sealed = connection.execute("select content_hash from audit.publication order by sequence").fetchall()
    assert re.findall(r"Genberegnet: +([0-9a-f]{64})", said) == [sealed[0][0]]
    with duckdb.connect(str(out), read_only=True) as connection:
        stood = connection.execute(
            "select value from indicator_result where period = '2026Q3' and indicator_id = 'R2.2'"
        ).fetchall()
    assert stood == [(1.0,)]
    log = (moved_on.root / "warehouse" / "access.log").read_text(encoding="utf-8").splitlines()
    assert json.loads(log[-1])["what"] == "as_known"  # it carries every leader's figures out of the home


def test_what_was_published_from_other_inputs_does_not_pass_for_the_same(netvaerdi, moved_on, tmp_path):
    shutil.copytree(moved_on.root, tmp_path / "hjem")
    home = Home(tmp_path / "hjem")
    with duckdb.connect(str(home.warehouse_file)) as connection:
        connection.execute(
            "update raw.source_row set cells = replace(cells::varchar, 'Sparring', 'Medspil')::json "
            "where kind = 'touchpoints' and row_number = 2"
        )
    status, said = netvaerdi("as-known", "1", "--home", home.root)
    assert status == 1
    assert "audit.source_row" in said
    assert "main.touchpoints" in said


def test_a_publication_there_never_was_is_named(netvaerdi, moved_on):
    status, said = netvaerdi("as-known", "9", "--home", moved_on.root)
    assert (status, "kæden har 1" in said) == (2, True), said
