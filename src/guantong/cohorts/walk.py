"""A walk through the years (走一遍): each step is asked of the law first and only then taken, never forced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

from guantong.cohorts.details import Value, read_details
from guantong.cohorts.events import Event
from guantong.cohorts.kinds import EventKind, Standing
from guantong.cohorts.pupil import PupilState
from guantong.cohorts.questions import Asked, Law, NextClass
from guantong.cohorts.recording import refusals
from guantong.cohorts.state import state_of
from guantong.cohorts.what_may_happen import Possible, may_happen

SCAN = "scan"
"""Stands for the scanned approval; whoever writes the event keeps a file and puts its id here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One event with the question and answer it rests on; `waits` for the head; `by` is the institution it was at."""

    event: Event
    asked: Asked | None
    possible: Possible | None
    waits: bool
    by: str


class Walk:
    """One pupil's way so far. A step that may not happen leaves everything as it was."""

    def __init__(self, *, law: Law, chance: Random, seen_on: date) -> None:
        """Begin before any event, with a new opaque id."""
        self.law, self.chance, self.seen_on = law, chance, seen_on
        self.pupil = self.new_id()
        self.steps: list[Step] = []
        self.state: PupilState | None = None

    @property
    def events(self) -> list[Event]:
        """Return what counts, waiting steps left out."""
        return [step.event for step in self.steps if not step.waits]

    @property
    def present(self) -> PupilState:
        """Return where the pupil stands, once admitted."""
        if self.state is None:
            raise ValueError("the first step of a walk is an admission")
        return self.state

    def new_id(self) -> str:
        """Return an opaque id that only the seed decides."""
        return UUID(int=self.chance.getrandbits(128), version=4).hex

    def ask(self, kind: EventKind, on: date, details: Mapping[str, Value] | None = None) -> Possible:
        """Return what the law says of a step without facts."""
        return may_happen(self.state, kind, law=self.law, asked=Asked(on=on, details=details or {}))

    def take(
        self,
        kind: EventKind,
        on: date,
        details: Mapping[str, Value] | None = None,
        *,
        facts: Mapping[str, Value] | None = None,
        next_class: NextClass | None = None,
        waits: bool = False,
    ) -> bool:
        """Take a step if its day has come and it may happen; tell whether it was taken.

        A no is taken with an invented approval, an unknown on an invented document; with `waits` such a
        step is left to the head's confirmation.
        """
        if on > self.seen_on:
            return False
        asked = Asked(on=on, facts=facts or {}, details=details or {}, next_class=next_class)
        possible = may_happen(self.state, kind, law=self.law, asked=asked)
        if possible.standing is None or (waits and possible.standing not in _ON_PAPER):
            return False
        event = self._event(kind, on, {**asked.details, **self._paper(possible.standing, on)}, possible.standing)
        if event is None or refusals(self.events, event, possible):
            return False
        by = (self.state.registered_at or self.state.school) if self.state else str(event.details["school"])
        self.steps.append(Step(event=event, asked=asked, possible=possible, waits=waits, by=by))
        self.state = state_of(self.events)
        return True

    def undo_last(self, on: date, reason: str) -> None:
        """Reverse the last step by a correction."""
        last = self.steps[-1]
        correction = Event(
            id=self.new_id(),
            pupil=self.pupil,
            kind=EventKind.CORRECTED,
            effective_on=on,
            recorded_at=self._recorded(on),
            details={"reason": reason},
            reverses=last.event.id,
        )
        self.steps.append(Step(event=correction, asked=None, possible=None, waits=False, by=last.by))
        self.state = state_of(self.events)

    def _event(self, kind: EventKind, on: date, details: Mapping[str, Value], standing: Standing) -> Event | None:
        kept, problems = read_details(kind, details, standing)
        if problems:
            return None
        return Event(
            id=self.new_id(),
            pupil=self.pupil,
            kind=kind,
            effective_on=on,
            recorded_at=self._recorded(on),
            details=kept,
            standing=standing,
        )

    def _paper(self, standing: Standing, on: date) -> dict[str, Value]:
        if standing not in _ON_PAPER:
            return {}
        paper = _ON_PAPER[standing]
        number = f"{paper[0]}〔{on.year}〕{self.chance.randrange(1, 200)}号"
        found: dict[str, Value] = {
            "document_number": number,
            "document_date": (on - timedelta(days=5)).isoformat(),
            "document_issuer": paper[1],
        }
        return {**found, "document_file": SCAN} if standing is Standing.APPROVED else found

    def _recorded(self, on: date) -> datetime:
        day = min(on + timedelta(days=self.chance.randrange(0, 4)), self.seen_on)
        return datetime.combine(day, time(self.chance.randrange(1, 9), self.chance.randrange(60)), UTC)


_ON_PAPER: Mapping[Standing, tuple[str, str]] = {
    Standing.ON_DOCUMENT: ("演示校字", "演示市的学校（虚构）"),
    Standing.APPROVED: ("演示教职成", "演示市教委（虚构）"),
}
