"""The heavy half of policies has one front, and the light half starts without it."""

import subprocess
import sys

from guantong.policies import city


def test_policies_start_without_numpy_and_polars() -> None:
    code = "import sys, guantong.policies; sys.exit(bool({'numpy', 'polars'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_table_evaluator_starts_without_polars() -> None:
    code = "import sys, guantong.policies.city; sys.exit('polars' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_name_of_the_front_is_there() -> None:
    assert [name for name in city.__all__ if not hasattr(city, name)] == []
