"""How often Python looks for objects that hold each other and nothing else."""

import atexit
import gc

# Python looks each time 700 more objects are there: a tenth of a run's time goes to it, and next to nothing
# is found, since what a run makes many of stays or goes at once.
SELDOM = (100_000, 50, 100)


def collect_seldom() -> None:
    """Look seldom, in a process that works for a while and then ends; at its end not at all.

    At the end Python would look through all that was loaded, several times over, before it hands back the
    memory that goes with the process anyway.
    """
    gc.set_threshold(*SELDOM)
    atexit.register(gc.freeze)
