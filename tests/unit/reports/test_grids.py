"""Grids: whole rows, and columns in which nothing is broken."""

from dataclasses import replace

import pytest
from tests.unit.reports.samples import cells, merged_table, number, plan_table, short_report

from guantong.errors import InputRefused
from guantong.reports.layout import lay_out
from guantong.reports.model import Align, Cell, CheckItem, Checklist, Table
from guantong.reports.pieces import Grid
from guantong.reports.prose import prose
from guantong.reports.runs import Bound, Text
from guantong.reports.widths import INSET, TEXT_WIDTH, ems


def grid_of(table: Table | Checklist) -> Grid:
    piece = lay_out(short_report(table)).pieces[0]
    assert isinstance(piece, Grid)
    return piece


def simple(header: tuple[Cell, ...], *rows: tuple[Cell, ...]) -> Table:
    return Table(caption=prose("甲"), header=(header,), rows=rows, align=(Align.LEFT,) * len(header))


def numbered(columns: int, digits: int) -> Table:
    return simple(cells(*("甲" * columns)), cells(*(number("9" * digits) for _ in range(columns))))


def test_widths_fill_the_text_and_hold_every_number() -> None:
    grid = grid_of(plan_table())
    assert sum(grid.widths) == pytest.approx(1.0)
    for box in (box for row in (*grid.header, *grid.rows) for box in row):
        chunk = max((part for part in box.line.text.split("（")), key=lambda part: ems(part) if part.isascii() else 0)
        room = grid.widths[box.column] * TEXT_WIDTH - 2 * INSET
        assert not chunk.isascii() or ems(chunk) * grid.points <= room


def test_a_short_column_keeps_its_words_on_one_line() -> None:
    grid = grid_of(plan_table())
    assert grid.widths[1] * TEXT_WIDTH - 2 * INSET >= ems("演示市东城职业学校") * grid.points


@pytest.mark.parametrize(("columns", "points"), [(6, 10.5), (9, 9.0), (11, 7.5)])
def test_a_wide_table_is_set_in_smaller_type(columns: int, points: float) -> None:
    assert grid_of(numbered(columns, 6)).points == points


def test_a_table_that_no_type_can_hold_is_refused() -> None:
    with pytest.raises(InputRefused, match="20 列"):
        lay_out(short_report(numbered(20, 9)))


def test_cells_that_reach_down_move_the_cells_of_the_next_row() -> None:
    grid = grid_of(merged_table())
    assert [[box.column for box in row] for row in grid.header] == [[0, 1, 3], [1, 2, 3, 4]]
    assert [[box.column for box in row] for row in grid.rows] == [[0, 1, 2, 3, 4], [1, 2, 3, 4], [0, 1, 3, 4]]


@pytest.mark.parametrize(
    "row",
    [
        cells("甲"),
        cells("甲", "乙", "丙"),
        (Cell(prose("甲"), across=3),),
        (*cells("甲"), Cell(prose("乙"), down=2)),
        (*cells("甲"), Cell(prose("乙"), down=0)),
    ],
)
def test_a_row_that_is_not_filled_exactly_is_refused(row: tuple[Cell, ...]) -> None:
    with pytest.raises(InputRefused, match="合起来不是 2 列"):
        lay_out(short_report(simple(cells("甲", "乙"), row)))


def test_a_cell_may_not_run_into_one_that_reaches_down() -> None:
    first = (*cells("甲"), Cell(prose("乙"), down=2))
    with pytest.raises(InputRefused, match="不是 2 列"):
        lay_out(short_report(simple(cells("甲", "乙"), first, (Cell(prose("丙"), across=2),))))


def test_a_table_without_rows_or_head_is_refused() -> None:
    for bare in (replace(plan_table(), rows=()), replace(plan_table(), header=())):
        with pytest.raises(InputRefused, match="没有内容"):
            lay_out(short_report(bare))


def test_a_checklist_tells_done_from_not_done_and_from_unknown() -> None:
    items = tuple(CheckItem((Text(word),), done) for word, done in (("甲", True), ("乙", False), ("丙", None)))
    grid = grid_of(Checklist(items))
    assert [row[1].line.text for row in grid.rows] == ["√ 已完成", "× 未完成", "— 未知"]
    assert grid.caption is None


def test_an_empty_cell_stays_empty() -> None:
    grid = grid_of(simple(cells("甲", "乙"), (Cell(), Cell((Bound("5", "f", "p"),)))))
    assert [box.line.text for box in grid.rows[0]] == ["", "5"]
