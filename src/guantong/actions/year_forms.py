"""A reporting year as forms: what every organisation that must report has, read once for facts and totals.

For actions, which ask the right and leave the entry.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guantong.actions import collection_state as state
from guantong.actions.books import CITY
from guantong.evidence import Grade
from guantong.facts import Fact
from guantong.indicators import Form, Indicator
from guantong.indicators.suppression import publishable, untouched
from guantong.registry import Stage
from guantong.store import collection, entries
from guantong.store.collection import YearRecord

SCOPES: Mapping[Stage, str] = {Stage.COLLEGE: "higher", Stage.SECONDARY: "secondary"}


@dataclass(frozen=True, slots=True, kw_only=True)
class YearForms:
    """One year's forms of all who must report and are not exempt; whoever is not received has an empty one."""

    year: YearRecord
    forms: tuple[Form, ...]
    received: tuple[Form, ...]

    @property
    def grade(self) -> Grade:
        """Return the grade of what the forms say: official once the year is published."""
        return Grade.OFFICIAL if self.year.published_on else Grade.PENDING


def every_year() -> tuple[YearForms, ...]:
    """Return every reporting year."""
    return tuple(map(year_forms, collection.years()))


def year_forms(year: int) -> YearForms:
    """Return the forms of a year."""
    records = [one for one in collection.of_year(year, reached=None) if not one.exempt]
    received = {record.id for record in records if not record.step}
    asked: list[Indicator] = list(state.catalogue().indicators.values())
    values = entries.current_of(sorted(received), asked)
    forms = {record.id: state.form_of(record, values.get(record.id, {})) for record in records}
    return YearForms(
        year=collection.get_year(year),
        forms=tuple(forms.values()),
        received=tuple(form for name, form in forms.items() if name in received),
    )


def without_small_counts(facts: Sequence[Fact], years: Sequence[YearForms], weighed: int | None = None) -> list[Fact]:
    """Return what may be published: each year and stage is looked at for itself, with the city's totals.

    Only the year `weighed` (None: every year) is weighed cell by cell; of the others, whatever a small count
    touches is left out.
    """
    stages = {(form.organisation, form.year): SCOPES[form.stage] for one in years for form in one.forms}
    groups: dict[tuple[int, str], list[Fact]] = {}
    for fact in facts:
        scope = ",".join(sorted(fact.scope)) or stages.get((fact.subject, fact.period.year), "")
        groups.setdefault((fact.period.year, scope), []).append(fact)
    shown: list[Fact] = []
    for (year, _), group in groups.items():
        whole = weighed in (None, year)
        shown += publishable(state.catalogue(), group, CITY) if whole else untouched(state.catalogue(), group)
    return shown
