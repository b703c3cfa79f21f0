"""The figures of a yearly report: this world's facts, what its schools say together, what lacks, what stays unseen.

For actions, which ask the right and leave the entry.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from guantong.actions import collection_state as state
from guantong.actions.books import CITY
from guantong.actions.publication import fact_table
from guantong.actions.year_forms import SCOPES, YearForms, every_year, without_small_counts
from guantong.facts import Fact, FactTable
from guantong.indicators.combining import Lack, Missing, ratio_check
from guantong.indicators.published import DOCUMENT, attribute_of, totals


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A report's table of facts; `lacking` says by indicator and scope why all schools together have no number.

    `hidden` are the facts that a report for all readers does not print: small counts, and what would tell them.
    """

    table: FactTable
    lacking: Mapping[tuple[str, str], Lack] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()


def own_figures() -> Figures:
    """Return the figures of a school's own report: exact, as it handed them in."""
    return Figures(table=fact_table()[0])


def joint_figures(organisation: str, year: int, schools: Collection[str] | None) -> Figures:
    """Return the figures of an authority's report on these schools; None for every one.

    A district's number is shown only where every school's own may be: then it tells nothing that the schools' do not.
    """
    years = every_year()
    table, _ = fact_table(years)
    entered = [fact for fact in table if fact.place.document.startswith(f"{DOCUMENT}:")]
    seen = {fact.id for fact in without_small_counts(entered, years, year)}
    unseen = [fact for fact in entered if fact.id not in seen]
    sums: list[Fact] = []
    lacking: dict[tuple[str, str], Lack] = {}
    for one in years:
        for scope, facts, holes in _together(organisation, one, schools):
            sums += facts
            if one.year.year == year:
                lacking |= {(hole.indicator, scope): hole.lack for hole in holes}
    if organisation == CITY:
        return Figures(table=table, lacking=lacking, hidden=frozenset(fact.id for fact in unseen))
    hidden = [*unseen, *_telling(sums, unseen, schools or ())]
    whole = FactTable(table.world, table.words, [*table, *sums])
    return Figures(table=whole, lacking=lacking, hidden=frozenset(fact.id for fact in hidden))


def _together(
    organisation: str, year: YearForms, schools: Collection[str] | None
) -> Iterator[tuple[str, tuple[Fact, ...], tuple[Missing, ...]]]:
    """Yield by scope what the schools of a stage say together in a year, and what lacks."""
    for stage, scope in SCOPES.items():
        own = [form for form in year.forms if form.stage is stage and (schools is None or form.organisation in schools)]
        facts, holes = totals(state.catalogue(), organisation, year.year.year, own, frozenset({scope}), year.grade)
        yield scope, facts, holes


def _telling(sums: Sequence[Fact], unseen: Sequence[Fact], schools: Collection[str]) -> Iterator[Fact]:
    """Yield the sums that rest on a school's number that must not be seen, rates with either of their counts."""
    secret = {(fact.attribute, fact.period.year) for fact in unseen if fact.subject in schools}
    made_of = {
        attribute_of(one.id): [attribute_of(name) for name in check.others]
        for one in state.catalogue().indicators.values()
        if (check := ratio_check(one))
    }
    for fact in sums:
        names = (fact.attribute, *made_of.get(fact.attribute, ()))
        if any((name, fact.period.year) in secret for name in names):
            yield fact
