"""What a yearly report is made of: the outline of its level, confirmed facts, accepted cases, the author's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guantong.actions import collection_state as state
from guantong.actions.books import CITY, DISTRICT, contents, organisation_title
from guantong.actions.clock import today
from guantong.actions.year_forms import SCOPES
from guantong.actions.yearly_figures import Figures, joint_figures, own_figures
from guantong.errors import InputRefused, OutlineUnknown, Problem
from guantong.evidence import Grade, Source
from guantong.facts import Fact, Words
from guantong.indicators.combining import Lack, way_of
from guantong.indicators.published import document_of
from guantong.reports.compliance import Compliance, check_compliance
from guantong.reports.outline import Level, YearlyOutline
from guantong.reports.slots import NO_SCOPE
from guantong.reports.yearly import Built, Case, Edition, build_yearly
from guantong.store import cases, collection, organisations
from guantong.store.cases import CaseStanding
from guantong.store.collection import Reached, SubmissionRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Bindable:
    """A number that an author may write: its name, of whom, how it is printed, and the slot to write."""

    name: str
    scope: str
    printed: str
    slot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A report as it would be signed now: built, checked, and whether the data behind it are confirmed."""

    outline: YearlyOutline
    built: Built
    compliance: Compliance
    confirmed: bool
    unconfirmed: tuple[str, ...]
    bindable: tuple[Bindable, ...] = ()

    def problems(self) -> list[Problem]:
        """Return everything that stands between the report and its signature."""
        found = [
            Problem(column=gap.where, value=gap.wanted, rule="没有唯一的内容", remedy=gap.candidates or "请补上。")
            for gap in (*self.compliance.missing, *self.compliance.ambiguous)
        ]
        found += [*self.compliance.structure, *self.compliance.personal]
        found += [
            Problem(column=organisation_title(name), rule="数据还没有确认", remedy="请走完填报流程，或列为免报。")
            for name in self.unconfirmed
        ]
        if not self.confirmed and not self.unconfirmed:
            remedy = "市级和区级年报在年度数据公布后签署；学校年报在市教委接收后签署。"
            found.append(Problem(rule="数据还没有公布", remedy=remedy))
        return found


def level_of(organisation: str) -> Level:
    """Return whose report an organisation's is."""
    if organisation == CITY:
        return Level.CITY
    return Level.DISTRICT if organisation.startswith(DISTRICT) else Level.SCHOOL


def is_outlined(organisation: str, year: int) -> bool:
    """Tell whether an outline serves an organisation's report of a year."""
    return any(one.serves(level_of(organisation), year) for one in contents().outlines)


def outline_of(organisation: str, year: int) -> YearlyOutline:
    """Return the outline of an organisation's report of a year; raise `OutlineUnknown`."""
    level = level_of(organisation)
    found = next((one for one in contents().outlines if one.serves(level, year)), None)
    if found is None:
        known = [f"{one.level.label} {one.since} 年" for one in contents().outlines]
        raise OutlineUnknown(f"{level.label} {year} 年", known)
    return found


def make(organisation: str, year: int, texts: Mapping[str, str]) -> Made:
    """Return a report of confirmed data; raise `InputRefused` where the author's words hold a digit of their own."""
    outline = outline_of(organisation, year)
    opened = collection.get_year(year)
    records = [one for one in collection.of_year(year, reached=_schools(organisation)) if not one.exempt]
    figures = _figures(organisation, year)
    edition = Edition(
        subject=organisation,
        name=_name(organisation),
        year=year,
        facts=figures.table,
        catalogue=state.catalogue(),
        sources={**contents().sources, **_sources(organisation, year, records)},
        on=today(),
        cases=_cases(organisation, year),
        texts=texts,
        asked=_asked(organisation, records, figures),
        lacking={key: lack.label for key, lack in figures.lacking.items()},
        hidden=figures.hidden,
    )
    built = build_yearly(outline, edition)
    open_ones = tuple(record.organisation for record in records if record.step)
    school = outline.level is Level.SCHOOL
    return Made(
        outline=outline,
        built=built,
        compliance=check_compliance(outline, built),
        confirmed=bool(records) and not open_ones and (school or opened.published_on is not None),
        unconfirmed=open_ones,
        bindable=tuple(
            _bindable(fact, figures.table.words)
            for fact in built.used
            if fact.subject == organisation and fact.period.year == year
        ),
    )


def _bindable(fact: Fact, words: Words) -> Bindable:
    codes = ",".join(sorted(fact.scope)) or NO_SCOPE
    return Bindable(
        name=words.attribute(fact.attribute).name,
        scope=words.scope_words(fact.scope),
        printed=fact.words,
        slot=f"{{{fact.attribute};{codes}}}",
    )


def check_texts(outline: YearlyOutline, texts: Mapping[str, str], longest: int) -> None:
    """Raise `InputRefused` where words are given for a place that the outline does not have, or are too long."""
    places = dict(outline.own_words())
    problems = [
        Problem(column=name[:40], rule="提纲里没有这一节", remedy="请删去。") for name in texts if name not in places
    ]
    problems += [
        Problem(column=places[name], rule=f"有 {len(text)} 字，不超过 {longest} 字", remedy="请写短一些。")
        for name, text in texts.items()
        if name in places and len(text) > longest
    ]
    if problems:
        raise InputRefused(problems)


def _figures(organisation: str, year: int) -> Figures:
    """Return the figures of a report; an authority's hide small counts and what would tell them."""
    level = level_of(organisation)
    if level is Level.SCHOOL:
        return own_figures()
    return joint_figures(organisation, year, _schools(organisation))


def _schools(organisation: str) -> Reached:
    """Return the organisations whose submissions a report speaks of; None for every one."""
    level = level_of(organisation)
    if level is Level.CITY:
        return None
    return organisations.below(organisation, today()) if level is Level.DISTRICT else frozenset({organisation})


def _asked(organisation: str, records: list[SubmissionRecord], figures: Figures) -> Mapping[str, frozenset[str]]:
    """Return by scope which indicators are looked for: a school's own, or what its stage's schools say together.

    A rate of nobody is not looked for.
    """
    if level_of(organisation) is Level.SCHOOL:
        own = [frozenset(_asked_of(record)) for record in records]
        return {"": own[0] if own else frozenset()}
    joint = {one.id for one in state.catalogue().indicators.values() if way_of(one)}
    found: dict[str, frozenset[str]] = {}
    for record in records:
        scope = SCOPES[record.stage]
        found[scope] = found.get(scope, frozenset()) | (frozenset(_asked_of(record)) & joint)
    nobody = {key for key, lack in figures.lacking.items() if lack is Lack.NOTHING}
    return {scope: frozenset(name for name in names if (name, scope) not in nobody) for scope, names in found.items()}


def _asked_of(record: SubmissionRecord) -> set[str]:
    exempt = state.form_of(record, {}).exempt
    return {one.id for one in state.catalogue().asked(record.year, record.stage)} - exempt


def _sources(organisation: str, year: int, records: list[SubmissionRecord]) -> Mapping[str, Source]:
    """Return the submissions behind a report as documents: of its year, and its own of the years before."""
    named = [(one, year) for one in dict.fromkeys((organisation, *(record.organisation for record in records)))]
    named += [(organisation, one) for one in collection.years() if one < year]
    return {document_of(*one): Source(id=document_of(*one), title=_title(*one), grade=Grade.OFFICIAL) for one in named}


def _title(organisation: str, year: int) -> str:
    if level_of(organisation) is Level.SCHOOL:
        return f"{_name(organisation)} {year} 年质量年报填报数据"
    return f"{_name(organisation)}各校 {year} 年质量年报填报数据的合计"


def _cases(organisation: str, year: int) -> tuple[Case, ...]:
    """Return the accepted cases of the schools that an authority's report speaks of."""
    level = level_of(organisation)
    if level is Level.SCHOOL:
        return ()
    found = cases.of_year(year, reached=_schools(organisation), standing=CaseStanding.ACCEPTED)
    return tuple(
        Case(school=organisation_title(one.organisation), title=one.title, text=one.text, chapter=one.chapter)
        for one in found
    )


def _name(organisation: str) -> str:
    """Return the name in a report's title: the city, the district, or the school."""
    if organisation == CITY:
        return contents().words.city
    if organisation.startswith(DISTRICT):
        return contents().districts.get(organisation.removeprefix(DISTRICT), organisation)
    return organisation_title(organisation)
