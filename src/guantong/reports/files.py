"""The three files of one paper (成稿), written from one layout; each number is accounted for before they go out."""

from __future__ import annotations

from collections.abc import Mapping

from guantong.errors import InputRefused
from guantong.reports.accounts import check_docx, check_html, check_pdf
from guantong.reports.docx import write_docx
from guantong.reports.html import write_html
from guantong.reports.layout import lay_out
from guantong.reports.model import Report
from guantong.reports.pdf import write_pdf


def write_files(report: Report) -> Mapping[str, bytes]:
    """Return DOCX, PDF and HTML by ending; raise `InputRefused` where a number on paper is not one of the model's."""
    sheet = lay_out(report)
    docx, pdf, page = write_docx(sheet), write_pdf(sheet), write_html(sheet)
    problems = (*check_docx(sheet, docx), *check_pdf(sheet, pdf), *check_html(sheet, page))
    if problems:
        raise InputRefused(problems)
    return {"docx": docx, "pdf": pdf.content, "html": page.encode()}
