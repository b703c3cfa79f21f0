"""Where the engine does not matter one database is enough; what depends on it is shown on both."""

from collections.abc import Iterator

import pytest
from tests.integration.conftest import Fresh, using

from guantong.settings import Settings


@pytest.fixture
def sqlite(fresh: Fresh) -> Iterator[Settings]:
    """A SQLite database that nobody has used, in use."""
    with using(fresh("sqlite")) as settings:
        yield settings
