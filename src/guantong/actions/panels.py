"""The panel of a diagnosis: received submissions of every year, and published facts where they are of schools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from guantong.actions import collection_state as state
from guantong.actions.books import contents, organisation_title
from guantong.diagnosis import Observed, Panel, School
from guantong.facts import Wanted
from guantong.indicators import CheckKind, Entry, Indicator
from guantong.reconciliation import Printed
from guantong.store import collection, entries
from guantong.store.collection import SubmissionRecord

PEOPLE = "人"


def panel_of(records: Sequence[SubmissionRecord]) -> Panel:
    """Return the panel of some received submissions; a published fact fills in where a school reported no number.

    Two submissions of one school and year cannot be: the store keeps one.
    """
    newest = {record.organisation: record for record in sorted(records, key=lambda record: record.year)}
    asked = list(state.catalogue().indicators.values())
    values = entries.current_of([record.id for record in records], asked)
    observed = [one for record in records for one in _observed(record, values[record.id])]
    have = {(one.school, one.indicator, one.year) for one in observed}
    observed += [one for one in _published(newest) if (one.school, one.indicator, one.year) not in have]
    return Panel([_school(record) for record in newest.values()], observed)


def received(year: int, organisation: str = "") -> list[SubmissionRecord]:
    """Return the received submissions up to a year; of one organisation, and of its peers in that year only."""
    found: list[SubmissionRecord] = []
    for one in collection.years():
        if one <= year:
            found += [record for record in collection.of_year(one, reached=None) if _counts(record)]
    if not organisation:
        return found
    own = next((record for record in found if (record.organisation, record.year) == (organisation, year)), None)
    family = (own.stage, own.kind, own.size) if own else None
    return [
        record
        for record in found
        if record.organisation == organisation
        or (record.year == year and (record.stage, record.kind, record.size) == family)
    ]


def fact_id(record: SubmissionRecord, indicator: str) -> str:
    """Return the id under which an entry is a fact once it is received."""
    return f"{record.organisation}-{record.year}-{indicator}"


def _counts(record: SubmissionRecord) -> bool:
    return not record.step and not record.exempt


def _school(record: SubmissionRecord) -> School:
    return School(
        id=record.organisation,
        name=organisation_title(record.organisation),
        stage=record.stage,
        kind=record.kind,
        size=record.size,
    )


def _observed(record: SubmissionRecord, values: dict[str, Entry]) -> Iterator[Observed]:
    exempt = state.form_of(record, values).exempt
    for indicator in state.catalogue().asked(record.year, record.stage):
        entry = values.get(indicator.id)
        if entry and entry.value and indicator.id not in exempt:
            yield Observed(
                fact=fact_id(record, indicator.id),
                school=record.organisation,
                indicator=indicator.id,
                year=record.year,
                value=entry.value,
                people=_people(indicator, entry, values),
            )


def _people(indicator: Indicator, entry: Entry, values: dict[str, Entry]) -> int | None:
    """Return how many people stand behind a number: its sample, or the denominator of its ratio where that is people.

    A count of people is its own number and rests on no sample.
    """
    if entry.sample is not None:
        return entry.sample
    ratio = next((check for check in indicator.checks if check.kind is CheckKind.RATIO and len(check.others) > 1), None)
    if ratio is None or state.catalogue().get(ratio.others[1]).unit != PEOPLE:
        return None
    whole = values.get(ratio.others[1])
    return int(whole.value.value) if whole and whole.value else None


def _published(schools: Iterable[str]) -> Iterator[Observed]:
    """Yield published figures of schools that carry an indicator, where one source says one thing."""
    table = contents().facts
    for indicator in state.catalogue().indicators.values():
        if not indicator.attribute:
            continue
        for school in schools:
            wanted = Wanted(attribute=indicator.attribute, subject=school, scope=frozenset(indicator.scope))
            by_year: dict[int, list[Observed]] = {}
            for fact in table.find(wanted):
                same = fact.definition == indicator.counted_as and fact.unit == indicator.unit
                if same and isinstance(fact.value, Decimal):
                    one = Observed(
                        fact=fact.id,
                        school=school,
                        indicator=indicator.id,
                        year=fact.period.year,
                        value=Printed(fact.value),
                    )
                    by_year.setdefault(fact.period.year, []).append(one)
            for said in by_year.values():
                if len(said) == 1:
                    yield said[0]
