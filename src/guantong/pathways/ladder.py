"""The ladder of a route (阶梯): stage by stage, where one studies and is registered, and what one gets."""

from __future__ import annotations

from dataclasses import dataclass

from guantong.evidence import Grade, weakest
from guantong.pathways.routes import Anchor, Route, RouteStage, Seat
from guantong.policies.decide import Decision, decide
from guantong.policies.rulebook import Rulebook
from guantong.policies.standing import UNKNOWN_VALUE
from guantong.registry import Stage

CERTIFICATES = {
    Stage.SECONDARY: "中职毕业证书",
    Stage.COLLEGE: "专科学历证书",
    Stage.UNDERGRADUATE: "本科学历证书（专升本）",
}
_BY = "_by_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One stage of the ladder for one cohort.

    `first` and `last` are the years after 中考 that the stage fills; None where a stage before it
    has no known length. `note` says what a source leaves open.
    """

    stage: Stage
    years: int | None
    first: int | None
    last: int | None
    studies_at: Seat
    registered_at: Seat | None
    certificate: str
    issued_by: Seat | None
    anchor: Anchor
    decisions: tuple[Decision, ...] = ()
    note: str = ""

    @property
    def grade(self) -> Grade:
        """Return the weakest grade that the rung rests on."""
        grades = (self.anchor.grade, *(decision.grade for decision in self.decisions))
        return weakest(grade for grade in grades if grade) or Grade.PENDING

    @property
    def when(self) -> str:
        """Return which years after 中考 the rung fills."""
        return span_words(self.first, self.last)

    def as_json(self) -> dict[str, object]:
        """Return the rung of the JSON contract; what is not known is "unknown", what does not apply null."""
        return {
            "stage": self.stage.value,
            "years": self.years,
            "first_year": self.first,
            "last_year": self.last,
            "studies_at": self.studies_at.value,
            "registered_at": self.registered_at.value if self.registered_at else None,
            "certificate": self.certificate or None,
            "issued_by": self.issued_by.value if self.issued_by else None,
            "grade": self.grade.value,
            "note": self.note or None,
        }


def span_words(first: int | None, last: int | None) -> str:
    """Return a span of years after 中考 in words."""
    if first is None:
        return "年数未写明"
    return f"第 {first} 年" if first == last else f"第 {first}–{last} 年"


def ladder(route: Route, book: Rulebook, cohort: int | None) -> tuple[Rung, ...]:
    """Return the rungs of a route; for a cohort whose law is not known the decided parts stay unknown."""
    rungs: list[Rung] = []
    year: int | None = 1
    for stage in route.stages:
        last = year + stage.years - 1 if year is not None and stage.years is not None else None
        rungs.append(_rung(route, stage, book, cohort, (year if last is not None else None, last)))
        year = last + 1 if last is not None else None
    return tuple(rungs)


def _rung(
    route: Route, stage: RouteStage, book: Rulebook, cohort: int | None, span: tuple[int | None, int | None]
) -> Rung:
    studies_at, exception = stage.studies_at_for(cohort) if cohort is not None else (stage.studies_at, None)
    registered, certificate, issuer = stage.registered_at, stage.certificate, stage.issued_by
    decisions: tuple[Decision, ...] = ()
    note = exception.note if exception else ""
    if stage.decided:
        decisions = _decide(route, stage, book, cohort)
        registered, certificate, issuer = _decided(stage, decisions)
        if certificate == UNKNOWN_VALUE and stage.stage is Stage.SECONDARY and decisions:
            note = note or _secondary_note(decisions[1])
    return Rung(
        stage=stage.stage,
        years=stage.years,
        first=span[0],
        last=span[1],
        studies_at=studies_at,
        registered_at=registered,
        certificate=certificate,
        issued_by=issuer,
        anchor=exception.anchor if exception else stage.anchor,
        decisions=decisions,
        note=note,
    )


def _decide(route: Route, stage: RouteStage, book: Rulebook, cohort: int | None) -> tuple[Decision, ...]:
    """Ask the rulebook about a pupil who stays the course in a project of two institutions."""
    if cohort is None or route.programme_type is None:
        return ()
    common = {"project": route.programme_type.value, "stage": stage.stage.value, "single_university": False}
    finished = {**common, "stage_completed": True, "leaving": False}
    return (
        decide(book, common, cohort=cohort, decision="registered_at"),
        decide(book, finished, cohort=cohort, decision="certificate"),
    )


def _decided(stage: RouteStage, decisions: tuple[Decision, ...]) -> tuple[Seat, str, Seat]:
    if not decisions:
        return Seat.UNKNOWN, UNKNOWN_VALUE, Seat.UNKNOWN
    registered, certificate = (decision.value or UNKNOWN_VALUE for decision in decisions)
    if _BY not in certificate:
        return Seat(registered), UNKNOWN_VALUE, Seat.UNKNOWN
    return Seat(registered), CERTIFICATES[stage.stage], Seat(certificate.partition(_BY)[2])


def _secondary_note(decision: Decision) -> str:
    return "条文只写了在此退出时发中职毕业证书，继续升学的是否发证未写明" if decision.findings else ""
