"""What the journeys about pupils need on the desk: a pupil with a history, and papers that wait. Called by name."""

from datetime import date

from tests.desk import REGISTRAR, SCHOOL, UNIVERSITY

PAPER = {"document_number": "京教〔2026〕1号", "document_date": "2026-10-08", "document_issuer": "演示市教委"}


def history() -> list[str]:
    """Give the first pupil three years of history and the second a change of major that waits; return their ids."""
    from guantong.actions import events, pupils
    from guantong.actions.events import NewEvent
    from guantong.actions.pupils import PupilFilter
    from guantong.cohorts import EventKind

    def step(pupil: str, kind: EventKind, on: date, /, **details: object) -> None:
        seen = pupils.view_pupil(pupil, by=REGISTRAR).version
        events.propose_event(pupil, NewEvent(kind=kind, on=on, details=details), seen=seen, by=REGISTRAR)

    first, second, third = (line.id for line in pupils.list_pupils(PupilFilter(sort="name"), by=REGISTRAR).lines[:3])
    for pupil in (first, second, third):
        step(pupil, EventKind.REGISTERED, date(2023, 9, 1), stage="secondary", institution=SCHOOL)
    step(first, EventKind.INTERNED, date(2025, 11, 3), enterprise="演示机电厂", until="2026-01-20")
    step(first, EventKind.STAGE_COMPLETED, date(2026, 7, 1), stage="secondary")
    step(first, EventKind.ASSESSED, date(2026, 7, 5), stage="secondary", passed=True)
    project = f"{SCHOOL}:{UNIVERSITY}:zhongben:710201"
    step(second, EventKind.CHANGED_MAJOR, date(2024, 9, 1), project=project, major="710201", **PAPER)
    return [first, second, third]
