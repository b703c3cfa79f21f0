"""What a past reader sees of a pupil (以往学段): the record as it stood when that stage ended, and nothing of today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from guantong.cohorts import state_of
from guantong.people import Standing
from guantong.store.records import PupilRecord, RecordedEvent

VOID = "void"
"""The status of a pupil whose admission was undone: nothing that counts is left."""


def until(happened: tuple[RecordedEvent, ...], last: date) -> tuple[RecordedEvent, ...]:
    """Return what took effect up to a day, and what undid any of that, whenever it was undone."""
    shown = {kept.event.id for kept in happened if kept.event.effective_on <= last}
    return tuple(kept for kept in happened if kept.event.id in shown or kept.event.reverses in shown)


def as_then(record: PupilRecord) -> PupilRecord:
    """Return a record of what took effect by then as it stood then: no class, stage or status of today, no waiting."""
    then = state_of(record.event_list())
    if then is None:
        nowhere = replace(record.standing, class_name="", taught_at="")
        return replace(record, status=VOID, standing=nowhere, pending=0, state="")
    standing = Standing(
        project=then.project.id, stage=then.stage.value, class_name="", kept_at=then.registered_at, taught_at=""
    )
    return replace(record, standing=standing, class_year=then.class_year, status=then.status.value, pending=0, state="")
