"""Charts as data (图的数据): lines over years with their breaks, bars of parts; then their Vega-Lite specification."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guantong.charts.labels import Mark, sides_of

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
"""A name that the drawing library knows; nothing is fetched from it."""
WIDTH, HEIGHT, BAR, PADDING = 460, 220, 22, 24
INKS = ("#1f5c99", "#b4552d", "#3f7d4e", "#7a5195", "#8a6d1f", "#4a4a4a")
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 4], [1, 3])
SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross")
FONT = "Noto Sans CJK SC"
_UPRIGHT = {"titleAngle": 0, "titleAlign": "right", "titleAnchor": "end", "titleX": -6, "titleY": -12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One mark: its year or part, its value, and the digits that its table prints."""

    at: str
    value: float
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One run of years of one definition; a series that breaks or has a gap is several lines of one name."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar of a group of bars."""

    group: str
    point: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart of lines over years, or of bars: never both. `title` names the measure, `unit` its unit."""

    title: str
    unit: str
    lines: tuple[Line, ...] = ()
    bars: tuple[Bar, ...] = ()

    @property
    def words(self) -> str:
        """Return what the chart shows, for those who cannot see it."""
        parts = [
            f"{line.name or self.title}：" + "，".join(f"{point.at} {point.shown}" for point in line.points)
            for line in self.lines
        ]
        parts += [f"{bar.point.at}{'，' + bar.group if bar.group else ''}：{bar.point.shown}" for bar in self.bars]
        unit = f"（{self.unit}）" if self.unit else ""
        return f"{self.title}{unit}。" + "；".join(parts) + "。"


def spec_of(chart: Chart) -> Mapping[str, object]:
    """Return the specification of a chart; raise `ValueError` for one without a mark, or with both kinds."""
    if bool(chart.lines) == bool(chart.bars):
        raise ValueError("a chart has lines or bars")
    body = _lines(chart) if chart.lines else _bars(chart)
    return {
        "$schema": SCHEMA,
        "description": chart.title,
        "background": "white",
        "config": {
            "font": FONT,
            "axis": {"labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal", "gridColor": "#e4e4e4"},
            "legend": {"orient": "bottom", "title": None, "labelFontSize": 11, "labelLimit": 400, "symbolSize": 120},
            "view": {"stroke": None},
        },
        **body,
    }


def _lines(chart: Chart) -> dict[str, object]:
    """Every line has an ink, a dash and a mark of its own name: told apart in black and white, a lone year too."""
    names = list(dict.fromkeys(line.name for line in chart.lines))
    colour, stroke = (_told_apart(names, means) for means in (INKS, DASHES))
    shape = {"field": "shape", "type": "nominal", "scale": None, "legend": None}
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "data": {"values": _marks(chart, names)},
        "encoding": {"x": _year(), "y": _value(chart) | {"axis": _UPRIGHT}},
        "layer": [
            {
                "mark": {"type": "line", "strokeWidth": 2},
                "encoding": {"color": colour, "strokeDash": stroke, "detail": {"field": "run", "type": "nominal"}},
            },
            {
                "mark": {"type": "point", "filled": True, "opacity": 1, "size": 45},
                "encoding": {"color": colour, "shape": shape},
            },
            _digits(stroke="white", strokeWidth=3, strokeJoin="round"),
            _digits(color="#333333"),
        ],
    }


def _told_apart(names: list[str], means: Sequence[object]) -> dict[str, object]:
    scale = {"domain": names, "range": [means[at % len(means)] for at in range(len(names))]}
    legend = {"symbolType": "stroke"} if len(names) > 1 else None
    return {"field": "name", "type": "nominal", "scale": scale, "sort": names, "legend": legend}


def _marks(chart: Chart, names: list[str]) -> list[dict[str, object]]:
    """Return a row a mark, with its shape and the side on which its digits stand."""
    runs = [[Mark(*_pixels(chart, point), point.shown) for point in line.points] for line in chart.lines]
    return [
        {"at": int(point.at), "value": point.value, "shown": point.shown, "name": line.name, "run": run}
        | {"align": side.align, "dx": side.dx, "dy": side.dy, "shape": SHAPES[names.index(line.name) % len(SHAPES)]}
        for run, (line, sides) in enumerate(zip(chart.lines, sides_of(runs, HEIGHT), strict=True))
        for point, side in zip(line.points, sides, strict=True)
    ]


def _pixels(chart: Chart, point: Point) -> tuple[float, float]:
    """Return where a mark comes to stand, near enough: the library may still round the scale upwards."""
    points = [point for line in chart.lines for point in line.points]
    years, values = [int(one.at) for one in points], [0, *(one.value for one in points)]
    span, high = max(years) - min(years) or 1, (max(values) - min(values)) * 1.05 or 1
    across = PADDING + (WIDTH - 2 * PADDING) * (int(point.at) - min(years)) / span
    return across, HEIGHT * (1 - (point.value - min(values)) / high)


def _digits(**ink: object) -> dict[str, object]:
    """Return the digits as a layer; drawn first in thick white, they stay legible where a line must run through."""
    place = {name: {"expr": f"datum.{name}"} for name in ("align", "dx", "dy")}
    return {
        "mark": {"type": "text", "baseline": "middle", "fontSize": 10, **place, **ink},
        "encoding": {"text": {"field": "shown", "type": "nominal"}},
    }


def _bars(chart: Chart) -> dict[str, object]:
    groups = list(dict.fromkeys(bar.group for bar in chart.bars))
    parts = list(dict.fromkeys(bar.point.at for bar in chart.bars))
    values = [
        {"at": bar.point.at, "value": bar.point.value, "shown": bar.point.shown, "name": bar.group}
        for bar in chart.bars
    ]
    scale = {"domain": groups, "range": [INKS[at % len(INKS)] for at in range(len(groups))]}
    legend: dict[str, object] = {} if len(groups) > 1 else {"legend": None}
    place = {"field": "at", "type": "nominal", "sort": parts, "title": None, "axis": {"labelLimit": 220}}
    offset = {"yOffset": {"field": "name", "type": "nominal", "sort": groups}} if len(groups) > 1 else {}
    encoding = {
        "y": place,
        "x": _value(chart),
        **offset,
        "color": {"field": "name", "type": "nominal", "scale": scale, "sort": groups, **legend},
    }
    return {
        "width": WIDTH,
        "height": {"step": BAR},
        "data": {"values": values},
        "encoding": encoding,
        "layer": [
            {"mark": {"type": "bar"}},
            {
                "mark": {"type": "text", "align": "left", "dx": 4, "fontSize": 10, "color": "#333333"},
                "encoding": {"text": {"field": "shown", "type": "nominal"}, "color": {"value": "#333333"}},
            },
        ],
    }


def _year() -> dict[str, object]:
    """Years stand at their distance: a gap in the record is a gap on paper."""
    axis = {"format": "d", "tickMinStep": 1, "grid": False}
    scale = {"zero": False, "nice": False, "padding": PADDING}
    return {"field": "at", "type": "quantitative", "title": "年份", "axis": axis, "scale": scale}


def _value(chart: Chart) -> dict[str, object]:
    return {"field": "value", "type": "quantitative", "title": chart.unit or None}
