"""Enrolment plans from CSV rows, their sidecars, and the yearly figures."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from guantong.contents.plan_faults import PlanFacts, row_problems, total_problems
from guantong.evidence import Basis, Grade, Place
from guantong.registry.institutions import Registry
from guantong.registry.plans import FIGURE_KINDS, ControlTotal, Figure, PlanFile, YearFigures
from guantong.registry.programmes import Programme, ProjectType
from guantong.sheets import Column, Record, Row, read_table

_TYPES = tuple(kind.value for kind in ProjectType)
_LINES = r"\d+(-\d+)?(;\d+(-\d+)?)*"
TOTALS, BATCHES = "totals", "batches"
_LINES_TEXT = " 124、124-126 或 124;130 的形式"


class Coverage(Enum):
    """Whether a plan file lists a type by major."""

    BY_MAJOR = "by_major"
    NONE = "none"


class Counted(Enum):
    """What a control total counts."""

    PLAN = "plan"
    ACTUAL = "actual"


class Total(Enum):
    """Over which types a control total counts."""

    ALL = "all"
    GAOBEN = "gaoben"
    ZHONGBEN = "zhongben"


def lines_column(name: str, *, required: bool = False) -> Column:
    """Return the column of a table that names lines of the loaded text."""
    return Column(name=name, required=required, form=_LINES, form_text=_LINES_TEXT)


COLUMNS: Sequence[Column] = (
    Column(name="id", required=True, form=r"\d{4}-[a-z0-9-]+-\d{2,3}", form_text=" 2025-学校编号-01 的形式"),
    Column(name="type", required=True, one_of=_TYPES),
    Column(name="type_basis", required=True, one_of=("printed", "derived")),
    Column(name="school", required=True),
    Column(name="school_id", required=True),
    Column(name="major", required=True),
    Column(name="direction"),
    Column(name="majors", required=True),
    Column(name="code", form=r"\d{6}[A-Z]?", form_text="六位数字的专业代码（可带字母后缀）"),
    Column(name="quota", whole=True),
    Column(name="quota_basis", required=True, one_of=("printed", "inferred", "group", "missing")),
    Column(name="quota_arithmetic", form=r"\d+(-\d+)*=\d+", form_text=" 420-60-30=330 的形式"),
    Column(name="group"),
    Column(name="group_quota", whole=True),
    Column(name="actual", whole=True),
    Column(name="partner"),
    Column(name="partner_id"),
    Column(name="partner_basis", required=True, one_of=("printed", "inferred", "missing")),
    Column(name="partner_major"),
    Column(name="restrictions"),
    Column(name="document", required=True),
    Column(name="section"),
    Column(name="table"),
    Column(name="row"),
    lines_column("lines"),
    lines_column("school_lines"),
    lines_column("partner_lines"),
    lines_column("group_lines"),
    Column(name="note"),
)


def read_plan(table: str, sidecar: Record, facts: PlanFacts) -> PlanFile:
    """Return one year's plan; every fault of both files goes to the sidecar's problems."""
    year = sidecar.whole("year") or 0
    if str(year) != facts.year:
        sidecar.complain("year", "与文件名不同", str(year), "请改成一致。")
    file = f"programmes/{facts.year}.csv"
    grade = sidecar.grade()
    coverage = sidecar.record("coverage") or Record({}, sidecar.file, "coverage", sidecar.problems)
    rows, faults = read_table(table, COLUMNS, file)
    sidecar.problems += faults
    programmes = tuple(_programme(row, year, grade, facts.registry) for row in rows)
    plan = PlanFile(
        year=year,
        document=sidecar.text("document"),
        grade=grade,
        coverage={name: coverage.choice(name, Coverage) is Coverage.BY_MAJOR for name in _TYPES},
        note=sidecar.text("note", required=False),
        control_totals=tuple(map(_control_total, sidecar.records("control_totals"))),
        programmes=programmes,
    )
    coverage.done()
    sidecar.done()
    sidecar.problems += row_problems(rows, plan, facts, file)
    sidecar.problems += [] if faults else total_problems(plan, file)
    return plan


def read_figures(record: Record) -> YearFigures:
    """Return what the sources say of one year."""
    kinds = {kind: tuple(_figure(part, kind) for part in record.records(kind)) for kind in FIGURE_KINDS}
    year = YearFigures(year=record.whole("year") or 0, note=record.text("note", required=False), **kinds)
    record.done()
    return year


def _figure(record: Record, kind: str) -> Figure:
    part = Figure(
        value=record.text("value"),
        text=record.text("text", required=False),
        type=record.choice("type", Total).value if kind == TOTALS else "",
        grade=record.grade(),
        place=record.place() or Place(document=""),
    )
    if kind != BATCHES and part.value and not (part.value.isascii() and part.value.isdigit()):
        record.complain("value", "应是不带单位的整数", part.value)
    record.done()
    return part


def _control_total(record: Record) -> ControlTotal:
    part = ControlTotal(
        what=record.choice("what", Counted).value,
        type=record.choice("type", Total).value,
        value=record.whole("value") or 0,
        place=record.place() or Place(document=""),
    )
    record.done()
    return part


def _programme(row: Row, year: int, grade: Grade, registry: Registry) -> Programme:
    place = Place(
        document=row["document"], section=row["section"], table=row["table"], row=row["row"], lines=row["lines"]
    )
    elsewhere = {"school": "school_lines", "partner": "partner_lines", "group": "group_lines"}
    partner = registry.get(row["partner_id"])
    return Programme(
        id=row["id"],
        year=year,
        type=ProjectType(row["type"]),
        type_basis=Basis(row["type_basis"]),
        school=row["school"],
        school_id=row["school_id"],
        major=row["major"],
        direction=row["direction"],
        majors=tuple(filter(None, row["majors"].split("|"))),
        code=row["code"],
        quota=row.whole("quota"),
        quota_basis=row["quota_basis"],
        quota_arithmetic=row["quota_arithmetic"],
        group=row["group"],
        group_quota=row.whole("group_quota"),
        actual=row.whole("actual"),
        partner=row["partner"],
        partner_id=row["partner_id"],
        partner_basis=Basis(row["partner_basis"]),
        partner_kind=partner.kind.partner_kind if partner else "",
        partner_major=row["partner_major"],
        restrictions=row["restrictions"],
        place=place,
        places={
            name: Place(document=place.document, section=place.section, table=place.table, lines=row[column])
            for name, column in elsewhere.items()
            if row[column] and row[column] != row["lines"]
        },
        grade=grade,
        note=row["note"],
    )
