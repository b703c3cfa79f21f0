"""Binding (数文绑定): slots against one table of facts; what is missing or ambiguous is told, never guessed."""

from __future__ import annotations

from dataclasses import dataclass, field

from guantong.errors import FactAmbiguous, FactMissing, InputRefused, Problem
from guantong.facts import Fact, FactTable, Wanted
from guantong.reports.outline import Sentence
from guantong.reports.prose import prose
from guantong.reports.runs import Run, Runs
from guantong.reports.slots import SLOT, Slot, read_slot, runs_of

UNSEEN = "这个数人数很少，或由它能推出很少的人数，不能公布；请改写这一句。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that could not be printed: where it should stand, what was looked for, and whether it must."""

    where: str
    wanted: str
    required: bool
    candidates: str = ""


@dataclass(slots=True)
class Binder:
    """One report's look-ups: its facts, subject and edition, and everything that was not found on the way."""

    facts: FactTable
    subject: str
    edition: int
    names: tuple[str, ...] = ()
    unasked: frozenset[str] = frozenset()
    """Attributes that the subject was not asked for: that they are not on record is no gap, unless it must stand."""
    hidden: frozenset[str] = frozenset()
    """Facts that readers must not see: a small count, or what would tell one. To leave one out is no gap."""
    missing: list[Gap] = field(default_factory=list)
    ambiguous: list[Gap] = field(default_factory=list)
    used: list[Fact] = field(default_factory=list)

    def fact(self, slot: Slot, where: str, *, required: bool) -> Fact | None:
        """Return the fact of a slot; None where it is missing or ambiguous, which is noted."""
        return self.find(slot.of(self.subject, self.edition), where, required=required)

    def find(self, wanted: Wanted, where: str, *, required: bool) -> Fact | None:
        """Return the one fact of a question; None where it is hidden, or missing or ambiguous, which is noted."""
        try:
            fact = self.facts.one(wanted)
        except FactMissing:
            if required or wanted.attribute not in self.unasked:
                self.missing.append(Gap(where=where, wanted=wanted.text(), required=required))
            return None
        except FactAmbiguous:
            said = "；".join(self.facts.said(one) for one in self.facts.find(wanted)[:4])
            self.ambiguous.append(Gap(where=where, wanted=wanted.text(), required=required, candidates=said))
            return None
        if fact.id in self.hidden:
            if required:
                self.missing.append(Gap(where=where, wanted=wanted.text(), required=True, candidates=UNSEEN))
            return None
        self.used.append(fact)
        return fact

    def sentence(self, sentence: Sentence, where: str) -> Runs | None:
        """Return a sentence with its facts in place; None where one is not there.

        Raises `InputRefused` where the sentence itself is at fault: a digit outside a slot, a year
        that is bound and not named.
        """
        slots = [read_slot(text, self.facts.words) for text in SLOT.findall(sentence.text)]
        _check_years(sentence.text, slots, self.edition)
        facts = [self.fact(slot, where, required=sentence.required) for slot in slots]
        if any(fact is None for fact in facts):
            return None
        given: dict[str, Run] = {}
        template = ""
        for at, part in enumerate(SLOT.split(sentence.text)):
            fact = facts[at // 2] if at % 2 else None
            if fact is None:
                template += part
                continue
            named = {f"s{at}_{number}": run for number, run in enumerate(runs_of(slots[at // 2], fact))}
            template += "".join(f"{{{name}}}" for name in named)
            given |= named
        return prose(template, self.names, **given)


def _check_years(text: str, slots: list[Slot], edition: int) -> None:
    """Raise where a sentence binds another year than the edition's without naming it."""
    words = SLOT.sub("", text)
    unnamed = {slot.wanted.year for slot in slots if slot.wanted.year not in (None, edition)}
    bad = sorted(str(year) for year in unnamed if str(year) not in words)
    if bad:
        rule = f"绑定了 {'、'.join(bad)} 年的数，句子里没有写明年份"
        raise InputRefused([Problem(rule=rule, value=text[:40], remedy="请在句子里写出年份。")])
