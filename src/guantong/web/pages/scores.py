"""Score tables: a one-point table that the visitor brings, and where one score stands in it; nothing is kept."""

from __future__ import annotations

from decimal import Decimal

from guantong.errors import InputRefused, Problem
from guantong.pathways.score_table import (
    COLUMNS,
    MOST_ROWS,
    Percentile,
    ScoreTable,
    percentile,
    read_score_table,
)
from guantong.policies.inputs import number_or_none
from guantong.web.forms import Field
from guantong.web.labels import field_label
from guantong.web.page import Asked, Page
from guantong.web.sent import MOST_BYTES

TITLE = "一分一段表"
FIELDS = ("year", "out_of", "population", "source", "score")
EXAMPLE = "score,count,cumulative\n505+,12,12\n504,9,21\n503.5,3,24\n"


def scores_page(asked: Asked) -> Page:
    """Return the form with the format; for a table that was sent where the score stands, or every problem at once."""
    asked.only()
    if asked.sent is None:
        return _page(asked)
    try:
        table, score = _read(asked)
    except InputRefused as refused:
        return _page(asked, problems=refused.problems, status=refused.status)
    found = percentile(table, score, year=table.stated.year, out_of=table.stated.out_of) if score is not None else None
    return _page(asked, table=table, score=score, found=found)


def _read(asked: Asked) -> tuple[ScoreTable, Decimal | None]:
    """Return the table and the score; raise `InputRefused` with the problems of both."""
    sent = asked.sent
    assert sent is not None
    given = {name: sent.fields.get(name, "") for name in FIELDS}
    problems: list[Problem] = []
    score = number_or_none(given["score"]) if given["score"] else None
    if given["score"] and (score is None or score < 0 or score % Decimal("0.5")):
        rule = "分数应是数字，最小单位 0.5"
        problems.append(Problem(column="score", value=given["score"][:20], rule=rule, remedy="不查分数就空着。"))
    stated = {name: given[name] for name in FIELDS if name != "score"}
    table = None
    try:
        table = read_score_table(sent.table, **stated, book=asked.desk.parts.book)
    except InputRefused as refused:
        problems += refused.problems
    if problems or table is None:
        raise InputRefused(problems)
    return table, score


def _page(
    asked: Asked,
    *,
    table: ScoreTable | None = None,
    score: Decimal | None = None,
    found: Percentile | None = None,
    problems: tuple[Problem, ...] = (),
    status: int = 200,
) -> Page:
    given = asked.sent.fields if asked.sent else {}
    return Page(
        title=f"有 {len(problems)} 处要修改" if problems else TITLE,
        template="guantong/scores.html",
        context={
            "fields": {name: _field(name, given.get(name, ""), problems) for name in FIELDS},
            "problems": tuple((problem, _label(problem)) for problem in problems),
            "kept": asked.sent.table if asked.sent and asked.sent.pasted else "",
            "table": table,
            "lowest": table.scores[-1] if table else None,
            "highest": table.scores[0] if table else None,
            "score": score,
            "found": found,
            "example": EXAMPLE,
            "most_rows": MOST_ROWS,
        },
        data=lambda: {
            "most_rows": MOST_ROWS,
            "most_bytes": MOST_BYTES,
            "columns": [{"name": column.name, "required": column.required} for column in COLUMNS],
            "stated": [name for name in FIELDS if name != "score"],
            "example": EXAMPLE,
        },
        status=status,
        private=asked.sent is not None,
    )


def _field(name: str, value: str, problems: tuple[Problem, ...]) -> Field:
    mine = tuple(problem for problem in problems if problem.column == name and problem.row is None)
    return Field(name=name, value=value, problems=mine)


def _label(problem: Problem) -> str:
    row = f"表的第 {problem.row} 行" if problem.row else ""
    return "，".join(part for part in (row, field_label(problem.column) if problem.column else "") if part)
