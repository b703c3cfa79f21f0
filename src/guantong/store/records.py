"""What the store hands out about pupils and accounts: frozen, without any model behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from guantong.cohorts.details import Value
from guantong.cohorts.events import Event
from guantong.cohorts.majors import SimilarMajors
from guantong.cohorts.questions import NextClass
from guantong.people import Grant, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Personal:
    """Who a pupil is (个人信息), each field as far as the reader may see it."""

    name: str
    student_number: str
    birth_month: str
    identity: str
    phone: str
    address: str
    guardian: str
    consent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilLine:
    """One row of a list of pupils."""

    id: str
    name: str
    student_number: str
    cohort: int
    class_year: int
    class_name: str
    project: str
    stage: str
    status: str
    registered_at: str
    taught_at: str
    pending: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedEvent:
    """An event with how it came into the record, and what else its decision was asked with.

    `why` is what the head wrote who turned it down.
    """

    event: Event
    number: int
    outcome: str
    recorded_by: str
    confirmed_by: str
    confirmed_at: datetime | None
    facts: Mapping[str, Value]
    why: str = ""
    next_class: NextClass | None = None
    similar: SimilarMajors = field(default_factory=SimilarMajors)


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilRecord:
    """One pupil (学生档案) as a reader may see it; `until` is set where only a past stage may be seen."""

    id: str
    standing: Standing
    cohort: int
    class_year: int
    status: str
    pending: int
    version: int
    state: str
    personal: Personal | None
    events: tuple[RecordedEvent, ...]
    until: date | None = None

    def event_list(self) -> tuple[Event, ...]:
        """Return the events that count: neither those waiting for confirmation nor those turned down."""
        return tuple(recorded.event for recorded in self.events if recorded.outcome == "applied")


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilFilter:
    """What a list of pupils is narrowed to; "" and None leave a column open."""

    cohort: int | None = None
    project: str = ""
    class_name: str = ""
    stage: str = ""
    status: str = ""
    waiting: bool = False
    sort: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListChoices:
    """What a list of pupils can be narrowed to within reach: cohorts, projects, and classes of the chosen ones."""

    cohorts: tuple[int, ...] = ()
    projects: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectCount:
    """How many pupils of a project's cohort stand in one stage with one status."""

    project: str
    cohort: int
    stage: str
    status: str
    pupils: int
    pending: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account, without its secrets."""

    id: str
    login: str
    name: str
    organisation: str
    active: bool
    grants: tuple[Grant, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervised:
    """An organisation and who supervises it; "" where nobody is entered."""

    id: str
    name: str
    kind: str
    supervisor: str = ""
    since: date | None = None
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyCode:
    """One code of a family (查阅码), without the code."""

    id: str
    pupil: str
    reader: str
    issued_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFilter:
    """What a list of journal entries is narrowed to; days are Beijing's, both included."""

    actor: str = ""
    action: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReceipt:
    """A decision as it is kept: the answer always, its body until the pupil is erased."""

    id: str
    decision: str
    answer: str
    rulebook: str
    clauses: tuple[str, ...]
    missing: tuple[str, ...]
    body: str
    salt: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPupil:
    """Everything of a pupil that is admitted, ready to be written."""

    id: str
    class_name: str
    personal: Personal
    digest_key: bytes
    events: tuple[Event, ...]
    changed: Mapping[str, str]
