"""Finding 3+2 projects: filters over the lists, each answer with the coverage of its list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from guantong.errors import InputRefused, Problem
from guantong.evidence import Source
from guantong.pathways.interests import Interest
from guantong.policies.inputs import unknown_names
from guantong.registry import Project, ProjectFile, Projects, Registry
from guantong.registry.projects import THREE_PLUS_TWO, TYPE_LABEL

FILTERS = ("file", "year", "school", "partner", "district", "category", "words")
"""Every filter of the list of projects; the same names as for programmes where they mean the same."""
_LONGEST, _SHOWN = 80, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectQuery:
    """What the lists are narrowed to; empty means no narrowing."""

    file: str = ""
    year: str = ""
    school: str = ""
    partner: str = ""
    district: str = ""
    category: str = ""
    words: str = ""


def read_project_query(
    given: Mapping[str, Sequence[str]], *, projects: Projects, registry: Registry, interests: Sequence[Interest]
) -> ProjectQuery:
    """Return a query from raw texts; raise `InputRefused` with every problem at once."""
    problems = unknown_names(given, FILTERS)
    texts = {name: [text.strip() for text in given.get(name, ()) if text.strip()] for name in FILTERS}
    for name, found in texts.items():
        if len(set(found)) > 1:
            problems.append(_problem(name, "、".join(found), "这一项只能填一个", "请只留一个。"))
        elif found and len(found[0]) > _LONGEST:
            problems.append(_problem(name, found[0], "太长了", f"请不要超过 {_LONGEST} 个字。"))
    one = {name: found[0] if found else "" for name, found in texts.items()}
    choices = {
        "file": list(projects.files),
        "year": [str(file.year) for file in projects.files.values()],
        "category": [name for part in interests for name in (part.title, part.id)],
    }
    for name, allowed in choices.items():
        if one[name] and one[name] not in allowed:
            problems.append(_problem(name, one[name], "没有这一项", f"可填：{'、'.join(dict.fromkeys(allowed))}。"))
    district = registry.district_id(one["district"]) if one["district"] else ""
    if district is None:
        names = "、".join(registry.districts.values())
        problems.append(_problem("district", one["district"], "没有这个区", f"可填：{names}。"))
    if problems:
        raise InputRefused(problems)
    return ProjectQuery(**{**one, "district": district or ""})


def find_projects(
    query: ProjectQuery, *, projects: Projects, registry: Registry, interests: Sequence[Interest]
) -> tuple[Project, ...]:
    """Return the projects that a query means, newest list first; those of an unknown district come last."""
    found: list[Project] = []
    unknown: list[Project] = []
    for file in sorted(projects.files.values(), key=lambda part: -part.year):
        for project in file.projects:
            if not _passes(project, query, registry, interests):
                continue
            fits = _district_fits(project, query, registry)
            if fits is not False:
                (unknown if fits is None else found).append(project)
    return (*found, *unknown)


def projects_json(found: Sequence[Project], projects: Projects, sources: Mapping[str, Source]) -> dict[str, object]:
    """Return `projects --json`: the rows, and what each list covers; no count of them is a plan's total."""
    return {
        "type": THREE_PLUS_TWO,
        "type_text": TYPE_LABEL,
        "files": [_file_json(file, sources) for file in projects.files.values()],
        "projects": [project.as_json(sources) for project in found],
    }


def _file_json(file: ProjectFile, sources: Mapping[str, Source]) -> dict[str, object]:
    return {
        "id": file.id,
        "year": file.year,
        "document": file.document,
        "grade": file.grade.value,
        "covers": file.covers.value,
        "covers_text": file.covers.label,
        "scope": file.scope,
        "coverage": file.coverage,
        "note": file.note or None,
        "control_total": {
            "value": file.control_total,
            "place": file.control_place.as_json(sources.get(file.control_place.document)),
        },
        "count": len(file.projects),
    }


def _passes(project: Project, query: ProjectQuery, registry: Registry, interests: Sequence[Interest]) -> bool:
    text = " ".join((project.major, project.school, project.partner, project.partner_major)).lower()
    return (
        (not query.file or project.file == query.file)
        and (not query.year or str(project.year) == query.year)
        and (not query.school or query.school in _names(project.school, project.school_id, registry))
        and (not query.partner or query.partner in _names(project.partner, project.partner_id, registry))
        and (not query.category or _of_category(project, query.category, interests))
        and all(word.lower() in text for word in query.words.split())
    )


def _names(printed: str, name: str, registry: Registry) -> Iterator[str]:
    school = registry.get(name)
    yield from (printed, name, *(school.names if school else ()))


def _of_category(project: Project, category: str, interests: Sequence[Interest]) -> bool:
    """Match a direction by its words in the major's name; no code is printed in these lists."""
    interest = next(part for part in interests if category in (part.id, part.title))
    return any(word in project.major for word in interest.words)


def _district_fits(project: Project, query: ProjectQuery, registry: Registry) -> bool | None:
    if not query.district:
        return True
    school = registry.get(project.school_id)
    return None if school is None or not school.district else school.district == query.district


def _problem(name: str, value: str, rule: str, remedy: str) -> Problem:
    return Problem(column=name, value=value[:_SHOWN], rule=rule, remedy=remedy)
