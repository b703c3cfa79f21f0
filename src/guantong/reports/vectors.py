"""Vector drawings (矢量图): what an SVG may hold before it stands in a page.

A drawing is data: shapes and words. Scripts, styles, links and anything fetched are refused.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from guantong.errors import InputRefused, Problem

_SHAPES = frozenset(
    {"svg", "g", "path", "line", "rect", "circle", "ellipse", "polygon", "polyline", "text", "tspan", "defs"}
    | {"clipPath", "linearGradient", "radialGradient", "stop", "title", "desc", "marker", "pattern", "mask"}
    | {"symbol", "use"}
)
_INNER = re.compile(r"#[\w-]+")
_LENGTH = re.compile(r"([0-9.]+)(?:px)?")


def checked_svg(svg: str) -> str:
    """Return the drawing as it is; raises InputRefused where it is not a plain drawing."""
    fault = _fault(svg)
    if fault:
        raise InputRefused([Problem(rule=fault, value=svg[:40], remedy="请只用图形和文字重新生成这张图。")])
    return svg


def proportions(svg: str) -> tuple[float, float]:
    """Return width and height of a checked drawing in pixels."""
    root = ElementTree.fromstring(svg)
    box = [float(part) for part in re.split(r"[\s,]+", root.get("viewBox", "").strip()) if part]
    sides = [_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
    if sides[0] and sides[1]:
        return float(sides[0][1]), float(sides[1][1])
    return (box[2], box[3]) if len(box) == 4 else (400.0, 250.0)


def _fault(svg: str) -> str:
    if "<!DOCTYPE" in svg or "<!ENTITY" in svg:
        return "图里有文档类型声明"
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError:
        return "图不是完整的 SVG"
    if _local(root.tag) != "svg":
        return "图不是完整的 SVG"
    for element in root.iter():
        if _local(element.tag) not in _SHAPES:
            return f"图里不能有 {_local(element.tag)}"
        for name, value in element.attrib.items():
            if not _allowed(_local(name), value):
                return f"图里不能有属性 {_local(name)}"
    return ""


def _allowed(name: str, value: str) -> bool:
    if name.lower().startswith("on") or name == "style":
        return False
    if name == "href":
        return bool(_INNER.fullmatch(value))
    return "url(" not in value or bool(re.fullmatch(r"url\(['\"]?#[\w-]+['\"]?\)", value.strip()))


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]
