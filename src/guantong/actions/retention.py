"""Retention (保存期限): whose personal fields are due for erasure by a day that the school itself names.

How long they must be kept is in no source we have read: the day is the head's to give, never ours.
"""

from __future__ import annotations

from datetime import date

from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.clock import today
from guantong.actions.words import Act
from guantong.errors import InputRefused, Problem
from guantong.people import Person, Right
from guantong.store import retention
from guantong.store.retention import Ended as Ended

MOST = 200


def due_for_erasure(ended_before: date, *, by: Person) -> tuple[Ended, ...]:
    """Return pupils, longest ago first and at most 200, whose registration ended before a day and who are not erased.

    Raises `InputRefused` for a day that is still to come. Erasing is `pupils.erase_pupil`, one by one.
    """
    with attempt(Act.DUE_FOR_ERASURE_LISTED, Right.ERASE_PUPIL, by=by) as scope:
        if ended_before > today():
            rule, remedy = "日期还没有到", "请填今天或更早的日期。"
            raise InputRefused([Problem(column="ended_before", rule=rule, remedy=remedy)])
        found = retention.ended(ended_before, scope=scope, most=MOST)
        leave_entry(entry(Act.DUE_FOR_ERASURE_LISTED, index=[pupil.id for pupil in found]), by=by)
    return found
