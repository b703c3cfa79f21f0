"""Letters of a class in one file, and the address on a letter as a drawing."""

from dataclasses import replace

import pypdfium2  # type: ignore[import-untyped]
from tests.unit.reports.test_letters import CHECKING, PUPIL, lines

from guantong.reports.accounts import check_pdf
from guantong.reports.bundles import bind
from guantong.reports.codes import address_mark
from guantong.reports.layout import lay_out
from guantong.reports.letters import Proof, certificate
from guantong.reports.pdf import write_pdf


def test_letters_are_bound_in_their_order() -> None:
    papers = [
        write_pdf(lay_out(certificate(Proof.ENROLMENT, replace(PUPIL, name=name), CHECKING))).content
        for name in ("甲某", "乙某", "丙某")
    ]
    document = pypdfium2.PdfDocument(bind(papers))
    assert [name in page.get_textpage().get_text_range() for name, page in zip("甲乙丙", document, strict=True)] == [
        True
    ] * 3
    document.close()
    assert bind(papers[:1]) == papers[0]


def test_the_mark_holds_the_address_and_nothing_of_the_paper() -> None:
    assert address_mark("") == ""
    mark = address_mark("https://desk.example/check")
    assert mark == address_mark("https://desk.example/check")
    assert mark.startswith("<svg")
    assert mark != address_mark("https://desk.example/check?code=1")


def test_a_marked_letter_is_still_one_page_with_every_number_accounted_for() -> None:
    marked = replace(CHECKING, mark=address_mark("https://desk.example/check"))
    sheet = lay_out(certificate(Proof.ENROLMENT, PUPIL, marked))
    pdf = write_pdf(sheet)
    assert (pdf.pages, check_pdf(sheet, pdf)) == (1, ())
    assert len(pdf.content) > len(write_pdf(lay_out(certificate(Proof.ENROLMENT, PUPIL, CHECKING))).content)


def test_a_certificate_goes_without_sex_and_number_where_they_are_not_known() -> None:
    bare = replace(PUPIL, sex="", student_number="", identity="", project="")
    assert lines(certificate(Proof.ENROLMENT, bare, CHECKING))[2] == (
        "兹证明张某，系演示市第35职业学校2023级数字媒体技术应用专业学生，现就读中职学段三年级。"
    )


def test_a_code_of_letters_alone_is_printed_too() -> None:
    text = lines(certificate(Proof.ENROLMENT, PUPIL, replace(CHECKING, code="ABCD-EFGH-JKLM-NPQR-STUV")))
    assert any("校验码：ABCD-EFGH-JKLM-NPQR-STUV" in line for line in text)
