"""Collection at the work desk (质量数据): the overview of a year, one organisation's submission, its XLSX form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from guantong.actions import collection, filling
from guantong.actions.books import organisation_title
from guantong.actions.collection import MatrixRow, Square
from guantong.actions.collection_scope import own_sections
from guantong.actions.collection_state import COLLECT, EXEMPT, FILL, Filled, catalogue
from guantong.errors import InputRefused, Problem
from guantong.indicators import Section
from guantong.people import ANY, Right, Role
from guantong.registry import Stage
from guantong.web.staff.frame import labelled
from guantong.web.staff.handovers import XLSX
from guantong.web.staff.page import Download, StaffAsked, StaffPage
from guantong.web.staff.quality_matrix import FILTERS, columns_of, fits, heads_of, row_html, tally_of
from guantong.web.staff.quality_words import (
    MayDo,
    address_of,
    deed_words,
    may_do,
    section_state,
    section_words,
    step_words,
    year_named,
)
from guantong.web.staff.respond import staff

WIDE = frozenset({Role.CITY, Role.DISTRICT, Role.SUPERVISOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One section in a list: what it is called, where it stands, what is wrong in it, and whether it is one's own."""

    name: str
    words: str
    state: str
    tone: str
    hard: int
    warnings: int
    due: date
    late: bool
    mine: bool
    returned: str = ""


def overview_page(asked: StaffAsked) -> StaffPage:
    """Return the overview of a year: the matrix for an authority, the list of sections for a school."""
    years = collection.list_years(by=asked.by)
    if not years:
        none = {"may_manage": asked.may(Right.MANAGE_COLLECTION)}
        return StaffPage(title="质量数据", template="guantong/staff/quality_none.html", context=none)
    named = {str(one.year): one for one in years}
    year = named.get(asked.one("year"), years[0])
    rows = collection.read_matrix(year.year, by=asked.by)
    context: dict[str, object] = {
        "year": year,
        "years": [one.year for one in years],
        "may_manage": asked.may(Right.MANAGE_COLLECTION),
    }
    if len(rows) == 1 and not _wide(asked):
        context |= _own(asked, year.year, rows[0])
        return StaffPage(title=f"{year.year} 年质量数据", template="guantong/staff/quality_own.html", context=context)
    columns, show = columns_of(rows), asked.one("show")
    shown = [row for row in rows if fits(row, show)]
    context |= {
        "tally": tally_of(rows),
        "columns": columns,
        "heads": heads_of(columns),
        "rows": [row_html(year.year, row, columns) for row in shown],
        "all": len(rows),
        "filters": FILTERS,
        "show": show,
    }
    return StaffPage(title=f"{year.year} 年质量数据", template="guantong/staff/quality_matrix.html", context=context)


def submission_page(asked: StaffAsked, year: str, organisation: str) -> StaffPage:
    """Return one organisation's submission: where it stands, its sections, and what may be done with it now."""
    found = collection.read_submission(year_named(asked, year), organisation, by=asked.by)
    return _submission(asked, found)


def form_file(asked: StaffAsked, year: str, organisation: str) -> StaffPage:
    """Hand out the XLSX form of one's own sections."""
    content = filling.hand_out_form(year_named(asked, year), organisation, by=asked.by)
    name = f"{organisation_title(organisation)}-{year}年质量数据填报表.xlsx"
    return StaffPage(download=Download(name=name, content=content, kind=XLSX))


def import_page(asked: StaffAsked, year: str, organisation: str) -> StaffPage:
    """Take a filled-in form back; with a Problem anywhere nothing of it is kept."""
    asked.by.scope(Right.FILL_SECTION, on=asked.today)
    number = year_named(asked, year)
    where = address_of(number, organisation)
    if asked.sent is None:
        return StaffPage(redirect=where)
    file = asked.sent.file("file")
    try:
        if file is None:
            raise InputRefused([Problem(column="文件", rule="没有选择文件", remedy="请选择填好的填报表。")])
        changed = filling.import_form(number, organisation, file.content, file.name, by=asked.by)
    except InputRefused as refused:
        found = collection.read_submission(number, organisation, by=asked.by)
        return _submission(asked, found, refused)
    notice = f"已导入，改动了 {len(changed)} 节。" if changed else "已读完，和现有的数据没有不同。"
    return StaffPage(redirect=where, notice=notice)


def _submission(asked: StaffAsked, found: Filled, refused: InputRefused | None = None) -> StaffPage:
    record, may = found.submission, may_do(asked, found)
    lines = [_line(asked, found, part, may) for part in found.sections]
    context = {
        "record": record,
        "name": organisation_title(record.organisation),
        "where": address_of(record.year, record.organisation),
        "lines": lines,
        "step": step_words(record.step),
        "deeds": [(deed_words(deed.record.step), deed) for deed in record.deeds],
        "may": may,
        "may_import": any(line.mine and record.section(line.name).step == FILL for line in lines),
        "all_passed": all(not section.step for section in record.sections),
        "collecting": record.step == COLLECT,
        "explained": [fault for fault in found.checked.warnings if fault.explanation],
        "problems": labelled(refused) if refused else (),
    }
    status = refused.status if refused else 200
    title = f"{record.year} 年质量数据"
    return StaffPage(title=title, template="guantong/staff/quality_one.html", context=context, status=status)


def _line(asked: StaffAsked, found: Filled, part: Section, may: MayDo) -> Line:
    record = found.submission.section(part.id)
    faults = found.faults_of(part) if record.end != EXEMPT else ()
    last = record.deeds[-1].record if record.deeds else None
    return Line(
        name=part.id,
        words=section_words(part),
        state=section_state(record.step, record.end),
        tone=_tone(record.step, record.end),
        hard=sum(fault.kind.hard for fault in faults),
        warnings=sum(not fault.kind.hard and fault.blocks for fault in faults),
        due=record.due,
        late=record.step == FILL and record.due < asked.today and not found.submission.exempt,
        mine=part.id in may.fill,
        returned=last.reason if last and record.step == FILL else "",
    )


def _own(asked: StaffAsked, year: int, row: MatrixRow) -> dict[str, object]:
    """Return what a school sees of its own row: its sections one below the other."""
    parts = {part.id: part for stage in Stage for part in catalogue().sections(year, stage)}
    mine: set[str] = set()
    if asked.may(Right.FILL_SECTION):
        scope = asked.by.scope(Right.FILL_SECTION, on=asked.today)
        mine = {part.id for part in own_sections(scope, row.organisation, tuple(parts.values()))}
    lines = [_square_line(square, parts[square.section], square.section in mine) for square in row.squares]
    return {
        "row": row,
        "name": organisation_title(row.organisation),
        "where": address_of(year, row.organisation),
        "step": step_words(row.step),
        "lines": _own_first(lines),
        "done": sum(not square.step for square in row.squares),
        "some_mine": 0 < len([line for line in lines if line.mine]) < len(lines),
    }


def _own_first(lines: Sequence[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: not line.mine)


def _square_line(square: Square, part: Section, mine: bool) -> Line:
    return Line(
        name=square.section,
        words=section_words(part),
        state=section_state(square.step, square.end),
        tone=_tone(square.step, square.end),
        hard=square.hard if square.end != EXEMPT else 0,
        warnings=0,
        due=square.due,
        late=square.late,
        mine=mine,
    )


def _tone(step: str, end: str) -> str:
    return "" if end == EXEMPT else "unknown" if step else "yes"


def _wide(asked: StaffAsked) -> bool:
    reaches = asked.by.scope(Right.READ_SUBMISSIONS, on=asked.today).reaches
    return any(reach.role in WIDE or reach.organisation == ANY for reach in reaches)


addresses = (
    staff("desk/quality", overview_page, "desk-quality"),
    staff("desk/quality/<str:year>/<str:organisation>", submission_page, "desk-quality-one"),
    staff("desk/quality/<str:year>/<str:organisation>/form.xlsx", form_file, "desk-quality-form"),
    staff("desk/quality/<str:year>/<str:organisation>/import", import_page, "desk-quality-import", sends=True),
)
