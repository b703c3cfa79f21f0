"""Charts (图): data to a Vega-Lite specification, drawn offline; every chart stands beside its table.

Specifications are plain data. `drawing` is the one adapter to the library that draws them.
"""

from guantong.charts.specs import Bar, Chart, Line, Point, spec_of

__all__ = ["Bar", "Chart", "Line", "Point", "spec_of"]
