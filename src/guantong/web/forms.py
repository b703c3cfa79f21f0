"""Forms (表单): a field with its choices, what was given, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

from guantong.errors import Problem
from guantong.web.labels import field_label


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a field."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Choices under one heading."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what was given, its choices, and its faults."""

    name: str
    value: str = ""
    choices: tuple[Choice, ...] = ()
    groups: tuple[Group, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def label(self) -> str:
        """Return the field's name as a page shows it."""
        return field_label(self.name)

    @property
    def id(self) -> str:
        """Return the id by which problems and missing inputs link to it."""
        return f"field-{self.name}"
