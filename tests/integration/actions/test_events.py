"""Events of one pupil through the actions: by rule, on a document, against the rule, undone."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.desk import HEAD, OPERATOR, REGISTRAR, SCHOOL, UNIVERSITY, admit

from guantong.actions import events, journal, keys, pupils
from guantong.actions.events import NewEvent, Recorded
from guantong.cohorts import EventKind, Standing, Verdict
from guantong.errors import EventUnknown, InputRefused, NotAllowed, RecordChanged, StepRefused
from guantong.people import Door, machine_operator
from guantong.settings import Settings
from guantong.store import models

pytestmark = pytest.mark.usefixtures("database")

PAPER: dict[str, Any] = {
    "document_number": "京教〔2026〕1号",
    "document_date": "2026-10-08",
    "document_issuer": "演示市教委",
}
SCAN = b"%PDF-1.7 an approval"


@pytest.fixture
def pupil(database: Settings) -> str:
    (admitted,) = admit()
    step(admitted, EventKind.REGISTERED, "2023-09-01", stage="secondary", institution=SCHOOL)
    return admitted


def step(pupil: str, kind: EventKind, on: str, /, *, file: bytes = b"", **details: object) -> Recorded:
    """Record one more step on the version that the registrar has just seen."""
    seen = models.Pupil.objects.get(pk=pupil).version
    new = NewEvent(kind=kind, on=date.fromisoformat(on), details=details)
    return events.propose_event(pupil, new, seen=seen, file=file, by=REGISTRAR)


def row_of(pupil: str) -> models.Pupil:
    """The projection row of a pupil."""
    return models.Pupil.objects.get(pk=pupil)


def waiting_change(pupil: str) -> Recorded:
    """A change of major against which nothing is said, and for which too little is known."""
    project = f"{SCHOOL}:{UNIVERSITY}:zhongben:710201"
    return step(pupil, EventKind.CHANGED_MAJOR, "2024-09-01", project=project, major="710201", **PAPER)


def test_what_the_law_allows_counts_at_once(pupil: str) -> None:
    row = row_of(pupil)
    assert (row.status, row.registered_at, row.version, row.pending) == ("enrolled", SCHOOL, 2, 0)


def test_the_decision_is_kept_under_a_salted_digest(pupil: str) -> None:
    kept = models.Receipt.objects.get(pupil_id=pupil)
    assert (kept.decision, kept.answer, kept.rulebook) == ("registered_at", "school", "guantong")
    assert kept.id.startswith("sha256:")
    assert bytes(kept.body).find(b"rulebook") == -1


def test_what_no_rule_decides_is_recorded_as_it_happened(pupil: str) -> None:
    done = step(pupil, EventKind.SUSPENDED, "2024-03-01", reason="生病")
    assert (done.outcome, done.event.standing) == ("applied", Standing.STRUCTURAL)
    assert row_of(pupil).status == "suspended"


def test_what_the_record_rules_out_is_refused_and_changes_nothing(pupil: str) -> None:
    with pytest.raises(StepRefused, match="不能复学"):
        step(pupil, EventKind.RESUMED, "2024-03-01", class_year=2024)
    assert (row_of(pupil).version, models.Event.objects.count()) == (2, 2)


def test_what_is_unknown_needs_a_document_and_says_why(pupil: str) -> None:
    with pytest.raises(InputRefused, match="文号"):
        step(pupil, EventKind.CHANGED_MAJOR, "2024-09-01", project=f"{SCHOOL}:{UNIVERSITY}:zhongben:710201", major="1")


def test_an_event_on_a_document_waits_and_changes_nothing_until_the_head_confirms(pupil: str) -> None:
    waiting = waiting_change(pupil)
    assert (waiting.outcome, waiting.possible.verdict) == ("waiting", Verdict.UNKNOWN)
    assert (row_of(pupil).major, row_of(pupil).pending) == ("710103", 1)
    events.confirm_event(waiting.event.id, seen=3, by=HEAD)
    row = row_of(pupil)
    assert (row.major, row.pending, row.version) == ("710201", 0, 4)


def test_an_event_turned_down_stays_in_the_record_and_never_counts(pupil: str) -> None:
    waiting = waiting_change(pupil)
    events.turn_down_event(waiting.event.id, "申请没有家长签字", seen=3, by=HEAD)
    record = pupils.view_pupil(pupil, by=REGISTRAR)
    assert [kept.outcome for kept in record.events] == ["applied", "applied", "turned_down"]
    assert [kept.why for kept in record.events] == ["", "", "申请没有家长签字"]
    assert "申请没有" not in repr(list(models.Event.objects.values_list("why", flat=True)))
    assert (row_of(pupil).major, row_of(pupil).pending) == ("710103", 0)


@pytest.mark.parametrize("reason", ["", " \n", "长" * 201])
def test_an_event_is_not_turned_down_without_a_reason_that_can_be_kept(pupil: str, reason: str) -> None:
    waiting = waiting_change(pupil)
    with pytest.raises(InputRefused, match="理由"):
        events.turn_down_event(waiting.event.id, reason, seen=3, by=HEAD)
    assert row_of(pupil).pending == 1


def test_why_an_event_was_turned_down_survives_a_new_key_and_goes_with_the_pupil(pupil: str) -> None:
    events.turn_down_event(waiting_change(pupil).event.id, "申请没有家长签字", seen=3, by=HEAD)
    keys.rotate_key("field", by=machine_operator("tester"))
    assert pupils.view_pupil(pupil, by=REGISTRAR).events[-1].why == "申请没有家长签字"
    step(pupil, EventKind.DROPPED_OUT, "2024-10-01", reason="离开")
    pupils.erase_pupil(pupil, by=HEAD)
    assert {bytes(why) for why in models.Event.objects.values_list("why", flat=True)} == {b""}


def test_a_settled_event_cannot_be_confirmed_again(pupil: str) -> None:
    waiting = waiting_change(pupil)
    events.turn_down_event(waiting.event.id, "申请没有家长签字", seen=3, by=HEAD)
    with pytest.raises(EventUnknown):
        events.confirm_event(waiting.event.id, seen=4, by=HEAD)


def test_a_no_is_recorded_with_the_written_approval_only(database: Settings) -> None:
    (pupil,) = admit()
    there: dict[str, Any] = {"stage": "secondary", "institution": UNIVERSITY}
    with pytest.raises(InputRefused, match="批准文件"):
        step(pupil, EventKind.REGISTERED, "2023-09-01", **there, **PAPER)
    with pytest.raises(InputRefused, match="批准文件"):  # the name of a file is no file
        step(pupil, EventKind.REGISTERED, "2023-09-01", **there, **PAPER, document_file="approval-1")
    asked = step(pupil, EventKind.REGISTERED, "2023-09-01", **there, **PAPER, file=SCAN)
    assert asked.event.text("document_file") == models.Attachment.objects.get(event_id=asked.event.id).pk
    assert (asked.outcome, asked.event.standing, row_of(pupil).registered_at) == ("waiting", Standing.APPROVED, "")
    events.confirm_event(asked.event.id, seen=2, by=HEAD)
    assert row_of(pupil).registered_at == UNIVERSITY


def test_a_registrar_does_not_confirm(pupil: str) -> None:
    with pytest.raises(NotAllowed):
        events.confirm_event(waiting_change(pupil).event.id, seen=3, by=REGISTRAR)


def test_whoever_saw_an_older_version_is_told_and_nothing_changes(pupil: str) -> None:
    new = NewEvent(kind=EventKind.SUSPENDED, on=date(2024, 3, 1))
    with pytest.raises(RecordChanged, match="第 1 版，现为第 2 版"):
        events.propose_event(pupil, new, seen=1, by=REGISTRAR)
    assert row_of(pupil).status == "enrolled"


def test_the_last_event_is_undone_by_a_correction_with_a_reason(pupil: str) -> None:
    done = step(pupil, EventKind.SUSPENDED, "2024-03-01")
    (correction,) = events.reverse_event(done.event.id, "录错了人", seen=3, by=HEAD)
    row = row_of(pupil)
    assert (correction.reverses, row.status, row.version) == (done.event.id, "enrolled", 4)
    assert models.Event.objects.filter(pupil_id=pupil).count() == 4


def test_a_correction_without_a_reason_is_refused(pupil: str) -> None:
    done = step(pupil, EventKind.SUSPENDED, "2024-03-01")
    with pytest.raises(InputRefused, match="更正理由"):
        events.reverse_event(done.event.id, " ", seen=3, by=HEAD)


def test_an_earlier_event_is_undone_with_everything_after_it_and_only_if_so_said(pupil: str) -> None:
    registered = models.Event.objects.get(pupil_id=pupil, number=2).pk
    step(pupil, EventKind.SUSPENDED, "2024-03-01")
    with pytest.raises(InputRefused, match="其后还有"):
        events.reverse_event(registered, "注册有误", seen=3, by=HEAD)
    undone = events.reverse_event(registered, "注册有误", seen=3, following=True, by=HEAD)
    assert len(undone) == 2
    assert (row_of(pupil).status, row_of(pupil).registered_at) == ("admitted", "")


def test_an_admission_undone_leaves_a_void_record_and_frees_the_person(pupil: str) -> None:
    admitted = models.Event.objects.get(pupil_id=pupil, number=1).pk
    events.reverse_event(admitted, "重复录入", seen=2, following=True, by=HEAD)
    assert row_of(pupil).status == "void"
    assert len(admit()) == 1


def test_every_step_leaves_one_entry_with_names_and_digests_and_no_value(pupil: str) -> None:
    waiting = waiting_change(pupil)
    events.confirm_event(waiting.event.id, seen=3, by=HEAD)
    entries = models.JournalEntry.objects.filter(subject=pupil).order_by("number")
    assert [entry.action for entry in entries] == [
        "pupil-admitted", "event-recorded", "event-proposed", "event-confirmed",
    ]  # fmt: skip
    kept = repr([entry.fields for entry in entries])
    assert "演示" not in kept
    assert "京教" not in kept
    assert set(entries[2].fields) >= {"kind", "project", "document_number"}


def test_the_projection_is_always_the_fold_of_the_events(pupil: str) -> None:
    done = step(pupil, EventKind.SUSPENDED, "2024-03-01")
    events.reverse_event(done.event.id, "录错", seen=3, by=HEAD)
    assert journal.check_cohorts(by=OPERATOR).differences == ()
    models.Pupil.objects.filter(pk=pupil).update(state="0" * 64)
    assert journal.check_cohorts(by=OPERATOR).differences == (pupil,)


def test_nobody_confirms_their_own_entry_even_with_both_roles(pupil: str) -> None:
    both = replace(REGISTRAR, grants=(*REGISTRAR.grants, *HEAD.grants))
    waiting = waiting_change(pupil)
    with pytest.raises(NotAllowed, match="不能确认自己登记的变动"):
        events.confirm_event(waiting.event.id, seen=3, by=both)


def test_an_event_that_nobody_knows_is_not_reversed(pupil: str) -> None:
    with pytest.raises(EventUnknown):
        events.reverse_event("0" * 32, "录错", seen=2, by=HEAD)


def test_the_command_line_signs_nothing_outside_a_demonstration(pupil: str, monkeypatch: pytest.MonkeyPatch) -> None:
    at_the_shell = replace(HEAD, door=Door.CLI)
    event = models.Event.objects.get(pupil_id=pupil, number=2).pk
    monkeypatch.setattr("guantong.store.opening.world", lambda: "beijing")
    with pytest.raises(NotAllowed, match="只能在网页上办理"):
        events.reverse_event(event, "录错", seen=2, by=at_the_shell)
    monkeypatch.undo()
    assert events.reverse_event(event, "录错", seen=2, by=at_the_shell)


def test_an_erased_pupils_record_never_changes_again(database: Settings) -> None:
    (gone,) = admit()
    done = step(gone, EventKind.NOT_ARRIVED, "2023-09-10")
    pupils.erase_pupil(gone, by=HEAD)
    with pytest.raises(StepRefused, match="不再变动"):
        events.reverse_event(done.event.id, "录错", seen=2, by=HEAD)


def test_nobody_comes_back_by_a_correction_while_enrolled_elsewhere(database: Settings) -> None:
    (gone,) = admit()
    done = step(gone, EventKind.NOT_ARRIVED, "2023-09-10")
    admit()
    with pytest.raises(StepRefused, match="另有一处学籍"):
        events.reverse_event(done.event.id, "其实来了", seen=2, by=HEAD)
    assert (row_of(gone).status, row_of(gone).version) == ("not_arrived", 2)
