"""The judge in a process of its own says what it says here, and its crash is told."""

import importlib
import sys

import pyarrow as pa
import pytest

from assets.gates.judge import Judge, not_to_be_found
from assets.gates.judge_process import JudgeError, JudgeProcess, verdicts

FRAME = pa.table({"title": ["Broen", None], "amount": [1.5, -2.0]})
EXPECTATIONS = {
    "titled": ("not_null", {"column": "title"}),
    "positive": ("between", {"column": "amount", "min_value": 0, "max_value": None}),
    "coloured": ("not_null", {"column": "colour"}),
    "known": ("one_of", {"column": "title", "value_set": ["Broen"]}),
}


@pytest.fixture
def process():
    hired = JudgeProcess()
    yield hired
    hired.close()


def test_another_process_judges_as_this_one(process):
    said = verdicts(process.judge("made.up", FRAME, EXPECTATIONS))
    assert said == Judge().judge("made.up", FRAME, EXPECTATIONS)
    assert {name: (verdict.success, verdict.violations) for name, verdict in said.items()} == {
        "titled": (False, 1),
        "positive": (False, 1),
        "coloured": (False, 0),
        "known": (True, 0),
    }
    assert said["coloured"].cause == "could not be evaluated"


def test_a_judge_that_goes_down_is_an_error_and_the_next_question_finds_a_new_one(process):
    with pytest.raises(JudgeError, match="Run again"):
        verdicts(process.judge("made.up", FRAME, {"broken": ("no such kind", {})}))
    assert verdicts(process.judge("made.up", FRAME, {"titled": EXPECTATIONS["titled"]}))


@pytest.mark.parametrize("before", [False, True])
def test_a_package_that_ends_the_process_is_not_imported_and_can_be_afterwards(tmp_path, monkeypatch, before):
    """As Spark's client does where there is no whole Spark; imported before, it stays what it was."""
    (tmp_path / "spark_made_up").mkdir()
    (tmp_path / "spark_made_up" / "__init__.py").touch()
    (tmp_path / "spark_made_up" / "part.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    first = importlib.import_module("spark_made_up.part") if before else None
    for _ in range(2):
        with not_to_be_found(frozenset({"spark_made_up"})), pytest.raises(ImportError):
            importlib.import_module("spark_made_up.part")
    assert ("spark_made_up" in sys.modules) is before
    assert importlib.import_module("spark_made_up.part") is (first or sys.modules["spark_made_up.part"])
