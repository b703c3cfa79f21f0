"""A class that stands before its transition, and the people on both sides of the list."""

from collections.abc import Iterator, Mapping
from datetime import date

from tests.desk import CLASS, PROJECT, REGISTRAR, SCHOOL, UNIVERSITY, UNIVERSITY_REGISTRAR, admit, person_of, row
from tests.reporting import Steps, walk

from guantong.actions import sitting_answers, sittings
from guantong.actions.sitting_answers import Answer
from guantong.actions.sittings import NewSitting
from guantong.cohorts import EventKind
from guantong.people import Person, Role
from guantong.registry import Stage

HEAD = person_of(Role.SCHOOL_HEAD, SCHOOL)
ON = date(2026, 7, 10)
REGISTERED: Steps = [(EventKind.REGISTERED, "2023-09-01", {"stage": "secondary", "institution": SCHOOL})]
PASSED = {"outcome": "passed", "completed": True}
FAILED = {"outcome": "failed", "completed": True}
LEAVES = {"outcome": "leaves", "completed": True}
OUT = {"outcome": "not_put_up"}
REPEATS = {"outcome": "repeats", "completed": True, "eligible_to_repeat": True, "similar_major_next": True}
PAPER = {
    "document_number": "演示〔2026〕1号",
    "document_date": "2026-06-30",
    "document_issuer": "演示市教委",
}


def a_class(pupils: int = 4, *, class_name: str = CLASS, numbers: Iterator[int] | None = None) -> tuple[str, ...]:
    """A registered class of 2023; `numbers` keeps the pupils of several classes apart."""
    given = numbers or iter(range(1, pupils + 1))
    admitted = admit(*(row(next(given), class_name=class_name) for _ in range(pupils)))
    for pupil in admitted:
        walk(pupil, REGISTERED)
    return admitted


def opened(**fields: object) -> str:
    """A list for the class."""
    new = {
        "project": PROJECT,
        "cohort": 2023,
        "class_name": CLASS,
        "school": SCHOOL,
        "to_stage": Stage.COLLEGE,
        "on": ON,
        **fields,
    }
    return sittings.open_sitting(NewSitting(**new), by=REGISTRAR).id  # type: ignore[arg-type]


def version(sitting: str) -> int:
    """The version of a list."""
    return sittings.weigh_sitting(sitting, by=REGISTRAR).sitting.version


def entered(sitting: str, *results: Mapping[str, object]) -> None:
    """Results of the lines in order."""
    raw = dict(enumerate(results, 1))
    sittings.enter_results(sitting, raw, seen=version(sitting), by=REGISTRAR)


def submitted(sitting: str) -> None:
    """Submit a list, the head confirming it where it rests on paper."""
    sittings.submit_sitting(sitting, seen=version(sitting), by=REGISTRAR)
    if sittings.weigh_sitting(sitting, by=REGISTRAR).sitting.state.value == "confirming":
        sittings.confirm_sitting(sitting, seen=version(sitting), by=HEAD)


def answered(sitting: str, *accepted: int, returned: Mapping[int, str] | None = None) -> sitting_answers.Answered:
    """Accept some lines and return others."""
    answers = {number: Answer(accepted=True) for number in accepted}
    answers |= {number: Answer(accepted=False, reason=why) for number, why in (returned or {}).items()}
    return sitting_answers.answer_sitting(sitting, answers, seen=version(sitting), by=receiver(sitting))


def receiver(sitting: str) -> Person:
    """Whoever answers: the receiver's registrar, or the head where both institutions are one."""
    found = sittings.weigh_sitting(sitting, by=REGISTRAR).sitting.terms.receiver
    return UNIVERSITY_REGISTRAR if found == UNIVERSITY else HEAD
