"""Diagnosis at the work desk (诊断): the overview that ranks nobody, a school's findings, its letter, its thread."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guantong.actions import advising, collection, diagnosing
from guantong.actions.books import contents, organisation_title
from guantong.actions.collection_state import catalogue
from guantong.actions.diagnosing import Diagnosed
from guantong.diagnosis import Finding, FindingKind, Severity
from guantong.errors import InputRefused
from guantong.people import ANY, Right, Role
from guantong.reports.diagnosis_letter import ADVICE
from guantong.web.series_drawing import WIDTH, Chart, chart
from guantong.web.staff.frame import labelled
from guantong.web.staff.page import Download, StaffAsked, StaffPage
from guantong.web.staff.quality_words import address_of, year_named
from guantong.web.staff.respond import staff

ROOT = "/desk/diagnosis"
_EVIDENCE = re.compile(r"-(\d{4})-([a-z0-9-]+)$", re.ASCII)
_OPENERS = frozenset({Role.QUALITY_OFFICER, Role.SCHOOL_HEAD, Role.CITY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """An indicator's numbers over the years: drawn, and as rows of period, value, year, and where it was entered."""

    chart: Chart
    rows: tuple[tuple[str, str, int, str, str], ...]
    opened: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A finding as a page shows it: where its evidence stands, what it asks for, its task, or whether to open one."""

    finding: Finding
    name: str
    evidence: tuple[tuple[str, str], ...]
    advice: str
    task: str
    may_open: bool
    current: bool = True
    trend: Trend | None = None


def overview_page(asked: StaffAsked) -> StaffPage:
    """Return how many findings of each severity each school has, in the order of schools; diagnose them all when sent.

    Whoever sees one school only is led to its findings.
    """
    years = [one.year for one in collection.list_years(by=asked.by)]
    text = asked.one("year")
    year = int(text) if text in {str(one) for one in years} else years[0] if years else 0
    if asked.sent is not None and year:
        rows = diagnosing.diagnose_city(year, by=asked.by)
        ready = sum(row.ready for row in rows)
        return StaffPage(redirect=f"{ROOT}?year={year}", notice=f"已诊断 {ready} 个单位。")
    rows = diagnosing.read_overview(year, by=asked.by) if year else ()
    if len(rows) == 1 and not _wide(asked):
        return StaffPage(redirect=f"{ROOT}/{year}/{rows[0].organisation}")
    context = {
        "year": year,
        "years": years,
        "rows": [(row, organisation_title(row.organisation), [row.counts[one] for one in Severity]) for row in rows],
        "severities": list(Severity),
        "ready": sum(row.ready for row in rows),
        "totals": [sum(row.counts[one] for row in rows) for one in Severity],
    }
    return StaffPage(title="诊断", template="guantong/staff/quality_overview.html", context=context)


def school_page(asked: StaffAsked, year: str, organisation: str) -> StaffPage:
    """Return what a school was told, the gravest first, each with its evidence; diagnose it anew when sent."""
    number, where = year_named(asked, year), f"{ROOT}/{year}/{organisation}"
    if asked.sent is not None:
        found = diagnosing.diagnose_school(number, organisation, by=asked.by)
        return StaffPage(redirect=where, notice=f"已诊断，共 {len(found.findings)} 条。")
    found = diagnosing.read_diagnosis(number, organisation, by=asked.by)
    shown = [_shown(asked, found, place) for place in range(len(found.told))]
    groups = [(one, [item for item in shown if item.current and item.finding.severity is one]) for one in Severity]
    context = {
        "found": found,
        "name": organisation_title(organisation),
        "where": where,
        "groups": [(severity, items) for severity, items in groups if items],
        "gone": [item for item in shown if not item.current],
        "told": bool(found.told),
        "told_at": max((one.told_at for one in found.told), default=None),
        "may_advise": asked.may(Right.ADVISE),
        "wide": _wide(asked),
        "data": address_of(number, organisation),
        "width": WIDTH,
    }
    return StaffPage(title=f"{number} 年诊断", template="guantong/staff/quality_findings.html", context=context)


def letter_file(asked: StaffAsked, year: str, organisation: str) -> StaffPage:
    """Hand out the letter of a school's diagnosis."""
    content = diagnosing.make_letter(year_named(asked, year), organisation, by=asked.by)
    name = f"{organisation_title(organisation)}-{year}年诊断意见书.pdf"
    return StaffPage(download=Download(name=name, content=content, kind="application/pdf"))


def thread_page(asked: StaffAsked, organisation: str) -> StaffPage:
    """Return a school's thread with its adviser; once sent, add to it."""
    refused: InputRefused | None = None
    if asked.sent is not None:
        try:
            advising.write_message(organisation, asked.sent.one("text"), by=asked.by)
            return StaffPage(redirect=f"/desk/advice/{organisation}", notice="已发出。")
        except InputRefused as wrong:
            refused = wrong
    context = {
        "messages": advising.read_thread(organisation, by=asked.by),
        "name": organisation_title(organisation),
        "text": asked.sent.one("text") if asked.sent else "",
        "problems": labelled(refused) if refused else (),
    }
    status = refused.status if refused else 200
    return StaffPage(
        title="与诊断顾问问答", template="guantong/staff/quality_thread.html", context=context, status=status
    )


def _shown(asked: StaffAsked, found: Diagnosed, place: int) -> Shown:
    told = found.told[place]
    one = told.finding
    opens = (
        told.current
        and not told.task
        and one.severity is not Severity.NOTE
        and asked.may(Right.MANAGE_TASKS)
        and any(
            reach.role in _OPENERS and reach.organisation in (ANY, "city", found.organisation)
            for reach in asked.by.scope(Right.MANAGE_TASKS, on=asked.today).reaches
        )
    )
    return Shown(
        finding=one,
        name=catalogue().get(one.indicator).name,
        evidence=tuple(_evidence(one, fact) for fact in one.evidence),
        advice=ADVICE[one.kind],
        task=told.task,
        may_open=opens,
        current=told.current,
        trend=_trend(found, one) if told.current else None,
    )


def _trend(found: Diagnosed, one: Finding) -> Trend | None:
    """Return the chart of a finding's indicator: open where the course over years is the finding, once an indicator."""
    series = found.trends.get(one.indicator)
    first = min(
        (other for other in found.findings if other.indicator == one.indicator),
        key=lambda other: other.kind is not FindingKind.TREND,
    )
    if series is None or first.id != one.id:
        return None
    facts = [fact for segment in series.segments for point in segment.points for fact in point.facts]
    rows = tuple((str(fact.period), fact.words, fact.period.year, *_evidence(one, fact.id)) for fact in facts)
    return Trend(chart=chart(series), rows=rows, opened=one.kind is FindingKind.TREND)


def _evidence(one: Finding, fact: str) -> tuple[str, str]:
    """Return words and address of a piece of evidence: the entered value where it is one, "" for its address else."""
    found = _EVIDENCE.search(fact)
    if not fact.startswith(one.subject) or not found or found[2] not in catalogue().indicators:
        known = contents().facts.facts.get(fact)
        return (known.place.text() if known else f"事实 {fact}"), ""
    indicator = catalogue().get(found[2])
    section = f"{indicator.table}.{indicator.office.value}#row-{indicator.id}"
    return f"{found[1]} 年填报“{indicator.name}”", address_of(int(found[1]), one.subject, section)


def _wide(asked: StaffAsked) -> bool:
    own = {Role.QUALITY_OFFICER, Role.SCHOOL_HEAD}
    return not {reach.role for reach in asked.by.scope(Right.DIAGNOSE, on=asked.today).reaches} <= own


addresses = (
    staff("desk/diagnosis", overview_page, "desk-diagnosis", sends=True),
    staff("desk/diagnosis/<str:year>/<str:organisation>", school_page, "desk-findings", sends=True),
    staff("desk/diagnosis/<str:year>/<str:organisation>/letter.pdf", letter_file, "desk-letter"),
    staff("desk/advice/<str:organisation>", thread_page, "desk-advice", sends=True),
)
