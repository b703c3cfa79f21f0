"""Sources and institutions from their YAML records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from guantong.errors import Problem
from guantong.evidence import Basis, Place, Source
from guantong.registry.institutions import FormerName, Institution, InstitutionKind, Supervision, SupervisorKind
from guantong.sheets import Record

MOST_TILES = 8
"""Rows and columns of the schematic map of districts."""


def read_source(record: Record) -> Source:
    """Return one cited document."""
    optional = ("number", "issuer", "date", "address", "corpus", "note")
    source = Source(
        id=record.text("id"),
        title=record.text("title"),
        grade=record.grade(),
        **{name: record.text(name, required=False) for name in optional},
    )
    record.done()
    return source


def districts_by_id(records: Iterable[Record]) -> dict[str, str]:
    """Return the names of districts by id; an id or a name that stands twice is a problem."""
    districts: dict[str, str] = {}
    for record in records:
        name, title = record.text("id"), record.text("name")
        if name in districts or title in districts.values():
            record.complain("id", "这个区写了两次", name)
        districts[name] = title
        record.wholes("tile")
        record.done()
    return districts


def tiles_by_id(records: Iterable[Record]) -> dict[str, tuple[int, int]]:
    """Return row and column of each district on the schematic map; two on one tile are a problem."""
    tiles: dict[str, tuple[int, int]] = {}
    for record in records:
        name, at = record.text("id"), record.wholes("tile")
        if not at:
            continue
        if len(at) != 2 or not all(1 <= part <= MOST_TILES for part in at) or (at[0], at[1]) in tiles.values():
            record.complain("tile", f"应是没有用过的行和列，各从 1 到 {MOST_TILES}", str(at))
            continue
        tiles[name] = (at[0], at[1])
    return tiles


def read_institution(record: Record) -> Institution:
    """Return one institution."""
    school = Institution(
        id=record.text("id"),
        name=record.text("name"),
        kind=record.choice("kind", InstitutionKind),
        place=record.place() or Place(document=""),
        aliases=record.texts("aliases"),
        former=tuple(map(_former, record.records("renames"))),
        district=record.text("district", required=False),
        district_basis=record.choice("district_basis", Basis) if record.has("district_basis") else None,
        supervision=tuple(map(_supervision, record.records("supervisor"))),
        apart_from=record.texts("apart_from"),
        note=record.text("note", required=False),
    )
    record.raw("district_basis")
    record.done()
    return school


def institution_problems(schools: Iterable[Institution], districts: Mapping[str, str], file: str) -> Iterator[Problem]:
    """Report names that mean two institutions, unknown districts, and look-alikes that do not exist."""
    known = list(schools)
    ids = {school.id for school in known}
    owners: dict[str, str] = {}
    for school in known:
        for name in school.names:
            if owners.setdefault(name, school.id) != school.id:
                yield _fault(file, school.id, name, f"这个名称已经属于 {owners[name]}，一个名称只能指一所学校")
        if school.district and school.district not in districts:
            yield _fault(file, f"{school.id} › district", school.district, "districts.yaml 里没有这个区")
        for other in school.apart_from:
            if other not in ids:
                yield _fault(file, f"{school.id} › apart_from", other, "指向不存在的学校")


def _fault(file: str, column: str, value: str, rule: str) -> Problem:
    return Problem(file=file, column=column, value=value, rule=rule, remedy="请改正后重新载入。")


def _former(record: Record) -> FormerName:
    part = FormerName(
        name=record.text("name"),
        until=record.text("until", required=False),
        note=record.text("note", required=False),
        place=record.place(required=False),
    )
    record.done()
    return part


def _supervision(record: Record) -> Supervision:
    part = Supervision(
        kind=record.choice("kind", SupervisorKind),
        since=record.text("since", required=False),
        until=record.text("until", required=False),
        place=record.place(required=False),
    )
    record.done()
    return part
