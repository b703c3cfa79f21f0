"""The overview of a year (一览表): who is missing, where errors stand, what is due; one click to the section."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from guantong.actions.books import organisation_title
from guantong.actions.collection import MatrixRow, Square
from guantong.actions.collection_state import EXEMPT, FILL, catalogue
from guantong.indicators import Office, Table
from guantong.web.staff.quality_words import address_of, section_state, step_words

MISSING, RED, LATE = "missing", "red", "late"
FILTERS = ((MISSING, "还没有交齐"), (RED, "有错误或缺项"), (LATE, "有逾期"))
MOST_REMEMBERED = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What the overview counts: organisations that must report, by how they stand."""

    duty: int
    exempt: int
    missing: int
    red: int
    late: int
    received: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A section's column: its id, and its table and office in words."""

    section: str
    table: Table
    office: Office


def tally_of(rows: Sequence[MatrixRow]) -> Tally:
    """Return how many organisations stand how; exempt ones count only as such."""
    duty = [row for row in rows if not row.exempt]
    return Tally(
        duty=len(duty),
        exempt=len(rows) - len(duty),
        missing=sum(fits(row, MISSING) for row in duty),
        red=sum(fits(row, RED) for row in duty),
        late=sum(fits(row, LATE) for row in duty),
        received=sum(not row.step for row in duty),
    )


def fits(row: MatrixRow, show: str) -> bool:
    """Tell whether a row is shown under a filter; every row is without one."""
    if show == MISSING:
        return not row.exempt and bool(row.missing)
    if show == RED:
        return not row.exempt and any(square.hard and square.end != EXEMPT for square in row.squares)
    return show != LATE or any(square.late for square in row.squares)


def columns_of(rows: Sequence[MatrixRow]) -> tuple[Column, ...]:
    """Return the sections of some rows, in the order of tables and offices."""
    tables = {table.id: table for table in catalogue().tables}
    offices = list(Office)
    names = {square.section for row in rows for square in row.squares}
    parts = ((name, *name.rsplit(".", 1)) for name in names)
    columns = [Column(section=name, table=tables[table], office=Office(office)) for name, table, office in parts]
    return tuple(sorted(columns, key=lambda one: (one.table.number, offices.index(one.office))))


def heads_of(columns: Sequence[Column]) -> tuple[tuple[str, int], ...]:
    """Return each table's title with the number of its columns."""
    numbers: dict[str, int] = {}
    for column in columns:
        numbers[column.table.title] = numbers.get(column.table.title, 0) + 1
    return tuple(numbers.items())


@lru_cache(maxsize=MOST_REMEMBERED)
def row_html(year: int, row: MatrixRow, columns: tuple[Column, ...]) -> SafeString:
    """Return one row of the overview; kept, as most rows are the same from look to look."""
    name, squares = organisation_title(row.organisation), {square.section: square for square in row.squares}
    state = "免报" if row.exempt else step_words(row.step)
    head = format_html(
        '<th scope="row"><a href="{}">{}</a><small>{}{}</small></th>',
        address_of(year, row.organisation),
        name,
        state,
        f"，还缺 {row.missing} 节" if row.missing and not row.exempt else "",
    )
    cells = format_html_join(
        "", "{}", ((_cell(year, row, name, column, squares.get(column.section)),) for column in columns)
    )
    return format_html("<tr>{}{}</tr>", head, cells)


def _cell(year: int, row: MatrixRow, name: str, column: Column, square: Square | None) -> SafeString:
    if square is None or row.exempt:
        return format_html('<td class="none"><span class="hidden-words">{}</span></td>', "不用填")
    words = f"{name}，{column.table.title}（{column.office.label}）：{_state(square)}，{square.due:%Y-%m-%d} 截止"
    return format_html(
        '<td class="{}"><a href="{}" title="{}"><span aria-hidden="true">{}</span>'
        '<span class="hidden-words">{}</span></a></td>',
        _look(square),
        address_of(year, row.organisation, square.section),
        words,
        _mark(square),
        words,
    )


def _state(square: Square) -> str:
    words = "已逾期" if square.late else section_state(square.step, square.end)
    return f"{words}，{square.hard} 处缺项或错误" if square.hard and square.end != EXEMPT else words


def _look(square: Square) -> str:
    if square.late:
        return "sq sq-late"
    if square.end == EXEMPT:
        return "sq sq-none"
    colour = {FILL: "sq-fill", "check": "sq-check"}.get(square.step, "sq-done")
    return f"sq {colour} sq-red" if square.hard else f"sq {colour}"


def _mark(square: Square) -> str:
    if square.end == EXEMPT:
        return "—"
    sign = "逾" if square.late else {FILL: "填", "check": "审"}.get(square.step, "✓")
    return f"{sign} {square.hard}" if square.hard else sign
