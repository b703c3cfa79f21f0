"""The smallest valid thing of each kind, and the real contents read once."""

from collections.abc import Callable, Mapping
from functools import cache

from guantong.contents import Contents
from guantong.policies import Case, Rulebook, RulebookFiles, build_rulebook, rule
from guantong.policies.expressions import Expression, InputSymbol, Law, Pupil
from guantong.policies.rules import Rule

Formula = Callable[[Pupil, Law], Expression | InputSymbol]
Fields = Mapping[str, object]
COHORT = 2023


@cache
def beijing() -> Contents:
    """The real contents package."""
    return Contents("guantong_beijing")


def real_book() -> Rulebook:
    """The rulebook of 贯通培养."""
    return beijing().rulebook("guantong")


def real_cases() -> tuple[Case, ...]:
    """Its cases."""
    return beijing().cases("guantong")


def make_rule(
    formula: Formula,
    name: str = "only",
    *,
    decision: str = "may_apply",
    clause: str = "doc:1",
    bar: bool = False,
    gives: str = "",
) -> Rule:
    """A rule of one formula."""
    define = rule(decision=decision, clause=clause, title=f"规则 {name}", bar=bar, gives=gives, name=name)
    return define(formula)


def make_clause(name: str = "doc:1", /, **fields: object) -> dict[str, object]:
    """A clause of 2023, official, with a rule."""
    base = {"id": name, "number": name, "title": "条", "paraphrase": "转述。", "grade": "official", "mark": "rule"}
    return {**base, "enacted": [COHORT], **fields}


def make_value(**fields: object) -> dict[str, object]:
    """The floor of 2023: 60 of 100."""
    base = {"cohorts": [COHORT], "value": "60", "out_of": ["100"], "unit": "分", "grade": "official"}
    return {**base, "clause": "doc:1", **fields}


def make_head(**fields: object) -> dict[str, object]:
    """A book with one verdict decision and one value decision over four inputs."""
    words = {"yes": "可以", "no": "不可以", "unknown": "还不能判断"}
    choices = [{"id": "red", "label": "红"}, {"id": "green", "label": "绿"}]
    names = ["score", "other", "member", "colour"]
    homes = [{"id": "north", "label": "北"}, {"id": "south", "label": "南"}]
    base: dict[str, object] = {
        "id": "small",
        "title": "小规则册",
        "documents": ["doc"],
        "inputs": [
            {"id": "score", "label": "分数", "kind": "score", "unit": "分", "step": "0.5", "upper": "floor"},
            {"id": "other", "label": "另一个分数", "kind": "score", "unit": "分", "step": "0.5", "upper": "floor"},
            {"id": "member", "label": "成员", "kind": "boolean"},
            {"id": "colour", "label": "颜色", "kind": "choice", "choices": choices},
        ],
        "decisions": [
            {"id": "may_apply", "title": "报名", "inputs": names, **words},
            {"id": "home", "title": "去处", "inputs": names, "values": homes, "unknown": "还不能判断"},
        ],
    }
    return {**base, **fields}


def make_files(
    *rules: Rule,
    clauses: object = None,
    values: object = None,
    head: object = None,
) -> RulebookFiles:
    """The files of a small rulebook: one clause for each that the rules cite, and the floor."""
    cited = dict.fromkeys(["doc:1", *(part.clause for part in rules)])
    return RulebookFiles(
        folder="policies/small",
        book=make_head() if head is None else head,
        clauses=[make_clause(name) for name in cited] if clauses is None else clauses,
        values={"floor": [make_value()]} if values is None else values,
        rules=rules,
    )


def make_book(*rules: Rule, clauses: object = None, values: object = None, **head: object) -> Rulebook:
    """A small rulebook; without rules it holds “score >= floor”."""
    rules = rules or (make_rule(lambda pupil, law: pupil.score >= law.floor),)
    return build_rulebook(make_files(*rules, clauses=clauses, values=values, head=make_head(**head)))
