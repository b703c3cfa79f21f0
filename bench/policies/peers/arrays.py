"""The same rules in plain arrays: as most people write numpy, as an expert narrows it by hand, and in polars."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from bench.policies.population import FIRST_COHORT, ONE_COHORT
from bench.policies.terms import COHORTS, DECISIONS, OUTCOMES, VALUES

Run = Callable[[], dict[str, Any]]
BLOCK = 1 << 16


def naive(columns: dict[str, Any]) -> Callable[[], Run]:
    """Whole arrays, `where` and `select`, thresholds looked up per row."""
    mixed = len(np.unique(columns["cohort"])) > 1

    def run() -> dict[str, Any]:
        law = {}
        for name, by in VALUES.items():
            table = np.array([by[year] for year in COHORTS])
            law[name] = table[columns["cohort"] - FIRST_COHORT] if mixed else by[ONE_COHORT]
        stage, passed, repeats = columns["stage"], columns["passed"], columns["repeats"]
        active, early = columns["status"] == 0, (stage == 0) | (stage == 1)
        within = repeats < law["repeat_limit"]
        return {
            "may_apply": (columns["score"] >= law["score_line"])
            & ((columns["household"] == 0) | (columns["household"] == 1))
            & columns["qualified"]
            & (columns["age"] <= law["age_limit"]),
            "may_move_on": active & passed & early & (columns["years_in_stage"] >= 2),
            "may_repeat": active & ~passed & within,
            "must_leave": active & ~passed & ~within,
            "may_transfer": active & (stage == 0) & (columns["transfers"] < law["transfer_limit"]),
            "may_suspend": active & (columns["years_in_stage"] >= 1),
            "may_resume": (columns["status"] == 1) & (repeats <= law["repeat_limit"]),
            "may_leave": active & passed & early,
            "registered_at": np.select([stage == 0, stage == 1], [0, 1], 2),
            "certificate": np.where(passed, stage, 3),
            "next_step": np.select([passed & early, ~passed & within, ~passed & ~within], [0, 1, 2], 3),
        }

    return lambda: run


def narrow(columns: dict[str, Any]) -> Callable[[], Run]:
    """Bytes and blocks, results written in place, shared parts worked out once: two days of an expert's work."""
    rows = len(columns["cohort"])
    mixed = len(np.unique(columns["cohort"])) > 1
    tables: dict[str, Any] = {
        name: np.array([by[year] for year in COHORTS], np.int16 if name == "score_line" else np.uint8)
        for name, by in VALUES.items()
    }

    def run() -> dict[str, Any]:
        whole = np.empty((len(DECISIONS), rows), np.uint8)
        out = {name: whole[at] if name in OUTCOMES else whole[at].view(np.bool_) for at, name in enumerate(DECISIONS)}
        a, b, active, early, failed, within = (np.empty(BLOCK, np.bool_) for _ in range(6))
        index: Any = np.empty(BLOCK, np.intp)
        wide: Any = np.empty(BLOCK, np.int16)
        law: dict[str, Any]
        bytes_: dict[str, Any] = {name: np.empty(BLOCK, np.uint8) for name in VALUES}
        for start in range(0, rows, BLOCK):
            c = {name: column[start : start + BLOCK] for name, column in columns.items()}
            o = {name: column[start : start + BLOCK] for name, column in out.items()}
            n = len(c["cohort"])
            a, b, active, early, failed, within = (x[:n] for x in (a, b, active, early, failed, within))
            if mixed:
                np.subtract(c["cohort"], FIRST_COHORT, out=index[:n])
                law = {"score_line": np.take(tables["score_line"], index[:n], out=wide[:n], mode="clip")}
                for name in ("age_limit", "repeat_limit", "transfer_limit"):
                    law[name] = np.take(tables[name], index[:n], out=bytes_[name][:n], mode="clip")
            else:
                law = {name: table.dtype.type(VALUES[name][ONE_COHORT]) for name, table in tables.items()}
            np.equal(c["status"], 0, out=active)
            np.less(c["stage"], 2, out=early)
            np.logical_not(c["passed"], out=failed)
            np.less(c["repeats"], law["repeat_limit"], out=within)
            np.greater_equal(c["score"], law["score_line"], out=a)
            np.logical_and(a, np.less(c["household"], 2, out=b), out=a)
            np.logical_and(a, c["qualified"], out=a)
            np.logical_and(a, np.less_equal(c["age"], law["age_limit"], out=b), out=o["may_apply"])
            np.logical_and(active, c["passed"], out=a)
            np.logical_and(a, early, out=o["may_leave"])
            np.logical_and(o["may_leave"], np.greater_equal(c["years_in_stage"], 2, out=b), out=o["may_move_on"])
            np.logical_and(active, failed, out=a)
            np.logical_and(a, within, out=o["may_repeat"])
            np.greater(a, within, out=o["must_leave"])
            np.logical_and(active, np.equal(c["stage"], 0, out=b), out=a)
            np.logical_and(a, np.less(c["transfers"], law["transfer_limit"], out=b), out=o["may_transfer"])
            np.logical_and(active, np.greater_equal(c["years_in_stage"], 1, out=b), out=o["may_suspend"])
            np.less_equal(c["repeats"], law["repeat_limit"], out=b)
            np.logical_and(np.equal(c["status"], 1, out=a), b, out=o["may_resume"])
            o["registered_at"][:] = c["stage"]
            np.multiply(failed, np.uint8(3), out=o["certificate"])
            np.maximum(o["certificate"], c["stage"], out=o["certificate"])
            np.multiply(np.logical_not(early, out=a), np.uint8(3), out=o["next_step"])
            np.subtract(np.uint8(2), within, out=bytes_["age_limit"][:n])
            np.copyto(o["next_step"], bytes_["age_limit"][:n], where=failed)
        return out

    return lambda: run


def polars(columns: dict[str, Any]) -> Callable[[], Run]:
    """One lazy query; thresholds of mixed cohorts by `replace_strict`."""
    import polars as pl

    frame = pl.DataFrame(columns)
    mixed = len(np.unique(columns["cohort"])) > 1

    def run() -> dict[str, Any]:
        col = pl.col
        law: dict[str, Any] = {}
        for name, by in VALUES.items():
            kind = pl.Int16 if name == "score_line" else pl.UInt8
            table = pl.lit(pl.Series([by[year] for year in COHORTS], dtype=kind))
            law[name] = table.gather(col("cohort") - FIRST_COHORT) if mixed else pl.lit(by[ONE_COHORT], kind)
        active, early, passed = col("status") == 0, col("stage") < 2, col("passed")
        within = col("repeats") < law["repeat_limit"]
        score = col("score") >= law["score_line"]
        apply = score & (col("household") < 2) & col("qualified") & (col("age") <= law["age_limit"])
        byte = pl.UInt8
        result = frame.lazy().select(
            may_apply=apply,
            may_move_on=active & passed & early & (col("years_in_stage") >= 2),
            may_repeat=active & ~passed & within,
            must_leave=active & ~passed & ~within,
            may_transfer=active & (col("stage") == 0) & (col("transfers") < law["transfer_limit"]),
            may_suspend=active & (col("years_in_stage") >= 1),
            may_resume=(col("status") == 1) & (col("repeats") <= law["repeat_limit"]),
            may_leave=active & passed & early,
            registered_at=col("stage"),
            certificate=pl.when(passed).then(col("stage")).otherwise(pl.lit(3, byte)),
            next_step=pl.when(passed & early)
            .then(pl.lit(0, byte))
            .when(passed)
            .then(pl.lit(3, byte))
            .when(within)
            .then(pl.lit(1, byte))
            .otherwise(pl.lit(2, byte)),
        )
        return dict(zip(DECISIONS, result.collect().get_columns(), strict=True))

    return lambda: run
