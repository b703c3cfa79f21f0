"""Drawings: shapes and words only, for they stand inline in a page."""

import pytest
from tests.unit.reports.samples import bars

from guantong.errors import InputRefused
from guantong.reports.pdf import TALLEST, drawn_size
from guantong.reports.vectors import checked_svg, proportions
from guantong.reports.widths import TEXT_WIDTH

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"'


def drawn(inner: str, attributes: str = "") -> str:
    return f"{HEAD}{attributes}>{inner}</svg>"


def test_a_plain_drawing_is_kept_as_it_is() -> None:
    svg = bars((1, 2), (2024, 2025))
    assert checked_svg(svg) == svg
    own = '<defs><clipPath id="a"/></defs><g clip-path="url(#a)"><use href="#a"/></g>'
    assert checked_svg(drawn(own)) == drawn(own)


@pytest.mark.parametrize(
    "svg",
    [
        drawn("<script>x</script>"),
        drawn("<foreignObject/>"),
        drawn("<style>a{}</style>"),
        drawn('<image href="a.png"/>'),
        drawn('<a href="#x"/>'),
        drawn('<g onclick="x"/>'),
        drawn('<g OnLoad="x"/>'),
        drawn('<g style="fill:red"/>'),
        drawn('<use href="https://example.org/#a"/>'),
        drawn('<g fill="url(https://example.org/a)"/>'),
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>',
        "<g/>",
        "<svg",
    ],
)
def test_anything_that_acts_or_fetches_is_refused(svg: str) -> None:
    with pytest.raises(InputRefused, match="图"):
        checked_svg(svg)


def test_the_size_is_read_from_the_sides_else_from_the_view_box() -> None:
    assert proportions(drawn("")) == (400.0, 200.0)
    assert proportions('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"/>') == (30.0, 20.0)
    assert proportions('<svg xmlns="http://www.w3.org/2000/svg"/>') == (400.0, 250.0)


def test_a_drawing_is_made_to_fit_the_page_and_never_made_larger() -> None:
    assert drawn_size(drawn("")) == (300.0, 150.0)
    wide = drawn("").replace('width="400"', 'width="4000"')
    tall = drawn("").replace('height="200"', 'height="4000"')
    assert drawn_size(wide)[0] == pytest.approx(TEXT_WIDTH, abs=0.01)
    assert drawn_size(tall)[1] == pytest.approx(TALLEST, abs=0.01)
