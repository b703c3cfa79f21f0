"""What of a published year must not be seen (发布前的抑制): small counts of people, and whatever gives them away.

Counts of people from 1 to 4 are hidden with enough others that no subtraction finds them: across the
schools of a total, and across the parts of a sum. A rate goes with the counts it is made of. Official
submissions carry exact counts and never pass through here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from guantong.disclosure import FEWEST, suppress
from guantong.facts import Fact
from guantong.indicators.catalogue import Catalogue
from guantong.indicators.indicator import CheckKind, Indicator
from guantong.indicators.published import attribute_of

PEOPLE = frozenset({"人"})
Key = tuple[str, str]
"""Subject and indicator."""


def publishable(catalogue: Catalogue, facts: Sequence[Fact], total: str) -> tuple[Fact, ...]:
    """Return the facts of one stage and year that may be published; `total` is the subject of their totals."""
    values = {
        (fact.subject, fact.attribute): int(fact.value)
        for fact in facts
        if isinstance(fact.value, Decimal) and fact.unit in PEOPLE
    }
    hidden = set(_hidden(catalogue, values, total))
    while more := set(_given_away(catalogue, values, hidden)) - hidden:
        hidden |= more
    hidden |= set(_rates(catalogue, facts, hidden))
    return tuple(fact for fact in facts if (fact.subject, fact.attribute) not in hidden)


def untouched(catalogue: Catalogue, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return the facts of one stage and year on whose indicator no small count bears, of no school.

    It weighs nothing against anything, so it is quick and hides all that `publishable` hides, and more.
    """
    touched = {
        fact.attribute
        for fact in facts
        if fact.unit in PEOPLE and isinstance(fact.value, Decimal) and 0 < fact.value < FEWEST
    }
    kinds = (CheckKind.SUM, CheckKind.RATIO)
    lines = [
        {attribute_of(name) for name in (indicator.id, *check.others)}
        for indicator in catalogue.indicators.values()
        for check in indicator.checks
        if check.kind in kinds
    ]
    while more := {name for line in lines if line & touched for name in line} - touched:
        touched |= more
    return tuple(fact for fact in facts if fact.attribute not in touched)


def _hidden(catalogue: Catalogue, values: Mapping[Key, int], total: str) -> Iterator[Key]:
    """Hide within every total over schools, one indicator a table."""
    for indicator in catalogue.indicators.values():
        name = attribute_of(indicator.id)
        schools = sorted({subject for subject, attribute in values if attribute == name and subject != total})
        shown = suppress([[values[school, name]] for school in schools]) if schools else None
        for school, row in zip(schools, shown.cells if shown else (), strict=True):
            if row[0] is None:
                yield school, name
        if shown and shown.total is None and (total, name) in values:
            yield total, name


def _given_away(catalogue: Catalogue, values: Mapping[Key, int], hidden: set[Key]) -> Iterator[Key]:
    """Hide one more number of a sum in which a single one is hidden, and of a total over schools alike."""
    subjects = {subject for subject, _ in values}
    for indicator in catalogue.indicators.values():
        for parts in _sums(indicator):
            for subject in subjects:
                line = [(subject, attribute_of(name)) for name in (*parts, indicator.id)]
                yield from _lonely(line, values, hidden)
        name = attribute_of(indicator.id)
        yield from _lonely([(subject, name) for subject in sorted(subjects)], values, hidden)


def _lonely(line: Sequence[Key], values: Mapping[Key, int], hidden: set[Key]) -> Iterator[Key]:
    """Return the smallest other number of a line of which exactly one is hidden."""
    present = [key for key in line if key in values]
    if sum(key in hidden for key in present) == 1 and len(present) == len(line):
        free = [key for key in present if key not in hidden and values[key]]
        if free:
            yield min(free, key=lambda key: (values[key], key))


def _rates(catalogue: Catalogue, facts: Sequence[Fact], hidden: set[Key]) -> Iterator[Key]:
    """Hide a rate where one of its two counts is hidden, or is itself small."""
    small = {
        (fact.subject, fact.attribute)
        for fact in facts
        if fact.unit in PEOPLE and isinstance(fact.value, Decimal) and 0 < fact.value < FEWEST
    }
    for indicator in catalogue.indicators.values():
        for check in indicator.checks:
            if check.kind is CheckKind.RATIO:
                made_of = [attribute_of(name) for name in check.others]
                for fact in facts:
                    told = any((fact.subject, name) in hidden | small for name in made_of)
                    if fact.attribute == attribute_of(indicator.id) and told:
                        yield fact.subject, fact.attribute


def _sums(indicator: Indicator) -> Iterator[tuple[str, ...]]:
    return (check.others for check in indicator.checks if check.kind is CheckKind.SUM)
