"""Invented pupils: the smallest histories that are valid, and the real law."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from tests.factories import beijing, real_book

from guantong.cohorts import Asked, Event, EventKind, Law, Possible, PupilState, Standing, fold, may_happen

ZHONGBEN = "school-a:university-b:zhongben:710205"
GAOBEN = "college-a:university-b:gaoben:710205"
SINGLE = "university-b:university-b:gaoben:710205"
NO_PARTNER = "college-a::gaoben:710205"
THREE_PLUS_TWO = "school-a:college-a:three-plus-two:710205"
PLAIN = "school-a::plain:710205"
PAPER = {"document_number": "演示〔2026〕1号", "document_date": "2026-06-01", "document_issuer": "演示教委"}
APPROVAL = {**PAPER, "document_file": "file-1"}
START = datetime(2026, 1, 1, 8)


def law() -> Law:
    """The two rulebooks that the school desk asks."""
    return Law((real_book(), beijing().rulebook("xueji")))


def asked(on: str = "2026-06-30", details: Mapping[str, Any] | None = None, **facts: Any) -> Asked:
    """A question of a day, with what was entered."""
    return Asked(on=date.fromisoformat(on), details=details or {}, facts=facts)


def make_event(
    kind: EventKind | str, on: str, number: int = 1, standing: Standing = Standing.STRUCTURAL, /, **details: Any
) -> Event:
    """An event; a document or an approval comes with its paper."""
    paper = {Standing.ON_DOCUMENT: PAPER, Standing.APPROVED: APPROVAL}.get(standing, {})
    return Event(
        id=f"e{number:03}",
        pupil="p1",
        kind=EventKind(kind),
        effective_on=date.fromisoformat(on),
        recorded_at=START + timedelta(minutes=number),
        details={**paper, **details},
        standing=standing,
    )


class History:
    """A pupil's events, added one by one."""

    def __init__(self, project: str = ZHONGBEN, cohort: int = 2023, *, registered: bool = True, **entry: Any) -> None:
        """Admit a pupil in July and, unless told otherwise, register it on 1 September."""
        self.events: list[Event] = []
        self.lead = project.split(":")[0]
        details = {"project": project, "cohort": cohort, "major": project.split(":")[3], "school": self.lead, **entry}
        self.add("admitted", f"{cohort}-07-15", **details)
        if registered:
            self.add("registered", f"{cohort}-09-01", stage="secondary", institution=self.lead)

    def add(self, kind: str, on: str, standing: Standing = Standing.STRUCTURAL, /, **details: Any) -> "History":
        """Add one event."""
        self.events.append(make_event(kind, on, len(self.events) + 1, standing, **details))
        return self

    def undo(self, event: str, on: str = "2026-11-01") -> "History":
        """Add a correction of one event."""
        undone = make_event("corrected", on, len(self.events) + 1, reason="记错了")
        fields = {name: getattr(undone, name) for name in ("id", "pupil", "kind", "effective_on", "recorded_at")}
        self.events.append(Event(**fields, details=undone.details, reverses=event))
        return self

    def completed(self, stage: str, on: str) -> "History":
        """Complete a stage and pass the assessment."""
        return self.add("stage_completed", on, stage=stage).add("assessed", on, stage=stage, passed=True)

    def moved(self, stage: str, on: str, institution: str) -> "History":
        """Move on to a stage and register there on the same day."""
        return self.add("moved_on", on, stage=stage).add("registered", on, stage=stage, institution=institution)

    def whole(self) -> "History":
        """The whole course of seven years from 2019 on, to the degree; everything on documents aside."""
        self.completed("secondary", "2022-06-20").moved("college", "2022-09-01", "university-b")
        self.completed("college", "2024-06-20").moved("undergraduate", "2024-09-01", "university-b")
        self.add("stage_completed", "2026-06-20", stage="undergraduate")
        self.add("graduated", "2026-06-30", Standing.ON_DOCUMENT, stage="undergraduate", issuer="university-b")
        return self.add("degree_awarded", "2026-06-30", degree="工学学士", issuer="university-b")

    @property
    def state(self) -> PupilState:
        """The state that the events add up to."""
        return fold(self.events)


def asks(history: History, kind: str, question: Asked | None = None) -> Possible:
    """The answer for one kind of event."""
    return may_happen(history.state, EventKind(kind), law=law(), asked=question or asked())


def answer(history: History, kind: str, details: dict[str, Any] | None = None, **facts: Any) -> tuple[str, str]:
    """Verdict and institution."""
    found = asks(history, kind, asked(details=details, **facts))
    return found.verdict.value, found.institution


def at_college(project: str = ZHONGBEN, cohort: int = 2023, institution: str = "university-b") -> History:
    """A pupil registered in the college stage."""
    history = History(project, cohort).completed("secondary", f"{cohort + 3}-06-20")
    return history.moved("college", f"{cohort + 3}-09-01", institution)
