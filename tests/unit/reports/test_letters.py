"""Letters: one page, official form, a number and a check code, nothing unbound."""

from dataclasses import replace
from datetime import date

import pypdfium2  # type: ignore[import-untyped]
import pytest

from guantong.errors import InputRefused
from guantong.reports.accounts import check_docx, check_pdf
from guantong.reports.docx import write_docx
from guantong.reports.layout import lay_out
from guantong.reports.letters import Checking, Enrolment, Notice, Proof, certificate, notice
from guantong.reports.model import Paper, Report
from guantong.reports.pdf import write_pdf
from guantong.reports.pieces import sheet_lines
from guantong.reports.prose import prose
from guantong.reports.runs import Text
from guantong.reports.tokens import Kind, sheet_tokens

PUPIL = Enrolment(
    entry="pupil-7f3a",
    name="张某",
    sex="女",
    student_number="20230315",
    school="演示市第35职业学校",
    major="数字媒体技术应用",
    cohort=2023,
    stage="中职学段三年级",
    standing="在籍在读",
    identity="000000********0018",
    partner="演示大学",
    project="中本贯通培养项目",
)
CHECKING = Checking(
    number="YS-2026-000123",
    code="7K3M-9Q2X-WRTB-4HPN",
    issued=date(2026, 11, 20),
    valid_until=date(2027, 2, 18),
    where="演示市“证明核验”页面",
)
CALL = Notice(
    title="关于2026年转段考核的通知",
    addressee="张某同学及家长",
    paragraphs=(prose("2023级学生于2026年12月10日参加转段考核。"),),
    issuer="演示市东城职业学校",
    issued=date(2026, 11, 20),
    number="演教职成〔2026〕6号",
)


def lines(report: Report) -> list[str]:
    return [line.text for line in sheet_lines(lay_out(report)) if line.text]


def test_a_certificate_of_enrolment_says_who_where_what_and_until_when() -> None:
    assert lines(certificate(Proof.ENROLMENT, PUPIL, CHECKING)) == [
        "在读证明",
        "编号：YS-2026-000123",
        "兹证明张某，女，身份证件号码000000********0018，系演示市第35职业学校2023级数字媒体技术应用专业学生，"
        "学号20230315，现就读中职学段三年级（属中本贯通培养项目，学制3+2+2，合作高校为演示大学）。",
        "特此证明。",
        "演示市第35职业学校",
        "（盖章）",
        "2026年11月20日",
        "校验码：7K3M-9Q2X-WRTB-4HPN　　有效期至：2027年2月18日",
        "核验方法：演示市“证明核验”页面，输入编号和校验码，可知本证明是否有效。",
        "有效期满后请重新开具。",
    ]


def test_a_certificate_of_registration_says_where_and_in_which_state() -> None:
    bare = replace(PUPIL, identity="", project="")
    text = lines(certificate(Proof.REGISTRATION, bare, CHECKING))[2]
    assert text == (
        "兹证明张某，女，学籍注册于演示市第35职业学校，入学年份为2023年，学号20230315，"
        "专业为数字媒体技术应用，学段为中职学段三年级，学籍状态为在籍在读。"
    )


def test_a_project_may_have_no_partner_and_no_stated_length() -> None:
    bare = replace(PUPIL, partner="", length="")
    assert "（属中本贯通培养项目）。" in lines(certificate(Proof.ENROLMENT, bare, CHECKING))[2]


@pytest.mark.parametrize(
    "paper",
    [certificate(Proof.ENROLMENT, PUPIL, CHECKING), certificate(Proof.REGISTRATION, PUPIL, CHECKING), notice(CALL)],
)
def test_every_letter_is_one_page_without_page_number_and_all_accounted_for(paper: Report) -> None:
    sheet = lay_out(paper)
    pdf = write_pdf(sheet)
    assert (paper.paper, pdf.pages) == (Paper.LETTER, 1)
    assert check_pdf(sheet, pdf) == ()
    assert check_docx(sheet, write_docx(sheet)) == ()


def test_the_numbers_of_a_pupil_are_bound_to_the_entry_they_come_from() -> None:
    tokens = sheet_tokens(lay_out(certificate(Proof.ENROLMENT, PUPIL, CHECKING)))
    bound = {token.reference for token in tokens if token.kind is Kind.FACT}
    assert bound == {
        "pupil-7f3a:student_number",
        "pupil-7f3a:identity",
        "certificate:number",
        "certificate:check_code",
    }


def test_a_stage_with_an_undeclared_number_is_refused() -> None:
    with pytest.raises(InputRefused, match="未绑定的数字"):
        certificate(Proof.ENROLMENT, replace(PUPIL, stage="第3学段"), CHECKING)


def test_a_certificate_is_not_valid_until_before_it_was_issued() -> None:
    with pytest.raises(InputRefused, match="有效期"):
        certificate(Proof.ENROLMENT, PUPIL, replace(CHECKING, valid_until=date(2026, 11, 19)))


def test_a_notice_is_addressed_signed_and_dated() -> None:
    assert lines(notice(CALL)) == [
        "关于2026年转段考核的通知",
        "演教职成〔2026〕6号",
        "张某同学及家长：",
        "2023级学生于2026年12月10日参加转段考核。",
        "演示市东城职业学校",
        "（盖章）",
        "2026年11月20日",
    ]
    assert lines(notice(replace(CALL, number="")))[1] == "张某同学及家长："


def test_a_letter_that_needs_a_second_page_is_refused() -> None:
    long = replace(CALL, paragraphs=((Text("请按时参加考核。" * 70),),))
    with pytest.raises(InputRefused, match="排成了 2 页"):
        write_pdf(lay_out(notice(long)))


def test_the_signature_stands_on_the_right_half_of_the_page() -> None:
    document = pypdfium2.PdfDocument(write_pdf(lay_out(notice(CALL))).content)
    words = document[0].get_textpage()
    text = words.get_text_range()
    left, *_ = words.get_charbox(text.index("演示市东城职业学校"))
    document.close()
    assert left > 297
