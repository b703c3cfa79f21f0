"""A contents package (内容包): files by name, parts loaded when they are first asked for.

Each part is validated whole; a part with a fault is refused with every fault listed, and none of
it is used.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar

from guantong.contents.agreement import disagreements
from guantong.contents.files import Files
from guantong.contents.institutions import (
    districts_by_id,
    institution_problems,
    read_institution,
    read_source,
    tiles_by_id,
)
from guantong.contents.lending import read_lending, root_of
from guantong.contents.plan_faults import PlanFacts
from guantong.contents.plan_files import read_figures, read_plan
from guantong.contents.references import Known, repeated
from guantong.contents.routes import load_interests, load_routes
from guantong.contents.rule_modules import read_rules
from guantong.contents.second_part import Named, load_calendar, load_claims, load_partnerships, load_projects
from guantong.errors import ContentsRefused, Problem, RulebookUnknown, SourceUnknown
from guantong.evidence import Source
from guantong.pathways.calendar import Calendar
from guantong.pathways.claims import Claims
from guantong.pathways.interests import Interest
from guantong.pathways.routes import Routes
from guantong.policies.build import RulebookFiles, build_rulebook, read_cases
from guantong.policies.canonical import book_from_data
from guantong.policies.cases import Case
from guantong.policies.rulebook import Rulebook
from guantong.registry import Partnership, Plans, Projects, Registry

if TYPE_CHECKING:  # what the family desk does not need is imported when it is asked for: its answer comes first
    from guantong.cohorts.invented import InventedCity
    from guantong.facts import FactTable, Words
    from guantong.indicators import Catalogue
    from guantong.indicators.grading import Rubric
    from guantong.indicators.invented import InventedYears
    from guantong.procedures import Procedure, ReportOutline
    from guantong.reports.outline import YearlyOutline

POLICIES, RELEASED = "policies", "released"
Part = TypeVar("Part")
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Contents:
    """Everything a contents package holds, as frozen objects of the rooms."""

    def __init__(self, package: str, layer: str = "") -> None:
        """Open a package by its importable name, with the text of a layer of published facts where there is one.

        Raises `ContentsMissing` where there is no package; the layer is read with the facts.
        """
        root = root_of(package)
        self.package = package
        self._layer = layer
        self._lending = read_lending(root)
        self._files = Files(root, self._lending.roots)
        self._rulebooks: dict[str, Rulebook] = {}

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Return every cited document by id; what a borrowed part cites stands with the lender."""
        problems: list[Problem] = []
        file = "sources.yaml"
        sources = list(Contents(self._lending.lender).sources.values()) if self._lending.lender else []
        sources += [read_source(record) for record in self._files.records(file, problems)]
        problems += repeated((source.id for source in sources), file)
        _refuse(problems)
        return {source.id: source for source in sources}

    def source(self, name: str) -> Source:
        """Return a document by id; raise `SourceUnknown`."""
        if name not in self.sources:
            raise SourceUnknown(name)
        return self.sources[name]

    @cached_property
    def districts(self) -> Mapping[str, str]:
        """Return the names of the districts by id."""
        problems: list[Problem] = []
        districts = districts_by_id(self._files.records("districts.yaml", problems))
        _refuse(problems)
        return districts

    @cached_property
    def tiles(self) -> Mapping[str, tuple[int, int]]:
        """Return row and column of the districts on the schematic map; empty where the package draws none."""
        return self._part(lambda problems: tiles_by_id(self._files.records("districts.yaml", problems)))

    @cached_property
    def registry(self) -> Registry:
        """Return every institution."""
        problems: list[Problem] = []
        file = "institutions.yaml"
        schools = [read_institution(record) for record in self._files.records(file, problems, self._documents)]
        problems += repeated((school.id for school in schools), file)
        problems += institution_problems(schools, self.districts, file)
        _refuse(problems)
        return Registry(schools, self.districts)

    @cached_property
    def plans(self) -> Plans:
        """Return every plan by major and the figures of every year."""
        problems: list[Problem] = []
        folder = "programmes"
        sidecars = self._files.names(folder, ".yaml", problems)
        files = []
        for year in sorted({*sidecars, *self._files.names(folder, ".csv", [])}):
            sidecar = self._files.record(f"{folder}/{year}.yaml", problems, self._documents)
            table = self._files.text(f"{folder}/{year}.csv", problems)
            if sidecar is not None and table is not None:
                facts = PlanFacts(year=year, registry=self.registry, documents=self.sources)
                files.append(read_plan(table, sidecar, facts))
        file = "plans.yaml"
        figures = [read_figures(record) for record in self._files.records(file, problems, self._documents)]
        problems += repeated((str(year.year) for year in figures), file)
        _refuse(problems)
        return Plans(files, figures)

    @cached_property
    def routes(self) -> Routes:
        """Return every route."""
        return self._part(partial(load_routes, self._files, self._everything))

    @cached_property
    def interests(self) -> tuple[Interest, ...]:
        """Return every interest in the order in which a page offers them."""
        return self._part(partial(load_interests, self._files))

    @cached_property
    def projects(self) -> Projects:
        """Return every list of 3+2 projects."""
        return self._part(partial(load_projects, self._files, self._documents, self.registry))

    @cached_property
    def partnerships(self) -> tuple[Partnership, ...]:
        """Return every partnership that a source tells of."""
        return self._part(partial(load_partnerships, self._files, self._documents, self.registry))

    @cached_property
    def calendar(self) -> Calendar:
        """Return what happened when in past years."""
        return self._part(partial(load_calendar, self._files, self._documents))

    @cached_property
    def claims(self) -> Claims:
        """Return the statements that families hear, with their verdicts."""
        routes = [route.id for route in self.routes.all]
        named = Named(books=self.rulebook_ids, routes=routes, schools=self.registry.institutions)
        return self._part(partial(load_claims, self._files, self._everything, named))

    @cached_property
    def catalogue(self) -> Catalogue:
        """Return the catalogue of indicators."""
        from guantong.contents.quality import load_catalogue

        return self._part(partial(load_catalogue, self._files, self._documents))

    @cached_property
    def rubrics(self) -> Mapping[str, Rubric]:
        """Return the rubrics by which majors are graded."""
        from guantong.contents.quality import load_rubrics

        return self._part(partial(load_rubrics, self._files, self._documents))

    @cached_property
    def world(self) -> str:
        """Return the world that the package speaks of: its name without the first word, such as “beijing”."""
        return self.package.removeprefix("guantong_")

    @property
    def words(self) -> Words:
        """Return what facts may state, and of whom."""
        return self.facts.words if self._layer else self._words

    @cached_property
    def facts(self) -> FactTable:
        """Return every fact that the package holds, and what is published; raise `LayerRefused`."""
        from guantong.contents.fact_files import Reading, load_facts
        from guantong.facts.layer import read_layer

        problems: list[Problem] = []
        reading = Reading(world=self.world, known=self._documents, problems=problems)
        table = load_facts(self._files, self._words, self.registry, self.plans, reading)
        _refuse(problems)
        return read_layer(self._layer, table) if self._layer else table

    @cached_property
    def _words(self) -> Words:
        from guantong.contents.fact_files import load_words

        return self._part(partial(load_words, self._files, self._documents))

    @cached_property
    def invented(self) -> InventedCity | None:
        """Return the people of a demonstration; None where the package invents nobody."""
        from guantong.contents.invented import load_city

        return self._part(partial(load_city, self._files, self.registry))

    @cached_property
    def invented_years(self) -> InventedYears | None:
        """Return the figures of a demonstration; None where the package invents none."""
        from guantong.contents.invented_years import load_years

        return self._part(partial(load_years, self._files, self.registry, self.catalogue))

    @cached_property
    def outlines(self) -> tuple[YearlyOutline, ...]:
        """Return the outlines of yearly reports."""
        from guantong.contents.quality import load_outlines

        return self._part(partial(load_outlines, self._files, self.words, self.catalogue))

    @cached_property
    def purposes(self) -> Mapping[str, str]:
        """Return the purposes for which a pupil's record may be looked at: id and title, a closed list."""
        problems: list[Problem] = []
        file = "purposes.yaml"
        records = list(self._files.records(file, problems))
        purposes = [(record.text("id"), record.text("title")) for record in records]
        for record in records:
            record.done()
        problems += repeated((name for name, _ in purposes), file)
        _refuse(problems)
        return dict(purposes)

    @cached_property
    def procedures(self) -> Mapping[str, Procedure]:
        """Return every procedure by id."""
        from guantong.contents.report_files import load_procedures

        return self._part(partial(load_procedures, self._files, self._everything))

    @cached_property
    def report_outline(self) -> ReportOutline | None:
        """Return the outline of a project's implementation report; None where the package has none."""
        from guantong.contents.report_files import load_report_outline

        return self._part(partial(load_report_outline, self._files, self._everything))

    @cached_property
    def rulebook_ids(self) -> tuple[str, ...]:
        """Return the ids of the rulebooks."""
        folder = self._files.at(POLICIES)
        folders = (path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else ()
        return tuple(sorted(path.name for path in folders if path.joinpath("book.yaml").is_file()))

    def rulebook(self, name: str) -> Rulebook:
        """Return a rulebook by id; raise `RulebookUnknown`."""
        if name not in self.rulebook_ids:
            raise RulebookUnknown(name, self.rulebook_ids)
        if name not in self._rulebooks:
            self._rulebooks[name] = self._built(name, f"policies/{name}")
        return self._rulebooks[name]

    def cases(self, name: str) -> tuple[Case, ...]:
        """Return the cases of a rulebook."""
        problems: list[Problem] = []
        file = f"policies/{self.rulebook(name).id}/cases.yaml"
        cases = self._files.yaml(file, problems)
        _refuse(problems)
        return read_cases(cases, file)

    def released(self, digest: str) -> Rulebook | None:
        """Return the released rulebook of a digest; None where none is kept: nothing is put in its place."""
        name = digest.removeprefix("sha256:")
        for book in self.rulebook_ids if _DIGEST.fullmatch(name) else ():
            path = self._files.at(f"{POLICIES}/{book}/{RELEASED}/{name}.json")
            if path.is_file():
                return book_from_data(json.loads(path.read_text("utf-8"))["book"])
        return None

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 over every data and rule file, in order of name."""
        whole = sha256()
        for name, held in self._files.shared():
            whole.update(name.encode() + b"\0" + held + b"\0")
        return whole.hexdigest()

    def check(self) -> None:
        """Load every part and compare what stands in two files; raise `ContentsRefused` with every problem of all."""
        problems: list[Problem] = []
        parts: list[Callable[[], object]] = [
            lambda: self.sources,
            lambda: self.districts,
            lambda: self.tiles,
            lambda: self.registry,
            lambda: self.plans,
            lambda: self.routes,
            lambda: self.interests,
            lambda: self.projects,
            lambda: self.partnerships,
            lambda: self.calendar,
            lambda: self.claims,
            lambda: self.invented,
            lambda: self.invented_years,
            lambda: self.facts,
            lambda: self.catalogue,
            lambda: self.rubrics,
            lambda: self.outlines,
            lambda: self.procedures,
            lambda: self.report_outline,
            *(partial(self.cases, name) for name in self.rulebook_ids),
            *(partial(self._check_agreement, name) for name in self.rulebook_ids),
        ]
        for part in parts:
            try:
                part()
            except ContentsRefused as fault:
                problems += fault.problems
        _refuse(list(dict.fromkeys(problems)))

    def _part(self, load: Callable[[list[Problem]], Part]) -> Part:
        problems: list[Problem] = []
        part = load(problems)
        _refuse(problems)
        return part

    def _check_agreement(self, name: str) -> None:
        _refuse(list(disagreements(self.plans, self.rulebook(name))))

    @cached_property
    def _documents(self) -> Known:
        return Known(names={"document": self.sources})

    @cached_property
    def _everything(self) -> Known:
        """Return what a route may name: documents, and the clauses and decisions of every rulebook."""
        books = [self.rulebook(name) for name in self.rulebook_ids]
        clauses = {clause for book in books for clause in book.clauses}
        decisions = {decision for book in books for decision in book.decisions}
        return Known(names={"document": self.sources, "clause": clauses, "decision": decisions})

    def _built(self, name: str, folder: str) -> Rulebook:
        problems: list[Problem] = []
        book, clauses, values = (
            self._files.yaml(f"{folder}/{part}.yaml", problems) for part in ("book", "clauses", "values")
        )
        package = self._lending.package_of(POLICIES, self.package)
        rules = read_rules(package, name, problems) if self._files.text(f"{folder}/rules.py", problems) else ()
        _refuse(problems)
        built = build_rulebook(RulebookFiles(folder=folder, book=book, clauses=clauses, values=values, rules=rules))
        cited = [{"id": clause.id, "document": clause.place.document} for clause in built.clauses.values()]
        problems += self._documents.problems(cited, f"{folder}/clauses.yaml")
        problems += self._documents.problems(values, f"{folder}/values.yaml")
        problems += self._documents.problems([{"document": part} for part in built.documents], f"{folder}/book.yaml")
        _refuse(problems)
        return built


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise ContentsRefused(problems)
