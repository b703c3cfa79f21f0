"""Saying things: JSON for programs, plain aligned Chinese for people."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

import typer

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
    table = [list(header), *([_cell(value) for value in row] for row in rows)]
    widths = [max(_width(row[column]) for row in table) for column in range(len(header))]
    for number, row in enumerate(table):
        typer.echo(
            "  ".join(text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True)).rstrip()
        )
        if number == 0:
            typer.echo("  ".join("─" * width for width in widths))


def place_text(part: Mapping[str, object]) -> str:
    """Return the phrase of a place in JSON data; "" where there is none."""
    place = part.get("place")
    return str(place["text"]) if isinstance(place, dict) else ""


def _cell(value: object) -> str:
    return "—" if value is None or value == "" else str(value)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
