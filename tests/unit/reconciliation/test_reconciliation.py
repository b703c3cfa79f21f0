"""A printed number stands for what rounds to it: what precision explains is no fault, all else is."""

from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guantong.reconciliation import (
    Cell,
    Disagreement,
    Kind,
    Printed,
    ShareTable,
    Span,
    change_of,
    check_shares,
    equal,
    figure,
    jump,
    moves,
    points_of,
    ratio_of,
    rounded_shares,
    same_fraction,
    share_of,
    subset_of,
    sum_of,
    suspect_unit,
    within,
)
from guantong.reconciliation.changes import Course

Modes = st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN])
Counts = st.integers(0, 100_000)
Decimals = st.integers(0, 3)


def cell(text: str, unit: str = "%", *, label: str = "数") -> Cell:
    """A measure as printed."""
    return Cell(id=label, label=label, number=Printed.read(text), unit=unit)


def count(number: int, label: str = "数", unit: str = "人") -> Cell:
    """An exact count."""
    return Cell(id=label, label=label, number=Printed(Decimal(number), exact=True), unit=unit)


def rounded(value: Fraction, decimals: int, mode: str) -> str:
    """An independent rounding: decimal arithmetic with many digits, ties decided on the exact remainder."""
    scaled = value * 10**decimals
    floor = scaled.numerator // scaled.denominator
    rest = scaled - floor
    tie_up = mode == ROUND_HALF_UP or floor % 2 == 1
    whole = floor + (1 if rest > Fraction(1, 2) or (rest == Fraction(1, 2) and tie_up) else 0)
    return str(Decimal(whole).scaleb(-decimals))


@given(Counts, st.integers(1, 100_000), Decimals, Modes)
def test_a_share_rounded_either_way_from_its_counts_is_never_a_fault(
    part: int, whole: int, decimals: int, mode: str
) -> None:
    share = Cell(
        id="s", label="占比", number=Printed(Decimal(rounded(Fraction(part * 100, whole), decimals, mode))), unit="%"
    )
    assert share_of(share, count(part), count(whole)) is None


@given(Counts, st.integers(1, 100_000), Decimals, st.sampled_from([-2, -1, 1, 2]))
def test_a_share_that_is_one_unit_off_is_a_fault_unless_the_tie_allows_both(
    part: int, whole: int, decimals: int, off: int
) -> None:
    exact = Fraction(part * 100, whole)
    printed = Decimal(rounded(exact, decimals, ROUND_HALF_UP)) + Decimal(off).scaleb(-decimals)
    share = Cell(id="s", label="占比", number=Printed(printed), unit="%")
    admitted = abs(Fraction(printed) - exact) <= Fraction(1, 2 * 10**decimals)
    assert (share_of(share, count(part), count(whole)) is None) == admitted


@given(st.lists(st.decimals(0, 1000, places=4), min_size=1, max_size=6), Decimals, Modes)
def test_rounded_parts_never_contradict_their_rounded_total(parts: list[Decimal], decimals: int, mode: str) -> None:
    cells = [
        Cell(id=str(n), label="项", number=Printed(Decimal(rounded(Fraction(p), decimals, mode))))
        for n, p in enumerate(parts)
    ]
    total = Cell(
        id="t", label="合计", number=Printed(Decimal(rounded(sum(map(Fraction, parts), Fraction(0)), decimals, mode)))
    )
    assert sum_of(total, cells) is None


@given(st.lists(Counts, min_size=1, max_size=6), st.integers(-3, 3))
def test_counts_add_up_exactly_or_not_at_all(parts: list[int], off: int) -> None:
    found = sum_of(count(sum(parts) + off), [count(part) for part in parts])
    assert (found is None) == (off == 0)
    if found:
        assert found.distance == abs(off)


@given(st.integers(1, 10**6), st.integers(1, 10**6), Decimals, Modes)
def test_a_change_rounded_from_its_two_numbers_is_never_a_fault(
    before: int, after: int, decimals: int, mode: str
) -> None:
    change = Fraction(after, before) * 100 - 100
    sign = -1 if change < 0 else 1
    printed = Decimal(rounded(abs(change), decimals, mode)) * sign
    cell_ = Cell(id="c", label="增幅", number=Printed(printed), unit="%")
    assert change_of(cell_, count(before), count(after)) is None


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6), st.integers(0, 4))
def test_figures_are_rounded_half_up_like_decimal_does(numerator: int, denominator: int, decimals: int) -> None:
    value = Fraction(numerator, denominator)
    sign = -1 if value < 0 else 1
    expected = Decimal(rounded(abs(value), decimals, ROUND_HALF_UP)) * sign
    assert Decimal(figure(value, decimals)) == expected
    assert not (figure(value, decimals).startswith("-") and expected == 0)


def test_the_printed_precision_is_what_is_compared() -> None:
    assert share_of(cell("6.8"), count(3), count(44)) is None
    assert share_of(cell("6.80"), count(3), count(44)) is not None
    found = share_of(cell("70.46", label="A 档占比"), count(31, "A 档"), count(44, "合计"))
    assert found is not None
    assert found.kind is Kind.RATIO
    assert found.text == "A 档占比 70.46%，但 A 档 31 人、合计 44 人 得 70.455%。"
    assert found.distance == Fraction(7046, 100) - Fraction(3100, 44)


def test_a_share_table_tells_every_cell_that_does_not_fit() -> None:
    rows = [(count(3, "A+"), cell("6.8")), (count(41, "B"), cell("93.19")), (count(1, "C"), None)]
    table = ShareTable(total=count(44, "合计"), rows=rows, groups=[(count(45, "全部"), cell("100"), (0, 1, 2))])
    assert [found.kind for found in check_shares(table)] == [Kind.SUM, Kind.RATIO, Kind.RATIO]


@pytest.mark.parametrize("text", ["", "12a", "1,23", "--1", "１２", "1.2.3", "."])
def test_what_is_no_printed_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a printed number"):
        Printed.read(text)


def test_numbers_are_read_with_commas_and_either_minus() -> None:
    assert [str(Printed.read(text)) for text in ("11,184.52", "−24.7", " 9,985 ")] == ["11184.52", "-24.7", "9985"]
    assert Printed.read("96.80").decimals == 2


def test_the_same_number_in_two_places_may_use_two_multiples_of_a_unit() -> None:
    assert equal(cell("1.17", "亿元"), cell("11,698.4", "万元")) is None
    found = equal(cell("1.17", "亿元", label="收入"), cell("9985.59", "万元"))
    assert found is not None
    assert found.text == "收入 1.17 亿元，另一处是 9985.59 万元。"


def test_two_measures_are_never_compared() -> None:
    compare: list[Callable[[], Disagreement | None]] = [
        lambda: equal(cell("5", "%"), cell("5", "个百分点")),
        lambda: sum_of(cell("5", "人"), [cell("5", "元")]),
        lambda: subset_of(cell("5", "人"), cell("5", "人次")),
        lambda: jump(cell("5", "人"), cell("5", "元"), 10),
    ]
    for one in compare:
        with pytest.raises(ValueError, match="two measures"):
            one()


def test_a_part_is_never_larger_than_its_whole() -> None:
    assert subset_of(count(5), count(5)) is None
    assert subset_of(cell("1.2", "万人"), count(11_950)) is None
    found = subset_of(count(6, "升学"), count(5, "毕业"))
    assert found is not None
    assert found.text == "升学 6 人，大于 毕业 5 人。"


def test_without_a_whole_there_is_no_share() -> None:
    assert share_of(cell("0"), count(0), count(0)) is not None
    assert ratio_of(cell("3", ""), cell("1", "人"), cell("0", "人")) is None


def test_ranges_keep_both_ends() -> None:
    assert (within(cell("0"), 0, 100), within(cell("100"), 0, 100)) == (None, None)
    assert [bool(within(cell(text), 0, 100)) for text in ("100.1", "-0.1")] == [True, True]
    assert within(cell("5"), None, None) is None


def test_a_jump_and_a_wrong_unit_are_told_apart() -> None:
    now, before = cell("96,074", "元"), cell("9.5", "元")
    assert suspect_unit(now, before) is not None
    assert suspect_unit(cell("12", "元"), cell("10", "元")) is None
    assert suspect_unit(cell("0", "元"), cell("10", "元")) is None
    assert jump(count(150), count(100), 50) is None
    assert jump(count(151), count(100), 50) is not None
    assert jump(count(49), count(100), 50) is not None
    assert jump(count(49), count(0), 50) is None
    assert jump(cell("4.9", "元"), cell("0.0", "元"), 50) is None


@pytest.mark.parametrize(("now", "told"), [("49", False), ("50", True), ("200", True), ("250", False), ("500", True)])
def test_a_wrong_unit_is_suspected_within_twice_or_half_its_factor(now: str, told: bool) -> None:
    assert bool(suspect_unit(cell(now, "元"), cell("1", "元"))) is told


def test_a_step_that_rounding_explains_is_not_against_the_words() -> None:
    assert moves(Course.FALLS, [cell("5.0"), cell("5.1")]) is None
    assert moves(Course.FALLS, [cell("5.0"), cell("5.2")]) is not None


def test_points_are_compared_by_subtraction() -> None:
    assert points_of(cell("11.53", "个百分点"), cell("61.78"), cell("73.31")) is None
    assert points_of(cell("11.53", "个百分点"), cell("61.78"), cell("71.84")) is not None
    assert change_of(cell("5"), count(0), count(5)) is None


def test_a_course_that_the_series_does_not_take_is_told_at_its_first_step_against_it() -> None:
    series = [cell(text, "元", label=year) for year, text in (("2018", "9"), ("2019", "8"), ("2020", "8.6"))]
    found = moves(Course.FALLS, series)
    assert found is not None
    assert (found.cell.label, found.kind) == ("2020", Kind.TREND)
    assert moves(Course.FALLS, series[:2]) is None
    assert moves(Course.RISES, series[1:]) is None


def test_equal_counts_of_one_whole_have_one_share() -> None:
    pairs = [(count(2, "30—34 岁"), cell("0.76")), (count(5, "其他"), cell("1.94")), (count(2, "正高级"), cell("0.78"))]
    (found,) = same_fraction(pairs)
    assert found.cell.number == Printed.read("0.78")


def test_shares_of_a_table_are_each_rounded_for_themselves() -> None:
    assert rounded_shares([1, 1, 1], 3, 2) == ("33.33", "33.33", "33.33")
    with pytest.raises(ValueError, match="positive whole"):
        rounded_shares([0], 0, 1)


def test_a_span_may_not_be_empty_and_never_divides_by_what_may_be_zero() -> None:
    with pytest.raises(ValueError, match="empty span"):
        Span(Fraction(2), Fraction(1))
    with pytest.raises(ZeroDivisionError):
        Span.of(1) / Span(Fraction(-1), Fraction(1))
    assert Span(Fraction(1), Fraction(2)).holds(Fraction(2))
    assert Span(Fraction(1), Fraction(2)).times(-1) == Span(Fraction(-2), Fraction(-1))
