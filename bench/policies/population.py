"""An invented population, the same in every process: a seed, a size, one cohort or seven.

Imported by the workers of the peers' environment too, so it needs numpy only.
"""

from __future__ import annotations

from typing import Any

import numpy as np

FIRST_COHORT, COHORT_COUNT, ONE_COHORT = 2019, 7, 2023
RANGES = {
    "score": (300, 661),
    "household": (0, 4),
    "age": (13, 20),
    "stage": (0, 3),
    "years_in_stage": (0, 5),
    "repeats": (0, 4),
    "transfers": (0, 3),
    "status": (0, 4),
}


def population(rows: int, *, mixed: bool, seed: int = 322) -> dict[str, Any]:
    """Return the columns as narrow integers and booleans; choices are codes in their declared order."""
    random = np.random.default_rng(seed)
    columns: dict[str, Any] = {}
    for name, (low, high) in RANGES.items():
        columns[name] = random.integers(low, high, rows, np.int16 if name == "score" else np.uint8)
    columns["qualified"] = random.integers(0, 10, rows, np.uint8) > 0
    columns["passed"] = random.integers(0, 10, rows, np.uint8) > 2
    cohorts = random.integers(FIRST_COHORT, FIRST_COHORT + COHORT_COUNT, rows, np.int16)
    columns["cohort"] = cohorts if mixed else np.full(rows, ONE_COHORT, np.int16)
    return columns
