"""A series of facts as a drawing (数列图): a bar a statement, both where sources disagree, a line at each break."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from guantong.facts import Fact, Point, Segment, Series, finest

WIDTH, ROW = 360, 26
_NONE = Decimal(0)
_LEFT, _RIGHT, _THICK, _SEAM = 92, 96, 16, 14


@dataclass(frozen=True, slots=True)
class Bar:
    """One statement: the year beside it, its length, its value in words; `apart` where another statement differs."""

    year: str
    words: str
    y: int
    width: int
    apart: bool

    @property
    def middle(self) -> int:
        """Return the vertical middle."""
        return self.y + _THICK // 2 + 5

    @property
    def end(self) -> int:
        """Return where the words after the bar begin."""
        return _LEFT + self.width + 6


@dataclass(frozen=True, slots=True)
class Chart:
    """A series laid out: its bars from top to bottom, the lines between what must not be compared, all in words."""

    series: Series
    bars: tuple[Bar, ...]
    seams: tuple[int, ...]
    height: int
    words: str
    left: int = _LEFT
    thick: int = _THICK


def chart(series: Series) -> Chart:
    """Lay a series out; the longest bar is the largest value of all its segments."""
    largest = max((abs(fact.magnitude or _NONE) for fact in _facts(series)), default=_NONE) or Decimal(1)
    bars: list[Bar] = []
    seams: list[int] = []
    top = 4
    broken = {gap.before for gap in series.breaks}
    for segment in series.segments:
        for point in segment.points:
            if bars and point.period in broken:
                seams.append(top + _SEAM // 2 - 3)
                top += _SEAM
            for number, fact in enumerate(statements(point)):
                length = int(abs(fact.magnitude or _NONE) / largest * (WIDTH - _LEFT - _RIGHT))
                year = str(point.period).removesuffix(" 学年") if number == 0 else ""
                bars.append(Bar(year, fact.words, top, max(1, length), not point.agreed))
                top += ROW
    words = "；".join(f"{point.period} {point_words(point)}" for segment in series.segments for point in segment.points)
    return Chart(series, tuple(bars), tuple(seams), top + 2, words)


def statements(point: Point) -> tuple[Fact, ...]:
    """Return one fact a different value, the finest statement of each."""
    groups: list[list[Fact]] = []
    for fact in point.facts:
        group = next((group for group in groups if all(fact.agrees(other) for other in group)), None)
        if group is None:
            groups.append([fact])
        else:
            group.append(fact)
    return tuple(map(finest, groups))


def point_words(point: Point) -> str:
    """Return a point in words; disagreeing values joined by 或."""
    return " 或 ".join(fact.words for fact in statements(point))


def points(segment: Segment) -> Iterator[tuple[Point, str]]:
    """Yield each point of a segment with its words."""
    for point in segment.points:
        yield point, point_words(point)


def _facts(series: Series) -> Iterator[Fact]:
    for segment in series.segments:
        for point in segment.points:
            yield from point.facts
