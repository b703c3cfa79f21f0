"""Routes and interests from their YAML records."""

from __future__ import annotations

from collections.abc import Iterator

from guantong.contents.files import Files
from guantong.contents.references import Known, repeated
from guantong.errors import Problem
from guantong.evidence import Grade, Place
from guantong.pathways.interests import Interest
from guantong.pathways.routes import (
    Anchor,
    Ask,
    Branch,
    Condition,
    Existed,
    OneWay,
    Rate,
    Route,
    Routes,
    RouteSchool,
    RouteStage,
    Seat,
    SeatByCohort,
    Target,
)
from guantong.registry import ProjectType, Stage
from guantong.sheets import Record

DECIDED = "decision"
NOWHERE = Place(document="")


def load_routes(files: Files, known: Known, problems: list[Problem]) -> Routes:
    """Return every route; each file is named after its route."""
    routes = []
    for name in files.names("routes", ".yaml", problems):
        if record := files.record(f"routes/{name}.yaml", problems, known):
            route = read_route(record)
            if route.id != name:
                record.complain("id", "与文件名不同", route.id, "请改成一致。")
            routes.append(route)
    return Routes(routes)


def load_interests(files: Files, problems: list[Problem]) -> tuple[Interest, ...]:
    """Return every interest in the order of the file."""
    file = "interests.yaml"
    interests = tuple(read_interest(record) for record in files.records(file, problems))
    problems += repeated((name for interest in interests for name in (interest.id, interest.title)), file)
    return interests


def read_route(record: Record) -> Route:
    """Return one route; its faults go to the record's problems."""
    entry = record.record("entry") or Record({}, record.file, "entry", record.problems)
    worst = record.record("worst_case") or Record({}, record.file, "worst_case", record.problems)
    existed = record.record("existed") or Record({}, record.file, "existed", record.problems)
    route = Route(
        id=record.text("id"),
        order=record.whole("order") or 0,
        title=record.text("title"),
        summary=record.text("summary"),
        leads_to=tuple(_targets(record)),
        years=record.whole("years", required=False),
        years_text=record.text("years_text", required=False),
        programme_type=record.choice("programme_type", ProjectType) if record.has("programme_type") else None,
        decision=entry.text("decision", required=False),
        conditions=tuple(map(_condition, entry.records("conditions"))),
        entry_unknown=entry.text("unknown", required=False),
        stages=tuple(map(_stage, record.records("stages", required=True))),
        branches=tuple(map(_branch, record.records("branches"))),
        worst_case=Branch(when="", then=worst.text("text"), holds=worst.text("holds"), anchor=_anchor(worst)),
        one_way=tuple(map(_one_way, record.records("one_way"))),
        rates=tuple(map(_rate, record.records("rates"))),
        existed=_existed(existed),
        schools=tuple(map(_school, record.records("schools"))),
        ask=tuple(map(_ask, record.records("ask", required=True))),
        not_in_sources=record.texts("not_in_sources"),
    )
    for part in (entry, worst, record):
        part.done()
    if not route.decision and not route.entry_unknown:
        record.complain("entry", "没有判断事项的路径要写明来源里缺什么", remedy="请填写 entry › unknown。")
    return route


def read_interest(record: Record) -> Interest:
    """Return one interest."""
    interest = Interest(
        id=record.text("id"),
        title=record.text("title"),
        words=record.texts("words", required=True),
        categories=record.texts("categories"),
    )
    record.done()
    return interest


def _targets(record: Record) -> Iterator[Target]:
    known = {target.value: target for target in Target}
    for text in record.texts("leads_to", required=True):
        if text in known:
            yield known[text]
        else:
            record.complain("leads_to", f"只能是 {'、'.join(known)}", text)


def _anchor(record: Record) -> Anchor:
    return Anchor(
        clause=record.text("clause", required=False),
        place=record.place(required=False),
        grade=record.grade(default=Grade.PENDING),
    )


def _seat(record: Record, key: str) -> Seat | None:
    return None if record.raw(key) in (None, DECIDED) else record.choice(key, Seat)


def _stage(record: Record) -> RouteStage:
    decided = record.raw("registered_at") == DECIDED
    certificate = record.text("certificate", required=False)
    stage = RouteStage(
        stage=record.choice("stage", Stage),
        years=record.whole("years", required=False),
        studies_at=record.choice("studies_at", Seat),
        studies_at_by_cohort=tuple(map(_seat_by_cohort, record.records("studies_at_by_cohort"))),
        decided=decided,
        registered_at=_seat(record, "registered_at"),
        certificate="" if decided else certificate,
        issued_by=_seat(record, "issued_by"),
        anchor=_anchor(record),
    )
    record.done()
    return stage


def _seat_by_cohort(record: Record) -> SeatByCohort:
    part = SeatByCohort(
        cohorts=record.wholes("cohorts", required=True),
        value=record.choice("value", Seat),
        anchor=_anchor(record),
        note=record.text("note", required=False),
    )
    record.done()
    return part


def _condition(record: Record) -> Condition:
    part = Condition(text=record.text("text"), years=record.wholes("holds_for"), anchor=_anchor(record))
    record.done()
    return part


def _branch(record: Record) -> Branch:
    part = Branch(
        when=record.text("when"), then=record.text("then"), holds=record.text("holds"), anchor=_anchor(record)
    )
    record.done()
    return part


def _one_way(record: Record) -> OneWay:
    part = OneWay(text=record.text("text"), anchor=_anchor(record))
    record.done()
    return part


def _rate(record: Record) -> Rate:
    texts = ("name", "value", "unit", "year", "population", "destination", "exclusions", "claimant")
    record.number("value")
    part = Rate(
        **{name: record.text(name) for name in texts},
        numerator=record.whole("numerator", required=False),
        denominator=record.whole("denominator", required=False),
        place=record.place() or NOWHERE,
        grade=record.grade(),
    )
    record.done()
    return part


def _school(record: Record) -> RouteSchool:
    part = RouteSchool(
        name=record.text("name"),
        majors=record.texts("majors"),
        year=record.text("year"),
        place=record.place() or NOWHERE,
        grade=record.grade(),
    )
    record.done()
    return part


def _ask(record: Record) -> Ask:
    part = Ask(text=record.text("text"), place=record.place(required=False))
    record.done()
    return part


def _existed(record: Record) -> Existed:
    part = Existed(
        text=record.text("text"),
        cohorts=record.wholes("cohorts"),
        place=record.place() or NOWHERE,
        grade=record.grade(default=Grade.PENDING),
    )
    record.done()
    return part
