"""Cases (案例): a school's own words for a chapter of the city's or its district's report, taken or not by its team."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction

from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.books import contents
from guantong.actions.clock import now
from guantong.actions.collection_scope import reached
from guantong.actions.words import Act
from guantong.errors import InputRefused, NotAllowed, Problem, StepRefused
from guantong.people import Person, Right
from guantong.reports.personal import personal_in
from guantong.store import cases, collection, journal
from guantong.store.cases import CaseRecord, CaseStanding

LONGEST_TITLE, LONGEST_TEXT, LONGEST_REASON = 60, 1_500, 400


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """A case as a school writes it."""

    chapter: str
    title: str
    text: str


def submit_case(year: int, organisation: str, case: NewCase, *, by: Person) -> str:
    """Submit a case of the own school; raise `InputRefused` with everything that may not stand in it."""
    with attempt(Act.CASE_SUBMITTED, Right.SUBMIT_CASE, by=by) as scope, transaction.atomic():
        names = reached(scope)
        if names is not None and organisation not in names:
            raise NotAllowed(right=scope.right.label, why="只能提交本校的案例")
        collection.get_year(year)
        if problems := list(_problems(year, case)):
            raise InputRefused(problems)
        record = CaseRecord(
            id=uuid4().hex,
            year=year,
            organisation=organisation,
            chapter=case.chapter,
            title=case.title.strip(),
            text=case.text.strip(),
            standing=CaseStanding.SUBMITTED,
            reason="",
            version=1,
        )
        cases.add(record, by=by.id, at=now())
        journal.append([entry(Act.CASE_SUBMITTED, record.id)], by=by)
    return record.id


def accept_case(case: str, *, seen: int, by: Person) -> None:
    """Take a case into the report, framed as the school's own statement."""
    with attempt(Act.CASE_DECIDED, Right.DECIDE_CASE, by=by) as scope, transaction.atomic():
        record = cases.taken(case, reached=reached(scope), seen=seen)
        if record.standing is CaseStanding.ACCEPTED:
            raise StepRefused(step="选用案例", why="已经选用")
        cases.decide(record, CaseStanding.ACCEPTED, "", by=by.id)
        journal.append([entry(Act.CASE_DECIDED, record.id)], by=by)


def turn_down_case(case: str, reason: str, *, seen: int, by: Person) -> None:
    """Leave a case out of the report, with a reason that the school sees."""
    with attempt(Act.CASE_DECIDED, Right.DECIDE_CASE, by=by) as scope, transaction.atomic():
        record = cases.taken(case, reached=reached(scope), seen=seen)
        why = reason.strip()
        if not why or len(why) > LONGEST_REASON:
            rule = "没有写理由" if not why else f"理由不超过 {LONGEST_REASON} 字"
            raise InputRefused([Problem(column="reason", rule=rule, remedy="请写明为什么不选用。")])
        cases.decide(record, CaseStanding.TURNED_DOWN, why, by=by.id)
        journal.append([entry(Act.CASE_DECIDED, record.id)], by=by)


def list_cases(year: int, *, by: Person) -> tuple[CaseRecord, ...]:
    """Return the cases of a year: a school's own, or every school's for the report team."""
    with attempt(Act.CASES_LISTED, Right.READ_REPORTS, by=by) as scope:
        found = cases.of_year(year, reached=reached(scope))
        leave_entry(entry(Act.CASES_LISTED, str(year)), by=by)
    return found


def list_case_chapters(year: int, *, by: Person) -> tuple[tuple[str, str], ...]:
    """Return id and title of the chapters of a year's reports that take cases."""
    with attempt(Act.CASES_LISTED, Right.SUBMIT_CASE, by=by):
        found = _chapters(year)
        leave_entry(entry(Act.CASES_LISTED, str(year)), by=by)
    return found


def _chapters(year: int) -> tuple[tuple[str, str], ...]:
    serving = (one for one in contents().outlines if one.serves(one.level, year))
    return tuple(dict.fromkeys(chapter for outline in serving for chapter in outline.case_chapters()))


def _problems(year: int, case: NewCase) -> Iterator[Problem]:
    titles = dict(_chapters(year))
    if case.chapter not in titles:
        remedy = f"可选：{'、'.join(titles.values())}。" if titles else "这一年的年报没有收案例的章节。"
        yield Problem(column="chapter", value=case.chapter[:40], rule="年报里没有收案例的这一章", remedy=remedy)
    for column, text, most, name in (
        ("title", case.title.strip(), LONGEST_TITLE, "标题"),
        ("text", case.text.strip(), LONGEST_TEXT, "正文"),
    ):
        if not text:
            yield Problem(column=column, rule=f"没有写{name}", remedy="请补上。")
        if len(text) > most:
            rule = f"{name}有 {len(text)} 字，不超过 {most} 字"
            yield Problem(column=column, rule=rule, remedy="请写短一些。")
        yield from personal_in(text, "案例里不能有个人信息，请删去。")
        if any(not sign.isprintable() and sign not in "\r\n\t" for sign in text):
            yield Problem(column=column, rule=f"{name}里有看不见的字符", remedy="请删去，或重新录入。")
