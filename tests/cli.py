"""Running the command line inside the test's own process: exit code, what it says, what it complains of."""

import contextlib
import io
import json
from functools import cache
from typing import Any, NamedTuple
from unittest.mock import patch

from guantong.cli import state
from guantong.cli.run import run
from guantong.contents import Contents

opened = cache(Contents)
TODAY = {"GUANTONG_TODAY": "2026-11-21"}


class Ran(NamedTuple):
    """One finished command."""

    code: int
    said: str
    complained: str

    @property
    def json(self) -> Any:
        """What it said, as data."""
        assert self.code == 0, self.complained
        return json.loads(self.said)

    @property
    def error(self) -> Any:
        """What it complained of, as data."""
        return json.loads(self.complained)


def guantong(*arguments: str, **environment: str) -> Ran:
    """Run a command on the day of the tests, with some more environment; a package is opened once for all tests."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    once = patch.object(state, "Contents", opened)
    with once, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(arguments, {**TODAY, **environment})
    texts = []
    for stream in (out, err):
        stream.seek(0)
        texts.append(stream.read())
    return Ran(code, *texts)
