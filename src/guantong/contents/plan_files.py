"""Enrolment plans from CSV rows, their sidecars, and the yearly figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from guantong.errors import Problem
from guantong.evidence import Basis, Grade, Place, are_lines
from guantong.registry.institutions import InstitutionKind, Registry
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


def _lines(name: str, *, required: bool = False) -> Column:
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
    _lines("lines"),
    _lines("school_lines"),
    _lines("partner_lines"),
    _lines("group_lines"),
    Column(name="note"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """What a plan is read against: the year of its file name, the registry, and the documents on record."""

    year: str
    registry: Registry
    documents: Collection[str]


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
    sidecar.problems += _row_problems(rows, plan, facts, file)
    sidecar.problems += [] if faults else _total_problems(plan, file)
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


def _row_problems(rows: Sequence[Row], plan: PlanFile, facts: PlanFacts, file: str) -> Iterator[Problem]:
    ids = Counter(programme.id for programme in plan.programmes)
    keys = Counter(_key(programme) for programme in plan.programmes)
    for row, programme in zip(rows, plan.programmes, strict=True):
        found = [*_faults(programme, facts), *_evidence_faults(programme, plan, facts)]
        for column, rule, value in found:
            yield Problem(file=file, row=row.number, column=column, value=value, rule=rule, remedy="请改正这一格。")
        if ids[programme.id] > 1 or keys[_key(programme)] > 1:
            column = "id" if ids[programme.id] > 1 else "major"
            remedy = "年份、类型、学校、专业、合作高校相同的只能有一行。"
            yield Problem(
                file=file, row=row.number, column=column, value=row[column], rule="与另一行重复", remedy=remedy
            )


def _key(programme: Programme) -> tuple[str, ...]:
    return (programme.type.value, programme.school, programme.major, programme.partner)


def _faults(programme: Programme, facts: PlanFacts) -> Iterator[tuple[str, str, str]]:
    """Yield column, rule and value of every fault in the names, numbers and bases of one row."""
    for column, name, printed in (
        ("school_id", programme.school_id, programme.school),
        ("partner_id", programme.partner_id, programme.partner),
    ):
        school = facts.registry.get(name)
        if bool(name) != bool(printed):
            yield column, "名称和编号要么都有、要么都没有", name or printed
        elif name and school is None:
            near = facts.registry.near(printed)
            yield column, "名录里没有这所学校" + (f"（名称相近的有 {'、'.join(near)}）" if near else ""), name
        elif school is not None and printed not in school.names:
            yield column, f"印出的名称不在 {school.id} 的名称和别名里", printed
    if not programme.id.startswith(f"{programme.year}-{programme.school_id}-"):
        yield "id", "编号应以“年份-学校编号-”开头", programme.id
    if (programme.quota is None) != (programme.quota_basis in ("missing", "group")):
        yield "quota_basis", "有没有计划数与 quota_basis 不符", programme.quota_basis
    if bool(programme.quota_arithmetic) != (programme.quota_basis == "inferred"):
        yield "quota_arithmetic", "推出的计划数要写算式，其他的不写", programme.quota_arithmetic
    if (programme.partner_basis is Basis.MISSING) != (not programme.partner):
        yield "partner_basis", "有没有合作高校与 partner_basis 不符", programme.partner_basis.value
    if bool(programme.group) != (programme.group_quota is not None):
        yield "group_quota", "招生规模的编号和数字要么都有、要么都没有", programme.group


def _evidence_faults(programme: Programme, plan: PlanFile, facts: PlanFacts) -> Iterator[tuple[str, str, str]]:
    """Yield column, rule and value where a row has no place, or its type is not what its file and school say."""
    if programme.place.document not in facts.documents:
        yield "document", "出处的文件不在 sources.yaml 里", programme.place.document
    if not programme.place.lines and not programme.place.row:
        yield "lines", "缺少出处：行号（lines）或表内行次（row）至少写一个", programme.id
    for column, place in {"lines": programme.place, **programme.places}.items():
        if place.lines and not are_lines(place.lines):
            yield column, "行号应从小到大，从 1 数起", place.lines
    if not plan.covers(programme.type):
        yield "type", "这一类在 coverage 里没有写成 by_major", programme.type.value
    school = facts.registry.get(programme.school_id)
    if school and programme.type_basis is Basis.DERIVED and _derived_type(school.kind) is not programme.type:
        yield "type", "与学校性质推出的项目类别不符", programme.type.value


def _derived_type(kind: InstitutionKind) -> ProjectType:
    return ProjectType.ZHONGBEN if kind is InstitutionKind.SECONDARY else ProjectType.GAOBEN


def _total_problems(plan: PlanFile, file: str) -> Iterator[Problem]:
    """Report groups, inferred quotas and printed control totals that the rows do not add up to."""
    for group, printed in sorted({(row.group, row.group_quota or 0) for row in plan.programmes if row.group}):
        quotas = [row.quota for row in plan.programmes if row.group == group]
        if None not in quotas and _sum(quotas) != printed:
            yield _total_fault(file, group, f"各行相加是 {_sum(quotas)}，原文招生规模是 {printed}")
    for row in plan.programmes:
        if row.quota_arithmetic:
            left, _, right = row.quota_arithmetic.partition("=")
            first, *others = map(int, left.split("-"))
            if first - sum(others) != int(right) or int(right) != row.quota:
                yield _total_fault(file, row.id, f"算式 {row.quota_arithmetic} 与计划数 {row.quota} 不符")
    for total in plan.control_totals:
        rows = [row for row in plan.programmes if total.type in ("all", row.type.value)]
        numbers = [row.actual if total.what == "actual" else row.quota for row in rows]
        if None not in numbers and _sum(numbers) != total.value:
            yield _total_fault(
                file, f"{total.what} {total.type}", f"各行相加是 {_sum(numbers)}，原文合计是 {total.value}"
            )


def _sum(numbers: Iterable[int | None]) -> int:
    return sum(number or 0 for number in numbers)


def _total_fault(file: str, column: str, rule: str) -> Problem:
    return Problem(file=file, column=column, rule=rule, remedy="请对照原文核对这一组的各行。")
