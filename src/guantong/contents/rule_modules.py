"""The rules of a rulebook, from its module `rules.py`; a fault of the module is a problem of that file."""

from __future__ import annotations

import importlib
import traceback
from collections.abc import Iterator
from types import ModuleType

from guantong.errors import Problem
from guantong.policies.rules import Rule

FILE = "rules.py"


def read_rules(package: str, folder: str, problems: list[Problem]) -> tuple[Rule, ...]:
    """Return the rules of `<package>.policies.<folder>.rules` in the order in which they are written."""
    try:
        module = importlib.import_module(f"{package}.policies.{folder}.rules")
    except Exception as fault:  # the module is contents: whatever is wrong with it is told, with file and row
        file = f"policies/{folder}/{FILE}"
        text = f"规则不能载入：{type(fault).__name__}: {fault}"
        problems.append(Problem(file=file, row=_row(fault, file), rule=text, remedy="请改正后重新载入。"))
        return ()
    return tuple(_rules_of(module))


def _row(fault: Exception, file: str) -> int | None:
    """Return the row of the module at which the fault arose; None where it arose elsewhere."""
    if isinstance(fault, SyntaxError):
        return fault.lineno
    frames = traceback.extract_tb(fault.__traceback__)
    return next((frame.lineno for frame in reversed(frames) if frame.filename.endswith(file)), None)


def _rules_of(module: ModuleType) -> Iterator[Rule]:
    for value in vars(module).values():
        if isinstance(value, Rule):
            yield value
        elif isinstance(value, tuple):
            yield from (part for part in value if isinstance(part, Rule))
