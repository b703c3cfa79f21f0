"""Reading back: every number that a reader sees, none of those they do not, and no two of them run together."""

import zipfile
from io import BytesIO

import pytest

from guantong.reports.readback import docx_numbers, html_numbers

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(**parts: str) -> bytes:
    """A DOCX of nothing but these parts, each the inside of one paragraph."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, inside in parts.items():
            archive.writestr(f"word/{name}.xml", f'<w:x xmlns:w="{WORD}"><w:p><w:r>{inside}</w:r></w:p></w:x>')
    return stream.getvalue()


@pytest.mark.parametrize("part", ["document", "header1", "footer1", "footnotes", "endnotes", "comments"])
def test_every_part_that_a_reader_sees_is_read(part: str) -> None:
    assert docx_numbers(docx(**{part: "<w:t>12 人</w:t>"})) == ("12",)


def test_what_no_reader_sees_is_left_out() -> None:
    assert docx_numbers(docx(styles="<w:t>12</w:t>", document="<w:instrText>34</w:instrText>")) == ()


@pytest.mark.parametrize("between", ["tab", "br", "cr"])
def test_a_tab_or_a_new_line_keeps_two_numbers_apart(between: str) -> None:
    assert docx_numbers(docx(document=f"<w:t>12</w:t><w:{between}/><w:t>34</w:t>")) == ("12", "34")


def test_a_number_in_two_pieces_is_one_number() -> None:
    assert docx_numbers(docx(document="<w:t>1,2</w:t><w:t>34</w:t>")) == ("1,234",)


@pytest.mark.parametrize("page", ["<p>12</p>34", "12<p>34</p>", "<td>12</td><td>34</td>", "12<br>34"])
def test_two_blocks_of_a_page_keep_two_numbers_apart(page: str) -> None:
    assert html_numbers(page) == ("12", "34")


@pytest.mark.parametrize("tag", ["svg", "head", "script", "style"])
def test_drawings_and_what_is_not_shown_are_left_out_of_a_page(tag: str) -> None:
    assert html_numbers(f"<{tag}>12</{tag}><p>34</p>") == ("34",)
