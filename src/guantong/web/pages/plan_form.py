"""The planner's form: every field with its choices, what was given, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from guantong.errors import Problem
from guantong.pathways.applicant import OPTIONS
from guantong.pathways.listing import Criterion
from guantong.pathways.planner import Desk
from guantong.pathways.routes import Target
from guantong.web.forms import Choice, Field, Group
from guantong.years import FIRST_COHORT, LAST_PUPIL_GRADE, cohort_of

_GRADES = {
    9: "初三（九年级）",
    8: "初二（八年级）",
    7: "初一（七年级）",
    6: "六年级",
    5: "五年级",
    4: "四年级",
}


def fields(
    given: Mapping[str, Sequence[str]], desk: Desk, today: date, problems: Iterable[Problem] = ()
) -> dict[str, Field]:
    """Return every field by name, holding what was given even where it was refused."""
    texts = {name: next((text.strip() for text in given.get(name, ()) if text.strip()), "") for name in OPTIONS}
    faults = tuple(problems)
    choices = {
        "cohort": (("", "还没想好"),),
        "household": _with_unknown(desk.book.inputs["household"].choices),
        "exam_eligible": _with_unknown((("yes", "有"), ("no", "没有"))),
        "district": (("", "不限"), *desk.registry.districts.items()),
        "target": (("", "都看看"), *((part.value, part.value) for part in Target)),
        "sort": (("", "自动"), *((part.value, part.label) for part in Criterion)),
    }
    made = {
        name: Field(
            name=name,
            value=texts[name],
            choices=_choices(choices.get(name, ()), texts[name]),
            groups=cohort_groups(today, texts[name]) if name == "cohort" else (),
            problems=tuple(problem for problem in faults if problem.column == name),
        )
        for name in OPTIONS
    }
    return made | {"interest": _interests(given, desk, made["interest"])}


def free_interests(given: Mapping[str, Sequence[str]], desk: Desk) -> list[str]:
    """Return the wishes that are no offered direction, as they were typed."""
    offered = {interest.title for interest in desk.interests} | {interest.id for interest in desk.interests}
    return [text.strip() for text in given.get("interest", ()) if text.strip() and text.strip() not in offered]


@lru_cache(maxsize=128)
def cohort_groups(today: date, chosen: str) -> tuple[Group, ...]:
    """Return the years of 中考 to choose from, those of today's grades by the grade's name."""
    of_grade = {cohort_of(grade, today): name for grade, name in _GRADES.items()}
    first = cohort_of(LAST_PUPIL_GRADE, today)
    grades = tuple(_year(year, f"{name}：{year} 年中考", chosen) for year, name in sorted(of_grade.items()))
    past = tuple(_year(year, f"{year} 年中考", chosen) for year in range(first - 1, FIRST_COHORT - 1, -1))
    return Group("孩子现在上", grades), Group("已经考过，或想看往年", past)


def _year(year: int, label: str, chosen: str) -> Choice:
    return Choice(str(year), label, str(year) == chosen)


def _choices(options: Iterable[tuple[str, str]], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, label, chosen in (value, label)) for value, label in options)


def _with_unknown(options: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return (("", "还不清楚"), *options)


def _interests(given: Mapping[str, Sequence[str]], desk: Desk, field: Field) -> Field:
    wishes = {text.strip() for text in given.get("interest", ())}
    choices = tuple(
        Choice(interest.title, interest.title, bool(wishes & {interest.title, interest.id}))
        for interest in desk.interests
    )
    return Field(name="interest", value="", choices=choices, problems=field.problems)
