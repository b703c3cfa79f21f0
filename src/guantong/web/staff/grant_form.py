"""The form of a grant (授权): role, organisation, how far it reaches, from when until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from guantong.cohorts import is_project
from guantong.errors import InputRefused, Problem
from guantong.people import ANY, EVERY, Grant, Role
from guantong.registry import Stage
from guantong.web.staff.page import StaffSent

EVERY_WORD = "全部"
NOT_GIVEN = (Role.PUBLIC, Role.FAMILY)
"""Roles that no account holds: a visitor's, and a family's, which enters with a code."""
ROLES = tuple(role for role in Role if role not in NOT_GIVEN)
STAGES = tuple((stage.value, stage.label) for stage in (Stage.SECONDARY, Stage.COLLEGE, Stage.UNDERGRADUATE))
_LISTS = ("projects", "classes", "sections")
Organisations = Sequence[tuple[str, str, str]]


def read_grant(sent: StaffSent, organisations: Organisations) -> Grant:
    """Return the grant that a form describes; raise `InputRefused` with everything that is wrong."""
    problems: list[Problem] = []
    role = _role(sent, problems)
    place = sent.one("organisation")
    if place != ANY and place not in {name for name, _, _ in organisations}:
        problems.append(Problem(column="organisation", rule="没有选择机构", remedy="请从已录入的机构里选择。"))
    since = _day(sent, "since", problems)
    until = _day(sent, "until", problems) if sent.one("until") else None
    if since and until and until < since:
        problems.append(Problem(column="until", rule="截止日期早于起始日期", remedy="请核对两个日期。"))
    lists = {name: _names(sent, name, problems) for name in _LISTS}
    stages = frozenset(sent.many("stages")) & {value for value, _ in STAGES}
    if wrong := [name for name in sorted(lists["projects"]) if name != ANY and not is_project(name)]:
        remedy = "请写成“牵头学校:合作高校:类型:专业代码”，或写“全部”。"
        problems += [Problem(column="projects", value=name[:80], rule="不是项目编号", remedy=remedy) for name in wrong]
    if problems or role is None or since is None:
        raise InputRefused(problems)
    every = EVERY if len(stages) == len(STAGES) else stages
    return Grant(role=role, organisation=place, since=since, until=until, stages=every, **lists)


def grant_context(sent: StaffSent | None, organisations: Organisations, today: date) -> Mapping[str, object]:
    """Return what `guantong/staff/grant_fields.html` shows: the choices, and what was given."""
    given = sent or StaffSent()
    stages = given.many("stages") if sent else tuple(value for value, _ in STAGES)
    return {
        "roles": [(role.value, role.label, role.value == given.one("role")) for role in ROLES],
        "organisations": [(name, title, name == given.one("organisation")) for name, title, _ in organisations],
        "every_organisation": given.one("organisation") == ANY,
        "stages": [(value, label, value in stages) for value, label in STAGES],
        "lists": [(name, LIST_WORDS[name], given.one(name) if sent else EVERY_WORD) for name in _LISTS],
        "since": given.one("since") if sent else today.isoformat(),
        "until": given.one("until"),
    }


LIST_WORDS = {"projects": "项目编号", "classes": "班级（只用于班主任）", "sections": "处室栏目（只用于填报人）"}


def _role(sent: StaffSent, problems: list[Problem]) -> Role | None:
    for role in ROLES:
        if role.value == sent.one("role"):
            return role
    problems.append(Problem(column="role", rule="没有选择角色", remedy="请选择一个角色。"))
    return None


def _day(sent: StaffSent, name: str, problems: list[Problem]) -> date | None:
    try:
        return date.fromisoformat(sent.one(name))
    except ValueError:
        value = sent.one(name)[:20]
        problems.append(Problem(column=name, value=value, rule="日期读不出来", remedy="请写成 2026-11-20 的样子。"))
        return None


def _names(sent: StaffSent, name: str, problems: list[Problem]) -> frozenset[str]:
    words = [part.strip() for part in sent.one(name).replace("，", "\n").replace("、", "\n").split("\n")]
    given = frozenset(word for word in words if word)
    if not given:
        remedy = f"请写“{EVERY_WORD}”，或一行写一个。"
        problems.append(Problem(column=name, rule="没有写明范围", remedy=remedy))
    return EVERY if EVERY_WORD in given or ANY in given else given
