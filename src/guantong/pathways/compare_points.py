"""The points of a comparison (对照点): what each row says of a subject, item by item, with evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from guantong.evidence import Basis, Grade, Place, Source
from guantong.pathways.applicant import FLOOR
from guantong.pathways.ladder import Rung
from guantong.pathways.planner import NOT_A_CUT_OFF, Desk
from guantong.pathways.routes import Anchor, Rate, Route, Seat
from guantong.policies.decide import Decision
from guantong.policies.standing import UNKNOWN_VALUE
from guantong.policies.truth import Truth
from guantong.registry import Programme, Project

UNKNOWN = "来源没有写"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One thing that is compared: a route by itself, or with a programme or project of it."""

    kind: str
    id: str
    name: str
    year: int | None
    route: Route
    rungs: tuple[Rung, ...]
    programme: Programme | None = None
    project: Project | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One statement in a cell, with what it rests on."""

    text: str
    grade: Grade | None = None
    place: Place | None = None
    clause: str = ""
    stage: str = ""

    def as_json(self, sources: Mapping[str, Source]) -> dict[str, object]:
        """Return the statement as JSON data."""
        return {
            "text": self.text,
            "stage": self.stage or None,
            "grade": self.grade.value if self.grade else None,
            "clause": self.clause or None,
            "place": self.place.as_json(sources.get(self.place.document)) if self.place else None,
        }


def _of(text: str, anchor: Anchor) -> Item:
    return Item(text=text, grade=anchor.grade, place=anchor.place, clause=anchor.clause)


def _leads_to(subject: Subject, desk: Desk) -> Iterator[Item]:
    yield Item(text="、".join(target.value for target in subject.route.leads_to))


def _years(subject: Subject, desk: Desk) -> Iterator[Item]:
    route = subject.route
    if route.years is not None:
        yield Item(text=f"中考后 {route.years} 年")
    if route.years_text:
        yield Item(text=route.years_text)


def _studies(subject: Subject, desk: Desk) -> Iterator[Item]:
    for rung in subject.rungs:
        span = f"第 {rung.first} 至 {rung.last} 年，" if rung.first and rung.last else ""
        span = f"第 {rung.first} 年，" if rung.first and rung.first == rung.last else span
        yield _on(rung, f"{span}{_seat(rung.studies_at)}", None)


def _registered(subject: Subject, desk: Desk) -> Iterator[Item]:
    for rung in subject.rungs:
        if rung.registered_at:
            yield _on(rung, _seat(rung.registered_at), rung.decisions[0] if rung.decisions else None)


def _certificates(subject: Subject, desk: Desk) -> Iterator[Item]:
    for rung in subject.rungs:
        if not rung.certificate:
            continue
        known = rung.certificate != UNKNOWN_VALUE
        issuer = f"（{_seat(rung.issued_by)}颁发）" if rung.issued_by not in (None, Seat.UNKNOWN) else ""
        note = f"。{rung.note}" if rung.note and not known else ""
        text = f"{rung.certificate if known else UNKNOWN}{issuer}{note}"
        yield _on(rung, text, rung.decisions[1] if rung.decisions else None)


def _on(rung: Rung, text: str, decision: Decision | None) -> Item:
    """Return what a rung says, resting on the clause that decided it, else on where its stage is stated."""
    clauses = (
        [finding.planned.clause for finding in decision.findings if finding.truth is Truth.YES] if decision else []
    )
    clause = clauses[0] if clauses else None
    return Item(
        text=f"{rung.stage.label}：{text}",
        stage=rung.stage.value,
        grade=(decision.grade if decision and clause else None) or rung.anchor.grade,
        place=clause.place if clause else rung.anchor.place,
        clause=clause.id if clause else rung.anchor.clause,
    )


def _seat(seat: Seat | None) -> str:
    return seat.label if seat and seat is not Seat.UNKNOWN else UNKNOWN


def _entry(subject: Subject, desk: Desk) -> Iterator[Item]:
    """Yield who may enter: the floor of the subject's year where a rulebook decides, else what sources say."""
    route = subject.route
    if route.decision:
        value = desk.book.value(FLOOR, subject.year) if subject.year is not None else None
        if value:
            numbers = " 或 ".join(map(str, value.numbers))
            totals = " 或 ".join(map(str, value.out_of))
            text = f"{subject.year} 年最低 {numbers} 分（总分 {totals} 分）。{NOT_A_CUT_OFF}"
            yield Item(text=text, grade=value.grade, place=value.place, clause=value.clause)
        else:
            yield Item(text=f"{subject.year} 年的报名规则没有收录" if subject.year else "报名规则按年份判断")
    for condition in route.conditions:
        years = f"（{'、'.join(map(str, condition.years))} 年）" if condition.years else ""
        yield _of(f"{condition.text}{years}", condition.anchor)
    if route.entry_unknown:
        yield Item(text=route.entry_unknown)


def _worst(subject: Subject, desk: Desk) -> Iterator[Item]:
    worst = subject.route.worst_case
    yield _of(f"{worst.holds}。{worst.then}", worst.anchor)


def _doors(subject: Subject, desk: Desk) -> Iterator[Item]:
    for door in subject.route.one_way:
        yield _of(door.text, door.anchor)


def _rates(subject: Subject, desk: Desk) -> Iterator[Item]:
    for rate in subject.route.rates:
        yield Item(text=_rate_text(rate), grade=rate.grade, place=rate.place)


def _rate_text(rate: Rate) -> str:
    fraction = f"（{rate.numerator}/{rate.denominator}）" if rate.numerator is not None else ""
    return (
        f"{rate.year} 年 {rate.name} {rate.value}{rate.unit}{fraction}；统计的是{rate.population}；"
        f"去向：{rate.destination}；{rate.exclusions}。说法来自{rate.claimant}"
    )


def _places(subject: Subject, desk: Desk) -> Iterator[Item]:
    """Yield how many places: a programme's own, a project's are never printed, a route's from the year's totals."""
    if subject.project:
        yield Item(text="表里没有招生人数", grade=subject.project.grade, place=subject.project.place)
    elif programme := subject.programme:
        basis = "" if programme.quota_basis == Basis.PRINTED.value else "（由印出的合计推出）"
        shared = f"与同校其他专业合计 {programme.group_quota} 人" if programme.group_quota is not None else UNKNOWN
        text = f"计划 {programme.quota} 人{basis}" if programme.quota is not None else shared
        yield Item(text=text, grade=programme.grade, place=programme.place)
    elif subject.route.programme_type and subject.year is not None:
        yield from _totals(subject, desk)


def _totals(subject: Subject, desk: Desk) -> Iterator[Item]:
    kind = subject.route.programme_type
    figures = desk.plans.figures.get(subject.year or 0)
    for figure in figures.totals if figures else ():
        if kind and figure.type in ("all", kind.value):
            scope = "贯通培养全部项目" if figure.type == "all" else kind.label
            text = f"{subject.year} 年{scope}计划 {figure.value} 人"
            yield Item(text=text, grade=figure.grade, place=figure.place)


def _partner(subject: Subject, desk: Desk) -> Iterator[Item]:
    if programme := subject.programme:
        major = f"　{programme.partner_major}" if programme.partner_major else ""
        text = f"{programme.partner}{major}" if programme.partner else "原文缺失"
        yield Item(text=text, grade=programme.grade, place=programme.places.get("partner", programme.place))
    elif project := subject.project:
        major = f"　{project.partner_major}" if project.partner_major else ""
        yield Item(text=f"{project.partner}{major}", grade=project.grade, place=project.place)


def _existed(subject: Subject, desk: Desk) -> Iterator[Item]:
    existed = subject.route.existed
    yield Item(text=existed.text, grade=existed.grade, place=existed.place)


def _ask(subject: Subject, desk: Desk) -> Iterator[Item]:
    for ask in subject.route.ask:
        yield Item(text=ask.text, place=ask.place)


def _missing(subject: Subject, desk: Desk) -> Iterator[Item]:
    for text in subject.route.not_in_sources:
        yield Item(text=text)


POINTS: tuple[tuple[str, str, Callable[[Subject, Desk], Iterator[Item]]], ...] = (
    ("leads_to", "通向哪里", _leads_to),
    ("years", "要读几年", _years),
    ("studies_at", "在哪里上课", _studies),
    ("registered_at", "学籍在哪里", _registered),
    ("certificates", "拿什么证书", _certificates),
    ("entry", "怎样报名", _entry),
    ("worst_case", "最坏情况拿什么证", _worst),
    ("one_way", "过了就不能回头的地方", _doors),
    ("places", "计划人数", _places),
    ("partner", "合作高校", _partner),
    ("rates", "公布过的比例", _rates),
    ("existed", "哪些年份有", _existed),
    ("ask", "问谁", _ask),
    ("not_in_sources", "我们不知道的", _missing),
)
"""Every row of a comparison in order: id, label, and what it says of a subject."""
