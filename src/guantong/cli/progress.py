"""How far long work is (进度): a bar on the terminal, nothing where nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer


@contextmanager
def rows_done(title: str) -> Iterator[Callable[[int, int], None]]:
    """Give a function that is told how many rows are done and of how many, and draws it on standard error."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    with typer.progressbar(length=1, label=title, file=sys.stderr) as bar:

        def watch(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        yield watch


@contextmanager
def steps_done(title: str, steps: int) -> Iterator[Callable[[], None]]:
    """Give a function that is called after each of some steps, and draws how many are done on standard error."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    with typer.progressbar(length=steps, label=title, file=sys.stderr) as bar:
        yield lambda: bar.update(1)
