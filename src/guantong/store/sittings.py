"""Sittings as they are kept: the list, what was entered for each pupil, and what became of it.

A school reaches its own lists, a receiver those that are lent to it; what a receiver reads of a pupil is
the line of such a list and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise

from django.db.models import Count, F, Q, QuerySet

from guantong.cohorts.details import Value
from guantong.cohorts.events import Event
from guantong.cohorts.sittings import LineState, Result, SittingState, Terms, can_be_recalled
from guantong.errors import RecordChanged, SittingUnknown
from guantong.people import ANY, Scope
from guantong.registry import Stage
from guantong.store import events, models, personal
from guantong.store.events import APPLIED
from guantong.store.keys import Ring, ring
from guantong.store.sealing import seal, unseal

LENT = tuple(state.value for state in SittingState if state.lent)
RECALLED = SittingState.RECALLED.value
OVER = tuple(state.value for state in SittingState if state.is_over)
WAIT = tuple(state.value for state in LineState if not state.is_settled)
_STAGES = (Stage.SECONDARY, Stage.COLLEGE, Stage.UNDERGRADUATE)
_AHEAD = {here.value: there.value for here, there in pairwise(_STAGES)}


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRecord:
    """One pupil of a list: name and student number, what was entered, where the line stands, and why."""

    number: int
    pupil: str
    name: str
    student_number: str
    result: Result
    state: LineState
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingRecord:
    """One list with its lines in order."""

    id: str
    project: str
    cohort: int
    class_name: str
    school: str
    terms: Terms
    state: SittingState
    version: int
    opened_by: str
    submitted_by: str
    confirmed_by: str
    lines: tuple[LineRecord, ...]

    def line(self, number: int) -> LineRecord | None:
        """Return a line by its number; None where there is none."""
        return next((line for line in self.lines if line.number == number), None)

    @property
    def can_be_recalled(self) -> bool:
        """Tell whether the school may still take the list back: its receiver has begun no answer to it."""
        return can_be_recalled(self.state, [line.state for line in self.lines])


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingLine:
    """One list among others: without its pupils."""

    id: str
    project: str
    cohort: int
    class_name: str
    school: str
    receiver: str
    to_stage: str
    on: date
    state: SittingState
    pupils: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LineHistory:
    """A pupil as a list was weighed: the version, the events that count, and how many are recorded at all."""

    version: int
    events: tuple[Event, ...]
    recorded: int


def add(record: SittingRecord, *, by: str, at: datetime) -> None:
    """Write a new list."""
    terms = record.terms
    models.Sitting.objects.create(
        id=record.id,
        project=record.project,
        cohort=record.cohort,
        class_name=record.class_name,
        school=record.school,
        receiver=terms.receiver,
        to_stage=terms.to_stage.value,
        on=terms.on,
        taught_at=terms.taught_at,
        state=record.state.value,
        version=record.version,
        opened_at=at,
        opened_by=by,
        submitted_by="",
        confirmed_by="",
    )
    models.SittingLine.objects.bulk_create(
        models.SittingLine(
            sitting_id=record.id,
            number=line.number,
            pupil_id=line.pupil,
            result=b"",
            verdict="",
            answer=line.state.value,
            reason=b"",
        )
        for line in record.lines
    )


def get(name: str, *, scope: Scope, receiving: bool = False, seen: int | None = None) -> SittingRecord:
    """Return a list within scope, of a receiver's only what is or was lent; raise `SittingUnknown`.

    With `seen` the row is locked, and `RecordChanged` is raised where the version is another one.
    """
    rows = models.Sitting.objects.all() if seen is None else models.Sitting.objects.select_for_update()
    row = _within(rows, scope, receiving=receiving).filter(pk=name).first()
    if row is None:
        raise SittingUnknown(name)
    if seen is not None and row.version != seen:
        raise RecordChanged(what="转段名单", seen=seen, now=row.version)
    return _record(row)


def listed(*, scope: Scope, receiving: bool = False) -> tuple[SittingLine, ...]:
    """Return the lists within scope, those that wait for somebody first."""
    rows = _within(models.Sitting.objects.all(), scope, receiving=receiving).order_by("-on", "class_name", "id")
    counted = dict(_count_lines(rows))
    found = [
        SittingLine(
            id=row.pk,
            project=row.project,
            cohort=row.cohort,
            class_name=row.class_name,
            school=row.school,
            receiver=row.receiver,
            to_stage=row.to_stage,
            on=row.on,
            state=SittingState(row.state),
            pupils=counted.get(row.pk, 0),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda line: line.state.is_over))


def taken_up(pupils: Iterable[str], to_stage: Stage) -> frozenset[str]:
    """Return which pupils stand on a list for a stage that still waits for somebody about them."""
    rows = models.SittingLine.objects.filter(
        pupil_id__in=list(pupils), answer__in=WAIT, sitting__to_stage=to_stage.value
    ).exclude(sitting__state__in=OVER)
    return frozenset(rows.values_list("pupil_id", flat=True))


def waiting(states: Collection[SittingState], *, scope: Scope, receiving: bool = False) -> int:
    """Return how many lists within scope stand in some states."""
    rows = _within(models.Sitting.objects.all(), scope, receiving=receiving)
    return rows.filter(state__in=[state.value for state in states]).count()


def open_for(project_: str, cohort: int, class_name: str, to_stage: Stage) -> bool:
    """Tell whether a class has a list for a stage that is not over."""
    rows = models.Sitting.objects.filter(
        project=project_, cohort=cohort, class_name=class_name, to_stage=to_stage.value
    )
    return rows.exclude(state__in=OVER).exists()


def put_results(record: SittingRecord, changed: Mapping[int, Result]) -> None:
    """Write what was entered for some lines."""
    keys = ring()
    for number, result in changed.items():
        line = record.line(number)
        assert line is not None
        models.SittingLine.objects.filter(sitting_id=record.id, number=number).update(
            result=_seal_result(result, line.pupil, record.id, keys)
        )
    _touch(record.id)


def move(
    record: SittingRecord,
    state: SittingState,
    lines: Mapping[int, tuple[LineState, str]],
    *,
    submitted_by: str | None = None,
    confirmed_by: str | None = None,
) -> None:
    """Write where a list and some of its lines stand now, each with a reason or ""; of an erased pupil none is kept."""
    keys = ring()
    for number, (line_state, reason) in lines.items():
        line = record.line(number)
        assert line is not None
        models.SittingLine.objects.filter(sitting_id=record.id, number=number).update(
            answer=line_state.value,
            reason=seal(reason if line.name else "", f"{line.pupil}/{record.id}/reason", keys),
        )
    named = {"submitted_by": submitted_by, "confirmed_by": confirmed_by}
    changed = {name: value for name, value in named.items() if value is not None}
    models.Sitting.objects.filter(pk=record.id).update(state=state.value, version=F("version") + 1, **changed)


def versions(pupils: Iterable[str]) -> dict[str, int]:
    """Return the versions of the pupils of a list who are not erased, their rows locked in one order."""
    rows = models.Pupil.objects.select_for_update(of=("self",)).filter(pk__in=sorted(pupils), personal__isnull=False)
    return {row.pk: row.version for row in rows.order_by("pk")}


def histories(pupils: Iterable[str]) -> dict[str, LineHistory]:
    """Return the histories of the pupils of a list; versions are read first, so that what changes meanwhile shows."""
    names = list(pupils)
    counted = dict(models.Pupil.objects.filter(pk__in=names).values_list("pk", "version"))
    happened = events.of_pupils(names)
    return {
        name: LineHistory(
            version=version,
            events=tuple(kept.event for kept in happened.get(name, ()) if kept.outcome == APPLIED),
            recorded=len(happened.get(name, ())),
        )
        for name, version in counted.items()
    }


def _within(rows: QuerySet[models.Sitting], scope: Scope, *, receiving: bool) -> QuerySet[models.Sitting]:
    found = Q(pk__in=())
    for reach in scope.reaches:
        own = Q() if reach.organisation == ANY else Q(**{"receiver" if receiving else "school": reach.organisation})
        named = Q() if ANY in reach.projects else Q(project__in=sorted(reach.projects))
        ahead = reach.stages if receiving else {_AHEAD.get(stage, "") for stage in reach.stages}
        staged = Q() if ANY in reach.stages else Q(to_stage__in=sorted(ahead))
        found |= own & named & staged
    if receiving:
        found &= Q(state__in=(*LENT, RECALLED, *OVER)) & ~Q(submitted_by="")
    return rows.filter(found)


def _record(row: models.Sitting) -> SittingRecord:
    keys = ring()
    kept = list(row.lines.order_by("number"))
    known = personal.of_pupils(line.pupil_id for line in kept)
    terms = Terms(
        project=row.project,
        school=row.school,
        on=row.on,
        to_stage=Stage(row.to_stage),
        receiver=row.receiver,
        taught_at=row.taught_at,
    )
    lines = []
    for line in kept:
        who = known.get(line.pupil_id)
        lines.append(
            LineRecord(
                number=line.number,
                pupil=line.pupil_id,
                name=who.name if who else "",
                student_number=who.student_number if who else "",
                result=_open_result(line, keys),
                state=LineState(line.answer),
                reason=unseal(line.reason, f"{line.pupil_id}/{row.pk}/reason", keys),
            )
        )
    return SittingRecord(
        id=row.pk,
        project=row.project,
        cohort=row.cohort,
        class_name=row.class_name,
        school=row.school,
        terms=terms,
        state=SittingState(row.state),
        version=row.version,
        opened_by=row.opened_by,
        submitted_by=row.submitted_by,
        confirmed_by=row.confirmed_by,
        lines=tuple(lines),
    )


def as_lent(record: SittingRecord) -> SittingRecord:
    """Return a list as the receiver may see it: the lines that were put up; once it is over, nobody of them."""
    lines = tuple(line for line in record.lines if line.state.lent)
    if record.state.is_over:
        lines = tuple(replace(line, pupil="", name="", student_number="", result=Result(), reason="") for line in lines)
    return replace(record, lines=lines)


def _seal_result(result: Result, pupil: str, sitting: str, keys: Ring) -> bytes:
    text = json.dumps(dict(result.values), ensure_ascii=False, sort_keys=True)
    return seal(text if result.values else "", f"{pupil}/{sitting}", keys)


def _open_result(line: models.SittingLine, keys: Ring) -> Result:
    text = unseal(line.result, f"{line.pupil_id}/{line.sitting_id}", keys)
    values: Mapping[str, Value] = json.loads(text) if text else {}
    return Result(values=values)


def _touch(name: str) -> None:
    models.Sitting.objects.filter(pk=name).update(version=F("version") + 1)


def _count_lines(rows: QuerySet[models.Sitting]) -> Iterable[tuple[str, int]]:
    counted = models.SittingLine.objects.filter(sitting__in=rows.values("pk")).values("sitting_id")
    return counted.annotate(lines=Count("pk")).values_list("sitting_id", "lines")
