"""Fixtures for every test."""

from pathlib import Path

import pytest
from hypothesis import settings
from tests.packages import BEIJING, TINY, Package

settings.register_profile("guantong", deadline=None)  # a busy machine is not a fault
settings.load_profile("guantong")


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Package:
    """The smallest valid contents package, to be spoilt."""
    return Package(TINY, tmp_path, monkeypatch)


@pytest.fixture
def copy_of_beijing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Package:
    """A copy of the real contents package, to be changed."""
    return Package(BEIJING, tmp_path, monkeypatch)
