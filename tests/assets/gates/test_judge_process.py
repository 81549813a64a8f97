"""The judge in a process of its own says what it says here, and its crash is told."""

import pyarrow as pa
import pytest

from assets.gates.judge import Judge
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
