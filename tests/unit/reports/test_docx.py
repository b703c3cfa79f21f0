"""The DOCX: real styles, Chinese fonts, no theme font, heads that repeat, captions that stay, words escaped."""

from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import docx
import pytest
from tests.unit.reports.samples import figure, merged_table, plan_table, sample_report, short_report

from guantong.reports.docx import write_docx
from guantong.reports.docx_styles import EXTRA, word_styles
from guantong.reports.layout import lay_out
from guantong.reports.model import Align, Cell, Paper, Signatures, Signer, Table
from guantong.reports.runs import Text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def content() -> bytes:
    return write_docx(lay_out(sample_report()))


def part(content: bytes, name: str) -> ElementTree.Element:
    with ZipFile(BytesIO(content)) as archive:
        return ElementTree.fromstring(archive.read(f"word/{name}.xml"))


def styled(root: ElementTree.Element, style: str) -> list[ElementTree.Element]:
    return [
        paragraph
        for paragraph in root.iter(f"{W}p")
        if (found := paragraph.find(f"{W}pPr/{W}pStyle")) is not None and found.get(f"{W}val") == style
    ]


def test_the_same_report_gives_the_same_bytes(content: bytes) -> None:
    assert write_docx(lay_out(sample_report())) == content


def test_no_theme_font_is_left_anywhere(content: bytes) -> None:
    with ZipFile(BytesIO(content)) as archive:
        parts = [
            archive.read(name).decode()
            for name in archive.namelist()
            if name.startswith("word/") and name.endswith(".xml")
        ]
    assert not any(f"{script}Theme=" in text for text in parts for script in ("ascii", "hAnsi", "eastAsia", "cs"))


def test_every_style_names_its_chinese_font_and_every_paragraph_a_style_that_exists(content: bytes) -> None:
    styles = part(content, "styles")
    fonts = {fonts.get(f"{W}eastAsia") for fonts in styles.iter(f"{W}rFonts")}
    assert fonts == {"宋体", "黑体"}
    known = {style.get(f"{W}styleId") for style in styles.iter(f"{W}style")}
    used = {style.get(f"{W}val") for style in part(content, "document").iter(f"{W}pStyle")}
    assert used <= known


def test_body_text_has_the_indent_of_two_characters(content: bytes) -> None:
    body = next(style for style in part(content, "styles").iter(f"{W}style") if style.get(f"{W}styleId") == "BodyText")
    indent = body.find(f"{W}pPr/{W}ind")
    assert indent is not None
    assert (indent.get(f"{W}firstLineChars"), indent.get(f"{W}firstLine")) == ("200", "480")


def test_word_opens_it_and_sees_headings_title_and_author(content: bytes) -> None:
    document = docx.Document(BytesIO(content))
    headings = [
        paragraph.text for paragraph in document.paragraphs if paragraph.style and paragraph.style.name == "Heading 1"
    ]
    assert headings[:2] == ["一、基本情况", "二、培养过程"]
    assert document.core_properties.title == "演示市职业教育质量年度报告（2025年）"
    assert document.core_properties.author == "演示市教育委员会"
    assert document.core_properties.created is not None
    assert document.core_properties.created.year == 2026


def test_captions_headings_and_drawings_keep_with_what_follows(content: bytes) -> None:
    kept = {
        style.get(f"{W}styleId")
        for style in part(content, "styles").iter(f"{W}style")
        if style.find(f"{W}pPr/{W}keepNext") is not None
    }
    assert {"Caption", "TableUnit", "Drawing", "TableHead", "Heading1", "Heading2", "Heading3", "Heading4"} <= kept
    assert "FigureCaption" not in kept


def test_table_heads_repeat_and_rows_do_not_break() -> None:
    tables = list(part(write_docx(lay_out(short_report(merged_table(), plan_table(30)))), "document").iter(f"{W}tbl"))
    heads = [len(list(table.iter(f"{W}tblHeader"))) for table in tables]
    assert heads == [2, 1]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for table in tables for row in table.iter(f"{W}tr"))


@pytest.mark.parametrize(("rows", "first"), [(1, 0), (12, 0), (13, 11), (40, 38)])
def test_a_short_table_stays_on_one_page_with_its_notes_and_a_long_one_with_its_last_two_rows(
    rows: int, first: int
) -> None:
    table = next(part(write_docx(lay_out(short_report(plan_table(rows)))), "document").iter(f"{W}tbl"))
    body = list(table.iter(f"{W}tr"))[1:]
    kept = [number for number, row in enumerate(body) if row.find(f".//{W}keepNext") is not None]
    assert kept == list(range(first, rows))


def test_the_last_row_of_a_table_without_notes_keeps_with_nothing() -> None:
    table = next(part(write_docx(lay_out(short_report(merged_table()))), "document").iter(f"{W}tbl"))
    assert list(table.iter(f"{W}tr"))[-1].find(f".//{W}keepNext") is None


def test_each_row_covers_all_columns_and_merged_cells_go_on() -> None:
    table = next(part(write_docx(lay_out(short_report(merged_table()))), "document").iter(f"{W}tbl"))
    spans = [[span(cell) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
    assert [sum(row) for row in spans] == [5, 5, 5, 5, 5]
    merges = [[merge.get(f"{W}val") for merge in row.iter(f"{W}vMerge")] for row in table.iter(f"{W}tr")]
    assert merges == [["restart"], [None], ["restart"], [None], []]


def test_a_cell_that_reaches_over_columns_and_rows_goes_on_as_wide_as_it_began() -> None:
    wide = (Cell((Text("甲"),), across=2, down=2), Cell((Text("乙"),)))
    rows = (wide, (Cell((Text("丙"),)),), (Cell(), Cell(), Cell()))
    table = Table(caption=(Text("表"),), header=((Cell(), Cell(), Cell()),), rows=rows, align=(Align.LEFT,) * 3)
    written = next(part(write_docx(lay_out(short_report(table))), "document").iter(f"{W}tbl"))
    assert [[span(cell) for cell in row.iter(f"{W}tc")] for row in written.iter(f"{W}tr")] == [
        *([1, 1, 1], [2, 1], [2, 1], [1, 1, 1]),
    ]


def span(cell: ElementTree.Element) -> int:
    found = cell.find(f"{W}tcPr/{W}gridSpan")
    return 1 if found is None else int(found.get(f"{W}val", "1"))


def test_widths_of_cells_add_up_to_the_width_of_the_table() -> None:
    table = next(part(write_docx(lay_out(short_report(plan_table()))), "document").iter(f"{W}tbl"))
    columns = [int(column.get(f"{W}w", "0")) for column in table.iter(f"{W}gridCol")]
    whole = table.find(f"{W}tblPr/{W}tblW")
    assert whole is not None
    assert sum(columns) == int(whole.get(f"{W}w", "0")) <= 8846


def test_the_cover_has_no_foot_and_pages_count_from_one_after_it(content: bytes) -> None:
    cover, rest = part(content, "document").iter(f"{W}sectPr")
    assert cover.find(f"{W}footerReference") is None
    assert rest.find(f"{W}footerReference") is not None
    start = rest.find(f"{W}pgNumType")
    assert start is not None
    assert start.get(f"{W}start") == "1"


def test_the_contents_are_a_field_that_leads_to_the_headings(content: bytes) -> None:
    root = part(content, "document")
    assert [text.text for text in root.iter(f"{W}instrText")] == [' TOC \\o "1-2" \\h \\z \\u ']
    anchors = {link.get(f"{W}anchor") for link in root.iter(f"{W}hyperlink")}
    assert anchors <= {mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")}
    assert [mark.get(f"{W}fldCharType") for mark in root.iter(f"{W}fldChar")] == ["begin", "separate", "end"]
    styles = {style.get(f"{W}styleId"): style for style in part(content, "styles").iter(f"{W}style")}
    tab = styles["TOC1"].find(f"{W}pPr/{W}tabs/{W}tab")
    assert tab is not None
    assert (tab.get(f"{W}val"), tab.get(f"{W}leader")) == ("right", "dot")


def test_a_drawing_is_a_picture_with_words_for_those_who_cannot_see_it() -> None:
    document = docx.Document(BytesIO(write_docx(lay_out(short_report(figure())))))
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr") == "三年招生计划逐年增加。"
    assert shape.width.pt == pytest.approx(225, abs=1)


def test_words_are_escaped_and_strong_words_are_bold() -> None:
    root = part(write_docx(lay_out(short_report((Text("<甲>&“乙”", strong=True),)))), "document")
    run = styled(root, "BodyText")[0].find(f"{W}r")
    assert run is not None
    assert (run.findtext(f"{W}t"), run.find(f"{W}rPr/{W}b") is not None) == ("<甲>&“乙”", True)


def test_an_open_signature_is_a_line_to_write_on() -> None:
    root = part(write_docx(lay_out(short_report(Signatures((Signer("校长"),))))), "document")
    cells = list(root.iter(f"{W}tc"))
    assert [cell.find(f"{W}tcPr/{W}tcBorders") is not None for cell in cells] == [False, True, False]
    assert "".join(text.text or "" for text in cells[2].iter(f"{W}t")) == "　　　年　　月　　日"


def test_style_ids_are_used_once() -> None:
    for paper in Paper:
        ids = [style.id for style in (*word_styles(paper).values(), *EXTRA)]
        assert len(ids) == len(set(ids))
