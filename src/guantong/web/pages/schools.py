"""Schools: search by name, kind and district; one school with its names, years, partners and stopped majors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guantong.errors import InputRefused, Problem
from guantong.pathways.catalogue import LISTED, NOT_COVERED, NOT_LISTED, recruiting, school_json
from guantong.pathways.history import history, history_json
from guantong.pathways.planner import Desk
from guantong.registry import Institution, InstitutionKind, Plans, Programme
from guantong.web.forms import Choice
from guantong.web.page import Asked, Page

RECRUITING = {LISTED: "列入", NOT_LISTED: "未列入", NOT_COVERED: "该年未收录"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One school of the list, with its years in words."""

    school: Institution
    years: tuple[tuple[str, str], ...]
    alias: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """Majors of an earlier year that the newest comparable plan no longer prints."""

    year: int
    newest: int
    rows: tuple[Programme, ...]


def schools_page(asked: Asked) -> Page:
    """Return the schools whose names hold the words, of a kind, of a district; unknown districts last."""
    asked.only("words", "kind", "district")
    desk, sources = asked.desk.parts, asked.desk.contents.sources
    words, kind, district = asked.one("words"), _kind(asked), _district(asked, desk)
    found = find_schools(desk, words=words, kind=kind, district=district)
    return Page(
        title="学校名录",
        template="guantong/schools.html",
        context={
            "entries": tuple(_entry(school, desk, words) for school in found),
            "whole_count": len(desk.registry.institutions),
            "years": desk.plans.years,
            "words": words,
            "near": tuple(filter(None, map(desk.registry.named, desk.registry.near(words)))) if not found else (),
            "kinds": (
                Choice("", "全部类别", not kind),
                *(Choice(k.value, k.label, k is kind) for k in InstitutionKind),
            ),
            "districts": (
                Choice("", "全部区", not district),
                *(Choice(name, label, name == district) for name, label in desk.registry.districts.items()),
            ),
            "narrowed": bool(words or kind or district),
        },
        data=lambda: [school_json(school, desk, sources) for school in found],
    )


def find_schools(
    desk: Desk, *, words: str = "", kind: InstitutionKind | None = None, district: str = ""
) -> tuple[Institution, ...]:
    """Return the institutions that fit; those whose district is not known come last, never left out."""
    fitting = [
        school
        for school in desk.registry.institutions.values()
        if all(any(word in name for name in school.names) for word in words.split())
        and (kind is None or school.kind is kind)
        and (not district or school.district in (district, ""))
    ]
    return tuple(sorted(fitting, key=lambda school: bool(district) and not school.district))


def school_page(asked: Asked, school: str) -> Page:
    """Return one school: who it is, what it recruits for in which year, with whom, and what has stopped."""
    asked.only()
    desk, sources = asked.desk.parts, asked.desk.contents.sources
    found = desk.registry[school]
    plans = desk.plans
    own = [row for row in plans.programmes.values() if row.school_id == found.id]
    as_partner = [row for row in plans.programmes.values() if row.partner_id == found.id]
    stopped = stopped_majors(found.id, plans)
    series = history(plans, found.id)
    projects = [row for row in asked.desk.contents.projects.all if found.id in (row.school_id, row.partner_id)]
    partnerships = [part for part in asked.desk.contents.partnerships if part.school_id == found.id]
    return Page(
        title=found.name,
        template="guantong/school.html",
        context={
            "school": found,
            "years": _years(found, desk),
            "by_year": _by_year(own, plans),
            "partner_years": _by_year(as_partner, plans),
            "stopped": stopped,
            "apart": tuple(filter(None, map(desk.registry.get, found.apart_from))),
            "history": series,
            "projects": projects,
            "partnerships": partnerships,
        },
        data=lambda: {
            **school_json(found, desk, sources),
            "programmes": [row.as_json(sources) for row in own],
            "as_partner": [row.as_json(sources) for row in as_partner],
            "stopped": [
                {"year": part.year, "newest": part.newest, "programmes": [row.id for row in part.rows]}
                for part in stopped
            ],
            "history": history_json(series, sources),
            "projects": [row.as_json(sources) for row in projects],
            "partnerships": [part.as_json(sources) for part in partnerships],
        },
    )


def stopped_majors(school: str, plans: Plans) -> tuple[Stopped, ...]:
    """Return, per earlier year comparable with the newest, the printed majors that the newest lacks."""
    newest = plans.newest()
    if newest is None:
        return ()
    still = {
        name for row in plans.year(newest).programmes if row.school_id == school for name in (row.major, *row.majors)
    }
    found = []
    for year in plans.years:
        if year != newest and plans.comparable(year, newest):
            gone = {
                row.major: row
                for row in reversed(plans.year(year).programmes)
                if row.school_id == school and not still & {row.major, *row.majors}
            }
            found += [Stopped(year, newest, tuple(reversed(gone.values())))] if gone else []
    return tuple(found)


def _entry(school: Institution, desk: Desk, words: str) -> Entry:
    alias = next((name for name in school.names[1:] if words and words in name and words not in school.name), "")
    return Entry(school, _years(school, desk), alias)


def _years(school: Institution, desk: Desk) -> tuple[tuple[str, str], ...]:
    return tuple((year, RECRUITING[said]) for year, said in recruiting(school, desk).items())


def _by_year(rows: Iterable[Programme], plans: Plans) -> tuple[tuple[int, tuple[Programme, ...]], ...]:
    kept = tuple(rows)
    years = ((year, tuple(row for row in kept if row.year == year)) for year in reversed(plans.years))
    return tuple((year, found) for year, found in years if found)


def _kind(asked: Asked) -> InstitutionKind | None:
    text = asked.one("kind")
    kinds = {name: kind for kind in InstitutionKind for name in (kind.value, kind.label)}
    if text and text not in kinds:
        rule = f"只能是 {'、'.join(kind.label for kind in InstitutionKind)} 之一"
        raise InputRefused([Problem(column="kind", value=text[:40], rule=rule, remedy="请改为其中之一。")])
    return kinds.get(text)


def _district(asked: Asked, desk: Desk) -> str:
    text = asked.one("district")
    found = desk.registry.district_id(text) if text else ""
    if found is None:
        names = "、".join(desk.registry.districts.values())
        raise InputRefused([Problem(column="district", value=text[:40], rule="没有这个区", remedy=f"可填：{names}。")])
    return found
