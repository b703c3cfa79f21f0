"""Collection: a year from the empty form to the received submission, on real databases."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from tests.collection import (
    CITY,
    DISTRICT_ID,
    DISTRICT_OFFICE,
    DUE,
    OFFICER,
    SCHOOL_HEAD,
    YEAR,
    confirm,
    fill,
    filler,
    hand_in,
    opened,
    version,
)
from tests.desk import (
    AUDITOR,
    OPERATOR,
    OTHER_SCHOOL,
    SCHOOL,
    UNIVERSITY,
    grant_of,
    organisations_of_the_desk,
    person_of,
)

from guantong.actions import collecting, collection, filling, journal, organisations
from guantong.actions.collection import Duty
from guantong.actions.filling import Typed
from guantong.errors import InputRefused, NotAllowed, RecordChanged, StepRefused, SubmissionUnknown
from guantong.people import Role
from guantong.registry import Stage
from guantong.store import models

pytestmark = pytest.mark.usefixtures("database")
PLACEMENT = "scorecard.placement"
FILLER = filler("placement")


def section(name: str = PLACEMENT) -> tuple[str, int]:
    """Step and version of a section."""
    found = collection.read_submission(YEAR, SCHOOL, by=CITY).submission.section(name)
    return found.step, found.version


def value(indicator: str) -> str:
    """What counts now."""
    found = collection.read_submission(YEAR, SCHOOL, by=CITY).entries.get(indicator)
    return str(found.value) if found and found.value else ""


def test_a_year_goes_from_the_empty_form_to_the_received_submission() -> None:
    opened()
    fill()
    hand_in()
    confirm()
    record = collection.read_submission(YEAR, SCHOOL, by=CITY).submission
    assert record.step == ""
    assert [deed.record.step for deed in record.deeds] == ["collect", "sign", "confirm", "receive"]
    assert len({deed.digest for deed in record.deeds}) == 1
    assert journal.verify_journal(by=AUDITOR).ok


def test_a_value_is_never_overwritten() -> None:
    opened()
    for seen, typed in ((1, "200"), (2, "210"), (3, "210")):
        filling.save_section(YEAR, SCHOOL, PLACEMENT, [Typed(indicator="graduates", value=typed)], seen=seen, by=FILLER)
    found = collection.read_revisions(YEAR, SCHOOL, "graduates", by=OFFICER)
    assert [(one.number, one.value, one.current) for one in found] == [(1, "200", False), (2, "210", True)]


def test_two_people_on_one_section_the_second_is_told() -> None:
    opened()
    rows = [Typed(indicator="graduates", value="1")]
    filling.save_section(YEAR, SCHOOL, PLACEMENT, rows, seen=1, by=FILLER)
    with pytest.raises(RecordChanged):
        filling.save_section(YEAR, SCHOOL, PLACEMENT, rows, seen=1, by=OFFICER)


def test_a_filler_reaches_only_the_sections_of_their_office() -> None:
    opened()
    with pytest.raises(NotAllowed):
        filling.save_section(YEAR, SCHOOL, "policy.finance", [], seen=1, by=FILLER)
    with pytest.raises(SubmissionUnknown):
        filling.save_section(YEAR, SCHOOL, PLACEMENT, [], seen=1, by=filler("placement", organisation=OTHER_SCHOOL))
    with pytest.raises(NotAllowed):
        collecting.pass_section(YEAR, SCHOOL, PLACEMENT, seen=1, by=FILLER)


def test_every_cell_that_cannot_be_read_is_told_and_nothing_is_kept() -> None:
    opened()
    rows = [
        Typed(indicator="graduates", value="许多"),
        Typed(indicator="placed", value="1", sample="x"),
        Typed(indicator="nobody", value="1"),
        Typed(indicator="further-study", value="1", method="猜"),
        Typed(indicator="further-study-bachelor", value="1", explanation="长" * 1_001),
    ]
    with pytest.raises(InputRefused) as refused:
        filling.save_section(YEAR, SCHOOL, PLACEMENT, rows, seen=1, by=FILLER)
    assert len(refused.value.problems) == 5
    assert models.EntryRevision.objects.count() == 0
    assert section() == ("fill", 1)


def test_errors_block_and_warnings_ask_for_an_explanation() -> None:
    opened()
    fill(placed="201")
    with pytest.raises(InputRefused) as refused:
        filling.hand_in_section(YEAR, SCHOOL, PLACEMENT, seen=2, by=FILLER)
    assert any("大于" in problem.rule for problem in refused.value.problems)
    fill()
    filling.hand_in_section(YEAR, SCHOOL, PLACEMENT, seen=3, by=FILLER)
    assert section() == ("check", 4)
    with pytest.raises(StepRefused):
        filling.save_section(YEAR, SCHOOL, PLACEMENT, [], seen=4, by=FILLER)


def test_what_was_sent_back_says_why_and_can_be_mended() -> None:
    opened()
    fill()
    filling.hand_in_section(YEAR, SCHOOL, PLACEMENT, seen=2, by=FILLER)
    with pytest.raises(InputRefused):
        collecting.send_section_back(YEAR, SCHOOL, PLACEMENT, " ", seen=3, by=OFFICER)
    collecting.send_section_back(YEAR, SCHOOL, PLACEMENT, "请核对毕业生数", seen=3, by=OFFICER)
    found = collection.read_submission(YEAR, SCHOOL, by=FILLER).submission.section(PLACEMENT)
    assert (found.step, found.deeds[-1].record.reason) == ("fill", "请核对毕业生数")
    filling.hand_in_section(YEAR, SCHOOL, PLACEMENT, seen=4, by=FILLER)
    collecting.pass_section(YEAR, SCHOOL, PLACEMENT, seen=5, by=OFFICER)
    collecting.send_section_back(YEAR, SCHOOL, PLACEMENT, "再看一次", seen=6, by=OFFICER)
    assert section() == ("fill", 7)


def test_a_section_that_does_not_apply_needs_no_value() -> None:
    opened()
    fill()
    with pytest.raises(InputRefused):
        filling.exempt_section(YEAR, SCHOOL, PLACEMENT, "", seen=2, by=FILLER)
    filling.exempt_section(YEAR, SCHOOL, PLACEMENT, "本年没有毕业生", seen=2, by=FILLER)
    (row,) = collection.read_matrix(YEAR, by=CITY)
    assert next(square for square in row.squares if square.section == PLACEMENT).end == "exempted"


def test_a_submission_is_sent_only_when_every_section_was_accepted() -> None:
    opened()
    fill()
    with pytest.raises(InputRefused) as refused:
        collecting.send_submission(YEAR, SCHOOL, seen=1, by=OFFICER)
    assert {"还没有审核通过" in problem.rule for problem in refused.value.problems} == {True}


def test_the_head_signs_what_was_sent_and_can_send_it_back() -> None:
    opened()
    fill()
    hand_in()
    collecting.send_submission(YEAR, SCHOOL, seen=version(), by=OFFICER)
    with pytest.raises(NotAllowed):
        collecting.confirm_submission(YEAR, SCHOOL, seen=version(), by=OFFICER)
    with pytest.raises(StepRefused):
        collecting.confirm_submission(YEAR, SCHOOL, seen=version(), by=DISTRICT_OFFICE)
    collecting.return_submission(YEAR, SCHOOL, "缺少说明", seen=version(), by=SCHOOL_HEAD)
    assert collection.read_submission(YEAR, SCHOOL, by=CITY).submission.step == "collect"
    collecting.send_section_back(YEAR, SCHOOL, PLACEMENT, "补说明", seen=section()[1], by=OFFICER)
    assert section()[0] == "fill"


def test_one_who_is_head_and_supervisor_returns_by_whose_turn_it_is() -> None:
    opened()
    fill()
    hand_in()
    both = replace(DISTRICT_OFFICE, grants=(*DISTRICT_OFFICE.grants, grant_of(Role.SCHOOL_HEAD, OTHER_SCHOOL)))
    collecting.send_submission(YEAR, SCHOOL, seen=version(), by=OFFICER)
    with pytest.raises(NotAllowed, match="不轮到您"):
        collecting.return_submission(YEAR, SCHOOL, "缺少说明", seen=version(), by=both)
    collecting.sign_submission(YEAR, SCHOOL, seen=version(), by=SCHOOL_HEAD)
    with pytest.raises(NotAllowed, match="不轮到您"):
        collecting.return_submission(YEAR, SCHOOL, "缺少说明", seen=version(), by=SCHOOL_HEAD)
    collecting.return_submission(YEAR, SCHOOL, "缺少说明", seen=version(), by=both)
    assert collection.read_submission(YEAR, SCHOOL, by=CITY).submission.step == "collect"


def test_values_that_changed_behind_the_signature_are_found() -> None:
    opened()
    fill()
    hand_in()
    collecting.send_submission(YEAR, SCHOOL, seen=version(), by=OFFICER)
    models.EntryRevision.objects.filter(indicator="graduates", current=True).update(value="999")
    with pytest.raises(StepRefused, match="数据与送签时不同"):
        collecting.sign_submission(YEAR, SCHOOL, seen=version(), by=SCHOOL_HEAD)


def test_confirmation_follows_the_organisation_s_own_chain() -> None:
    opened()
    group = UNIVERSITY
    organisations_of_the_desk([group])
    organisations.name_supervisor(SCHOOL, group, since=date(2021, 1, 1), document="演示", by=OPERATOR)
    organisations.name_supervisor(group, DISTRICT_ID, since=date(2021, 1, 1), document="演示", by=OPERATOR)
    fill()
    hand_in()
    collecting.send_submission(YEAR, SCHOOL, seen=version(), by=OFFICER)
    collecting.sign_submission(YEAR, SCHOOL, seen=version(), by=SCHOOL_HEAD)
    with pytest.raises(NotAllowed, match="现在轮到"):
        collecting.confirm_submission(YEAR, SCHOOL, seen=version(), by=DISTRICT_OFFICE)
    collecting.confirm_submission(YEAR, SCHOOL, seen=version(), by=person_of(Role.SUPERVISOR, group))
    assert collecting.confirm_submission(YEAR, SCHOOL, seen=version(), by=DISTRICT_OFFICE) == "receive"


def test_without_a_known_supervisor_nothing_is_confirmed() -> None:
    organisations_of_the_desk([SCHOOL, "city"])
    collection.open_year(YEAR, DUE, by=CITY)
    collection.name_duty(YEAR, Duty(organisation=SCHOOL, stage=Stage.SECONDARY), by=CITY)
    with pytest.raises(StepRefused, match="主管部门"):
        collecting.chain_of(SCHOOL)


def test_the_form_comes_back_with_one_s_own_sections_only() -> None:
    opened()
    book = load_workbook(BytesIO(filling.hand_out_form(YEAR, SCHOOL, by=OFFICER)))
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            for row in range(2, sheet.max_row + 1):
                sheet.cell(row, 5).value = (
                    "12" if sheet.cell(row, 1).value in ("graduates", "grant-per-pupil") else None
                )
    stream = BytesIO()
    book.save(stream)
    assert filling.import_form(YEAR, SCHOOL, stream.getvalue(), "f.xlsx", by=FILLER) == (PLACEMENT,)
    assert (value("graduates"), value("grant-per-pupil")) == ("12", "")
    with pytest.raises(InputRefused, match="又改过"):
        filling.import_form(YEAR, SCHOOL, stream.getvalue(), "f.xlsx", by=FILLER)


def test_a_form_with_a_fault_is_refused_whole() -> None:
    opened()
    book = load_workbook(BytesIO(filling.hand_out_form(YEAR, SCHOOL, by=FILLER)))
    sheet = book.worksheets[0]
    sheet["E2"].value, sheet["E3"].value = "5", "=1+1"
    stream = BytesIO()
    book.save(stream)
    with pytest.raises(InputRefused):
        filling.import_form(YEAR, SCHOOL, stream.getvalue(), "f.xlsx", by=FILLER)
    assert models.EntryRevision.objects.count() == 0


def test_the_overview_says_who_is_missing_where_errors_stand_and_what_is_late() -> None:
    opened()
    (before,) = collection.read_matrix(YEAR, by=CITY)
    assert before.missing == len(before.squares)
    assert not any(square.late for square in before.squares)
    fill(placed="201")
    (row,) = collection.read_matrix(YEAR, by=DISTRICT_OFFICE)
    red = {square.section: square.hard for square in row.squares if square.hard}
    assert red == {PLACEMENT: 2}
    models.Section.objects.update(due=date(2026, 11, 1))
    models.ReportingYear.objects.update(changes=1_000)
    (late,) = collection.read_matrix(YEAR, by=OFFICER)
    assert {square.late for square in late.squares} == {True}


def test_nobody_sees_another_organisation_s_submission() -> None:
    opened()
    stranger = person_of(Role.QUALITY_OFFICER, OTHER_SCHOOL)
    with pytest.raises(SubmissionUnknown):
        collection.read_submission(YEAR, SCHOOL, by=stranger)
    assert collection.read_matrix(YEAR, by=stranger) == ()
    assert collection.read_matrix(YEAR, by=person_of(Role.DISTRICT, "district:haidian")) == ()


def test_an_exempt_organisation_is_neither_missing_nor_late() -> None:
    opened()
    collection.exempt_organisation(YEAR, SCHOOL, "无生单位", seen=1, by=CITY)
    (row,) = collection.read_matrix(YEAR, by=CITY)
    assert row.exempt == "无生单位"
    with pytest.raises(StepRefused):
        filling.save_section(YEAR, SCHOOL, PLACEMENT, [], seen=1, by=FILLER)


def test_a_year_is_opened_once_and_an_organisation_named_once() -> None:
    opened()
    with pytest.raises(StepRefused):
        collection.open_year(YEAR, DUE, by=CITY)
    with pytest.raises(StepRefused):
        collection.name_duty(YEAR, Duty(organisation=SCHOOL, stage=Stage.SECONDARY), by=CITY)
    with pytest.raises(NotAllowed):
        collection.open_year(YEAR + 1, DUE, by=OFFICER)


def test_last_year_s_received_values_stand_beside_and_are_compared() -> None:
    opened(year=YEAR - 1)
    fill(year=YEAR - 1)
    hand_in(year=YEAR - 1)
    confirm(year=YEAR - 1)
    collection.open_year(YEAR, DUE, by=CITY)
    collection.name_duty(YEAR, Duty(organisation=SCHOOL, stage=Stage.SECONDARY), by=CITY)
    fill(graduates="400", placed="380")
    found = collection.read_submission(YEAR, SCHOOL, by=OFFICER)
    assert str(found.last_year["graduates"].value) == "200"
    assert {fault.indicator.id for fault in found.checked.warnings} >= {"graduates", "placed"}
