"""The digits beside the marks of a chart: no line and no other digits run through them."""

import pytest

from guantong.charts.labels import ABOVE, BELOW, Mark, sides_of

HEIGHT = 220


def mark(x: float, y: float, shown: str = "6,317") -> Mark:
    """A mark with digits beside it."""
    return Mark(x, y, shown)


def test_digits_stand_above_their_mark_where_nothing_is_in_the_way() -> None:
    assert sides_of([[mark(50, 100), mark(150, 100)]], HEIGHT) == [[ABOVE, ABOVE]]


@pytest.mark.parametrize("apart", [0, 3, 8, 14])
def test_two_marks_of_one_year_share_no_place(apart: float) -> None:
    ((upper,), (lower,)) = sides_of([[mark(50, 100, "6,996")], [mark(50, 100 + apart)]], HEIGHT)
    assert upper == ABOVE
    assert lower == BELOW


def test_the_digits_of_a_trough_stand_below_and_of_a_peak_above() -> None:
    ((_, trough, _),) = sides_of([[mark(0, 20), mark(40, 120), mark(80, 20)]], HEIGHT)
    ((_, peak, _),) = sides_of([[mark(0, 120), mark(40, 20), mark(80, 120)]], HEIGHT)
    assert (trough, peak) == (BELOW, ABOVE)


def test_on_a_steep_slope_the_digits_stand_on_the_free_side() -> None:
    ((_, falling, _),) = sides_of([[mark(0, 20), mark(60, 80, "303,904.74"), mark(120, 190)]], HEIGHT)
    ((_, rising, _),) = sides_of([[mark(0, 190), mark(60, 80, "303,904.74"), mark(120, 20)]], HEIGHT)
    assert (falling.align, falling.dy < 0) == ("left", True)
    assert (rising.align, rising.dy < 0) == ("right", True)


def test_digits_never_stand_under_the_axis_while_there_is_another_place() -> None:
    ((_, trough, _),) = sides_of([[mark(0, 20), mark(40, 212), mark(80, 20)]], HEIGHT)
    assert trough.dy < 0
