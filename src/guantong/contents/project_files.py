"""Lists of 3+2 projects from CSV rows and their sidecars, validated like enrolment plans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from guantong.contents.plan_files import lines_column
from guantong.errors import Problem
from guantong.evidence import Grade, Place, are_lines
from guantong.registry.institutions import Registry
from guantong.registry.projects import THREE_PLUS_TWO, Covers, Project, ProjectFile
from guantong.sheets import Column, Record, Row, read_table

FOLDER = "projects"
CITY = "city"
COLUMNS: Sequence[Column] = (
    Column(
        name="id", required=True, form=r"\d{4}-[a-z0-9-]+-3plus2-\d{2,3}", form_text=" 2020-学校编号-3plus2-01 的形式"
    ),
    Column(name="type", required=True, one_of=(THREE_PLUS_TWO,)),
    Column(name="school", required=True),
    Column(name="school_id", required=True),
    Column(name="major", required=True),
    Column(name="direction"),
    Column(name="majors", required=True),
    Column(name="partner", required=True),
    Column(name="partner_id", required=True),
    Column(name="partner_major"),
    Column(name="document", required=True),
    Column(name="section"),
    Column(name="table"),
    Column(name="row", whole=True),
    lines_column("lines"),
    lines_column("school_lines"),
    Column(name="note"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFacts:
    """What a list is read against: its file name, the registry, the districts and the documents on record."""

    file: str
    registry: Registry
    documents: Collection[str]


def read_projects(table: str, sidecar: Record, facts: ListFacts) -> ProjectFile:
    """Return one list; every fault of both files goes to the sidecar's problems."""
    year = sidecar.whole("year") or 0
    if not facts.file.startswith(f"{year}-"):
        sidecar.complain("year", "与文件名开头的年份不同", str(year), "请改成一致。")
    file = f"{FOLDER}/{facts.file}.csv"
    grade = sidecar.grade()
    rows, faults = read_table(table, COLUMNS, file)
    sidecar.problems += faults
    projects = tuple(_project(row, year, grade, facts.file) for row in rows)
    total = sidecar.record("control_total") or Record({}, sidecar.file, "control_total", sidecar.problems)
    listed = ProjectFile(
        id=facts.file,
        year=year,
        document=sidecar.text("document"),
        grade=grade,
        covers=sidecar.choice("covers", Covers),
        scope=sidecar.text("scope"),
        coverage=sidecar.text("coverage"),
        note=sidecar.text("note", required=False),
        control_total=total.whole("value") or 0,
        control_place=total.place() or Place(document=""),
        projects=projects,
    )
    if listed.scope not in (CITY, *facts.registry.districts):
        sidecar.complain("scope", f"只能是 {CITY} 或区的编号", listed.scope)
    total.done()
    sidecar.done()
    sidecar.problems += _row_problems(rows, projects, facts, file)
    sidecar.problems += [] if faults else _total_problems(listed, file)
    return listed


def _project(row: Row, year: int, grade: Grade, file: str) -> Project:
    place = Place(
        document=row["document"], section=row["section"], table=row["table"], row=row["row"], lines=row["lines"]
    )
    school_place = Place(document=place.document, section=place.section, table=place.table, lines=row["school_lines"])
    names = ("id", "school", "school_id", "major", "direction", "partner", "partner_id", "partner_major", "note")
    return Project(
        file=file,
        year=year,
        majors=tuple(filter(None, row["majors"].split("|"))),
        place=place,
        school_place=school_place if row["school_lines"] else None,
        grade=grade,
        **{name: row[name] for name in names},
    )


def _row_problems(rows: Sequence[Row], projects: Sequence[Project], facts: ListFacts, file: str) -> Iterator[Problem]:
    ids = Counter(project.id for project in projects)
    keys = Counter(_key(project) for project in projects)
    for row, project in zip(rows, projects, strict=True):
        for column, rule, value in [*_name_faults(project, facts), *_place_faults(project, facts)]:
            yield Problem(file=file, row=row.number, column=column, value=value, rule=rule, remedy="请改正这一格。")
        if ids[project.id] > 1 or keys[_key(project)] > 1:
            column = "id" if ids[project.id] > 1 else "major"
            remedy = "学校、专业、合作院校和高职专业相同的只能有一行。"
            yield Problem(
                file=file, row=row.number, column=column, value=row[column], rule="与另一行重复", remedy=remedy
            )


def _key(project: Project) -> tuple[str, ...]:
    return (project.school, project.major, project.partner, project.partner_major)


def _name_faults(project: Project, facts: ListFacts) -> Iterator[tuple[str, str, str]]:
    """Yield column, rule and value where a name is not one of its institution's, or the id is another school's."""
    for column, name, printed in (
        ("school_id", project.school_id, project.school),
        ("partner_id", project.partner_id, project.partner),
    ):
        school = facts.registry.get(name)
        if school is None:
            near = facts.registry.near(printed)
            yield column, "名录里没有这所学校" + (f"（名称相近的有 {'、'.join(near)}）" if near else ""), name
        elif printed not in school.names:
            yield column, f"印出的名称不在 {school.id} 的名称和别名里", printed
    if not project.id.startswith(f"{project.year}-{project.school_id}-"):
        yield "id", "编号应以“年份-学校编号-”开头", project.id


def _place_faults(project: Project, facts: ListFacts) -> Iterator[tuple[str, str, str]]:
    if project.place.document not in facts.documents:
        yield "document", "出处的文件不在 sources.yaml 里", project.place.document
    if not project.place.lines and not project.place.row:
        yield "lines", "缺少出处：行号（lines）或表内行次（row）至少写一个", project.id
    for column, place in (("lines", project.place), ("school_lines", project.school_place)):
        if place and place.lines and not are_lines(place.lines):
            yield column, "行号应从小到大，从 1 数起", place.lines


def _total_problems(listed: ProjectFile, file: str) -> Iterator[Problem]:
    found = len(listed.projects)
    if found != listed.control_total:
        rule = f"共有 {found} 行，原文写的是 {listed.control_total} 个"
        yield Problem(file=file, column="control_total", rule=rule, remedy="请对照原文核对各行。")
