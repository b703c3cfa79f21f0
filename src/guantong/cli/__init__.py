"""The command line (命令行): parse, call, say. Nouns first, then verbs; `--json` on every reading command."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from guantong.cli.run import run

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments, os.environ))
