"""What a diagnosis looks at (面板): every school's confirmed numbers over years, and who is a peer of whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from guantong.reconciliation import Printed
from guantong.registry import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """A school as far as comparison goes: its stage, its kind (综合, 工 …), and its size.

    `size` is a band that the catalogue's owner names; schools of other stage, kind or size are no peers.
    """

    id: str
    name: str
    stage: Stage
    kind: str
    size: str

    @property
    def family(self) -> tuple[Stage, str, str]:
        """Return what its peers share with it."""
        return (self.stage, self.kind, self.size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """One confirmed number of one school and year; `people` is the denominator or sample behind it, None for none."""

    fact: str
    school: str
    indicator: str
    year: int
    value: Printed
    people: int | None = None


class Panel:
    """Numbers by school, indicator and year; one number each, a second one is a bug of the caller."""

    def __init__(
        self,
        schools: Iterable[School],
        observed: Iterable[Observed],
        breaks: Mapping[str, frozenset[int]] | None = None,
    ) -> None:
        """Keep them; `breaks` names, by indicator, the years from which on the definition is another one."""
        self.schools = {school.id: school for school in schools}
        self.breaks = breaks or {}
        self._numbers: dict[tuple[str, str], dict[int, Observed]] = defaultdict(dict)
        for one in observed:
            years = self._numbers[one.school, one.indicator]
            if one.year in years:
                raise ValueError(f"two numbers of {one.indicator} of {one.school} in {one.year}")
            years[one.year] = one

    def get(self, school: str, indicator: str, year: int) -> Observed | None:
        """Return one number; None where there is none."""
        return self._numbers.get((school, indicator), {}).get(year)

    def series(self, school: str, indicator: str, until: int) -> tuple[Observed, ...]:
        """Return the numbers of one definition up to a year, oldest first: what lies before a break is left out."""
        years = self._numbers.get((school, indicator), {})
        begins = max((year for year in self.breaks.get(indicator, ()) if year <= until), default=0)
        return tuple(years[year] for year in sorted(years) if begins <= year <= until)

    def peers(self, school: str, indicator: str, year: int) -> tuple[Observed, ...]:
        """Return the numbers of the schools of one family in a year, the school's own among them."""
        family = self._families.get(self.schools[school].family, ())
        found = (self.get(name, indicator, year) for name in family)
        return tuple(one for one in found if one)

    @cached_property
    def _families(self) -> Mapping[tuple[Stage, str, str], tuple[str, ...]]:
        families: dict[tuple[Stage, str, str], list[str]] = defaultdict(list)
        for school in self.schools.values():
            families[school.family].append(school.id)
        return {family: tuple(names) for family, names in families.items()}
