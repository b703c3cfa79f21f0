"""The demonstration's sittings (演示转段名单): one list filled in by its school, one that waits for the receiver.

Everything is done by the invented people themselves, through the same actions as at the desk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from guantong.actions import sitting_classes, sittings
from guantong.actions.books import contents
from guantong.actions.clock import today
from guantong.actions.demo import DemoAccount
from guantong.actions.sittings import NewSitting
from guantong.cohorts.invented import InventedIntake, Listed
from guantong.people import Person, Role
from guantong.store import accounts

PURPOSE = "status-change"
PASSED: Mapping[str, object] = {"outcome": "passed", "completed": True}
OTHERS: Mapping[int, Mapping[str, object]] = {
    5: {"outcome": "failed", "completed": True, "note": "演示：去向与家长商量后再报。"},
    9: {"outcome": "repeats", "completed": True, "eligible_to_repeat": True, "similar_major_next": True},
    13: {"outcome": "leaves", "completed": True},
    16: {"outcome": "repeats", "completed": True, "eligible_to_repeat": False, "similar_major_next": True},
    18: {"outcome": "not_put_up", "note": "演示：参军，保留学籍。"},
}
"""What differs from a pass, by line: a failure, a repeat, an exit, one whom the law refuses, one who stays out."""


def hold_sittings(made: Iterable[DemoAccount]) -> int:
    """Let the schools open, fill in and submit the lists that the package names; return how many."""
    city, people = contents().invented, list(made)
    intakes = [intake for intake in city.intakes if intake.listed] if city else []
    return sum(_hold(intake, _registrar(people, intake.school)) for intake in intakes)


def _hold(intake: InventedIntake, by: Person) -> bool:
    """Hold one list; False where a smaller demonstration lacks the class."""
    named = (intake.project.id, intake.cohort, intake.sitting)
    for found in sitting_classes.list_classes(by=by):
        taught = found.taught
        if (taught.project, taught.cohort, taught.class_name) != named:
            continue
        new = NewSitting(
            project=intake.project.id,
            cohort=intake.cohort,
            class_name=intake.sitting,
            school=intake.school,
            to_stage=found.to_stage,
            on=today(),
        )
        opened = sittings.open_sitting(new, by=by)
        results = {number: OTHERS.get(number, PASSED) for number in range(1, opened.pupils + 1)}
        version = sittings.enter_results(opened.id, results, seen=1, by=by)
        if intake.listed is Listed.SUBMITTED:
            sittings.submit_sitting(opened.id, seen=version, by=by)
        return True
    return False


def _registrar(made: Iterable[DemoAccount], school: str) -> Person:
    named = next(one for one in made if (one.role, one.organisation) == (Role.REGISTRAR, school))
    person = accounts.person(named.credentials.id, purpose=PURPOSE)
    assert person is not None
    return person
