"""References (引用): every document, clause and decision that a file names must exist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from guantong.errors import Problem

_RULES = {
    "document": ("出处的文件不在 sources.yaml 里", "请先登记这份文件。"),
    "clause": ("没有这个条款", "请核对规则册 clauses.yaml 里的编号。"),
    "decision": ("没有这个判断事项", "请核对规则册 book.yaml 里的编号。"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What may be named, by the key that names it; a key that is absent here is not checked."""

    names: Mapping[str, Collection[str]]

    def problems(self, data: object, file: str) -> Iterator[Problem]:
        """Report each name below `data` that leads nowhere, with its path."""
        for path, key, value in _leaves(data, ""):
            if key in self.names and value not in self.names[key]:
                rule, remedy = _RULES[key]
                yield Problem(file=file, column=path, value=value, rule=rule, remedy=remedy)


def repeated(names: Iterable[str], file: str) -> list[Problem]:
    """Return a problem for each name that stands more than once."""
    return [
        Problem(file=file, value=name, rule="这个编号用了不止一次", remedy="请改正后重新载入。")
        for name, times in Counter(names).items()
        if times > 1
    ]


def label_of(part: object, number: int) -> str:
    """Return how a problem names one entry of a list: its id, its year, else its number."""
    return str(part.get("id", part.get("year", number))) if isinstance(part, dict) else str(number)


def _leaves(data: object, path: str) -> Iterator[tuple[str, str, str]]:
    """Yield path, key and text of every single value; an entry of the outermost list goes by its id."""
    if isinstance(data, dict):
        for key, part in data.items():
            below = f"{path} › {key}" if path else str(key)
            if isinstance(part, str | int):
                yield below, str(key), str(part)
            else:
                yield from _leaves(part, below)
    elif isinstance(data, list):
        for number, part in enumerate(data, 1):
            yield from _leaves(part, f"{path}[{number}]" if path else label_of(part, number))
