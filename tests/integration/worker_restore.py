"""A restore in a process of its own that stops half way and waits to be killed: FILE PASSPHRASE."""

import sys
import time

from guantong.actions.configuration import set_up

set_up()

from pathlib import Path  # noqa: E402

from tests.desk import OPERATOR  # noqa: E402

from guantong.actions import restoring  # noqa: E402


def stop_half_way(done: int, total: int) -> None:
    """Say when half of the rows are in, and wait."""
    if done * 2 >= total:
        print("half", flush=True)
        time.sleep(60)


if __name__ == "__main__":
    restoring.restore(Path(sys.argv[1]), sys.argv[2], watch=stop_half_way, by=OPERATOR)
