"""The family desk: one child's answer, route by route, or the form with what is to be mended."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from guantong.errors import InputRefused, Problem
from guantong.pathways.answers import answer_json
from guantong.pathways.applicant import Applicant, read_applicant
from guantong.pathways.planner import NOT_A_CUT_OFF, Answer, plan
from guantong.web.fragments import route_body
from guantong.web.labels import field_label, plain
from guantong.web.page import Asked, Page
from guantong.web.pages.plan_answer import card, table
from guantong.web.pages.plan_form import fields, free_interests
from guantong.web.respond import error_body

TITLE = "升学规划"


def plan_page(asked: Asked) -> Page:
    """Return the answer to one family; with faults the form again, nothing lost."""
    parts = asked.desk.parts
    try:
        applicant = read_applicant(asked.given, book=parts.book, registry=parts.registry, today=asked.today)
    except InputRefused as refused:
        return _to_mend(asked, refused)
    if applicant.pupil_grade is not None:
        return Page(title=TITLE, private=True, redirect=_by_cohort(asked, applicant))
    answer = plan(applicant, parts)
    return Page(
        title=TITLE,
        template="guantong/plan.html",
        context={
            **_form(asked, ()),
            "answer": answer,
            "said": summary(applicant, asked),
            "cards": tuple(card(route, answer, parts) for route in answer.routes),
            "reference": _reference(answer),
            "warnings": tuple(notice for notice in answer.notices if notice.level == "warning"),
            "remarks": tuple(notice for notice in answer.notices if notice.level != "warning"),
            "floor": parts.book.value("score_floor", applicant.cohort) if applicant.cohort else None,
            "not_a_cut_off": NOT_A_CUT_OFF,
            "today": asked.today,
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


def _form(asked: Asked, problems: Iterable[Problem]) -> dict[str, object]:
    return {
        "fields": fields(asked.given, asked.desk.parts, asked.today, problems),
        "free": free_interests(asked.given, asked.desk.parts),
    }


def _by_cohort(asked: Asked, applicant: Applicant) -> str:
    """Return the address that names the cohort instead of today's grade, which next year is another."""
    kept = [(name, text) for name, texts in asked.given.items() for text in texts if text.strip()]
    kept = [pair for pair in kept if pair[0] not in ("pupil_grade", "cohort")]
    return f"/plan{asked.suffix}?{urlencode([('cohort', str(applicant.cohort)), *kept])}"


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
