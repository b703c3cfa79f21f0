"""The styles of a DOCX (Word 样式): real, named, editable, in 宋体 and 黑体, with no theme font anywhere.

Sizes follow official papers: 二号 22 pt, 三号 16 pt, 四号 14 pt, 小四 12 pt, 五号 10.5 pt.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from guantong.reports.model import Paper
from guantong.reports.pieces import Style
from guantong.reports.widths import TEXT_WIDTH

SONG, HEI, LATIN = "宋体", "黑体", "Times New Roman"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordStyle:
    """One paragraph style: measures in points, `pitch` the exact distance of lines (0: as the content asks)."""

    id: str
    name: str
    size: float = 12
    font: str = SONG
    bold: bool = False
    align: str = "both"
    before: float = 0
    after: float = 0
    pitch: float = 0
    first: int = 0
    left: float = 0
    keep: bool = False
    level: int | None = None
    rule: bool = False
    leader: bool = False


def word_styles(paper: Paper) -> dict[Style, WordStyle]:
    """Return the Word style of each style of a line."""
    size, pitch = (16.0, 29.0) if paper is Paper.LETTER else (12.0, 22.0)
    body = WordStyle(id="BodyText", name="Body Text", size=size, pitch=pitch, first=200)
    return {
        **_HEADS,
        **_HEADINGS,
        **_SMALL,
        Style.BODY: body,
        Style.LEAD: WordStyle(id="Lead", name="主送", size=size, pitch=pitch),
        Style.CENTRED: WordStyle(id="Centred", name="居中", size=size, pitch=pitch, align="center"),
        Style.SIGNATURE: WordStyle(id="Signature", name="Signature", size=size, pitch=pitch, align="left"),
    }


_HEADS = {
    Style.TITLE: WordStyle(id="Title", name="Title", size=22, bold=True, align="center", after=16, pitch=33, keep=True),
    Style.SUBTITLE: WordStyle(id="Subtitle", name="Subtitle", size=16, align="center", after=12, pitch=28),
    Style.NUMBER: WordStyle(id="PaperNumber", name="编号", align="center", after=22, pitch=22),
    Style.ISSUER: WordStyle(id="Issuer", name="编制单位", size=16, align="center", pitch=30),
    Style.DAY: WordStyle(id="Date", name="Date", size=16, align="center", pitch=30),
}
_HEADINGS = {
    Style.HEADING_1: WordStyle(
        id="Heading1", name="heading 1", size=16, font=HEI, bold=True, before=26, after=18, keep=True, level=0
    ),
    Style.HEADING_2: WordStyle(
        id="Heading2", name="heading 2", size=14, font=HEI, bold=True, before=16, after=12, keep=True, level=1
    ),
    Style.HEADING_3: WordStyle(
        id="Heading3", name="heading 3", bold=True, before=12, after=8, keep=True, first=200, level=2
    ),
    Style.HEADING_4: WordStyle(
        id="Heading4", name="heading 4", bold=True, before=12, after=8, keep=True, first=200, level=3
    ),
}
_SMALL = {
    Style.FINE: WordStyle(id="Fine", name="核验说明", size=10.5, pitch=17, rule=True),
    Style.CAPTION: WordStyle(
        id="Caption", name="caption", size=10.5, font=HEI, bold=True, align="center", before=8, after=6, keep=True
    ),
    Style.UNIT: WordStyle(id="TableUnit", name="表格单位", size=10.5, align="right", after=4, keep=True),
    Style.NOTE: WordStyle(id="Note", name="注释", size=10.5, before=2, pitch=16),
    Style.CELL: WordStyle(id="TableText", name="表格文字", size=10.5, align="left"),
    Style.HEAD_CELL: WordStyle(id="TableHead", name="表头文字", size=10.5, bold=True, align="center", keep=True),
    Style.CONTENTS: WordStyle(
        id="TOCHeading", name="TOC Heading", size=16, font=HEI, bold=True, align="center", after=20
    ),
}
EXTRA = (
    WordStyle(id="Drawing", name="插图", align="center", before=12, keep=True),
    WordStyle(id="FigureCaption", name="图题", size=10.5, font=HEI, bold=True, align="center", before=4, after=14),
    WordStyle(id="Footer", name="footer", size=14, align="center"),
    *(
        WordStyle(id=f"TOC{level}", name=f"toc {level}", pitch=22, left=18 * (level - 1), align="left", leader=True)
        for level in range(1, 5)
    ),
)


def styles_xml(paper: Paper) -> str:
    """Return the whole styles part."""
    styles = {style.id: style for style in (*word_styles(paper).values(), *EXTRA)}
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(SONG)}<w:sz w:val="24"/><w:szCs w:val="24"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    return (
        f'<w:styles xmlns:w="{W}">{defaults}'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        f"{_TABLES}{''.join(map(_style, styles.values()))}</w:styles>"
    )


_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>'
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
    f"<w:tblPr><w:tblBorders>{_EDGES}</w:tblBorders></w:tblPr></w:style>"
)


def _fonts(font: str) -> str:
    names = f'w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}"'
    return f"<w:rFonts {names} w:eastAsia={quoteattr(font)}/>"


def _style(style: WordStyle) -> str:
    bold = "<w:b/><w:bCs/>" if style.bold else ""
    half = round(style.size * 2)
    look = f'<w:rPr>{_fonts(style.font)}{bold}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.id}"><w:name w:val={quoteattr(style.name)}/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{_paragraph(style)}</w:pPr>{look}</w:style>'
    )


def _paragraph(style: WordStyle) -> str:
    """Return the paragraph's properties in the order that the schema asks."""
    line = f' w:line="{round(style.pitch * 20)}" w:lineRule="exact"' if style.pitch else ""
    first = (
        f' w:firstLineChars="{style.first}" w:firstLine="{round(style.size * style.first / 5)}"' if style.first else ""
    )
    rule = '<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="000000"/></w:pBdr>' if style.rule else ""
    left = f' w:left="{round(style.left * 20)}"' if style.left else ""
    leader = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{round(TEXT_WIDTH * 20)}"/></w:tabs>'
    tabs = leader if style.leader else ""
    spacing = f'<w:spacing w:before="{round(style.before * 20)}" w:after="{round(style.after * 20)}"{line}/>'
    indent = f"<w:ind{left}{first}/>" if left or first else ""
    level = f'<w:outlineLvl w:val="{style.level}"/>' if style.level is not None else ""
    keep = "<w:keepNext/><w:keepLines/>" if style.keep else ""
    return f'{keep}{rule}{tabs}{spacing}{indent}<w:jc w:val="{style.align}"/>{level}'
