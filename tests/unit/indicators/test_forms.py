"""The form of a submission: it comes back as it was filled in, or with every Problem and nothing of it."""

from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from tests.unit.indicators.catalogue import CATALOGUE

from guantong.indicators import Catalogue, Entry
from guantong.indicators.forms import Issue, read_form, read_value, write_form
from guantong.reconciliation import Printed
from guantong.registry import Stage

SECTIONS = CATALOGUE.sections(2025, Stage.COLLEGE)
OWN = [section.id for section in SECTIONS]
ISSUE = Issue(organisation="o", title="演示学校", year=2025, digest=CATALOGUE.digest, versions={OWN[0]: 3})
ENTRIES = {
    "graduates": Entry(indicator="graduates", value=Printed.read("1,204", exact=True)),
    "satisfied": Entry(
        indicator="satisfied", value=Printed.read("88.10"), sample=52, method="网络问卷", explanation="新问卷"
    ),
}
NAME = SECTIONS[0].table.title + "-" + SECTIONS[0].office.label


def form(entries: Mapping[str, Entry] | None = None) -> bytes:
    """A form handed out."""
    return write_form(ISSUE, SECTIONS, entries or {}, {"graduates": Printed.read("1100")})


def filled(
    change: Mapping[str, object], content: bytes | None = None, formats: Mapping[str, str] | None = None
) -> bytes:
    """A form in which somebody typed into some cells of the sheet."""
    book = load_workbook(BytesIO(content or form()))
    for at, value in change.items():
        book[NAME][at].value = value
        if formats and at in formats:
            book[NAME][at].number_format = formats[at]
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def back(content: bytes, issue: Issue = ISSUE, own: list[str] | None = None) -> tuple[dict[str, Entry], list[str]]:
    """What a form brings back, and the rules of its Problems."""
    entries, problems = read_form(issue, SECTIONS, OWN if own is None else own, content, "form.xlsx")
    return {one.indicator: one for section in entries.values() for one in section}, [one.rule for one in problems]


def row_of(indicator: str) -> int:
    """The row in which an indicator stands."""
    return [one.id for one in SECTIONS[0].indicators].index(indicator) + 2


def test_what_was_entered_comes_back_as_it_was() -> None:
    entries, problems = back(form(ENTRIES))
    assert problems == []
    assert (entries["satisfied"].value, entries["satisfied"].sample) == (Printed(Decimal("88.10")), 52)
    assert entries["satisfied"].method == "网络问卷"
    assert entries["graduates"].value == Printed(Decimal(1204), exact=True)
    assert entries["placed"].value is None


def test_last_year_stands_beside_and_is_never_read_back() -> None:
    book = load_workbook(BytesIO(form()))
    assert book[NAME].cell(row_of("graduates"), 4).value == "1100"
    entries, _ = back(form())
    assert entries["graduates"].value is None


def test_a_share_in_percent_format_is_read_as_its_filler_sees_it() -> None:
    at = f"E{row_of('rate')}"
    entries, problems = back(filled({at: 0.9532}, formats={at: "0.00%"}))
    assert (problems, entries["rate"].value) == ([], Printed(Decimal("95.32")))


@pytest.mark.parametrize(
    ("column", "indicator", "value", "rule"),
    [
        ("E", "graduates", "=1+1", "这一格是公式"),
        ("E", "graduates", "约 200", "不是数字"),
        ("E", "graduates", "12%", "不是数字"),
        ("F", "satisfied", "许多", "整数"),
        ("G", "satisfied", "猜的", "只能是"),
        ("A", "graduates", "nobody", "这一节没有这个指标"),
        ("A", "graduates", "placed", "这个指标填了两行"),
        ("A", "graduates", 17, "号码被存成了数字"),
    ],
)
def test_every_fault_of_a_cell_is_a_problem(column: str, indicator: str, value: object, rule: str) -> None:
    _, problems = back(filled({f"{column}{row_of(indicator)}": value}))
    assert any(rule in problem for problem in problems), problems


@pytest.mark.parametrize(
    "other",
    [
        Issue(organisation="x", title="另一所学校", year=2025, digest=CATALOGUE.digest, versions=ISSUE.versions),
        Issue(organisation="o", title="", year=2024, digest=CATALOGUE.digest, versions=ISSUE.versions),
        Issue(organisation="o", title="", year=2025, digest="0" * 64, versions=ISSUE.versions),
        Issue(organisation="o", title="", year=2025, digest=CATALOGUE.digest, versions={OWN[0]: 4}),
    ],
)
def test_a_form_of_another_school_year_catalogue_or_version_is_refused_before_a_cell_is_read(other: Issue) -> None:
    entries, problems = back(form(ENTRIES), other)
    assert entries == {}
    (rule,) = problems
    assert rule in {
        "这不是另一所学校的填报表",
        "这不是 2024 年的填报表",
        "这张表下载以后，指标目录改过",
        f"这张表下载以后，“{NAME}”这一节又改过",
    }


def test_sections_of_another_office_are_passed_over() -> None:
    assert back(form(ENTRIES), own=[]) == ({}, [])


def test_a_file_that_is_no_form_is_a_problem() -> None:
    assert back(b"nothing")[1]
    assert back(filled({}, form()))[1] == []


def test_values_are_read_by_their_unit() -> None:
    rate, count = CATALOGUE.get("rate"), CATALOGUE.get("graduates")
    assert read_value("95.3%", rate) == read_value("95.3", rate) == Printed(Decimal("95.3"))
    assert read_value("1,204", count) == Printed(Decimal(1204), exact=True)
    assert [read_value(text, count) for text in ("5%", "一百", "1-2", "")] == [None] * 4


def test_the_real_form_of_a_college_has_a_sheet_an_office_and_table() -> None:
    from guantong.contents import Contents

    catalogue: Catalogue = Contents("guantong_beijing").catalogue
    sections = catalogue.sections(2025, Stage.COLLEGE)
    issue = Issue(organisation="o", title="演示学校", year=2025, digest=catalogue.digest, versions={})
    content = write_form(issue, sections, {}, {})
    book = load_workbook(BytesIO(content))
    visible = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert len(visible) == len(set(visible)) == len(sections)
    entries, problems = read_form(issue, sections, [section.id for section in sections], content, "f")
    assert problems == []
    assert set(entries) == {section.id for section in sections}
