"""One pupil's course (学程): admission, registration, and the end of each stage, as far as the days have come.

A stage ends in June of the class's year: 中职 after three years, 高职 after five, 本科 after seven
(京教职成〔2023〕6号 二; 3+2 and 五年制 alike in their two stages).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from guantong.cohorts.details import Value
from guantong.cohorts.invented import Fate, InventedCity, InventedIntake
from guantong.cohorts.kinds import EventKind
from guantong.cohorts.projects import ProjectKind
from guantong.cohorts.pupil import PupilState
from guantong.cohorts.walk import Walk
from guantong.registry import Stage

YEARS: Mapping[Stage, int] = {Stage.SECONDARY: 3, Stage.COLLEGE: 5, Stage.UNDERGRADUATE: 7}
_AT_UNIVERSITY = 2020
"""In the 中本 projects of that year the 高职 years were spent at the university (report 2020, case 2-26)."""

_INTERNED_SHARE, _SPECIAL_SHARE = 0.25, 0.03
_FAILING = (Fate.REPEATS, Fate.FAILS_AND_LEAVES)


@dataclass(slots=True)
class Course:
    """One pupil's way: each method takes the steps that belong together, as far as they may be taken."""

    city: InventedCity
    intake: InventedIntake
    walk: Walk
    fate: Fate
    late: bool

    @property
    def state(self) -> PupilState:
        """Return where the pupil stands."""
        return self.walk.present

    def day(self, years: int, month: int, day: int) -> date:
        """Return a day so many years after the class began."""
        return date(self.state.class_year + years, month, day)

    def enter(self) -> bool:
        """Admit, or let come over from a high school; register. Tell whether the pupil goes on."""
        if not self._transferred_in() and not self.walk.take(
            EventKind.ADMITTED, date(self.intake.cohort, 8, 20), self._entry()
        ):
            raise AssertionError("nothing rules an admission out")
        if self.fate is Fate.ABSENT:
            self.walk.take(EventKind.NOT_ARRIVED, date(self.intake.cohort, 9, 12), {"reason": "开学两周未报到（虚构）"})
            return False
        if self.fate is Fate.PLACE_KEPT and self.walk.take(
            EventKind.PLACE_KEPT,
            date(self.intake.cohort, 9, 1),
            {"until": f"{self.intake.cohort + 1}-08-31", "reason": "因病申请保留入学资格一年（虚构）"},
        ):
            return self.register(date(self.intake.cohort + 1, 9, 10), {"class_year": self.intake.cohort + 1})
        return self.register(max(self.state.last_on, date(self.intake.cohort, 9, 1)) + timedelta(days=9))

    def _entry(self) -> dict[str, Value]:
        special = self.walk.chance.random() < _SPECIAL_SHARE
        return {
            "cohort": self.intake.cohort,
            "project": self.intake.project.id,
            "major": self.intake.project.major,
            "school": self.intake.school,
            "exam_score": str(self.walk.chance.randrange(*_scores(self.intake.cohort))),
            "special_entrant": special,
            "change_forbidden": special,
        }

    def _transferred_in(self) -> bool:
        if self.fate is not Fate.TRANSFERS_IN:
            return False
        facts: dict[str, Value] = {"target_final_year": False, "years_in_secondary": "2.5", "meets_other_rules": True}
        if self.intake.project.kind.is_guantong:
            return False
        entry = {**self._entry(), "from_school": "演示市普通高级中学（虚构）"}
        return self.walk.take(EventKind.TRANSFERRED_IN, date(self.intake.cohort + 1, 1, 12), entry, facts=facts)

    def register(self, on: date, more: Mapping[str, Value] | None = None) -> bool:
        """Register where the law says, or else where the school's document does."""
        state = self.state
        named = self.walk.ask(EventKind.REGISTERED, on, {"stage": state.stage.value}).institution
        institution = named or _seat(state)
        return self.walk.take(
            EventKind.REGISTERED, on, {"stage": state.stage.value, "institution": institution, **(more or {})}
        )

    def end_of(self, stage: Stage) -> bool:
        """Complete a stage, be assessed, certified, moved on and registered; tell whether the pupil goes on."""
        end = self.day(YEARS[stage], 6, 20)
        if self.fate is Fate.WITHOUT_DIPLOMA and stage is Stage.SECONDARY:
            without = {"outcome": "completion", "reason": "学分未修满（虚构）"}
            self.walk.take(EventKind.COMPLETED_WITHOUT_DIPLOMA, end, without)
            return False
        if self.walk.chance.random() < _INTERNED_SHARE:
            since = end - timedelta(days=200)
            until = str(since + timedelta(days=90))
            details = {"enterprise": self.walk.chance.choice(self.city.enterprises), "until": until}
            self.walk.take(EventKind.INTERNED, max(since, self.state.last_on), details)
        if not self.walk.take(EventKind.STAGE_COMPLETED, end, {"stage": stage.value}) or self.late:
            return False
        if self.state.next_stage is None:
            self._certificate(stage, end + timedelta(days=11))
            if stage is Stage.UNDERGRADUATE:
                details = {"degree": "学士学位（虚构）", "issuer": _seat(self.state)}
                self.walk.take(EventKind.DEGREE_AWARDED, end + timedelta(days=12), details)
            return False
        return self._transition(stage, end)

    def _transition(self, stage: Stage, end: date) -> bool:
        """Go through the assessment of a transition, a failure and its one repeat included."""
        on = end + timedelta(days=5)
        waits = self.fate is Fate.WAITS_TO_MOVE_ON and end.year == self.city.seen_on.year
        failing = stage is Stage.SECONDARY and (waits or self.fate in _FAILING)
        if not self.walk.take(EventKind.ASSESSED, on, {"stage": stage.value, "passed": not failing}):
            return False
        if self.fate is Fate.FAILS_AND_LEAVES and failing:
            return self._leave(on + timedelta(days=10), "not_passed")
        if self.fate is Fate.LEAVES and stage is Stage.SECONDARY:
            return self._leave(on + timedelta(days=10), "own_choice")
        if failing and self.fate is Fate.REPEATS and self._repeat(on + timedelta(days=30)):
            again = self.day(YEARS[stage], 6, 20)
            passed: dict[str, Value] = {"stage": stage.value, "passed": True}
            return (
                self.walk.take(EventKind.STAGE_COMPLETED, again, {"stage": stage.value})
                and self.walk.take(EventKind.ASSESSED, again + timedelta(days=5), passed)
                and self._move_on(stage, again)
            )
        return not failing and self._move_on(stage, end)

    def _move_on(self, stage: Stage, end: date) -> bool:
        self._certificate(stage, end + timedelta(days=11))
        august = date(end.year, 8, 25)
        moved = self.walk.take(EventKind.MOVED_ON, august, self.next_details())
        return moved and self.register(august + timedelta(days=16))

    def next_details(self) -> dict[str, Value]:
        """Return what a step into the next stage says: the stage, and where it is taught if elsewhere."""
        state = self.state
        assert state.next_stage is not None
        details: dict[str, Value] = {"stage": state.next_stage.value}
        kind = state.project.kind
        away = (
            state.next_stage is Stage.UNDERGRADUATE
            or kind is ProjectKind.THREE_PLUS_TWO
            or (kind is ProjectKind.ZHONGBEN and state.cohort == _AT_UNIVERSITY)
        )
        return {**details, "school": state.project.partner} if away and state.project.partner else details

    def _certificate(self, stage: Stage, on: date) -> None:
        """Issue a stage's certificate where the law names one, or the record of the school does."""
        if stage is Stage.SECONDARY and self.state.project.kind is ProjectKind.GAOBEN:
            return
        named = self.walk.ask(EventKind.GRADUATED, on, {"stage": stage.value}).institution
        issuer = named or _issuer(self.state, stage)
        self.walk.take(EventKind.GRADUATED, on, {"stage": stage.value, "issuer": issuer})

    def _leave(self, on: date, because: str) -> bool:
        """Leave with the certificate of the present stage; nothing follows."""
        named = self.walk.ask(EventKind.LEFT_PROJECT, on, {"because": because}).institution
        issuer = named or _issuer(self.state, self.state.stage)
        self.walk.take(EventKind.LEFT_PROJECT, on, {"because": because, "issuer": issuer})
        return False

    def _repeat(self, on: date) -> bool:
        year = self.state.class_year + 1
        return self.walk.take(
            EventKind.REPEATED,
            on,
            {"class_year": year},
            facts={"eligible_to_repeat": True},
            next_class=self.city.next_class(self.state.school, year),
        )


def _scores(cohort: int) -> tuple[int, int]:
    """Return the range of invented scores on a cohort's own paper."""
    return (385, 470) if cohort >= 2025 else (495, 600) if cohort >= 2023 else (430, 530)


def _seat(state: PupilState) -> str:
    """Return who most likely registers the present stage, where no clause says: the school's document names it."""
    project = state.project
    if not project.partner or state.stage is Stage.SECONDARY:
        return project.lead
    own = project.kind in (ProjectKind.GAOBEN, ProjectKind.WUNIAN) and state.stage is Stage.COLLEGE
    return project.lead if own else project.partner


def _issuer(state: PupilState, stage: Stage) -> str:
    """Return who most likely issues a stage's certificate, where no clause says."""
    project = state.project
    at_lead = stage is Stage.SECONDARY or (
        stage is Stage.COLLEGE and project.kind in (ProjectKind.GAOBEN, ProjectKind.WUNIAN)
    )
    return project.lead if at_lead or not project.partner else project.partner
