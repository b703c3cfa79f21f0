"""The form of a list: what it holds, that it comes back as it was filled in, and every fault at once."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from tests.desk import OTHER_REGISTRAR, REGISTRAR
from tests.integration.actions.test_sittings import entries, weighed
from tests.sitting import OUT, PASSED, REPEATS, a_class, answered, entered, opened, submitted, version

from guantong.actions import sitting_forms, sittings
from guantong.cohorts.sittings import RESULT_FIELDS, Outcome
from guantong.errors import InputRefused, Problem, RecordChanged, SittingUnknown, StepRefused
from guantong.store import models

pytestmark = pytest.mark.usefixtures("sqlite")
Filled = tuple[int, str, str | float]
HEADINGS = ["行号", "学号", "姓名", *(detail.label for detail in RESULT_FIELDS)]


def filled(sitting: str, *cells: Filled) -> bytes:
    """The form of a list with some cells filled in: row of the sheet, heading, value."""
    book = load_workbook(BytesIO(sitting_forms.sitting_form(sitting, by=REGISTRAR).content))
    sheet = book.worksheets[0]
    for row, heading, value in cells:
        sheet.cell(row, HEADINGS.index(heading) + 1).value = value
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def problems(sitting: str, content: bytes, file: str = "成绩表.xlsx") -> list[tuple[int | None, str, str]]:
    """Where and what is wrong with a form."""
    with pytest.raises(InputRefused) as found:
        sitting_forms.enter_form(sitting, content, file, by=REGISTRAR)
    assert all(isinstance(problem, Problem) and problem.file.startswith(file) for problem in found.value.problems)
    return [(problem.row, problem.column, problem.rule) for problem in found.value.problems]


def outcomes(sitting: str) -> list[str]:
    """What is entered for each line."""
    return [line.result.text("outcome") for line in weighed(sitting).sitting.lines]


def test_a_form_has_a_line_a_pupil_with_drop_downs_and_says_which_list_it_is() -> None:
    a_class(3)
    sitting = opened()
    made = sitting_forms.sitting_form(sitting, by=REGISTRAR)
    assert made.name == "2023级机电1班转段考核成绩表.xlsx"
    book = load_workbook(BytesIO(made.content))
    sheet = book.worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert list(rows[0]) == HEADINGS
    assert [row[:3] for row in rows[1:4]] == [(str(n), f"D{n:08d}", f"演示学生{n}") for n in (1, 2, 3)]
    lists = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert len(lists) == 4
    marks = {str(key): value for key, value in book["表单信息"].iter_rows(values_only=True, max_col=2)}
    assert (marks["名单编号"], marks["名单版本"], book["表单信息"].sheet_state) == (sitting, "1", "veryHidden")
    assert not {detail.name for detail in RESULT_FIELDS} & {"identity", "phone"}


def test_what_is_filled_in_comes_back_as_it_was_meant() -> None:
    a_class(len(Outcome))
    sitting = opened()
    cells: list[Filled] = [(number, "考核结果", outcome.label) for number, outcome in enumerate(Outcome, 2)]
    more: list[Filled] = [
        (2, "完成本学段学业", "是"),
        (2, "成绩", 87.5),
        (2, "说明", "＝1+1 是文字"),
    ]
    done = sitting_forms.enter_form(sitting, filled(sitting, *cells, *more), "成绩表.xlsx", by=REGISTRAR)
    assert (done.lines, done.version) == (len(Outcome), 2)
    assert outcomes(sitting) == [outcome.label for outcome in Outcome]
    assert weighed(sitting).sitting.lines[0].result.values["mark"] == "87.5"
    assert sitting_forms.enter_form(sitting, filled(sitting), "成绩表.xlsx", by=REGISTRAR).version == 2


def test_a_csv_comes_back_as_well_and_is_held_to_the_version_its_filler_saw() -> None:
    a_class(2)
    sitting = opened()
    made = sitting_forms.sitting_form(sitting, as_csv=True, by=REGISTRAR)
    text = made.content.decode("utf-8-sig").replace("演示学生2,", "演示学生2,达到条件", 1)
    with pytest.raises(RecordChanged):
        sitting_forms.enter_form(sitting, text.encode(), "成绩表.csv", seen=7, by=REGISTRAR)
    for content in (text.encode("gb18030"), text.encode()):
        sitting_forms.enter_form(sitting, content, "成绩表.csv", seen=version(sitting), by=REGISTRAR)
        assert outcomes(sitting) == ["", "达到条件"]


def test_every_fault_of_a_form_is_named_where_it_stands_and_nothing_is_kept() -> None:
    a_class(4)
    sitting = opened()
    content = filled(
        sitting,
        (2, "考核结果", "很好"),
        (3, "姓名", "演示学生9"),
        (4, "文件日期", "去年"),
        (5, "行号", "77"),
    )
    found = problems(sitting, content)
    assert [row for row, _, _ in found] == [2, 3, 5]
    assert "与名单上这一行的学生不同" in found[1][2]
    assert outcomes(sitting) == [""] * 4
    assert problems(sitting, filled(sitting, (4, "文件日期", "去年"))) == [(4, "文件日期", "文件日期应是日期")]
    assert [
        row
        for row, _, _ in problems(
            sitting, filled(sitting, (3, "行号", "1"), (3, "学号", "D00000001"), (3, "姓名", "演示学生1"))
        )
    ] == [3]
    assert problems(sitting, filled(sitting, (2, "成绩", "=SUM(1,2)")))[0][2] == "这一格是公式"
    assert version(sitting) == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04 broken", b"\xff\xfe\x00", "行号,学号\n1,2\n".encode()],
    ids=["empty", "broken", "binary", "other columns"],
)
def test_what_is_no_form_is_refused(content: bytes) -> None:
    a_class(1)
    assert problems(opened(), content)


def test_a_form_of_another_list_or_an_older_version_is_refused_before_its_cells_are_read() -> None:
    a_class(2)
    first = opened()
    old = filled(first, (2, "考核结果", "很好"))
    entered(first, PASSED)
    assert [rule for _, _, rule in problems(first, old)] == ["表单的“名单版本”应是“2”"]
    sittings.close_sitting(first, "因", seen=2, by=REGISTRAR)
    second = opened()
    assert "名单编号" in problems(second, old)[0][2]


def test_only_lines_in_the_schools_hand_are_handed_out_and_taken_back() -> None:
    a_class(3)
    sitting = opened()
    entered(sitting, PASSED, REPEATS, OUT)
    before = filled(sitting)
    submitted(sitting)
    with pytest.raises(StepRefused, match="待接收院校答复"):
        sitting_forms.sitting_form(sitting, by=REGISTRAR)
    answered(sitting, 1, returned={2: "请核对"})
    rows = list(load_workbook(BytesIO(filled(sitting))).worksheets[0].iter_rows(values_only=True, max_col=3))
    assert [row[0] for row in rows[1:] if row[0]] == ["2"]
    assert problems(sitting, before)


def test_a_form_that_was_handed_out_leaves_an_entry_with_everybody_on_it() -> None:
    admitted = a_class(2)
    sitting = opened()
    before = models.JournalEntry.objects.count()
    sitting_forms.sitting_form(sitting, by=REGISTRAR)
    assert entries(before) == [("sitting-read", sitting)]
    listed = models.JournalIndex.objects.filter(entry=before + 1).values_list("pupil", flat=True)
    assert set(listed) == set(admitted)
    with pytest.raises(SittingUnknown):
        sitting_forms.sitting_form(sitting, by=OTHER_REGISTRAR)
    with pytest.raises(SittingUnknown):
        sitting_forms.enter_form(sitting, b"", "x", by=OTHER_REGISTRAR)
