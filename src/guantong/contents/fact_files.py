"""Facts from CSV rows with their sidecars, and the words they may use: attributes and scopes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from guantong.contents.fact_faults import fact_faults
from guantong.contents.files import Files
from guantong.contents.plan_files import lines_column
from guantong.contents.references import Known, repeated
from guantong.errors import Problem
from guantong.evidence import Basis, Grade, Place
from guantong.facts.fact import CITY, DISTRICT, PROGRAMME, Fact, Standing
from guantong.facts.periods import Period, TimeBasis
from guantong.facts.table import FactTable
from guantong.facts.words import Attribute, AttributeKind, Definition, ScopeCode, ScopeKind, Words
from guantong.registry import Plans, Registry
from guantong.sheets import Column, Record, Row, read_table

FOLDER = "facts"
NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
TABLE_NUMBER = re.compile(r"表 ?(\d+-\d+)")
COLUMNS: Sequence[Column] = (
    Column(name="id", required=True, form=r"[a-z0-9-]+", form_text="小写字母、数字和连字符"),
    Column(name="subject", required=True),
    Column(name="attribute", required=True),
    Column(name="definition"),
    Column(name="value", required=True, form=r"-?\d+(\.\d+)?(:\d+(\.\d+)?)?", form_text="不带逗号的数字或 28.93:71.07"),
    Column(name="printed", required=True),
    Column(name="unit"),
    Column(name="period", required=True),
    Column(name="time", required=True, one_of=tuple(basis.value for basis in TimeBasis)),
    Column(name="compared", whole=True),
    Column(name="scope"),
    Column(name="document", required=True),
    Column(name="section", required=True),
    Column(name="table"),
    Column(name="row"),
    Column(name="column"),
    lines_column("lines", required=True),
    Column(name="basis", required=True, one_of=("printed", "inferred")),
    Column(name="note"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactFacts:
    """What rows of facts are read against: their file, the words, the subjects and the documents on record."""

    file: str
    words: Words
    subjects: Collection[str]
    documents: Collection[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One reading of a package's facts: the world they speak of, the documents on record, the problems found."""

    world: str
    known: Known
    problems: list[Problem]


def read_words(attributes: Sequence[Record], scopes: Record) -> Words:
    """Return the words of facts; the records' faults go to their problems."""
    words = Words(
        city=scopes.text("city"), attributes=map(_attribute, attributes), scopes=map(_scope, scopes.records("scopes"))
    )
    scopes.done()
    return words


def read_facts(table: str, sidecar: Record, known: FactFacts) -> tuple[Fact, ...]:
    """Return one document's facts; every fault of both files goes to the sidecar's problems."""
    grade, standing = sidecar.grade(), sidecar.choice("standing", Standing)
    document = sidecar.text("document")
    sidecar.whole("edition")
    sidecar.text("note")
    tables, lists = sidecar.texts("tables"), sidecar.texts("lists")
    sidecar.done()
    file = f"{FOLDER}/{known.file}.csv"
    rows, problems = read_table(table, COLUMNS, file)
    sidecar.problems += problems
    facts = tuple(_fact(row, grade, standing) for row in rows)
    sidecar.problems += row_problems(rows, facts, document, known, file)
    sidecar.problems += [] if problems else _table_problems(facts, tables, lists, sidecar.file)
    return facts


def row_problems(
    rows: Sequence[Row], facts: Sequence[Fact], document: str, known: FactFacts, file: str
) -> Iterator[Problem]:
    """Report every fault that the rows show, each with its row in the file."""
    for row, fact in zip(rows, facts, strict=True):
        found = list(fact_faults(fact, known.words, known.subjects))
        if fact.place.document != document or document not in known.documents:
            found.append(("document", "与同名 yaml 里的文件不同，或文件不在 sources.yaml 里", fact.place.document))
        if Period.read(row["period"], TimeBasis(row["time"])) is None:
            found.append(("period", "与 time 不符：学年写成 2024-2025，自然年和时点写成 2024", row["period"]))
        for column, rule, value in found:
            yield Problem(file=file, row=row.number, column=column, value=value, rule=rule, remedy="请改正这一格。")


def _attribute(record: Record) -> Attribute:
    meaning = record.text("meaning", required=False)
    definitions = [Definition(id="", text=meaning, mark=record.grade("mark"))] if meaning else []
    definitions += [_definition(part) for part in record.records("definitions")]
    part = Attribute(
        id=record.text("id"),
        name=record.text("name"),
        unit=record.text("unit", required=False),
        kind=record.choice("kind", AttributeKind),
        theme=record.text("theme"),
        definitions=tuple(definitions),
    )
    record.done()
    return part


def _definition(record: Record) -> Definition:
    part = Definition(id=record.text("id"), text=record.text("text"), mark=record.grade("mark"))
    record.done()
    return part


def _scope(record: Record) -> ScopeCode:
    part = ScopeCode(id=record.text("id"), name=record.text("name"), kind=record.choice("kind", ScopeKind))
    record.done()
    return part


def _fact(row: Row, grade: Grade, standing: Standing) -> Fact:
    basis = TimeBasis(row["time"])
    parts = {name: row[name] for name in ("document", "section", "table", "row", "column", "lines")}
    return Fact(
        id=row["id"],
        subject=row["subject"],
        attribute=row["attribute"],
        definition=row["definition"],
        value=Decimal(row["value"]) if NUMBER.fullmatch(row["value"]) else row["value"],
        printed=row["printed"],
        unit=row["unit"],
        period=Period.read(row["period"], basis) or Period(0, basis.value),
        scope=frozenset(filter(None, row["scope"].split("|"))),
        place=Place(**parts),
        grade=grade,
        basis=Basis(row["basis"]),
        standing=standing,
        compared=row.whole("compared"),
        note=row["note"],
    )


def _table_problems(facts: Sequence[Fact], tables: Sequence[str], lists: Sequence[str], file: str) -> Iterator[Problem]:
    """Report tables that the sidecar names and no fact stands in, and the other way round."""
    found = {match[1] for fact in facts if (match := TABLE_NUMBER.match(fact.place.table))}
    for number in sorted(set(tables) ^ found):
        rule = "没有一条数据出自这张表" if number in tables else "数据里有这张表，tables 里没有"
        yield Problem(file=file, column="tables", value=number, rule=rule, remedy="请对照原文补齐或删去。")
    for number in sorted(found & set(lists)):
        yield Problem(file=file, column="lists", value=number, rule="名单里却有数据", remedy="请移到 tables。")


def load_words(files: Files, known: Known, problems: list[Problem]) -> Words:
    """Return the words of facts; a package without facts has none."""
    if not files.has(FOLDER):
        return Words("", (), ())
    names = (f"{FOLDER}/attributes.yaml", f"{FOLDER}/scopes.yaml")
    attributes, scopes = files.records(names[0], problems, known), files.record(names[1], problems, known)
    problems += repeated((record.path for record in attributes), names[0])
    return read_words(attributes, scopes or Record({}, names[1], "", problems))


def load_facts(files: Files, words: Words, registry: Registry, plans: Plans, reading: Reading) -> FactTable:
    """Return the table of every document's facts."""
    problems, documents = reading.problems, reading.known.names["document"]
    subjects = {CITY, *registry.institutions, *(DISTRICT + name for name in registry.districts)}
    subjects |= {PROGRAMME + name for name in plans.programmes}
    names = files.names(FOLDER, ".csv", problems) if files.has(FOLDER) else []
    facts: list[Fact] = []
    for name in names:
        sidecar = files.record(f"{FOLDER}/{name}.yaml", problems, reading.known)
        table = files.text(f"{FOLDER}/{name}.csv", problems)
        if sidecar is not None and table is not None:
            known = FactFacts(file=name, words=words, subjects=subjects, documents=documents)
            facts += read_facts(table, sidecar, known)
    problems += repeated((fact.id for fact in facts), FOLDER)
    return FactTable(reading.world, words, {fact.id: fact for fact in facts}.values())
