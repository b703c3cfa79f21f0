"""What does not hold together in an enrolment plan (计划的问题): rows by themselves, rows together, rows and totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from guantong.errors import Problem
from guantong.evidence import Basis, are_lines
from guantong.registry.institutions import InstitutionKind, Registry
from guantong.registry.plans import PlanFile
from guantong.registry.programmes import Programme, ProjectType
from guantong.sheets import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """What a plan is read against: the year of its file name, the registry, and the documents on record."""

    year: str
    registry: Registry
    documents: Collection[str]


def row_problems(rows: Sequence[Row], plan: PlanFile, facts: PlanFacts, file: str) -> Iterator[Problem]:
    """Report every fault that the rows show, each with its row in the file."""
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


def total_problems(plan: PlanFile, file: str) -> Iterator[Problem]:
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
