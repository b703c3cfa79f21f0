"""The seven years of a pupil (七年时间线): what was planned for each school year, and what happened in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from guantong.cohorts.events import Event, effective
from guantong.cohorts.kinds import EventKind
from guantong.cohorts.pupil import PupilState
from guantong.cohorts.state import after
from guantong.registry import Stage
from guantong.years import SchoolYear


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStage:
    """A stage of the pupil's route and its length; None where the sources do not say."""

    stage: Stage
    years: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRow:
    """One school year: the planned stage (None where no plan reaches), what happened, and the state at its end.

    `number` counts from the year of entry. `state` is None for a year that has not begun on the day of
    the page, and after the record has ended; for the running year it is the state of that day.
    """

    number: int
    school_year: SchoolYear
    planned: Stage | None
    events: tuple[Event, ...]
    state: PupilState | None

    @property
    def follows_plan(self) -> bool | None:
        """Tell whether the pupil is in the planned stage; None where there is no plan or no state to compare.

        Whoever moves on in the summer before the next stage begins is in the plan.
        """
        if self.planned is None or self.state is None:
            return None
        moved = any(event.kind is EventKind.MOVED_ON for event in self.events)
        ahead = moved and self.state.project.kind.stage_after(self.planned) is self.state.stage
        return ahead or self.state.stage is self.planned


def timeline(events: Sequence[Event], plan: Sequence[PlannedStage], on: date) -> tuple[YearRow, ...]:
    """Return a pupil's years from entry to the end of the plan, or to the last event or `on` where that is later.

    What happened before the first school year, such as the admission in July, stands in its row. A
    course that has come to an end is not drawn on to `on`. Empty where nothing counts.
    """
    counted = effective(events)
    if not counted:
        return ()
    first = int(counted[0].text("cohort"))
    planned = _planned_years(plan)
    today = max(SchoolYear.of(on).start, first)
    states = _states(counted, first, on)
    over = bool(states) and states[-1][1].status.is_final
    ended = states[-1][0] if over else today
    last_event = max(_year_of(event, first) for event in counted)
    last = max(first + len(planned) - 1, last_event, first if over else today)
    return tuple(
        YearRow(
            number=year - first + 1,
            school_year=SchoolYear(year),
            planned=planned[year - first] if year - first < len(planned) else None,
            events=tuple(event for event in counted if _year_of(event, first) == year),
            state=_state_at(states, year) if year <= min(today, max(ended, last_event)) else None,
        )
        for year in range(first, last + 1)
    )


def _planned_years(plan: Sequence[PlannedStage]) -> list[Stage]:
    """Return the stage of each planned year, up to the first stage of unknown length."""
    years: list[Stage] = []
    for part in plan:
        if part.years is None:
            break
        years += [part.stage] * part.years
    return years


def _year_of(event: Event, first: int) -> int:
    return max(SchoolYear.of(event.effective_on).start, first)


def _states(events: Sequence[Event], first: int, on: date) -> list[tuple[int, PupilState]]:
    """Return the state after each event up to a day, with the year of the row in which it stands."""
    found: list[tuple[int, PupilState]] = []
    state: PupilState | None = None
    for event in events:
        if event.effective_on <= on:
            state = after(state, event)
            found.append((_year_of(event, first), state))
    return found


def _state_at(states: Sequence[tuple[int, PupilState]], year: int) -> PupilState | None:
    """Return the last state up to the end of a row's year."""
    return next((state for reached, state in reversed(states) if reached <= year), None)
