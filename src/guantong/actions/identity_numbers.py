"""Identity numbers (居民身份证号): 18 characters with a checksum (GB 11643-1999).

Region 000000 belongs to nobody: invented people of a demonstration have it, and nobody else may.
"""

from __future__ import annotations

import re
from datetime import date

DEMO_REGION = "000000"
_SHAPE = re.compile(r"\d{17}[\dX]", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


def tidy(text: str) -> str:
    """Return a number as it is kept: no spaces, capital X."""
    return text.replace(" ", "").upper()


def fault(number: str, *, demo: bool) -> str:
    """Return what is wrong with a tidy number; "" where nothing is."""
    if not _SHAPE.fullmatch(number):
        return "身份证号应是 18 位"
    if check_digit(number) != number[-1]:
        return "身份证号校验位不对"
    if born(number) is None:
        return "身份证号里的出生日期不存在"
    if (number.startswith(DEMO_REGION)) != demo:
        return "演示库只能用地区码 000000 的虚构号码" if demo else "地区码 000000 只用于演示"
    return ""


def check_digit(number: str) -> str:
    """Return the last character that the first seventeen digits ask for."""
    return _CHECK[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False)) % len(_CHECK)]


def birth_month(number: str) -> str:
    """Return year and month of birth in a tidy number; "" without one."""
    return f"{number[6:10]}-{number[10:12]}" if number else ""


def born(number: str) -> date | None:
    """Return the day of birth in a number; None where there is no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
