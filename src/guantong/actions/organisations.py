"""Organisations: who has accounts here, and who supervises whom."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.books import CITY, DISTRICT, contents, organisation_title
from guantong.actions.clock import now, today
from guantong.actions.words import Act
from guantong.errors import OrganisationUnknown
from guantong.people import Person, Right
from guantong.store import journal, organisations
from guantong.store.records import Supervised

OFFICE = "office"


def add_organisation(name: str, *, by: Person) -> None:
    """Enter an institution of the contents, or an office, by its id; raise `OrganisationUnknown`."""
    with attempt(Act.ORGANISATION_ENTERED, Right.MANAGE_ORGANISATIONS, by=by), transaction.atomic():
        title, kind = _known(name)
        organisations.add(name, title, kind, by=by.id, at=now())
        journal.append([entry(Act.ORGANISATION_ENTERED, name)], by=by)


def name_supervisor(name: str, supervisor: str, *, since: date, document: str, by: Person) -> None:
    """Enter who supervises an organisation from a day on, by which document."""
    with attempt(Act.SUPERVISOR_ENTERED, Right.MANAGE_ORGANISATIONS, by=by), transaction.atomic():
        organisations.check(name)
        organisations.check(supervisor)
        organisations.supervise(name, supervisor, since=since, document=document, by=by.id)
        journal.append([entry(Act.SUPERVISOR_ENTERED, name)], by=by)


def list_organisations(*, by: Person) -> tuple[tuple[str, str, str], ...]:
    """Return id, name and kind of every organisation entered."""
    with attempt(Act.ORGANISATIONS_READ, Right.MANAGE_ORGANISATIONS, by=by):
        found = organisations.all_of_them()
        leave_entry(entry(Act.ORGANISATIONS_READ), by=by)
    return found


def list_supervision(*, by: Person) -> tuple[Supervised, ...]:
    """Return every organisation entered with who supervises it today, and by which document."""
    with attempt(Act.ORGANISATIONS_READ, Right.MANAGE_ORGANISATIONS, by=by):
        found = organisations.with_supervisors(today())
        leave_entry(entry(Act.ORGANISATIONS_READ), by=by)
    return found


def _known(name: str) -> tuple[str, str]:
    if name == CITY or name.startswith(DISTRICT):
        if name != CITY and name.removeprefix(DISTRICT) not in contents().districts:
            raise OrganisationUnknown(name)
        return organisation_title(name), OFFICE
    school = contents().registry.get(name)
    if school is None:
        raise OrganisationUnknown(name, contents().registry.near(name))
    return school.name, school.kind.value
