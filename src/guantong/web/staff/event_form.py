"""The form of a step (办理表单): one field for each detail, with what may be chosen and what is already known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from guantong.actions.books import contents, organisation_title
from guantong.actions.event_writing import NewEvent
from guantong.cohorts import DETAILS, Detail, DetailType, EventKind, Possible, PupilState, is_project, project_named
from guantong.errors import InputRefused, Problem
from guantong.policies.inputs import InputKind, InputSpec
from guantong.registry import Stage
from guantong.web.staff.page import StaffSent
from guantong.web.staff.pupil_words import project_words

FACT, DETAIL = "f_", "d_"
_YES_NO = (("true", "是"), ("false", "否"))
_SEATS = frozenset({"school", "institution", "issuer"})
_LONGEST = 400
MAJOR_HINT = "不填就用所选项目的专业"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One field of a form: how it is named and labelled, what stands in it, what may be chosen."""

    name: str
    label: str
    value: str = ""
    type: str = "text"
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""


def kind_named(text: str) -> EventKind | None:
    """Return a kind of event that may be entered; None for a correction and for what is none."""
    kinds = {kind.value: kind for kind in EventKind if kind is not EventKind.CORRECTED and not kind.begins}
    return kinds.get(text)


def read_step(kind: EventKind, sent: StaffSent) -> NewEvent:
    """Return the step that a form enters; raise `InputRefused` where the day is none."""
    details: dict[str, object] = {
        detail.name: text[:_LONGEST] for detail in DETAILS[kind] if (text := sent.one(DETAIL + detail.name))
    }
    project = str(details.get("project", ""))
    if is_project(project) and "major" not in details:
        details["major"] = project_named(project).major
    details |= {name: sent.one(name)[:_LONGEST] for name in sent.fields if name.startswith("document_")}
    facts = {
        name.removeprefix(FACT): sent.one(name) for name in sent.fields if name.startswith(FACT) and sent.one(name)
    }
    return NewEvent(kind=kind, on=read_day(sent.one("on")), details=details, facts=facts)


def read_day(text: str, column: str = "on") -> date:
    """Return a day of a form; raise `InputRefused` where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        remedy = "请写成 2026-09-01 的形式。"
        raise InputRefused([Problem(column=column, rule="缺少日期，或日期不存在", remedy=remedy)]) from None


def entries_of(
    kind: EventKind, given: Mapping[str, object], state: PupilState | None, projects: Sequence[str]
) -> tuple[Entry, ...]:
    """Return the fields of a step's details; `given` is what stands in them already, by the name of the detail."""
    offered = _offered(kind, state, projects)
    return tuple(_entry(detail, str(given.get(detail.name, "")), state, offered) for detail in DETAILS[kind])


def known_already(kind: EventKind, state: PupilState, possible: Possible) -> dict[str, object]:
    """Return what the record and the clause already say of a step, to be looked over and not typed."""
    after, partner = state.next_stage, state.project.partner
    undergraduate = after is Stage.UNDERGRADUATE
    without = next((stage for stage in state.completed if not state.holds(stage)), state.stage)
    known: dict[EventKind, dict[str, object]] = {
        EventKind.REGISTERED: {"stage": state.stage.value, "institution": possible.institution},
        EventKind.STAGE_COMPLETED: {"stage": state.stage.value},
        EventKind.ASSESSED: {"stage": state.stage.value},
        EventKind.MOVED_ON: {"stage": after.value if after else "", "school": partner if undergraduate else ""},
        EventKind.REPEATED: {"class_year": state.class_year + 1},
        EventKind.RESUMED: {"class_year": state.class_year + 1},
        EventKind.GRADUATED: {"stage": without.value, "issuer": possible.institution},
        EventKind.LEFT_PROJECT: {"issuer": possible.institution if state.stage_completed else ""},
        EventKind.DEGREE_AWARDED: {"issuer": partner},
    }
    return {name: value for name, value in known.get(kind, {}).items() if value}


def fact_entries(missing: Iterable[InputSpec], given: Mapping[str, object]) -> tuple[Entry, ...]:
    """Return a field for each input that an open answer lacks, and for those already entered."""
    return tuple(
        Entry(
            name=FACT + spec.name,
            label=spec.label,
            value=str(given.get(spec.name, "")),
            choices=_fact_choices(spec),
        )
        for spec in missing
    )


def paper_entries(papers: Iterable[Detail], given: Mapping[str, object]) -> tuple[Entry, ...]:
    """Return the fields of the paper a step rests on; the file itself is uploaded."""
    return tuple(
        Entry(
            name=detail.name,
            label=detail.label,
            value=str(given.get(detail.name, "")),
            type="date" if detail.type is DetailType.DAY else "text",
            required=detail.required,
        )
        for detail in papers
        if detail.name != "document_file"
    )


def _offered(kind: EventKind, state: PupilState | None, projects: Sequence[str]) -> tuple[str, ...]:
    """Return the projects that a step may lead to, on record or in the plans: of the same school, or of others."""
    if state is None:
        return tuple(projects)
    other = kind is EventKind.CHANGED_SCHOOL
    names = sorted({*projects, *_planned_projects()} - {state.project.id})
    own = () if other else (state.project.id,)
    return (*own, *(name for name in names if (project_named(name).lead == state.project.lead) is not other))


@lru_cache(maxsize=1)
def _planned_projects() -> frozenset[str]:
    """Return the projects that the loaded plans show, by the ids of their schools and the code of their major."""
    rows = contents().plans.programmes.values()
    names = (f"{row.school_id}:{row.partner_id}:{row.type.value}:{row.code}" for row in rows if row.school_id)
    return frozenset(filter(is_project, names))


def _entry(detail: Detail, value: str, state: PupilState | None, projects: Sequence[str]) -> Entry:
    follows = detail.name == "major"
    return Entry(
        name=DETAIL + detail.name,
        label=detail.label,
        value=_as_chosen(detail, value),
        type={DetailType.DAY: "date", DetailType.WHOLE: "number"}.get(detail.type, "text"),
        required=detail.required and not follows,
        choices=_choices(detail, state, projects),
        hint=MAJOR_HINT if follows else "",
    )


def _as_chosen(detail: Detail, value: str) -> str:
    """Return a value as its drop-down holds it: 是 and 否 are true and false."""
    if detail.type is not DetailType.FLAG:
        return value
    return {"True": "true", "False": "false", "是": "true", "否": "false"}.get(value, value)


def _choices(detail: Detail, state: PupilState | None, projects: Sequence[str]) -> tuple[tuple[str, str], ...]:
    if detail.type is DetailType.FLAG:
        return _YES_NO
    if detail.type is DetailType.CHOICE:
        return detail.choices
    if detail.type is DetailType.PROJECT:
        return tuple((name, project_words(name)) for name in projects)
    return _seats(state) if detail.name in _SEATS else ()


def _seats(state: PupilState | None) -> tuple[tuple[str, str], ...]:
    """Return institutions: those of the pupil's own project first, then every other that the contents name."""
    own = (state.school, state.project.lead, state.project.partner, state.registered_at) if state else ()
    names = dict.fromkeys((*own, *contents().registry.institutions))
    return tuple((name, organisation_title(name)) for name in names if name)


def _fact_choices(spec: InputSpec) -> tuple[tuple[str, str], ...]:
    if spec.kind is InputKind.BOOLEAN:
        return (("yes", "是"), ("no", "否"))
    return spec.choices if spec.kind is InputKind.CHOICE else ()
