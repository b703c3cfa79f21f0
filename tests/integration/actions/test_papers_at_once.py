"""Many at once: no number of a proof twice, no copy taken twice, no list handed over twice, every try counted."""

from collections import Counter
from datetime import date

import pytest
from tests.desk import CITY, HEAD, PROJECT, REGISTRAR, SCHOOL, admit, organisations_of_the_desk
from tests.integration.actions.test_at_once import at_once

from guantong.actions import events, handovers, notices, proofs, pupils, working_copies
from guantong.actions.desk import waiting
from guantong.actions.events import NewEvent
from guantong.actions.groups import Selection, list_groups
from guantong.actions.handovers import NewHandover
from guantong.actions.list_kinds import ListKind
from guantong.actions.proofs import Answer, NewProof, ProofKind, TakenBack
from guantong.actions.retention import due_for_erasure
from guantong.actions.working_copies import CopyFormat
from guantong.cohorts import EventKind
from guantong.people import Door, visitor
from guantong.store import models

pytestmark = pytest.mark.usefixtures("database")

AT_ONCE = 6
COHORT = Selection(project=PROJECT, cohort=2023)


def test_no_number_is_given_out_twice_and_none_is_left_out() -> None:
    (pupil,) = admit()
    step = NewEvent(
        kind=EventKind.REGISTERED, on=date(2023, 9, 1), details={"stage": "secondary", "institution": SCHOOL}
    )
    events.propose_event(pupil, step, seen=1, by=REGISTRAR)
    new = NewProof(kind=ProofKind.ENROLMENT)
    assert at_once(*[lambda: proofs.issue_proof(pupil, new, by=REGISTRAR)] * AT_ONCE) == ["done"] * AT_ONCE
    numbers = sorted(models.Proof.objects.values_list("number", flat=True))
    assert [number[-6:] for number in numbers] == [f"{count:06d}" for count in range(1, AT_ONCE + 1)]


def test_an_approved_copy_is_taken_by_one_click_only() -> None:
    admit()
    asked = working_copies.ask_for_copy(COHORT, SCHOOL, by=REGISTRAR)
    working_copies.approve_copy(asked.id, seen=1, by=HEAD)
    came = Counter(at_once(*[lambda: working_copies.take_copy(asked.id, CopyFormat.CSV, by=REGISTRAR)] * AT_ONCE))
    assert came == {"done": 1, "step-refused": AT_ONCE - 1}


def test_a_list_is_handed_over_or_taken_back_never_both() -> None:
    organisations_of_the_desk()
    admit()
    made = handovers.make_handover(NewHandover(kind=ListKind.FILING, selection=COHORT, sender=SCHOOL), by=REGISTRAR)
    came = at_once(
        *[lambda: handovers.hand_over(made.id, seen=1, by=REGISTRAR)] * 3,
        *[lambda: handovers.discard_handover(made.id, seen=1, by=REGISTRAR)] * 3,
    )
    assert came.count("done") == 1
    left = list(models.Handover.objects.values_list("state", flat=True))
    assert left in (["handed", "handed"], [])
    assert models.HandoverLine.objects.count() == len(left)


def test_every_try_is_counted() -> None:
    at_once(*[lambda: proofs.check_proof("x", "y", caller="192.0.2.1", by=visitor(Door.WEB))] * AT_ONCE)
    assert models.CheckTry.objects.get().tries == AT_ONCE


def test_papers_go_their_whole_way_on_either_engine() -> None:
    organisations_of_the_desk()
    (pupil,) = admit()
    step = NewEvent(
        kind=EventKind.REGISTERED, on=date(2023, 9, 1), details={"stage": "secondary", "institution": SCHOOL}
    )
    event = events.propose_event(pupil, step, seen=1, by=REGISTRAR).event.id
    (group,) = list_groups(by=REGISTRAR)
    assert (group.pupils, group.selection.cohort) == (1, 2023)
    made = handovers.make_handover(
        NewHandover(kind=ListKind.REGISTRATION, selection=COHORT, sender=SCHOOL), by=REGISTRAR
    )
    handovers.hand_over(made.id, seen=1, by=REGISTRAR)
    assert waiting(by=CITY)
    assert [line.pupil for line in handovers.read_handover(made.id, by=CITY).lines] == [pupil]
    assert handovers.confirm_receipt(made.id, "8", seen=2, by=CITY).state == "received"
    assert notices.decision_notice(event, by=REGISTRAR).letters == 1
    issued = proofs.issue_proof(pupil, NewProof(kind=ProofKind.ENROLMENT), by=REGISTRAR)
    proofs.revoke_proof(issued.proof.id, TakenBack.LOST, by=REGISTRAR)
    answer = proofs.check_proof(issued.proof.number, issued.code, caller="192.0.2.1", by=visitor(Door.WEB))
    assert answer is Answer.INVALID
    left = NewEvent(kind=EventKind.DROPPED_OUT, on=date(2024, 1, 1))
    events.propose_event(pupil, left, seen=2, by=REGISTRAR)
    assert [ended.id for ended in due_for_erasure(date(2026, 1, 1), by=HEAD)] == [pupil]
    pupils.erase_pupil(pupil, by=HEAD)
    assert [line.cells for line in handovers.read_handover(made.id, by=CITY).lines] == [None]
