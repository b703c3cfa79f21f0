"""The frame of every action: the right and its scope first; a refused attempt leaves its own entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import InterfaceError, OperationalError, connection, transaction

from guantong.actions.books import purposes
from guantong.actions.clock import today
from guantong.actions.words import Act
from guantong.errors import DatabaseNotReady, GuantongError, NotAllowed, PurposeMissing
from guantong.journal import Note
from guantong.people import PURPOSEFUL, SIGNATURES, Door, Person, Right, Scope
from guantong.store import journal, opening

REFUSALS = frozenset({401, 403, 404})


@contextmanager
def attempt(act: Act, right: Right, *, by: Person) -> Iterator[Scope]:
    """Give the scope of a right; where it, or the thing itself, is refused, journal the attempt without a subject."""
    if connection.in_atomic_block:
        raise RuntimeError("an action is not called inside a transaction")
    try:
        opening.require_file()
        try:
            yield allowed(right, by=by)
        except GuantongError as refusal:
            if refusal.status in REFUSALS:
                leave_entry(Note(action=act.refused), by=by)
            raise
    except (OperationalError, InterfaceError):
        advice = "这一步没有生效。请检查磁盘空间和数据库服务，然后再试。"
        raise DatabaseNotReady(fault="写不进去，或连接中断", advice=advice) from None


def allowed(right: Right, *, by: Person) -> Scope:
    """Return the scope of a right today; raise `NotAllowed` or `PurposeMissing`."""
    scope = by.scope(right, on=today())
    if right in SIGNATURES and by.door is Door.CLI and opening.world() != opening.DEMO:
        raise NotAllowed(right=right.label, why="签署、确认、批准和撤销只能在网页上办理")
    if right in PURPOSEFUL and by.purpose not in purposes():
        raise PurposeMissing(purposes="、".join(purposes().values()))
    return scope


def leave_entry(*notes: Note, by: Person) -> None:
    """Write entries in a transaction of their own: what a read does before it answers."""
    with transaction.atomic():
        journal.append(notes, by=by)


def entry(act: Act, subject: str = "", index: Sequence[str] = ()) -> Note:
    """Return what an action says for the journal where no field changed."""
    return Note(action=act.value, subject=subject, index=tuple(index))
