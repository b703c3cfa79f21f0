"""Comparing (对照): up to three routes, programmes or 3+2 projects, point by point, each cell with its evidence."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from guantong.errors import InputRefused, Problem
from guantong.evidence import Source
from guantong.pathways.compare_points import POINTS, Item, Subject
from guantong.pathways.ladder import Rung, ladder
from guantong.pathways.planner import Desk
from guantong.pathways.routes import Route, Seat
from guantong.policies.answers import carried_clauses
from guantong.registry import Programme, Projects
from guantong.registry.projects import THREE_PLUS_TWO

MOST = 3
MIXED_YEARS = "这里有不同年份的内容，各按自己那一年的规定；人数和分数不能跨年相比"
MIXED_TYPES = "七年的贯通与 3+2、五年制不是一类，人数不能相加"
SINGLE = "有项目由一所本科高校独立承担各段，学籍注册和发证单位通知没有单独写，请看当年招生简章"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One point of comparison: its cells in the order of the subjects; an empty cell is not in our sources."""

    id: str
    label: str
    cells: tuple[tuple[Item, ...], ...]

    @property
    def differs(self) -> bool:
        """Tell whether the subjects differ in this point."""
        return len({tuple(item.text for item in cell) for cell in self.cells}) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The subjects, the rows, and what must be said beside them."""

    cohort: int | None
    subjects: tuple[Subject, ...]
    rows: tuple[Row, ...]
    notices: tuple[str, ...]


def compare(names: Sequence[str], desk: Desk, projects: Projects, *, cohort: int | None = None) -> Comparison:
    """Return the comparison of one to three ids of routes, programmes or projects.

    A programme or project is shown by its own year, a route by `cohort`, or by the newest year with a
    plan. Raises `InputRefused` with every problem at once.
    """
    asked = [name.strip() for name in names if name.strip()]
    if problems := list(_problems(asked, desk, projects)):
        raise InputRefused(problems)
    year = cohort if cohort is not None else desk.plans.newest()
    subjects = tuple(_subject(name, desk, projects, year) for name in asked)
    rows = tuple(
        Row(id=name, label=label, cells=tuple(tuple(point(subject, desk)) for subject in subjects))
        for name, label, point in POINTS
    )
    return Comparison(cohort=year, subjects=subjects, rows=rows, notices=tuple(_notices(subjects, desk)))


def compare_json(comparison: Comparison, sources: Mapping[str, Source]) -> dict[str, object]:
    """Return `compare --json`."""
    return {
        "cohort": comparison.cohort,
        "subjects": [
            {"kind": part.kind, "id": part.id, "name": part.name, "year": part.year, "route": part.route.id}
            for part in comparison.subjects
        ],
        "rows": [
            {
                "id": row.id,
                "label": row.label,
                "differs": row.differs,
                "cells": [[item.as_json(sources) for item in cell] for cell in row.cells],
            }
            for row in comparison.rows
        ],
        "notices": list(comparison.notices),
    }


def _problems(asked: Sequence[str], desk: Desk, projects: Projects) -> Iterator[Problem]:
    known = [*(route.id for route in desk.routes.all), *desk.plans.programmes, *(part.id for part in projects.all)]
    if not asked:
        yield Problem(column="id", rule="还没有选要对照的内容", remedy=f"请选 1 到 {MOST} 项。")
    if len(asked) > MOST:
        rule = f"一次最多对照 {MOST} 项"
        yield Problem(column="id", value=str(len(asked)), rule=rule, remedy="请去掉几项。")
    if len(set(asked)) < len(asked):
        yield Problem(column="id", rule="同一项选了两次", remedy="请换成另一项。")
    for name in dict.fromkeys(asked):
        if name not in known:
            near = "、".join(difflib.get_close_matches(name, known, n=3))
            remedy = f"您要找的是不是：{near}？" if near else "请从路径、招生专业或 3+2 项目的列表里选。"
            yield Problem(column="id", value=name[:40], rule="没有这个编号", remedy=remedy)


def _subject(name: str, desk: Desk, projects: Projects, cohort: int | None) -> Subject:
    if name in projects:
        project = projects[name]
        route = desk.routes[THREE_PLUS_TWO]
        rungs = ladder(route, desk.book, project.year)
        title = f"{project.school}　{project.major}（{project.year} 年）"
        return Subject(
            kind="project", id=name, name=title, year=project.year, route=route, rungs=rungs, project=project
        )
    if programme := desk.plans.programmes.get(name):
        route = next(part for part in desk.routes.all if part.programme_type is programme.type)
        title = f"{programme.school}　{programme.major}（{programme.year} 年）"
        rungs = _rungs(route, programme, desk)
        return Subject(
            kind="programme", id=name, name=title, year=programme.year, route=route, rungs=rungs, programme=programme
        )
    route = desk.routes[name]
    rungs = ladder(route, desk.book, cohort)
    return Subject(kind="route", id=name, name=route.title, year=cohort, route=route, rungs=rungs)


def _rungs(route: Route, programme: Programme, desk: Desk) -> tuple[Rung, ...]:
    """Return a programme's ladder; where one university runs it all, who registers and certifies is not known."""
    if not _run_by_university(programme, desk):
        return ladder(route, desk.book, programme.year)
    rungs = ladder(route, desk.book, None)
    return tuple(replace(rung, studies_at=Seat.UNKNOWN) for rung in rungs)


def _run_by_university(programme: Programme, desk: Desk) -> bool:
    school = desk.registry.get(programme.school_id)
    return school is not None and bool(school.kind.partner_kind) and programme.school == programme.partner


def _notices(subjects: Sequence[Subject], desk: Desk) -> Iterator[str]:
    if len({subject.year for subject in subjects}) > 1:
        yield MIXED_YEARS
    if len({subject.route.programme_type is None for subject in subjects}) > 1:
        yield MIXED_TYPES
    if any(subject.programme and _run_by_university(subject.programme, desk) for subject in subjects):
        yield SINGLE
    decisions = [decision for subject in subjects for rung in subject.rungs for decision in rung.decisions]
    for notice in dict.fromkeys(clause.carried_notice for one in decisions for clause in carried_clauses(one)):
        yield f"{notice}。"
