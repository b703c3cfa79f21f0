"""Every number printed is accounted for, in HTML, DOCX and PDF; a changed one is found."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.reports.samples import figure, sample_report, short_report

from guantong.reports.accounts import check_docx, check_html, check_pdf
from guantong.reports.docx import write_docx
from guantong.reports.html import write_html
from guantong.reports.layout import lay_out
from guantong.reports.model import Align, Cell, Heading, PageBreak, Paragraph, Report, Table
from guantong.reports.pdf import Pdf, write_pdf
from guantong.reports.pieces import Sheet
from guantong.reports.runs import Bound, Named, Note, Quoted, Role, Run, Text

WORDS = st.builds(Text, st.text("招生计划人数教学质量，。、（）《》&<>\"'-—", min_size=1, max_size=30), st.booleans())
NUMBERS = st.one_of(
    st.integers(-9_999_999, 9_999_999).map(lambda value: f"{value:,}"),
    st.decimals(-100, 100, places=2).map(lambda value: f"{value}%"),
    st.decimals(0, 10_000, places=1).map(str),
)
SPACED = NUMBERS.map(lambda text: Bound(f"（{text}）", "demo:1", "演示"))
YEARS = st.integers(1990, 2030).map(lambda year: Named(str(year), Role.YEAR))
NOTES = st.lists(SPACED, min_size=1, max_size=2).map(lambda runs: Note(tuple(runs)))
QUOTES = NUMBERS.map(lambda text: Quoted(f"“{text}”", "某校案例"))


@st.composite
def sentences(draw: st.DrawFn) -> tuple[Run, ...]:
    runs = draw(st.lists(st.one_of(SPACED, NOTES, QUOTES, YEARS), min_size=1, max_size=5))
    return (*tuple(part for run in runs for part in (run, Text("。"))), draw(WORDS))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.integers(1, 5))
    cell = st.one_of(WORDS.map(lambda run: Cell((run,))), SPACED.map(lambda run: Cell((run,))), st.just(Cell()))
    rows = st.lists(st.tuples(*([cell] * columns)), min_size=1, max_size=40).map(tuple)
    header = draw(st.tuples(*([st.one_of(cell, YEARS.map(lambda run: Cell((run,))))] * columns)))
    align = (Align.RIGHT,) * columns
    return Table(caption=draw(sentences()), header=(header,), rows=draw(rows), align=align)


BLOCKS = st.lists(
    st.one_of(
        sentences().map(Paragraph),
        tables(),
        st.just(figure()),
        st.just(PageBreak()),
        st.builds(Heading, st.integers(1, 4), sentences()),
    ),
    max_size=8,
)


@settings(deadline=None, max_examples=40)
@given(BLOCKS)
def test_every_number_of_any_report_is_accounted_for_in_all_three_papers(blocks: list[Paragraph]) -> None:
    sheet = lay_out(short_report(*blocks))
    assert check_html(sheet, write_html(sheet)) == ()
    assert check_docx(sheet, write_docx(sheet)) == ()
    assert check_pdf(sheet, write_pdf(sheet)) == ()


@settings(deadline=None, max_examples=25)
@given(st.lists(NUMBERS, min_size=1, max_size=6), st.data())
def test_a_paper_whose_number_was_changed_is_never_accepted(numbers: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(numbers) - 1))
    digit = next(at for at, char in enumerate(numbers[place]) if char.isdigit())
    other = str((int(numbers[place][digit]) + data.draw(st.integers(1, 9))) % 10)
    changed = list(numbers)
    changed[place] = numbers[place][:digit] + other + numbers[place][digit + 1 :]
    meant, forged = (lay_out(bound_report(texts)) for texts in (numbers, changed))
    assert check_pdf(meant, write_pdf(forged))
    assert check_docx(meant, write_docx(forged))
    assert check_html(meant, write_html(forged))


def bound_report(texts: list[str]) -> Report:
    runs = tuple(part for text in texts for part in (Bound(text, "demo:1", "演示"), Text("人，")))
    return short_report(runs)


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    return lay_out(sample_report())


@pytest.fixture(scope="module")
def pdf(sheet: Sheet) -> Pdf:
    return write_pdf(sheet)


def test_the_ten_page_sample_is_accounted_for_with_contents_feet_and_repeated_heads(sheet: Sheet, pdf: Pdf) -> None:
    assert check_pdf(sheet, pdf) == ()
    assert check_docx(sheet, write_docx(sheet)) == ()
    assert check_html(sheet, write_html(sheet)) == ()


def test_numbers_inside_a_drawing_count_unless_its_box_is_known(sheet: Sheet, pdf: Pdf) -> None:
    assert check_pdf(sheet, replace(pdf, drawings=pdf.drawings[1:])) != ()


def test_a_wrong_page_in_the_contents_is_found(sheet: Sheet, pdf: Pdf) -> None:
    pages = (pdf.heading_pages[0] + 1, *pdf.heading_pages[1:])
    (problem,) = check_pdf(sheet, replace(pdf, heading_pages=pages))
    assert "页码" in problem.rule


def test_a_wrong_number_at_the_foot_is_found(sheet: Sheet, pdf: Pdf) -> None:
    assert check_pdf(replace(sheet, cover=False), pdf) != ()


def edited(content: bytes, part: str, old: str, new: str) -> bytes:
    stream = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(stream, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == part:
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode(), 1)
            target.writestr(name, text)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("word/document.xml", ">1,035<", ">1,053<"),
        ("word/document.xml", "其中中本贯通", "其中中本贯通9成"),
        ("word/document.xml", ">〔注2〕<", ">〔注3〕<"),
        ("word/document.xml", ">表 2-1<", ">表 2-2<"),
        ("word/document.xml", '<w:t xml:space="preserve">2026年1月20日</w:t>', ""),
        ("word/document.xml", "未收录", "未收录<!-- -->5"),
        ("word/footer1.xml", "— </w:t>", "— 3</w:t>"),
    ],
)
def test_an_edited_word_file_is_found(sheet: Sheet, part: str, old: str, new: str) -> None:
    assert check_docx(sheet, edited(write_docx(sheet), part, old, new)) != ()


def test_an_edited_page_is_found_and_what_a_browser_hides_is_not_read(sheet: Sheet) -> None:
    page = write_html(sheet)
    assert check_html(sheet, page.replace(">31<", ">13<", 1)) != ()
    assert check_html(sheet, page.replace("<svg ", '<svg data-a="5" ')) == ()
    assert check_html(sheet, page.replace("</article>", "<p>5</p></article>")) != ()
