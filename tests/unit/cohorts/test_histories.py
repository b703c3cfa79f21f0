"""Random histories against the plain model: yes, no with approval, unknown with document, reversals, late records."""

import random
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.unit.cohorts.makers import APPROVAL, GAOBEN, PAPER, PLAIN, SINGLE, THREE_PLUS_TWO, ZHONGBEN, law
from tests.unit.cohorts.plain import CONSENTS, STAGES, Plain
from tests.unit.cohorts.registrar import what_is_entered

from guantong.cohorts import (
    Asked,
    Event,
    EventKind,
    Standing,
    Verdict,
    consider,
    fold,
    refusals,
    state_of,
    state_without,
    what_follows,
)  # fmt: skip

FIRST_DAY = date(2023, 9, 1)
ASIDE = ("disciplined", "discipline_lifted", "interned")
WAY = [kind.value for kind in EventKind if kind.value not in (*ASIDE, "corrected", "admitted", "transferred_in")]
ENDINGS = ("not_arrived", "dropped_out", "completed_without_diploma", "left_project")
FACTS = ["eligible_to_repeat", "similar_major_next", "eligible_to_resume", "school_runs_next", *CONSENTS]
# The common course comes up more often, so that histories reach the later stages; what ends a course seldom.
OFTEN = [*(kind for kind in WAY if kind not in ENDINGS), "repeated", "assessed", "changed_major"] * 3
COURSE = ["registered", "stage_completed", "assessed", "graduated", "moved_on", "degree_awarded"]
TRUE_FALSE_OPEN = st.sampled_from([True, True, True, False, None])
ALL_GOOD: dict[str, Any] = dict.fromkeys(FACTS, True)


def paper(standing: Standing) -> dict[str, str]:
    """What an event of this standing says of its paper."""
    return {Standing.APPROVED: APPROVAL, Standing.ON_DOCUMENT: PAPER}.get(standing, {})


class Histories(RuleBasedStateMachine):
    """A registrar who tries anything, and a plain list that says what should have come of it."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Event] = []
        self.log: list[dict[str, Any]] = []
        self.day = 0
        self.numbers = 0

    @initialize(
        project=st.sampled_from([ZHONGBEN, ZHONGBEN, GAOBEN, GAOBEN, SINGLE, THREE_PLUS_TWO, PLAIN]),
        cohort=st.sampled_from([2023, 2025, 2024, 2020, 2021]),
        steps=st.integers(0, 17),
    )
    def admit(self, project: str, cohort: int, steps: int) -> None:
        """Admit a pupil and bring it some way along the course that most pupils take."""
        details = {"project": project, "cohort": cohort, "major": "710205", "school": project.split(":")[0]}
        details |= {"exam_score": "490.5" if cohort < 2025 else "400.5", "special_entrant": False}
        self.write(self.made("admitted", details, Standing.STRUCTURAL))
        for kind in [*COURSE, *COURSE, *COURSE][:steps]:
            self.attempt(kind, 1, True, ALL_GOOD)

    def made(self, kind: str, details: dict[str, Any], standing: Standing, day: int | None = None) -> Event:
        self.day += 10
        self.numbers += 1
        day = self.day if day is None else day
        return Event(
            id=f"e{self.numbers:04}",
            pupil="p",
            kind=EventKind(kind),
            effective_on=FIRST_DAY + timedelta(days=day),
            recorded_at=datetime(2026, 1, 1) + timedelta(minutes=self.numbers),
            details={**details, **paper(standing)},
            standing=standing,
        )

    def write(self, event: Event) -> None:
        self.events.append(event)
        day = (event.effective_on - FIRST_DAY).days
        entry = {"day": day, "kind": event.kind.value, "standing": event.standing, "id": event.id, **event.details}
        self.log = Plain([*self.log, entry]).log

    @rule(steps=st.integers(1, 3))
    def go_on(self, steps: int) -> None:
        for kind in [*COURSE][:steps]:
            self.attempt(kind, 1, True, ALL_GOOD)

    @rule(
        kind=st.sampled_from([*WAY, *OFTEN]),
        stray=st.integers(0, 11),
        right=st.sampled_from([True] * 5 + [False]),
        facts=st.one_of(st.just(ALL_GOOD), st.fixed_dictionaries(dict.fromkeys(FACTS, TRUE_FALSE_OPEN))),
        cutoff=st.sampled_from([380, 380, 400.5, 490.5, 500, None]),
    )
    def try_to_record(self, kind: str, stray: int, right: bool, facts: dict[str, Any], cutoff: float | None) -> None:
        self.attempt(kind, stray, right, {**facts, "target_cutoff": cutoff})

    @rule(kind=st.sampled_from(ASIDE), stray=st.integers(0, 3))
    def something_aside(self, kind: str, stray: int) -> None:
        self.attempt(kind, stray, True, ALL_GOOD)

    @precondition(lambda self: len(self.log) > 3)
    @rule(kind=st.sampled_from(ENDINGS), stray=st.integers(0, 3), right=st.booleans())
    def an_ending(self, kind: str, stray: int, right: bool) -> None:
        self.attempt(kind, stray, right, ALL_GOOD)

    @precondition(lambda self: self.log and Plain(self.log).passed is False)
    @rule(facts=st.one_of(st.just(ALL_GOOD), st.fixed_dictionaries(dict.fromkeys(FACTS, TRUE_FALSE_OPEN))))
    def repeat_after_failing(self, facts: dict[str, Any]) -> None:
        self.attempt("repeated", 1, True, facts)

    @precondition(lambda self: self.log and Plain(self.log).status == "suspended")
    @rule(facts=st.one_of(st.just(ALL_GOOD), st.fixed_dictionaries(dict.fromkeys(FACTS, TRUE_FALSE_OPEN))))
    def come_back(self, facts: dict[str, Any]) -> None:
        self.attempt("resumed", 1, True, facts)

    def attempt(self, kind: str, stray: int, right: bool, entered: dict[str, Any]) -> None:
        """Try one event: the machine and the plain list have to agree on the verdict and on what comes of it."""
        plain = Plain(self.log)
        given = what_is_entered(plain, kind, stray, right)
        draft = self.made(kind, given, Standing.STRUCTURAL)
        possible = consider(self.events, draft, law=law(), asked=Asked(on=FIRST_DAY, facts=entered))
        known = {name: value for name, value in entered.items() if value is not None}
        fits = plain.stands(kind, given)
        # A leaving whose certificate nobody is named for yet is judged by the law, but not written.
        owed = kind == "left_project" and "issuer" not in given and plain.has_completed(plain.stage)
        if fits:
            assert possible.verdict.value == plain.law_says(kind, given, known), possible.reason
        elif not (owed and not plain.holds(plain.stage)):
            assert possible.verdict is Verdict.IMPOSSIBLE, (kind, given)
        event = self.made(kind, given, possible.standing or Standing.STRUCTURAL)
        refused = refusals(self.events, event, possible)
        assert (refused == ()) == fits, (kind, given, refused)
        for standing in Standing:
            if standing is not event.standing:
                assert refusals(self.events, self.made(kind, given, standing), possible)
        if fits:
            self.write(event)

    @rule(back=st.integers(1, 200), number=st.integers(0, 3))
    def record_a_discipline_late(self, back: int, number: int) -> None:
        day = max(self.day - back * 10 + 5, -5)
        given = {"number": f"n{number}", "level": "警告"}
        event = self.made("disciplined", given, Standing.STRUCTURAL, day)
        possible = consider(self.events, event, law=law(), asked=Asked(on=FIRST_DAY))
        earlier = Plain([entry for entry in self.log if entry["day"] < day])
        used = any(entry["number"] == given["number"] for entry in Plain(self.log).of("disciplined"))
        fits = bool(earlier.log) and earlier.status in ("enrolled", "suspended") and not used
        assert (refusals(self.events, event, possible) == ()) == fits
        if fits:
            self.write(event)

    @precondition(lambda self: len(self.log) > 1)
    @rule(back=st.sampled_from([0, 0, 0, 1, 1, 2, 3, 5, 9]))
    def undo(self, back: int) -> None:
        target = self.log[max(len(self.log) - 1 - back, 1)]
        aside = target["kind"] in ASIDE
        gone = [target] if aside else [entry for entry in self.log if entry["day"] >= target["day"]]
        if target["kind"] == "disciplined":
            lifting = [e for e in self.log if e["kind"] == "discipline_lifted" and e["number"] == target["number"]]
            gone = [target, *lifting]
        names = {entry["id"] for entry in gone}
        following = [event.id for event in what_follows(self.events, target["id"])]
        assert {*following, target["id"]} == names
        before = state_without(self.events, target["id"])
        if len(gone) > 1:
            assert refusals(self.events, self.correction(target["id"]), self.free())
        for name in (*following, target["id"]):
            correction = self.correction(name)
            assert refusals(self.events, correction, self.free()) == ()
            self.events.append(correction)
        self.log = [entry for entry in self.log if entry["id"] not in names]
        assert comparable(state_of(self.events)) == comparable(before)

    def correction(self, target: str) -> Event:
        event = self.made("corrected", {"reason": "记错了"}, Standing.STRUCTURAL)
        fields = {
            name: getattr(event, name) for name in ("id", "pupil", "kind", "effective_on", "recorded_at", "details")
        }
        return Event(**fields, reverses=target)

    def free(self) -> Any:
        draft = self.made("corrected", {"reason": "x"}, Standing.STRUCTURAL)
        return consider(self.events, draft, law=law(), asked=Asked(on=FIRST_DAY))

    @invariant()
    def the_fold_is_what_the_plain_list_says(self) -> None:
        if not self.log:
            return
        plain, state = Plain(self.log), fold(self.events)
        assert (state.cohort, state.class_year) == (self.log[0]["cohort"], plain.class_year)
        assert (state.status.value, state.stage.value) == (plain.status, plain.stage)
        assert (state.registered_at, state.project.id) == (plain.registered_at, plain.last("project"))
        assert [stage.value for stage in state.completed] == [s for s in STAGES if plain.has_completed(s)]
        assert {part.stage.value for part in state.certificates} == {s for s in STAGES if plain.holds(s)}
        assert (state.assessment.passed if state.assessment else None) == plain.passed
        assert (state.repeats, state.changes_used) == (plain.repeats, plain.changes)
        assert set(state.open_disciplines) == plain.open_disciplines
        assert len(state.internships) == len(plain.of("interned"))
        assert state.on_document == sum(entry["standing"] is Standing.ON_DOCUMENT for entry in self.log)
        assert state.approved == sum(entry["standing"] is Standing.APPROVED for entry in self.log)

    @invariant()
    def the_order_of_recording_changes_nothing(self) -> None:
        if not self.log:
            return
        shuffled = [*self.events]
        random.Random(self.numbers).shuffle(shuffled)
        times = sorted(event.recorded_at for event in self.events)
        again = [_recorded(event, time) for event, time in zip(shuffled, times, strict=True)]
        assert fold(again) == fold(self.events)

    @invariant()
    def what_always_holds(self) -> None:
        if not self.log:
            return
        state = fold(self.events)
        certified = [certificate.stage for certificate in state.certificates]
        assert set(certified) <= set(state.completed)
        assert len(certified) == len(set(certified))
        assert state.in_project <= (not state.status.is_final)
        assert bool(state.registered_at) == (state.registered_stage is not None)


def _recorded(event: Event, at: datetime) -> Event:
    names = ("id", "pupil", "kind", "effective_on", "details", "standing", "receipt", "reverses")
    return Event(recorded_at=at, **{name: getattr(event, name) for name in names})


def comparable(state: Any) -> Any:
    """A state as its projection row."""
    return state and state.as_json()


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)
