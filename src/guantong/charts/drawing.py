"""The drawing of charts: the one place that knows the Vega-Lite compiler; it draws offline, with the house's fonts."""

from __future__ import annotations

import json
from functools import lru_cache

import vl_convert

from guantong.charts.specs import Chart, spec_of


def draw_svg(chart: Chart) -> str:
    """Return a chart as SVG; the same chart always gives the same drawing."""
    return _drawn(json.dumps(spec_of(chart), ensure_ascii=False, sort_keys=True))


@lru_cache(maxsize=256)
def _drawn(spec: str) -> str:
    svg: str = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    return svg
