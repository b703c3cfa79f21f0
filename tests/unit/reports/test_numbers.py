"""What counts as a number: the one definition that the model and the finished files share."""

import pytest

from guantong.reports.numbers import has_digit, numbers_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("招生1,035人，占74.2%。", ("1,035", "74.2%")),
        ("增长-5.2%，减少−3人", ("-5.2%", "−3")),
        ("3+2衔接，5-8人，A-5座", ("3", "2", "5", "8", "5")),
        ("共２５人，第①项，5㎡余²", ("２５", "①", "5", "²")),
        ("Ⅱ类，𝟏项，१२", ("Ⅱ", "𝟏", "१२")),
        ("二〇二五年，三成", ()),
        ("2025.", ("2025",)),
        ("12‰与7％", ("12‰", "7％")),
    ],
)
def test_a_number_is_a_run_of_digits_with_its_sign_and_percent(text: str, found: tuple[str, ...]) -> None:
    assert numbers_in(text) == found


def test_chinese_numerals_are_words_and_full_width_digits_are_not() -> None:
    assert not has_digit("二〇二五年")
    assert has_digit("２")
