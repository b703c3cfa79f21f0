"""Pupils through the actions: admitted all or none, seen within the scope only, erased but for the legal record."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.desk import (
    CITY,
    CLASS,
    DISTRICT,
    HEAD,
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
    grant_of,
    identity,
    person_of,
    row,
)

from guantong.actions import events, intakes, pupils
from guantong.actions.events import NewEvent
from guantong.actions.roster import Intake
from guantong.cohorts import EventKind
from guantong.errors import InputRefused, NotAllowed, PupilUnknown, PurposeMissing
from guantong.people import Door, Person, Role
from guantong.settings import Settings
from guantong.store import models
from guantong.store.records import PupilFilter

pytestmark = pytest.mark.usefixtures("database")

SCHOOL_STEPS = [
    (EventKind.REGISTERED, "2023-09-01", {"stage": "secondary", "institution": SCHOOL}),
    (EventKind.STAGE_COMPLETED, "2026-07-01", {"stage": "secondary"}),
    (EventKind.ASSESSED, "2026-07-02", {"stage": "secondary", "passed": True}),
    (EventKind.GRADUATED, "2026-07-03", {"stage": "secondary", "issuer": SCHOOL}),
    (EventKind.MOVED_ON, "2026-08-20", {"stage": "college", "school": UNIVERSITY}),
]
UNIVERSITY_STEPS = [
    (EventKind.REGISTERED, "2026-09-01", {"stage": "college", "institution": UNIVERSITY}),
    (EventKind.SUSPENDED, "2026-10-01", {"reason": "生病"}),
]
Steps = list[tuple[EventKind, str, dict[str, object]]]


def walk(pupil: str, steps: Steps, by: Person) -> None:
    """Record steps one after another."""
    for kind, on, details in steps:
        seen = models.Pupil.objects.get(pk=pupil).version
        new = NewEvent(kind=kind, on=date.fromisoformat(on), details=details)
        assert events.propose_event(pupil, new, seen=seen, by=by).outcome == "applied"


@pytest.fixture
def moved_on(database: Settings) -> str:
    """A pupil whom the university registers and teaches now, and the school did before."""
    (pupil,) = admit()
    walk(pupil, SCHOOL_STEPS, REGISTRAR)  # type: ignore[arg-type]
    walk(pupil, UNIVERSITY_STEPS, UNIVERSITY_REGISTRAR)  # type: ignore[arg-type]
    return pupil


def test_a_roster_is_admitted_whole_each_pupil_with_one_entry() -> None:
    admitted = admit(row(1), row(2), row(3))
    assert pupils.list_pupils(PupilFilter(), by=REGISTRAR).total == 3
    assert models.JournalEntry.objects.filter(action="pupil-admitted", subject__in=admitted).count() == 3


def test_one_bad_row_refuses_the_whole_roster_with_every_fault() -> None:
    rows = [row(1), row(2, name=" "), row(3, identity="1" * 18), row(4, phone="电话")]
    with pytest.raises(InputRefused) as refused:
        admit(*rows)
    assert [(problem.row, problem.column) for problem in refused.value.problems] == [
        (2, "name"), (3, "identity"), (4, "phone"),
    ]  # fmt: skip
    assert models.Pupil.objects.count() == 0


def test_a_fault_never_repeats_what_it_found() -> None:
    with pytest.raises(InputRefused) as refused:
        admit(row(1, identity="110105199001011234", phone="无"))
    assert "110105" not in str(refused.value)


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"identity": identity(1, region="110105")}, "演示库只能用地区码 000000"),
        ({"identity": identity(1, born="20081301")}, "出生日期不存在"),
        ({"identity": identity(1, born="20100101")}, "未满 14 周岁，缺少监护人同意"),
        ({"identity": ""}, "不知道是否未满 14 周岁"),
        ({"identity": "", "birth_month": "2009-09"}, "未满 14 周岁，缺少监护人同意"),
        ({"identity": "", "birth_month": "2023-10"}, "出生年月不能晚于 2023-08"),
        ({"identity": "", "birth_month": "不详"}, "看不出是哪年哪月"),
        ({"birth_month": "2008-02"}, "与身份证号里的出生年月不同"),
        ({"class_name": ""}, "缺少班级"),
        ({"exam_score": "高"}, "中考总分"),
        ({"name": "甲\n乙"}, "一行文字"),
    ],
)
def test_a_row_that_cannot_stand_is_told_why(fields: dict[str, object], rule: str) -> None:
    check = pupils.check_roster(INTAKE, [row(1, **fields)], by=REGISTRAR)
    assert any(rule in problem.rule for problem in check.problems)


def test_a_child_under_fourteen_is_admitted_with_the_guardians_consent() -> None:
    assert admit(row(1, identity=identity(1, born="20100101"), consent="2023-08-01 同意书 1 号"))


def test_nobody_is_a_pupil_twice_in_a_roster_or_in_the_city() -> None:
    admit(row(1))
    check = pupils.check_roster(INTAKE, [row(1), row(2), row(2)], by=REGISTRAR)
    assert {(problem.row, problem.rule[:4]) for problem in check.problems} >= {(1, "该证件号"), (2, "身份证号")}


def test_whoever_tries_whether_somebody_is_a_pupil_leaves_an_entry() -> None:
    admit(row(1))
    before = models.JournalEntry.objects.count()
    for attempt in (pupils.admit_pupils, intakes.put_roster_aside):
        with pytest.raises(InputRefused, match="已有在籍记录"):
            attempt(INTAKE, [row(1)], by=REGISTRAR)
    assert [entry.action for entry in models.JournalEntry.objects.filter(number__gt=before)] == ["roster-checked"] * 2


def test_look_alike_names_are_flagged_and_not_refused() -> None:
    check = pupils.check_roster(INTAKE, [row(1), row(2, name=row(1).name)], by=REGISTRAR)
    assert (check.problems, [notice.row for notice in check.notices]) == ((), [1, 2])


@pytest.mark.parametrize("intake", [Intake(project=PROJECT, cohort=2023, school=OTHER_SCHOOL, on=INTAKE.on)])
def test_a_roster_of_another_school_is_refused(intake: Intake) -> None:
    with pytest.raises(NotAllowed):
        admit(intake=intake)


def test_the_registrar_sees_the_record_masked_and_the_contact_in_full_when_asked() -> None:
    (pupil,) = admit()
    shown, full = pupils.view_pupil(pupil, by=REGISTRAR).personal, pupils.view_contact(pupil, by=REGISTRAR).personal
    assert shown is not None
    assert full is not None
    assert (shown.name, shown.identity, shown.address) == ("演示学生1", "＊" * 14 + row().identity[-4:], "")
    assert (full.identity, full.address) == (row().identity, row().address)


def test_no_personal_field_lies_in_the_database_in_clear() -> None:
    admit(row(1, phone="000-12345678", address="演示市虚构路九十九号", guardian="演示家长甲"))
    kept = repr(list(models.Personal.objects.values_list()))
    assert "虚构路" not in kept
    assert row().identity not in kept


@pytest.mark.parametrize("someone", [CITY, DISTRICT, OPERATOR], ids=["city", "district", "operator"])
def test_authorities_and_operators_open_no_pupil(someone: Person) -> None:
    (pupil,) = admit()
    with pytest.raises(NotAllowed):
        pupils.view_pupil(pupil, by=someone)


def test_another_school_gets_the_same_answer_as_for_a_guessed_id() -> None:
    (pupil,) = admit()
    messages = []
    for asked in (pupil, "0" * 32):
        with pytest.raises(PupilUnknown) as unknown:
            pupils.view_pupil(asked, by=OTHER_REGISTRAR)
        messages.append(str(unknown.value).replace(asked, "·"))
    assert messages[0] == messages[1]
    assert pupils.list_pupils(PupilFilter(), by=OTHER_REGISTRAR).total == 0
    assert pupils.find_pupils(identity=row().identity, name=row().name, by=OTHER_REGISTRAR) == ()


def test_the_scope_stands_in_every_query_for_pupils() -> None:
    (pupil,) = admit()
    with CaptureQueriesContext(connection) as asked:
        pupils.list_pupils(PupilFilter(), by=REGISTRAR)
        pupils.find_pupils(name="演示学生1", by=REGISTRAR)
        pupils.view_pupil(pupil, by=REGISTRAR)
    about = [query["sql"] for query in asked if 'FROM "store_pupil"' in query["sql"]]
    assert len(about) >= 4
    assert all(f"'{SCHOOL}'" in sql and "kept_at" in sql for sql in about)


def test_a_past_reader_sees_the_own_stage_and_no_later_personal_field(moved_on: str) -> None:
    record = pupils.view_pupil(moved_on, by=REGISTRAR)
    assert record.until == date(2026, 9, 1)
    assert record.events[-1].event.kind is EventKind.REGISTERED
    assert record.personal is not None
    assert (record.personal.name, record.personal.identity, record.personal.phone) == ("演示学生1", "", "")
    assert pupils.list_pupils(PupilFilter(), by=REGISTRAR).total == 0


def test_a_past_reader_sees_no_status_class_or_stage_of_today(moved_on: str) -> None:
    models.Pupil.objects.filter(pk=moved_on).update(class_name="后来的班级", pending=1)
    record = pupils.view_pupil(moved_on, by=REGISTRAR)
    assert (record.status, record.standing.class_name, record.pending) == ("enrolled", "", 0)
    assert record.standing.taught_at == ""
    assert models.Pupil.objects.get(pk=moved_on).status == "suspended"


def test_a_past_reader_sees_a_step_that_was_undone_later_as_undone(database: Settings) -> None:
    (pupil,) = admit()
    walk(pupil, SCHOOL_STEPS, REGISTRAR)  # type: ignore[arg-type]
    kept = models.Event.objects.filter(pupil_id=pupil).order_by("number").last()
    assert kept is not None
    events.reverse_event(kept.pk, "日期记错", seen=models.Pupil.objects.get(pk=pupil).version, by=REGISTRAR)
    walk(pupil, SCHOOL_STEPS[-1:], REGISTRAR)  # type: ignore[arg-type]
    walk(pupil, UNIVERSITY_STEPS, UNIVERSITY_REGISTRAR)  # type: ignore[arg-type]
    record = pupils.view_pupil(pupil, by=REGISTRAR)
    assert (record.until, record.status, record.standing.stage) == (date(2026, 9, 1), "enrolled", "college")


def test_a_past_reader_changes_nothing(moved_on: str) -> None:
    with pytest.raises(PupilUnknown):
        walk(moved_on, [(EventKind.RESUMED, "2026-11-01", {"class_year": 2024})], REGISTRAR)


def test_a_head_does_not_read_the_past(moved_on: str) -> None:
    with pytest.raises(PupilUnknown):
        pupils.view_pupil(moved_on, by=HEAD)


def test_the_present_keeper_sees_everything(moved_on: str) -> None:
    record = pupils.view_pupil(moved_on, by=UNIVERSITY_REGISTRAR)
    assert (record.until, record.events[-1].event.kind) == (None, EventKind.SUSPENDED)


def test_grants_are_narrowed_to_projects_stages_and_classes() -> None:
    admit(row(1), row(2, class_name="2班"))
    narrow = [
        person_of(Role.CLASS_TEACHER, SCHOOL, classes=frozenset({CLASS})),
        person_of(Role.REGISTRAR, SCHOOL, projects=frozenset({"x"})),
        person_of(Role.REGISTRAR, SCHOOL, stages=frozenset({"college"})),
    ]
    assert [pupils.list_pupils(PupilFilter(), by=someone).total for someone in narrow] == [1, 0, 0]


@pytest.mark.parametrize("purpose", ["", "curiosity"])
def test_without_a_listed_purpose_nobody_sees_anything(purpose: str) -> None:
    (pupil,) = admit()
    idle = Person(id="p", name="某人", grants=(grant_of(Role.REGISTRAR, SCHOOL),), purpose=purpose, door=Door.WEB)
    with pytest.raises(PurposeMissing, match="办理学籍变动"):
        pupils.view_pupil(pupil, by=idle)


def test_a_list_is_narrowed_and_paged_and_its_entry_names_whom_it_showed() -> None:
    admitted = admit(*(row(number) for number in range(1, 6)))
    page = pupils.list_pupils(PupilFilter(cohort=2023, class_name=CLASS), first=2, most=2, by=REGISTRAR)
    assert (page.total, len(page.lines)) == (5, 2)
    entry = models.JournalEntry.objects.get(action="pupils-listed")
    shown = set(models.JournalIndex.objects.filter(entry=entry.number).values_list("pupil", flat=True))
    assert shown == {line.id for line in page.lines} < set(admitted)
    assert pupils.list_pupils(PupilFilter(cohort=2024), by=REGISTRAR).lines == ()


@pytest.mark.parametrize(
    "asked", [{"name": "演示学生2"}, {"number": "D00000002"}, {"identity": row(2).identity.lower()}]
)
def test_a_pupil_is_found_by_an_exact_name_number_or_identity(asked: dict[str, str]) -> None:
    admitted = admit(row(1), row(2))
    assert [line.id for line in pupils.find_pupils(**asked, by=REGISTRAR)] == [admitted[1]]


def test_a_roster_needs_a_project_and_pupils() -> None:
    with pytest.raises(InputRefused, match="不是项目编号"):
        pupils.admit_pupils(replace(INTAKE, project="x"), [row()], by=REGISTRAR)
    with pytest.raises(InputRefused, match="名册没有学生"):
        pupils.admit_pupils(INTAKE, [], by=REGISTRAR)


def test_a_pupil_whose_number_is_not_known_yet_is_admitted() -> None:
    bare = {"identity": "", "student_number": ""}
    admitted = admit(row(1, **bare, birth_month="2008年5月"), row(2, **bare, consent="2023-08-01 同意书 2 号"))
    assert len(admitted) == 2
    assert models.Personal.objects.filter(identity_lookup=None).count() == 2
    months = {row.pupil_id: row.birth_month for row in models.Personal.objects.all()}
    assert [months[pupil] for pupil in admitted] == ["2008-05", ""]


@pytest.mark.parametrize(("month", "admitted"), [("2009-08", True), ("2009-09", False)])
def test_whoever_may_still_be_thirteen_by_the_month_of_birth_needs_consent(month: str, *, admitted: bool) -> None:
    check = pupils.check_roster(
        replace(INTAKE, on=date(2023, 9, 1)), [row(1, identity="", birth_month=month)], by=REGISTRAR
    )
    assert [problem.column for problem in check.problems] == ([] if admitted else ["consent"])


def test_an_unknown_age_is_told_once_with_both_ways_out() -> None:
    (problem,) = pupils.check_roster(INTAKE, [row(1, identity="")], by=REGISTRAR).problems
    assert (problem.row, problem.column) == (1, "birth_month")
    assert "出生年月" in problem.remedy
    assert "监护人书面同意" in problem.remedy
