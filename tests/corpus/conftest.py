"""The five corpus documents: where they lie, and what happens where they are absent."""

import os
from pathlib import Path

import pytest

BESIDE_THE_REPOSITORY = Path(__file__).resolve().parents[3] / "shared" / "corpus"


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Find the corpus; without it the test skips, or fails where CI requires it."""
    folder = Path(os.environ.get("GUANTONG_CORPUS") or BESIDE_THE_REPOSITORY)
    if folder.is_dir():
        return folder
    message = f"the corpus folder is absent: {folder}"
    if os.environ.get("GUANTONG_REQUIRE_CORPUS") == "1":
        pytest.fail(message)
    pytest.skip(message)
