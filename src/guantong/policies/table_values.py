"""Value rules for a whole city (成批取值): what `standing` says of one case, as masks over columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import combinations

from guantong.policies.expressions import Among
from guantong.policies.lowering import Lowering, steps_of
from guantong.policies.plan import PlannedRule, Step
from guantong.policies.steps import Every, Never
from guantong.policies.tape import MASK, Tape

Rows = Sequence[Sequence[PlannedRule | None]]
"""For each rule its plan in each regime, None where it is not in force."""


@dataclass(frozen=True)
class ValueMasks:
    """The masks of a value decision: what each rule says, which rules yield to which, what stands and what may.

    Where no two rules with different values can meet, nobody yields and every doubt is a doubt.
    """

    lowering: Lowering
    values: Sequence[str]
    rows: Rows

    @property
    def answer(self) -> int:
        """Return the node of the answers: the number of the only value that may be given, 255 for unknown."""
        tape, total = self._tape, self._tape.constant(0)
        for at, value in enumerate(self.values):
            if value in self._sure:
                mask = self._sure[value]
                part = mask if at == 0 else tape.apply("multiply", mask, tape.constant(at + 1))
                total = part if tape.value(total) == 0 else tape.apply("add", total, part)
        if self._meets and self._sure:
            alone = tape.apply("equal", self._count(self._by_value(self._may)), tape.constant(1), MASK)
            total = tape.apply("multiply", total, alone)
        return tape.apply("subtract", total, tape.constant(1))

    @cached_property
    def held(self) -> list[int]:
        """Return for each rule where it holds and no rule that holds beats it."""
        return [self._tape.both(yes, unlost) for yes, unlost in zip(self._yes, self._unlost, strict=True)]

    @property
    def opened(self) -> list[int]:
        """Return for each rule where it is unknown and would settle an unknown value."""
        tape = self._tape
        unsure = {value: tape.without(mask) for value, mask in self._sure.items()}
        doubt = [
            tape.both(unlost, unsure.get(value, tape.constant(1)))
            for unlost, value in zip(self._unlost, self._gives, strict=True)
        ]
        for loser, winner, mask in self._yields:
            may = tape.both(tape.both(self._may[loser], unsure[self._gives[loser]]), mask)
            doubt[winner] = tape.most(doubt[winner], may)
        if self._meets and self._sure:
            agreed = tape.apply("less", self._count(self._sure), tape.constant(2), MASK)
            doubt = [tape.both(mask, agreed) for mask in doubt]
        return [tape.both(unknown, mask) for unknown, mask in zip(self._unknown, doubt, strict=True)]

    @property
    def _tape(self) -> Tape:
        return self.lowering.tape

    @cached_property
    def _gives(self) -> list[str]:
        return [next((planned.rule.gives for planned in row if planned), "") for row in self.rows]

    @cached_property
    def _truths(self) -> list[int]:
        return [self.lowering.truth(steps_of(row)) for row in self.rows]

    @cached_property
    def _present(self) -> list[int]:
        return [self.lowering.by_regime([1 if planned else 0 for planned in row]) for row in self.rows]

    @cached_property
    def _yes(self) -> list[int]:
        tape = self._tape
        return [tape.both(tape.is_yes(truth), there) for truth, there in zip(self._truths, self._present, strict=True)]

    @cached_property
    def _unknown(self) -> list[int]:
        tape, one = self._tape, self._tape.constant(1)
        return [
            tape.both(tape.apply("equal", truth, one, MASK), there)
            for truth, there in zip(self._truths, self._present, strict=True)
        ]

    @cached_property
    def _meets(self) -> bool:
        return may_meet(self.rows)

    @cached_property
    def _yields(self) -> list[tuple[int, int, int]]:
        """Return each loser, its winner, and the mask of the regimes in which it yields."""
        numbers = {planned.rule.name: at for at, row in enumerate(self.rows) for planned in row if planned}
        found = []
        for loser, row in enumerate(self.rows if self._meets else ()):
            winners = [planned.yields_to if planned else () for planned in row]
            for name in dict.fromkeys(name for names in winners for name in names):
                mask = self.lowering.by_regime([1 if name in names else 0 for names in winners])
                found.append((loser, numbers[name], mask))
        return found

    @cached_property
    def _unlost(self) -> list[int]:
        return self._unbeaten(self._yes)

    @cached_property
    def _may(self) -> list[int]:
        """Return for each rule where it stands or may."""
        tape = self._tape
        parts = zip(self._yes, self._unknown, self._unlost, strict=True)
        return [tape.both(tape.most(yes, unknown), unlost) for yes, unknown, unlost in parts]

    @cached_property
    def _sure(self) -> dict[str, int]:
        """Return by value where a rule that gives it stands for certain."""
        unthreatened = self._unbeaten(self._unknown)
        return self._by_value([self._tape.both(held, free) for held, free in zip(self.held, unthreatened, strict=True)])

    def _unbeaten(self, truths: Sequence[int]) -> list[int]:
        """Return for each rule where none of those to which it yields has the truth of its mask."""
        tape, lost = self._tape, [self._tape.constant(0) for _ in self.rows]
        for loser, winner, mask in self._yields:
            lost[loser] = tape.most(lost[loser], tape.both(truths[winner], mask))
        return [tape.without(mask) for mask in lost]

    def _by_value(self, masks: Sequence[int]) -> dict[str, int]:
        found: dict[str, int] = {}
        for value, mask in zip(self._gives, masks, strict=True):
            if value:
                found[value] = self._tape.most(found.get(value, self._tape.constant(0)), mask)
        return found

    def _count(self, masks: Mapping[str, int]) -> int:
        return reduce(lambda left, right: self._tape.apply("add", left, right), masks.values())


def may_meet(rows: Rows) -> bool:
    """Tell whether a rule could hold where one with another value holds or is open, as far as their choices show."""
    limits = [_limits([planned.step for planned in row if planned]) for row in rows]
    return any(
        one.rule.gives != other.rule.gives
        and not (_apart(limits[first], limits[second]) and _apart(limits[second], limits[first]))
        for (first, row), (second, beside) in combinations(enumerate(rows), 2)
        for one, other in zip(row, beside, strict=True)
        if one and other
    )


Limits = Mapping[str, tuple[frozenset[object], frozenset[object]]]
"""For each input that a rule limits to a few choices: those with which it can hold, those with which it may."""


def _apart(holding: Limits, other: Limits) -> bool:
    """Tell whether the other is a no wherever the first holds."""
    return any(holding[name][0].isdisjoint(other[name][1]) for name in set(holding) & set(other))


def _limits(steps: Iterable[Step]) -> Limits:
    found: dict[str, tuple[frozenset[object], frozenset[object]]] = {}
    for step in steps:
        for part in _conjuncts(step):
            if isinstance(part, Among):
                members, unsettled = frozenset[object](part.members), frozenset[object](part.unsettled)
                able, may = found.get(part.input, (members, members | unsettled))
                found[part.input] = able & (members - unsettled), may & (members | unsettled)
    return found


def _conjuncts(step: Step) -> Iterator[Step]:
    """Yield the parts that must all hold."""
    if isinstance(step, Every):
        for part in step.parts:
            yield from _conjuncts(part)
    elif isinstance(step, Never) and isinstance(step.part, Among) and step.part.members == (True,):
        yield Among(step.part.input, (False,), step.part.unsettled)
    else:
        yield step
