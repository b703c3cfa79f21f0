"""Diagnosis on confirmed data: a school's findings, its letter, and the city's overview of how many of what severity.

Findings go to the school, its adviser and its authorities. The overview counts; it ranks nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction

from guantong.actions import collection_state as state
from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.books import CITY, contents, organisation_title
from guantong.actions.clock import now, today
from guantong.actions.collection_scope import reached
from guantong.actions.panels import panel_of, received
from guantong.actions.trends import trends_of
from guantong.actions.words import Act
from guantong.diagnosis import Finding, Panel, Severity, diagnose, diagnose_all
from guantong.errors import StepRefused, SubmissionUnknown
from guantong.facts import Series
from guantong.people import Person, Right
from guantong.reports.diagnosis_letter import Letter, diagnosis_letter
from guantong.reports.layout import lay_out
from guantong.reports.pdf import write_pdf
from guantong.store import collection, findings, journal
from guantong.store.collection import Reached, SubmissionRecord
from guantong.store.findings import Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosed:
    """A school's findings of a year, whoever advises it, and whether its figures have been received.

    `trends` are the numbers over the years of the indicators in which something was found.
    """

    organisation: str
    year: int
    told: tuple[Told, ...]
    advisers: tuple[str, ...]
    ready: bool
    trends: Mapping[str, Series] = field(default_factory=dict)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return what the last diagnosis found."""
        return tuple(one.finding for one in self.told if one.current)


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewRow:
    """One school of the overview: how many findings of each severity; `ready` says whether its data are received."""

    organisation: str
    ready: bool
    counts: Mapping[Severity, int]


def diagnose_school(year: int, organisation: str, *, by: Person) -> Diagnosed:
    """Diagnose a school by its received figures and keep the findings; raise `StepRefused` where there are none."""
    with attempt(Act.DIAGNOSED, Right.DIAGNOSE, by=by) as scope, transaction.atomic():
        record = collection.get(year, organisation, reached=reached(scope))
        if record.step or record.exempt:
            raise StepRefused(step="诊断", why=f"{organisation_title(organisation)} {year} 年的数据还没有确认")
        findings.put(year, organisation, looked_at(record)[1], at=now())
        journal.append([entry(Act.DIAGNOSED, record.id)], by=by)
        return _diagnosed(record)


def diagnose_city(year: int, *, by: Person) -> tuple[OverviewRow, ...]:
    """Diagnose every school within reach that has reported, keep the findings, and return the overview."""
    with attempt(Act.DIAGNOSED, Right.DIAGNOSE, by=by) as scope, transaction.atomic():
        names = reached(scope)
        own = [one for one in collection.of_year(year, reached=names) if not one.step and not one.exempt]
        faults = {record.organisation: state.filled(record).checked.faults for record in own}
        panel = panel_of(received(year))
        found = diagnose_all(panel, state.catalogue(), year, faults)
        moment = now()
        for record in own:
            findings.put(year, record.organisation, found[record.organisation], at=moment)
        journal.append([entry(Act.DIAGNOSED, str(year))], by=by)
        return _overview(year, names)


def read_diagnosis(year: int, organisation: str, *, by: Person) -> Diagnosed:
    """Return what a school was last told about a year."""
    with attempt(Act.FINDINGS_READ, Right.DIAGNOSE, by=by) as scope:
        record = collection.get(year, organisation, reached=reached(scope))
        found = _diagnosed(record)
        named = dict.fromkeys(one.indicator for one in found.findings)
        found = replace(found, trends=trends_of(year, organisation, named))
        leave_entry(entry(Act.FINDINGS_READ, record.id), by=by)
    return found


def read_overview(year: int, *, by: Person) -> tuple[OverviewRow, ...]:
    """Return the overview of a year without diagnosing anew."""
    with attempt(Act.FINDINGS_READ, Right.DIAGNOSE, by=by) as scope:
        collection.get_year(year)
        found = _overview(year, reached(scope))
        leave_entry(entry(Act.FINDINGS_READ, str(year)), by=by)
    return found


def make_letter(year: int, organisation: str, *, by: Person) -> bytes:
    """Return the letter of a school's diagnosis as PDF; raise `StepRefused` where nothing was diagnosed yet."""
    with attempt(Act.LETTER_MADE, Right.DIAGNOSE, by=by) as scope:
        record = collection.get(year, organisation, reached=reached(scope))
        found = _diagnosed(record)
        if not found.ready:
            raise StepRefused(step="出具诊断意见书", why="数据还没有确认")
        letter = Letter(
            school=organisation_title(organisation),
            year=year,
            findings=found.findings,
            advisers=found.advisers,
            issuer=organisation_title(CITY),
            on=today(),
            places=_places(found),
        )
        content = write_pdf(lay_out(diagnosis_letter(letter))).content
        leave_entry(entry(Act.LETTER_MADE, record.id), by=by)
    return content


def looked_at(record: SubmissionRecord) -> tuple[Panel, Sequence[Finding]]:
    """Return the panel and the findings of a received submission; for actions, which ask the right."""
    panel = panel_of(received(record.year, record.organisation))
    if record.organisation not in panel.schools:
        raise SubmissionUnknown(f"{record.organisation} {record.year}")
    faults = state.filled(record).checked.faults
    return panel, diagnose(panel, state.catalogue(), record.organisation, record.year, faults)


def _diagnosed(record: SubmissionRecord) -> Diagnosed:
    return Diagnosed(
        organisation=record.organisation,
        year=record.year,
        told=findings.told(record.year, record.organisation),
        advisers=findings.advisers(record.organisation, today(), city=CITY),
        ready=not record.step and not record.exempt,
    )


def _places(found: Diagnosed) -> Mapping[str, str]:
    """Return in words where each piece of evidence stands: in which year's form, or in which published document."""
    words: dict[str, str] = {}
    for one in found.findings:
        for name in one.evidence:
            year, _, indicator = name.removeprefix(f"{found.organisation}-").partition("-")
            if indicator in state.catalogue().indicators:
                words[name] = f"{year} 年填报数“{state.catalogue().get(indicator).name}”"
            elif name in contents().facts.facts:
                words[name] = contents().facts[name].place.text()
    return words


def _overview(year: int, names: Reached) -> tuple[OverviewRow, ...]:
    counts = findings.severities(year, reached=names)
    return tuple(
        OverviewRow(
            organisation=record.organisation,
            ready=not record.step,
            counts={one: counts.get(record.organisation, {}).get(one.value, 0) for one in Severity},
        )
        for record in collection.of_year(year, reached=names)
        if not record.exempt
    )
