"""A synthetic city (虚构人群): invented applicants from a documented seed, never to be read as a fact.

Nobody publishes how scores and households are spread over a cohort's applicants. What a moved floor
would do can therefore only be shown on people made up by stated assumptions, and every page and
table that uses them says so.
"""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from guantong.errors import ValueUnknown
from guantong.policies.kernel import Array
from guantong.policies.rulebook import Rulebook

SEED = 20250601
ROWS = 100_000
MEAN_SHARE, SPREAD = 0.75, 0.14
HOUSEHOLDS = {"beijing": 0.82, "as_beijing": 0.04, "migrant": 0.10, "other": 0.04}
ELIGIBLE = 0.97
MARK = "虚构人群，不是真实考生"
ASSUMPTIONS = (
    f"{MARK}：随机种子 {SEED}，{ROWS:,} 人",
    f"总分占满分的比例按正态分布，均值 {MEAN_SHARE:.0%}，标准差 {SPREAD:.0%}，限在 0 到满分之间",
    "户籍比例：本市正式户籍 82%、按本市户籍对待 4%、随迁子女 10%、其他 4%；97% 具有升学资格",
    "这些比例都是设定的，没有来源；结果只说明规则怎样起作用，不能当作人数预测",
)
"""What was assumed, in the words that stand beside every result."""


def synthetic_city(book: Rulebook, cohort: int, *, rows: int = ROWS, seed: int = SEED) -> dict[str, object]:
    """Return the columns of `may_apply` for invented applicants of one cohort.

    Scores are numbers on the cohort's own paper, in whole steps; raises `ValueUnknown` for a cohort
    whose paper total is not known.
    """
    spec = book.inputs["score"]
    total = book.highest(spec, cohort)
    if total is None:
        known = sorted({str(year) for value in book.values if value.name == spec.upper for year in value.cohorts})
        raise ValueUnknown(f"{cohort} 年试卷总分", known)
    random = np.random.default_rng(seed)
    shares = np.clip(random.normal(MEAN_SHARE, SPREAD, rows), 0, 1)
    steps = np.floor(shares * float(total / spec.step)).astype(np.int64)
    households: Array = random.choice(np.array(list(HOUSEHOLDS), dtype=object), rows, p=list(HOUSEHOLDS.values()))
    return {
        "cohort": np.full(rows, cohort, np.int16),
        "score": _in_units(steps, spec.step),
        "household": households,
        "exam_eligible": random.random(rows) < ELIGIBLE,
    }


def _in_units(steps: Array, step: Decimal) -> Array:
    """Return scores in points; halves are exact as binary floats, and the reader refuses any step that is not."""
    scores: Array = steps * float(step)
    return scores
