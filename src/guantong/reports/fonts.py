"""Fonts (字体): the two Chinese families that papers are set in, found where the system keeps its fonts.

Nothing else is loaded, so a paper looks the same on every machine that has them.
"""

from __future__ import annotations

from functools import cache
from pathlib import PurePath

import typst

from guantong.errors import InputRefused, Problem
from guantong.reports.glyphs import coverage

SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"
PACKAGE = "fonts-noto-cjk"


@cache
def paper_fonts(serif: str = SERIF, sans: str = SANS) -> typst.Fonts:
    """Return the fonts for typst; raises InputRefused, naming the Debian package, where one is missing."""
    folders = {family: str(PurePath(path).parent) for family, (path, _) in _files().items()}
    missing = [family for family in (serif, sans) if family not in folders]
    if missing:
        remedy = f"请安装软件包 {PACKAGE}（Debian：apt-get install {PACKAGE}）。"
        raise InputRefused([Problem(rule="系统里没有这种中文字体", value=name, remedy=remedy) for name in missing])
    paths = sorted({folders[serif], folders[sans]})
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)


def refuse_undrawable(text: str) -> None:
    """Raise InputRefused for characters that either family has no glyph for; they would print as empty boxes."""
    files = _files()
    fonts = [coverage(*files[family]) for family in (SERIF, SANS)]
    missing = sorted({char for char in text if not all(font.has(char) for font in fonts)})
    if missing:
        rule, remedy = "字体里没有这些字", "这份文件请用 Word 版，在装有这些字的电脑上打印。"
        raise InputRefused([Problem(rule=rule, value="、".join(missing), remedy=remedy)])


@cache
def _files() -> dict[str, tuple[str, int]]:
    """Return the file and the place in it of each family the system has, regular weight first."""
    known = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False).fonts()
    heaviest_first = sorted((font for font in known if font.path), key=lambda font: -abs(font.weight - 400))
    return {font.family: (str(font.path), font.index) for font in heaviest_first}
