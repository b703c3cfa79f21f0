"""Comparing: up to three routes, programmes or 3+2 projects side by side; adding and removing are addresses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from guantong.pathways.compare import MOST, Comparison, compare, compare_json
from guantong.pathways.compare_points import Subject
from guantong.web.desk import PublicDesk, public_desk
from guantong.web.forms import Choice, Group
from guantong.web.page import Asked, Page

KINDS = ("route", "programme", "project")
_PAGES = {"route": "/routes/", "programme": "/programmes/"}


@dataclass(frozen=True, slots=True)
class Column:
    """One thing that is compared: where it is told in full, and the address of the page without it."""

    subject: Subject
    href: str
    without: str


def compare_page(asked: Asked) -> Page:
    """Return the comparison; where nothing is named, that of the first routes."""
    asked.only(*KINDS)
    desk = asked.desk
    named = [(kind, text) for kind in KINDS for text in _texts(asked, kind)]
    pairs = named or [("route", route.id) for route in desk.parts.routes.all[:MOST]]
    found = compare([name for _, name in pairs], desk.parts, desk.contents.projects)
    return Page(
        title="对照",
        template="guantong/compare.html",
        context={
            "found": found,
            "columns": _columns(found, pairs),
            "chosen": named,
            "room": MOST - len(pairs) if named else 0,
            "most": MOST,
            "example": not named,
            "routes": _routes(desk),
            "programmes": programme_groups(),
            "projects": project_groups(),
        },
        data=lambda: compare_json(found, desk.contents.sources),
    )


@lru_cache(maxsize=1)
def programme_groups() -> tuple[Group, ...]:
    """Return every programme to choose from, newest year first."""
    files = reversed(tuple(public_desk().parts.plans.files.values()))
    return tuple(
        Group(f"{file.year} 年", tuple(Choice(row.id, f"{row.school} {row.major}", False) for row in file.programmes))
        for file in files
    )


@lru_cache(maxsize=1)
def project_groups() -> tuple[Group, ...]:
    """Return every 3+2 project to choose from, list by list."""
    return tuple(
        Group(
            f"{file.year} 年，{file.covers.label}",
            tuple(Choice(row.id, f"{row.school} {row.major}", False) for row in file.projects),
        )
        for file in public_desk().contents.projects.files.values()
    )


def _texts(asked: Asked, kind: str) -> list[str]:
    return [text.strip() for text in asked.given.get(kind, ()) if text.strip()]


def _routes(desk: PublicDesk) -> tuple[Choice, ...]:
    return tuple(Choice(route.id, route.title, False) for route in desk.parts.routes.all)


def _columns(found: Comparison, pairs: list[tuple[str, str]]) -> tuple[Column, ...]:
    columns = []
    for place, subject in enumerate(found.subjects):
        others = [pair for number, pair in enumerate(pairs) if number != place]
        without = f"/compare?{urlencode(others)}" if others else ""
        columns.append(Column(subject, _told_at(subject), without))
    return tuple(columns)


def _told_at(subject: Subject) -> str:
    """Return the address of the page that tells of a subject in full: a project stands in its list."""
    if subject.project:
        return f"/projects?{urlencode({'file': subject.project.file})}#project-{subject.id}"
    return f"{_PAGES[subject.kind]}{subject.id}"
