"""The report model (报告): what a paper says, in blocks, before anyone decides how it looks.

Writers add numbers of headings, tables, figures, notes and pages; nothing else on paper is theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from guantong.reports.runs import Runs


class Paper(Enum):
    """Which official form a report takes (版式)."""

    REPORT = "report"
    LETTER = "letter"


class Manner(Enum):
    """How a paragraph is set (段落样式)."""

    BODY = "body"
    LEAD = "lead"
    CENTRED = "centred"
    FINE = "fine"


class Align(Enum):
    """How the cells of a column stand (列对齐)."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4 (标题), numbered 一、（一）1.（1） by the writer."""

    level: int
    runs: Runs
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph (段落)."""

    runs: Runs
    manner: Manner = Manner.BODY


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell (单元格), which may reach over several columns or rows."""

    runs: Runs = ()
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table (表): its caption, its unit, header rows, rows, and how each column stands."""

    caption: Runs
    header: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    align: tuple[Align, ...]
    unit: Runs = ()
    label: str = ""
    notes: tuple[Runs, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A drawing (图) as SVG, with its caption and the words for those who cannot see it."""

    svg: str
    alt: str
    caption: Runs
    label: str = ""


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One line of a checklist: what is asked, whether it is done (None: unknown), and a remark."""

    runs: Runs
    done: bool | None
    remark: Runs = ()


@dataclass(frozen=True, slots=True)
class Checklist:
    """A list of obligations (核对清单), each done, not done or unknown."""

    items: tuple[CheckItem, ...]


@dataclass(frozen=True, slots=True)
class Signer:
    """One line of a signature block: who signs, in which capacity, and when; blank where still open."""

    capacity: str
    name: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Signatures:
    """A signature block (签章)."""

    signers: tuple[Signer, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents (目录) down to a level."""

    depth: int = 2


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page (分页)."""


Block = Heading | Paragraph | Table | Figure | Checklist | Signatures | Contents | PageBreak


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A paper (报告) with its title, issuer, day and blocks; a letter carries its number under the title.

    `mark` is a drawing that stands beside the fine print of a letter's PDF: the address at which it is checked.
    """

    title: Runs
    issuer: str
    date: date
    blocks: tuple[Block, ...]
    subtitle: Runs = ()
    number: Runs = ()
    paper: Paper = Paper.REPORT
    cover: bool = True
    mark: str = ""
