"""Steps weighed before they are written, taken together, asked again on confirming; corrections; papers."""

from collections.abc import Iterator
from datetime import date

import pytest
from tests.desk import HEAD, OTHER_REGISTRAR, PROJECT, REGISTRAR, SCHOOL, UNIVERSITY, admit, identity, row
from tests.integration.conftest import Fresh, using

from guantong.actions import attachments, corrections, dossiers, events, keys, pupils, similar_majors, together
from guantong.actions.events import NewEvent
from guantong.actions.roster import Intake
from guantong.actions.similar_majors import SimilarPair
from guantong.actions.together import Outcome
from guantong.cohorts import EventKind, Verdict
from guantong.errors import (
    AttachmentUnknown,
    EventUnknown,
    InputRefused,
    NotAllowed,
    PupilUnknown,
    RecordChanged,
    StepRefused,
)
from guantong.people import machine_operator
from guantong.settings import Settings
from guantong.store import models
from guantong.store import together as kept_together

PAPER = {"document_number": "京教〔2026〕1号", "document_date": "2026-10-08", "document_issuer": "演示市教委"}
NEXT = Intake(project=PROJECT, cohort=2024, school=SCHOOL, on=date(2024, 8, 20))
OTHER_MAJOR = f"{SCHOOL}:{UNIVERSITY}:zhongben:660704"
REGISTERED = NewEvent(
    kind=EventKind.REGISTERED, on=date(2023, 9, 1), details={"stage": "secondary", "institution": SCHOOL}
)
PNG = b"\x89PNG\r\n\x1a\n invented"


@pytest.fixture
def sqlite(fresh: Fresh) -> Iterator[Settings]:
    with using(fresh("sqlite")) as settings:
        yield settings


def version(pupil: str) -> int:
    """The version of a record."""
    return models.Pupil.objects.get(pk=pupil).version


def step(pupil: str, kind: EventKind, on: str, /, **details: object) -> events.Recorded:
    """Record a step on the present version."""
    new = NewEvent(kind=kind, on=date.fromisoformat(on), details=details)
    return events.propose_event(pupil, new, seen=version(pupil), by=REGISTRAR)


def failed_once(**fields: object) -> str:
    """A pupil who has completed the first stage and was not found fit to move on."""
    (pupil,) = admit(row(1, **fields))
    events.propose_event(pupil, REGISTERED, seen=1, by=REGISTRAR)
    step(pupil, EventKind.STAGE_COMPLETED, "2026-07-01", stage="secondary")
    step(pupil, EventKind.ASSESSED, "2026-07-05", stage="secondary", passed=False)
    return pupil


REPEAT = NewEvent(
    kind=EventKind.REPEATED,
    on=date(2026, 9, 1),
    details={"class_year": 2024},
    facts={"eligible_to_repeat": "yes"},
)


@pytest.mark.usefixtures("sqlite")
def test_without_a_class_to_come_on_record_a_repeat_is_open() -> None:
    pupil = failed_once()
    assert dossiers.consider_event(pupil, REPEAT, by=REGISTRAR).possible.verdict is Verdict.UNKNOWN


@pytest.mark.usefixtures("sqlite")
def test_a_repeat_is_decided_by_the_class_to_come_that_is_on_record() -> None:
    pupil = failed_once()
    admit(row(2), intake=NEXT)
    weighed = dossiers.consider_event(pupil, REPEAT, by=REGISTRAR)
    assert weighed.possible.verdict is Verdict.YES
    assert (weighed.before and weighed.before.repeats, weighed.after and weighed.after.repeats) == (0, 1)
    assert version(pupil) == 4
    done = events.propose_event(pupil, REPEAT, seen=4, by=REGISTRAR)
    assert done.outcome == "applied"
    (kept,) = (kept for kept in pupils.view_pupil(pupil, by=REGISTRAR).events if kept.event.id == done.event.id)
    assert kept.next_class
    assert kept.next_class.majors == ("710103",)


@pytest.mark.usefixtures("sqlite")
def test_the_schools_own_table_decides_what_is_similar() -> None:
    pupil = failed_once()
    admit(row(2), intake=Intake(project=OTHER_MAJOR, cohort=2024, school=SCHOOL, on=NEXT.on))
    assert dossiers.consider_event(pupil, REPEAT, by=REGISTRAR).possible.verdict is Verdict.UNKNOWN
    pair = SimilarPair(school=SCHOOL, first="710103", second="660704", document="演示校发〔2025〕1号")
    similar_majors.enter_similar_majors(pair, by=REGISTRAR)
    assert dossiers.consider_event(pupil, REPEAT, by=REGISTRAR).possible.verdict is Verdict.YES


@pytest.mark.usefixtures("sqlite")
def test_confirming_asks_with_what_was_entered_when_the_step_was_proposed() -> None:
    """The class to come and the facts lie sealed with the event: the head decides on the same question."""
    pupil = failed_once()
    new = NewEvent(kind=REPEAT.kind, on=REPEAT.on, details={**REPEAT.details, **PAPER}, facts=REPEAT.facts)
    waiting = events.propose_event(pupil, new, seen=4, by=REGISTRAR)
    assert waiting.outcome == "waiting"
    admit(row(2), intake=NEXT)
    examined = dossiers.view_waiting(waiting.event.id, by=HEAD)
    assert (examined.possible.verdict, examined.after is not None) == (Verdict.UNKNOWN, True)
    assert events.confirm_event(waiting.event.id, seen=5, by=HEAD).outcome == "applied"


@pytest.mark.usefixtures("sqlite")
def test_weighing_tells_every_obstacle_and_writes_nothing() -> None:
    (pupil,) = admit()
    before = models.Event.objects.count()
    late = NewEvent(kind=EventKind.SUSPENDED, on=date(2020, 1, 1))
    assert dossiers.consider_event(pupil, late, by=REGISTRAR).possible.verdict is Verdict.IMPOSSIBLE
    early = NewEvent(kind=REGISTERED.kind, on=date(2020, 1, 1), details=REGISTERED.details)
    weighed = dossiers.consider_event(pupil, early, by=REGISTRAR)
    assert "不能早于" in weighed.problems[0].rule
    assert weighed.after is None
    assert models.Event.objects.count() == before


@pytest.mark.usefixtures("sqlite")
def test_moving_on_to_the_university_says_which_one_teaches() -> None:
    pupil = failed_once()
    new = NewEvent(kind=EventKind.MOVED_ON, on=date(2026, 9, 1), details={"stage": "undergraduate"})
    assert [problem.column for problem in dossiers.consider_event(pupil, new, by=REGISTRAR).problems] == ["school"]


@pytest.mark.usefixtures("database")
def test_a_class_is_registered_together_and_everybody_is_told_apart() -> None:
    names = admit(*(row(number) for number in range(1, 6)))
    events.propose_event(names[0], REGISTERED, seen=1, by=REGISTRAR)
    events.propose_event(names[1], NewEvent(kind=EventKind.NOT_ARRIVED, on=date(2023, 9, 1)), seen=1, by=REGISTRAR)
    weighed = together.consider_together(names, REGISTERED, by=REGISTRAR)
    assert sorted(one.told.outcome.value for one in weighed) == ["applied"] * 3 + ["refused"] * 2
    told = together.propose_together(dict.fromkeys(names, 1), REGISTERED, by=REGISTRAR)
    assert [one.outcome.value for one in told] == ["refused"] * 2 + ["applied"] * 3
    assert "刚刚改过" in told[0].reason
    assert models.Pupil.objects.filter(status="enrolled", version=2).count() == 4
    assert models.JournalEntry.objects.filter(action="event-recorded").count() == 5
    kept = models.Event.objects.filter(kind="registered")
    assert kept.count() == 4
    assert models.Receipt.objects.count() == 4


@pytest.mark.usefixtures("database")
def test_what_waits_is_proposed_together_too() -> None:
    names = admit(row(1), row(2))
    together.propose_together(dict.fromkeys(names, 1), REGISTERED, by=REGISTRAR)
    project = f"{SCHOOL}:{UNIVERSITY}:zhongben:710201"
    change = {"project": project, "major": "710201"}
    bare = NewEvent(kind=EventKind.CHANGED_MAJOR, on=date(2024, 9, 1), details=change)
    assert {one.told.outcome for one in together.consider_together(names, bare, by=REGISTRAR)} == {Outcome.REFUSED}
    new = NewEvent(kind=EventKind.CHANGED_MAJOR, on=date(2024, 9, 1), details={**change, **PAPER})
    told = together.propose_together(dict.fromkeys(names, 2), new, by=REGISTRAR)
    assert {one.outcome for one in told} == {Outcome.WAITING}
    assert set(models.Pupil.objects.values_list("version", "pending", "major")) == {(3, 1, "710103")}
    for one in dossiers.list_waiting(by=HEAD):
        events.confirm_event(one.kept.event.id, seen=one.version, by=HEAD)
    assert set(models.Pupil.objects.values_list("major", flat=True)) == {"710201"}


@pytest.mark.usefixtures("sqlite")
def test_whoever_cannot_reach_a_pupil_changes_nobody_together() -> None:
    (pupil,) = admit()
    (told,) = together.propose_together({pupil: 1}, REGISTERED, by=OTHER_REGISTRAR)
    assert (told.outcome, "授权" in told.reason, version(pupil)) == (Outcome.REFUSED, True, 1)
    assert together.consider_together([pupil], REGISTERED, by=OTHER_REGISTRAR) == ()
    with pytest.raises(InputRefused, match="一次最多"):
        together.consider_together([str(number) for number in range(501)], REGISTERED, by=REGISTRAR)


@pytest.mark.usefixtures("database")
def test_a_record_that_changes_between_weighing_and_writing_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = admit(row(1), row(2))
    prepare = kept_together.prepare

    def meanwhile(*args: object, **kwargs: object) -> object:
        events.propose_event(first, NewEvent(kind=EventKind.NOT_ARRIVED, on=date(2023, 9, 1)), seen=1, by=REGISTRAR)
        return prepare(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(kept_together, "prepare", meanwhile)
    told = together.propose_together({first: 1, second: 1}, REGISTERED, by=REGISTRAR)
    assert [one.outcome for one in told] == [Outcome.REFUSED, Outcome.APPLIED]
    assert [models.Pupil.objects.get(pk=name).status for name in (first, second)] == ["not_arrived", "enrolled"]


@pytest.mark.usefixtures("sqlite")
def test_pupils_who_left_together_are_present_no_more() -> None:
    names = admit(row(1), row(2))
    new = NewEvent(kind=EventKind.NOT_ARRIVED, on=date(2023, 9, 1))
    together.propose_together(dict.fromkeys(names, 1), new, by=REGISTRAR)
    assert set(models.Personal.objects.values_list("present", flat=True)) == {False}


@pytest.mark.usefixtures("database")
def test_a_correction_seals_the_new_value_and_tells_the_journal_no_word_of_it() -> None:
    (pupil,) = admit()
    given = {"identity": identity(8), "phone": "000-22222222", "name": "演示学生甲"}
    assert set(corrections.correct_personal(pupil, given, seen=1, by=REGISTRAR)) == set(given)
    who = pupils.view_contact(pupil, by=REGISTRAR).personal
    assert who
    assert (who.identity, who.phone, who.name) == (identity(8), "000-22222222", "演示学生甲")
    assert pupils.find_pupils(identity=identity(8), by=REGISTRAR)
    entry = models.JournalEntry.objects.get(action="personal-corrected")
    assert set(entry.fields) == set(given)
    assert "22222222" not in str(entry.fields)
    with pytest.raises(RecordChanged):
        corrections.correct_personal(pupil, {"name": "演示学生乙"}, seen=1, by=REGISTRAR)


@pytest.mark.usefixtures("database")
def test_an_identity_of_somebody_present_is_not_to_be_taken() -> None:
    pupil, _ = admit(row(1), row(2))
    with pytest.raises(StepRefused, match="已有在籍记录"):
        corrections.correct_personal(pupil, {"identity": row(2).identity}, seen=1, by=REGISTRAR)
    assert version(pupil) == 1


@pytest.mark.usefixtures("sqlite")
@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"identity": "1"}, "18 位"),
        ({"phone": "电话"}, "数字"),
        ({"name": "演示学生1"}, "没有改动"),
        ({"age": "1"}, "没有这一项"),
    ],
)
def test_a_correction_that_cannot_be_meant_is_refused(given: dict[str, str], words: str) -> None:
    (pupil,) = admit()
    with pytest.raises(InputRefused, match=words):
        corrections.correct_personal(pupil, given, seen=1, by=REGISTRAR)


@pytest.mark.usefixtures("sqlite")
def test_a_month_of_birth_follows_the_identity_number_or_agrees_with_it() -> None:
    known, unknown = admit(row(1), row(2, identity="", birth_month="2008-05"))

    def month(pupil: str) -> str:
        return models.Personal.objects.get(pupil_id=pupil).birth_month

    corrections.correct_personal(known, {"identity": identity(8, born="20090301")}, seen=1, by=REGISTRAR)
    assert month(known) == "2009-03"
    with pytest.raises(InputRefused, match="与身份证号里的出生年月不同"):
        corrections.correct_personal(known, {"birth_month": "2009-04"}, seen=2, by=REGISTRAR)
    with pytest.raises(InputRefused, match="与身份证号里的出生年月不同"):
        corrections.correct_personal(unknown, {"identity": identity(9, born="20080601")}, seen=1, by=REGISTRAR)
    assert corrections.correct_personal(unknown, {"birth_month": "2008年6月"}, seen=1, by=REGISTRAR) == ("birth_month",)
    corrections.correct_personal(unknown, {"identity": identity(9, born="20080601")}, seen=2, by=REGISTRAR)
    assert month(unknown) == "2008-06"


@pytest.mark.usefixtures("sqlite")
def test_a_correction_does_not_pass_by_an_age_that_nobody_knows() -> None:
    (pupil,) = admit(row(1, identity="", birth_month="2008-05"))
    models.Personal.objects.update(birth_month="")
    with pytest.raises(InputRefused, match="不知道是否未满 14 周岁"):
        corrections.correct_personal(pupil, {"phone": "000-22222222"}, seen=1, by=REGISTRAR)
    both = {"phone": "000-22222222", "consent": "2023-08-01 同意书 1 号"}
    assert corrections.correct_personal(pupil, both, seen=1, by=REGISTRAR) == tuple(both)


@pytest.mark.usefixtures("sqlite")
def test_classes_change_together_where_the_record_is_the_one_that_was_seen() -> None:
    first, second = admit(row(1), row(2))
    assert corrections.change_class({first: 1, second: 9}, "2023级机电9班", by=REGISTRAR) == (second,)
    assert models.Pupil.objects.get(pk=first).class_name == "2023级机电9班"
    assert [(one.line.id, one.version) for one in corrections.choose_pupils([first], by=REGISTRAR)] == [(first, 2)]


@pytest.mark.usefixtures("database")
def test_a_paper_survives_a_new_key_and_goes_with_the_pupil() -> None:
    (pupil,) = admit()
    name = attachments.add_attachment(pupil, "", PNG, seen=1, by=REGISTRAR)
    keys.rotate_key("field", by=machine_operator("tester"))
    kept, content = attachments.take_attachment(pupil, name, by=REGISTRAR)
    assert (kept.kind, content) == ("image/png", PNG)
    with pytest.raises(AttachmentUnknown):
        attachments.take_attachment(pupil, name, by=OTHER_REGISTRAR)
    events.propose_event(pupil, NewEvent(kind=EventKind.NOT_ARRIVED, on=date(2023, 9, 1)), seen=2, by=REGISTRAR)
    pupils.erase_pupil(pupil, by=HEAD)
    with pytest.raises(AttachmentUnknown):
        attachments.take_attachment(pupil, name, by=REGISTRAR)
    assert [file.erased for file in dossiers.view_dossier(pupil, by=REGISTRAR).files] == [True]


@pytest.mark.usefixtures("sqlite")
def test_papers_have_limits_and_an_event_of_the_same_pupil() -> None:
    first, second = admit(row(1), row(2))
    other = models.Event.objects.get(pupil=second).pk
    with pytest.raises(EventUnknown):
        attachments.add_attachment(first, other, PNG, seen=1, by=REGISTRAR)
    with pytest.raises(InputRefused, match="10 MB"):
        attachments.add_attachment(first, "", PNG + b"0" * 10 * 1024 * 1024, seen=1, by=REGISTRAR)
    with pytest.raises(InputRefused, match="不是 PDF"):
        attachments.add_attachment(first, "", b"plain", seen=1, by=REGISTRAR)
    assert models.Attachment.objects.count() == 0


@pytest.mark.usefixtures("sqlite")
def test_what_another_school_has_is_not_there() -> None:
    (pupil,) = admit()
    event = models.Event.objects.get(pupil=pupil).pk
    for call in (
        lambda: dossiers.view_dossier(pupil, by=OTHER_REGISTRAR),
        lambda: dossiers.consider_event(pupil, REGISTERED, by=OTHER_REGISTRAR),
        lambda: attachments.add_attachment(pupil, "", PNG, seen=1, by=OTHER_REGISTRAR),
        lambda: corrections.correct_personal(pupil, {"name": "甲"}, seen=1, by=OTHER_REGISTRAR),
    ):
        with pytest.raises(PupilUnknown):
            call()
    with pytest.raises(EventUnknown):
        dossiers.consider_reversal(event, by=OTHER_REGISTRAR)
    with pytest.raises(NotAllowed):
        similar_majors.enter_similar_majors(
            SimilarPair(school=SCHOOL, first="1", second="2", document="文件"), by=OTHER_REGISTRAR
        )
    assert dossiers.list_waiting(by=OTHER_REGISTRAR) == ()
