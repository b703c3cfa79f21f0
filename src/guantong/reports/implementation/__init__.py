"""A project's implementation report (项目实施报告): its outline, its figures, its content, and its paper."""

from guantong.reports.implementation.content import (
    Answer,
    Names,
    Reply,
    ReportContent,
    Written,
    WrittenSection,
    blank,
    content_data,
    read_content,
    unfinished,
    with_words,
)
from guantong.reports.implementation.figures import CohortFigures, ReportFigures, counts_data, planned_data
from guantong.reports.implementation.paper import Signature, implementation_report

__all__ = [
    "Answer",
    "CohortFigures",
    "Names",
    "Reply",
    "ReportContent",
    "ReportFigures",
    "Signature",
    "Written",
    "WrittenSection",
    "blank",
    "content_data",
    "counts_data",
    "implementation_report",
    "planned_data",
    "read_content",
    "unfinished",
    "with_words",
]
