"""Contents packages of our own: a copy of a folder that can be imported under a name of its own, to be spoilt."""

import importlib
import shutil
from itertools import count
from pathlib import Path

import pytest

from guantong.contents import Contents
from guantong.errors import ContentsRefused, Problem

TINY = Path(__file__).parent / "tiny"
BEIJING = Path(__file__).parents[1] / "src" / "guantong_beijing"
_NUMBERS = count(1)


class Package:
    """A contents package under a temporary folder."""

    def __init__(self, original: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Copy a package and make the copy importable."""
        self.name = f"contents_under_test_{next(_NUMBERS)}"
        self.root = folder / self.name
        shutil.copytree(original, self.root, ignore=shutil.ignore_patterns("__pycache__"))
        monkeypatch.syspath_prepend(str(folder))

    def put(self, file: str, text: str) -> None:
        """Write a file."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())

    def text(self, file: str) -> str:
        """Read a file."""
        return (self.root / file).read_text(encoding="utf-8")

    def change(self, file: str, old: str, new: str) -> None:
        """Replace the first place of a text that must be there."""
        text = self.text(file)
        assert old in text, f"{file} holds no {old!r}"
        self.put(file, text.replace(old, new, 1))

    def add(self, file: str, text: str) -> None:
        """Write a text at the end of a file."""
        self.put(file, self.text(file) + text)

    def remove(self, file: str) -> None:
        """Take a file away."""
        (self.root / file).unlink()

    def open(self) -> Contents:
        """Open the package anew, as it now stands."""
        importlib.invalidate_caches()
        return Contents(self.name)

    def problems(self) -> tuple[Problem, ...]:
        """Return everything that is wrong with the package; empty where it holds together."""
        try:
            self.open().check()
        except ContentsRefused as refused:
            return refused.problems
        return ()
