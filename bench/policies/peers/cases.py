"""Engines that take one case at a time: zen-engine and a JSONLogic engine, with the same 11 outputs."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from bench.policies.population import ONE_COHORT
from bench.policies.terms import DECISIONS, VALUES

LAW = {name: by[ONE_COHORT] for name, by in VALUES.items()}
ACTIVE, EARLY = "status == 'active'", "stage in ['secondary', 'college']"
WITHIN = f"repeats < {LAW['repeat_limit']}"
ZEN = {
    "may_apply": f"score >= {LAW['score_line']} and household in ['beijing', 'as_beijing'] and qualified"
    f" and age <= {LAW['age_limit']}",
    "may_move_on": f"{ACTIVE} and passed and {EARLY} and years_in_stage >= 2",
    "may_repeat": f"{ACTIVE} and not passed and {WITHIN}",
    "must_leave": f"{ACTIVE} and not passed and not ({WITHIN})",
    "may_transfer": f"{ACTIVE} and stage == 'secondary' and transfers < {LAW['transfer_limit']}",
    "may_suspend": f"{ACTIVE} and years_in_stage >= 1",
    "may_resume": f"status == 'suspended' and repeats <= {LAW['repeat_limit']}",
    "may_leave": f"{ACTIVE} and passed and {EARLY}",
    "registered_at": "stage == 'secondary' ? 'school' : (stage == 'college' ? 'college' : 'university')",
    "certificate": "passed ? stage : 'nothing'",
    "next_step": f"passed ? ({EARLY} ? 'move_on' : 'graduate') : ({WITHIN} ? 'repeat' : 'leave')",
}


def zen(case: dict[str, Any], *, trace: bool) -> Callable[[], Any]:
    """Return what evaluates one case in a decision graph with one node of expressions."""
    import zen  # type: ignore[import-not-found, unused-ignore]

    expressions = [{"id": name, "key": name, "value": text} for name, text in ZEN.items()]
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
        {
            "id": "rules",
            "type": "expressionNode",
            "name": "rules",
            "content": {"expressions": expressions},
            "position": {"x": 0, "y": 0},
        },
        {"id": "out", "type": "outputNode", "name": "out", "position": {"x": 0, "y": 0}},
    ]
    edges = [
        {"id": "1", "type": "edge", "sourceId": "in", "targetId": "rules"},
        {"id": "2", "type": "edge", "sourceId": "rules", "targetId": "out"},
    ]
    decision = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))
    options = {"trace": trace}
    return lambda: decision.evaluate(case, options)["result"]


def _logic() -> dict[str, Any]:
    def var(name: str) -> dict[str, str]:
        return {"var": name}

    active, early = {"==": [var("status"), "active"]}, {"in": [var("stage"), ["secondary", "college"]]}
    passed, failed = var("passed"), {"!": [var("passed")]}
    within = {"<": [var("repeats"), LAW["repeat_limit"]]}
    apply = [
        {">=": [var("score"), LAW["score_line"]]},
        {"in": [var("household"), ["beijing", "as_beijing"]]},
        var("qualified"),
        {"<=": [var("age"), LAW["age_limit"]]},
    ]
    few = {"<": [var("transfers"), LAW["transfer_limit"]]}
    secondary, college = {"==": [var("stage"), "secondary"]}, {"==": [var("stage"), "college"]}
    return {
        "may_apply": {"and": apply},
        "may_move_on": {"and": [active, passed, early, {">=": [var("years_in_stage"), 2]}]},
        "may_repeat": {"and": [active, failed, within]},
        "must_leave": {"and": [active, failed, {"!": [within]}]},
        "may_transfer": {"and": [active, secondary, few]},
        "may_suspend": {"and": [active, {">=": [var("years_in_stage"), 1]}]},
        "may_resume": {"and": [{"==": [var("status"), "suspended"]}, {"<=": [var("repeats"), LAW["repeat_limit"]]}]},
        "may_leave": {"and": [active, passed, early]},
        "registered_at": {"if": [secondary, "school", college, "college", "university"]},
        "certificate": {"if": [passed, var("stage"), "nothing"]},
        "next_step": {"if": [passed, {"if": [early, "move_on", "graduate"]}, {"if": [within, "repeat", "leave"]}]},
    }


def jsonlogic(case: dict[str, Any]) -> Callable[[], Any]:
    """Return what evaluates one case; this engine has no trace."""
    import datalogic_py  # type: ignore[import-not-found, unused-ignore]

    text = json.dumps(_logic_object())
    engine = datalogic_py.Engine()
    rule = engine.compile(text)
    return lambda: rule.evaluate(case)


def _logic_object() -> Any:
    return [_logic()[name] for name in DECISIONS]
