"""Prefilling a section (预填): what a platform's export offers is shown; the filler saves and hands in."""

from __future__ import annotations

from guantong.actions import collection_state as state
from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.collection_scope import reached
from guantong.actions.filling import check_fillable, own_section
from guantong.actions.words import Act
from guantong.errors import InputRefused
from guantong.indicators.prefilling import Prefilled, prefill
from guantong.people import Person, Right
from guantong.store import collection


def prefill_section(year: int, organisation: str, section: str, content: bytes, file: str, *, by: Person) -> Prefilled:
    """Return what an export offers for a section of one's own that is being filled.

    Raises `InputRefused` where the file holds nothing for it, `StepRefused` once the section was handed in.
    """
    with attempt(Act.SUBMISSION_READ, Right.FILL_SECTION, by=by) as scope:
        record = collection.get(year, organisation, reached=reached(scope))
        part = own_section(scope, record, section)
        check_fillable(record, record.section(section).step)
        offered = prefill(part, state.filled(record).entries, content, file)
        if offered.problems and not (offered.offered or offered.differing or offered.passed):
            raise InputRefused(offered.problems)
        leave_entry(entry(Act.SUBMISSION_READ, record.id), by=by)
    return offered
