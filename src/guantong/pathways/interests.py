"""Interests (兴趣方向): what a family says it likes, matched to majors by code family or by words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guantong.registry import Programme

_LEVELS = (60, 40, 20)
"""First two digits of a national code less its level: 中职 61–79, 高职 41–59, 本科 21–39 (目录 2021)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """A direction with the words found in major names and the code families (大类, "01"–"19") it means."""

    id: str
    title: str
    words: tuple[str, ...]
    categories: tuple[str, ...]

    def reason(self, programme: Programme) -> str:
        """Return why a programme matches, in one phrase; "" where it does not."""
        category = category_of(programme.code)
        if category and category in self.categories:
            return f"专业代码 {programme.code} 属于“{self.title}”一类"
        word = next((word for word in self.words if word in programme.major), "")
        return f"专业名称里有“{word}”，归入“{self.title}”" if word else ""


def category_of(code: str) -> str:
    """Return the 大类 of a national code as "01"–"19"; "" where there is no code or it fits no level."""
    if not code[:2].isdigit():
        return ""
    number = int(code[:2])
    offset = next((number - level for level in _LEVELS if number > level), 0)
    return f"{offset:02d}" if 1 <= offset <= 19 else ""


def interest_reason(wish: str, programme: Programme, interests: Iterable[Interest]) -> str:
    """Return why a programme meets a wish, given as a direction's title or id, or as free words."""
    known = next((interest for interest in interests if wish in (interest.id, interest.title)), None)
    if known:
        return known.reason(programme)
    texts = (programme.major, programme.partner_major)
    return f"专业名称里有“{wish}”" if any(wish.lower() in text.lower() for text in texts) else ""
