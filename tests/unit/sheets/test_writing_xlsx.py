"""Forms as XLSX: drop-downs, widths, frozen head, text cells, hidden sheets."""

from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from guantong.sheets.tables import Column
from guantong.sheets.writing import Form
from guantong.sheets.writing_read import read_workbook
from guantong.sheets.writing_xlsx import LISTS, MARKS, sheet_title, shown_width, write_workbook

MAJORS = tuple(f"数字媒体技术应用方向{number}" for number in range(40))
ROSTER = Form(
    id="roster",
    version="2026-1",
    title="新生名单",
    columns=(
        Column(name="姓名", required=True),
        Column(name="身份证件号", required=True, form=r"[0-9]{17}[0-9X]", form_text="18 位号码"),
        Column(name="性别", one_of=("男", "女")),
        Column(name="专业", one_of=MAJORS),
        Column(name="人数", whole=True),
        Column(name="说明"),
    ),
    identity=frozenset({"身份证件号"}),
    particulars={"学校": "演示市东城职业学校", "学年": "2025"},
)
ROW = {
    "姓名": "张某",
    "身份证件号": "000000201001010018",
    "性别": "女",
    "专业": MAJORS[3],
    "人数": "30",
    "说明": "=1+1",
}
CELLS = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=20).map(str.strip)


def opened(rows: list[dict[str, str]] | None = None, form: Form = ROSTER) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(write_workbook(form, rows or [])))


def test_what_is_written_is_read_back_by_our_reader() -> None:
    rows, problems = read_workbook(ROSTER, write_workbook(ROSTER, [ROW, ROW]), "新生.xlsx")
    assert problems == []
    assert [(row.number, row.cells) for row in rows] == [(2, ROW), (3, ROW)]


@settings(deadline=None, max_examples=30)
@given(st.lists(CELLS.filter(bool), min_size=1, max_size=5))
def test_any_words_are_read_back_by_ours_and_by_another_library(words: list[str]) -> None:
    form = Form(id="a", version="1", title="甲", columns=(Column(name="词"),))
    content = write_workbook(form, [{"词": word} for word in words])
    read, problems = read_workbook(form, content, "词.xlsx")
    assert (problems, [row["词"] for row in read]) == ([], words)
    assert CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()[1:] == [
        [word] for word in words
    ]


def test_identity_numbers_are_text_and_counts_are_numbers() -> None:
    sheet = opened([ROW]).worksheets[0]
    assert (sheet["B2"].value, sheet["B2"].data_type, sheet["B2"].number_format) == ("000000201001010018", "s", "@")
    assert (sheet["E2"].value, sheet["E2"].data_type) == (30, "n")
    assert sheet.column_dimensions["B"].number_format == "@"
    assert sheet.column_dimensions["E"].number_format == "0"


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-a", "@a"])
def test_a_cell_that_looks_like_a_formula_is_a_quoted_text(text: str) -> None:
    cell = opened([{**ROW, "说明": text}]).worksheets[0]["F2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_a_count_with_leading_zeros_stays_as_written() -> None:
    assert opened([{**ROW, "人数": "007"}]).worksheets[0]["E2"].value == "007"


def test_the_head_is_frozen_printed_on_each_page_and_shows_what_is_required() -> None:
    sheet = opened().worksheets[0]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")
    assert all(cell.font.b for cell in sheet[1])
    assert sheet["A1"].fill.fgColor.rgb != sheet["C1"].fill.fgColor.rgb


def test_a_short_list_stands_in_the_cell_and_a_long_one_on_the_hidden_sheet() -> None:
    book = opened()
    rules = {str(rule.sqref): rule for rule in book.worksheets[0].data_validations.dataValidation}
    assert rules["C2:C20001"].formula1 == '"男,女"'
    assert rules["D2:D20001"].formula1 == "'选项'!$D$1:$D$40"
    assert [book[LISTS].cell(number, 4).value for number in (1, 40)] == [MAJORS[0], MAJORS[39]]
    assert all(len(rule.formula1) <= 257 for rule in rules.values())


def test_a_choice_with_a_comma_stands_on_the_hidden_sheet() -> None:
    form = Form(id="a", version="1", title="甲", columns=(Column(name="甲", one_of=("a,b", "=c")),))
    book = opened(form=form)
    assert [cell.value for cell in book[LISTS]["A"]] == ["a,b", "=c"]
    assert book[LISTS]["A2"].data_type == "s"


def test_counts_and_identity_numbers_are_checked_while_they_are_typed() -> None:
    rules = {str(rule.sqref)[0]: rule for rule in opened().worksheets[0].data_validations.dataValidation}
    assert (rules["E"].type, rules["E"].formula1, rules["E"].allowBlank) == ("whole", "0", True)
    assert (rules["B"].type, rules["B"].formula1, rules["B"].allowBlank) == ("custom", "ISTEXT(B2)", False)
    assert set(rules) == {"B", "C", "D", "E"}


def test_columns_are_wide_enough_for_chinese_and_never_too_wide() -> None:
    widths = opened([{**ROW, "说明": "很长的说明" * 30}]).worksheets[0].column_dimensions
    assert widths["D"].width >= shown_width(MAJORS[39])
    assert (widths["C"].width, widths["F"].width) == (8, 48)
    assert shown_width("甲a\n乙丙丁") == 6


def test_the_hidden_sheet_says_which_form_this_is() -> None:
    book = opened()
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "veryHidden", "veryHidden"]
    marks = {row[0]: row[1] for row in book[MARKS].iter_rows(values_only=True)}
    assert marks == {"表单": "roster", "版本": "2026-1", "学校": "演示市东城职业学校", "学年": "2025"}


def test_a_sheet_title_is_cut_to_what_a_spreadsheet_accepts() -> None:
    assert sheet_title("甲/乙[丙]:'丁'") == "甲乙丙丁"
    assert sheet_title("表" * 40) == "表" * 31
    assert sheet_title("/") == "填报"
