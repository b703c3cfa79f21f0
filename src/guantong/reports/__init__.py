"""Reports (报告): one model of a paper, three writers, and readers that account for every number printed.

A report is built from `model` and `prose`, laid out once by `lay_out`, written by `docx`, `pdf` and
`html`, and checked by `accounts`. The writers are imported by name, for they bring heavy libraries.
"""

from guantong.reports.layout import lay_out
from guantong.reports.model import (
    Align,
    Cell,
    CheckItem,
    Checklist,
    Contents,
    Figure,
    Heading,
    Manner,
    PageBreak,
    Paper,
    Paragraph,
    Report,
    Signatures,
    Signer,
    Table,
)
from guantong.reports.prose import plain, prose
from guantong.reports.runs import Bound, Named, Note, Quoted, Reference, Role, Text

__all__ = [
    "Align",
    "Bound",
    "Cell",
    "CheckItem",
    "Checklist",
    "Contents",
    "Figure",
    "Heading",
    "Manner",
    "Named",
    "Note",
    "PageBreak",
    "Paper",
    "Paragraph",
    "Quoted",
    "Reference",
    "Report",
    "Role",
    "Signatures",
    "Signer",
    "Table",
    "Text",
    "lay_out",
    "plain",
    "prose",
]
