"""The projection row: where a pupil stands after the events that count, and the stages passed through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from guantong.cohorts.events import Event, effective
from guantong.cohorts.pupil import PupilState
from guantong.cohorts.state import after
from guantong.journal import index_digest
from guantong.policies.canonical import canonical_json
from guantong.store import models


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A stage of a pupil at the institution that kept the record."""

    project: str
    stage: str
    kept_at: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """A pupil's state after the last event, and the stays on the way there."""

    state: PupilState
    stays: tuple[Stay, ...]


def kept_at(state: PupilState) -> str:
    """Return the institution that keeps the record: the registering one, before any registration the teaching one."""
    return state.registered_at or state.school


def project(events: Iterable[Event]) -> Projection | None:
    """Return the projection of a pupil's events; None where nothing that counts is left."""
    state: PupilState | None = None
    stays: list[Stay] = []
    for event in effective(events):
        state = after(state, event)
        _stay(stays, state, event.effective_on)
    return Projection(state=state, stays=tuple(stays)) if state else None


def digest(state: PupilState) -> str:
    """Return the digest of a whole state, so that a refold can be compared with what was written."""
    return index_digest([canonical_json(state.as_json())])


def columns(state: PupilState) -> dict[str, object]:
    """Return the columns of the projection row that follow from the state."""
    return {
        "cohort": state.cohort,
        "class_year": state.class_year,
        "project": state.project.id,
        "kind": state.project.kind.value,
        "major": state.major,
        "taught_at": state.school,
        "registered_at": state.registered_at,
        "kept_at": kept_at(state),
        "stage": state.stage.value,
        "status": state.status.value,
        "in_project": state.in_project,
        "state": digest(state),
    }


def stay_rows(pupil: str, stays: Sequence[Stay]) -> list[models.StageKept]:
    """Return the rows of a pupil's stays."""
    return [
        models.StageKept(
            pupil_id=pupil,
            project=stay.project,
            stage=stay.stage,
            kept_at=stay.kept_at,
            since=stay.since,
            until=stay.until,
        )
        for stay in stays
    ]


def _stay(stays: list[Stay], state: PupilState, on: date) -> None:
    stage = state.registered_stage or state.stage
    now = Stay(project=state.project.id, stage=stage.value, kept_at=kept_at(state), since=on, until=None)
    if not stays:
        stays.append(now)
        return
    last = stays[-1]
    if (last.project, last.stage, last.kept_at) != (now.project, now.stage, now.kept_at):
        stays[-1] = Stay(project=last.project, stage=last.stage, kept_at=last.kept_at, since=last.since, until=on)
        stays.append(now)
