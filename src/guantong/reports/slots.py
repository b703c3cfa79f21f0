"""Slots (绑定): what a sentence asks of the facts, `{attribute[@subject][;year][;scope][;place][|manner]}`.

Without a year it is the edition's; without a subject it is the report's. A scope is a list of codes with
commas, `-` for none stated. A manner says how the fact is printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum

from guantong.facts import Fact, Wanted, Words
from guantong.reports.runs import Bound, Run, Text

SLOT = re.compile(r"\{([^{}]*)\}")
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
NO_SCOPE = "-"
_TIGHT = ("", "%", ":1")


class Manner(Enum):
    """How a fact is printed."""

    WHOLE = ""
    NUMBER = "number"
    SIZE = "size"
    MORE = "more"
    RISE = "rise"


_WORDS = {Manner.MORE: ("增加", "减少", "持平"), Manner.RISE: ("上升", "下降", "持平")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One slot: what is looked for, how it is printed; `year` is set where the sentence names one."""

    wanted: Wanted
    manner: Manner = Manner.WHOLE

    def of(self, subject: str, edition: int) -> Wanted:
        """Return what is looked for, with the report's own subject and edition where the slot names none."""
        wanted = self.wanted
        return replace(wanted, subject=wanted.subject or subject, year=wanted.year or edition)


def read_slot(text: str, words: Words) -> Slot:
    """Read a slot without its braces; raise `ValueError` with what is wrong, in Chinese."""
    body, _, manner = text.partition("|")
    head, *parts = body.split(";")
    attribute, _, subject = head.partition("@")
    if manner not in {one.value for one in Manner}:
        raise ValueError("没有这种写法，“|”后面只能是 number、size、more、rise")
    if not words.has(attribute):
        raise ValueError("没有这个统计项目")
    year, scope, place = None, None, ""
    for part in parts:
        codes = frozenset(filter(None, part.split(",")))
        if _YEAR.fullmatch(part) and year is None:
            year = int(part)
        elif part == NO_SCOPE or (codes and codes <= set(words.scopes)):
            scope = frozenset() if part == NO_SCOPE else codes
        elif part and not place:
            place = part
        else:
            raise ValueError("绑定写法应是 统计项目@对象;年份;口径;出处")
    wanted = Wanted(attribute=attribute, subject=subject, year=year, scope=scope, place=place)
    return Slot(wanted=wanted, manner=Manner(manner))


def runs_of(slot: Slot, fact: Fact) -> tuple[Run, ...]:
    """Return a fact as it is printed: its own digits and unit, at its own precision."""
    if slot.manner in _WORDS:
        return (Text(_direction(slot.manner, fact)),)
    number = digits(fact, absolute=slot.manner is Manner.SIZE)
    unit = "" if slot.manner is Manner.NUMBER else fact.unit
    tight = unit if unit in _TIGHT else ""
    bound = Bound(number + tight, fact.id, fact.place.text())
    return (bound, Text(unit)) if unit and not tight else (bound,)


def digits(fact: Fact, *, absolute: bool = False) -> str:
    """Return a fact's digits with ASCII commas, at its printed precision; text facts as printed."""
    if isinstance(fact.value, str):
        return fact.value
    return f"{abs(fact.value) if absolute else fact.value:,f}"


def _direction(manner: Manner, fact: Fact) -> str:
    if not isinstance(fact.value, Decimal) or fact.compared is None:
        raise ValueError("只有增减才有方向")
    up, down, same = _WORDS[manner]
    return up if fact.value > 0 else down if fact.value < 0 else same
