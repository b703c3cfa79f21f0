"""The planner (规划): every route with its verdict, ladder and doors, for one child.

Nothing is borrowed from another year: where the cohort has no law or no plan, the answer says so,
and the newest loaded year stands beside it, marked as reference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guantong.evidence import Grade, Place, weakest
from guantong.pathways.applicant import FLOOR, Applicant
from guantong.pathways.interests import Interest
from guantong.pathways.ladder import Rung, ladder
from guantong.pathways.listing import Criterion, Listed, Wishes, criterion_for, listed, unmet
from guantong.pathways.routes import Ask, Route, Routes
from guantong.policies.answers import carried_clauses
from guantong.policies.decide import NO_LAW, Decision, decide
from guantong.policies.receipts import receipt
from guantong.policies.rulebook import Rulebook
from guantong.policies.truth import Truth
from guantong.registry import Plans, Readiness, Registry

NOT_A_CUT_OFF = "这是报考门槛，不是录取线；各专业录取线未公布"
"""The words beside every floor (issue of the family desk; DESIGN §4)."""

REFERENCE = "往年参考"
COHORT_MISSING = "cohort"
ENTRY_RULES = "entry_rules"
_MOST_STEPS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The frozen parts that the family desk reads."""

    book: Rulebook
    registry: Registry
    plans: Plans
    routes: Routes
    interests: Sequence[Interest]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that must be said beside the answer, with where it comes from."""

    level: str
    text: str
    source: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteAnswer:
    """One route for one child."""

    route: Route
    verdict: str
    words: str
    decision: Decision | None
    missing: tuple[str, ...]
    rungs: tuple[Rung, ...]
    meets_target: bool | None
    within_years: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The newest loaded year, for orientation only: it carries no verdict."""

    year: int
    rungs: tuple[tuple[Route, tuple[Rung, ...]], ...]
    programmes: tuple[Listed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Everything that the planner says to one child."""

    applicant: Applicant
    routes: tuple[RouteAnswer, ...]
    criterion: Criterion
    notices: tuple[Notice, ...]
    readiness: Readiness
    weakest_grade: Grade | None
    receipts: tuple[str, ...]
    reference: Reference | None
    next_steps: tuple[Notice, ...]
    programmes: tuple[Listed, ...]


def plan(applicant: Applicant, desk: Desk) -> Answer:
    """Answer one child."""
    wishes = Wishes(district=applicant.district, interests=applicant.interests)
    criterion = criterion_for(wishes, applicant.sort)
    routes = tuple(_route_answer(route, applicant, desk) for route in desk.routes.all)
    programmes = _programmes(applicant, routes, desk, wishes, criterion)
    ordered = tuple(sorted(routes, key=lambda answer: (answer.meets_target is False, answer.route.order)))
    readiness = desk.plans.readiness(applicant.cohort) if applicant.cohort is not None else Readiness.LOCKED
    decisions = [answer.decision for answer in routes if answer.decision]
    grades = [decision.grade for decision in decisions]
    grades += [row.programme.grade for row in programmes]
    reference = _reference(desk, wishes, criterion) if _lacks(decisions, readiness) else None
    return Answer(
        applicant=applicant,
        routes=ordered,
        criterion=criterion,
        notices=(
            *_notices(applicant, desk, decisions),
            *_unmet(programmes or (reference.programmes if reference else ()), wishes, desk),
        ),
        readiness=readiness,
        weakest_grade=weakest(grade for grade in grades if grade),
        receipts=tuple(dict.fromkeys(receipt(decision).id for decision in decisions)),
        reference=reference,
        next_steps=tuple(_next_steps(applicant, ordered)),
        programmes=programmes,
    )


def _route_answer(route: Route, applicant: Applicant, desk: Desk) -> RouteAnswer:
    decision = None
    if route.decision and applicant.cohort is not None:
        decision = decide(desk.book, applicant.inputs(), cohort=applicant.cohort, decision=route.decision)
    verdict = decision.verdict if decision else Truth.UNKNOWN.word
    not_asked = (COHORT_MISSING,) if route.decision else (ENTRY_RULES,)
    years = route.years
    return RouteAnswer(
        route=route,
        verdict=verdict,
        words=desk.book.decision("may_apply").words[verdict],
        decision=decision,
        missing=decision.missing if decision else not_asked,
        rungs=ladder(route, desk.book, applicant.cohort),
        meets_target=applicant.target in route.leads_to if applicant.target else None,
        within_years=years <= applicant.max_years if years is not None and applicant.max_years is not None else None,
    )


def _programmes(
    applicant: Applicant, routes: Sequence[RouteAnswer], desk: Desk, wishes: Wishes, criterion: Criterion
) -> tuple[Listed, ...]:
    """Return the year's programmes of every route that is not ruled out, in one list by the criterion."""
    if applicant.cohort is None or applicant.cohort not in desk.plans.files:
        return ()
    open_types = {answer.route.programme_type for answer in routes if answer.verdict != Truth.NO.word}
    rows = [row for row in desk.plans.year(applicant.cohort).programmes if row.type in open_types]
    return listed(rows, wishes, criterion, registry=desk.registry, interests=desk.interests)


def _lacks(decisions: Sequence[Decision], readiness: Readiness) -> bool:
    """Tell whether the cohort has no plan by major, or no law."""
    return readiness is Readiness.LOCKED or any(NO_LAW in decision.missing for decision in decisions)


def _reference(desk: Desk, wishes: Wishes, criterion: Criterion) -> Reference | None:
    newest = desk.plans.newest()
    if newest is None:
        return None
    decided = [route for route in desk.routes.all if route.decision]
    rows = listed(
        desk.plans.year(newest).programmes, wishes, criterion, registry=desk.registry, interests=desk.interests
    )
    return Reference(
        year=newest,
        rungs=tuple((route, ladder(route, desk.book, newest)) for route in decided),
        programmes=rows,
    )


def _notices(applicant: Applicant, desk: Desk, decisions: Sequence[Decision]) -> Iterator[Notice]:
    cohort = applicant.cohort
    if text := _what_is_lacking(cohort, desk, decisions):
        yield Notice(level="warning", text=text)
    if cohort is None:
        return
    if value := desk.book.value(FLOOR, cohort):
        document = value.place.document
        yield Notice(level="info", text=_floor_text(desk, cohort), source=document, place=value.place)
        if len(value.out_of) > 1:
            totals = "、".join(f"{total} 分" for total in value.out_of)
            text = f"{cohort} 年中考总分有不同说法（{totals}），每一种说法下都成立的结论才算数。"
            yield Notice(level="info", text=text, source=document, place=value.place)
    if clause := next((clause for decision in decisions for clause in carried_clauses(decision)), None):
        yield Notice(level="info", text=f"{clause.carried_notice}。", source=clause.place.document)
    figures = desk.plans.figures.get(cohort)
    if figures and figures.note:
        yield Notice(level="info", text=figures.note)


def _unmet(rows: Sequence[Listed], wishes: Wishes, desk: Desk) -> Iterator[Notice]:
    """Yield that a wish changed nothing in the list below."""
    if rows and (missed := unmet(rows, wishes.interests, desk.interests)):
        names = "、".join(f"“{wish}”" for wish in missed)
        yield Notice(level="info", text=f"{rows[0].programme.year} 年列出的招生专业里，没有查到与{names}相符的。")


def _what_is_lacking(cohort: int | None, desk: Desk, decisions: Sequence[Decision]) -> str:
    """Return what is not known of the year, and that the newest loaded one stands below; "" where both are loaded."""
    newest = desk.plans.newest()
    beside = f"；下面附 {newest} 年的内容，标为“{REFERENCE}”" if newest else ""
    if cohort is None:
        return f"还没有填年级或中考年份，不能按某一年的规则判断{beside}。"
    planned = cohort in desk.plans.files
    if any(NO_LAW in decision.missing for decision in decisions):
        what = "规则" if planned else "招生计划和规则"
        why = "（可能尚未公布）" if newest is None or cohort > newest else ""
        return f"{cohort} 年中考的{what}没有收录{why}，所以不作判断，也不套用其他年份的规定{beside}。"
    return "" if planned else f"{cohort} 年没有载入分专业计划，不能列出招生专业{beside}。"


def _floor_text(desk: Desk, cohort: int) -> str:
    figures = desk.plans.figures.get(cohort)
    totals = dict.fromkeys(figure.value for figure in figures.total_places()) if figures else {}
    places = f"{cohort} 年全市贯通培养计划共 {' 或 '.join(totals)} 人。" if totals else f"{cohort} 年的计划总数未收录。"
    return f"{NOT_A_CUT_OFF}。{places}"


def _next_steps(applicant: Applicant, routes: tuple[RouteAnswer, ...]) -> Iterator[Notice]:
    """Yield what to do next; no date is given, because no source gives one for the cohort."""
    if applicant.cohort is None:
        yield Notice(level="step", text="填上孩子现在的年级，或中考年份。")
    open_ones = [answer for answer in routes if answer.verdict != Truth.NO.word and answer.meets_target is not False]
    first = [answer for answer in open_ones if answer.route.decision] or open_ones[:_MOST_STEPS]
    asked: dict[Ask, list[str]] = {}
    for answer in first:
        asked.setdefault(answer.route.ask[0], []).append(answer.route.title)
    for ask, titles in asked.items():
        document = ask.place.document if ask.place else ""
        yield Notice(level="step", text=f"{'、'.join(titles)}：{ask.text}", source=document, place=ask.place)
    if len(first) < len(open_ones):
        yield Notice(level="step", text="其余各条路的报名规则没有收录：先看当年招生简章，再按各条路里写的“问谁”去问。")
