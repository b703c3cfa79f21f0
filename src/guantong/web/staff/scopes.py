"""Classes as choices of a form (范围): one value each, taken apart again where it comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guantong.actions.groups import Group, Selection
from guantong.actions.papers import project_name
from guantong.cohorts import is_project, project_named
from guantong.errors import GuantongError, InputRefused, Problem
from guantong.web.staff.frame import Labelled, labelled

_BETWEEN = "~"
_PARTS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One class, or all classes of a cohort: the form's value and the words beside it."""

    value: str
    words: str
    pupils: int


def choices(groups: Sequence[Group]) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """Return the choices under the name of their project and cohort; the whole cohort first."""
    named: dict[tuple[str, int, str], list[Group]] = {}
    for group in groups:
        chosen = group.selection
        named.setdefault((chosen.project, chosen.cohort, group.institution), []).append(group)
    return tuple(
        (f"{cohort} 级　{project_name(project_named(project))}", tuple(_choices(project, cohort, institution, parts)))
        for (project, cohort, institution), parts in named.items()
    )


def chosen(value: str) -> tuple[Selection, str]:
    """Return what a form's value names: the selection and the institution; raise `InputRefused`."""
    parts = value.split(_BETWEEN, _PARTS - 1)
    if len(parts) != _PARTS or not is_project(parts[0]) or not parts[1].isdecimal() or len(parts[1]) != 4:
        raise InputRefused([Problem(column="group", rule="没有选择范围", remedy="请从列表里选择年级或班级。")])
    project, cohort, institution, class_name = parts
    return Selection(project=project, cohort=int(cohort), class_name=class_name), institution


def words_of(selection: Selection) -> str:
    """Return a selection as people say it."""
    where = selection.class_name or "全年级"
    return f"{selection.cohort} 级　{where}　{project_name(project_named(selection.project))}"


def problems_of(refused: GuantongError | None) -> Labelled:
    """Return what was refused as the lines of a form: its problems, or its own sentence."""
    if refused is None:
        return ()
    return labelled(refused) or labelled((Problem(rule=refused.message.rstrip("。"), remedy="请改选后再试。"),))


def _choices(project: str, cohort: int, institution: str, parts: Sequence[Group]) -> list[Choice]:
    whole = _BETWEEN.join((project, str(cohort), institution, ""))
    first = Choice(value=whole, words=f"{cohort} 级全年级", pupils=sum(part.pupils for part in parts))
    return [
        first,
        *(
            Choice(value=whole + part.selection.class_name, words=part.selection.class_name, pupils=part.pupils)
            for part in parts
        ),
    ]
