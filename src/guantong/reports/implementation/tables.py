"""The tables of an implementation report: each number bound to the register, each table with its total."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from guantong.cohorts import EventKind, Status
from guantong.registry import Stage
from guantong.reports.implementation.content import Reply, ReportContent
from guantong.reports.implementation.figures import CohortFigures, ReportFigures
from guantong.reports.layout import name_runs, printed_day
from guantong.reports.model import Align, Cell, Table
from guantong.reports.runs import Bound, Named, Quoted, Role, Runs, Text

Column = tuple[str, Callable[[CohortFigures], int]]
PERSONS, TIMES, COPIES = (Text("人"),), (Text("人次"),), (Text("份"),)
STAGES = (Stage.SECONDARY, Stage.COLLEGE, Stage.UNDERGRADUATE)
LEFT = (Status.NOT_ARRIVED, Status.LEFT, Status.DROPPED_OUT, Status.COMPLETION, Status.PARTIAL, Status.GRADUATED)
WAITING = (Status.ADMITTED, Status.PLACE_KEPT)
SHOWN = (
    EventKind.ADMITTED, EventKind.TRANSFERRED_IN, EventKind.NOT_ARRIVED, EventKind.PLACE_KEPT, EventKind.REGISTERED,
    EventKind.STAGE_COMPLETED, EventKind.ASSESSED,
    EventKind.MOVED_ON, EventKind.REPEATED, EventKind.SUSPENDED, EventKind.RESUMED, EventKind.CHANGED_MAJOR,
    EventKind.CHANGED_SCHOOL, EventKind.LEFT_PROJECT, EventKind.DROPPED_OUT, EventKind.COMPLETED_WITHOUT_DIPLOMA,
    EventKind.GRADUATED, EventKind.DEGREE_AWARDED,
)  # fmt: skip
"""What a report counts of a year; discipline and internships are kept in the register alone."""


def bound(figures: ReportFigures, value: int, name: str) -> Bound:
    """Return a number of the register, bound to its entry in the frozen figures."""
    return Bound(f"{value:,}", f"{figures.project}/{figures.year}/{name}", f"学籍登记汇总，截至 {figures.on}")


def plan_table(figures: ReportFigures) -> Table:
    """Plan against intake, per cohort; a plan that is not on record is said to be so."""
    rows = [_plan_row(figures, part) for part in figures.cohorts]
    return Table(
        caption=(Text("各级招生计划与录取、注册"),),
        unit=PERSONS,
        header=(_heads("级别", "计划数", "录取", "中职学段注册", "未报到", "保留入学资格"),),
        rows=tuple(rows),
        align=_numbers(6),
        label="plan",
        notes=tuple(_plan_note(part) for part in figures.cohorts),
    )


def present_table(figures: ReportFigures) -> Table:
    """Who is on the register on the day, by stage."""
    columns: list[Column] = [(f"{stage.label}在籍", _in_stage(stage)) for stage in STAGES]
    columns += [("休学", _of(Status.SUSPENDED)), ("已录取未注册", _of(Status.ADMITTED))]
    columns += [("保留入学资格", _of(Status.PLACE_KEPT))]
    kept = _of(Status.ENROLLED, Status.SUSPENDED, *WAITING)
    return _per_cohort(figures, "各级在籍情况", [*columns, ("小计", kept)], "present")


def left_table(figures: ReportFigures) -> Table:
    """Who is no longer on the register, and how that came."""
    columns: list[Column] = [(status.label, _of(status)) for status in LEFT]
    return _per_cohort(figures, "各级离开学籍的学生", [*columns, ("小计", _of(*LEFT))], "left")


def events_table(figures: ReportFigures) -> Table:
    """What happened since the first day of the period; what rests on unseen documents stands apart (依据未收录)."""
    rows = []
    for kind in SHOWN:
        whole, paper, leave = figures.happened(kind), figures.on_document(kind), figures.approved(kind)
        parts = {"rule": whole - paper - leave, "approved": leave, "on_document": paper, "happened": whole}
        cells = (bound(figures, value, f"{kind.value}/{name}") for name, value in parts.items())
        rows.append((_word(kind.label), *(Cell((cell,)) for cell in cells)))
    return Table(
        caption=(Text("本期学籍变动"),),
        unit=TIMES,
        header=(_heads("事项", "按规则或如实记录", "经书面批准", "依据未收录", "合计"),),
        rows=tuple(rows),
        align=_numbers(5),
        label="events",
        notes=((Text("“依据未收录”指所依据的文件没有收录，凭学校提供的文件办理，另列备查。"),),),
    )


def moves_table(figures: ReportFigures) -> Table:
    """Transitions, repeats and exits of the period, per cohort."""
    kinds = (
        EventKind.MOVED_ON, EventKind.REPEATED, EventKind.SUSPENDED, EventKind.LEFT_PROJECT,
        EventKind.DROPPED_OUT, EventKind.COMPLETED_WITHOUT_DIPLOMA,
    )  # fmt: skip
    columns: list[Column] = [(kind.label, _times(kind)) for kind in kinds]
    return _per_cohort(figures, "本期各级转段、留级与退出", columns, "moves", TIMES)


def certificates_table(figures: ReportFigures) -> Table:
    """Certificates issued in the period, by stage."""
    columns: list[Column] = [(f"{stage.label}毕业证书", _certificates(stage)) for stage in STAGES]
    return _per_cohort(figures, "本期颁发的毕业证书", columns, "certificates", COPIES)


def funnel_table(figures: ReportFigures) -> Table:
    """How far each cohort came: admitted, registered in each stage, graduated."""
    columns: list[Column] = [
        ("录取", lambda part: part.counts.funnel.admitted),
        ("中职注册", lambda part: part.counts.funnel.secondary),
        ("高职注册", lambda part: part.counts.funnel.college),
        ("本科注册", lambda part: part.counts.funnel.undergraduate),
        ("全程毕业", lambda part: part.counts.funnel.graduated),
    ]
    return _per_cohort(figures, "各级走到哪一段", columns, "funnel")


def duties_table(content: ReportContent) -> Table:
    """The obligations with what the schools answered."""
    lead = content.names.lead
    return Table(
        caption=(Text("工作要求落实情况"),),
        header=(_heads("条款", "要求", "情况", "说明"),),
        rows=tuple(_duty_row(reply, lead) for reply in content.replies),
        align=(Align.CENTRE, Align.LEFT, Align.CENTRE, Align.LEFT),
        label="duties",
    )


def _duty_row(reply: Reply, lead: str) -> tuple[Cell, ...]:
    remark: Runs = (Quoted(reply.remark, lead),) if reply.remark else ()
    duty = reply.obligation
    return Cell(name_runs(duty.number)), Cell(name_runs(duty.text)), _word(reply.answer.label), Cell(remark)


def _plan_row(figures: ReportFigures, part: CohortFigures) -> tuple[Cell, ...]:
    places, funnel = part.planned.places, part.counts.funnel
    planned: Runs = (Text("未收录"),)
    if places is not None:
        planned = (Bound(f"{places:,}", "、".join(part.planned.rows), part.planned.place),)
    numbers = {
        "admitted": funnel.admitted,
        "secondary": funnel.secondary,
        "not_arrived": part.counts.by_status[Status.NOT_ARRIVED],
        "place_kept": part.counts.by_status[Status.PLACE_KEPT],
    }
    cells = (Cell((bound(figures, value, f"{part.cohort}/{name}"),)) for name, value in numbers.items())
    return Cell(_cohort(part)), Cell(planned), *cells


def _plan_note(part: CohortFigures) -> Runs:
    said = f"：{part.planned.why}。" if part.planned.places is None else "计划数的出处："
    place = part.planned.place
    return (*_cohort(part), Text(said), *((*name_runs(place), Text("。")) if place else ()))


def _per_cohort(
    figures: ReportFigures, caption: str, columns: Sequence[Column], label: str, unit: Runs = PERSONS
) -> Table:
    """Return a table with one row per cohort and a row of totals."""
    rows = [
        (Cell(_cohort(part)), *(_cell(figures, f"{label}/{part.cohort}/{head}", take(part)) for head, take in columns))
        for part in figures.cohorts
    ]
    totals = [(head, sum(take(part) for part in figures.cohorts)) for head, take in columns]
    rows.append((_word("合计"), *(_cell(figures, f"{label}/all/{head}", total) for head, total in totals)))
    return Table(
        caption=(Text(caption),),
        unit=unit,
        header=(_heads("级别", *(head for head, _ in columns)),),
        rows=tuple(rows),
        align=_numbers(len(columns) + 1),
        label=label,
        notes=((Text("截至"), printed_day(figures.on), Text("。")),) if unit is PERSONS else (),
    )


def _cell(figures: ReportFigures, name: str, value: int) -> Cell:
    return Cell((bound(figures, value, name),))


def _cohort(part: CohortFigures) -> tuple[Named, Text]:
    return Named(str(part.cohort), Role.YEAR), Text("级")


def _heads(*words: str) -> tuple[Cell, ...]:
    return tuple(_word(word) for word in words)


def _word(word: str) -> Cell:
    return Cell((Text(word),))


def _numbers(columns: int) -> tuple[Align, ...]:
    return (Align.LEFT, *[Align.RIGHT] * (columns - 1))


def _of(*wanted: Status) -> Callable[[CohortFigures], int]:
    return lambda part: sum(part.counts.by_status[status] for status in wanted)


def _in_stage(stage: Stage) -> Callable[[CohortFigures], int]:
    return lambda part: part.counts.by_stage[stage][Status.ENROLLED]


def _times(kind: EventKind) -> Callable[[CohortFigures], int]:
    return lambda part: part.counts.happened[kind]


def _certificates(stage: Stage) -> Callable[[CohortFigures], int]:
    return lambda part: part.counts.certificates[stage]
