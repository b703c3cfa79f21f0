"""Fixtures for every test."""

from pathlib import Path

import pytest
from tests.packages import BEIJING, TINY, Package


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Package:
    """The smallest valid contents package, to be spoilt."""
    return Package(TINY, tmp_path, monkeypatch)


@pytest.fixture
def copy_of_beijing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Package:
    """A copy of the real contents package, to be changed."""
    return Package(BEIJING, tmp_path, monkeypatch)
