"""A small register to report on, and the words of a whole implementation report."""

from collections.abc import Sequence
from datetime import date

from tests.desk import PROJECT, REGISTRAR, SCHOOL, UNIVERSITY, admit, person_of, row

from guantong.actions import events, project_report_list, project_reports
from guantong.actions.events import NewEvent
from guantong.actions.project_reports import Moved
from guantong.cohorts import EventKind
from guantong.people import Person, Role
from guantong.reports.implementation import Written
from guantong.store import models

UNIVERSITY_HEAD = person_of(Role.UNIVERSITY_HEAD, UNIVERSITY)
HEAD = person_of(Role.SCHOOL_HEAD, SCHOOL)
SECTIONS = ("goals", "orientation", "curriculum", "teaching", "quality", "cooperation")
WRITTEN = Written(
    texts={
        name: f"本年度第 {number} 部分的工作已完成。\n共开设课程 {number}0 门。"
        for number, name in enumerate(SECTIONS, 1)
    },
    answers={"leading-group": "yes", "serious-problems": "explained", "sharing": "no"},
    remarks={"serious-problems": "本年度没有重大问题。"},
)
Steps = Sequence[tuple[EventKind, str, dict[str, object]]]
TO_COLLEGE: Steps = (
    (EventKind.STAGE_COMPLETED, "2026-07-01", {"stage": "secondary"}),
    (EventKind.ASSESSED, "2026-07-02", {"stage": "secondary", "passed": True}),
    (EventKind.GRADUATED, "2026-07-03", {"stage": "secondary", "issuer": SCHOOL}),
    (EventKind.MOVED_ON, "2026-08-20", {"stage": "college", "school": UNIVERSITY}),
)


def walk(pupil: str, steps: Steps, by: Person = REGISTRAR) -> None:
    """Record steps of a pupil one after another."""
    for kind, on, details in steps:
        seen = models.Pupil.objects.get(pk=pupil).version
        new = NewEvent(kind=kind, on=date.fromisoformat(on), details=details)
        assert events.propose_event(pupil, new, seen=seen, by=by).outcome == "applied"


def small_register() -> tuple[str, ...]:
    """Four pupils of 2023: one moved on, one suspended, one registered, one not yet."""
    admitted = admit(*(row(number) for number in range(1, 5)))
    for pupil in admitted[:3]:
        walk(pupil, [(EventKind.REGISTERED, "2023-09-01", {"stage": "secondary", "institution": SCHOOL})])
    walk(admitted[0], TO_COLLEGE)
    walk(admitted[1], [(EventKind.SUSPENDED, "2026-03-01", {"reason": "生病"})])
    return admitted


def started(year: int = 2026, by: Person = REGISTRAR) -> str:
    """A report that was begun."""
    return project_reports.start_report(PROJECT, year, by=by)


def version(report: str) -> int:
    """Its version."""
    return models.ProjectReport.objects.get(pk=report).version


def written(report: str) -> Moved:
    """All its words."""
    return project_reports.write_report(report, WRITTEN, seen=version(report), by=REGISTRAR)


def carried(report: str, *steps: str) -> None:
    """Carry a report through some of: sent, signed, cosigned, submitted."""
    acts = {
        "sent": lambda: project_reports.send_report(report, seen=version(report), by=REGISTRAR),
        "signed": lambda: project_reports.sign_report(report, seen=version(report), by=HEAD),
        "cosigned": lambda: project_reports.cosign_report(report, seen=version(report), by=UNIVERSITY_HEAD),
        "submitted": lambda: project_reports.submit_report(report, seen=version(report), by=REGISTRAR),
    }
    for step in steps:
        acts[step]()


def submitted() -> str:
    """A report that went the whole way."""
    report = started()
    written(report)
    carried(report, "sent", "signed", "cosigned", "submitted")
    return report


def filings(by: Person, year: int = 2026) -> dict[str, str]:
    """How each project's report stands, for somebody."""
    return {line.project: line.filing.value for line in project_report_list.list_reports(year, by=by)}
