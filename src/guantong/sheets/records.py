"""One mapping of a YAML or JSON file, read field by field, every fault collected.

A reader takes the fields that it knows and calls `done`; what is left over is a fault too, so a
misspelled key never disappears silently.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import TypeVar

from guantong.errors import Problem
from guantong.evidence import Grade, Place, are_lines

Choice = TypeVar("Choice", bound=Enum)
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


class Record:
    """A mapping under a path such as `plans.yaml › 2025 › floors`, with the problems found in it."""

    def __init__(self, fields: object, file: str, path: str, problems: list[Problem]) -> None:
        """Wrap `fields`; anything but a mapping is a problem at once and reads as empty."""
        self.file, self.path, self.problems = file, path, problems
        self._taken: set[str] = set()
        self._fields: Mapping[str, object] = {}
        if isinstance(fields, Mapping):
            self._fields = fields
        else:
            self.complain("", "这里应是“键: 值”的记录", str(fields)[:40], "请照同一文件里其他条目的样子书写。")

    def complain(self, column: str, rule: str, value: str = "", remedy: str = "请修改后重新载入。") -> None:
        """Note one problem of this record."""
        where = self._below(column) if column else self.path
        self.problems.append(Problem(file=self.file, column=where, rule=rule, value=value, remedy=remedy))

    def has(self, key: str) -> bool:
        """Tell whether a field is there and not null."""
        return self._fields.get(key) is not None

    def raw_keys(self) -> tuple[str, ...]:
        """Return the names of every field, taken or not."""
        return tuple(map(str, self._fields))

    def raw(self, key: str) -> object:
        """Take a field as it stands; None where it is absent."""
        self._taken.add(key)
        return self._fields.get(key)

    def text(self, key: str, *, required: bool = True) -> str:
        """Take a text; an absent optional one reads as ""."""
        value = self.raw(key)
        if value is None:
            if required:
                self.complain(key, "缺少必填内容")
            return ""
        if _is_text(value):
            return str(value)
        self.complain(key, "应是非空文字", str(value)[:40], "请写成加引号的文字；未知就删去这个键。")
        return ""

    def whole(self, key: str, *, required: bool = True) -> int | None:
        """Take a whole number."""
        value = self.raw(key)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if value is not None or required:
            self.complain(key, "应是整数", "" if value is None else str(value)[:40])
        return None

    def number(self, key: str, *, required: bool = True) -> Decimal | None:
        """Take a number, written plainly or as quoted text, without rounding."""
        value = self.raw(key)
        if value is None and not required:
            return None
        text = "" if value is None else str(value)
        if _NUMBER.fullmatch(text):
            return Decimal(text)
        self.complain(key, "应是数字", text[:40])
        return None

    def flag(self, key: str) -> bool:
        """Take true or false; absent means false."""
        value = self.raw(key)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.complain(key, "应是 true 或 false", str(value)[:40])
        return False

    def choice(self, key: str, kind: type[Choice], default: Choice | None = None) -> Choice:
        """Take one of an enumeration's values; a misspelled one is answered with the nearest."""
        value = self.raw(key)
        if value is None and default is not None:
            return default
        members = {str(member.value): member for member in kind}
        if str(value) in members:
            return members[str(value)]
        near = difflib.get_close_matches(str(value), members, n=1)
        hint = f"最接近的是 {near[0]}。" if near else "请改为其中之一。"
        self.complain(key, f"只能是 {'、'.join(members)} 之一", "" if value is None else str(value), hint)
        return next(iter(members.values()))

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Take a list of texts; absent means an empty one."""
        values = self._items(key, required=required)
        bad = [value for value in values if not _is_text(value)]
        if bad:
            self.complain(key, "应是文字的列表", str(bad[0])[:40])
        return tuple(str(value) for value in values if _is_text(value))

    def wholes(self, key: str, *, required: bool = False) -> tuple[int, ...]:
        """Take a list of whole numbers; absent means an empty one."""
        values = self._items(key, required=required)
        whole = tuple(value for value in values if isinstance(value, int) and not isinstance(value, bool))
        if len(whole) < len(values):
            self.complain(key, "应是整数的列表", str(values)[:40])
        return whole

    def records(self, key: str, *, required: bool = False) -> Iterator[Record]:
        """Take a list of mappings, one reader each."""
        for number, value in enumerate(self._items(key, required=required), 1):
            yield Record(value, self.file, self._below(f"{key}[{number}]"), self.problems)

    def record(self, key: str) -> Record | None:
        """Take a mapping; None where it is absent."""
        value = self.raw(key)
        return None if value is None else Record(value, self.file, self._below(key), self.problems)

    def place(self, key: str = "place", *, required: bool = True) -> Place | None:
        """Take a place: `document` is required in it, lines have the form "124-126;130"."""
        inner = self.record(key)
        if inner is None:
            if required:
                self.complain(key, "缺少出处", remedy="请写明 document（以及 section、table、row、lines 中已知的）。")
            return None
        parts = {name: inner.text(name, required=False) for name in ("section", "table", "row", "column", "lines")}
        place = Place(document=inner.text("document"), **parts)
        inner.done()
        if place.lines and not are_lines(place.lines):
            inner.complain("lines", "行号应写成 124、124-126 或 124;130 的形式", place.lines)
            return None
        return place

    def grade(self, key: str = "grade", default: Grade | None = None) -> Grade:
        """Take an evidence grade."""
        return self.choice(key, Grade, default)

    def done(self) -> None:
        """Complain of every field that nobody took."""
        for key in self._fields:
            if key not in self._taken:
                near = difflib.get_close_matches(str(key), self._taken, n=1)
                hint = f"最接近的是 {near[0]}。" if near else "请删去或改正。"
                self.complain(str(key), "不认识这个键", remedy=hint)

    def _below(self, key: str) -> str:
        return f"{self.path} › {key}" if self.path else key

    def _items(self, key: str, *, required: bool) -> Sequence[object]:
        value = self.raw(key)
        if isinstance(value, list):
            if required and not value:
                self.complain(key, "至少写一个")
            return value
        if value is not None or required:
            self.complain(key, "应是列表", "" if value is None else str(value)[:40])
        return ()


def _is_text(value: object) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool) and bool(str(value).strip())
