"""Enrolment history as a drawing (历年招生图): a bar per year, gaps for what is not loaded, breaks where unequal."""

from __future__ import annotations

from dataclasses import dataclass

from guantong.pathways.history import LISTED, NOT_LISTED, STATES, Point, Series

WIDTH, HEIGHT = 360, 176
_MARGIN, _TOP, _GROUND = 8, 26, 148
_BAR_SHARE = 0.74


@dataclass(frozen=True, slots=True)
class Bar:
    """One year: where it stands, how high, and the words above or in its place; `gap` marks what is not known."""

    point: Point
    x: int
    width: int
    y: int
    height: int
    words: str
    gap: bool

    @property
    def middle(self) -> int:
        """Return the horizontal middle."""
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class Chart:
    """A series laid out: its bars, the x of its breaks, and the same in words."""

    series: Series
    bars: tuple[Bar, ...]
    breaks: tuple[int, ...]
    words: str
    rows: tuple[tuple[Point, str], ...]

    @property
    def counted(self) -> bool:
        """Tell whether any year says how many were admitted."""
        return any(point.actual is not None for point in self.series.points)


def chart(series: Series) -> Chart:
    """Lay out a series; bars of unequal coverage are kept apart by a break, never by a line."""
    highest = max((point.quota or 0 for point in series.points), default=0) or 1
    step = (WIDTH - 2 * _MARGIN) // max(1, len(series.points))
    left = {point.year: _MARGIN + number * step for number, point in enumerate(series.points)}
    bars = tuple(_bar(point, left[point.year], step, highest) for point in series.points)
    unequal = [gap for gap in series.breaks if not _same_segment(series, gap.after, gap.before)]
    return Chart(
        series=series,
        bars=bars,
        breaks=tuple(left[gap.before] for gap in unequal),
        words="；".join(f"{point.year} 年{words_of(point)}" for point in series.points),
        rows=tuple((point, words_of(point)) for point in series.points),
    )


def words_of(point: Point) -> str:
    """Return a year in words: its places, or why there is no number."""
    if point.state == LISTED:
        return "列入，人数原文缺失" if point.quota is None else f"{point.quota} 人"
    return STATES[point.state]


def _same_segment(series: Series, first: int, second: int) -> bool:
    return any(first in segment and second in segment for segment in series.segments)


def _bar(point: Point, left: int, step: int, highest: int) -> Bar:
    width = int(step * _BAR_SHARE)
    height = round((point.quota or 0) / highest * (_GROUND - _TOP))
    words = {LISTED: str(point.quota) if point.quota is not None else "缺", NOT_LISTED: "无"}.get(point.state, "未收录")
    gap = point.state not in (LISTED, NOT_LISTED) or (point.state == LISTED and point.quota is None)
    return Bar(
        point=point,
        x=left + (step - width) // 2,
        width=width,
        y=_TOP if gap else _GROUND - height,
        height=_GROUND - _TOP if gap else height,
        words=words,
        gap=gap,
    )
