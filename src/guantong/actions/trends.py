"""A school's own numbers over the years (历年的数): what a finding's chart draws, where each number stands.

For actions, which ask the right and leave the entry.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from guantong.actions import collection_state as state
from guantong.actions.books import contents
from guantong.actions.panels import panel_of, received
from guantong.evidence import Grade
from guantong.facts import Series, one_series
from guantong.indicators.published import facts_of
from guantong.store import entries

FEWEST_YEARS = 2


def trends_of(year: int, organisation: str, indicators: Collection[str]) -> Mapping[str, Series]:
    """Return the numbers of these indicators up to a year, those with at least two years; as a diagnosis sees them."""
    records = [one for one in received(year, organisation) if one.organisation == organisation]
    if not records or not indicators:
        return {}
    panel = panel_of(records)
    values = entries.current_of([one.id for one in records], [state.catalogue().get(name) for name in indicators])
    forms = [state.form_of(one, values[one.id]) for one in records]
    facts = {fact.id: fact for form in forms for fact in facts_of(state.catalogue(), form, Grade.PENDING)}
    found = {}
    for name in indicators:
        seen = panel.series(organisation, name, year)
        if len(seen) >= FEWEST_YEARS:
            found[name] = one_series([facts.get(one.fact) or contents().facts[one.fact] for one in seen])
    return found
