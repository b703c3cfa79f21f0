"""The rehearsal (排演): every invented pupil walked from admission to today, each step asked of the law."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from guantong.cohorts.course import Course
from guantong.cohorts.incidents import last_weeks, on_the_way
from guantong.cohorts.invented import Fate, InventedCity, InventedIntake
from guantong.cohorts.kinds import Status
from guantong.cohorts.pupil import PupilState
from guantong.cohorts.questions import Law
from guantong.cohorts.walk import Step, Walk
from guantong.registry import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """One invented pupil: the intake, the class, and every step in order."""

    pupil: str
    number: int
    intake: InventedIntake
    class_name: str
    fate: Fate
    steps: tuple[Step, ...]
    state: PupilState


def rehearse(city: InventedCity, law: Law, *, share: float = 1.0) -> Iterator[Rehearsed]:
    """Walk every pupil of the city, or of each intake only a share, at least one; the same seed gives the same city."""
    deck, number = _shuffled(city), 0
    for intake in city.intakes:
        for place in range(max(1, round(intake.pupils * share))):
            number += 1
            fate = deck[number % len(deck)]
            class_name = f"{intake.cohort}级{intake.title}{place // city.class_size + 1}班"
            walk = Walk(law=law, chance=Random(f"{city.seed}/{number}"), seen_on=city.seen_on)
            _go(Course(city, intake, walk, fate, late=class_name == intake.sitting))
            yield Rehearsed(
                pupil=walk.pupil,
                number=number,
                intake=intake,
                class_name=class_name,
                fate=fate,
                steps=tuple(walk.steps),
                state=walk.present,
            )


def _shuffled(city: InventedCity) -> list[Fate]:
    deck = list(city.deck)
    Random(city.seed).shuffle(deck)
    return deck


def _go(course: Course) -> None:
    """Go from the admission to the last step whose day has come."""
    if not course.enter():
        return
    for stage in course.intake.project.kind.stages:
        if not _in(course, stage):
            break
        if stage is Stage.SECONDARY:
            on_the_way(course)
        if not _in(course, stage) or not course.end_of(stage):
            break
    last_weeks(course)


def _in(course: Course, stage: Stage) -> bool:
    return course.state.stage is stage and course.state.status is Status.ENROLLED
