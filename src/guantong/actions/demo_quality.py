"""The demonstration's years of reporting (演示年度): past ones reported, published and diagnosed, one under way.

Everything is done by the invented people themselves, through the same actions as at the desk; where
nothing more than the year that is open is left, a visitor goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from guantong.actions import (
    advising,
    cases,
    collecting,
    collection,
    diagnosing,
    filling,
    grading,
    publication,
    rectification,
)
from guantong.actions.books import CITY, contents
from guantong.actions.cases import NewCase
from guantong.actions.clock import today
from guantong.actions.collection import Duty
from guantong.actions.demo import DemoAccount
from guantong.actions.filling import Typed
from guantong.diagnosis import Severity
from guantong.indicators import Section
from guantong.indicators.invented import InventedReporter, InventedYears
from guantong.people import Person, Role
from guantong.store import accounts
from guantong.store import collection as kept

METHOD, TOLD = "网络问卷", "演示数据：与原始记录一致。"
DAYS_FOR_A_TASK = 300


@dataclass(frozen=True, slots=True)
class People:
    """The invented people by role and organisation."""

    made: tuple[DemoAccount, ...]

    def one(self, role: Role, organisation: str = CITY) -> Person:
        """Return somebody of a role at an organisation."""
        return self.all(role, organisation)[0]

    def all(self, role: Role, organisation: str = CITY) -> tuple[Person, ...]:
        """Return everybody of a role at an organisation."""
        found = (one for one in self.made if (one.role, one.organisation) == (role, organisation))
        people = (accounts.person(one.credentials.id) for one in found)
        return tuple(person for person in people if person)


def load_quality_years(made: Iterable[DemoAccount]) -> None:
    """Let the invented people report, confirm, publish, diagnose, mend and grade; nothing where none is invented."""
    years = contents().invented_years
    if years is None:
        return
    people = People(tuple(made))
    for year in years.past:
        _whole_year(years, year, people)
    last = years.past[-1]
    diagnosing.diagnose_city(last, by=people.one(Role.CITY))
    for organisation, indicators in years.tasks.items():
        _tasks(last, organisation, indicators, people)
    _grade(years, last, people)
    _open_year(years, people)


def _whole_year(years: InventedYears, year: int, people: People) -> None:
    """Open a year, let every school report, and publish it."""
    city = people.one(Role.CITY)
    collection.open_year(year, years.due, by=city)
    for reporter in years.reporters:
        _name(year, reporter, city)
        _fill(years, year, reporter, people)
        _hand_in(year, reporter.organisation, people)
        _confirm(year, reporter.organisation, people)
    publication.publish_year(year, by=city)


def _open_year(years: InventedYears, people: People) -> None:
    """Leave the open year as a desk finds it: one school with errors, one before its head, one that did nothing."""
    city = people.one(Role.CITY)
    collection.open_year(years.open, years.due, by=city)
    for reporter in years.reporters:
        _name(years.open, reporter, city)
    faulty, clean = years.reporters[:2]
    _fill(years, years.open, faulty, people)
    _fill(years, years.open, clean, people)
    _hand_in(years.open, clean.organisation, people)
    officer = people.one(Role.QUALITY_OFFICER, clean.organisation)
    collecting.send_submission(years.open, clean.organisation, seen=_version(years.open, clean, officer), by=officer)
    title, text = "双导师带班（演示）", "我校每个班由一名教师和一名企业导师共同带班，学生每周到企业一天。"
    cases.submit_case(years.open, clean.organisation, NewCase(chapter="training", title=title, text=text), by=officer)
    own = people.one(Role.QUALITY_OFFICER, faulty.organisation)
    advising.write_message(faulty.organisation, "设备值今年补了一批，下一年的数就够了吗？", by=own)
    answer = "以下一年确认的填报数为准；请把采购合同和验收单放在佐证里。"
    advising.write_message(faulty.organisation, answer, by=people.one(Role.ADVISER))


def _name(year: int, reporter: InventedReporter, city: Person) -> None:
    duty = Duty(organisation=reporter.organisation, stage=reporter.stage, kind=reporter.kind, size=reporter.size)
    collection.name_duty(year, duty, by=city)


def _fill(years: InventedYears, year: int, reporter: InventedReporter, people: People) -> None:
    """Fill in every section, and explain what the checks warn of."""
    officer = people.one(Role.QUALITY_OFFICER, reporter.organisation)
    for told in (frozenset[str](), None):
        found = collection.read_submission(year, reporter.organisation, by=officer)
        unusual = told if told is not None else {fault.indicator.id for fault in found.checked.warnings}
        for part in found.sections:
            if told is None and not unusual & {one.id for one in part.indicators}:
                continue
            rows = _rows(years, year, reporter, part, frozenset(unusual))
            seen = found.submission.section(part.id).version
            filling.save_section(year, reporter.organisation, part.id, rows, seen=seen, by=officer)


def _rows(
    years: InventedYears, year: int, reporter: InventedReporter, part: Section, unusual: frozenset[str]
) -> list[Typed]:
    return [
        Typed(
            indicator=one.id,
            value=years.value(reporter, year, one),
            sample=str(years.sample) if one.surveyed else "",
            method=METHOD if one.surveyed else "",
            explanation=TOLD if one.id in unusual else "",
        )
        for one in part.indicators
    ]


def _hand_in(year: int, organisation: str, people: People) -> None:
    officer = people.one(Role.QUALITY_OFFICER, organisation)
    for section in collection.read_submission(year, organisation, by=officer).submission.sections:
        filling.hand_in_section(year, organisation, section.name, seen=section.version, by=officer)
        collecting.pass_section(year, organisation, section.name, seen=section.version + 1, by=officer)


def _confirm(year: int, organisation: str, people: People) -> None:
    """Send, sign, confirm along the chain and receive."""
    officer, city = people.one(Role.QUALITY_OFFICER, organisation), people.one(Role.CITY)
    seen = kept.get(year, organisation, reached=None).version
    collecting.send_submission(year, organisation, seen=seen, by=officer)
    collecting.sign_submission(year, organisation, seen=seen + 1, by=people.one(Role.SCHOOL_HEAD, organisation))
    for number, name in enumerate(collecting.chain_of(organisation)):
        by = city if name == CITY else people.one(Role.DISTRICT, name)
        collecting.confirm_submission(year, organisation, seen=seen + 2 + number, by=by)
    seen = kept.get(year, organisation, reached=None).version
    collecting.receive_submission(year, organisation, seen=seen, by=city)


def _version(year: int, reporter: InventedReporter, by: Person) -> int:
    return collection.read_submission(year, reporter.organisation, by=by).submission.version


def _tasks(year: int, organisation: str, indicators: Iterable[str], people: People) -> None:
    """Let some findings become tasks that wait for the next year's figures."""
    officer, head = people.one(Role.QUALITY_OFFICER, organisation), people.one(Role.SCHOOL_HEAD, organisation)
    told = diagnosing.read_diagnosis(year, organisation, by=officer).told
    found: Mapping[str, str] = {
        one.finding.indicator: one.finding.id
        for one in reversed(told)
        if one.current and one.finding.severity is not Severity.NOTE
    }
    for indicator in indicators:
        task = rectification.open_task(found[indicator], by=officer)
        due = today() + timedelta(days=DAYS_FOR_A_TASK)
        rectification.assign_task(task, "资产处", due, seen=1, by=officer)
        rectification.plan_task(task, "列入下一年预算，分两批采购，由资产处验收。", seen=2, by=officer)
        rectification.approve_plan(task, seen=3, by=head)
        rectification.prove_task(task, "第一批已签合同，合同存资产处（演示）。", seen=4, by=officer)


def _grade(years: InventedYears, year: int, people: People) -> None:
    """Hold a round of grading: every reviewer a little apart from the other."""
    city, reviewers = people.one(Role.CITY), people.all(Role.REVIEWER)
    (rubric,) = contents().rubrics.values()
    grading.open_grading(year, rubric.id, by=city)
    for major in years.majors:
        officer = people.one(Role.QUALITY_OFFICER, major.organisation)
        name = grading.enter_major(year, major.organisation, major.code, major.title, by=officer)
        for apart, reviewer in zip((-1, 0, 1), reviewers, strict=True):
            points = {one.id: str(major.points + apart) for one in rubric.criteria}
            grading.review_major(name, points, "", by=reviewer)
    grading.close_grading(year, by=city)
