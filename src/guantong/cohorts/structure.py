"""What the record itself rules out (记录上不成立), whatever any rule or approval says.

One registration at a time; stages in order; a certificate only after its stage; nothing after a
final status but a correction, and the degree that follows graduation.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from guantong.cohorts.details import Value
from guantong.cohorts.kinds import EventKind, Status
from guantong.cohorts.projects import ProjectKind, project_named
from guantong.cohorts.pupil import PupilState
from guantong.registry import Stage

_EARLY = (Status.ADMITTED, Status.PLACE_KEPT)
_ENROLLED = (Status.ENROLLED,)
_THERE = (Status.ENROLLED, Status.SUSPENDED)
_WHEN: Mapping[EventKind, tuple[Status, ...]] = {
    EventKind.NOT_ARRIVED: _EARLY,
    EventKind.PLACE_KEPT: (Status.ADMITTED,),
    EventKind.REGISTERED: (*_EARLY, Status.ENROLLED),
    EventKind.RESUMED: (Status.SUSPENDED,),
    EventKind.DROPPED_OUT: _THERE,
    EventKind.DISCIPLINED: _THERE,
    EventKind.DISCIPLINE_LIFTED: _THERE,
    EventKind.DEGREE_AWARDED: (Status.GRADUATED,),
}
_IN_THE_STAGE = (
    EventKind.STAGE_COMPLETED,
    EventKind.ASSESSED,
    EventKind.MOVED_ON,
    EventKind.REPEATED,
    EventKind.LEFT_PROJECT,
)
_NEEDS_A_NEXT_STAGE = (EventKind.ASSESSED, EventKind.MOVED_ON)


def obstacle(state: PupilState | None, kind: EventKind) -> str:
    """Return why an event of this kind cannot stand after what is recorded; "" where it can.

    `state` is None before any event of the pupil.
    """
    if state is None:
        return "" if kind.begins else "还没有录取或转入记录"
    if kind.begins:
        return "已有录取或转入记录"
    if kind is EventKind.CORRECTED:
        return ""
    if state.status not in _WHEN.get(kind, _ENROLLED):
        after = "，除更正外不再有后续记录" if state.status.is_final else ""
        return f"学籍状态是“{state.status.label}”{after}"
    if kind in _IN_THE_STAGE and state.needs_registration:
        return f"{state.stage.label}阶段还没有注册学籍"
    if kind in _NEEDS_A_NEXT_STAGE and state.next_stage is None:
        return f"{state.project.kind.label}的最后一个学段之后没有转段"
    return _more(state, kind)


def _more(state: PupilState, kind: EventKind) -> str:
    """Return what single kinds ask of the record beyond the status."""
    refusals = {
        EventKind.REGISTERED: (not state.needs_registration, "本学段已经注册，一人同时只有一处学籍"),
        EventKind.STAGE_COMPLETED: (not _uncompleted(state), "到本学段为止的学业都已记录完成"),
        EventKind.ASSESSED: (
            state.assessment is not None and state.assessment.passed,
            "这次转段考核已经达到条件",
        ),
        EventKind.REPEATED: (state.holds(state.stage), "已领本学段毕业证书，不再留级"),
        EventKind.LEFT_PROJECT: (state.project.kind is ProjectKind.PLAIN, "普通中职没有可退出的项目"),
        EventKind.DISCIPLINE_LIFTED: (not state.open_disciplines, "没有未解除的处分"),
        EventKind.GRADUATED: (not _uncertified(state), "没有已完成而未发证的学段"),
        EventKind.DEGREE_AWARDED: (
            bool(state.degree) or not state.holds(Stage.UNDERGRADUATE),
            "学位只在本科毕业后授予一次",
        ),
    }
    refused, why = refusals.get(kind, (False, ""))
    return why if refused else ""


def detail_obstacle(
    state: PupilState | None, kind: EventKind, details: Mapping[str, Value], on: date | None = None
) -> str:
    """Return why an event with these details cannot stand; "" where it can. A detail left out is not judged."""
    until = str(details.get("until", ""))
    if on and until and until < on.isoformat():
        return "截止日期早于开始日期"
    class_year = details.get("class_year")
    lowest = state.class_year if state else details.get("cohort")
    if class_year is not None and lowest is not None and int(class_year) < int(lowest):
        return f"编入年级不能早于 {lowest} 级"
    if state is None:
        return ""
    return _of_stage(state, kind, details) or _of_place(state, kind, details) or _of_paper(state, kind, details)


def _of_stage(state: PupilState, kind: EventKind, details: Mapping[str, Value]) -> str:
    if "stage" not in details:
        return ""
    stage = Stage(str(details["stage"]))
    fitting = {
        EventKind.REGISTERED: (state.stage,),
        EventKind.ASSESSED: (state.stage,),
        EventKind.MOVED_ON: (state.next_stage,),
        EventKind.STAGE_COMPLETED: _uncompleted(state),
        EventKind.GRADUATED: _uncertified(state),
    }
    if stage in fitting.get(kind, (stage,)):
        return ""
    if kind is EventKind.GRADUATED:
        return f"{stage.label}阶段没有完成，或已发过毕业证书"
    return f"学段不对：现在是{state.stage.label}阶段，这一步不能写{stage.label}"


def _of_place(state: PupilState, kind: EventKind, details: Mapping[str, Value]) -> str:
    if kind is EventKind.REPEATED and details.get("class_year", state.class_year + 1) != state.class_year + 1:
        return f"留级是留到下一届，应编入 {state.class_year + 1} 级"
    if "project" not in details:
        return ""
    target = project_named(str(details["project"]))
    if state.stage not in target.kind.stages:
        return f"{target.kind.label}没有{state.stage.label}阶段"
    if kind is EventKind.CHANGED_SCHOOL:
        return "转学要换牵头院校；校内更换专业请用转专业" if target.lead == state.project.lead else ""
    if target.lead != state.project.lead:
        return "牵头院校变了，应按转学办理"
    if kind is EventKind.CHANGED_MAJOR:
        same = (target, details.get("major", state.major)) == (state.project, state.major)
        return "转入的就是现在的项目和专业" if same else ""
    return "留级和复学不改变项目类别" if target.kind is not state.project.kind else ""


def _of_paper(state: PupilState, kind: EventKind, details: Mapping[str, Value]) -> str:
    number = str(details.get("number", ""))
    if kind is EventKind.DISCIPLINED and number in (*state.open_disciplines, *state.lifted_disciplines):
        return "这个文号的处分已经记录"
    if kind is EventKind.DISCIPLINE_LIFTED and number and number not in state.open_disciplines:
        return "没有这个文号的未解除处分"
    if kind is EventKind.LEFT_PROJECT and "issuer" in details:
        if state.holds(state.stage):
            return "本学段毕业证书已经发过，不再填发证院校"
        return "" if state.stage_completed else "本学段学业没有完成，不能发毕业证书"
    return ""


def _uncompleted(state: PupilState) -> tuple[Stage, ...]:
    """Return the stages up to the present one whose completion is not recorded."""
    stages = state.project.kind.stages
    reached = stages[: stages.index(state.stage) + 1]
    return tuple(stage for stage in reached if stage not in state.completed)


def _uncertified(state: PupilState) -> tuple[Stage, ...]:
    """Return the completed stages without a certificate."""
    return tuple(stage for stage in state.completed if not state.holds(stage))
