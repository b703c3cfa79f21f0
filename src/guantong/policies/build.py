"""A rulebook from its files: book, clauses, values and cases are records, rules are objects.

Nothing without a clause is accepted, and every fault of the files is reported at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from guantong.errors import ContentsRefused, Problem
from guantong.evidence import Basis, Place
from guantong.policies.cases import Case
from guantong.policies.faults import repeated, rulebook_faults
from guantong.policies.inputs import InputKind, InputSpec
from guantong.policies.law import Clause, DatedValue, Mark
from guantong.policies.rulebook import DEFAULT_DECISION, DecisionSpec, Precedence, Rulebook
from guantong.policies.rules import Rule
from guantong.sheets import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class RulebookFiles:
    """The parsed files of one rulebook, each with the name under which its problems are reported."""

    book: object
    clauses: object
    values: object
    rules: tuple[Rule, ...]
    folder: str = ""


def build_rulebook(files: RulebookFiles) -> Rulebook:
    """Return the rulebook; raise `ContentsRefused` with every problem of its files."""
    problems: list[Problem] = []
    head = Record(files.book, f"{files.folder}/book.yaml", "", problems)
    clauses = {clause.id: clause for clause in _clauses(files, problems)}
    inputs = [_input(record) for record in head.records("inputs", required=True)]
    decisions = [_decision(record) for record in head.records("decisions", required=True)]
    for name in repeated([*(spec.name for spec in inputs), *(spec.id for spec in decisions)]):
        head.complain("inputs / decisions", "这个编号用了不止一次", name)
    book = Rulebook(
        id=head.text("id"),
        title=head.text("title"),
        documents=head.texts("documents", required=True),
        inputs={spec.name: spec for spec in inputs},
        decisions={spec.id: spec for spec in decisions},
        clauses=clauses,
        values=tuple(_values(files, clauses, problems)),
        rules=files.rules,
        precedences=tuple(_precedences(head)),
    )
    head.done()
    problems += rulebook_faults(book, files.folder)
    if problems:
        raise ContentsRefused(problems)
    return book


def read_cases(data: object, file: str) -> tuple[Case, ...]:
    """Return the cases of a file; raise `ContentsRefused` with every problem."""
    problems: list[Problem] = []
    whole = Record({"cases": data}, file, "", problems)
    cases = tuple(_case(record) for record in whole.records("cases", required=True))
    for name in repeated(case.name for case in cases):
        whole.complain("", "两个案例用了同一句话", name)
    if problems:
        raise ContentsRefused(problems)
    return cases


def _clauses(files: RulebookFiles, problems: list[Problem]) -> Iterator[Clause]:
    seen: set[str] = set()
    whole = Record({"clauses": files.clauses}, f"{files.folder}/clauses.yaml", "", problems)
    for record in whole.records("clauses", required=True):
        name = record.text("id")
        if name in seen:
            record.complain("id", "这个条款编号已经用过", name)
        seen.add(name)
        document = name.partition(":")[0]
        yield Clause(
            id=name,
            number=record.text("number"),
            title=record.text("title"),
            paraphrase=record.text("paraphrase"),
            place=Place(
                document=record.text("stated_in", required=False) or document,
                section=record.text("section", required=False),
                table=record.text("table", required=False),
                lines=record.text("lines", required=False),
            ),
            grade=record.grade(),
            mark=record.choice("mark", Mark),
            enacted=record.wholes("enacted"),
            carried=record.wholes("carried"),
            standing_from=record.whole("standing_from", required=False),
        )
        record.done()


def _values(files: RulebookFiles, clauses: Mapping[str, Clause], problems: list[Problem]) -> Iterator[DatedValue]:
    whole = Record(files.values, f"{files.folder}/values.yaml", "", problems)
    for name in files.values if isinstance(files.values, Mapping) else ():
        for record in whole.records(str(name), required=True):
            clause = clauses.get(record.text("clause"))
            if clause is None:
                record.complain("clause", "没有这个条款", str(record.raw("clause")))
                continue
            numbers = record.texts("value") if isinstance(record.raw("value"), list) else (record.text("value"),)
            yield DatedValue(
                name=str(name),
                cohorts=record.wholes("cohorts", required=True),
                numbers=tuple(_decimals(record, "value", numbers)),
                unit=record.text("unit", required=False),
                clause=clause.id,
                place=record.place(required=False) or clause.place,
                grade=record.grade(),
                basis=record.choice("basis", Basis, Basis.PRINTED),
                out_of=tuple(_decimals(record, "out_of", record.texts("out_of"))),
                out_of_grade=record.grade("out_of_grade") if record.has("out_of_grade") else None,
            )
            record.done()


def _decimals(record: Record, key: str, texts: Iterable[str]) -> Iterator[Decimal]:
    for text in texts:
        if text.replace(".", "", 1).isdecimal():
            yield Decimal(text)
        else:
            record.complain(key, "应是数字", text)


def _input(record: Record) -> InputSpec:
    step = record.number("step", required=False)
    spec = InputSpec(
        name=record.text("id"),
        label=record.text("label"),
        kind=record.choice("kind", InputKind),
        unit=record.text("unit", required=False),
        step=Decimal(1) if step is None else step,
        choices=tuple(map(_labelled, record.records("choices"))),
        upper=record.text("upper", required=False),
        from_date=record.flag("from_date"),
    )
    record.done()
    return spec


def _labelled(record: Record) -> tuple[str, str]:
    part = (record.text("id"), record.text("label"))
    record.done()
    return part


def _decision(record: Record) -> DecisionSpec:
    values = dict(map(_labelled, record.records("values")))
    words = {key: record.text(key, required=key == "unknown" or not values) for key in ("yes", "no", "unknown")}
    spec = DecisionSpec(
        id=record.text("id"),
        title=record.text("title"),
        inputs=record.texts("inputs", required=True),
        words=words,
        values=values,
    )
    record.done()
    return spec


def _precedences(head: Record) -> Iterator[Precedence]:
    for key, settled, names in (("beats", True, ("winner", "loser")), ("unresolved", False, ("first", "second"))):
        for record in head.records(key):
            yield Precedence(
                decision=record.text("decision"),
                first=record.text(names[0]),
                second=record.text(names[1]),
                settled=settled,
                note=record.text("note"),
            )
            record.done()


def _case(record: Record) -> Case:
    given = record.record("input")
    expect = record.record("expect")
    asked = expect.raw_keys() if expect else ()
    if len(asked) != 1:
        record.complain("expect", "应写明一个判断事项的答案", "、".join(asked))
    decision = asked[0] if asked else DEFAULT_DECISION
    case = Case(
        name=record.text("name"),
        cohort=record.whole("cohort") or 0,
        decision=decision,
        given={key: given.raw(key) for key in given.raw_keys()} if given else {},
        expect=expect.text(decision) if expect and asked else "",
        on=_day(record, "on"),
        missing=record.texts("missing") if record.has("missing") else None,
        clauses=record.texts("clauses_no") if record.has("clauses_no") else None,
    )
    record.raw("missing"), record.raw("clauses_no")
    record.done()
    return case


def _day(record: Record, key: str) -> date | None:
    text = record.text(key, required=False)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        record.complain(key, "应是“年-月-日”形式的日期", text)
        return None
