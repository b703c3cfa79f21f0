"""Number tokens (数字清点): each number a paper should print, in order, and what it is.

The model lists them; a reader lists those of the finished file; `account` puts one against the
other. A number too many, too few or different is a Problem. There is no list of exceptions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate, zip_longest

from guantong.errors import InputRefused, Problem
from guantong.reports.numbers import number_spans
from guantong.reports.pieces import Drawing, Grid, Line, Outline, Piece, Sheet, Signing
from guantong.reports.runs import Bound, Named, Quoted, Role, Text


class Kind(Enum):
    """What a number token is (数字类别)."""

    FACT = "事实"
    STRUCTURE = "结构"
    QUOTED = "引述"


@dataclass(frozen=True, slots=True)
class Token:
    """One number as printed (数字): its text, what it is, the fact, role or source, and the line it stands in."""

    text: str
    kind: Kind
    reference: str
    place: str
    line: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens that follow each other (一段); `again` tells that a new page may repeat them, as table heads are."""

    tokens: tuple[Token, ...]
    again: bool = False
    end: bool = False


def line_tokens(line: Line) -> tuple[Token, ...]:
    """Return the tokens of one line.

    Raises InputRefused where two runs grow together into one number, as -5 and % would.
    """
    ends = list(zip(accumulate(len(run.text) for run in line.runs), line.runs, strict=True))
    text = line.text
    found = []
    for start, stop in number_spans(text):
        end, run = next((end, run) for end, run in ends if start < end)
        if isinstance(run, Text) or stop > end:
            rule, remedy = "两段文字连成了一个数字", "正负号、百分号请写在绑定的数字里；两个数字之间请隔开。"
            raise InputRefused([Problem(rule=rule, value=text[start:stop], column=text[:30], remedy=remedy)])
        found.append(_token(text[start:stop], run, text))
    return tuple(found)


def sheet_stretches(sheet: Sheet, pages: Sequence[int] = ()) -> Iterator[Stretch]:
    """Return the tokens of a whole paper in the order of print.

    `pages` are the pages of its headings, which a table of contents prints where they are known.
    """
    headings = [piece for piece in sheet.pieces if isinstance(piece, Line) and piece.style.level]
    for line in sheet.head:
        yield Stretch(line_tokens(line))
    for piece in sheet.pieces:
        if isinstance(piece, Outline) and pages:
            deepest = max((entry.style.level for entry in piece.entries), default=0)
            listed = [page for page, line in zip(pages, headings, strict=True) if line.style.level <= deepest]
            yield from piece_stretches(piece, listed)
        else:
            yield from piece_stretches(piece)


def piece_stretches(piece: Piece, pages: Sequence[int] = ()) -> Iterator[Stretch]:
    """Return the tokens of one piece; of a drawing only its caption, for the box itself is a picture."""
    if isinstance(piece, Line):
        yield Stretch(line_tokens(piece))
    elif isinstance(piece, Drawing):
        yield Stretch(line_tokens(piece.caption))
    elif isinstance(piece, Outline):
        for entry, page in zip_longest(piece.entries, pages):
            yield Stretch(line_tokens(entry) + (() if page is None else (page_token(page, entry.text),)))
    elif isinstance(piece, Signing):
        for signer in piece.lines:
            yield Stretch(line_tokens(signer.capacity) + line_tokens(signer.name) + line_tokens(signer.day))
    elif isinstance(piece, Grid):
        yield from _grid_stretches(piece)


def sheet_tokens(sheet: Sheet) -> tuple[Token, ...]:
    """Return every token of a paper in order."""
    return tuple(token for stretch in sheet_stretches(sheet) for token in stretch.tokens)


def page_token(page: int, line: str = "") -> Token:
    """Return the token of a printed page number."""
    return Token(str(page), Kind.STRUCTURE, Role.PAGE.value, "", line)


def account(expected: Sequence[Token], found: Sequence[str], file: str) -> tuple[Problem, ...]:
    """Put the numbers of a file against the tokens of its model, one by one; stop at the first that differs."""
    for position, (token, number) in enumerate(zip(expected, found, strict=False), 1):
        if token.text != number:
            return (differs(file, position, token, number),)
    if len(found) > len(expected):
        return (unlisted(file, len(expected) + 1, found[len(expected)]),)
    if len(found) < len(expected):
        return (lost(file, len(found) + 1, expected[len(found)]),)
    return ()


def differs(file: str, position: int, token: Token, number: str) -> Problem:
    """Report a number that is not the one its token says."""
    rule = f"第 {position} 个数字应是“{token.text}”（{token.kind.value}：{token.reference}）"
    return Problem(file=file, column=token.line[:30], value=number, rule=rule, remedy="请重新生成报告，不要改动成稿。")


def unlisted(file: str, position: int, number: str, where: str = "") -> Problem:
    """Report a number that nothing accounts for."""
    rule = f"第 {position} 个数字没有来由"
    return Problem(file=file, column=where, value=number, rule=rule, remedy="请重新生成报告，不要改动成稿。")


def lost(file: str, position: int, token: Token) -> Problem:
    """Report a number that is not printed."""
    rule = f"第 {position} 个数字“{token.text}”（{token.kind.value}：{token.reference}）没有印出"
    return Problem(file=file, column=token.line[:30], rule=rule, remedy="请重新生成报告，不要改动成稿。")


def _grid_stretches(grid: Grid) -> Iterator[Stretch]:
    for line in filter(None, (grid.caption, grid.unit)):
        yield Stretch(line_tokens(line))
    head = tuple(token for row in grid.header for box in row for token in line_tokens(box.line))
    yield Stretch(head, again=True)
    for row in grid.rows:
        yield Stretch(tuple(token for box in row for token in line_tokens(box.line)))
    yield Stretch((), end=True)
    for line in grid.notes:
        yield Stretch(line_tokens(line))


def _token(number: str, run: Bound | Named | Quoted, line: str) -> Token:
    if isinstance(run, Bound):
        return Token(number, Kind.FACT, run.fact, run.place, line)
    if isinstance(run, Named):
        return Token(number, Kind.STRUCTURE, run.role.value, "", line)
    return Token(number, Kind.QUOTED, run.source, "", line)
