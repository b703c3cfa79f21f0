"""Charts: data to a specification; every mark is the table's number, series are told apart without colour."""

from collections.abc import Mapping
from typing import Any

import pytest

from guantong.charts import Bar, Chart, Line, Point, spec_of
from guantong.charts.drawing import draw_svg
from guantong.reports.vectors import checked_svg


def point(at: str, value: float) -> Point:
    """A mark."""
    return Point(at=at, value=value, shown=f"{value:g}")


LINES = Chart(
    title="在校生数",
    unit="人",
    lines=(
        Line(name="高职", points=(point("2020", 5), point("2021", 6))),
        Line(name="中职", points=(point("2020", 4),)),
        Line(name="中职", points=(point("2025", 3),)),
    ),
)
BARS = Chart(title="等级", unit="个", bars=tuple(Bar(group=group, point=point("A+", 3)) for group in ("新增", "试点")))


def data(chart: Chart) -> Any:
    """The rows that a specification draws."""
    spec: Mapping[str, Any] = spec_of(chart)
    return spec["data"]["values"]


def test_every_mark_carries_the_digits_of_its_table() -> None:
    assert [(row["at"], row["shown"], row["name"]) for row in data(LINES)] == [
        (2020, "5", "高职"), (2021, "6", "高职"), (2020, "4", "中职"), (2025, "3", "中职"),
    ]  # fmt: skip
    assert {row["shown"] for row in data(BARS)} == {"3"}


def test_a_series_with_a_gap_is_drawn_as_two_lines_of_one_name() -> None:
    assert [row["run"] for row in data(LINES)] == [0, 0, 1, 2]
    svg = draw_svg(LINES)
    assert svg.count("mark-line role-mark") <= svg.count("<path")
    assert svg.count(">高职<") == svg.count(">中职<") == 1


def test_lines_are_told_apart_by_dash_as_well_as_ink() -> None:
    spec: Any = spec_of(LINES)
    line = spec["layer"][0]["encoding"]
    assert len({str(dash) for dash in line["strokeDash"]["scale"]["range"]}) == 2
    assert len(set(line["color"]["scale"]["range"])) == 2


def test_a_year_that_stands_alone_is_told_apart_by_its_mark() -> None:
    assert {row["name"]: row["shape"] for row in data(LINES)} == {"高职": "circle", "中职": "square"}
    assert draw_svg(LINES).count("stroke-dasharray") >= 2, "the legend shows the strokes"


def test_digits_of_one_year_that_are_near_stand_on_different_sides() -> None:
    pair = (Line(name="高职", points=(point("2025", 6996),)), Line(name="中职", points=(point("2025", 6317),)))
    rows = data(Chart(title="招生数", unit="人", lines=(Line(name="高职", points=(point("2015", 12129),)), *pair)))
    assert [row["dy"] < 0 for row in rows if row["at"] == 2025] == [True, False]


def test_drawings_are_plain_and_the_same_in_every_run() -> None:
    for chart in (LINES, BARS):
        assert checked_svg(draw_svg(chart)) == draw_svg(chart)
        assert "http://" not in draw_svg(chart).replace("http://www.w3.org", "")


def test_a_chart_says_in_words_what_it_shows() -> None:
    assert LINES.words == "在校生数（人）。高职：2020 5，2021 6；中职：2020 4；中职：2025 3。"
    assert BARS.words == "等级（个）。A+，新增：3；A+，试点：3。"


def test_nothing_to_draw_is_no_chart() -> None:
    for chart in (Chart(title="空", unit=""), Chart(title="双", unit="", lines=LINES.lines, bars=BARS.bars)):
        with pytest.raises(ValueError, match="lines or bars"):
            spec_of(chart)
