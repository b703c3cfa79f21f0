"""What looks like personal data in words that will be read by others: numbers of papers, telephones, mail."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guantong.errors import Problem

_PERSONAL = (
    (re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"), "像是证件号码"),
    (re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"), "像是手机号码"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"), "像是电子邮箱"),
)


def personal_in(text: str, remedy: str = "这里不能有个人信息，请删去。") -> Iterator[Problem]:
    """Yield a problem for each place that looks like personal data; the first three signs of it alone are shown."""
    for pattern, rule in _PERSONAL:
        for match in pattern.finditer(text):
            yield Problem(column=text[:20], value=f"{match[0][:3]}…", rule=rule, remedy=remedy)
