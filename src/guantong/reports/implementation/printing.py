"""The files of an implementation report: written by the three writers, then read back number by number.

Imported by name, for the writers bring heavy libraries.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum

from guantong.errors import InputRefused
from guantong.reports.accounts import check_docx, check_html, check_pdf
from guantong.reports.docx import write_docx
from guantong.reports.html import fragment
from guantong.reports.implementation.content import ReportContent
from guantong.reports.implementation.paper import Signature, implementation_report
from guantong.reports.layout import lay_out
from guantong.reports.pdf import write_pdf
from guantong.reports.pieces import Sheet


class Form(Enum):
    """Which file is asked for; the value is its ending."""

    DOCX = "docx"
    PDF = "pdf"

    @property
    def media_type(self) -> str:
        """Return its media type."""
        return _TYPES[self]


_TYPES = {
    Form.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Form.PDF: "application/pdf",
}


def printed(content: ReportContent, signatures: Sequence[Signature], submitted: date | None, form: Form) -> bytes:
    """Return the file; raise `InputRefused` where a number of it is not accounted for, or a letter cannot be drawn."""
    sheet = lay_out(implementation_report(content, signatures, submitted))
    name = file_name(content, form)
    if form is Form.DOCX:
        written = write_docx(sheet)
        problems = check_docx(sheet, written, name)
    else:
        pdf = write_pdf(sheet)
        written, problems = pdf.content, check_pdf(sheet, pdf, name)
    if problems:
        raise InputRefused(problems)
    return written


def preview(content: ReportContent, signatures: Sequence[Signature], submitted: date | None) -> str:
    """Return the report as an HTML fragment, every number of it accounted for."""
    sheet: Sheet = lay_out(implementation_report(content, signatures, submitted))
    shown = fragment(sheet)
    if problems := check_html(sheet, shown):
        raise InputRefused(problems)
    return shown


def file_name(content: ReportContent, form: Form) -> str:
    """Return what the file is called."""
    names = content.names
    return f"{content.figures.year}年度{names.title}-{names.lead}-{names.major}.{form.value}".replace("/", "／")
