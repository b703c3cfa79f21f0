"""Prose bound to facts (行文): a sentence with slots becomes runs, and stray digits are refused.

What may stand unbound is a closed list: years, dates, 文号, clause numbers, and the names that an
outline declares (such as 3+2). Everything else numeric comes through a slot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from guantong.errors import InputRefused, Problem
from guantong.reports.numbers import has_digit
from guantong.reports.runs import FORMS, Bound, Named, Quoted, Role, Run, Runs, Text

_SLOT = re.compile(r"\{([a-z_]\w*)\}")
_AROUND_YEAR = rf"{FORMS[Role.YEAR]}(?=\s?(?:年|学年|级|届))"
_CLOSED = (
    (Role.DOCUMENT, FORMS[Role.DOCUMENT]),
    (Role.DATE, FORMS[Role.DATE]),
    (Role.YEAR, _AROUND_YEAR),
    (Role.CLAUSE, FORMS[Role.CLAUSE]),
)
_REMEDY = "请把数字写成 {名称} 并绑定事实；年份、日期、文号、条款可以直接写，项目名称要先声明。"


def prose(template: str, names: Sequence[str] = (), **slots: Run) -> Runs:
    """Return the runs of a sentence whose `{slots}` are given as runs.

    Raises InputRefused with every undeclared number, unknown slot and unused slot of the sentence.
    """
    problems = list(_slot_problems(template, set(slots)))
    runs: list[Run] = []
    for part, slot in _parts(template):
        if slot:
            runs += [slots[slot]] if slot in slots else []
            continue
        for text, role in _split(part, names):
            if role is not None:
                runs.append(Named(text, role))
            elif has_digit(text) or "{" in text or "}" in text:
                rule = "行文里有未绑定的数字" if has_digit(text) else "花括号没有配成一个名称"
                problems.append(Problem(rule=rule, value=text.strip(), column=template[:30], remedy=_REMEDY))
            else:
                runs.append(Text(text))
    if problems:
        raise InputRefused(problems)
    return tuple(runs)


def plain(runs: Runs) -> str:
    """Return the words of runs as they would be read aloud, without notes."""
    return "".join(run.text for run in runs if isinstance(run, Text | Bound | Named | Quoted))


def _parts(template: str) -> Iterator[tuple[str, str]]:
    last = 0
    for match in _SLOT.finditer(template):
        yield template[last : match.start()], ""
        yield "", match[1]
        last = match.end()
    yield template[last:], ""


def _slot_problems(template: str, given: set[str]) -> Iterator[Problem]:
    asked = set(_SLOT.findall(template))
    for name in sorted(asked - given):
        yield Problem(rule="没有给出这个数字", value=name, column=template[:30], remedy="请绑定事实，或删去这一句。")
    for name in sorted(given - asked):
        yield Problem(rule="句子里没有用到这个数字", value=name, column=template[:30], remedy="请核对名称。")


def _split(text: str, names: Sequence[str]) -> Iterator[tuple[str, Role | None]]:
    """Cut a text at what the closed list allows; a digit that touches such a form is left over, and refused."""
    listed = [(Role.NAME, re.escape(name)) for name in sorted(names, key=len, reverse=True)]
    roles = [role for role, _ in (*listed, *_CLOSED)]
    forms = "|".join(f"({form})" for _, form in (*listed, *_CLOSED))
    last = 0
    for match in re.finditer(forms, text):
        if match.start() > last:
            yield text[last : match.start()], None
        yield match[0], roles[(match.lastindex or 1) - 1]
        last = match.end()
    if last < len(text):
        yield text[last:], None
