"""The thread between a school and its adviser (诊断顾问): questions and answers, only ever added to."""

from __future__ import annotations

from django.db import transaction

from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.clock import now
from guantong.actions.collection_scope import reached
from guantong.actions.words import Act
from guantong.errors import InputRefused, OrganisationUnknown, Problem
from guantong.people import Person, Right, Scope
from guantong.reports.personal import personal_in
from guantong.store import findings, journal, organisations
from guantong.store.findings import Message

LONGEST_MESSAGE = 2_000


def write_message(organisation: str, text: str, *, by: Person) -> None:
    """Add a question or an answer to a school's thread; raise `InputRefused` where it is empty or names a person."""
    with attempt(Act.ADVICE_WRITTEN, Right.ADVISE, by=by) as scope, transaction.atomic():
        _check_within(scope, organisation)
        said = text.strip()
        problems = list(personal_in(said))
        if not said or len(said) > LONGEST_MESSAGE:
            rule = "没有写内容" if not said else f"一次不超过 {LONGEST_MESSAGE} 字"
            problems.append(Problem(column="text", rule=rule, remedy="请写明要问什么、答什么。"))
        if problems:
            raise InputRefused(problems)
        role = scope.reaches[0].role.label
        findings.say(organisation, Message(number=0, text=said, role=role, by=by.id, name=by.name, at=now()))
        journal.append([entry(Act.ADVICE_WRITTEN, organisation)], by=by)


def read_thread(organisation: str, *, by: Person) -> tuple[Message, ...]:
    """Return a school's thread, oldest first."""
    with attempt(Act.ADVICE_READ, Right.ADVISE, by=by) as scope:
        _check_within(scope, organisation)
        found = findings.thread(organisation)
        leave_entry(entry(Act.ADVICE_READ, organisation), by=by)
    return found


def _check_within(scope: Scope, organisation: str) -> None:
    names = reached(scope)
    if names is not None and organisation not in names:
        raise OrganisationUnknown(organisation)
    organisations.check(organisation)
