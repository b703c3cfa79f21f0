"""Downloads (下载): facts, programmes and institutions whole, as a page, as JSON and as CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from guantong.errors import PageUnknown
from guantong.evidence import Place
from guantong.facts.catalogue import Names
from guantong.facts.fact import Fact, plain
from guantong.facts.words import CHANGE, GROWTH
from guantong.web.desk import PublicDesk
from guantong.web.page import Asked, Page
from guantong.web.pages.indicators import names_of

BOM = "\ufeff"
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table that can be taken away whole: its columns by id with their names, and how its rows are made."""

    id: str
    title: str
    note: str
    columns: Mapping[str, str]
    rows: Callable[[PublicDesk, Names], Iterator[Row]]


_PLACE = {"document": "文件", "section": "章节", "table": "表", "row": "行", "column": "栏", "lines": "文本行号"}
_EVIDENCE = {**_PLACE, "grade": "证据等级"}


def _facts(desk: PublicDesk, names: Names) -> Iterator[Row]:
    for fact in desk.contents.facts:
        yield _fact(fact, names)


def _fact(fact: Fact, names: Names) -> Row:
    return {
        "id": fact.id,
        "subject": fact.subject,
        "subject_name": names.subject(fact.subject),
        "attribute": fact.attribute,
        "attribute_name": names.words.attribute(fact.attribute).name,
        "definition": fact.definition,
        "value": plain(fact.value),
        "unit": fact.unit,
        "printed": fact.printed,
        "period": fact.period.code(),
        "time_basis": fact.period.basis.label,
        "compared": str(fact.compared or ""),
        "scope": "|".join(sorted(fact.scope)),
        "scope_text": names.words.scope_words(fact.scope),
        **_place(fact.place),
        "grade": fact.grade.label,
        "basis": fact.basis.label,
        "standing": fact.standing.label,
        "note": fact.note,
    }


def _programmes(desk: PublicDesk, names: Names) -> Iterator[Row]:
    for row in desk.parts.plans.programmes.values():
        yield {
            "id": row.id,
            "year": str(row.year),
            "type": row.type.label,
            "school_id": row.school_id,
            "school": row.school,
            "major": row.major,
            "code": row.code,
            "quota": "" if row.quota is None else str(row.quota),
            "actual": "" if row.actual is None else str(row.actual),
            "partner_id": row.partner_id,
            "partner": row.partner,
            "partner_major": row.partner_major,
            "restrictions": row.restrictions,
            **_place(row.place),
            "grade": row.grade.label,
            "note": row.note,
        }


def _institutions(desk: PublicDesk, names: Names) -> Iterator[Row]:
    registry = desk.parts.registry
    for school in registry.institutions.values():
        yield {
            "id": school.id,
            "name": school.name,
            "kind": school.kind.label,
            "names": "|".join(name for name in school.names if name != school.name),
            "district": registry.district_name(school.district),
            **_place(school.place),
        }


def _catalogue(desk: PublicDesk, names: Names) -> Iterator[Row]:
    tables = {table.id: table.title for table in desk.contents.catalogue.tables}
    for row in desk.contents.catalogue.indicators.values():
        place = row.place or Place(document="")
        yield {
            "id": row.id,
            "name": row.name,
            "unit": row.unit,
            "table_title": tables.get(row.table, row.table),
            "stages": "|".join(sorted(stage.value for stage in row.stages)),
            "office": row.office.label,
            "time_basis": row.basis.label,
            "direction": row.direction.label,
            "definition": row.definition,
            "attribute": row.attribute,
            **_place(place),
            "grade": row.grade.label,
        }


def _place(place: Place) -> Row:
    return {name: getattr(place, name) for name in _PLACE}


TABLES = {
    table.id: table
    for table in (
        Table(
            id="facts",
            title="数据",
            note="年报里的每一个数，一行一条，连同口径和出处。说法不一的数都在，没有替谁改。",
            columns={
                **{"id": "编号", "subject": "对象编号", "subject_name": "对象", "attribute": "统计项目编号"},
                **{"attribute_name": "统计项目", "definition": "定义", "value": "数值", "unit": "单位"},
                **{"printed": "原文所印", "period": "时期", "time_basis": "时间口径", "compared": "与哪一年比"},
                **{"scope": "口径编号", "scope_text": "口径", **_EVIDENCE},
                **{"basis": "取得方式", "standing": "核对状态", "note": "说明"},
            },
            rows=_facts,
        ),
        Table(
            id="programmes",
            title="招生专业",
            note="载入的各年招生计划，一行一个专业。收录范围不同的年份不能相加，也不能相比。",
            columns={
                **{"id": "编号", "year": "年份", "type": "类型", "school_id": "学校编号", "school": "学校"},
                **{"major": "专业", "code": "专业代码", "quota": "计划人数", "actual": "实际招生"},
                **{"partner_id": "合作高校编号", "partner": "合作高校", "partner_major": "对接专业"},
                **{"restrictions": "限制", **_EVIDENCE, "note": "说明"},
            },
            rows=_programmes,
        ),
        Table(
            id="institutions",
            title="学校",
            note="名录里的学校和高校，一行一所。所在区不知道的空着。",
            columns={
                **{"id": "编号", "name": "名称", "kind": "性质", "names": "其他名称", "district": "所在区"},
                **_PLACE,
            },
            rows=_institutions,
        ),
        Table(
            id="indicators",
            title="指标目录",
            note="质量年报各表的指标。证据等级是“待核实”的，名称或定义还没有见到原文。",
            columns={
                **{"id": "编号", "name": "名称", "unit": "单位", "table_title": "所在的表", "stages": "学段"},
                **{"office": "责任处室", "time_basis": "时间口径", "direction": "方向", "definition": "定义"},
                **{"attribute": "统计项目编号", **_EVIDENCE},
            },
            rows=_catalogue,
        ),
    )
}


def data_page(asked: Asked) -> Page:
    """Return the list of tables that can be taken away."""
    asked.only()
    names = names_of(asked)
    counted = [(table, sum(1 for _ in table.rows(asked.desk, names))) for table in TABLES.values()]
    return Page(
        title="下载数据",
        template="guantong/data.html",
        context={"tables": counted, "whole_digest": asked.desk.contents.digest},
        data=lambda: {
            "digest": asked.desk.contents.digest,
            "tables": [
                {"id": table.id, "title": table.title, "note": table.note, "rows": count} for table, count in counted
            ],
        },
    )


def table_page(asked: Asked, table: str) -> Page:
    """Return what a table holds, with its first rows; its twin is the whole table."""
    asked.only()
    found, names = _table(table), names_of(asked)
    rows = list(found.rows(asked.desk, names))
    return Page(
        title=f"下载：{found.title}",
        template="guantong/data_table.html",
        context={"table": found, "count": len(rows), "first": [_cells(found, row) for row in rows[:5]]},
        data=lambda: {"id": found.id, "title": found.title, "columns": dict(found.columns), "rows": rows},
    )


def table_csv(asked: Asked, table: str) -> str:
    """Return a whole table as CSV."""
    asked.only()
    found = _table(table)
    return _csv(found, found.rows(asked.desk, names_of(asked)))


def indicator_csv(asked: Asked, attribute: str) -> str:
    """Return every fact of an attribute, its changes included, as CSV."""
    asked.only()
    names, table = names_of(asked), asked.desk.contents.facts
    stem = table.words.attribute(attribute).id
    found = [fact for fact in table if fact.attribute in (stem, stem + CHANGE, stem + GROWTH)]
    return _csv(TABLES["facts"], (_fact(fact, names) for fact in found))


def _csv(table: Table, rows: Iterable[Row]) -> str:
    """Write rows with a byte order mark, for spreadsheets that need one, under Chinese heads."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(table.columns.values())
    writer.writerows(_cells(table, row) for row in rows)
    return BOM + stream.getvalue()


def _table(name: str) -> Table:
    if name not in TABLES:
        raise PageUnknown(f"/data/{name}"[:80], [f"/data/{known}" for known in TABLES])
    return TABLES[name]


def _cells(table: Table, row: Row) -> list[str]:
    return [row[column] for column in table.columns]
