"""Measurements against the budgets: `python -m bench [NAME …] [--quick]`; without a name, all of them.

Each module or package of this folder with a `main(*, quick)` is one.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path


def main(arguments: list[str]) -> None:
    """Run the named measurements, or all."""
    known = [found.name for found in pkgutil.iter_modules([str(Path(__file__).parent)]) if found.name[0] != "_"]
    names = [argument for argument in arguments if not argument.startswith("-")] or known
    if unknown := [name for name in names if name not in known]:
        raise SystemExit(f"没有这项测速：{'、'.join(unknown)}；可选：{'、'.join(known)}")
    for name in names:
        print(f"== {name} ==", flush=True)
        importlib.import_module(f"bench.{name}").main(quick="--quick" in arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
