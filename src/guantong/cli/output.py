"""Saying things: JSON for programs, plain aligned Chinese for people."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated

import typer

from guantong.errors import Problem

AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON。")]
MOST_SKIPPED = 1_000_000_000
"""More than any list holds; what lies beyond no database counts."""

VERDICT_MARKS = {"yes": "✓", "no": "✗", "unknown": "？"}


def say_json(data: object) -> None:
    """Print JSON data, Chinese unescaped."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))


def say(*lines: str) -> None:
    """Print lines."""
    for line in lines:
        typer.echo(line)


def say_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table whose columns line up although a Chinese character is two columns wide."""
    for line in _aligned(header, rows):
        typer.echo(line)


def say_problems(problems: Sequence[Problem]) -> None:
    """Print every problem of a file as one table, on standard error."""
    header = ("行", "列", "收到", "问题", "怎么改")
    rows = [(problem.row, problem.column, problem.value, problem.rule, problem.remedy) for problem in problems]
    for line in _aligned(header, rows):
        typer.echo(line, err=True)


def place_text(part: Mapping[str, object]) -> str:
    """Return the phrase of a place in JSON data; "" where there is none."""
    place = part.get("place")
    return str(place["text"]) if isinstance(place, dict) else ""


def _aligned(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    table = [list(header), *([_cell(value) for value in row] for row in rows)]
    widths = [max(_width(row[column]) for row in table) for column in range(len(header))]
    for number, row in enumerate(table):
        padded = (text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True))
        yield "  ".join(padded).rstrip()
        if number == 0:
            yield "  ".join("─" * width for width in widths)


def _cell(value: object) -> str:
    return "—" if value is None or value == "" else str(value)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
