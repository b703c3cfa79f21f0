"""A contents package (内容包): files by name, parts loaded when they are first asked for.

Each part is validated whole; a package with a fault is refused with every fault listed, and none
of it is used.
"""

from __future__ import annotations

import hashlib
import importlib
import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from types import ModuleType

from guantong.contents.institutions import institution_problems, read_institution, read_source
from guantong.contents.plan_files import read_figures, read_plan
from guantong.contents.routes import read_interest, read_route
from guantong.contents.yaml_text import read_yaml
from guantong.errors import ContentsMissing, ContentsRefused, Problem, RulebookUnknown, SourceUnknown
from guantong.evidence import Source
from guantong.pathways.interests import Interest
from guantong.pathways.routes import Routes
from guantong.policies.build import RulebookFiles, build_rulebook, read_cases
from guantong.policies.canonical import book_from_data
from guantong.policies.cases import Case
from guantong.policies.rulebook import Rulebook
from guantong.policies.rules import Rule
from guantong.registry import Plans, Registry
from guantong.sheets import Record

RELEASED = "released"


class Contents:
    """Everything a contents package holds, as frozen objects of the rooms."""

    def __init__(self, package: str) -> None:
        """Open a package by its importable name; raise `ContentsMissing` where there is none."""
        try:
            self._module = importlib.import_module(package)
        except ModuleNotFoundError:
            raise ContentsMissing(package=package) from None
        self.package = package
        self._root = resources.files(package)

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Return every cited document by id."""
        problems: list[Problem] = []
        sources = [read_source(record) for record in self._records("sources.yaml", problems)]
        return _by_id(sources, "sources.yaml", problems)

    def source(self, name: str) -> Source:
        """Return a document by id; raise `SourceUnknown`."""
        if name not in self.sources:
            raise SourceUnknown(name)
        return self.sources[name]

    @cached_property
    def districts(self) -> Mapping[str, str]:
        """Return the names of the districts by id."""
        problems: list[Problem] = []
        return {record.text("id"): record.text("name") for record in self._records("districts.yaml", problems)}

    @cached_property
    def registry(self) -> Registry:
        """Return every institution."""
        problems: list[Problem] = []
        file = "institutions.yaml"
        schools = [read_institution(record) for record in self._records(file, problems)]
        problems += institution_problems(schools, self.districts, file)
        self._check_places(((file, school.id, school.place.document) for school in schools), problems)
        _refuse(problems)
        return Registry(schools, self.districts)

    @cached_property
    def plans(self) -> Plans:
        """Return every plan by major and the figures of every year."""
        problems: list[Problem] = []
        years = sorted(path.name.removesuffix(".yaml") for path in self._folder("programmes", ".yaml"))
        files = []
        for year in years:
            sidecar = Record(self._yaml(f"programmes/{year}.yaml"), f"programmes/{year}.yaml", "", problems)
            files.append(read_plan(self._text(f"programmes/{year}.csv"), sidecar, self.registry, problems))
        figures = [read_figures(record) for record in self._records("plans.yaml", problems)]
        self._check_places(
            ((f"programmes/{file.year}.csv", row.id, row.place.document) for file in files for row in file.programmes),
            problems,
        )
        _refuse(problems)
        return Plans(files, figures)

    @cached_property
    def routes(self) -> Routes:
        """Return every route."""
        problems: list[Problem] = []
        routes = []
        for path in self._folder("routes", ".yaml"):
            file = f"routes/{path.name}"
            route = read_route(Record(self._yaml(file), file, "", problems))
            if route.id != path.name.removesuffix(".yaml"):
                problems.append(
                    Problem(file=file, column="id", value=route.id, rule="与文件名不同", remedy="请改成一致。")
                )
            routes.append(route)
        _refuse(problems)
        return Routes(routes)

    @cached_property
    def interests(self) -> tuple[Interest, ...]:
        """Return every interest in the order in which a page offers them."""
        problems: list[Problem] = []
        interests = tuple(read_interest(record) for record in self._records("interests.yaml", problems))
        _refuse(problems)
        return interests

    @cached_property
    def rulebook_ids(self) -> tuple[str, ...]:
        """Return the ids of the rulebooks."""
        folders = (path for path in self._root.joinpath("policies").iterdir() if path.is_dir())
        return tuple(sorted(path.name for path in folders if path.joinpath("book.yaml").is_file()))

    @cached_property
    def _rulebooks(self) -> dict[str, Rulebook]:
        return {}

    def rulebook(self, name: str) -> Rulebook:
        """Return a rulebook by id; raise `RulebookUnknown`."""
        if name not in self.rulebook_ids:
            raise RulebookUnknown(name, self.rulebook_ids)
        if name not in self._rulebooks:
            folder = f"policies/{name}"
            module = importlib.import_module(f"{self.package}.policies.{name}.rules")
            self._rulebooks[name] = build_rulebook(
                RulebookFiles(
                    folder=folder,
                    book=self._yaml(f"{folder}/book.yaml"),
                    clauses=self._yaml(f"{folder}/clauses.yaml"),
                    values=self._yaml(f"{folder}/values.yaml"),
                    rules=tuple(_rules_of(module)),
                )
            )
        return self._rulebooks[name]

    def cases(self, name: str) -> tuple[Case, ...]:
        """Return the cases of a rulebook."""
        file = f"policies/{self.rulebook(name).id}/cases.yaml"
        return read_cases(self._yaml(file), file)

    def released(self, digest: str) -> Rulebook | None:
        """Return the released rulebook of a digest; None where none is kept: nothing is put in its place."""
        for name in self.rulebook_ids:
            path = self._root.joinpath("policies", name, RELEASED, f"{digest.removeprefix('sha256:')}.json")
            if path.is_file():
                return book_from_data(json.loads(path.read_text("utf-8"))["book"])
        return None

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 over every data and rule file, in order of name."""
        whole = hashlib.sha256()
        for name, path in sorted(_files(self._root)):
            whole.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
        return whole.hexdigest()

    def _text(self, name: str) -> str:
        path = self._root.joinpath(*name.split("/"))
        if not path.is_file():
            raise ContentsRefused([Problem(file=name, rule="缺少这个文件", remedy="请补上后重新载入。")])
        return path.read_text("utf-8")

    def _yaml(self, name: str) -> object:
        return read_yaml(self._text(name), name)

    def _records(self, name: str, problems: list[Problem]) -> Iterator[Record]:
        data = self._yaml(name)
        for number, item in enumerate(data if isinstance(data, list) else [data], 1):
            label = item.get("id", item.get("year", number)) if isinstance(item, dict) else number
            yield Record(item, name, str(label), problems)

    def _folder(self, name: str, ending: str) -> list[Traversable]:
        paths = (path for path in self._root.joinpath(name).iterdir() if path.name.endswith(ending))
        return sorted(paths, key=lambda path: path.name)

    def _check_places(self, places: Iterator[tuple[str, str, str]], problems: list[Problem]) -> None:
        for file, name, document in places:
            if document not in self.sources:
                rule = "出处的文件不在 sources.yaml 里"
                problems.append(Problem(file=file, column=name, value=document, rule=rule, remedy="请先登记这份文件。"))


def _rules_of(module: ModuleType) -> Iterator[Rule]:
    """Yield the rules of a module in the order in which they are written."""
    for value in vars(module).values():
        if isinstance(value, Rule):
            yield value
        elif isinstance(value, tuple):
            yield from (part for part in value if isinstance(part, Rule))


def _by_id(sources: list[Source], file: str, problems: list[Problem]) -> dict[str, Source]:
    ids = [source.id for source in sources]
    for name in {name for name in ids if ids.count(name) > 1}:
        problems.append(Problem(file=file, value=name, rule="这个编号用了不止一次", remedy="请改正后重新载入。"))
    _refuse(problems)
    return {source.id: source for source in sources}


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise ContentsRefused(problems)


def _files(root: Traversable, prefix: str = "") -> Iterator[tuple[str, Traversable]]:
    for path in root.iterdir():
        name = f"{prefix}{path.name}"
        if path.is_dir() and path.name != "__pycache__":
            yield from _files(path, f"{name}/")
        elif path.is_file() and name.endswith((".yaml", ".csv", ".py", ".json")):
            yield name, path
