"""Disclosure: no hidden small count can be computed from what is shown; nothing more than needed is judged here."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guantong.disclosure import FEWEST, Shown, suppress

Tables = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 7), min_size=width, max_size=width), min_size=1, max_size=2)
)


def solutions(shown: Shown, most: int) -> list[tuple[int, ...]]:
    """Every table that a reader cannot rule out: an independent search through all of them."""
    width = len(shown.cells[0])
    flat = [cell for row in shown.cells for cell in row]
    found = []
    for values in product(*(range(most + 1) if cell is None else (cell,) for cell in flat)):
        rows = [values[at : at + width] for at in range(0, len(values), width)]
        sums = [
            *zip(shown.row_totals, map(sum, rows), strict=True),
            *zip(shown.column_totals, map(sum, zip(*rows, strict=True)), strict=True),
            (shown.total, sum(values)),
        ]
        if all(told is None or told == made for told, made in sums):
            found.append(values)
    return found


@given(Tables)
def test_every_hidden_count_may_be_another_one(cells: list[list[int]]) -> None:
    shown = suppress(cells)
    possible = solutions(shown, 8)
    flat = [cell for row in shown.cells for cell in row]
    for at, cell in enumerate(flat):
        if cell is None:
            assert len({values[at] for values in possible}) > 1


@given(Tables)
def test_no_small_count_is_shown_and_what_is_shown_is_true(cells: list[list[int]]) -> None:
    shown = suppress(cells)
    told = [*(cell for row in shown.cells for cell in row), *shown.row_totals, *shown.column_totals, shown.total]
    assert not any(count is not None and 0 < count < FEWEST for count in told)
    for row, line in zip(cells, shown.cells, strict=True):
        assert all(cell in (None, count) for count, cell in zip(row, line, strict=True))


def test_a_table_of_large_counts_is_shown_whole() -> None:
    assert suppress([[5, 60], [700, 8]]).hidden == 0
    assert suppress([[0, 60], [700, 0]]).hidden == 0


def test_one_small_count_hides_others_so_that_no_subtraction_finds_it() -> None:
    shown = suppress([[3, 60, 20], [70, 80, 90]])
    assert shown.cells[0][0] is None
    assert shown.hidden == 4


def test_two_small_counts_with_a_small_shown_sum_hide_more() -> None:
    shown = suppress([[1, 2, 50], [60, 70, 80]], fewest=5)
    assert (shown.cells[0], shown.row_totals[0]) == ((None, None, None), 53)


def test_a_count_between_two_groups_of_hidden_ones_cannot_be_reckoned_from_their_totals() -> None:
    """Without more hidden cells, two rows less two columns would leave just the count between the groups."""
    cells = [[90] * 5 for _ in range(5)]
    for row, column in ((0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3), (0, 2)):
        cells[row][column] = 3
    shown = suppress(cells)
    grid = [[*line, total] for line, total in zip(shown.cells, shown.row_totals, strict=True)]
    grid.append([*shown.column_totals, shown.total])
    hidden = [(row, column) for row, line in enumerate(grid) for column, cell in enumerate(line) if cell is None]
    lines = [[place[side] == at for place in hidden] for side in (0, 1) for at in range(len(grid))]
    told = np.linalg.matrix_rank(np.array(lines, float))
    known = [[place == (0, 2) for place in hidden]]
    assert np.linalg.matrix_rank(np.array(lines + known, float)) == told + 1


def test_four_is_the_largest_count_that_is_hidden() -> None:
    assert suppress([[4, 60, 20], [70, 80, 90]]).cells[0][0] is None
    assert suppress([[5, 60, 20], [70, 80, 90]]).hidden == 0


def test_two_small_counts_that_add_up_to_five_need_no_third_in_their_line() -> None:
    shown = suppress([[1, 4, 50], [60, 70, 80]])
    assert (shown.cells[0], shown.row_totals[0]) == ((None, None, 50), 55)


@given(Tables)
def test_a_zero_is_never_hidden_since_it_says_nothing_about_anybody(cells: list[list[int]]) -> None:
    shown = suppress(cells)
    zeros = [
        cell
        for row, line in zip(cells, shown.cells, strict=True)
        for count, cell in zip(row, line, strict=True)
        if not count
    ]
    assert [cell for cell in zeros if cell is None] == []


@pytest.mark.parametrize("cells", [[[1, 2], [3]], [[-1]]])
def test_what_is_no_table_of_counts_is_refused(cells: list[list[int]]) -> None:
    with pytest.raises(ValueError, match="rows of one length"):
        suppress(cells)
