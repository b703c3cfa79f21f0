"""Which classes a list may be opened for (转段班级): those taught here with a stage ahead, without a list under way."""

from __future__ import annotations

from dataclasses import dataclass

from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.words import Act
from guantong.cohorts import project_named
from guantong.people import Person, Right
from guantong.registry import Stage
from guantong.store import taught_classes
from guantong.store.taught_classes import TaughtClass

__all__ = ["ClassAhead", "TaughtClass", "list_classes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassAhead:
    """One class and the stage that it would be put up for."""

    taught: TaughtClass
    to_stage: Stage


def list_classes(*, by: Person) -> tuple[ClassAhead, ...]:
    """Return the classes that the person may open a list for, with their numbers of pupils and without a name."""
    with attempt(Act.GROUPS_LISTED, Right.SUBMIT_SITTING, by=by) as scope:
        found = taught_classes.taught_classes(scope=scope)
        under_way = taught_classes.stages_under_way()
        leave_entry(entry(Act.GROUPS_LISTED), by=by)
    ahead = ((taught, project_named(taught.project).kind.stage_after(taught.stage)) for taught in found)
    return tuple(
        ClassAhead(taught=taught, to_stage=stage)
        for taught, stage in ahead
        if stage and (taught.project, taught.cohort, taught.class_name, stage) not in under_way
    )
