"""Runs (文字段): the pieces of a sentence, each of which knows what its digits are.

Plain text holds no digit at all. A number is bound to a fact, is part of the structure (a year, a
文号, a clause, a note), or is quoted from someone who is named; there is no fourth way to print one.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

from guantong.errors import InputRefused, Problem
from guantong.reports.numbers import has_digit, numbers_in


class Role(Enum):
    """What a digit of the structure stands for (结构数字)."""

    HEADING = "标题序号"
    CAPTION = "表图编号"
    PAGE = "页码"
    YEAR = "年份"
    DATE = "日期"
    DOCUMENT = "文号"
    CLAUSE = "条款"
    NOTE = "注号"
    ORDER = "序号"
    CODE = "代码"
    NAME = "名称"


_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_YEAR = r"(?:19|20)[0-9]{2}"
_MONTH = r"(?:1[0-2]|0?[1-9])\s?月"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])\s?日"
FORMS = {
    Role.DOCUMENT: rf"〔{_YEAR}〕第?[0-9]{{1,5}}号",
    Role.DATE: rf"{_YEAR}\s?年\s?{_MONTH}(?:\s?{_DAY})?|{_MONTH}(?:\s?{_DAY})?",
    Role.YEAR: rf"{_YEAR}(?:[—–～至-]{_YEAR})?",
    Role.CLAUSE: r"第\s?[0-9]+(?:\.[0-9]+)*\s?[条款项章节]",
    Role.HEADING: r"[0-9]{1,3}\. |（[0-9]{1,3}）",
    Role.CAPTION: r"(?:[表图] [0-9]{1,2}(?:-[0-9]{1,3})?|附[表图] [0-9]{1,3})",
    Role.PAGE: r"[0-9]{1,4}",
    Role.NOTE: r"〔注[0-9]{1,3}〕",
    Role.ORDER: r"[0-9]{1,5}",
    Role.CODE: r"[0-9A-Za-z*/-]+",
}


@dataclass(frozen=True, slots=True)
class Text:
    """Words without any digit (文字)."""

    text: str
    strong: bool = False

    def __post_init__(self) -> None:
        _refuse_unseen(self.text)
        if has_digit(self.text):
            _refuse(self.text, "文字里有未声明的数字", "请把数字写成 {…} 并绑定事实，或用年份、文号、条款的规定写法。")


@dataclass(frozen=True, slots=True)
class Bound:
    """A number that prints a fact (绑定数字): its printed text, the fact's id and where the fact stands."""

    text: str
    fact: str
    place: str

    def __post_init__(self) -> None:
        _refuse_unseen(self.text)
        if not numbers_in(self.text):
            _refuse(self.text, "绑定的内容里没有数字", "文字请直接写在句子里。")
        if not self.fact or not self.place:
            _refuse(self.text, "数字没有事实编号或出处", "请补上事实编号和出处。")


@dataclass(frozen=True, slots=True)
class Named:
    """Digits of the structure (结构数字): their role, in that role's own form."""

    text: str
    role: Role

    def __post_init__(self) -> None:
        _refuse_unseen(self.text)
        form = FORMS.get(self.role, r".+")
        if not re.fullmatch(form, self.text) or not numbers_in(self.text):
            _refuse(self.text, f"不是“{self.role.value}”的写法", "事实里的数字请绑定事实编号和出处。")


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of someone else, digits included (引述), such as a school's own case."""

    text: str
    source: str

    def __post_init__(self) -> None:
        _refuse_unseen(self.text)
        if not self.source:
            _refuse(self.text, "引述没有写明是谁说的", "请补上引述的来源。")


@dataclass(frozen=True, slots=True)
class Note:
    """A remark (注) that is printed as 〔注n〕 and collected at the end of its section."""

    runs: tuple[Text | Bound | Named | Quoted, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """The number of a table or figure (互见), which the writer fills in from its label."""

    label: str


Said = Text | Bound | Named | Quoted
Run = Said | Note | Reference
Runs = tuple[Run, ...]


def _refuse_unseen(text: str) -> None:
    if any(unicodedata.category(char) in _UNSEEN for char in text):
        _refuse(text, "文字里有换行或看不见的字符", "请删去；分段请另起一段。")


def _refuse(value: str, rule: str, remedy: str) -> None:
    raise InputRefused([Problem(rule=rule, value=value, remedy=remedy)])
