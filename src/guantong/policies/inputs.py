"""Declared inputs (输入): their domain, and how what a person gives is read without guessing."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import TypeAlias

from guantong.errors import Problem
from guantong.years import full_years

Known: TypeAlias = int | str | bool
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_LONGEST_NUMBER = 12
_BOOLEANS = {"yes": True, "no": False, "true": True, "false": False, "是": True, "否": False}
_UNKNOWN = ("", "unknown", "未知", "不清楚")


class InputKind(Enum):
    """What an input holds."""

    SCORE = "score"
    COUNT = "count"
    CHOICE = "choice"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True, kw_only=True)
class InputSpec:
    """One declared input: its kind, its Chinese label, its domain.

    Numbers are kept as whole steps (a score of 380 with step 0.5 is 760), so that no comparison
    ever meets a rounding. `upper` names the dated value whose paper totals bound a score.
    """

    name: str
    label: str
    kind: InputKind
    unit: str = ""
    step: Decimal = Decimal(1)
    choices: tuple[tuple[str, str], ...] = ()
    upper: str = ""
    from_date: bool = False

    def derived(self, raw: object, on: date | None) -> object:
        """Return the raw value, or the whole years from a date to the day of the question where one was given.

        Only inputs with `from_date` take a date, written 2020-06-30; returns a `Problem` where the day
        of the question is missing or lies before it.
        """
        if not self.from_date or not isinstance(raw, str) or not _DATE.fullmatch(raw.strip()):
            return raw
        try:
            since = date.fromisoformat(raw.strip())
        except ValueError:
            return self._problem(raw, "的日期不存在", "请写成 2020-06-30 的样子。")
        if on is None or on < since:
            return self._problem(raw, "要由所问的日期推算", "请填写不早于它的所问日期（--on）。")
        return full_years(since, on)

    def read(self, raw: object, highest: Decimal | None = None) -> Known | Problem | None:
        """Return the value, None where it is unknown, or the problem with it.

        `highest` is the largest paper total of the cohort; without one a score has no upper bound.
        """
        if raw is None or (isinstance(raw, str) and raw.strip().lower() in _UNKNOWN):
            return None
        if self.kind is InputKind.BOOLEAN:
            return self._read_boolean(raw)
        if self.kind is InputKind.CHOICE:
            return self._read_choice(raw)
        return self._read_number(raw, highest)

    def steps(self, number: Decimal) -> int:
        """Return a number of the law in whole steps; a threshold between two steps is refused."""
        steps = number / self.step
        if steps != steps.to_integral_value():
            raise ValueError(f"{number} is no multiple of {self.step}")
        return int(steps)

    def shown(self, value: Known | None) -> object:
        """Return a value as JSON shows it: numbers in their unit, choices by id, None as "unknown"."""
        if value is None:
            return "unknown"
        if self.kind in (InputKind.SCORE, InputKind.COUNT):
            number = Decimal(int(value)) * self.step
            return int(number) if number == number.to_integral_value() else float(number)
        return value

    def words(self, value: Known | None) -> str:
        """Return a value in Chinese, for a sentence."""
        if value is None:
            return "未提供"
        if self.kind is InputKind.BOOLEAN:
            return "是" if value else "否"
        if self.kind is InputKind.CHOICE:
            return dict(self.choices)[str(value)]
        return f"{self.shown(value)} {self.unit}".strip()

    def domain(self) -> tuple[Known, ...]:
        """Return every value of a choice or a boolean; empty for numbers."""
        if self.kind is InputKind.BOOLEAN:
            return (True, False)
        return tuple(name for name, _ in self.choices)

    def _problem(self, raw: object, rule: str, remedy: str) -> Problem:
        return Problem(column=self.name, value=str(raw)[:40], rule=f"{self.label}{rule}", remedy=remedy)

    def _read_boolean(self, raw: object) -> bool | Problem:
        if isinstance(raw, bool):
            return raw
        known = _BOOLEANS.get(str(raw).strip().lower())
        if known is None:
            return self._problem(raw, "只能是 yes、no 或 unknown", "请改为其中之一。")
        return known

    def _read_choice(self, raw: object) -> str | Problem:
        ids = [name for name, _ in self.choices]
        text = str(raw).strip()
        by_label = {label: name for name, label in self.choices}
        if text in ids or text in by_label:
            return by_label.get(text, text)
        near = difflib.get_close_matches(text.lower(), ids, n=1, cutoff=0.5)
        hint = f"最接近的是 {near[0]}。" if near else "请改为其中之一。"
        return self._problem(raw, f"只能是 {'、'.join(ids)} 或 unknown", hint)

    def _read_number(self, raw: object, highest: Decimal | None) -> int | Problem:
        text = unicodedata.normalize("NFKC", str(raw)).strip()
        if not _NUMBER.fullmatch(text):
            return self._problem(raw, "应是数字", "请只填阿拉伯数字，例如 400。")
        if len(text) > _LONGEST_NUMBER:
            return self._problem(raw, "位数太多", "请核对后重新填写。")
        number = Decimal(text)
        if number < 0 or (highest is not None and number > highest):
            limit = f"应在 0 到 {highest} 之间" if highest is not None else "不能小于 0"
            return self._problem(raw, limit, "请核对分数和年份；各年总分不同，不能混用。")
        if number % self.step:
            below = number // self.step * self.step
            return self._problem(raw, f"的最小单位是 {self.step}", f"可填 {below} 或 {below + self.step}。")
        return self.steps(number)


def number_or_none(raw: object) -> Decimal | None:
    """Return a plain number, or None where the text is none."""
    try:
        text = unicodedata.normalize("NFKC", str(raw)).strip()
        return Decimal(text) if _NUMBER.fullmatch(text) else None
    except InvalidOperation:
        return None


def unknown_names(names: Iterable[str], declared: Iterable[str]) -> list[Problem]:
    """Return a problem for each input that the decision does not have, with the nearest that it has."""
    known = list(declared)
    problems = []
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            remedy = f"最接近的是 {near[0]}。" if near else f"可用的输入：{'、'.join(known)}。"
            problems.append(Problem(column=name, rule="没有这个输入项", remedy=remedy))
    return problems
