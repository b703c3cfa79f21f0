"""The catalogue (名录页): programmes, years, schools, routes and sources as JSON data for every door."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from guantong.errors import InputRefused, Problem
from guantong.evidence import Place, Source
from guantong.pathways.answers import route_json
from guantong.pathways.ladder import ladder
from guantong.pathways.listing import Criterion, Filters, Wishes, listed, narrowed
from guantong.pathways.planner import Desk
from guantong.policies.inputs import number_or_none, unknown_names
from guantong.registry import Institution, Programme, ProjectType

Sources = Mapping[str, Source]
FILTERS = ("year", "type", "school", "partner", "district", "category", "words", "sort")
"""Every filter of the list of programmes; the CLI's names."""
LISTED, NOT_LISTED, NOT_COVERED = "listed", "not_listed", "not_covered"
_LONGEST, _SHOWN = 80, 20
_NO_SUCH = {"type": "没有这个类别", "sort": "没有这种次序", "district": "没有这个区", "category": "没有这个专业方向"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeQuery:
    """A year, filters and an order, all of them known to exist."""

    year: int
    filters: Filters
    sort: Criterion


def read_filters(given: Mapping[str, Sequence[str]], desk: Desk) -> ProgrammeQuery:
    """Return a query from raw texts; raise `InputRefused` with every problem at once.

    A year without a plan raises `YearNotLoaded`.
    """
    problems = unknown_names(given, FILTERS)
    texts = {name: [text.strip() for text in given.get(name, ()) if text.strip()] for name in FILTERS}
    problems += _shape_problems(texts)
    one = {name: found[0] if found else "" for name, found in texts.items()}
    year = number_or_none(one["year"]) if one["year"] else Decimal(desk.plans.newest() or 0)
    if year is None or year != int(year):
        problems.append(_problem("year", one["year"], "年份应是数字", "例如 2025。"))
    district = desk.registry.district_id(one["district"]) if one["district"] else ""
    choices = {
        "type": [kind.value for kind in ProjectType],
        "sort": [part.value for part in Criterion],
        "district": [] if district is None else [one["district"]],
        "category": [name for part in desk.interests for name in (part.title, part.id)],
    }
    offered = {
        "district": tuple(desk.registry.districts.values()),
        "category": tuple(part.title for part in desk.interests),
    }
    for name, allowed in choices.items():
        if one[name] and one[name] not in allowed:
            remedy = f"可填：{'、'.join(offered.get(name, tuple(allowed)))}。"
            problems.append(_problem(name, one[name], _NO_SUCH[name], remedy))
    if problems:
        raise InputRefused(problems)
    filters = {name: one[name] for name in ("school", "type", "partner", "category", "words")}
    return ProgrammeQuery(
        year=desk.plans.year(int(year or 0)).year,
        filters=Filters(**filters, district=district or ""),
        sort=Criterion(one["sort"]) if one["sort"] else Criterion.PLAN,
    )


def _shape_problems(texts: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    """Report filters that are given twice, and texts that are too long."""
    for name, found in texts.items():
        if len(set(found)) > 1:
            yield _problem(name, "、".join(found), "这一项只能填一个", "请只留一个。")
        elif found and len(found[0]) > _LONGEST:
            yield _problem(name, found[0], "太长了", f"请不要超过 {_LONGEST} 个字。")


def _problem(name: str, value: str, rule: str, remedy: str) -> Problem:
    return Problem(column=name, value=value[:_SHOWN], rule=rule, remedy=remedy)


def find_programmes(query: ProgrammeQuery, desk: Desk) -> tuple[Programme, ...]:
    """Return the programmes that a query means, in its order; unknown districts and categories last."""
    rows = narrowed(
        desk.plans.year(query.year).programmes, query.filters, registry=desk.registry, interests=desk.interests
    )
    if query.sort is Criterion.PLAN:
        return rows
    wishes = Wishes(district=query.filters.district)
    ordered = listed(rows, wishes, query.sort, registry=desk.registry, interests=desk.interests)
    return tuple(row.programme for row in ordered)


def programmes_json(query: ProgrammeQuery, desk: Desk, sources: Sources) -> list[dict[str, object]]:
    """Return `programmes --json`: an array of rows, names as printed."""
    return [programme.as_json(sources) for programme in find_programmes(query, desk)]


def years_json(desk: Desk, sources: Sources) -> list[dict[str, object]]:
    """Return `plans --json`: what the sources say of every year, and what its loaded plan covers."""
    return [_year_json(year, desk, sources) for year in sorted({*desk.plans.figures, *desk.plans.files}, reverse=True)]


def schools_json(desk: Desk, sources: Sources, *, words: str = "") -> list[dict[str, object]]:
    """Return every institution whose names hold all of the words."""
    found = (
        school
        for school in desk.registry.institutions.values()
        if all(any(word in name for name in school.names) for word in words.split())
    )
    return [school_json(school, desk, sources) for school in found]


def school_json(school: Institution, desk: Desk, sources: Sources) -> dict[str, object]:
    """Return one institution: names, kind, supervisor, district, and in which years the plans list it."""
    return {
        "id": school.id,
        "name": school.name,
        "aliases": list(school.aliases),
        "former_names": [
            {
                "name": part.name,
                "until": part.until or None,
                "note": part.note or None,
                "place": _place(part.place, sources),
            }
            for part in school.former
        ],
        "kind": school.kind.value,
        "kind_text": school.kind.label,
        "district": school.district or None,
        "district_name": desk.registry.district_name(school.district) or None,
        "district_basis": school.district_basis.value if school.district_basis else None,
        "supervisors": [
            {"kind": part.kind.value, "text": part.kind.label, "since": part.since or None, "until": part.until or None}
            for part in school.supervision
        ],
        "recruiting": recruiting(school, desk),
        "apart_from": list(school.apart_from),
        "note": school.note or None,
        "place": _place(school.place, sources),
    }


def recruiting(school: Institution, desk: Desk) -> dict[str, str]:
    """Return per loaded year whether the plan lists the school: listed, not listed, or its type not covered."""
    said = {}
    for year, file in desk.plans.files.items():
        if any(row.school_id == school.id for row in file.programmes):
            said[str(year)] = LISTED
        else:
            said[str(year)] = NOT_LISTED if all(file.covers(kind) for kind in ProjectType) else NOT_COVERED
    return said


def routes_json(desk: Desk, sources: Sources) -> list[dict[str, object]]:
    """Return every route, its decided parts by the newest loaded year."""
    newest = desk.plans.newest()
    return [route_json(route, ladder(route, desk.book, newest), sources) for route in desk.routes.all]


def sources_json(sources: Sources) -> list[dict[str, object]]:
    """Return every cited document."""
    names = ("id", "number", "title", "issuer", "date", "address", "note")
    return [
        {name: getattr(source, name) or None for name in names}
        | {"grade": source.grade.value, "grade_text": source.grade.label}
        for source in sources.values()
    ]


def _year_json(year: int, desk: Desk, sources: Sources) -> dict[str, object]:
    figures, file = desk.plans.figures.get(year), desk.plans.files.get(year)
    covered = [kind for kind in ProjectType if file and file.covers(kind)]
    return {
        "year": year,
        "readiness": desk.plans.readiness(year).value,
        "coverage": {kind.value: "by_major" if kind in covered else "none" for kind in ProjectType},
        "coverage_text": "、".join(kind.label for kind in covered) or "未载入",
        "document": file.document if file else None,
        "note": (file.note if file else "") or (figures.note if figures else "") or None,
        "control_totals": [
            {"what": total.what, "type": total.type, "value": total.value, "place": _place(total.place, sources)}
            for total in (file.control_totals if file else ())
        ],
        **{
            kind: [figure.as_json(sources) for figure in (getattr(figures, kind) if figures else ())]
            for kind in ("totals", "floors", "paper_totals", "batches", "choices")
        },
    }


def _place(place: Place | None, sources: Sources) -> dict[str, object] | None:
    return place.as_json(sources.get(place.document)) if place else None
