"""Classes to make a list or a copy of (班级与范围): counted, without a name; the shapes that doors hand back."""

from __future__ import annotations

from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.words import Act
from guantong.people import Person, Right
from guantong.store import named_rows
from guantong.store.named_rows import Group, Selection

__all__ = ["Group", "Selection", "list_groups"]


def list_groups(*, by: Person) -> tuple[Group, ...]:
    """Return the classes that the person may make lists of, with their numbers of pupils and without a name."""
    with attempt(Act.GROUPS_LISTED, Right.HAND_OVER, by=by) as scope:
        found = named_rows.groups(scope=scope)
        leave_entry(entry(Act.GROUPS_LISTED), by=by)
    return found
