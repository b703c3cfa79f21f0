"""Accounts (清点结果): a finished DOCX, PDF or HTML against its model, number by number.

In a PDF a table that goes on over a page repeats its head, and every page after the cover prints its
own number at the foot; both are checked too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guantong.errors import Problem
from guantong.reports.model import Paper
from guantong.reports.pdf import Pdf
from guantong.reports.pieces import Sheet
from guantong.reports.readback import docx_numbers, html_numbers
from guantong.reports.readback_pdf import PageNumbers, pdf_numbers
from guantong.reports.tokens import (
    Stretch,
    Token,
    account,
    differs,
    lost,
    page_token,
    sheet_stretches,
    sheet_tokens,
    unlisted,
)

Head = tuple[Token, ...]


def check_docx(sheet: Sheet, content: bytes, file: str = "DOCX") -> tuple[Problem, ...]:
    """Account for every number of a DOCX; nothing is returned where all is well."""
    return account(sheet_tokens(sheet), docx_numbers(content), file)


def check_html(sheet: Sheet, page: str, file: str = "HTML") -> tuple[Problem, ...]:
    """Account for every number of an HTML page."""
    return account(sheet_tokens(sheet), html_numbers(page), file)


def check_pdf(sheet: Sheet, pdf: Pdf, file: str = "PDF") -> tuple[Problem, ...]:
    """Account for every number of a PDF, page by page."""
    pages = pdf_numbers(pdf.content, pdf.drawings)
    stretches = list(sheet_stretches(sheet, pdf.heading_pages))
    return (*_foot_problems(sheet, pages, file), *account_pages(stretches, [page.body for page in pages], file))


def account_pages(
    stretches: Sequence[Stretch], pages: Sequence[Sequence[str]], file: str = "PDF"
) -> tuple[Problem, ...]:
    """Put the numbers of each page against the model, allowing a table's head again where a page begins within it."""
    flow = _flow(stretches)
    states = {_State(0)}
    position = 0
    for page in pages:
        states |= {_State(state.at, head) for state in states for head in flow.heads(state.at)}
        for number in page:
            position += 1
            following = {after for state in states if (after := flow.step(state, number))}
            if not following:
                return (flow.problem(states, position, number, file),)
            states = following
        whole = {state for state in states if not state.head}
        if not whole:
            return (lost(file, position + 1, next(iter(states)).head[0]),)
        states = whole
    reached = max(state.at for state in states)
    return () if reached == len(flow.tokens) else (lost(file, position + 1, flow.tokens[reached]),)


@dataclass(frozen=True, slots=True)
class _State:
    """How far the model is read, and what is left of a repeated head."""

    at: int
    head: Head = ()


@dataclass(frozen=True, slots=True)
class _Flow:
    """All tokens in order, with the heads that may be repeated and the span in which each may be."""

    tokens: Head
    spans: tuple[tuple[int, int, Head], ...]

    def heads(self, at: int) -> Iterator[Head]:
        """Return the heads that a new page may repeat when the model is read up to a token."""
        return (head for first, last, head in self.spans if first <= at <= last)

    def step(self, state: _State, number: str) -> _State | None:
        """Return the state after one number; None where it does not fit."""
        if state.head:
            return _State(state.at, state.head[1:]) if state.head[0].text == number else None
        fits = state.at < len(self.tokens) and self.tokens[state.at].text == number
        return _State(state.at + 1) if fits else None

    def problem(self, states: set[_State], position: int, number: str, file: str) -> Problem:
        """Say what was expected instead of a number."""
        at = max(state.at for state in states)
        return (
            differs(file, position, self.tokens[at], number)
            if at < len(self.tokens)
            else unlisted(file, position, number)
        )


def _flow(stretches: Sequence[Stretch]) -> _Flow:
    tokens: list[Token] = []
    spans: list[tuple[int, int, Head]] = []
    first = 0
    head: Head = ()
    for stretch in stretches:
        tokens += stretch.tokens
        if stretch.again:
            first, head = len(tokens), stretch.tokens
        if stretch.end and head:
            spans.append((first, len(tokens), head))
    return _Flow(tuple(tokens), tuple(spans))


def _foot_problems(sheet: Sheet, pages: Sequence[PageNumbers], file: str) -> Iterator[Problem]:
    for number, page in enumerate(pages, 0 if sheet.cover else 1):
        printed = number > 0 and sheet.paper is Paper.REPORT
        yield from account([page_token(number, "页脚")] if printed else [], page.foot, file)
