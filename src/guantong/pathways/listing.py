"""Listing programmes: filters and orders by a named criterion, each with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from guantong.pathways.interests import Interest, category_of, interest_reason
from guantong.registry import Programme, Registry


class Criterion(Enum):
    """By what a list of programmes is ordered."""

    PLAN = "plan"
    INTEREST = "interest"
    DISTRICT = "district"
    PARTNER = "partner"
    QUOTA = "quota"

    @property
    def label(self) -> str:
        """Return the phrase that a page shows."""
        return _CRITERIA[self]


_CRITERIA = {
    Criterion.PLAN: "按计划表的次序",
    Criterion.INTEREST: "符合兴趣的在前",
    Criterion.DISTRICT: "同区学校在前，学校所在区未收录的在最后",
    Criterion.PARTNER: "按合作高校排在一起",
    Criterion.QUOTA: "计划数多的在前，计划数缺失的在最后",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a list is matched against: a district's id and interests, either may be empty."""

    district: str = ""
    interests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A programme in a list, with the reasons for its place."""

    programme: Programme
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a list of programmes is narrowed to; empty means no narrowing."""

    school: str = ""
    type: str = ""
    partner: str = ""
    district: str = ""
    category: str = ""
    words: str = ""


def listed(
    programmes: Iterable[Programme],
    wishes: Wishes,
    criterion: Criterion,
    *,
    registry: Registry,
    interests: Sequence[Interest],
) -> tuple[Listed, ...]:
    """Return programmes in the criterion's order; what is equal by it keeps the plan's order."""
    rows = [
        Listed(programme=programme, reasons=tuple(_reasons(programme, wishes, criterion, registry, interests)))
        for programme in programmes
    ]
    return tuple(sorted(rows, key=_key(criterion, wishes, registry, interests)))


def criterion_for(wishes: Wishes, asked: Criterion | None) -> Criterion:
    """Return the criterion that was asked for, else interest or district where one was given, else the plan's order."""
    if asked:
        return asked
    if wishes.interests:
        return Criterion.INTEREST
    return Criterion.DISTRICT if wishes.district else Criterion.PLAN


def unmet(rows: Iterable[Listed], wishes: Iterable[str], interests: Sequence[Interest]) -> tuple[str, ...]:
    """Return the wishes that no programme of a list is known to meet."""
    programmes = [row.programme for row in rows]
    return tuple(
        wish for wish in wishes if not any(interest_reason(wish, programme, interests) for programme in programmes)
    )


def narrowed(
    programmes: Iterable[Programme], filters: Filters, *, registry: Registry, interests: Sequence[Interest]
) -> tuple[Programme, ...]:
    """Return the programmes that pass every filter; those whose district or category is unknown come last."""
    passing: list[Programme] = []
    unknown: list[Programme] = []
    for programme in programmes:
        if not _passes(programme, filters, registry):
            continue
        fits = (_district_fits(programme, filters, registry), _category_fits(programme, filters, interests))
        if False not in fits:
            (unknown if None in fits else passing).append(programme)
    return (*passing, *unknown)


def _reasons(
    programme: Programme, wishes: Wishes, criterion: Criterion, registry: Registry, interests: Sequence[Interest]
) -> Iterator[str]:
    for wish in wishes.interests:
        if reason := interest_reason(wish, programme, interests):
            yield reason
    school = registry.get(programme.school_id)
    if wishes.district and school and school.district == wishes.district:
        yield f"学校在{registry.district_name(wishes.district)}"
    elif criterion is Criterion.DISTRICT and not (school and school.district):
        yield "学校所在区未收录"


def _key(
    criterion: Criterion, wishes: Wishes, registry: Registry, interests: Sequence[Interest]
) -> Callable[[Listed], tuple[int | str, ...]]:
    def key(row: Listed) -> tuple[int | str, ...]:
        programme = row.programme
        match criterion:
            case Criterion.INTEREST:
                return (-sum(bool(interest_reason(wish, programme, interests)) for wish in wishes.interests),)
            case Criterion.DISTRICT:
                school = registry.get(programme.school_id)
                return (_distance(school.district if school else "", wishes.district),)
            case Criterion.PARTNER:
                return (not programme.partner, programme.partner)
            case Criterion.QUOTA:
                return (programme.quota is None, -(programme.quota or 0))
            case _:
                return ()

    return key


def _distance(district: str, wished: str) -> int:
    if not district:
        return 2
    return 0 if district == wished else 1


def _passes(programme: Programme, filters: Filters, registry: Registry) -> bool:
    partner = registry.get(programme.partner_id)
    partner_names = (programme.partner, programme.partner_id, *(partner.names if partner else ()))
    school = registry.get(programme.school_id)
    school_names = (programme.school, programme.school_id, *(school.names if school else ()))
    text = " ".join((programme.major, programme.school, programme.partner, programme.partner_major, programme.code))
    return (
        (not filters.type or programme.type.value == filters.type)
        and (not filters.school or filters.school in school_names)
        and (not filters.partner or filters.partner in partner_names)
        and all(word.lower() in text.lower() for word in filters.words.split())
    )


def _district_fits(programme: Programme, filters: Filters, registry: Registry) -> bool | None:
    if not filters.district:
        return True
    school = registry.get(programme.school_id)
    return None if school is None or not school.district else school.district == filters.district


def _category_fits(programme: Programme, filters: Filters, interests: Sequence[Interest]) -> bool | None:
    if not filters.category:
        return True
    interest = next((part for part in interests if filters.category in (part.id, part.title)), None)
    if interest is None or interest.reason(programme):
        return bool(interest)
    return False if category_of(programme.code) else None
