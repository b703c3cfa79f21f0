"""Identity numbers: shape, checksum, day of birth, and the region that belongs to nobody."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guantong.actions.identity_numbers import DEMO_REGION, born, check_digit, fault, tidy


def number(first: str) -> str:
    """Seventeen digits with the check digit they ask for."""
    return first + check_digit(first + "0")


INVENTED = number(DEMO_REGION + "20080229001")


def test_the_example_of_the_standard_has_its_check_digit() -> None:
    assert check_digit("1101051949" + "1231002" + "?") == "X"


def test_a_number_is_kept_without_spaces_and_with_a_capital_x() -> None:
    assert tidy(" 00000 020080101 001x ") == "00000020080101001X"


def test_an_invented_number_is_accepted_in_a_demonstration_only() -> None:
    assert fault(INVENTED, demo=True) == ""
    assert fault(INVENTED, demo=False) == "地区码 000000 只用于演示"


@pytest.mark.parametrize("text", ["", "1" * 17, "1" * 19, "A" * 18, "１" * 18])
def test_another_shape_is_told(text: str) -> None:
    assert fault(text, demo=True) == "身份证号应是 18 位"


def test_a_day_that_does_not_exist_is_told() -> None:
    impossible = number(DEMO_REGION + "20090229001")
    assert (born(impossible), fault(impossible, demo=True)) == (None, "身份证号里的出生日期不存在")


def test_the_day_of_birth_is_read() -> None:
    assert born(INVENTED) == date(2008, 2, 29)


@given(place=st.integers(0, 16), shift=st.integers(1, 9))
def test_one_wrong_digit_never_passes(place: int, shift: int) -> None:
    digit = (int(INVENTED[place]) + shift) % 10
    spoilt = f"{INVENTED[:place]}{digit}{INVENTED[place + 1 :]}"
    assert fault(spoilt, demo=True) == "身份证号校验位不对"
