"""Working copies: asked for, approved by the head, taken once within the hour, marked, masked and harmless."""

import csv
import io
from datetime import date, timedelta

import openpyxl
import pytest
from tests.desk import CITY, HEAD, OTHER_REGISTRAR, PROJECT, REGISTRAR, SCHOOL, admit, grant_of, identity, row

from guantong.actions import clock, working_copies
from guantong.actions.working_copies import CopyFormat
from guantong.errors import NotAllowed, RecordChanged, StepRefused, WorkingCopyUnknown
from guantong.people import Door, Person, Role
from guantong.store import models
from guantong.store.named_rows import Selection

COHORT = Selection(project=PROJECT, cohort=2023)


@pytest.fixture
def asked(sqlite: object) -> str:
    admit(row(1), row(2, name="=HYPERLINK(0)"), row(3, name="@演示", student_number="+0012"))
    return working_copies.ask_for_copy(COHORT, SCHOOL, by=REGISTRAR).id


def lines_of(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_copy_is_taken_once_after_the_head_approved(asked: str) -> None:
    with pytest.raises(StepRefused, match="还没有批准"):
        working_copies.take_copy(asked, CopyFormat.CSV, by=REGISTRAR)
    working_copies.approve_copy(asked, seen=1, by=HEAD)
    taken = working_copies.take_copy(asked, CopyFormat.CSV, by=REGISTRAR)
    assert (taken.rows, taken.expires_on) == (3, date(2026, 12, 20))
    with pytest.raises(StepRefused, match="只能下载一次"):
        working_copies.take_copy(asked, CopyFormat.CSV, by=REGISTRAR)
    entry = models.JournalEntry.objects.get(action="copy-taken")
    assert (entry.subject, entry.listed) == (asked, 3)


def test_identity_numbers_are_masked_and_nothing_else_personal_leaves(asked: str) -> None:
    working_copies.approve_copy(asked, seen=1, by=HEAD)
    content = working_copies.take_copy(asked, CopyFormat.CSV, by=REGISTRAR).content.decode()
    for kept_back in (identity(1), identity(1, "20080101")[:16], "000-00000000", "虚构路", "演示家长"):
        assert kept_back not in content


def test_no_cell_is_a_formula_and_the_last_row_is_a_watermark(asked: str) -> None:
    working_copies.approve_copy(asked, seen=1, by=HEAD)
    *lines, last = lines_of(working_copies.take_copy(asked, CopyFormat.CSV, by=REGISTRAR).content)
    cells = [cell for line in lines for cell in line]
    assert {"'=HYPERLINK(0)", "'@演示", "'+0012"} <= set(cells)
    assert not [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell]
    for part in ("2026-12-20 前删除", REGISTRAR.name, "办理学籍变动", asked):
        assert part in last[0]


def test_the_workbook_says_the_same(asked: str) -> None:
    working_copies.approve_copy(asked, seen=1, by=HEAD)
    taken = working_copies.take_copy(asked, CopyFormat.XLSX, by=REGISTRAR)
    sheet = openpyxl.load_workbook(io.BytesIO(taken.content)).worksheets[0]
    names = [cell.value for cell in sheet["B"]]
    assert "=HYPERLINK(0)" in names
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in sheet["B"] if str(cell.value)[0] in "=@")
    assert "2026-12-20 前删除" in str(sheet.cell(sheet.max_row, 1).value)
    assert taken.name == "工作副本-2026-12-20前删除.xlsx"


def test_an_approval_holds_for_an_hour(asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    working_copies.approve_copy(asked, seen=1, by=HEAD)
    late = clock.real_now() + timedelta(minutes=61)
    monkeypatch.setattr(working_copies, "real_now", lambda: late)
    with pytest.raises(StepRefused, match="已经过期"):
        working_copies.take_copy(asked, CopyFormat.CSV, by=REGISTRAR)


def test_a_request_is_answered_once(asked: str) -> None:
    with pytest.raises(RecordChanged):
        working_copies.turn_down_copy(asked, seen=2, by=HEAD)
    working_copies.turn_down_copy(asked, seen=1, by=HEAD)
    with pytest.raises(StepRefused, match="答复过"):
        working_copies.approve_copy(asked, seen=2, by=HEAD)
    with pytest.raises(StepRefused, match="没有获得批准"):
        working_copies.take_copy(asked, CopyFormat.CSV, by=REGISTRAR)


def test_nobody_approves_their_own_request(asked: str) -> None:
    grants = (grant_of(Role.SCHOOL_HEAD, SCHOOL), grant_of(Role.REGISTRAR, SCHOOL))
    both = Person(id=REGISTRAR.id, name="一人两职", grants=grants, purpose="status-change", door=Door.WEB)
    with pytest.raises(NotAllowed, match="自己的申请"):
        working_copies.approve_copy(asked, seen=1, by=both)


def test_a_copy_is_for_whom_it_was_approved_only(asked: str) -> None:
    working_copies.approve_copy(asked, seen=1, by=HEAD)
    colleague = Person(id="colleague", name="同事", grants=REGISTRAR.grants, purpose="status-change", door=Door.WEB)
    with pytest.raises(StepRefused, match="申请人本人"):
        working_copies.take_copy(asked, CopyFormat.CSV, by=colleague)
    with pytest.raises(WorkingCopyUnknown):
        working_copies.take_copy(asked, CopyFormat.CSV, by=OTHER_REGISTRAR)
    assert working_copies.own_copies(by=colleague) == ()
    assert [copy.id for copy in working_copies.copies_to_answer(by=HEAD)] == [asked]


def test_nobody_asks_beyond_their_organisation(asked: str) -> None:
    with pytest.raises(NotAllowed, match="授权范围"):
        working_copies.ask_for_copy(COHORT, SCHOOL, by=OTHER_REGISTRAR)
    with pytest.raises(NotAllowed):
        working_copies.ask_for_copy(COHORT, SCHOOL, by=CITY)
    with pytest.raises(StepRefused, match="没有学生"):
        working_copies.ask_for_copy(Selection(project=PROJECT, cohort=2019), SCHOOL, by=REGISTRAR)
