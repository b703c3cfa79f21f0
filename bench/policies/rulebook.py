"""The synthetic rule set of the comparison, as a rulebook: 10 inputs and the cohort, 11 outputs, 4 dated values.

It is shaped like the rules of a 3+2+2 project and is not the official text. Every peer states the same
rules in its own idiom (see the other modules of this folder); their answers are compared by checksum.
"""

from __future__ import annotations

from bench.policies.terms import CHOICES, COHORTS, COUNTS, DECISIONS, FLAGS, OUTCOMES, VALUES
from guantong.policies import Rulebook, RulebookFiles, build_rulebook, rule
from guantong.policies.expressions import Expression, Law, Pupil

CLAUSE = "bench:1"


def _rules() -> list[object]:
    def active(pupil: Pupil) -> Expression:
        return pupil.status.among("active")

    def early(pupil: Pupil) -> Expression:
        return pupil.stage.among("secondary", "college")

    def condition(decision: str, name: str, made: object) -> object:
        return rule(decision=decision, clause=CLAUSE, title=name, name=f"{decision}_{name}")(made)  # type: ignore[arg-type]

    def value(decision: str, gives: str, made: object) -> object:
        return rule(decision=decision, clause=CLAUSE, title=gives, gives=gives, name=f"{decision}_{gives}")(made)  # type: ignore[arg-type]

    def within(pupil: Pupil, law: Law) -> Expression:
        return pupil.repeats < law.repeat_limit

    return [
        condition("may_apply", "score", lambda p, w: p.score >= w.score_line),
        condition("may_apply", "household", lambda p, w: p.household.among("beijing", "as_beijing")),
        condition("may_apply", "qualified", lambda p, w: p.qualified),
        condition("may_apply", "age", lambda p, w: p.age <= w.age_limit),
        condition("may_move_on", "all", lambda p, w: active(p) & p.passed & early(p) & (p.years_in_stage >= 2)),
        condition("may_repeat", "all", lambda p, w: active(p) & ~p.passed & within(p, w)),
        condition("must_leave", "all", lambda p, w: active(p) & ~p.passed & ~within(p, w)),
        condition(
            "may_transfer",
            "all",
            lambda p, w: active(p) & p.stage.among("secondary") & (p.transfers < w.transfer_limit),
        ),
        condition("may_suspend", "all", lambda p, w: active(p) & (p.years_in_stage >= 1)),
        condition("may_resume", "all", lambda p, w: p.status.among("suspended") & (p.repeats <= w.repeat_limit)),
        condition("may_leave", "all", lambda p, w: active(p) & p.passed & early(p)),
        value("registered_at", "school", lambda p, w: p.stage.among("secondary")),
        value("registered_at", "college", lambda p, w: p.stage.among("college")),
        value("registered_at", "university", lambda p, w: p.stage.among("undergraduate")),
        value("certificate", "secondary", lambda p, w: p.passed & p.stage.among("secondary")),
        value("certificate", "college", lambda p, w: p.passed & p.stage.among("college")),
        value("certificate", "undergraduate", lambda p, w: p.passed & p.stage.among("undergraduate")),
        value("certificate", "nothing", lambda p, w: ~p.passed),
        value("next_step", "move_on", lambda p, w: p.passed & early(p)),
        value("next_step", "repeat", lambda p, w: ~p.passed & within(p, w)),
        value("next_step", "leave", lambda p, w: ~p.passed & ~within(p, w)),
        value("next_step", "graduate", lambda p, w: p.passed & p.stage.among("undergraduate")),
    ]


INPUTS_OF = {
    "may_apply": ("score", "household", "qualified", "age"),
    "may_move_on": ("status", "passed", "stage", "years_in_stage"),
    "may_repeat": ("status", "passed", "repeats"),
    "must_leave": ("status", "passed", "repeats"),
    "may_transfer": ("status", "stage", "transfers"),
    "may_suspend": ("status", "years_in_stage"),
    "may_resume": ("status", "repeats"),
    "may_leave": ("status", "passed", "stage"),
    "registered_at": ("stage",),
    "certificate": ("passed", "stage"),
    "next_step": ("passed", "stage", "repeats"),
}


def bench_rulebook() -> Rulebook:
    """Build the rulebook."""
    return build_rulebook(RulebookFiles(book=_book(), clauses=[_clause()], values=_values(), rules=tuple(_rules())))  # type: ignore[arg-type]


def _book() -> dict[str, object]:
    inputs: list[dict[str, object]] = [{"id": name, "label": name, "kind": "count"} for name in COUNTS]
    inputs += [{"id": name, "label": name, "kind": "boolean"} for name in FLAGS]
    for name, choices in CHOICES.items():
        inputs.append(
            {"id": name, "label": name, "kind": "choice", "choices": [{"id": one, "label": one} for one in choices]}
        )
    decisions = []
    for name in DECISIONS:
        decision: dict[str, object] = {"id": name, "title": name, "inputs": list(INPUTS_OF[name]), "unknown": "?"}
        if name in OUTCOMES:
            decision["values"] = [{"id": one, "label": one} for one in OUTCOMES[name]]
        else:
            decision |= {"yes": "yes", "no": "no"}
        decisions.append(decision)
    return {"id": "bench", "title": "bench", "documents": ["bench"], "inputs": inputs, "decisions": decisions}


def _clause() -> dict[str, object]:
    words = {"number": "1", "title": "bench", "paraphrase": "bench", "grade": "pending", "mark": "rule"}
    return {"id": CLAUSE, **words, "enacted": list(COHORTS)}


def _values() -> dict[str, object]:
    def entry(cohort: int, number: int) -> dict[str, object]:
        return {"cohorts": [cohort], "value": str(number), "grade": "pending", "clause": CLAUSE}

    return {name: [entry(cohort, number) for cohort, number in by.items()] for name, by in VALUES.items()}
