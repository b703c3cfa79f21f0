"""The journal asked: does it hold, how far does it reach, who saw a pupil."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.words import Act
from guantong.cohorts import state_of
from guantong.errors import PupilUnknown
from guantong.journal import Entry, Fault, Head, Verification, verify
from guantong.people import Person, Right
from guantong.store import accounts, events, journal, projection, pupils
from guantong.store.records import EntryFilter as EntryFilter

LONGEST_LIST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortsCheck:
    """How many pupils were refolded, and the ids of those whose written state is not the fold of their events."""

    pupils: int
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    """One page of entries, how many there are in all, and the names of those accounts that acted."""

    total: int
    first: int
    entries: tuple[Entry, ...]
    names: Mapping[str, str]


def verify_journal(head: Head | None = None, *, by: Person) -> Verification:
    """Follow the whole chain and every list's index; with a head kept elsewhere find a cut head too."""
    with attempt(Act.JOURNAL_VERIFIED, Right.VERIFY_JOURNAL, by=by):
        own = journal.head()
        found = verify(journal.entries(), journal.chain_keys(), head or own)
        if found.ok and found.entries < own.count:
            found = Verification(entries=found.entries, ok=False, first_bad=found.entries + 1, reason=Fault.CUT)
        if found.ok and (bad := journal.first_bad_index()) is not None:
            found = Verification(entries=found.entries, ok=False, first_bad=bad, reason=Fault.INDEX)
        leave_entry(entry(Act.JOURNAL_VERIFIED), by=by)
    return found


def journal_head(*, by: Person) -> Head:
    """Return how far the journal reaches, this reading included: to be kept where the database is not."""
    with attempt(Act.JOURNAL_HEAD_READ, Right.VERIFY_JOURNAL, by=by):
        leave_entry(entry(Act.JOURNAL_HEAD_READ), by=by)
        return journal.head()


def journal_of_pupil(pupil: str, *, first: int = 0, most: int = 200, by: Person) -> tuple[Entry, ...]:
    """Return who changed or saw a pupil, on a page or a list, newest first."""
    with attempt(Act.JOURNAL_SUBJECT_READ, Right.READ_JOURNAL, by=by) as scope:
        if not pupils.audited(pupil, scope=scope):
            raise PupilUnknown(pupil)
        found = tuple(journal.entries_about(pupil, first=first, most=most))
        leave_entry(entry(Act.JOURNAL_SUBJECT_READ, pupil), by=by)
    return found


def list_entries(wanted: EntryFilter, *, first: int = 0, most: int = 100, by: Person) -> EntryPage:
    """Return entries by actor, by action and by day, newest first; an auditor of a school sees its people's only."""
    with attempt(Act.JOURNAL_LISTED, Right.READ_JOURNAL, by=by) as scope:
        total, found = journal.listed(wanted, scope=scope, first=first, most=min(most, LONGEST_LIST))
        names = accounts.names({line.actor for line in found})
        leave_entry(entry(Act.JOURNAL_LISTED), by=by)
    return EntryPage(total=total, first=first, entries=found, names=names)


def check_cohorts(*, by: Person) -> CohortsCheck:
    """Refold every pupil and compare with the projection; only opaque ids of differences are told."""
    with attempt(Act.COHORTS_CHECKED, Right.VERIFY_JOURNAL, by=by):
        names, differences = 0, []
        for pupil in pupils.all_ids():
            names += 1
            counted = [kept.event for kept in events.of_pupil(pupil) if kept.outcome == events.APPLIED]
            state = state_of(counted)
            if pupils.written_state(pupil) != (projection.digest(state) if state else ""):
                differences.append(pupil)
        leave_entry(entry(Act.COHORTS_CHECKED), by=by)
    return CohortsCheck(pupils=names, differences=tuple(differences))
