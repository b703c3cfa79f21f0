"""The family desk: one child's answer, route by route, or the form with what is to be mended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from urllib.parse import urlencode

from guantong.errors import InputRefused, Problem, error_body
from guantong.pathways.answers import answer_json
from guantong.pathways.applicant import FLOOR, Applicant, read_applicant
from guantong.pathways.planner import NOT_A_CUT_OFF, Answer, plan
from guantong.policies.law import DatedValue
from guantong.policies.rulebook import Rulebook
from guantong.web.fragments import route_body
from guantong.web.labels import field_label, plain
from guantong.web.page import Asked, Page
from guantong.web.pages.calendar import calendar_years
from guantong.web.pages.plan_address import plan_address
from guantong.web.pages.plan_answer import others, overview, ruled, table
from guantong.web.pages.plan_form import fields, free_interests

TITLE = "升学规划"


def plan_page(asked: Asked) -> Page:
    """Return the answer to one family; with faults the form again, nothing lost."""
    parts = asked.desk.parts
    try:
        applicant = read_applicant(asked.given, book=parts.book, registry=parts.registry, today=asked.today)
    except InputRefused as refused:
        return _to_mend(asked, refused)
    if applicant.pupil_grade is not None and not asked.twin:
        return Page(title=TITLE, private=True, redirect=_by_cohort(asked, applicant))
    answer = plan(applicant, parts)
    cards = ruled(answer, parts)
    return Page(
        title=TITLE,
        template="guantong/plan.html",
        context={
            **_form(asked, (), _canonical(applicant)),
            "answer": answer,
            "said": summary(applicant, asked),
            "overview": overview(answer),
            "cards": cards,
            "judged": any(card.lines for card in cards),
            "others": others(answer),
            "reference": _reference(answer),
            "warnings": tuple(notice for notice in answer.notices if notice.level == "warning"),
            **_floor(answer, parts.book),
            "not_a_cut_off": NOT_A_CUT_OFF,
            "own_address": plan_address(applicant, asked.site) if asked.site else "",
            "today": asked.today,
            "calendar_year": applicant.cohort if applicant.cohort in calendar_years(asked) else None,
        },
        data=lambda: answer_json(answer, asked.desk.contents.sources),
        private=True,
    )


def summary(applicant: Applicant, asked: Asked) -> tuple[tuple[str, str], ...]:
    """Return what the family said, label by label; what was not said is left out."""
    book = asked.desk.parts.book
    eligible = {None: "", True: "有", False: "没有"}[applicant.exam_eligible]
    said = (
        ("cohort", f"{applicant.cohort} 年" if applicant.cohort else ""),
        ("score", f"{plain(applicant.score)} 分" if applicant.score is not None else ""),
        ("out_of", f"{plain(applicant.out_of)} 分" if applicant.out_of is not None else ""),
        ("household", book.inputs["household"].words(applicant.household) if applicant.household else ""),
        ("exam_eligible", eligible),
        ("district", asked.desk.parts.registry.district_name(applicant.district)),
        ("interest", "、".join(applicant.interests)),
        ("max_years", f"{applicant.max_years} 年" if applicant.max_years else ""),
        ("target", applicant.target.value if applicant.target else ""),
    )
    return tuple((field_label(name), text) for name, text in said if text)


def floor_of(answer: Answer, book: Rulebook) -> DatedValue | None:
    """Return the floor of the asked year; None where the year has none, or was not said."""
    cohort = answer.applicant.cohort
    return book.value(FLOOR, cohort) if cohort is not None else None


def _floor(answer: Answer, book: Rulebook) -> dict[str, object]:
    """Return the year's floor with the words that always stand beside it, and the other remarks."""
    remarks = [notice for notice in answer.notices if notice.level != "warning"]
    beside = next((notice for notice in remarks if notice.text.startswith(NOT_A_CUT_OFF)), None)
    return {
        "floor": floor_of(answer, book) if beside else None,
        "floor_notice": beside,
        "remarks": tuple(notice for notice in remarks if notice is not beside),
    }


def _to_mend(asked: Asked, refused: InputRefused) -> Page:
    """Return the form with every fault beside its field and all of them on top."""
    problems = tuple((problem, field_label(problem.column)) for problem in refused.problems)
    return Page(
        title=f"有 {len(problems)} 处要修改",
        template="guantong/plan.html",
        context={**_form(asked, refused.problems), "problems": problems},
        data=lambda: error_body(refused),
        status=refused.status,
        private=True,
    )


def _canonical(applicant: Applicant) -> dict[str, list[str]]:
    """Return what was understood, as the form's choices name it: 丰台 becomes the district's id."""
    eligible = {None: "", True: "yes", False: "no"}[applicant.exam_eligible]
    known = {
        "cohort": str(applicant.cohort or ""),
        "household": applicant.household or "",
        "exam_eligible": eligible,
        "district": applicant.district,
    }
    return {name: [text] for name, text in known.items() if text}


def _form(
    asked: Asked, problems: Iterable[Problem], understood: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> dict[str, object]:
    return {
        "fields": fields({**asked.given, **understood}, asked.desk.parts, asked.today, problems),
        "free": free_interests(asked.given, asked.desk.parts),
    }


def _by_cohort(asked: Asked, applicant: Applicant) -> str:
    """Return the address that names the cohort instead of today's grade, which next year is another."""
    kept = [(name, text) for name, texts in asked.given.items() for text in texts if text.strip()]
    kept = [pair for pair in kept if pair[0] not in ("pupil_grade", "cohort")]
    return f"/plan?{urlencode([('cohort', str(applicant.cohort)), *kept])}"


def _reference(answer: Answer) -> dict[str, object] | None:
    """Return the newest loaded year for orientation: its ladders and programmes, without a verdict."""
    if answer.reference is None:
        return None
    year = answer.reference.year
    return {
        "year": year,
        "routes": [(route, route_body(route.id, year, "route_ladder")) for route, _ in answer.reference.rungs],
        "rows": table(answer.reference.programmes, answer),
    }
