"""Notices (通知) on paper, one page each: the result of a transition for a class, the decision on a pupil's step.

A notice says what the record says: nothing is decided here, and nothing of it is kept but the entry
that it was made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.books import contents, organisation_title
from guantong.actions.clock import today
from guantong.actions.papers import marked, stage_name
from guantong.actions.words import Act
from guantong.cohorts import Event, EventKind, Standing, effective, project_named
from guantong.errors import EventUnknown, InputRefused, NotAllowed, Problem, StepRefused
from guantong.people import Person, Right
from guantong.reports.bundles import bind
from guantong.reports.layout import lay_out, name_runs, printed_day
from guantong.reports.letters import Notice, notice
from guantong.reports.pdf import write_pdf
from guantong.reports.runs import Named, Role, Run, Runs, Text
from guantong.store import events, named_rows, pupils
from guantong.store.named_rows import NamedRow, Selection
from guantong.store.records import PupilRecord, RecordedEvent

MOST_LETTERS = 200
TURNED_DOWN = "turned_down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """Letters in one PDF, and for how many pupils."""

    pdf: bytes
    letters: int


def transition_notices(selection: Selection, institution: str, *, by: Person) -> Notices:
    """Return the letters to everybody of a class who was assessed; raise `StepRefused` where nobody was."""
    with attempt(Act.NOTICE_MADE, Right.ISSUE_PROOF, by=by) as scope:
        if institution not in scope.organisations:
            raise NotAllowed(right=scope.right.label, why="不在您的授权范围内")
        rows = named_rows.selected(selection, institution, scope=scope)
        said = [(row, event) for row in rows if (event := _last_assessed(row.events)) is not None]
        if not said:
            raise StepRefused(step="制作转段结果通知", why="所选范围里没有已登记考核结果的学生")
        if len(said) > MOST_LETTERS:
            rule = f"一次最多 {MOST_LETTERS} 份"
            raise InputRefused([Problem(column="class_name", rule=rule, remedy="请按班级分次制作。")])
        pdf = bind([_letter(_transition(row, event, institution)) for row, event in said])
        leave_entry(entry(Act.NOTICE_MADE, index=[row.id for row, _ in said]), by=by)
    return Notices(pdf=pdf, letters=len(said))


def decision_notice(event_id: str, *, by: Person) -> Notices:
    """Return the letter that tells a pupil what became of a step; `EventUnknown` out of scope, `StepRefused` before."""
    with attempt(Act.NOTICE_MADE, Right.ISSUE_PROOF, by=by) as scope:
        record = pupils.get(events.pupil_of(event_id, scope=scope), scope=scope)
        kept = next((kept for kept in record.events if kept.event.id == event_id), None)
        if kept is None:
            raise EventUnknown(event_id)
        if kept.outcome == events.WAITING:
            raise StepRefused(step="制作办理结果通知", why="这一步还在等待确认")
        if record.personal is None:
            raise StepRefused(step="制作办理结果通知", why="个人信息已删除")
        clauses = events.clauses_of(kept.event.receipt)
        pdf = _letter(_decision(record, kept, clauses))
        leave_entry(entry(Act.NOTICE_MADE, record.id), by=by)
    return Notices(pdf=pdf, letters=1)


def _letter(paper: Notice) -> bytes:
    return write_pdf(lay_out(marked(notice(paper)))).content


def _last_assessed(happened: Sequence[Event]) -> Event | None:
    found = [event for event in effective(happened) if event.kind is EventKind.ASSESSED]
    return found[-1] if found else None


def _transition(row: NamedRow, assessed: Event, institution: str) -> Notice:
    """Say whether the assessment was passed, and what has followed from it so far."""
    after = [event for event in effective(row.events) if event.effective_on >= assessed.effective_on]
    project = project_named(row.project)
    opening: tuple[Run, ...] = (
        Text("你参加了"), *name_runs(project.kind.label), Text("项目"), printed_day(assessed.effective_on),
        Text("的转段考核，结果为："),
        Text("达到转段条件" if assessed.flag("passed") else "未达到转段条件", strong=True),
        Text("。"),
    )  # fmt: skip
    following = _passed(after) if assessed.flag("passed") else _not_passed(after, guantong=project.kind.is_guantong)
    ask = "对结果有疑问的，可以向班主任或学籍管理老师询问，学校会说明所依据的条款。"
    return Notice(
        title="转段结果通知",
        addressee=f"{row.personal.name}同学及家长",
        paragraphs=(opening, following, (Text(ask),)),
        issuer=organisation_title(institution),
        issued=today(),
    )


def _passed(after: Sequence[Event]) -> Runs:
    moved = next((event for event in after if event.kind is EventKind.MOVED_ON), None)
    if moved is None:
        return (Text("转入下一学段的手续还在办理，办妥后学校会另行告知。"),)
    school = (
        (Text("，就读学校为"), *name_runs(organisation_title(moved.text("school")))) if moved.text("school") else ()
    )
    return (
        Text("你自"), printed_day(moved.effective_on), Text("起转入"), Text(stage_name(moved.text("stage"))), *school,
        Text("。请按学校通知的时间办理学籍注册。"),
    )  # fmt: skip


def _not_passed(after: Sequence[Event], *, guantong: bool) -> Runs:
    repeated = next((event for event in after if event.kind is EventKind.REPEATED), None)
    if repeated is not None:
        year = (Named(repeated.text("class_year"), Role.YEAR), Text("级")) if repeated.text("class_year") else ()
        return (Text("按你的选择，自"), printed_day(repeated.effective_on), Text("起编入"), *year, Text("继续学习。"))
    if not guantong:
        return (Text("接下来怎样办理，由学校按所在学段的学籍规定答复。"),)
    choice = "符合留级条件的，可以选择留到本校下一届相同或相近专业；也可以在学完本学段后毕业。请与班主任联系。"
    return (Text(choice),)


def _decision(record: PupilRecord, kept: RecordedEvent, clauses: Sequence[str]) -> Notice:
    assert record.personal is not None
    event = kept.event
    done = kept.outcome != TURNED_DOWN
    result: tuple[Run, ...] = (
        Text("学校登记的"), Text(f"“{event.kind.label}”，办理结果为："),
        Text("已办理" if done else "未获确认，不作变动", strong=True),
    )  # fmt: skip
    since: tuple[Run, ...] = (Text("，自"), printed_day(event.effective_on), Text("起生效")) if done else ()
    return Notice(
        title="学籍变动办理结果通知",
        addressee=f"{record.personal.name}同学及家长",
        paragraphs=((*result, *since, Text("。")), _grounds(event, clauses), (Text(_ASK),)),
        issuer=organisation_title(record.standing.kept_at),
        issued=today(),
    )


_ASK = "如有疑问，可以向学籍管理老师询问；认为记录有误的，可以申请更正。"


def _grounds(event: Event, clauses: Sequence[str]) -> Runs:
    """Say what the step rests on: its standing, the paper behind it, the clauses that were asked."""
    runs: list[Run] = [Text("办理方式："), Text(event.standing.label)]
    if event.standing in (Standing.APPROVED, Standing.ON_DOCUMENT):
        runs += [Text("，文件为"), *name_runs(event.text("document_issuer")), *name_runs(event.text("document_number"))]
        runs += [Text("（"), printed_day(date.fromisoformat(event.text("document_date"))), Text("）")]
    names = [name for clause in clauses if (name := _clause_name(clause))]
    if names:
        runs += [Text("。所据条款："), *name_runs("；".join(names))]
    return (*runs, Text("。"))


def _clause_name(clause: str) -> str:
    """Return a clause as papers cite it; "" where no rulebook holds it any more."""
    books = (contents().rulebook(name) for name in contents().rulebook_ids)
    found = next((book.clauses[clause] for book in books if clause in book.clauses), None)
    if found is None:
        return ""
    source = contents().sources.get(found.place.document)
    number = (
        found.number if source is None or found.number.startswith(source.short) else f"{source.short}{found.number}"
    )
    return f"{number}（{found.title}）"
