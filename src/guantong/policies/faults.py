"""What does not hold together in a rulebook (缺陷): names that lead nowhere, and what would decide silently.

Each check looks at the finished rulebook, so that every fault of all its files is reported at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from guantong.errors import Problem
from guantong.policies.expressions import (
    AllOf,
    Among,
    AnyOf,
    Compare,
    Constant,
    LawValue,
    Node,
    Not,
    OtherInput,
    inputs_of,
    values_of,
)
from guantong.policies.inputs import InputKind, InputSpec
from guantong.policies.law import Mark
from guantong.policies.rulebook import Rulebook
from guantong.policies.rules import RuleKind

NUMBERS = (InputKind.SCORE, InputKind.COUNT)


def rulebook_faults(book: Rulebook, folder: str) -> Iterator[Problem]:
    """Report everything in a rulebook that leads nowhere or would decide silently."""
    checks = (("rules.py", _rules), ("clauses.yaml", _clauses), ("values.yaml", _values), ("book.yaml", _book))
    for file, check in checks:
        for column, fault, value in check(book):
            yield Problem(file=f"{folder}/{file}", column=column, rule=fault, value=value, remedy="请改正后重新载入。")


def repeated(names: Iterable[str]) -> list[str]:
    """Return the names that stand more than once, in order."""
    seen = list(names)
    return sorted({name for name in seen if seen.count(name) > 1})


Fault = tuple[str, str, str]
"""Where, what is wrong, what was found."""


def _rules(book: Rulebook) -> Iterator[Fault]:
    for name in repeated(f"{rule.decision} › {rule.name}" for rule in book.rules):
        yield name, "两条规则用了同一个名称", ""
    for rule in book.rules:
        if rule.clause not in book.clauses:
            yield rule.name, "规则没有条款依据", rule.clause
        if rule.decision not in book.decisions:
            yield rule.name, "没有这个判断事项", rule.decision
            continue
        spec = book.decisions[rule.decision]
        undeclared = inputs_of(rule.node) - (set(spec.inputs) & set(book.inputs))
        for name in sorted(undeclared):
            yield rule.name, "用了这项判断没有声明的输入", name
        for name in set(values_of(rule.node)) - {value.name for value in book.values}:
            yield rule.name, "用了没有取值的名称", name
        if (rule.kind is RuleKind.VALUE) != spec.gives_value or (rule.gives and rule.gives not in spec.values):
            yield rule.name, "给出的值与判断事项不符", rule.gives or rule.kind.value
        if not undeclared:
            yield from ((rule.name, fault, found) for fault, found in _misread(rule.node, book))


def _misread(node: Node, book: Rulebook) -> Iterator[tuple[str, str]]:
    match node:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _misread(part, book)
        case Not(part):
            yield from _misread(part, book)
        case Among(name, members, unsettled):
            for member in set(members + unsettled) - set(book.inputs[name].domain()):
                yield f"输入 {name} 没有这个选项", str(member)
        case Compare(name, _, operand):
            yield from _uncomparable(book.inputs[name], operand, book)


def _uncomparable(
    spec: InputSpec, operand: Constant | LawValue | OtherInput, book: Rulebook
) -> Iterator[tuple[str, str]]:
    if spec.kind not in NUMBERS:
        yield "只有数字可以比较大小", spec.name
        return
    match operand:
        case OtherInput(name):
            other = book.inputs[name]
            if (other.kind, other.step) != (spec.kind, spec.step):
                yield "两个输入的类型或最小单位不同，不能比较", f"{spec.name}、{name}"
            return
        case Constant(number):
            numbers = {number}
        case LawValue(name):
            numbers = {number for value in book.values if value.name == name for number in value.numbers}
    for number in sorted(number for number in numbers if spec.step > 0 and number % spec.step):
        yield f"不是 {spec.name} 最小单位的整数倍", str(number)


def _clauses(book: Rulebook) -> Iterator[Fault]:
    cited = {rule.clause for rule in book.rules}
    for clause in book.clauses.values():
        if clause.id in cited and clause.mark is not Mark.RULE:
            yield clause.id, "有规则引用的条款应标为 rule", clause.mark.value
        if clause.mark is not Mark.RULE:
            continue
        if clause.id not in cited:
            yield clause.id, "标为 rule 的条款没有规则", clause.mark.value
        if not clause.enacted and not clause.carried and clause.standing_from is None:
            yield clause.id, "标为 rule 的条款没有写明管哪几届", clause.mark.value


def _values(book: Rulebook) -> Iterator[Fault]:
    for first, second in combinations(book.values, 2):
        if first.name == second.name and (both := set(first.cohorts) & set(second.cohorts)):
            yield first.name, "同一届写了两次取值", "、".join(map(str, sorted(both)))


def _book(book: Rulebook) -> Iterator[Fault]:
    for pair in book.precedences:
        for name in (pair.first, pair.second):
            if name not in book.clauses:
                yield "beats / unresolved", "没有这个条款", name
            elif name not in {rule.clause for rule in book.rules_of(pair.decision)}:
                yield "beats / unresolved", f"条款在 {pair.decision} 里没有规则", name
    for decision, clause in _circles(book):
        yield "beats", f"在 {decision} 里优先次序绕成了圈", clause
    for spec in book.decisions.values():
        for name in sorted(set(spec.inputs) - set(book.inputs)):
            yield spec.id, "没有声明这个输入", name
    for declared in book.inputs.values():
        ids = [name for name, _ in declared.choices]
        if (declared.kind is InputKind.CHOICE) != bool(ids) or repeated(ids):
            yield declared.name, "选择项应有互不相同的选项，其他输入不写选项", "、".join(ids)
        if declared.step <= 0:
            yield declared.name, "最小单位应大于零", str(declared.step)
        if declared.upper and declared.upper not in {value.name for value in book.values}:
            yield declared.name, "用了没有取值的名称", declared.upper


def _circles(book: Rulebook) -> Iterator[tuple[str, str]]:
    """Yield each decision and clause that, by way of others or at once, beats itself."""
    for decision in dict.fromkeys(pair.decision for pair in book.precedences):
        beats = {(pair.first, pair.second) for pair in book.precedences if pair.settled and pair.decision == decision}
        for clause in sorted({first for first, _ in beats}):
            reached, waiting = set[str](), [clause]
            while waiting:
                of = waiting.pop()
                found = {second for first, second in beats if first == of} - reached
                reached |= found
                waiting += found
            if clause in reached:
                yield decision, clause
