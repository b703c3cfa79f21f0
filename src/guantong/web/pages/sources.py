"""Sources: every document that is cited, and what of it is used here."""

from __future__ import annotations

from collections import Counter

from guantong.errors import SourceUnknown
from guantong.evidence import Grade
from guantong.facts import Attribute, FactTable
from guantong.pathways.catalogue import sources_json
from guantong.pathways.routes import Route
from guantong.web.page import Asked, Page


def sources_page(asked: Asked) -> Page:
    """Return every cited document, strongest grade first."""
    asked.only()
    sources = asked.desk.contents.sources
    return Page(
        title="引用的文件",
        template="guantong/sources.html",
        context={
            "groups": [
                (grade, found)
                for grade in Grade
                if (found := [source for source in sources.values() if source.grade is grade])
            ]
        },
        data=lambda: sources_json(sources),
    )


def source_page(asked: Asked, source: str) -> Page:
    """Return one document: what it is, where it can be read, and what rests on it."""
    asked.only()
    contents, parts = asked.desk.contents, asked.desk.parts
    if source not in contents.sources:
        raise SourceUnknown(source)
    found = contents.source(source)
    clauses = [clause for clause in parts.book.clauses.values() if clause.place.document == found.id]
    files = [file for file in parts.plans.files.values() if file.document == found.id]
    years = [
        year.year
        for year in parts.plans.figures.values()
        if any(
            figure.place.document == found.id
            for kind in (year.totals, year.floors, year.paper_totals, year.batches, year.choices)
            for figure in kind
        )
    ]
    routes = [route for route in parts.routes.all if found.id in _documents(route)]
    stated = _stated(contents.facts, found.id)
    return Page(
        title=found.short,
        template="guantong/source.html",
        context={
            "source": found,
            "clauses": clauses,
            "files": files,
            "figure_years": years,
            "routes": routes,
            "stated": stated,
        },
        data=lambda: {
            **next(row for row in sources_json({found.id: found})),
            "clauses": [clause.id for clause in clauses],
            "plans": [file.year for file in files],
            "figures": years,
            "routes": [route.id for route in routes],
            "facts": {attribute.id: count for attribute, count in stated},
        },
    )


def _stated(table: FactTable, document: str) -> list[tuple[Attribute, int]]:
    """Return what a document states, with how many figures, changes among them."""
    counted = Counter(fact.attribute.partition(".")[0] for fact in table if fact.place.document == document)
    return [(attribute, counted[name]) for name, attribute in table.words.attributes.items() if counted[name]]


def _documents(route: Route) -> set[str]:
    """Return the documents that a route's statements stand in."""
    anchors = [stage.anchor for stage in route.stages]
    anchors += [part.anchor for part in route.conditions]
    anchors += [part.anchor for part in (*route.branches, route.worst_case)]
    anchors += [part.anchor for part in route.one_way]
    places = [anchor.place for anchor in anchors]
    places += [route.existed.place, *(rate.place for rate in route.rates)]
    places += [*(school.place for school in route.schools), *(ask.place for ask in route.ask)]
    return {place.document for place in places if place}
