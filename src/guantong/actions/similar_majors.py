"""The school's own table of similar majors (相近专业表), by which a repeat into another major is decided."""

from __future__ import annotations

import re

from django.db import transaction

from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.clock import now
from guantong.actions.words import Act
from guantong.errors import InputRefused, NotAllowed, Problem, StepRefused
from guantong.people import Person, Right
from guantong.store import journal, majors
from guantong.store.majors import SimilarPair

__all__ = ["SimilarPair", "enter_similar_majors", "list_similar_majors", "remove_similar_majors"]
_CODE = re.compile(r"[0-9A-Za-z-]{1,32}", re.ASCII)
_LONGEST = 200


def enter_similar_majors(pair: SimilarPair, *, by: Person) -> None:
    """Enter two majors that a school holds to be similar, by what document; raise `InputRefused`."""
    with attempt(Act.SIMILAR_MAJORS_ENTERED, Right.ADMIT_PUPILS, by=by) as scope, transaction.atomic():
        if pair.school not in scope.organisations and not scope.whole:
            raise NotAllowed(right=scope.right.label, why="不在您的授权范围内")
        if problems := _problems(pair):
            raise InputRefused(problems)
        if not majors.put(pair, by=by.id, at=now()):
            raise StepRefused(step="登记相近专业", why="这一对已经登记过")
        journal.append([entry(Act.SIMILAR_MAJORS_ENTERED)], by=by)


def remove_similar_majors(school: str, first: str, second: str, *, by: Person) -> None:
    """Take a pair out of a school's table: later questions are asked without it, what was decided stays."""
    with attempt(Act.SIMILAR_MAJORS_REMOVED, Right.ADMIT_PUPILS, by=by) as scope, transaction.atomic():
        if school not in scope.organisations and not scope.whole:
            raise NotAllowed(right=scope.right.label, why="不在您的授权范围内")
        if not majors.remove(school, first, second):
            raise StepRefused(step="删去相近专业", why="表里没有这一对")
        journal.append([entry(Act.SIMILAR_MAJORS_REMOVED)], by=by)


def list_similar_majors(*, by: Person) -> tuple[SimilarPair, ...]:
    """Return the tables of the schools within reach."""
    with attempt(Act.SIMILAR_MAJORS_READ, Right.ADMIT_PUPILS, by=by) as scope:
        pairs = majors.pairs_of(scope.organisations)
        leave_entry(entry(Act.SIMILAR_MAJORS_READ), by=by)
    return pairs


def _problems(pair: SimilarPair) -> list[Problem]:
    found = [
        Problem(column=column, rule="专业代码只能有数字、字母和连字符", remedy="请填写专业目录代码，例如 710201。")
        for column, code in (("first", pair.first), ("second", pair.second))
        if not _CODE.fullmatch(code)
    ]
    if pair.first == pair.second:
        found.append(Problem(column="second", rule="两个专业代码相同", remedy="相同专业不必登记。"))
    if not 0 < len(pair.document.strip()) <= _LONGEST or not pair.document.isprintable():
        rule = f"缺少依据文件，或超过 {_LONGEST} 字"
        found.append(Problem(column="document", rule=rule, remedy="请写明学校认定相近专业的文件。"))
    return found
