"""The gates: what must hold before anything is published. Importing them does not import their judge."""

from assets.gates.expectations import begin_early
from assets.gates.judge_process import warm_up
from assets.gates.quality import Gate, QualityResult
from assets.gates.run import all_gates, gates_passed, required_gates, run_gates

__all__ = [
    "Gate",
    "QualityResult",
    "all_gates",
    "begin_early",
    "gates_passed",
    "required_gates",
    "run_gates",
    "warm_up",
]
