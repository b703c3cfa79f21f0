"""Several schools as one (合计): counts are added, a rate is a sum over a sum, a survey is weighted by its sample.

Rates of schools are never averaged. One school without its number leaves the whole unknown, and so does a
denominator of zero; what is lacking is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from guantong.indicators.entries import Entry, Form
from guantong.indicators.indicator import Check, CheckKind, Indicator
from guantong.reconciliation import figure

DECIMALS = 2
"""A rate is printed with two decimals; a survey no finer than its schools printed it, and no finer than this."""


class Way(Enum):
    """How the numbers of several schools become one."""

    SUM = "sum"
    RATE = "rate"
    SURVEY = "survey"


class Lack(Enum):
    """Why there is no number of all schools together."""

    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    SAMPLE = "sample"
    NOTHING = "nothing"
    PARTS = "parts"

    @property
    def label(self) -> str:
        """Return the words that a cell shows in place of the number."""
        return _LACKS[self]


_LACKS = {
    Lack.VALUE: "有学校缺数",
    Lack.NUMERATOR: "有学校缺分子",
    Lack.DENOMINATOR: "有学校缺分母",
    Lack.SAMPLE: "有学校缺调查人数",
    Lack.NOTHING: "分母为零",
    Lack.PARTS: "未收集分子或分母",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Combined:
    """The number of several schools: how it was formed, of how many schools, and how many people were asked."""

    way: Way
    value: Decimal
    schools: int
    people: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A number of all schools that could not be formed: the indicator, what is lacking, and whose it is."""

    indicator: str
    organisations: tuple[str, ...]
    lack: Lack = Lack.VALUE


def ratio_check(indicator: Indicator) -> Check | None:
    """Return the check that names a rate's numerator and denominator; None where the catalogue names none."""
    return next((check for check in indicator.checks if check.kind is CheckKind.RATIO), None)


def way_of(indicator: Indicator) -> Way | None:
    """Return how schools are put together for an indicator; None for a measure of one school only."""
    if indicator.counted:
        return Way.SUM
    if ratio_check(indicator):
        return Way.RATE
    return Way.SURVEY if indicator.surveyed else None


def combine(indicator: Indicator, forms: Sequence[Form]) -> Combined | Missing | None:
    """Return the number of all forms together, or what is lacking; None for what is no number of several schools.

    `forms` holds a form, perhaps empty, of every organisation that must report; an exempt one counts as none.
    """
    way, asked = way_of(indicator), [form for form in forms if indicator.id not in form.exempt]
    if not asked:
        return None
    if way is None:
        return Missing(indicator=indicator.id, organisations=(), lack=Lack.PARTS) if indicator.denominator else None
    if way is Way.SUM:
        return _sum(indicator, asked)
    return _rate(indicator, asked) if way is Way.RATE else _survey(indicator, asked)


def _sum(indicator: Indicator, forms: Sequence[Form]) -> Combined | Missing:
    if without := _without(indicator.id, forms):
        return Missing(indicator=indicator.id, organisations=without)
    total = sum((_value(form, indicator.id) for form in forms), Decimal(0))
    return Combined(way=Way.SUM, value=total, schools=len(forms))


def _rate(indicator: Indicator, forms: Sequence[Form]) -> Combined | Missing:
    check = ratio_check(indicator)
    assert check is not None
    for name, lack in zip(check.others, (Lack.NUMERATOR, Lack.DENOMINATOR), strict=True):
        if without := _without(name, forms):
            return Missing(indicator=indicator.id, organisations=without, lack=lack)
    above, below = (sum((_value(form, name) for form in forms), Decimal(0)) for name in check.others)
    if not below:
        return Missing(indicator=indicator.id, organisations=(), lack=Lack.NOTHING)
    share = figure(Fraction(above) * check.per / Fraction(below), DECIMALS)
    return Combined(way=Way.RATE, value=Decimal(share), schools=len(forms))


def _survey(indicator: Indicator, forms: Sequence[Form]) -> Combined | Missing:
    if without := _without(indicator.id, forms):
        return Missing(indicator=indicator.id, organisations=without)
    given = [form.entries[indicator.id] for form in forms]
    if unsized := tuple(form.organisation for form, entry in zip(forms, given, strict=True) if not entry.sample):
        return Missing(indicator=indicator.id, organisations=unsized, lack=Lack.SAMPLE)
    people = sum(entry.sample or 0 for entry in given)
    weighed = sum(
        (Fraction(_value(form, indicator.id)) * (form.entries[indicator.id].sample or 0) for form in forms),
        Fraction(0),
    )
    decimals = min(DECIMALS, max(_decimals(entry) for entry in given))
    mean = Decimal(figure(weighed / people, decimals))
    return Combined(way=Way.SURVEY, value=mean, schools=len(forms), people=people)


def _without(name: str, forms: Sequence[Form]) -> tuple[str, ...]:
    """Return whose number is not there, or is said not to apply although the rate does."""
    return tuple(
        form.organisation
        for form in forms
        if name in form.exempt or (entry := form.entries.get(name)) is None or entry.value is None
    )


def _value(form: Form, name: str) -> Decimal:
    value = form.entries[name].value
    assert value is not None
    return value.value


def _decimals(entry: Entry) -> int:
    return entry.value.decimals if entry.value else 0
