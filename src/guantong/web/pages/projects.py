"""3+2 projects: one printed line each, by list, with what the list covers; never in a plan's totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guantong.pathways.project_list import FILTERS, find_projects, projects_json, read_project_query
from guantong.registry.projects import THREE_PLUS_TWO, TYPE_LABEL
from guantong.web.forms import Choice
from guantong.web.page import Asked, Page


def projects_page(asked: Asked) -> Page:
    """Return the projects that fit, newest list first."""
    contents, parts = asked.desk.contents, asked.desk.parts
    query = read_project_query(
        asked.given, projects=contents.projects, registry=parts.registry, interests=parts.interests
    )
    found = find_projects(query, projects=contents.projects, registry=parts.registry, interests=parts.interests)
    files = [
        (file, tuple(row for row in found if row.file == file.id))
        for file in sorted(contents.projects.files.values(), key=lambda file: -file.year)
    ]
    return Page(
        title=f"{TYPE_LABEL}项目",
        template="guantong/projects.html",
        context={
            "files": files,
            "count": len(found),
            "whole": len(contents.projects.all),
            "narrowed": any(text.strip() for texts in asked.given.values() for text in texts),
            "choices": _choices(asked, asked.given),
            "words": query.words,
            "route": parts.routes[THREE_PLUS_TWO],
        },
        data=lambda: projects_json(found, contents.projects, contents.sources),
    )


def _choices(asked: Asked, given: Mapping[str, Sequence[str]]) -> dict[str, tuple[Choice, ...]]:
    contents, parts = asked.desk.contents, asked.desk.parts
    files = contents.projects.files.values()
    rows = contents.projects.all
    options: dict[str, list[tuple[str, str]]] = {
        "file": [("", "全部名单"), *((file.id, f"{file.year} 年{file.covers.label}") for file in files)],
        "school": [("", "全部学校"), *((name, name) for name in dict.fromkeys(row.school for row in rows))],
        "partner": [("", "全部高职"), *((name, name) for name in dict.fromkeys(row.partner for row in rows))],
        "district": [("", "全部区"), *parts.registry.districts.items()],
        "category": [("", "全部方向"), *((part.title, part.title) for part in parts.interests)],
    }
    chosen = {name: next(iter(given.get(name, ())), "").strip() for name in FILTERS}
    return {
        name: tuple(Choice(value, label, chosen[name] in (value, label)) for value, label in pairs)
        for name, pairs in options.items()
    }
