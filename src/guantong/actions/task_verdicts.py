"""What a later year's confirmed data say about a task: mended, still there, or not to be told."""

from __future__ import annotations

from dataclasses import dataclass

from guantong.actions import collection_state as state
from guantong.actions.diagnosing import looked_at
from guantong.diagnosis import FindingKind, Severity, why_not_judged
from guantong.errors import SubmissionUnknown
from guantong.store import collection, grading
from guantong.store.tasks import Origin, TaskRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether it is mended, None where that cannot be told yet, and why."""

    mended: bool | None
    why: str


def verdict_of(task: TaskRecord, year: int) -> Verdict:
    """Return what a year's data say about a task of the year before."""
    return _of_major(task, year) if task.origin is Origin.MAJOR else _of_finding(task, year)


def _of_finding(task: TaskRecord, year: int) -> Verdict:
    try:
        record = collection.get(year, task.organisation, reached=None)
    except SubmissionUnknown:
        return Verdict(mended=None, why=f"{year} 年没有这个单位的填报表")
    if record.step or record.exempt:
        return Verdict(mended=None, why=f"{year} 年的数据还没有确认")
    named, kind = state.catalogue().get(task.indicator), FindingKind(task.kind)
    panel, found = looked_at(record)
    if why := why_not_judged(panel, named, task.organisation, year, kind):
        return Verdict(mended=None, why=f"不能据此关闭：{why}")
    same = [one for one in found if (one.indicator, one.kind) == (named.id, kind)]
    still = next((one for one in same if one.severity is not Severity.NOTE), None)
    if still:
        return Verdict(mended=False, why=f"{year} 年的数据仍有这一条：{still.text}")
    value = panel.get(task.organisation, named.id, year)
    shown = f" {value.value}{named.unit}" if value else ""
    return Verdict(mended=True, why=f"{year} 年填报“{named.name}”{shown}，诊断不再有这一条")


def _of_major(task: TaskRecord, year: int) -> Verdict:
    found = grading.grade_again(task.finding, year)
    if found is None:
        return Verdict(mended=None, why=f"{year} 年没有评定这个专业")
    if found.asks_for_plan:
        return Verdict(mended=False, why=f"{year} 年评定仍为 {found.value}")
    return Verdict(mended=True, why=f"{year} 年评定为 {found.value}")
