"""Grids (成表): tables and checklists become grids whose rows are whole and whose widths fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from guantong.errors import InputRefused, Problem
from guantong.reports.model import Align, Cell, Checklist, Table
from guantong.reports.pieces import Box, Grid, Line, Style
from guantong.reports.runs import Runs, Said, Text
from guantong.reports.widths import column_widths

Say = Callable[[Runs], tuple[Said, ...]]
_DONE = {True: "√ 已完成", False: "× 未完成", None: "— 未知"}


def whole_table(table: Table) -> Table:
    """Return the table itself; refuse it where cells overlap or leave a hole."""
    faults: list[Problem] = []
    for part, rows in (("表头", table.header), ("表体", table.rows)):
        wrong = _uneven(rows, len(table.align))
        if wrong:
            rule = f"{part}这一行的格子合起来不是 {len(table.align)} 列"
            faults.append(Problem(rule=rule, row=wrong, remedy="请核对合并的格子。"))
    if not table.header or not table.rows:
        faults.append(Problem(rule="表没有表头或没有内容", remedy="没有内容的表请不要列入。"))
    if faults:
        raise InputRefused(faults)
    return table


def grid(table: Table, caption: Line, say: Say) -> Grid:
    """Return a table as a grid; its words are taken in reading order, so that notes are numbered so."""
    unit = Line(Style.UNIT, (Text("单位："), *say(table.unit))) if table.unit else None
    header = _seated(table.header, Style.HEAD_CELL, say)
    rows = _seated(table.rows, Style.CELL, say)
    notes = tuple(Line(Style.NOTE, (Text("注："), *say(note))) for note in table.notes)
    widths, points = column_widths(header, rows, len(table.align))
    return Grid(
        caption=caption,
        unit=unit,
        header=header,
        rows=rows,
        align=table.align,
        notes=notes,
        widths=widths,
        points=points,
    )


def checklist_grid(checklist: Checklist, say: Say) -> Grid:
    """Return a checklist as a grid of matter, state and remark."""
    heads = tuple(Cell((Text(word),)) for word in ("事项", "情况", "说明"))
    header = _seated((heads,), Style.HEAD_CELL, say)
    lines = ((item.runs, (Text(_DONE[item.done]),), item.remark) for item in checklist.items)
    rows = _seated([tuple(map(Cell, line)) for line in lines], Style.CELL, say)
    widths, points = column_widths(header, rows, 3)
    align = (Align.LEFT, Align.CENTRE, Align.LEFT)
    return Grid(caption=None, unit=None, header=header, rows=rows, align=align, notes=(), widths=widths, points=points)


def _seated(rows: Sequence[tuple[Cell, ...]], style: Style, say: Say) -> tuple[tuple[Box, ...], ...]:
    """Give each cell the column in which it begins, reckoning with cells that reach down."""
    taken: set[tuple[int, int]] = set()
    seated = []
    for number, row in enumerate(rows):
        column, boxes = 0, []
        for cell in row:
            while (number, column) in taken:
                column += 1
            boxes.append(Box(Line(style, say(cell.runs)), column, cell.across, cell.down))
            taken |= {(number + down, column + side) for down in range(cell.down) for side in range(cell.across)}
            column += cell.across
        seated.append(tuple(boxes))
    return tuple(seated)


def _uneven(rows: tuple[tuple[Cell, ...], ...], columns: int) -> int | None:
    """Return the number of the first row that is not filled exactly; cells that reach down count in each row."""
    below: list[int] = [0] * columns
    for number, row in enumerate(rows, 1):
        cells = iter(row)
        column = 0
        while column < columns:
            if below[column]:
                column += 1
                continue
            cell = next(cells, None)
            if cell is None or cell.across < 1 or cell.down < 1 or any(below[column : column + cell.across]):
                return number
            if column + cell.across > columns:
                return number
            below[column : column + cell.across] = [cell.down] * cell.across
            column += cell.across
        if next(cells, None) is not None:
            return number
        below = [left - 1 for left in below]
    return len(rows) if any(below) else None
