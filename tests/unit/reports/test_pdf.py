"""The PDF: typography, pages that hold together, the same bytes each time, no empty boxes."""

import re
from collections.abc import Callable, Sequence

import pypdfium2  # type: ignore[import-untyped]
import pytest
from tests.unit.reports.samples import bars, figure, plan_table, sample_report, short_report

from guantong.errors import InputRefused
from guantong.reports import fonts
from guantong.reports.glyphs import coverage
from guantong.reports.layout import lay_out
from guantong.reports.model import Align, Block, Cell, Heading, PageBreak, Paragraph, Table
from guantong.reports.numbering import chinese
from guantong.reports.pdf import Pdf, draw_png, write_pdf
from guantong.reports.pieces import Sheet
from guantong.reports.prose import prose
from guantong.reports.runs import Text

LEFT, RIGHT, BOTTOM = 79.0, 522.5, 99.0


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    return lay_out(sample_report())


@pytest.fixture(scope="module")
def pdf(sheet: Sheet) -> Pdf:
    return write_pdf(sheet)


def page_texts(pdf: Pdf) -> list[str]:
    document = pypdfium2.PdfDocument(pdf.content)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return texts


def written(*blocks: Block) -> Pdf:
    return write_pdf(lay_out(short_report(*blocks)))


def test_the_same_report_gives_the_same_bytes(sheet: Sheet, pdf: Pdf) -> None:
    assert write_pdf(sheet).content == pdf.content


def test_the_sample_has_a_cover_contents_and_at_least_ten_pages(pdf: Pdf) -> None:
    texts = page_texts(pdf)
    assert pdf.pages == len(texts) >= 10
    assert "演示市职业教育质量年度报告" in texts[0]
    assert "目" in texts[1]
    assert "基本情况" in texts[1]


def test_no_line_runs_over_the_edge_of_the_text(pdf: Pdf) -> None:
    document = pypdfium2.PdfDocument(pdf.content)
    for page in document:
        words = page.get_textpage()
        boxes = [words.get_charbox(place) for place in range(words.count_chars())]
        edges = [(left, right) for left, bottom, right, _ in boxes if bottom > BOTTOM and right > left]
        assert all(left >= LEFT - 1 and right <= RIGHT + 1 for left, right in edges)
    document.close()


def test_only_the_two_chinese_families_are_embedded(pdf: Pdf) -> None:
    assert pdf.content.count(b"/FontName") > 0
    names = {part.split(b"/")[0].split()[0] for part in pdf.content.split(b"/FontName /")[1:]}
    assert {name.split(b"+")[-1].split(b"-")[0] for name in names} <= {b"NotoSerifCJKsc", b"NotoSansCJKsc"}


def short_paragraphs(count: int) -> list[Block]:
    return [Paragraph((Text("正文"),)) for _ in range(count)]


def at_every_height(block: Callable[[str], Sequence[Block]]) -> list[str]:
    """Print a block on page after page, each time about four points lower, and return the pages' texts."""
    blocks: list[Block] = []
    for number in range(1, 73):
        lines, heads = 16 + (number - 1) // 6, (number - 1) % 6
        blocks += [
            PageBreak(),
            *[Heading(4, prose("占位"), numbered=False)] * heads,
            *short_paragraphs(lines - 2 * heads),
        ]
        blocks += block(chinese(number))
    return page_texts(written(*blocks))


def pages_of(texts: Sequence[str], mark: str) -> list[int]:
    """Return the pages on which the numbered marks of a kind stand, in order of their numbers."""
    return [
        next(page for page, text in enumerate(texts) if f"{mark}{chinese(number)}号" in text) for number in range(1, 73)
    ]


def named(kind: str, number: str) -> tuple[Text]:
    return (Text(f"{kind}{number}号"),)


@pytest.mark.parametrize("rows", [4, 20])
def test_a_caption_stays_with_its_table_and_a_short_table_on_one_page(rows: int) -> None:
    def table(number: str) -> list[Block]:
        first = (Cell(named("首", number)),)
        last = (Cell(named("末", number)),)
        body = (first, *[(Cell((Text("行"),)),)] * rows, last)
        return [Table(caption=named("题", number), header=((Cell((Text("栏"),)),),), rows=body, align=(Align.LEFT,))]

    texts = at_every_height(table)
    assert pages_of(texts, "题") == pages_of(texts, "首")
    assert (pages_of(texts, "首") == pages_of(texts, "末")) is (rows == 4)


def test_a_heading_is_never_the_last_line_of_a_page() -> None:
    texts = at_every_height(lambda number: [Heading(1, named("章", number)), Paragraph(named("文", number))])
    assert pages_of(texts, "章") == pages_of(texts, "文")


def test_a_drawing_stays_with_its_caption_wherever_it_stands() -> None:
    heights = [
        [Paragraph((Text("正文"),))] * lines + [Heading(4, prose("占位"), numbered=False)] * heads
        for lines in range(14, 24)
        for heads in range(6)
    ]
    pdf = written(*(block for lines in heights for block in (PageBreak(), *lines, figure())))
    texts = page_texts(pdf)
    captions = [page for page, text in enumerate(texts, 1) for _ in range(text.count("年贯通培养项目招生计划"))]
    assert [band.page for band in pdf.drawings] == captions


def test_only_the_day_of_the_report_is_recorded(pdf: Pdf) -> None:
    days = re.findall(rb"\(D:(\d{8})", pdf.content) + re.findall(rb"<xmp:\w+Date>(\d{4}-\d\d-\d\d)", pdf.content)
    assert {day.replace(b"-", b"") for day in days} == {b"20260120"}


def test_the_head_of_a_long_table_comes_again_on_each_page() -> None:
    texts = page_texts(written(plan_table(60)))
    assert len(texts) > 2
    assert all("专业代码" in text for text in texts)


def test_a_page_break_begins_a_new_page() -> None:
    assert len(page_texts(written(*short_paragraphs(1), PageBreak(), *short_paragraphs(1)))) == 2


def test_a_character_without_a_glyph_is_refused_before_it_prints_as_a_box() -> None:
    with pytest.raises(InputRefused, match="☑、鿫"):
        write_pdf(lay_out(short_report((Text("☑已办鿫"),))))


def test_what_a_font_covers_is_read_from_its_file() -> None:
    serif = coverage(*fonts._files()[fonts.SERIF])
    assert all(serif.has(char) for char in "王𫠜〔①√")
    assert not any(serif.has(char) for char in "☑\U0003134a\x00")


def test_a_missing_family_names_the_package_to_install() -> None:
    with pytest.raises(InputRefused, match="fonts-noto-cjk"):
        fonts.paper_fonts("No Such Serif", fonts.SANS)


def test_words_are_printed_as_they_are_and_never_as_markup() -> None:
    words = '#set page(width: 1pt) *粗* $x$ "引" <标> @某 `码` \\ //'
    assert all(
        part in page_texts(written_words(words))[0] for part in ("#set page", "*粗*", "<标>", "@某", "`码`", "//")
    )


def written_words(words: str) -> Pdf:
    return write_pdf(lay_out(short_report((Text(words.replace("1", "一")),))))


def test_a_warning_of_typst_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "guantong.reports.pdf._template",
        lambda: b'#set text(font: "None such")\n#metadata((pages: 1, headings: (), drawings: ())) <marks>',
    )
    with pytest.raises(RuntimeError, match="unknown font family"):
        write_pdf(lay_out(short_report((Text("甲"),))))


def test_a_drawing_as_png_is_drawn_in_chinese_type() -> None:
    png = draw_png(bars((5, 7), (2024, 2025)))
    assert png.startswith(b"\x89PNG")
    assert png == draw_png(bars((5, 7), (2024, 2025)))


def test_a_warning_while_drawing_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guantong.reports.pdf._DRAWING", '#set text(font: "None such")\n甲')
    with pytest.raises(RuntimeError, match="unknown font family"):
        draw_png(bars((5, 7), (2024, 2025)))
