"""Proofs: numbered, given out on paper, checked by anybody, taken back; what is kept never tells the code."""

import re
from dataclasses import replace
from datetime import date

import pypdfium2  # type: ignore[import-untyped]
import pytest
from tests.desk import (
    CITY,
    HEAD,
    OTHER_REGISTRAR,
    REGISTRAR,
    SCHOOL,
    UNIVERSITY,
    UNIVERSITY_REGISTRAR,
    admit,
    row,
)

from guantong.actions import events, keys, proofs, pupils
from guantong.actions.events import NewEvent
from guantong.actions.proofs import Answer, IssuedProof, NewProof, ProofKind, TakenBack
from guantong.cohorts import EventKind
from guantong.errors import CheckedTooOften, InputRefused, NotAllowed, ProofUnknown, PupilUnknown, StepRefused
from guantong.people import Door, visitor
from guantong.store import models

PAGE = "https://desk.example/check"
ENROLMENT = NewProof(kind=ProofKind.ENROLMENT, days=90, check_page=PAGE)
ANYBODY = visitor(Door.WEB)
REGISTERED = NewEvent(
    kind=EventKind.REGISTERED, on=date(2023, 9, 1), details={"stage": "secondary", "institution": SCHOOL}
)


def registered(number: int = 1, **fields: object) -> str:
    """A pupil who is registered at the school."""
    (pupil,) = admit(row(number, **fields))
    events.propose_event(pupil, REGISTERED, seen=1, by=REGISTRAR)
    return pupil


def words(pdf: bytes) -> str:
    """What a PDF says, without line breaks."""
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return re.sub(r"\s", "", text)


def check(issued: IssuedProof, *, code: str = "", caller: str = "192.0.2.1") -> Answer:
    return proofs.check_proof(issued.proof.number, code or issued.code, caller=caller, by=ANYBODY)


@pytest.fixture
def pupil(sqlite: object) -> str:
    return registered()


def test_a_proof_says_who_where_and_how_it_is_checked(pupil: str) -> None:
    issued = proofs.issue_proof(pupil, ENROLMENT, by=REGISTRAR)
    assert issued.proof.number == "CHANGPING-ZHIYE-2026-000001"
    said = words(issued.pdf)
    for part in (
        "在读证明",
        "内容均为虚构",
        "演示学生1",
        "学号D00000001",
        issued.proof.number,
        issued.code,
        "有效期至：2027年2月18日",
    ):
        assert part in said
    assert "在籍在读" in words(
        proofs.issue_proof(pupil, replace(ENROLMENT, kind=ProofKind.REGISTRATION), by=REGISTRAR).pdf
    )


def test_the_identity_number_is_masked_on_the_paper(pupil: str) -> None:
    full = pupils.view_contact(pupil, by=REGISTRAR).personal
    assert full
    said = words(proofs.issue_proof(pupil, ENROLMENT, by=REGISTRAR).pdf)
    assert full.identity not in said
    assert f"**{full.identity[-4:]}" in said


def test_numbers_follow_each_other_within_a_year_and_codes_never_repeat(pupil: str) -> None:
    issued = [proofs.issue_proof(pupil, ENROLMENT, by=REGISTRAR) for _ in range(3)]
    assert [proof.proof.number[-6:] for proof in issued] == ["000001", "000002", "000003"]
    assert len({proof.code for proof in issued}) == 3


def test_a_check_says_valid_and_nothing_else(pupil: str) -> None:
    issued = proofs.issue_proof(pupil, ENROLMENT, by=REGISTRAR)
    assert check(issued) is Answer.VALID
    assert models.JournalEntry.objects.filter(action="proof-checked").values_list("subject", "listed").get() == ("", 0)


def test_a_code_is_taken_however_it_is_typed(pupil: str) -> None:
    issued = proofs.issue_proof(pupil, ENROLMENT, by=REGISTRAR)
    typed = f"  {issued.code.lower().replace('-', ' — ')} "
    number = issued.proof.number.lower().replace("-", "－")
    assert proofs.check_proof(number, typed, caller="192.0.2.1", by=ANYBODY) is Answer.VALID


@pytest.mark.parametrize("code", ["", "2222-2222-2222-2222-2222", "一", "\0"])
def test_another_code_is_invalid(pupil: str, code: str) -> None:
    issued = proofs.issue_proof(pupil, ENROLMENT, by=REGISTRAR)
    assert proofs.check_proof(issued.proof.number, code, caller="192.0.2.1", by=ANYBODY) is Answer.INVALID


def test_an_unknown_number_is_invalid_too(pupil: str) -> None:
    issued = proofs.issue_proof(pupil, ENROLMENT, by=REGISTRAR)
    for number in ("", "CHANGPING-ZHIYE-2026-000002", "x" * 5000):
        assert proofs.check_proof(number, issued.code, caller="192.0.2.1", by=ANYBODY) is Answer.INVALID


def test_a_code_of_one_paper_does_not_fit_another(pupil: str) -> None:
    first, second = (proofs.issue_proof(pupil, ENROLMENT, by=REGISTRAR) for _ in range(2))
    assert check(first, code=second.code) is Answer.INVALID


def test_a_paper_expires_the_day_after_its_last(pupil: str, monkeypatch: pytest.MonkeyPatch) -> None:
    issued = proofs.issue_proof(pupil, ENROLMENT, by=REGISTRAR)
    for day, answer in ((date(2027, 2, 18), Answer.VALID), (date(2027, 2, 19), Answer.EXPIRED)):
        monkeypatch.setattr(proofs, "today", lambda day=day: day)
        assert check(issued) is answer
        assert check(issued, code="2222") is Answer.INVALID


def test_a_paper_that_was_taken_back_is_invalid(pupil: str) -> None:
    issued = proofs.issue_proof(pupil, ENROLMENT, by=REGISTRAR)
    assert proofs.revoke_proof(issued.proof.id, TakenBack.WRONG, by=REGISTRAR).revoked
    assert check(issued) is Answer.INVALID
    with pytest.raises(StepRefused, match="已经作废"):
        proofs.revoke_proof(issued.proof.id, TakenBack.LOST, by=REGISTRAR)


def test_a_paper_is_invalid_once_the_pupil_no_longer_stands_where_it_says(pupil: str) -> None:
    issued = proofs.issue_proof(pupil, ENROLMENT, by=REGISTRAR)
    step = NewEvent(kind=EventKind.DROPPED_OUT, on=date(2026, 11, 1))
    events.propose_event(pupil, step, seen=2, by=REGISTRAR)
    assert check(issued) is Answer.INVALID
    assert proofs.list_proofs(pupil, by=REGISTRAR).offered == ()
    with pytest.raises(StepRefused, match="只有在籍的学生"):
        proofs.issue_proof(pupil, ENROLMENT, by=REGISTRAR)


def test_a_proof_stays_good_after_its_key_is_replaced(pupil: str) -> None:
    from tests.desk import OPERATOR

    issued = proofs.issue_proof(pupil, ENROLMENT, by=REGISTRAR)
    keys.rotate_key("check-code", by=OPERATOR)
    assert check(issued) is Answer.VALID


@pytest.mark.usefixtures("sqlite")
def test_a_pupil_who_is_not_registered_has_no_proof_and_uses_no_number() -> None:
    (pupil,) = admit()
    with pytest.raises(StepRefused):
        proofs.issue_proof(pupil, ENROLMENT, by=REGISTRAR)
    assert models.ProofCount.objects.count() == 0


def test_a_validity_that_is_not_offered_is_refused(pupil: str) -> None:
    with pytest.raises(InputRefused, match="有效期"):
        proofs.issue_proof(pupil, replace(ENROLMENT, days=5000), by=REGISTRAR)


def test_only_the_school_that_keeps_the_pupil_gives_proofs(pupil: str) -> None:
    issued = proofs.issue_proof(pupil, ENROLMENT, by=REGISTRAR)
    for stranger in (OTHER_REGISTRAR, UNIVERSITY_REGISTRAR):
        with pytest.raises(PupilUnknown):
            proofs.issue_proof(pupil, ENROLMENT, by=stranger)
        with pytest.raises(PupilUnknown):
            proofs.list_proofs(pupil, by=stranger)
        with pytest.raises(ProofUnknown):
            proofs.revoke_proof(issued.proof.id, TakenBack.LOST, by=stranger)
    for nobody in (HEAD, CITY):
        with pytest.raises(NotAllowed):
            proofs.issue_proof(pupil, ENROLMENT, by=nobody)


def test_the_database_never_holds_a_code(pupil: str) -> None:
    issued = proofs.issue_proof(pupil, ENROLMENT, by=REGISTRAR)
    kept = repr(models.Proof.objects.values().get()) + repr(list(models.JournalEntry.objects.values()))
    assert issued.code not in kept
    assert issued.code.replace("-", "") not in kept


def test_the_eleventh_try_within_ten_minutes_is_not_answered(pupil: str) -> None:
    issued = proofs.issue_proof(pupil, ENROLMENT, by=REGISTRAR)
    for _ in range(10):
        check(issued, code="2222")
    with pytest.raises(CheckedTooOften, match="10 分钟"):
        check(issued)
    assert check(issued, caller="192.0.2.2") is Answer.VALID


def test_the_addresses_of_one_network_count_as_one_caller_and_none_is_kept(pupil: str) -> None:
    issued = proofs.issue_proof(pupil, ENROLMENT, by=REGISTRAR)
    for number in range(10):
        check(issued, caller=f"2001:db8::{number}")
    with pytest.raises(CheckedTooOften):
        check(issued, caller="2001:db8::ffff")
    assert "2001" not in repr(models.CheckTry.objects.values_list("caller").get())


def test_tries_are_forgotten_after_ten_minutes(pupil: str) -> None:
    from datetime import timedelta

    issued = proofs.issue_proof(pupil, ENROLMENT, by=REGISTRAR)
    for _ in range(10):
        check(issued)
    kept = models.CheckTry.objects.get()
    models.CheckTry.objects.update(since=kept.since - timedelta(minutes=11))
    assert check(issued) is Answer.VALID


def test_a_proof_outlives_the_erasure_of_a_pupil_as_an_invalid_number(pupil: str) -> None:
    issued = proofs.issue_proof(pupil, ENROLMENT, by=REGISTRAR)
    events.propose_event(pupil, NewEvent(kind=EventKind.DROPPED_OUT, on=date(2026, 11, 1)), seen=2, by=REGISTRAR)
    pupils.erase_pupil(pupil, by=HEAD)
    assert check(issued) is Answer.INVALID
    assert models.Proof.objects.filter(pupil_id=pupil).count() == 1


def test_a_code_moved_to_another_number_inside_the_database_is_invalid(pupil: str) -> None:
    first, second = (proofs.issue_proof(pupil, ENROLMENT, by=REGISTRAR) for _ in range(2))
    stolen = models.Proof.objects.get(pk=first.proof.id).code
    models.Proof.objects.filter(pk=second.proof.id).update(code=stolen)
    assert check(second, code=first.code) is Answer.INVALID


def test_between_two_stages_nobody_certifies_before_the_new_registration(pupil: str) -> None:
    old = proofs.issue_proof(pupil, ENROLMENT, by=REGISTRAR)
    for seen, (kind, on, details) in enumerate(
        (
            (EventKind.STAGE_COMPLETED, date(2026, 7, 1), {"stage": "secondary"}),
            (EventKind.ASSESSED, date(2026, 7, 5), {"stage": "secondary", "passed": "是"}),
            (EventKind.MOVED_ON, date(2026, 9, 1), {"stage": "college", "school": UNIVERSITY}),
        ),
        2,
    ):
        events.propose_event(pupil, NewEvent(kind=kind, on=on, details=details), seen=seen, by=REGISTRAR)
    assert check(old) is Answer.INVALID
    with pytest.raises(StepRefused, match="本学段的学籍还没有注册"):
        proofs.issue_proof(pupil, ENROLMENT, by=REGISTRAR)
    with pytest.raises(PupilUnknown):
        proofs.issue_proof(pupil, ENROLMENT, by=UNIVERSITY_REGISTRAR)
    assert proofs.list_proofs(pupil, by=REGISTRAR).offered == ()
