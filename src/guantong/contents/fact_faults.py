"""What does not hold together in one fact (数据的问题): its words, its value, its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from guantong.evidence import Basis, are_lines
from guantong.facts.fact import Fact, plain
from guantong.facts.units import PERCENT, POINTS, same_kind
from guantong.facts.words import AttributeKind, Words

Fault = tuple[str, str, str]
_SIGNS = re.compile(r"[^\d.:-]")


def fact_faults(fact: Fact, words: Words, subjects: Collection[str]) -> Iterator[Fault]:
    """Yield column, rule and value of every fault of one fact."""
    if fact.subject not in subjects:
        yield "subject", "不是 city、district:区编号、programme:专业编号，也不是名录里的学校编号", fact.subject
    for code in sorted(fact.scope):
        if code not in words.scopes:
            yield "scope", "scopes.yaml 里没有这个口径", code
    if not are_lines(fact.place.lines):
        yield "lines", "行号应从小到大，从 1 数起", fact.place.lines
    if not words.has(fact.attribute):
        yield "attribute", "attributes.yaml 里没有这个统计项目", fact.attribute
        return
    yield from _attribute_faults(fact, words)
    yield from _value_faults(fact)


def _attribute_faults(fact: Fact, words: Words) -> Iterator[Fault]:
    attribute = words.attribute(fact.attribute)
    named = {part.id for part in attribute.definitions} - {""}
    if fact.definition not in (named or {""}):
        yield "definition", f"应是 {'、'.join(sorted(named)) or '空'}", fact.definition
    percent = attribute.unit in (PERCENT, POINTS) and fact.unit in (PERCENT, POINTS)
    if not percent and not same_kind(fact.unit, attribute.unit):
        yield "unit", f"与统计项目的单位“{attribute.unit}”量的不是同一样东西", fact.unit
    if (attribute.kind is AttributeKind.CHANGE) != (fact.compared is not None):
        yield "compared", "增减要写与哪一年比，其他的不写", str(fact.compared or "")
    elif fact.compared is not None and fact.compared >= fact.period.year:
        yield "compared", "应早于这条数据的年份", str(fact.compared)


def _value_faults(fact: Fact) -> Iterator[Fault]:
    printed, value = _SIGNS.sub("", fact.printed.replace("：", ":")), plain(fact.value)
    printed = printed.removesuffix(":1") if fact.unit == ":1" else printed
    unsigned = value.removeprefix("-") if fact.compared is not None else value
    if printed not in (value, unsigned) and fact.basis is not Basis.DERIVED:
        yield "value", "与 printed 里的数字不同", value
