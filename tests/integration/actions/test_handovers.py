"""Lists handed over: frozen, exact, seen by either side only, received under a number, every look in the journal."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from tests.desk import (
    CITY,
    CLASS,
    DISTRICT,
    HEAD,
    OPERATOR,
    OTHER_REGISTRAR,
    PROJECT,
    REGISTRAR,
    SCHOOL,
    UNIVERSITY,
    UNIVERSITY_REGISTRAR,
    admit,
    organisations_of_the_desk,
    person_of,
    row,
)

from guantong.actions import events, handovers, keys, organisations, pupils
from guantong.actions.events import NewEvent
from guantong.actions.handovers import NewHandover
from guantong.actions.list_kinds import ERASED, ListKind, list_workbook
from guantong.cohorts import EventKind
from guantong.errors import HandoverUnknown, InputRefused, NotAllowed, RecordChanged, StepRefused
from guantong.people import Role
from guantong.store import models
from guantong.store.named_rows import Selection

COHORT = Selection(project=PROJECT, cohort=2023)
FILING = NewHandover(kind=ListKind.FILING, selection=COHORT, sender=SCHOOL)
REGISTERED = NewEvent(
    kind=EventKind.REGISTERED, on=date(2023, 9, 1), details={"stage": "secondary", "institution": SCHOOL}
)


@pytest.fixture
def three(sqlite: object) -> tuple[str, ...]:
    organisations_of_the_desk()
    return admit(row(1), row(2), row(3))


def listed(action: str) -> list[int]:
    """How many pupils each entry of an action lists."""
    return list(models.JournalEntry.objects.filter(action=action).order_by("number").values_list("listed", flat=True))


def cells_of(workbook: bytes) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(BytesIO(workbook)).worksheets[0]
    return [tuple(cell for cell in line) for line in sheet.iter_rows(values_only=True)]


def test_a_filing_list_goes_to_the_city_with_a_copy_to_the_partner(three: tuple[str, ...]) -> None:
    made = handovers.make_handover(FILING, by=REGISTRAR)
    assert (made.rows, made.state, made.receiver) == (3, "made", "city")
    handed = handovers.hand_over(made.id, seen=1, by=REGISTRAR)
    assert handed.state == "handed"
    (for_city,) = handovers.received_handovers(by=CITY)
    (for_partner,) = handovers.received_handovers(by=UNIVERSITY_REGISTRAR)
    assert (for_city.id, for_partner.copy_of, for_partner.receiver) == (made.id, made.id, UNIVERSITY)
    assert {line.pupil for line in handovers.read_handover(for_partner.id, by=UNIVERSITY_REGISTRAR).lines} == set(three)


def test_before_it_is_handed_over_nobody_else_sees_it(three: tuple[str, ...]) -> None:
    made = handovers.make_handover(FILING, by=REGISTRAR)
    assert handovers.received_handovers(by=CITY) == ()
    with pytest.raises(HandoverUnknown):
        handovers.read_handover(made.id, by=CITY)


def test_a_list_is_seen_by_its_two_sides_only(three: tuple[str, ...]) -> None:
    made = handovers.make_handover(FILING, by=REGISTRAR)
    handovers.hand_over(made.id, seen=1, by=REGISTRAR)
    with pytest.raises(HandoverUnknown):
        handovers.view_handover(made.id, by=OTHER_REGISTRAR)
    with pytest.raises(HandoverUnknown):
        handovers.read_handover(made.id, by=DISTRICT)
    with pytest.raises(HandoverUnknown):
        handovers.read_handover(made.id, by=UNIVERSITY_REGISTRAR)
    with pytest.raises(NotAllowed):
        handovers.view_handover(made.id, by=HEAD)
    assert handovers.sent_handovers(by=OTHER_REGISTRAR) == ()


def test_names_stand_on_the_list_and_every_look_is_indexed(three: tuple[str, ...]) -> None:
    made = handovers.make_handover(FILING, by=REGISTRAR)
    handovers.hand_over(made.id, seen=1, by=REGISTRAR)
    found = handovers.read_handover(made.id, by=CITY)
    assert found.whole
    names = {line.cells["姓名"] for line in found.lines if line.cells}
    assert names == {"演示学生1", "演示学生2", "演示学生3"}
    assert (listed("handover-made"), listed("handover-handed"), listed("handover-read")) == ([3], [3], [3])


def test_the_sheet_holds_the_declared_columns_and_numbers_as_text(three: tuple[str, ...]) -> None:
    made = handovers.make_handover(FILING, by=REGISTRAR)
    found = handovers.view_handover(made.id, by=REGISTRAR)
    head, *lines = cells_of(list_workbook(found.handover, found.lines))
    assert head == ("序号", "姓名", "学号", "证件号码", "级", "班级", "专业", "录取日期", "合作高校")
    assert [line[0] for line in lines] == [1, 2, 3]
    assert all(isinstance(line[3], str) and len(line[3]) == 18 for line in lines)


def test_receipt_is_confirmed_once_under_a_number(three: tuple[str, ...]) -> None:
    made = handovers.make_handover(FILING, by=REGISTRAR)
    handovers.hand_over(made.id, seen=1, by=REGISTRAR)
    with pytest.raises(InputRefused, match="回执编号"):
        handovers.confirm_receipt(made.id, "  ", seen=2, by=CITY)
    received = handovers.confirm_receipt(made.id, " 收字 〔2026〕8号 ", seen=2, by=CITY)
    assert (received.state, received.receipt_number) == ("received", "收字 〔2026〕8号")
    with pytest.raises(StepRefused, match="已经确认"):
        handovers.confirm_receipt(made.id, "9", seen=3, by=CITY)
    assert handovers.view_handover(made.id, by=REGISTRAR).handover.receipt_number == "收字 〔2026〕8号"


def test_a_list_that_somebody_else_handed_over_meanwhile_is_not_handed_over_twice(three: tuple[str, ...]) -> None:
    made = handovers.make_handover(FILING, by=REGISTRAR)
    with pytest.raises(RecordChanged):
        handovers.hand_over(made.id, seen=2, by=REGISTRAR)
    handovers.hand_over(made.id, seen=1, by=REGISTRAR)
    with pytest.raises(StepRefused, match="已经移交"):
        handovers.hand_over(made.id, seen=2, by=REGISTRAR)
    with pytest.raises(StepRefused, match="已经移交"):
        handovers.discard_handover(made.id, seen=2, by=REGISTRAR)


def test_a_list_that_was_not_handed_over_may_be_taken_back(three: tuple[str, ...]) -> None:
    made = handovers.make_handover(FILING, by=REGISTRAR)
    handovers.discard_handover(made.id, seen=1, by=REGISTRAR)
    assert (models.Handover.objects.count(), models.HandoverLine.objects.count()) == (0, 0)


def test_a_copy_follows_its_original(three: tuple[str, ...]) -> None:
    made = handovers.make_handover(FILING, by=REGISTRAR)
    (copy,) = handovers.view_handover(made.id, by=REGISTRAR).copies
    with pytest.raises(StepRefused, match="抄送"):
        handovers.hand_over(copy.id, seen=1, by=REGISTRAR)


def test_the_list_stays_as_it_was_frozen(three: tuple[str, ...]) -> None:
    made = handovers.make_handover(FILING, by=REGISTRAR)
    admit(row(4))
    assert len(handovers.view_handover(made.id, by=REGISTRAR).lines) == 3
    line = models.HandoverLine.objects.filter(handover=made.id).order_by("number").first()
    assert line
    other = models.HandoverLine.objects.filter(handover=made.id).exclude(pk=line.pk).first()
    assert other
    models.HandoverLine.objects.filter(pk=line.pk).update(digest=other.digest)
    assert not handovers.view_handover(made.id, by=REGISTRAR).whole


def test_an_erased_pupil_leaves_a_line_without_a_name_and_the_digest_still_holds(three: tuple[str, ...]) -> None:
    made = handovers.make_handover(FILING, by=REGISTRAR)
    events.propose_event(three[0], NewEvent(kind=EventKind.NOT_ARRIVED, on=date(2023, 9, 10)), seen=1, by=REGISTRAR)
    pupils.erase_pupil(three[0], by=HEAD)
    found = handovers.view_handover(made.id, by=REGISTRAR)
    (gone,) = [line for line in found.lines if line.cells is None]
    assert (found.whole, gone.pupil, found.handover.rows) == (True, three[0], 3)
    assert ERASED in [line[1] for line in cells_of(list_workbook(found.handover, found.lines))]


def test_only_registered_pupils_stand_on_the_registration_list(three: tuple[str, ...]) -> None:
    events.propose_event(three[1], REGISTERED, seen=1, by=REGISTRAR)
    made = handovers.make_handover(replace(FILING, kind=ListKind.REGISTRATION), by=REGISTRAR)
    (line,) = handovers.view_handover(made.id, by=REGISTRAR).lines
    assert line.pupil == three[1]
    assert line.cells
    assert (line.cells["学段"], line.cells["注册日期"], line.cells["学籍状态"]) == ("中职", "2023-09-01", "在籍")
    assert made.copy_of == ""


def test_a_list_of_nobody_is_not_made(three: tuple[str, ...]) -> None:
    with pytest.raises(StepRefused, match="没有应列入的学生"):
        handovers.make_handover(replace(FILING, kind=ListKind.CERTIFICATES), by=REGISTRAR)
    assert models.Handover.objects.count() == 0


def test_whoever_left_with_a_certificate_stands_on_the_certificate_list(three: tuple[str, ...]) -> None:
    steps = (
        REGISTERED,
        NewEvent(kind=EventKind.STAGE_COMPLETED, on=date(2026, 7, 1), details={"stage": "secondary"}),
        NewEvent(kind=EventKind.GRADUATED, on=date(2026, 7, 10), details={"stage": "secondary", "issuer": SCHOOL}),
    )
    for seen, step in enumerate(steps, 1):
        events.propose_event(three[2], step, seen=seen, by=REGISTRAR)
    made = handovers.make_handover(replace(FILING, kind=ListKind.CERTIFICATES), by=REGISTRAR)
    (line,) = handovers.view_handover(made.id, by=REGISTRAR).lines
    assert line.cells
    assert (line.cells["毕业学段"], line.cells["发证日期"]) == ("中职", "2026-07-10")


def test_a_list_goes_to_the_city_or_the_schools_own_supervisor_only(three: tuple[str, ...]) -> None:
    organisations.add_organisation("district:changping", by=OPERATOR)
    events.propose_event(three[0], REGISTERED, seen=1, by=REGISTRAR)
    to_district = NewHandover(
        kind=ListKind.REGISTRATION, selection=COHORT, sender=SCHOOL, receiver="district:changping"
    )
    with pytest.raises(InputRefused, match="不向这个单位移交"):
        handovers.make_handover(to_district, by=REGISTRAR)
    organisations.name_supervisor(
        SCHOOL, "district:changping", since=date(2020, 1, 1), document="演示文件", by=OPERATOR
    )
    made = handovers.make_handover(to_district, by=REGISTRAR)
    handovers.hand_over(made.id, seen=1, by=REGISTRAR)
    assert [found.id for found in handovers.received_handovers(by=DISTRICT)] == [made.id]
    with pytest.raises(InputRefused, match="不向这个单位移交"):
        handovers.make_handover(replace(FILING, receiver="district:changping"), by=REGISTRAR)


def test_a_grant_for_one_class_makes_no_list_of_the_whole_cohort(three: tuple[str, ...]) -> None:
    narrow = person_of(Role.REGISTRAR, SCHOOL, stages=frozenset({"college"}))
    with pytest.raises(NotAllowed, match="人数会不完整"):
        handovers.make_handover(FILING, by=narrow)


def test_nobody_makes_a_list_for_another_school(three: tuple[str, ...]) -> None:
    with pytest.raises(NotAllowed, match="授权范围"):
        handovers.make_handover(FILING, by=OTHER_REGISTRAR)
    with pytest.raises(StepRefused):
        handovers.make_handover(replace(FILING, selection=replace(COHORT, class_name="别的班")), by=REGISTRAR)
    assert handovers.make_handover(replace(FILING, selection=replace(COHORT, class_name=CLASS)), by=REGISTRAR).rows == 3


def test_a_frozen_list_is_read_after_its_key_was_replaced(three: tuple[str, ...]) -> None:
    made = handovers.make_handover(FILING, by=REGISTRAR)
    assert keys.rotate_key("field", by=OPERATOR) > 0
    found = handovers.view_handover(made.id, by=REGISTRAR)
    assert (found.whole, all(line.cells for line in found.lines)) == (True, True)
    current = {bytes(row.cells)[:4] for row in models.HandoverLine.objects.all()}
    assert len(current) == 1
    assert current.pop().hex() == models.KeyName.objects.get(kind="field", current=True).pk


def test_whoever_moved_on_is_not_listed_under_the_registration_of_the_stage_before(three: tuple[str, ...]) -> None:
    for seen, (kind, on, details) in enumerate(
        (
            (EventKind.REGISTERED, date(2023, 9, 1), {"stage": "secondary", "institution": SCHOOL}),
            (EventKind.STAGE_COMPLETED, date(2026, 7, 1), {"stage": "secondary"}),
            (EventKind.ASSESSED, date(2026, 7, 5), {"stage": "secondary", "passed": "是"}),
            (EventKind.MOVED_ON, date(2026, 9, 1), {"stage": "college", "school": UNIVERSITY}),
        ),
        1,
    ):
        events.propose_event(three[0], NewEvent(kind=kind, on=on, details=details), seen=seen, by=REGISTRAR)
    events.propose_event(three[1], REGISTERED, seen=1, by=REGISTRAR)
    made = handovers.make_handover(replace(FILING, kind=ListKind.REGISTRATION), by=REGISTRAR)
    assert [line.pupil for line in handovers.view_handover(made.id, by=REGISTRAR).lines] == [three[1]]
