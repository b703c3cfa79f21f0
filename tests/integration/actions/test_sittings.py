"""A sitting at the desk: the handshake of school and receiver, what applies, what waits, and who may see whom when."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from tests.desk import (
    AUDITOR,
    CLASS,
    INTAKE,
    OPERATOR,
    OTHER_REGISTRAR,
    OTHER_SCHOOL,
    PROJECT,
    REGISTRAR,
    SCHOOL,
    UNIVERSITY,
    UNIVERSITY_REGISTRAR,
    admit,
    person_of,
    row,
)
from tests.reporting import walk
from tests.sitting import (
    FAILED,
    HEAD,
    LEAVES,
    ON,
    OUT,
    PAPER,
    PASSED,
    REGISTERED,
    REPEATS,
    a_class,
    answered,
    entered,
    opened,
    submitted,
    version,
)

from guantong.actions import corrections, events, journal, pupils, sitting_answers, sittings
from guantong.actions.events import NewEvent
from guantong.actions.sitting_answers import Answer
from guantong.actions.sittings import WeighedSitting
from guantong.cohorts import EventKind
from guantong.cohorts.sittings import LineState, SittingState
from guantong.errors import (
    GuantongError,
    InputRefused,
    NotAllowed,
    PupilUnknown,
    RecordChanged,
    SittingUnknown,
    StepRefused,
)
from guantong.people import Door, Person, Role
from guantong.registry import Stage
from guantong.store import accepted_lines, models

YES = Answer(accepted=True)
SECOND_REGISTRAR = Person(
    id="registrar-2", name="学籍管理员乙", grants=REGISTRAR.grants, purpose=REGISTRAR.purpose, door=Door.WEB
)


def weighed(sitting: str) -> WeighedSitting:
    """The list as the school sees it."""
    return sittings.weigh_sitting(sitting, by=REGISTRAR)


def states(sitting: str) -> list[LineState]:
    """Where each line stands."""
    return [line.state for line in weighed(sitting).sitting.lines]


def kinds(pupil: str) -> list[str]:
    """What happened to a pupil after the registration, in the order of recording."""
    rows = models.Event.objects.filter(pupil_id=pupil).order_by("number")
    return list(rows.values_list("kind", flat=True))[2:]


def entries(after: int) -> list[tuple[str, str]]:
    """The entries after the first so many, each with its subject."""
    rows = models.JournalEntry.objects.filter(number__gt=after).order_by("number")
    return list(rows.values_list("action", "subject"))


def sound() -> bool:
    """Whether the chain holds and every projection is the fold of its events."""
    return journal.verify_journal(by=AUDITOR).ok and journal.check_cohorts(by=OPERATOR).differences == ()


def refused(sitting: str, **given: object) -> list[str]:
    """What is said against entering something for the first line."""
    with pytest.raises(InputRefused) as found:
        sittings.enter_results(sitting, {1: given}, seen=version(sitting), by=REGISTRAR)
    return [problem.rule for problem in found.value.problems]


# the whole handshake


@pytest.mark.usefixtures("database")
def test_passes_failures_a_repeat_an_exit_and_a_refusal_go_through_the_whole_handshake() -> None:
    passes, fails, repeats, leaves, out, open_ = a_class(6)
    sitting = opened()
    entered(sitting, PASSED, FAILED, REPEATS, LEAVES, OUT, {"outcome": "passed"})
    found = weighed(sitting)
    assert [one.line.number for one in found.ready] == [1, 2, 3, 4]
    (refusal,) = found.refused
    assert refusal.plan.refusal is not None
    assert refusal.plan.refusal.settle == ("是否完成本学段学业",)
    submitted(sitting)
    assert states(sitting) == [LineState.PUT_UP] * 4 + [LineState.WITHDRAWN, LineState.WITH_SCHOOL]
    told = answered(sitting, 1, 2, 3, returned={4: "退出申请没有家长签字"})
    assert (told.state, told.accepted, told.returned) == (SittingState.ANSWERED, 3, 1)
    assert kinds(passes) == ["stage_completed", "assessed", "moved_on", "registered"]
    assert kinds(fails) == ["stage_completed", "assessed"]
    assert kinds(repeats) == ["stage_completed", "assessed", "repeated"]
    assert kinds(leaves) == kinds(out) == kinds(open_) == []
    moved = models.Pupil.objects.get(pk=passes)
    assert (moved.stage, moved.kept_at, moved.taught_at) == ("college", UNIVERSITY, SCHOOL)
    assert sound()


@pytest.mark.usefixtures("sqlite")
def test_who_was_returned_is_put_up_again_and_the_list_ends_when_nobody_is_left() -> None:
    first, second = a_class(2)
    sitting = opened()
    entered(sitting, PASSED, LEAVES)
    submitted(sitting)
    answered(sitting, 1, returned={2: "缺申请"})
    line = weighed(sitting).sitting.lines[1]
    assert (line.state, line.reason) == (LineState.RETURNED, "缺申请")
    with pytest.raises(InputRefused):
        sittings.enter_results(sitting, {1: FAILED}, seen=version(sitting), by=REGISTRAR)
    submitted(sitting)
    assert states(sitting) == [LineState.ACCEPTED, LineState.PUT_UP]
    assert weighed(sitting).sitting.lines[1].reason == ""
    told = answered(sitting, 2)
    assert (told.state, kinds(second)) == (SittingState.APPLIED, ["stage_completed", "assessed", "left_project"])
    assert len(kinds(first)) == 4
    assert sound()


@pytest.mark.usefixtures("sqlite")
def test_who_has_left_is_present_nowhere_and_holds_the_certificate_of_the_law() -> None:
    (pupil,) = a_class(1)
    sitting = opened()
    entered(sitting, LEAVES)
    submitted(sitting)
    answered(sitting, 1)
    row_now = models.Pupil.objects.get(pk=pupil)
    assert (row_now.status, models.Personal.objects.get(pk=pupil).present) == ("left", False)
    last = pupils.view_pupil(pupil, by=REGISTRAR).events[-1].event
    assert last.details["issuer"] == SCHOOL


@pytest.mark.usefixtures("sqlite")
def test_an_event_of_a_list_names_who_submitted_and_who_answered_and_keeps_its_question() -> None:
    (pupil,) = a_class(1)
    sitting = opened()
    entered(sitting, REPEATS)
    submitted(sitting)
    answered(sitting, 1)
    kept = pupils.view_pupil(pupil, by=REGISTRAR).events[-1]
    assert (kept.event.kind, kept.recorded_by, kept.confirmed_by) == (
        EventKind.REPEATED, REGISTRAR.id, UNIVERSITY_REGISTRAR.id,
    )  # fmt: skip
    assert kept.facts == {"eligible_to_repeat": True, "similar_major_next": True}
    assert models.Receipt.objects.filter(pk=kept.event.receipt).exists()


@pytest.mark.usefixtures("sqlite")
def test_closing_leaves_what_is_with_the_school_undone_and_says_why() -> None:
    first, second = a_class(2)
    sitting = opened()
    entered(sitting, PASSED, PASSED)
    submitted(sitting)
    answered(sitting, 1, returned={2: "成绩待核"})
    for reason in (" ", "长" * 201):
        with pytest.raises(InputRefused):
            sittings.close_sitting(sitting, reason, seen=version(sitting), by=REGISTRAR)
    sittings.close_sitting(sitting, "另行办理", seen=version(sitting), by=REGISTRAR)
    found = weighed(sitting).sitting
    assert found.state is SittingState.APPLIED
    assert (found.lines[1].state, found.lines[1].reason) == (LineState.WITHDRAWN, "另行办理")
    assert (len(kinds(first)), kinds(second)) == (4, [])
    with pytest.raises(StepRefused, match="已全部办结"):
        sittings.close_sitting(sitting, "再关一次", seen=version(sitting), by=REGISTRAR)


# opening


@pytest.mark.usefixtures("sqlite")
def test_a_list_holds_who_can_be_put_up_and_names_the_others_with_the_reason() -> None:
    ready, unregistered = *a_class(1), *admit(row(9))
    found = sittings.open_sitting(
        sittings.NewSitting(
            project=PROJECT, cohort=2023, class_name=CLASS, school=SCHOOL, to_stage=Stage.COLLEGE, on=ON
        ),
        by=REGISTRAR,
    )
    assert found.pupils == 1
    assert [name for name, _ in found.left_out] == [unregistered]
    assert "学籍状态" in found.left_out[0][1]
    assert [line.pupil for line in weighed(found.id).sitting.lines] == [ready]


@pytest.mark.usefixtures("sqlite")
@pytest.mark.parametrize(
    ("fields", "column"),
    [
        ({"project": "nothing"}, "project"),
        ({"to_stage": Stage.SECONDARY}, "to_stage"),
        ({"class_name": "没有的班"}, "class_name"),
        ({"cohort": 2022}, "class_name"),
        ({"school": OTHER_SCHOOL}, "class_name"),
        ({"receiver": OTHER_SCHOOL}, "receiver"),
    ],
)
def test_what_is_entered_wrongly_is_named(fields: dict[str, object], column: str) -> None:
    a_class(1)
    with pytest.raises(InputRefused) as found:
        opened(**fields)
    assert [problem.column for problem in found.value.problems] == [column]
    assert not models.Sitting.objects.exists()


@pytest.mark.usefixtures("sqlite")
def test_a_class_has_one_list_at_a_time_and_a_pupil_stands_on_one() -> None:
    first, second = a_class(2)
    opened()
    with pytest.raises(StepRefused):
        opened()
    corrections.change_class({first: 2}, "另一班", by=REGISTRAR)
    with pytest.raises(StepRefused, match="另一份"):
        opened(class_name="另一班")
    assert [line.pupil for line in weighed(models.Sitting.objects.get().pk).sitting.lines] == [first, second]


@pytest.mark.usefixtures("sqlite")
def test_nobody_opens_a_list_for_a_school_that_is_not_their_own() -> None:
    """Whoever keeps the record of a pupil taught elsewhere reaches the pupil, but does not hold the assessment."""
    a_class(1)
    models.Pupil.objects.update(kept_at=OTHER_SCHOOL)
    new = sittings.NewSitting(
        project=PROJECT, cohort=2023, class_name=CLASS, school=SCHOOL, to_stage=Stage.COLLEGE, on=ON
    )
    with pytest.raises(InputRefused):
        sittings.open_sitting(new, by=OTHER_REGISTRAR)


# entering


@pytest.mark.usefixtures("sqlite")
def test_everything_wrong_with_what_is_entered_is_said_at_once_and_nothing_is_kept() -> None:
    a_class(2)
    sitting = opened()
    wrong: dict[int, dict[str, object]] = {1: {"outcome": "perfect", "document_date": "soon"}, 2: PASSED, 7: PASSED}
    with pytest.raises(InputRefused) as found:
        sittings.enter_results(sitting, wrong, seen=1, by=REGISTRAR)
    places = [(problem.row, problem.column) for problem in found.value.problems]
    assert places == [(1, "outcome"), (1, "document_date"), (7, "")]
    assert version(sitting) == 1
    assert [line.result.values for line in weighed(sitting).sitting.lines] == [{}, {}]


@pytest.mark.usefixtures("sqlite")
def test_entering_the_same_again_changes_nothing_and_leaves_an_entry() -> None:
    a_class(1)
    sitting = opened()
    assert sittings.enter_results(sitting, {1: PASSED}, seen=1, by=REGISTRAR) == 2
    before = models.JournalEntry.objects.count()
    assert sittings.enter_results(sitting, {1: PASSED}, seen=2, by=REGISTRAR) == 2
    assert entries(before) == [("sitting-filled", sitting)]


@pytest.mark.usefixtures("sqlite")
def test_what_is_entered_is_sealed_and_the_journal_holds_which_fields_not_what() -> None:
    (pupil,) = a_class(1)
    sitting = opened()
    entered(sitting, {**PASSED, "note": "演示说明", "mark": "87"})
    stored = bytes(models.SittingLine.objects.get().result)
    assert "演示说明".encode() not in stored
    entry = models.JournalEntry.objects.get(action="sitting-filled")
    assert (entry.subject, set(entry.fields)) == (pupil, {"outcome", "completed", "note", "mark"})
    assert not {"演示说明", "87"} & set(entry.fields.values())


@pytest.mark.usefixtures("sqlite")
def test_of_two_people_on_one_list_the_second_is_told_and_nothing_is_lost() -> None:
    a_class(2)
    sitting = opened()
    sittings.enter_results(sitting, {1: PASSED}, seen=1, by=REGISTRAR)
    with pytest.raises(RecordChanged, match="转段名单"):
        sittings.enter_results(sitting, {2: FAILED}, seen=1, by=SECOND_REGISTRAR)
    assert sittings.enter_results(sitting, {2: FAILED}, seen=2, by=SECOND_REGISTRAR) == 3
    outcomes = [line.result.text("outcome") for line in weighed(sitting).sitting.lines]
    assert outcomes == ["达到条件", "未达到，去向待定"]
    with pytest.raises(RecordChanged):
        sittings.submit_sitting(sitting, seen=2, by=REGISTRAR)
    with pytest.raises(RecordChanged):
        sittings.close_sitting(sitting, "因", seen=2, by=REGISTRAR)


@pytest.mark.usefixtures("sqlite")
def test_a_list_of_which_nobody_can_be_put_up_is_not_submitted() -> None:
    a_class(2)
    sitting = opened()
    entered(sitting, OUT, {"outcome": "passed"})
    with pytest.raises(StepRefused, match="完成本学段学业"):
        sittings.submit_sitting(sitting, seen=version(sitting), by=REGISTRAR)
    assert weighed(sitting).sitting.state is SittingState.OPEN


# the law


@pytest.mark.usefixtures("sqlite")
def test_an_approval_never_comes_with_a_list() -> None:
    """Moving on without the stage's studies needs one, and it is a scanned paper on the pupil's own page."""
    a_class(1)
    sitting = opened()
    entered(sitting, {"outcome": "passed", "completed": False, **PAPER})
    (line,) = weighed(sitting).refused
    assert line.plan.refusal is not None
    assert (line.plan.refusal.verdict.value, line.plan.refusal.clauses != ()) == ("no", True)
    assert "请在学生页单独办理，附批准文件" in line.plan.refusal.settle
    assert refused(sitting, document_file="批复.pdf") == ["考核结果没有这一项"]


@pytest.mark.usefixtures("sqlite")
def test_what_the_record_shows_of_the_class_to_come_is_not_entered_against_it() -> None:
    a_class(1)
    ahead = admit(row(50))
    walk(ahead[0], REGISTERED)
    models.Pupil.objects.filter(pk=ahead[0]).update(class_year=2024, class_name="2024级机电1班")
    sitting = opened()
    entered(sitting, {"outcome": "repeats", "completed": True, "eligible_to_repeat": True})
    assert len(weighed(sitting).ready) == 1
    entered(sitting, {**REPEATS, "similar_major_next": False})
    (line,) = weighed(sitting).refused
    assert line.plan.refusal is not None
    assert "与学籍记录不符" in line.plan.refusal.reason


@pytest.mark.usefixtures("sqlite")
def test_a_pupil_who_has_gone_elsewhere_meanwhile_is_not_put_up_by_the_old_school() -> None:
    (pupil,) = a_class(1)
    sitting = opened()
    entered(sitting, PASSED)
    walk(pupil, [(EventKind.DROPPED_OUT, "2026-06-01", {"reason": "离开"})])
    (line,) = weighed(sitting).refused
    assert line.plan.refusal is not None
    assert "已退学" in line.plan.refusal.reason


# paper and the head


def on_paper(sitting: str) -> None:
    """Make the first line one that rests on a document: what the law leaves open is decided by the school's paper."""
    entered(sitting, {"outcome": "repeats", "completed": True, **PAPER})


@pytest.mark.usefixtures("sqlite")
def test_what_rests_on_paper_waits_for_the_head_who_did_not_submit_it() -> None:
    a_class(1)
    sitting = opened()
    on_paper(sitting)
    sittings.submit_sitting(sitting, seen=version(sitting), by=REGISTRAR)
    assert weighed(sitting).sitting.state is SittingState.CONFIRMING
    with pytest.raises(SittingUnknown):
        sitting_answers.view_received(sitting, by=UNIVERSITY_REGISTRAR)
    both = Person(
        id=REGISTRAR.id, name="兼任", grants=(*REGISTRAR.grants, *HEAD.grants), purpose="status-change", door=Door.WEB
    )
    with pytest.raises(NotAllowed, match="自己提交"):
        sittings.confirm_sitting(sitting, seen=version(sitting), by=both)
    assert [line.state for line in sittings.list_to_confirm(by=HEAD)] == [SittingState.CONFIRMING]
    assert sittings.view_to_confirm(sitting, by=HEAD).lines[0].plan.on_paper
    sittings.confirm_sitting(sitting, seen=version(sitting), by=HEAD)
    assert sitting_answers.view_received(sitting, by=UNIVERSITY_REGISTRAR).sitting.confirmed_by == HEAD.id
    assert answered(sitting, 1).state is SittingState.APPLIED
    with pytest.raises(StepRefused):
        sittings.confirm_sitting(sitting, seen=version(sitting), by=HEAD)


@pytest.mark.usefixtures("sqlite")
def test_the_head_gives_a_list_back_and_the_receiver_never_saw_it() -> None:
    a_class(1)
    sitting = opened()
    on_paper(sitting)
    sittings.submit_sitting(sitting, seen=version(sitting), by=REGISTRAR)
    sittings.turn_down_sitting(sitting, "文号不对", seen=version(sitting), by=HEAD)
    found = weighed(sitting).sitting
    assert (found.state, found.submitted_by, found.lines[0].reason) == (SittingState.OPEN, "", "文号不对")
    sittings.close_sitting(sitting, "改为单独办理", seen=version(sitting), by=REGISTRAR)
    assert sitting_answers.list_received(by=UNIVERSITY_REGISTRAR) == ()
    with pytest.raises(SittingUnknown):
        sitting_answers.view_received(sitting, by=UNIVERSITY_REGISTRAR)


@pytest.mark.usefixtures("sqlite")
def test_a_confirmation_of_the_head_holds_for_one_submission_only() -> None:
    a_class(1)
    sitting = opened()
    on_paper(sitting)
    submitted(sitting)
    answered(sitting, returned={1: "请补正"})
    sittings.submit_sitting(sitting, seen=version(sitting), by=REGISTRAR)
    found = weighed(sitting).sitting
    assert (found.state, found.confirmed_by) == (SittingState.CONFIRMING, "")
    models.Sitting.objects.update(state="submitted")
    with pytest.raises(InputRefused, match="还没有经学校负责人确认"):
        answered(sitting, 1)


@pytest.mark.usefixtures("sqlite")
def test_where_school_and_receiver_are_one_the_head_answers() -> None:
    project = f"{UNIVERSITY}:{UNIVERSITY}:gaoben:710103"
    registrar, head = person_of(Role.REGISTRAR, UNIVERSITY), person_of(Role.UNIVERSITY_HEAD, UNIVERSITY)
    intake = replace(INTAKE, project=project, school=UNIVERSITY)
    (pupil,) = admit(row(1), intake=intake, by=registrar)
    document = {"document_number": "演示〔2023〕1号", "document_date": "2023-08-01", "document_issuer": "演示市教委"}
    new = NewEvent(
        kind=EventKind.REGISTERED,
        on=date(2023, 9, 1),
        details={"stage": "secondary", "institution": UNIVERSITY, **document},
    )
    done = events.propose_event(pupil, new, seen=1, by=registrar)
    if done.outcome == "waiting":
        events.confirm_event(done.event.id, seen=2, by=head)
    named = sittings.NewSitting(
        project=project,
        cohort=2023,
        class_name=CLASS,
        school=UNIVERSITY,
        to_stage=Stage.COLLEGE,
        on=ON,
        receiver=UNIVERSITY,
    )
    sitting = sittings.open_sitting(named, by=registrar).id
    sittings.enter_results(sitting, {1: FAILED}, seen=1, by=registrar)
    sittings.submit_sitting(sitting, seen=2, by=registrar)
    with pytest.raises(NotAllowed, match="同一单位"):
        sitting_answers.answer_sitting(sitting, {1: YES}, seen=3, by=UNIVERSITY_REGISTRAR)
    assert sitting_answers.answer_sitting(sitting, {1: YES}, seen=3, by=head).accepted == 1


@pytest.mark.usefixtures("sqlite")
def test_nobody_answers_a_list_of_their_own() -> None:
    a_class(1)
    sitting = opened()
    entered(sitting, PASSED)
    submitted(sitting)
    both = Person(
        id=REGISTRAR.id,
        name="兼任",
        grants=(*REGISTRAR.grants, *UNIVERSITY_REGISTRAR.grants),
        purpose="status-change",
        door=Door.WEB,
    )
    with pytest.raises(NotAllowed, match="自己提交"):
        sitting_answers.answer_sitting(sitting, {1: YES}, seen=version(sitting), by=both)


# who sees whom


@pytest.mark.usefixtures("database")
def test_a_list_of_another_school_answers_like_one_that_is_not() -> None:
    a_class(1)
    sitting = opened()
    entered(sitting, PASSED)
    submitted(sitting)
    other_university = person_of(Role.UNIVERSITY_REGISTRAR, OTHER_SCHOOL)
    other_head = person_of(Role.SCHOOL_HEAD, OTHER_SCHOOL)
    tries = {
        "weigh": lambda name: sittings.weigh_sitting(name, by=OTHER_REGISTRAR),
        "enter": lambda name: sittings.enter_results(name, {}, seen=1, by=OTHER_REGISTRAR),
        "submit": lambda name: sittings.submit_sitting(name, seen=1, by=OTHER_REGISTRAR),
        "close": lambda name: sittings.close_sitting(name, "因", seen=1, by=OTHER_REGISTRAR),
        "recall": lambda name: sittings.recall_sitting(name, "因", seen=1, by=OTHER_REGISTRAR),
        "confirm": lambda name: sittings.confirm_sitting(name, seen=1, by=other_head),
        "turn down": lambda name: sittings.turn_down_sitting(name, "因", seen=1, by=other_head),
        "to confirm": lambda name: sittings.view_to_confirm(name, by=other_head),
        "received": lambda name: sitting_answers.view_received(name, by=other_university),
        "answer": lambda name: sitting_answers.answer_sitting(name, {1: YES}, seen=1, by=other_university),
        "as school": lambda name: sitting_answers.view_received(name, by=person_of(Role.SCHOOL_HEAD, SCHOOL)),
    }
    for what, attempt in tries.items():
        told = []
        for name in (sitting, "0" * 32):
            with pytest.raises(GuantongError) as found:
                attempt(name)
            told.append((found.value.code, found.value.message.replace(name, "")))
        assert told[0] == told[1], what
        assert told[0][0] == SittingUnknown.code, what
    assert sittings.list_sittings(by=OTHER_REGISTRAR) == ()
    assert sitting_answers.list_received(by=other_university) == ()


@pytest.mark.usefixtures("sqlite")
def test_a_grant_for_other_projects_or_stages_does_not_reach_the_list() -> None:
    a_class(1)
    sitting = opened()
    entered(sitting, PASSED)
    submitted(sitting)
    for fields in ({"projects": frozenset({"x"})}, {"stages": frozenset({"college"})}):
        with pytest.raises(SittingUnknown):
            sittings.weigh_sitting(sitting, by=person_of(Role.REGISTRAR, SCHOOL, **fields))
    assert sittings.weigh_sitting(sitting, by=person_of(Role.REGISTRAR, SCHOOL, stages=frozenset({"secondary"})))
    college = person_of(Role.UNIVERSITY_REGISTRAR, UNIVERSITY, stages=frozenset({"college"}))
    assert sitting_answers.view_received(sitting, by=college)
    below = person_of(Role.UNIVERSITY_REGISTRAR, UNIVERSITY, stages=frozenset({"undergraduate"}))
    with pytest.raises(SittingUnknown):
        sitting_answers.view_received(sitting, by=below)


@pytest.mark.usefixtures("sqlite")
def test_a_list_lends_names_of_those_put_up_and_the_loan_ends_with_it() -> None:
    first, second, third = a_class(3)
    sitting = opened()
    with pytest.raises(SittingUnknown):
        sitting_answers.view_received(sitting, by=UNIVERSITY_REGISTRAR)
    entered(sitting, FAILED, LEAVES, {"outcome": "passed"})
    submitted(sitting)
    lent = sitting_answers.view_received(sitting, by=UNIVERSITY_REGISTRAR)
    assert [one.line.name for one in lent.lines] == ["演示学生1", "演示学生2"]
    assert third not in {line.pupil for line in lent.sitting.lines}
    for pupil in (first, second, third):
        with pytest.raises(PupilUnknown):
            pupils.view_pupil(pupil, by=UNIVERSITY_REGISTRAR)
    assert pupils.list_pupils(pupils.PupilFilter(), by=UNIVERSITY_REGISTRAR).total == 0
    answered(sitting, 1, 2)
    sittings.close_sitting(sitting, "其余另办", seen=version(sitting), by=REGISTRAR)
    over = sitting_answers.view_received(sitting, by=UNIVERSITY_REGISTRAR)
    assert over.lines == ()
    assert {(line.pupil, line.name, line.student_number, line.reason) for line in over.sitting.lines} == {
        ("", "", "", "")
    }
    assert [line.state for line in sitting_answers.list_received(by=UNIVERSITY_REGISTRAR)] == [SittingState.APPLIED]
    with pytest.raises(PupilUnknown):
        pupils.view_pupil(first, by=UNIVERSITY_REGISTRAR)


@pytest.mark.usefixtures("sqlite")
def test_a_receiver_reads_nobody_by_an_entry_that_names_nobody() -> None:
    (pupil,) = a_class(1)
    sitting = opened()
    entered(sitting, PASSED)
    submitted(sitting)
    before = models.JournalEntry.objects.count()
    sitting_answers.view_received(sitting, by=UNIVERSITY_REGISTRAR)
    assert entries(before) == [("sitting-read", sitting)]
    assert list(models.JournalIndex.objects.filter(entry=before + 1).values_list("pupil", flat=True)) == [pupil]
    answered(sitting, 1)
    before = models.JournalEntry.objects.count()
    sitting_answers.view_received(sitting, by=UNIVERSITY_REGISTRAR)
    assert not models.JournalIndex.objects.filter(entry__gt=before).exists()


# answering


@pytest.mark.usefixtures("sqlite")
def test_every_answer_that_cannot_stand_is_named_and_none_applies() -> None:
    admitted = a_class(3)
    sitting = opened()
    entered(sitting, PASSED, PASSED, OUT)
    submitted(sitting)
    seen = version(sitting)
    wrong = {1: YES, 2: Answer(accepted=False, reason=" "), 3: YES, 9: YES}
    with pytest.raises(InputRefused) as found:
        sitting_answers.answer_sitting(sitting, wrong, seen=seen, by=UNIVERSITY_REGISTRAR)
    assert [problem.row for problem in found.value.problems] == [2, 3, 9]
    with pytest.raises(InputRefused, match="还没有答复"):
        sitting_answers.answer_sitting(sitting, {}, seen=seen, by=UNIVERSITY_REGISTRAR)
    assert [kinds(pupil) for pupil in admitted] == [[], [], []]
    assert version(sitting) == seen


@pytest.mark.usefixtures("database")
def test_an_answer_on_an_older_version_of_the_list_or_of_a_pupil_is_refused_whole() -> None:
    first, second = a_class(2)
    sitting = opened()
    entered(sitting, PASSED, PASSED)
    submitted(sitting)
    seen = version(sitting)
    with pytest.raises(RecordChanged):
        sitting_answers.answer_sitting(sitting, {1: YES}, seen=seen - 1, by=UNIVERSITY_REGISTRAR)
    walk(second, [(EventKind.SUSPENDED, "2026-07-09", {"reason": "生病"})])
    with pytest.raises(InputRefused, match="不再相符"):
        sitting_answers.answer_sitting(sitting, {1: YES, 2: YES}, seen=seen, by=UNIVERSITY_REGISTRAR)
    assert (kinds(first), kinds(second)) == ([], ["suspended"])
    assert answered(sitting, 1, returned={2: "已休学"}).accepted == 1
    assert sound()


@pytest.mark.usefixtures("database")
def test_a_pupil_who_changes_between_the_look_and_the_writing_stops_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = a_class(2)
    sitting = opened()
    entered(sitting, PASSED, PASSED)
    submitted(sitting)
    seen, prepare = version(sitting), accepted_lines.prepare

    def slowly(*args: object, **kwargs: object) -> object:
        walk(second, [(EventKind.SUSPENDED, "2026-07-09", {"reason": "生病"})])
        return prepare(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(accepted_lines, "prepare", slowly)
    with pytest.raises(RecordChanged):
        sitting_answers.answer_sitting(sitting, {1: YES, 2: YES}, seen=seen, by=UNIVERSITY_REGISTRAR)
    assert (kinds(first), version(sitting)) == ([], seen)
    assert sound()


@pytest.mark.usefixtures("sqlite")
def test_an_erased_pupil_is_neither_filled_in_nor_accepted_and_no_reason_is_kept() -> None:
    first, second = a_class(2)
    sitting = opened()
    entered(sitting, PASSED, PASSED)
    submitted(sitting)
    walk(first, [(EventKind.DROPPED_OUT, "2026-07-09", {"reason": "离开"})])
    pupils.erase_pupil(first, by=HEAD)
    assert bytes(models.SittingLine.objects.get(number=1).result) == b""
    with pytest.raises(InputRefused, match="个人信息已删除"):
        answered(sitting, 1, 2)
    told = answered(sitting, 2, returned={1: "已注销"})
    assert (told.accepted, told.returned, kinds(first)) == (1, 1, ["dropped_out"])
    assert bytes(models.SittingLine.objects.get(number=1).reason) == b""
    assert refused(sitting, outcome="passed") == ["这名学生的个人信息已删除"]
    sittings.close_sitting(sitting, "已注销", seen=version(sitting), by=REGISTRAR)
    assert bytes(models.SittingLine.objects.get(number=1).reason) == b""
    assert len(kinds(second)) == 4


@pytest.mark.usefixtures("sqlite")
def test_each_pupil_who_changes_has_one_entry_and_a_list_that_is_read_one_in_all() -> None:
    first, second, third = a_class(3)

    def left(act: str, *names: str) -> None:
        found = entries(before)
        assert Counter(subject for action, subject in found if action == act) == dict.fromkeys(names, 1), found

    before = models.JournalEntry.objects.count()
    sitting = opened()
    left("sitting-opened", sitting)
    before = models.JournalEntry.objects.count()
    sittings.enter_results(sitting, {1: PASSED, 2: FAILED, 3: PASSED}, seen=1, by=REGISTRAR)
    left("sitting-filled", first, second, third)
    before = models.JournalEntry.objects.count()
    sittings.submit_sitting(sitting, seen=2, by=REGISTRAR)
    left("sitting-submitted", first, second, third)
    before = models.JournalEntry.objects.count()
    answers = {1: YES, 2: YES, 3: Answer(accepted=False, reason="待核")}
    sitting_answers.answer_sitting(sitting, answers, seen=3, by=UNIVERSITY_REGISTRAR)
    left("sitting-applied", first, second)
    left("sitting-answered", third)
    before = models.JournalEntry.objects.count()
    sittings.close_sitting(sitting, "因", seen=4, by=REGISTRAR)
    left("sitting-closed", sitting, third)


@pytest.mark.usefixtures("database")
def test_the_loan_covers_names_numbers_and_results_and_nothing_else() -> None:
    pupils_ = a_class(2)
    sitting = opened()
    entered(sitting, {**PASSED, "mark": "合格", "note": "家里有困难"}, {**PASSED, "note": "第二份说明"})
    submitted(sitting)
    answered(sitting, returned={2: "缺材料"})
    new = NewEvent(kind=EventKind.SUSPENDED, on=date(2026, 7, 1), details={"reason": "生病"})
    events.propose_event(pupils_[0], new, seen=models.Pupil.objects.get(pk=pupils_[0]).version, by=REGISTRAR)
    found = sitting_answers.view_received(sitting, by=UNIVERSITY_REGISTRAR)
    told = repr([(one.line, one.plan.refusal, one.plan.notices, one.history) for one in found.lines])
    assert [words for words in ("困难", "第二份", "生病", "休学", "suspended") if words in told] == []
    assert found.lines[0].line.result.values == {"outcome": "passed", "completed": True, "mark": "合格"}
    with pytest.raises(InputRefused) as refused:
        answered(sitting, 1)
    assert "休学" not in str(refused.value)
