"""What a family says of the child (申请人), read without assuming anything that was not said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TypeVar

from guantong.errors import InputRefused, Problem
from guantong.pathways.listing import Criterion
from guantong.pathways.routes import Target
from guantong.policies.inputs import InputSpec, Known, number_or_none, unknown_names
from guantong.policies.rulebook import Rulebook
from guantong.registry import Registry
from guantong.years import LAST_PUPIL_GRADE, cohort_bounds, cohort_of

OPTIONS = (
    "pupil_grade",
    "cohort",
    "score",
    "out_of",
    "household",
    "exam_eligible",
    "district",
    "interest",
    "max_years",
    "target",
    "sort",
)
"""Every option of the planner; the CLI's names with `_`."""

FLOOR = "score_floor"
"""The dated value that holds a cohort's floor and its paper totals."""

_MOST_INTERESTS = 6
_MOST_YEARS = 12
Choice = TypeVar("Choice", bound=Enum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """A child as the family describes it; None and empty mean that it was not said."""

    cohort: int | None = None
    pupil_grade: int | None = None
    score: Decimal | None = None
    out_of: Decimal | None = None
    household: str | None = None
    exam_eligible: bool | None = None
    district: str = ""
    interests: tuple[str, ...] = ()
    max_years: int | None = None
    target: Target | None = None
    sort: Criterion | None = None

    def inputs(self) -> dict[str, object]:
        """Return what the rulebook asks of an applicant."""
        score = None if self.score is None else str(self.score)
        return {"score": score, "household": self.household, "exam_eligible": self.exam_eligible}

    def as_json(self) -> dict[str, object]:
        """Return what was said, unknown as null."""
        return {
            "cohort": self.cohort,
            "pupil_grade": self.pupil_grade,
            "score": _plain(self.score),
            "out_of": _plain(self.out_of),
            "household": self.household or "unknown",
            "exam_eligible": {None: "unknown", True: "yes", False: "no"}[self.exam_eligible],
            "district": self.district or None,
            "interests": list(self.interests),
            "max_years": self.max_years,
            "target": self.target.value if self.target else None,
            "sort": self.sort.value if self.sort else None,
        }


def read_applicant(given: Mapping[str, Sequence[str]], *, book: Rulebook, registry: Registry, today: date) -> Applicant:
    """Return the applicant from raw texts by option name; raise `InputRefused` with every problem at once."""
    reader = _Reader({name: [text.strip() for text in texts if text.strip()] for name, texts in given.items()})
    reader.problems += unknown_names(given, OPTIONS)
    grade = reader.whole("pupil_grade", 1, LAST_PUPIL_GRADE, "年级应是 1 到 9（小学一年级到初三）")
    first, last = cohort_bounds(today)
    cohort = reader.whole("cohort", first, last, f"中考年份应在 {first} 到 {last} 之间")
    if grade is not None:
        of_grade = cohort_of(grade, today)
        if cohort is not None and cohort != of_grade:
            rule = f"现在 {grade} 年级的孩子是 {of_grade} 年中考，与填写的 {cohort} 不一致"
            reader.complain("pupil_grade", str(grade), rule, "年级和中考年份只填一个。")
        cohort = cohort or of_grade
    specs = book.inputs
    score, out_of = _score(reader, book, cohort)
    household, eligible = reader.known(specs["household"]), reader.known(specs["exam_eligible"])
    applicant = Applicant(
        cohort=cohort,
        pupil_grade=grade,
        score=score,
        out_of=out_of,
        household=None if household is None else str(household),
        exam_eligible=None if eligible is None else bool(eligible),
        district=_district(reader, registry),
        interests=_interests(reader),
        max_years=reader.whole("max_years", 1, _MOST_YEARS, f"年数应在 1 到 {_MOST_YEARS} 之间"),
        target=reader.choice("target", Target),
        sort=reader.choice("sort", Criterion),
    )
    if reader.problems:
        raise InputRefused(reader.problems)
    return applicant


class _Reader:
    """Takes texts by option and collects what is wrong with them."""

    def __init__(self, given: Mapping[str, Sequence[str]]) -> None:
        self.given = given
        self.problems: list[Problem] = []

    def complain(self, option: str, value: str, rule: str, remedy: str) -> None:
        self.problems.append(Problem(column=option, value=value[:40], rule=rule, remedy=remedy))

    def text(self, option: str) -> str:
        texts = self.given.get(option, ())
        if len(set(texts)) > 1:
            self.complain(option, "、".join(texts), "这一项只能填一个", "请只留一个。")
        return texts[0] if texts else ""

    def whole(self, option: str, low: int, high: int, rule: str) -> int | None:
        text = self.text(option)
        if not text:
            return None
        number = number_or_none(text)
        if number is None or number != int(number) or not low <= number <= high:
            self.complain(option, text, rule, "请改正后再试。")
            return None
        return int(number)

    def known(self, spec: InputSpec, highest: Decimal | None = None) -> Known | None:
        value = spec.read(self.text(spec.name), highest)
        if isinstance(value, Problem):
            self.problems.append(value)
            return None
        return value

    def choice(self, option: str, kind: type[Choice]) -> Choice | None:
        text = self.text(option)
        members = {str(member.value): member for member in kind}
        if text and text not in members:
            self.complain(option, text, f"只能是 {'、'.join(members)} 之一", "请改为其中之一。")
        return members.get(text)


def _score(reader: _Reader, book: Rulebook, cohort: int | None) -> tuple[Decimal | None, Decimal | None]:
    """Return score and paper total; the total must be one of the cohort's, and bounds the score."""
    value = book.value(FLOOR, cohort) if cohort is not None else None
    totals = value.out_of if value else ()
    text = reader.text("out_of")
    out_of = number_or_none(text) if text else None
    shown = "或 ".join(f"{total} " for total in totals)
    if text and (out_of is None or out_of <= 0):
        reader.complain("out_of", text, "试卷总分应是大于 0 的数字", "不清楚就不填。")
        out_of = None
    elif out_of is not None and totals and out_of not in totals:
        reader.complain("out_of", text, f"{cohort} 年中考总分是 {shown}分", "请核对年份；各年总分不同，不能混用。")
        out_of = None
    spec = book.inputs["score"]
    steps = reader.known(spec, out_of if out_of is not None else max(totals, default=None))
    return (None if steps is None else Decimal(int(steps)) * spec.step), out_of


def _district(reader: _Reader, registry: Registry) -> str:
    text = reader.text("district")
    found = registry.district_id(text) if text else ""
    if found is None:
        names = "、".join(registry.districts.values())
        reader.complain("district", text, "没有这个区", f"可填：{names}。")
    return found or ""


def _interests(reader: _Reader) -> tuple[str, ...]:
    wishes = tuple(dict.fromkeys(reader.given.get("interest", ())))
    if len(wishes) > _MOST_INTERESTS:
        reader.complain("interest", str(len(wishes)), f"兴趣最多填 {_MOST_INTERESTS} 个", "请保留最想学的几个。")
    return wishes[:_MOST_INTERESTS]


def _plain(number: Decimal | None) -> int | float | None:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)
