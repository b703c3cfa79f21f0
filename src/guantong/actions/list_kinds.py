"""Kinds of lists that leave a school by law (法定名单): a closed list, each with its clause and declared columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from guantong.actions.books import organisation_title
from guantong.actions.papers import major_name
from guantong.cohorts import Event, EventKind, Status, effective, fold, project_named
from guantong.registry import Stage
from guantong.sheets import Column
from guantong.sheets.writing import Form
from guantong.sheets.writing_xlsx import write_workbook
from guantong.store import opening
from guantong.store.handovers import Handover, Line
from guantong.store.named_rows import NamedRow

Cells = Mapping[str, str]
ORDER, NAME, NUMBER, IDENTITY = "序号", "姓名", "学号", "证件号码"
_HEAD = (ORDER, NAME, NUMBER, IDENTITY, "级", "班级", "专业")
ERASED = "（个人信息已删除）"


class ListKind(Enum):
    """Which lists there are."""

    FILING = "filing"
    REGISTRATION = "registration"
    CERTIFICATES = "certificates"

    @property
    def label(self) -> str:
        """Return the word that a page shows."""
        return _KINDS[self].label

    @property
    def clauses(self) -> tuple[str, ...]:
        """Return the clauses that ask for the list, as "<rulebook>/<clause>" is looked up."""
        return _KINDS[self].clauses

    @property
    def ground(self) -> str:
        """Return in one sentence what the list rests on."""
        return _KINDS[self].ground

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns in their order."""
        return (*_HEAD, *_KINDS[self].columns)

    @property
    def copied_to_partner(self) -> bool:
        """Tell whether the partner university gets a copy."""
        return self is ListKind.FILING

    def cells(self, row: NamedRow, sender: str) -> Cells | None:
        """Return a pupil's line; None where the pupil does not belong on the list."""
        own = _KINDS[self].own(row, sender)
        return None if own is None else {**_head(row), **own}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    label: str
    clauses: tuple[str, ...]
    ground: str
    columns: tuple[str, ...]
    own: Callable[[NamedRow, str], Cells | None]


def list_form(handover: Handover) -> Form:
    """Return the declared table of a list, with what its hidden sheet says."""
    kind = ListKind(handover.kind)
    columns = tuple(Column(name=name, whole=name in (ORDER, "级")) for name in kind.columns)
    return Form(
        id=f"handover-{kind.value}",
        version="1",
        title=f"演示{kind.label}" if opening.world() == opening.DEMO else kind.label,
        columns=columns,
        identity=frozenset({NUMBER, IDENTITY}),
        particulars={"名单编号": handover.id, "摘要": handover.digest, "人数": str(handover.rows)},
    )


def list_workbook(handover: Handover, lines: Sequence[Line]) -> bytes:
    """Return a list as XLSX; whoever was erased meanwhile keeps the line and loses the name."""
    rows = [line.cells if line.cells is not None else {ORDER: str(line.number), NAME: ERASED} for line in lines]
    return write_workbook(list_form(handover), rows)


def _head(row: NamedRow) -> Cells:
    return {
        NAME: row.personal.name,
        NUMBER: row.personal.student_number,
        IDENTITY: row.personal.identity,
        "级": str(row.cohort),
        "班级": row.class_name,
        "专业": major_name(project_named(row.project)),
    }


def _admitted(row: NamedRow, sender: str) -> Cells | None:
    first = next((event for event in effective(row.events) if event.kind.begins), None)
    if first is None:
        return None
    return {
        "录取日期": first.effective_on.isoformat(),
        "合作高校": organisation_title(project_named(row.project).partner),
    }


def _registered(row: NamedRow, sender: str) -> Cells | None:
    last = _last(row, EventKind.REGISTERED)
    present = row.status in (Status.ENROLLED.value, Status.SUSPENDED.value)
    if last is None or not present or row.registered_at != sender or last.text("stage") != row.stage:
        return None
    return {
        "注册院校": organisation_title(row.registered_at),
        "学段": Stage(row.stage).label,
        "注册日期": last.effective_on.isoformat(),
        "学籍状态": Status(row.status).label,
    }


def _certified(row: NamedRow, sender: str) -> Cells | None:
    names = (sender, organisation_title(sender))
    issued = [part for part in fold(row.events).certificates if part.issuer in names]
    if not issued:
        return None
    last = issued[-1]
    return {"毕业学段": last.stage.label, "发证院校": organisation_title(sender), "发证日期": last.on.isoformat()}


def _last(row: NamedRow, kind: EventKind) -> Event | None:
    return next((event for event in reversed(effective(row.events)) if event.kind is kind), None)


_KINDS = {
    ListKind.FILING: _Kind(
        label="录取备案名册",
        clauses=("jjzc-2020-3:registration",),
        ground="录取名册报市级备案，同时报对口高校备案。",
        columns=("录取日期", "合作高校"),
        own=_admitted,
    ),
    ListKind.REGISTRATION: _Kind(
        label="学籍注册名册",
        clauses=("jjzc-2020-3:levels", "jjzc-2023-6:3.3.1", "jjzc-2023-6:3.3.2"),
        ground="学籍分级管理；各阶段学籍注册在条款写明的院校。",
        columns=("注册院校", "学段", "注册日期", "学籍状态"),
        own=_registered,
    ),
    ListKind.CERTIFICATES: _Kind(
        label="毕业证书名册",
        clauses=("jjzc-2023-6:2.1", "jjzc-2023-6:2.2", "jjzc-2023-6:3.3.4"),
        ground="学完一个阶段，由条款写明的院校发该阶段毕业证书。",
        columns=("毕业学段", "发证院校", "发证日期"),
        own=_certified,
    ),
}
