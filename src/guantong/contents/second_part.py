"""The second part of the family desk (第二部分): projects, partnerships, calendar, claims; a package may lack any."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from guantong.contents.claims import read_claim
from guantong.contents.files import Files
from guantong.contents.project_files import FOLDER, ListFacts, read_projects
from guantong.contents.references import Known, repeated
from guantong.contents.told import partnership_problems, read_calendar, read_partnership
from guantong.errors import Problem
from guantong.pathways.calendar import Calendar
from guantong.pathways.claims import Claims
from guantong.registry import Partnership, Projects, Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a claim's check may name."""

    books: Collection[str]
    routes: Collection[str]
    schools: Collection[str]


def load_projects(files: Files, known: Known, registry: Registry, problems: list[Problem]) -> Projects:
    """Return every list of 3+2 projects."""
    if not files.has(FOLDER):
        return Projects(())
    names = {*files.names(FOLDER, ".yaml", problems), *files.names(FOLDER, ".csv", [])}
    lists = []
    for name in sorted(names):
        sidecar = files.record(f"{FOLDER}/{name}.yaml", problems, known)
        table = files.text(f"{FOLDER}/{name}.csv", problems)
        if sidecar is not None and table is not None:
            documents: Collection[str] = known.names["document"]
            lists.append(read_projects(table, sidecar, ListFacts(file=name, registry=registry, documents=documents)))
    problems += repeated((project.id for part in lists for project in part.projects), FOLDER)
    return Projects(lists)


def load_partnerships(
    files: Files, known: Known, registry: Registry, problems: list[Problem]
) -> tuple[Partnership, ...]:
    """Return every partnership in the order of the file."""
    file = "partnerships.yaml"
    if not files.has(file):
        return ()
    parts = tuple(map(read_partnership, files.records(file, problems, known)))
    problems += repeated((part.id for part in parts), file)
    problems += partnership_problems(parts, registry, file)
    return parts


def load_calendar(files: Files, known: Known, problems: list[Problem]) -> Calendar:
    """Return the calendar."""
    file = "calendar.yaml"
    if not files.has(file):
        return Calendar(kinds=())
    calendar = read_calendar(files.records(file, problems, known))
    problems += repeated((kind.id for kind in calendar.kinds), file)
    return calendar


def load_claims(files: Files, known: Known, named: Named, problems: list[Problem]) -> Claims:
    """Return every claim; what its check names must be on record."""
    file = "claims.yaml"
    if not files.has(file):
        return Claims(())
    claims = Claims(read_claim(record) for record in files.records(file, problems, known))
    problems += repeated((claim.id for claim in claims.all), file)
    for claim in claims.all:
        for key, names in (("book", named.books), ("route", named.routes), ("school", named.schools)):
            name = getattr(claim.check, key, None)
            if name is not None and name not in names:
                column, rule = f"{claim.id} › recompute › {key}", "没有这个编号"
                problems.append(Problem(file=file, column=column, value=name, rule=rule, remedy="请核对编号。"))
    return claims
