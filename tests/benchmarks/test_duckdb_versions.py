"""Versions of DuckDB are held against each other by every answer they give."""

import shutil
import sys

import pytest

from benchmarks.duckdb_versions import ask, differences, main
from tests.assets.auditor.small_publication import write_publication


@pytest.fixture(scope="module")
def answered(tmp_path_factory):
    folder = tmp_path_factory.mktemp("versions")
    database = write_publication(folder / "netvaerdi.duckdb")
    return ask(sys.executable, database, shutil.copyfile(database, folder / "before.duckdb"))


def test_every_question_is_asked_and_the_opening_timed(answered):
    assert len(answered["answers"]) == 20
    assert answered["answers"]["audit.kroner"][0] == 11
    assert answered["open_ms"] >= answered["least_ms"] > 0 and differences(answered, answered) == []


def test_another_answer_a_missing_one_and_one_nobody_can_give_are_told(answered):
    other = {**answered, "answers": {**answered["answers"], "audit.kroner": [11, "other"]}}
    assert [line.partition(":")[0] for line in differences(answered, other)] == ["audit.kroner"]
    del other["answers"]["audit.trace"]
    assert len(differences(answered, other)) == 2
    broken = {"answers": {"audit.trace": [None, "Parser Error"]}}
    assert len(differences(broken, broken)) == 1


def test_no_such_file_is_wrong_use(tmp_path):
    assert main([str(tmp_path / "none.duckdb"), "--folder", str(tmp_path / "folder")]) == 2
    assert list(tmp_path.iterdir()) == []
