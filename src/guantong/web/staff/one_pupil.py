"""One pupil's page (学生档案): where the pupil stands, the years, the events, what may happen next, the papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guantong.actions import attachments, corrections, dossiers, papers_of_events, pupils
from guantong.actions.corrections import FIELDS
from guantong.actions.dossiers import Dossier
from guantong.actions.roster_file import COLUMNS
from guantong.cohorts import Event, EventKind, Possible, PupilState, Standing, Verdict, YearRow, timeline
from guantong.errors import InputRefused, Problem, RecordChanged
from guantong.people import Right
from guantong.web.staff.conflict import conflict, seen_version
from guantong.web.staff.page import Download, StaffAsked, StaffPage
from guantong.web.staff.pupil_words import (
    MEDIA,
    OUTCOMES,
    details_words,
    major_words,
    paper_words,
    planned,
    problems_in_words,
    project_words,
    stage_words,
    state_facts,
    status_words,
)
from guantong.web.staff.respond import staff

HOME = "/desk/pupils"
ERASED = "（个人信息已删除）"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One event of the record in words, with what may be done about it."""

    number: int
    id: str
    kind: str
    on: date
    details: tuple[tuple[str, str], ...]
    paper: str
    standing: str
    open: bool
    outcome: str
    outcome_words: str
    why: str
    undone: bool
    clauses: tuple[str, ...]
    files: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """One school year of the timeline."""

    row: YearRow
    planned: str
    events: tuple[tuple[str, date], ...]
    state: str
    off: bool


def pupil_page(asked: StaffAsked, pupil: str) -> StaffPage:
    """Return a pupil's page; a past stage's reader sees it up to the end of that stage, and nothing to do."""
    dossier = dossiers.view_dossier(pupil, by=asked.by)
    record, state = dossier.record, dossier.state
    may_step = asked.may(Right.PROPOSE_EVENT) and record.until is None and record.personal is not None
    groups = _grouped(dossier.possible) if may_step else ()
    context = {
        "record": record,
        "who": record.personal,
        "state": state,
        "facts": state_facts(state) if state else (),
        "status": status_words(record.status),
        "stage": stage_words(record.standing.stage),
        "project": project_words(record.standing.project),
        "major": major_words(state.major, record.standing.project) if state else "",
        "years": _years(dossier, asked.today),
        "events": event_rows(dossier),
        "groups": groups,
        "may_step": may_step,
        "may_family": asked.may(Right.ISSUE_FAMILY_CODE) and record.until is None and record.personal is not None,
        "may_prove": _may_prove(dossier, asked),
        "may_contact": asked.may(Right.READ_CONTACT) and record.until is None and record.personal is not None,
        "may_reverse": _reaches(dossier, asked, Right.REVERSE_EVENT),
        "may_confirm": _reaches(dossier, asked, Right.CONFIRM_EVENT),
        "loose": [row for row in _files(dossier) if not row[0]],
        "base": f"{HOME}/{pupil}",
        "erased": ERASED,
    }
    title = record.personal.name if record.personal else ERASED
    return StaffPage(title=title, template="guantong/staff/pupil_one.html", context=context)


def contact_page(asked: StaffAsked, pupil: str) -> StaffPage:
    """Say first that looking is journalled; once asked for, show numbers and addresses in full."""
    asked.need(Right.READ_CONTACT)
    context: dict[str, object] = {"base": f"{HOME}/{pupil}"}
    if asked.sent is not None:
        context |= {"record": (record := pupils.view_contact(pupil, by=asked.by)), "who": record.personal}
    return StaffPage(title="证件号码与联系方式", template="guantong/staff/pupil_contact.html", context=context)


def correct_page(asked: StaffAsked, pupil: str) -> StaffPage:
    """Return the form that corrects personal fields; what is left empty stays as it is."""
    asked.need(Right.PROPOSE_EVENT)
    problems: tuple[tuple[Problem, str], ...] = ()
    given: dict[str, str] = {}
    if asked.sent is not None:
        given = {name: asked.sent.one(name) for name in FIELDS if asked.sent.one(name)}
        try:
            seen = seen_version(asked.sent)
            changed = corrections.correct_personal(pupil, given, seen=seen, by=asked.by)
        except InputRefused as refused:
            problems = problems_in_words(refused.problems)
        except RecordChanged as changed_meanwhile:
            mine = [(COLUMNS[name], "已填写，未写入") for name in given]
            return conflict(asked, pupil, changed_meanwhile, mine, again=f"{HOME}/{pupil}/correct")
        else:
            names = "、".join(COLUMNS[name] for name in changed)
            return StaffPage(redirect=f"{HOME}/{pupil}", notice=f"已更正：{names}。")
    record = pupils.view_pupil(pupil, by=asked.by)
    fields = [(name, COLUMNS[name], given.get(name, "")) for name in FIELDS]
    context = {"record": record, "fields": fields, "problems": problems, "base": f"{HOME}/{pupil}"}
    status = InputRefused.status if problems else 200
    return StaffPage(title="更正个人信息", template="guantong/staff/pupil_correct.html", context=context, status=status)


def add_file_page(asked: StaffAsked, pupil: str) -> StaffPage:
    """Keep an uploaded paper and lead back to the pupil."""
    if asked.sent is None:
        return StaffPage(redirect=f"{HOME}/{pupil}")
    file = asked.sent.file("file")
    if file is None:
        raise InputRefused([Problem(column="附件", rule="还没有选择文件", remedy="请选择 PDF、JPG 或 PNG 扫描件。")])
    seen = seen_version(asked.sent)
    attachments.add_attachment(pupil, asked.sent.one("event"), file.content, seen=seen, by=asked.by)
    return StaffPage(redirect=f"{HOME}/{pupil}", notice="附件已保存。")


def file_page(asked: StaffAsked, pupil: str, name: str) -> StaffPage:
    """Hand out a paper as a download, never to be opened in the page."""
    kept, content = attachments.take_attachment(pupil, name, by=asked.by)
    ending = papers_of_events.KINDS[kept.kind]
    return StaffPage(download=Download(name=f"附件-{name[:8]}.{ending}", content=content, kind=kept.kind))


def event_rows(dossier: Dossier) -> tuple[EventRow, ...]:
    """Return every event of a record in words, the latest first."""
    recorded = dossier.record.events
    undone = {kept.event.reverses for kept in recorded if kept.outcome == "applied"}
    rows = (
        EventRow(
            number=kept.number,
            id=kept.event.id,
            kind=kept.event.kind.label,
            on=kept.event.effective_on,
            details=_said(kept.event, recorded_kinds(dossier)),
            paper=paper_words(kept.event),
            standing=kept.event.standing.label,
            open=kept.event.standing is Standing.ON_DOCUMENT,
            outcome=kept.outcome,
            outcome_words="已撤销" if kept.event.id in undone else OUTCOMES[kept.outcome],
            why=kept.why,
            undone=kept.event.id in undone or kept.event.kind is EventKind.CORRECTED,
            clauses=dossier.clauses.get(kept.event.receipt, ()),
            files=tuple(row[1:] for row in _files(dossier) if row[0] == kept.event.id),
        )
        for kept in recorded
    )
    return tuple(sorted(rows, key=lambda row: (row.on, row.number), reverse=True))


def recorded_kinds(dossier: Dossier) -> dict[str, str]:
    """Return what each event of a record is called, by its id."""
    return {kept.event.id: f"{kept.event.effective_on} {kept.event.kind.label}" for kept in dossier.record.events}


def _said(event: Event, names: dict[str, str]) -> tuple[tuple[str, str], ...]:
    undone = (("撤销的记录", names.get(event.reverses, "")),) if event.reverses else ()
    return (*undone, *details_words(event))


def _files(dossier: Dossier) -> list[tuple[str, str, str, int]]:
    """Return event, id, kind in words and size in kB of each paper that is still there."""
    return [
        (kept.event, kept.id, MEDIA[kept.kind], max(1, kept.size // 1024)) for kept in dossier.files if not kept.erased
    ]


def _years(dossier: Dossier, today: date) -> tuple[Year, ...]:
    if dossier.state is None:
        return ()
    rows = timeline(dossier.record.event_list(), planned(dossier.state.project), today)
    return tuple(
        Year(
            row=row,
            planned=row.planned.value if row.planned else "",
            events=tuple((event.kind.label, event.effective_on) for event in row.events),
            state=_state_line(row.state) if row.state else "",
            off=row.follows_plan is False,
        )
        for row in rows
    )


def _state_line(state: PupilState) -> str:
    return f"{state.stage.label} · {state.status.label}"


def _grouped(possible: tuple[Possible, ...]) -> tuple[tuple[str, str, list[Possible]], ...]:
    """Return the steps by what may be said of them: to be done, to be settled, against the rules, not possible."""
    groups = (
        ("can", "可以办理", (Verdict.YES, Verdict.STRUCTURAL)),
        ("open", "还不能判断：补上缺的内容，或依据文件办理", (Verdict.UNKNOWN,)),
        ("not", "不符合规定：须有主管部门书面批准", (Verdict.NO,)),
        ("never", "与学籍记录不符，现在不能办理", (Verdict.IMPOSSIBLE,)),
    )
    shown = [step for step in possible if not step.kind.begins]
    found = ((name, words, [step for step in shown if step.verdict in verdicts]) for name, words, verdicts in groups)
    return tuple(group for group in found if group[2])


def _may_prove(dossier: Dossier, asked: StaffAsked) -> bool:
    """Tell whether proofs and letters are this person's to give: the institution keeps the pupil now."""
    return dossier.record.personal is not None and _reaches(dossier, asked, Right.ISSUE_PROOF)


def _reaches(dossier: Dossier, asked: StaffAsked, right: Right) -> bool:
    """Tell whether a right is held for this very pupil, where the pupil stands now."""
    record = dossier.record
    held = asked.may(right) and record.until is None
    return held and asked.by.scope(right, on=asked.today).covers(record.standing)


addresses = (
    staff("desk/pupils/<str:pupil>", pupil_page, "desk-pupil"),
    staff("desk/pupils/<str:pupil>/contact", contact_page, "desk-contact", sends=True),
    staff("desk/pupils/<str:pupil>/correct", correct_page, "desk-correct", sends=True),
    staff("desk/pupils/<str:pupil>/files", add_file_page, "desk-add-file", sends=True),
    staff("desk/pupils/<str:pupil>/files/<str:name>", file_page, "desk-file"),
)
