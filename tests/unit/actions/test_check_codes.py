"""Check codes: enough random bits, no look-alikes, taken however they are typed."""

import math

from hypothesis import given
from hypothesis import strategies as st

from guantong.actions import check_codes


def test_a_code_has_at_least_eighty_bits_and_no_look_alikes() -> None:
    assert math.log2(len(set(check_codes.LETTERS))) * check_codes.LENGTH >= 80
    assert not set("01IO") & set(check_codes.LETTERS)
    assert len(check_codes.new_code()) == len(check_codes.SPECIMEN)


@given(st.text(check_codes.LETTERS, min_size=20, max_size=20), st.randoms())
def test_a_code_is_the_same_however_it_is_typed(letters: str, random: object) -> None:
    wanted = check_codes.tidy_code(letters)
    full_width = "".join(chr(ord(sign) + 0xFEE0) for sign in letters)
    for typed in (letters.lower(), " ".join(letters), "－".join(letters), full_width, f"\t{wanted}\n"):
        assert check_codes.tidy_code(typed) == wanted


@given(st.text())
def test_any_text_is_taken_and_tidying_twice_changes_nothing(text: str) -> None:
    once = check_codes.tidy_code(text)
    assert check_codes.tidy_code(once) == once
    number = check_codes.tidy_number(text)
    assert "\0" not in number
    assert not any(sign.isspace() for sign in number)


def test_the_addresses_of_one_ipv6_network_are_one_caller() -> None:
    assert check_codes.caller_group("2001:db8::1") == check_codes.caller_group("2001:db8::ffff:1")
    assert check_codes.caller_group("2001:db8:1::1") != check_codes.caller_group("2001:db8:2::1")
    assert check_codes.caller_group("192.0.2.1") != check_codes.caller_group("192.0.2.2")
    assert check_codes.caller_group("") == check_codes.caller_group("no address") == "unknown"
