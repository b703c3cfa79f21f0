"""Checks of a form (数据校验): the closed list run over what was entered; the arithmetic is `reconciliation`'s.

A check whose numbers are not all there says nothing: missing is a fault of its own, never a zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from statistics import median

from guantong.errors import Problem
from guantong.indicators.catalogue import Catalogue
from guantong.indicators.entries import Entry, Form, cell_of
from guantong.indicators.indicator import Check, CheckKind, Indicator
from guantong.reconciliation import Cell, Printed, equal, jump, ratio_of, subset_of, sum_of, suspect_unit, within

FEWEST_PEERS = 5
"""Fewer schools of a kind say nothing about one of them."""
_REMEDIES = {
    CheckKind.REQUIRED: "请填写；确实没有的数填 0，不知道的请先查清。",
    CheckKind.UNIT: "请核对单位；确实如此的，请写说明。",
    CheckKind.SUM: "请核对合计和各项。",
    CheckKind.SUBSET: "其中项不能大于总数，请核对两数。",
    CheckKind.RATIO: "请按定义用分子、分母重新计算。",
    CheckKind.RANGE: "请核对数值和单位。",
    CheckKind.JUMP: "请核对；确实如此的，请写说明。",
    CheckKind.PEER_JUMP: "请核对；确实如此的，请写说明。",
    CheckKind.SAMPLE: "请填写调查人数和调查方式。",
    CheckKind.EQUAL_ACROSS: "请核对两处来源；口径不同的，请写说明。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What a form is held against: last year's numbers, those of schools of its kind, and other sources'.

    `elsewhere` holds, by indicator, pairs of a source's name and its number.
    """

    last_year: Mapping[str, Printed] = field(default_factory=dict)
    peers: Mapping[str, Sequence[Decimal]] = field(default_factory=dict)
    elsewhere: Mapping[str, Sequence[tuple[str, Printed]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One check that failed; an explained warning stays on record and no longer asks for anything."""

    indicator: Indicator
    kind: CheckKind
    problem: Problem
    explanation: str = ""

    @property
    def blocks(self) -> bool:
        """Tell whether the form cannot be submitted with it."""
        return self.kind.hard or not self.explanation


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Every fault of a form, in the order of the form."""

    faults: tuple[Fault, ...]

    @property
    def hard(self) -> tuple[Fault, ...]:
        """Return what must be mended."""
        return tuple(fault for fault in self.faults if fault.kind.hard)

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """Return what must be mended or explained."""
        return tuple(fault for fault in self.faults if not fault.kind.hard)

    @property
    def ready(self) -> bool:
        """Tell whether nothing blocks."""
        return not any(fault.blocks for fault in self.faults)

    def as_json(self) -> dict[str, object]:
        """Return the JSON contract of `indicators check`."""
        return {
            "problems": [_problem_json(fault) for fault in self.faults],
            "hard": len(self.hard),
            "warnings": len(self.warnings),
        }


def check_form(catalogue: Catalogue, form: Form, compared: Compared | None = None) -> Checked:
    """Run every check of every indicator that a form asks for."""
    against = compared or Compared()
    faults: list[Fault] = []
    for indicator in catalogue.asked(form.year, form.stage):
        entry = form.entries.get(indicator.id)
        for check in indicator.checks:
            for rule in _RULES[check.kind](_Case(catalogue, form, against, indicator, entry, check)):
                faults.append(_fault(indicator, check.kind, entry, rule))
    return Checked(faults=tuple(faults))


@dataclass(frozen=True, slots=True)
class _Case:
    """One check of one indicator with all it may look at."""

    catalogue: Catalogue
    form: Form
    compared: Compared
    indicator: Indicator
    entry: Entry | None
    check: Check

    @property
    def own(self) -> Cell | None:
        return self.cell(self.indicator.id)

    def cell(self, name: str) -> Cell | None:
        entry = self.form.entries.get(name)
        return cell_of(self.catalogue.get(name), entry.value) if entry and entry.value else None

    def others(self) -> tuple[Cell, ...] | None:
        """Return the other cells; None where one has no value."""
        cells = [self.cell(name) for name in self.check.others]
        present = tuple(cell for cell in cells if cell)
        return present if len(present) == len(cells) else None


def _required(case: _Case) -> Iterator[str]:
    if case.own is None and case.indicator.id not in case.form.exempt:
        yield "还没有填"


def _sum(case: _Case) -> Iterator[str]:
    own, parts = case.own, case.others()
    if own and parts and (found := sum_of(own, parts)):
        yield found.text


def _subset(case: _Case) -> Iterator[str]:
    own = case.own
    for name in case.check.others:
        whole = case.cell(name)
        if own and whole and (found := subset_of(own, whole)):
            yield found.text


def _ratio(case: _Case) -> Iterator[str]:
    own, others = case.own, case.others()
    if own and others and (found := ratio_of(own, others[0], others[1], per=case.check.per)):
        yield found.text


def _range(case: _Case) -> Iterator[str]:
    own = case.own
    if own and (found := within(own, case.check.low, case.check.high)):
        yield found.text


def _against_last_year(case: _Case) -> tuple[Cell, Cell] | None:
    before, own = case.compared.last_year.get(case.indicator.id), case.own
    return (own, cell_of(case.indicator, before, of="上年")) if own and before else None


def _unit(case: _Case) -> Iterator[str]:
    both = _against_last_year(case)
    if both and (found := suspect_unit(*both)):
        yield found.text


def _jump(case: _Case) -> Iterator[str]:
    both = _against_last_year(case)
    if both and not suspect_unit(*both) and (found := jump(*both, Fraction(case.check.most or 0))):
        yield found.text


def _peer_jump(case: _Case) -> Iterator[str]:
    peers, own = case.compared.peers.get(case.indicator.id, ()), case.own
    if own is None or len(peers) < FEWEST_PEERS:
        return
    middle = cell_of(case.indicator, Printed(median(peers)), of=f"同类 {len(peers)} 所学校中位数：")
    if found := jump(own, middle, Fraction(case.check.most or 0)):
        yield found.text


def _sample(case: _Case) -> Iterator[str]:
    if case.own is None or case.entry is None:
        return
    least = int(case.check.most or 1)
    if case.entry.sample is None:
        yield "是调查得来的数，缺少调查人数"
    elif case.entry.sample < least:
        yield f"调查人数 {case.entry.sample} 人，少于 {least} 人"
    if not case.entry.method:
        yield "是调查得来的数，缺少调查方式"


def _equal_across(case: _Case) -> Iterator[str]:
    own = case.own
    if own is None:
        return
    for source, number in case.compared.elsewhere.get(case.indicator.id, ()):
        if found := equal(own, cell_of(case.indicator, number, of=f"{source}：")):
            yield f"{found.text.removesuffix('。')}（{source}）。"
    for name in case.check.others:
        other = case.cell(name)
        if other and (found := equal(own, other)):
            yield f"{found.text.removesuffix('。')}（{other.label}）。"


_RULES: Mapping[CheckKind, Callable[[_Case], Iterator[str]]] = {
    CheckKind.REQUIRED: _required,
    CheckKind.UNIT: _unit,
    CheckKind.SUM: _sum,
    CheckKind.SUBSET: _subset,
    CheckKind.RATIO: _ratio,
    CheckKind.RANGE: _range,
    CheckKind.JUMP: _jump,
    CheckKind.PEER_JUMP: _peer_jump,
    CheckKind.SAMPLE: _sample,
    CheckKind.EQUAL_ACROSS: _equal_across,
}


def _fault(indicator: Indicator, kind: CheckKind, entry: Entry | None, rule: str) -> Fault:
    value = str(entry.value) if entry and entry.value else ""
    problem = Problem(
        row=entry.row if entry else None,
        column=indicator.name,
        value=value,
        rule=rule.removesuffix("。"),
        remedy=_REMEDIES[kind],
    )
    return Fault(indicator=indicator, kind=kind, problem=problem, explanation=entry.explanation if entry else "")


def _problem_json(fault: Fault) -> dict[str, object]:
    problem = fault.problem
    return {
        "indicator": fault.indicator.id,
        "check": fault.kind.value,
        "hard": fault.kind.hard,
        "file": problem.file,
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "rule": problem.rule,
        "remedy": problem.remedy,
        "explanation": fault.explanation,
    }
