"""The form of a submission (填报表单): one table a section, prefilled; taken back as entries with every Problem.

Pure shape: which cells there are and what they mean. Files are `sheets`' work, rights are `actions`'.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from guantong.errors import Problem
from guantong.indicators.catalogue import Section
from guantong.indicators.entries import Entry
from guantong.indicators.indicator import Indicator
from guantong.reconciliation import Printed
from guantong.sheets.tables import Column, Row
from guantong.sheets.writing import Form as SheetForm
from guantong.sheets.writing_read import read_book
from guantong.sheets.writing_xlsx import write_book

ID, NAME, UNIT, LAST, VALUE = "编号", "指标", "单位", "上年", "数值"
SAMPLE, METHOD, EXPLANATION = "调查人数", "调查方式", "说明"
METHODS = ("网络问卷", "纸质问卷", "电话访问", "座谈", "其他")
IMPORTED, LONGEST_METHOD = "导入自", 40
"""A value that came from another system's export says so in place of a way of asking."""
FORM = "indicators"
_COLUMNS = (
    Column(name=ID, required=True),
    Column(name=NAME),
    Column(name=UNIT),
    Column(name=LAST),
    Column(name=VALUE),
    Column(name=SAMPLE, whole=True),
    Column(name=METHOD, one_of=METHODS),
    Column(name=EXPLANATION),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Which form it is: whose, of which year, by which catalogue, and the version of each section that is in it."""

    organisation: str
    title: str
    year: int
    digest: str
    versions: Mapping[str, int]

    def marks(self) -> dict[str, str]:
        """Return what the hidden sheet says of the form as a whole."""
        return {"表单": FORM, "机构": self.organisation, "年份": str(self.year), "指标目录": self.digest}

    def said(self) -> dict[str, str]:
        """Return what is said of a form that bears another mark."""
        return {
            "表单": "这不是质量数据填报表",
            "机构": f"这不是{self.title}的填报表",
            "年份": f"这不是 {self.year} 年的填报表",
            "指标目录": "这张表下载以后，指标目录改过",
        }


def write_form(
    issue: Issue, sections: Sequence[Section], entries: Mapping[str, Entry], last_year: Mapping[str, Printed]
) -> bytes:
    """Return the form as XLSX, a sheet a section, with what was entered so far and last year's values beside."""
    parts = [
        (_sheet_form(section), [_cells(one, entries.get(one.id), last_year.get(one.id)) for one in section.indicators])
        for section in sections
    ]
    versions = {f"版本 {section.id}": str(issue.versions.get(section.id, 0)) for section in sections}
    return write_book(parts, {**issue.marks(), **versions})


def read_form(
    issue: Issue, sections: Sequence[Section], own: Collection[str], content: bytes, file: str
) -> tuple[dict[str, tuple[Entry, ...]], list[Problem]]:
    """Return the entries of the uploader's `own` sections that came back, by id, and every Problem of the file.

    The marks are checked first: another organisation, year or catalogue is refused before any cell is read,
    and so is an own section whose version moved on since the form was handed out. Sections of other
    offices may stand in the file and are passed over.
    """
    versions = {f"版本 {name}": str(issue.versions.get(name, 0)) for name in own}
    moved = {f"版本 {one.id}": f"这张表下载以后，“{_title(one)}”这一节又改过" for one in sections}
    forms = [_sheet_form(section) for section in sections]
    rows, problems = read_book(forms, {**issue.marks(), **versions}, content, file, {**issue.said(), **moved})
    by_id = {section.id: section for section in sections}
    entries = {}
    for name, found in rows.items():
        if name not in own:
            continue
        read, more = _entries(by_id[name], found, f"{file} {_title(by_id[name])}")
        entries[name] = read
        problems += more
    return entries, problems


def read_value(text: str, indicator: Indicator) -> Printed | None:
    """Return a value as entered; None where it cannot be read. “95.3%” is 95.3 for an indicator in percent."""
    plain = text.strip()
    if plain.endswith(("%", "％")):
        if indicator.unit != "%":
            return None
        plain = plain[:-1]
    try:
        return Printed.read(plain, exact=indicator.counted)
    except ValueError:
        return None


def imported_from(file: str) -> str:
    """Return the method of values that came from a file."""
    name = "".join(letter for letter in file.replace("\\", "/").rpartition("/")[2] if letter.isprintable()).strip()
    return f"{IMPORTED} {name or '平台导出'}"[:LONGEST_METHOD].rstrip()


def is_imported(method: str) -> bool:
    """Tell whether a method says that a value came from another system's export."""
    return method.startswith(f"{IMPORTED} ")


def _sheet_form(section: Section) -> SheetForm:
    return SheetForm(
        id=section.id,
        version="1",
        title=_title(section),
        columns=_COLUMNS,
        identity=frozenset({ID}),
        most_rows=len(section.indicators) + 20,
    )


def _title(section: Section) -> str:
    return f"{section.table.title}-{section.office.label}"


def _cells(indicator: Indicator, entry: Entry | None, before: Printed | None) -> dict[str, str]:
    cells = {ID: indicator.id, NAME: indicator.name, UNIT: indicator.unit, LAST: str(before) if before else ""}
    if entry is not None:
        cells |= {
            VALUE: str(entry.value) if entry.value else "",
            SAMPLE: "" if entry.sample is None else str(entry.sample),
            METHOD: "" if is_imported(entry.method) else entry.method,
            EXPLANATION: entry.explanation,
        }
    return cells


def _entries(section: Section, rows: Iterable[Row], file: str) -> tuple[tuple[Entry, ...], list[Problem]]:
    """Read the rows of a section; each of its indicators stands once, and no other."""
    known = {one.id: one for one in section.indicators}
    seen: set[str] = set()
    entries: list[Entry] = []
    problems: list[Problem] = []
    for row in rows:
        name = row.cells[ID]
        indicator = known.get(name)
        if indicator is None or name in seen:
            rule = "这一节没有这个指标" if indicator is None else "这个指标填了两行"
            problems.append(
                Problem(file=file, row=row.number, column=ID, value=name, rule=rule, remedy="请按下载的表单填写。")
            )
            continue
        seen.add(name)
        value = read_value(row.cells[VALUE], indicator) if row.cells[VALUE] else None
        if row.cells[VALUE] and value is None:
            problems.append(_unreadable(indicator, row, file))
            continue
        sample = row.cells[SAMPLE]
        entries.append(
            Entry(
                indicator=name,
                value=value,
                sample=int(sample) if sample else None,
                method=row.cells[METHOD],
                explanation=row.cells[EXPLANATION],
                row=row.number,
            )
        )
    return tuple(entries), problems


def _unreadable(indicator: Indicator, row: Row, file: str) -> Problem:
    remedy = f"请只填数字，单位是{indicator.unit}，不要写“约”或范围；没有的数填 0，不知道的留空。"
    return Problem(
        file=file, row=row.number, column=VALUE, value=row.cells[VALUE], rule=f"{indicator.name}不是数字", remedy=remedy
    )
