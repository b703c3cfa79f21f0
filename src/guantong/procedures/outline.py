"""The outline (提纲): what a project's implementation report is asked to say, as the contents declare it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part that the school writes in its own words (正文部分); `hint` tells what the clause asks for."""

    id: str
    title: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """One duty of the schools that no rule can compute (工作要求): the clause, its printed number, and the duty."""

    id: str
    clause: str
    number: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOutline:
    """The clause that asks for the report, its title, sections and obligations."""

    clause: str
    title: str
    sections: tuple[Section, ...]
    obligations: tuple[Obligation, ...]
