"""A pupil's state (学籍现状): what the events of one pupil add up to, as one frozen row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guantong.cohorts.kinds import Status
from guantong.cohorts.projects import Project
from guantong.registry import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The last assessment for the transition that is ahead (转段考核)."""

    passed: bool
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """The certificate of one completed stage, and who issued it (毕业证书)."""

    stage: Stage
    issuer: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Internship:
    """One internship (实习)."""

    enterprise: str
    since: date
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilState:
    """What a pupil is after some events (投影).

    `cohort` never changes: it says which law governs (老生老办法); `class_year` does. `registered_at` is
    the one institution that holds the registration, `registered_stage` the stage it was made for;
    between moving on and the new registration it is still the old one, and after a change of school
    it is empty until the new school registers the pupil. `repeats` counts for the transition ahead.
    `on_document` and `approved` count the events that rest on a document or an approval.
    """

    pupil: str
    cohort: int
    class_year: int
    project: Project
    major: str
    school: str
    status: Status
    stage: Stage
    registered_at: str = ""
    registered_stage: Stage | None = None
    completed: tuple[Stage, ...] = ()
    assessment: Assessment | None = None
    repeats: int = 0
    changes_used: int = 0
    certificates: tuple[Certificate, ...] = ()
    degree: str = ""
    open_disciplines: tuple[str, ...] = ()
    lifted_disciplines: tuple[str, ...] = ()
    internships: tuple[Internship, ...] = ()
    exam_score: str = ""
    special_entrant: bool | None = None
    change_forbidden: bool | None = None
    on_document: int = 0
    approved: int = 0
    last_event: str = ""
    last_on: date = date.min

    @property
    def stage_completed(self) -> bool:
        """Tell whether the studies of the present stage are completed."""
        return self.stage in self.completed

    @property
    def next_stage(self) -> Stage | None:
        """Return the stage after the present one; None in the last."""
        return self.project.kind.stage_after(self.stage)

    @property
    def needs_registration(self) -> bool:
        """Tell whether the present stage still waits for its registration."""
        return not self.status.is_final and self.registered_stage is not self.stage

    @property
    def in_project(self) -> bool:
        """Tell whether the right to go on in the seven-year project stands (三（三）4: it ends on leaving)."""
        return self.project.kind.is_guantong and not self.status.is_final

    def holds(self, stage: Stage) -> bool:
        """Tell whether the certificate of a stage was issued."""
        return any(certificate.stage is stage for certificate in self.certificates)

    def as_json(self) -> dict[str, object]:
        """Return the state as JSON data: the projection row, which `cohorts check` compares."""
        return {
            "pupil": self.pupil,
            "cohort": self.cohort,
            "class_year": self.class_year,
            "project": self.project.id,
            "major": self.major,
            "school": self.school,
            "status": self.status.value,
            "stage": self.stage.value,
            "registered_at": self.registered_at or None,
            "registered_stage": self.registered_stage.value if self.registered_stage else None,
            "completed": [stage.value for stage in self.completed],
            "assessment": {"passed": self.assessment.passed, "on": str(self.assessment.on)}
            if self.assessment
            else None,
            "repeats": self.repeats,
            "changes_used": self.changes_used,
            "in_project": self.in_project,
            "certificates": [
                {"stage": part.stage.value, "issuer": part.issuer, "on": str(part.on)} for part in self.certificates
            ],
            "degree": self.degree or None,
            "open_disciplines": list(self.open_disciplines),
            "internships": [
                {"enterprise": part.enterprise, "since": str(part.since), "until": part.until or None}
                for part in self.internships
            ],
            "on_document": self.on_document,
            "approved": self.approved,
            "last_event": self.last_event,
            "last_on": str(self.last_on),
        }
