"""A family reads its own record: by a code of the school, once, for half an hour, and nothing of anybody else."""

import re
from datetime import UTC, date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.desk import (
    HEAD,
    INTAKE,
    OTHER_REGISTRAR,
    REGISTRAR,
    SCHOOL,
    UNIVERSITY_REGISTRAR,
    admit,
    identity,
    organisations_of_the_desk,
    person_of,
    row,
)
from tests.staff import signed_in, text_of

from guantong.actions import families, pupils
from guantong.actions.families import Reader
from guantong.actions.family_codes import grouped, read_code
from guantong.actions.identity import family_member
from guantong.actions.roster import Intake
from guantong.errors import CodeRefused, NotAllowed, PupilUnknown, StepRefused
from guantong.people import Door, Role, visitor
from guantong.settings import Settings
from guantong.store import models
from guantong.web.staff import session

DOOR = "/desk/family"
TEACHER = person_of(Role.CLASS_TEACHER, SCHOOL)


@pytest.fixture
def pupil(desk: Settings) -> str:
    """A pupil of eighteen."""
    organisations_of_the_desk()
    (made,) = admit()
    return made


def child(consent: str = "", guardian: str = "演示家长") -> str:
    """A pupil of thirteen, admitted where the roster asks for consent."""
    late = Intake(project=INTAKE.project, cohort=2026, school=SCHOOL, on=date(2026, 8, 20))
    (made,) = admit(row(1, identity=identity(1, "20130601"), consent="2026-08-01 第7号"), intake=late)
    models.Personal.objects.filter(pupil_id=made).update(consent=consent)
    if not guardian:
        models.Personal.objects.filter(pupil_id=made).update(guardian=b"")
    return made


def code_for(pupil: str, reader: Reader = Reader.GUARDIAN) -> str:
    """A fresh code."""
    return families.issue_family_code(pupil, reader, by=REGISTRAR).code


def opened(code: str) -> Client:
    """A client for whom a code opened a record."""
    client = Client()
    assert client.post(DOOR, {"code": code})["Location"] == f"{DOOR}/record"
    return client


def test_a_code_from_the_school_opens_this_one_record_to_read(pupil: str) -> None:
    (other,) = admit(row(2))
    page = signed_in(TEACHER).post(f"/desk/pupils/{pupil}/family", {"reader": "pupil"}).content.decode()
    (code,) = re.findall(r'family-code">([A-Z2-7-]+)<', page)
    record = opened(code).get(f"{DOOR}/record").content.decode()
    assert "演示学生1" in record
    assert "D00000001" in record
    assert identity(1) not in record
    assert "000-00000000" not in record
    assert "演示学生2" not in record
    assert other not in record


def test_a_code_is_good_once_and_however_it_is_typed(pupil: str) -> None:
    code = code_for(pupil)
    opened(f"  {code.lower().replace('-', ' ')} ")
    again = Client().post(DOOR, {"code": code})
    assert (again.status_code, "已经用过" in again.content.decode()) == (401, True)


def test_a_code_runs_out_after_seven_days(pupil: str) -> None:
    code = code_for(pupil)
    row = models.FamilyCode.objects.get()
    assert row.expires_at - row.issued_at == timedelta(days=7)
    models.FamilyCode.objects.update(expires_at=row.issued_at.astimezone(UTC))
    assert Client().post(DOOR, {"code": code}).status_code == 401


def test_a_new_code_ends_the_older_one_of_the_same_reader(pupil: str) -> None:
    first, second = code_for(pupil), code_for(pupil)
    assert Client().post(DOOR, {"code": first}).status_code == 401
    opened(second)


def test_the_code_itself_is_kept_nowhere(pupil: str) -> None:
    code = code_for(pupil)
    held = repr([list(table.objects.values_list()) for table in (models.FamilyCode, models.JournalEntry)])
    assert code not in held
    assert code.replace("-", "") not in held


def test_half_an_hour_later_the_record_is_closed(pupil: str, monkeypatch: pytest.MonkeyPatch) -> None:
    there = opened(code_for(pupil))
    at = session.moment()
    monkeypatch.setattr(session, "moment", lambda: at + 29 * 60)
    assert there.get(f"{DOOR}/record").status_code == 200
    monkeypatch.setattr(session, "moment", lambda: at + 31 * 60)
    assert there.get(f"{DOOR}/record")["Location"] == DOOR


def test_a_family_closes_its_record_itself(pupil: str) -> None:
    there = opened(code_for(pupil))
    assert there.get(f"{DOOR}/leave").status_code == 405
    there.post(f"{DOOR}/leave")
    assert there.get(f"{DOOR}/record").status_code == 302


def test_a_family_gets_no_further_than_its_record(pupil: str) -> None:
    there = opened(code_for(pupil))
    for path in ("/desk/", "/desk/pupils", f"/desk/pupils/{pupil}", "/desk/own", "/desk/journal"):
        assert there.get(path)["Location"].startswith("/desk/sign-in")


def test_the_family_pages_leave_a_colleague_signed_in(pupil: str) -> None:
    there = signed_in(REGISTRAR)
    assert there.get(f"{DOOR}/record")["Location"] == DOOR
    there.post(f"{DOOR}/leave")
    assert there.get("/desk/").status_code == 200


def test_every_reading_is_an_entry_about_the_pupil_by_the_code(pupil: str) -> None:
    there = opened(code_for(pupil))
    before = models.JournalEntry.objects.count()
    there.get(f"{DOOR}/record")
    (entry,) = models.JournalEntry.objects.filter(number__gt=before)
    code = models.FamilyCode.objects.get()
    assert (entry.action, entry.subject, entry.actor) == ("own-record-read", pupil, f"family-{code.pk}")
    assert entry.purpose == "family-request"


def test_a_reading_whose_entry_cannot_be_written_shows_nothing(pupil: str, monkeypatch: pytest.MonkeyPatch) -> None:
    there = opened(code_for(pupil))
    monkeypatch.setattr("guantong.store.journal.sealed", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        there.get(f"{DOOR}/record")


def test_another_familys_code_shows_nothing(pupil: str) -> None:
    (other,) = admit(row(2))
    names = [families.enter_with_code(code_for(who), by=visitor(Door.WEB)) for who in (pupil, other)]
    with pytest.raises(CodeRefused):
        families.view_own_record(names[1], by=family_member(names[0]))


def test_under_fourteen_only_the_guardian_reads_and_only_with_consent(desk: Settings) -> None:
    organisations_of_the_desk()
    young = child()
    for reader in Reader:
        with pytest.raises(StepRefused):
            families.issue_family_code(young, reader, by=REGISTRAR)
    page = text_of(signed_in(REGISTRAR).get(f"/desk/pupils/{young}/family"))
    assert "还没有登记监护人姓名" in page
    assert "学生本人" not in page
    models.Personal.objects.update(consent="2026-09-01 第8号")
    assert families.issue_family_code(young, Reader.GUARDIAN, by=REGISTRAR)
    with pytest.raises(StepRefused, match="只能发给监护人"):
        families.issue_family_code(young, Reader.PUPIL, by=REGISTRAR)


def test_consent_without_a_guardians_name_is_none(desk: Settings) -> None:
    organisations_of_the_desk()
    with pytest.raises(StepRefused, match="须先登记"):
        families.issue_family_code(child("2026-09-01 第8号", guardian=""), Reader.GUARDIAN, by=REGISTRAR)


def test_only_those_who_teach_or_keep_the_pupil_give_out_codes(pupil: str) -> None:
    for person in (OTHER_REGISTRAR, UNIVERSITY_REGISTRAR):
        with pytest.raises(PupilUnknown):
            families.issue_family_code(pupil, Reader.PUPIL, by=person)
    with pytest.raises(NotAllowed):
        families.issue_family_code(pupil, Reader.PUPIL, by=HEAD)
    elsewhere = person_of(Role.CLASS_TEACHER, SCHOOL, classes=frozenset({"另一个班"}))
    with pytest.raises(PupilUnknown):
        families.issue_family_code(pupil, Reader.PUPIL, by=elsewhere)


def test_erasing_a_pupil_ends_the_familys_codes_too(pupil: str) -> None:
    code = code_for(pupil)
    there = opened(code_for(pupil, Reader.PUPIL))
    models.Pupil.objects.filter(pk=pupil).update(status="graduated")
    pupils.erase_pupil(pupil, by=HEAD)
    assert models.FamilyCode.objects.count() == 0
    assert Client().post(DOOR, {"code": code}).status_code == 401
    assert there.get(f"{DOOR}/record")["Location"] == DOOR


@given(st.binary(min_size=16, max_size=16))
def test_any_code_is_read_as_it_was_written(code: bytes) -> None:
    assert read_code(grouped(code)) == code


@given(st.text())
def test_no_text_is_a_fault_of_ours(text: str) -> None:
    read = read_code(text)
    assert read is None or len(read) == 16
