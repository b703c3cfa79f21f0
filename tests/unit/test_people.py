"""People: nothing is allowed unless a grant says so."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guantong.errors import NotAllowed
from guantong.people import (
    ANY,
    EVERY,
    PURPOSEFUL,
    ROLE_RIGHTS,
    SIGNATURES,
    TIES,
    Door,
    Grant,
    Person,
    Right,
    Role,
    Standing,
    Tie,
    machine_operator,
    visitor,
)

DAY = date(2026, 11, 20)
WIDE = {"projects": EVERY, "stages": EVERY, "classes": EVERY, "sections": EVERY}
PUPIL = Standing(project="s:u:zhongben:1", stage="secondary", class_name="1班", kept_at="s", taught_at="s")
READS_PUPILS = {
    Role.CLASS_TEACHER, Role.REGISTRAR, Role.SCHOOL_HEAD, Role.UNIVERSITY_REGISTRAR, Role.UNIVERSITY_HEAD,
}  # fmt: skip
CHANGES = {
    Right.ADMIT_PUPILS: {Role.REGISTRAR},
    Right.PROPOSE_EVENT: {Role.REGISTRAR, Role.UNIVERSITY_REGISTRAR},
    Right.CONFIRM_EVENT: {Role.SCHOOL_HEAD, Role.UNIVERSITY_HEAD},
    Right.ERASE_PUPIL: {Role.SCHOOL_HEAD, Role.UNIVERSITY_HEAD},
    Right.MANAGE_PEOPLE: {Role.OPERATOR},
    Right.MANAGE_KEYS: {Role.OPERATOR},
    Right.READ_JOURNAL: {Role.AUDITOR},
    Right.COSIGN_REPORT: {Role.UNIVERSITY_HEAD},
    Right.SIGN_IN: {Role.PUBLIC},
}


def grant(role: Role, organisation: str = "s", **fields: object) -> Grant:
    """A grant that began before the day, over everything unless the fields say less."""
    return Grant(role=role, organisation=organisation, **{"since": date(2020, 1, 1), **WIDE, **fields})  # type: ignore[arg-type]


def make_grant(role: Role, fields: dict[str, object]) -> Grant:
    """The same, its fields in a mapping."""
    return grant(role, str(fields.get("organisation", "s")), **{k: v for k, v in fields.items() if k != "organisation"})


def person(*grants: Grant) -> Person:
    """Somebody with these grants."""
    return Person(id="p", name="某人", grants=grants)


def reached(right: Right, given: Grant, pupil: Standing = PUPIL) -> bool:
    """Whether one grant reaches one pupil."""
    return person(given).scope(right, on=DAY).covers(pupil)


@pytest.mark.parametrize("right", Right)
def test_whoever_holds_no_grant_may_do_nothing(right: Right) -> None:
    with pytest.raises(NotAllowed, match=right.label):
        person().scope(right, on=DAY)


@pytest.mark.parametrize("role", Role)
def test_a_role_gives_its_listed_rights_and_no_other(role: Role) -> None:
    someone = person(grant(role))
    assert {right for right in Right if someone.may(right, on=DAY)} == ROLE_RIGHTS[role]


def test_pupils_are_read_by_their_schools_and_by_nobody_else() -> None:
    assert {role for role in Role if Right.READ_PUPIL in ROLE_RIGHTS[role]} == READS_PUPILS


@pytest.mark.parametrize(("right", "roles"), CHANGES.items())
def test_each_change_belongs_to_the_roles_named_for_it(right: Right, roles: set[Role]) -> None:
    assert {role for role in Role if right in ROLE_RIGHTS[role]} == roles


@pytest.mark.parametrize("role", [Role.CITY, Role.DISTRICT, Role.SUPERVISOR, Role.OPERATOR, Role.AUDITOR, Role.FAMILY])
def test_authorities_operators_and_auditors_touch_no_pupil(role: Role) -> None:
    assert ROLE_RIGHTS[role] & set(TIES) == set()


@pytest.mark.parametrize(
    ("on", "holds"), [(date(2019, 12, 31), False), (date(2020, 1, 1), True), (DAY, True), (date(2026, 11, 21), False)]
)
def test_a_grant_holds_from_its_first_day_to_its_last(on: date, holds: bool) -> None:
    assert person(grant(Role.REGISTRAR, until=DAY)).may(Right.READ_PUPIL, on=on) is holds


@pytest.mark.parametrize("empty", ["projects", "stages"])
def test_an_empty_set_reaches_nothing(empty: str) -> None:
    assert not reached(Right.READ_PUPIL, make_grant(Role.REGISTRAR, {empty: frozenset()}))


@pytest.mark.parametrize(
    ("fields", "yes"),
    [
        ({"projects": frozenset({PUPIL.project})}, True),
        ({"projects": frozenset({"s:u:zhongben:2"})}, False),
        ({"stages": frozenset({"secondary"})}, True),
        ({"stages": frozenset({"college"})}, False),
        ({"organisation": "t"}, False),
    ],
)
def test_project_stage_and_organisation_have_to_fit_together(fields: dict[str, object], yes: bool) -> None:
    assert reached(Right.READ_PUPIL, make_grant(Role.REGISTRAR, fields)) is yes


def test_a_class_teacher_sees_the_own_class_only() -> None:
    assert reached(Right.READ_PUPIL, grant(Role.CLASS_TEACHER, classes=frozenset({"1班"})))
    assert not reached(Right.READ_PUPIL, grant(Role.CLASS_TEACHER, classes=frozenset({"2班"})))
    assert not reached(Right.READ_PUPIL, grant(Role.CLASS_TEACHER, classes=frozenset()))


def test_classes_bind_nobody_but_class_teachers() -> None:
    assert reached(Right.READ_PUPIL, grant(Role.REGISTRAR, classes=frozenset()))


@pytest.mark.parametrize(
    ("right", "keeps", "teaches"),
    [
        (Right.READ_PUPIL, True, True),
        (Right.PROPOSE_EVENT, True, True),
        (Right.REVERSE_EVENT, True, False),
        (Right.ISSUE_PROOF, True, False),
    ],
)
def test_the_teaching_school_reads_and_proposes_the_keeping_one_decides(
    right: Right, keeps: bool, teaches: bool
) -> None:
    kept = Standing(project="x", stage="college", class_name="", kept_at="u", taught_at="s")
    assert reached(right, grant(Role.UNIVERSITY_REGISTRAR, "u"), kept) is keeps
    assert reached(right, grant(Role.REGISTRAR, "s"), kept) is teaches


@pytest.mark.parametrize("role", [role for role in Role if role in READS_PUPILS])
def test_past_stages_stay_readable_to_registrars_only(role: Role) -> None:
    (reach,) = person(grant(role)).scope(Right.READ_PUPIL, on=DAY).reaches
    assert (Tie.KEPT in reach.ties) is (role in {Role.REGISTRAR, Role.UNIVERSITY_REGISTRAR})


def test_what_is_past_is_never_changed_and_its_contacts_never_shown() -> None:
    assert {right for right, ties in TIES.items() if Tie.KEPT in ties} == {Right.READ_PUPIL}


def test_two_grants_add_their_reaches_and_an_ended_one_adds_none() -> None:
    someone = person(
        grant(Role.REGISTRAR, "a"), grant(Role.REGISTRAR, "b"), grant(Role.REGISTRAR, "c", until=date(2021, 1, 1))
    )
    scope = someone.scope(Right.READ_PUPIL, on=DAY)
    assert (scope.organisations, scope.whole) == (frozenset({"a", "b"}), False)


def test_a_visitor_may_only_try_to_sign_in_and_check_a_proof() -> None:
    assert [right for right in Right if visitor(Door.WEB).may(right, on=DAY)] == [
        Right.SIGN_IN,
        Right.CHECK_PROOF,
    ]


def test_whoever_is_at_the_machine_operates_the_whole_and_sees_no_pupil() -> None:
    operator = machine_operator("root")
    assert (operator.id, operator.door, operator.account) == ("operator@root", Door.CLI, "root")
    assert operator.scope(Right.MANAGE_PEOPLE, on=DAY).whole
    assert not operator.may(Right.READ_PUPIL, on=DAY)


@pytest.mark.parametrize("member", [*Role, *Right, *Door])
def test_each_word_of_the_closed_lists_has_its_chinese(member: Role | Right | Door) -> None:
    assert member.label
    assert not member.label.isascii()
    assert type(member)(member.value) is member


def test_every_right_on_a_pupil_asks_for_a_purpose() -> None:
    assert set(TIES) <= PURPOSEFUL
    assert not SIGNATURES & {Right.READ_PUPIL, Right.PROPOSE_EVENT}


names = st.sampled_from(["a", "b", "c"])
sets = st.one_of(st.just(EVERY), st.frozensets(names))


@given(
    role=st.sampled_from(Role), right=st.sampled_from(Right), at=names, until=st.integers(-3, 3), where=names, s=sets
)
def test_nobody_reaches_a_pupil_without_right_day_tie_and_every_named_part(
    role: Role, right: Right, at: str, until: int, where: str, s: frozenset[str]
) -> None:
    held = grant(role, at, until=DAY + timedelta(until), projects=s, classes=s)
    pupil = Standing(project="a", stage="secondary", class_name="b", kept_at=where, taught_at="c")
    try:
        covered = person(held).scope(right, on=DAY).covers(pupil)
    except NotAllowed:
        covered = False
    ties = TIES.get(right, frozenset())
    tied = (Tie.KEEPS in ties and at == where) or (Tie.TEACHES in ties and at == "c")
    parts = (ANY in s or "a" in s) and (role is not Role.CLASS_TEACHER or ANY in s or "b" in s)
    assert covered == (right in ROLE_RIGHTS[role] and until >= 0 and tied and parts)
