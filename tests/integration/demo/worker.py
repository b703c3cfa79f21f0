"""A demonstration being loaded in a process of its own; it stops in the last moment before it counts."""

import time

from guantong.actions.configuration import set_up

set_up()

from tests.desk import OPERATOR  # noqa: E402

from guantong.actions import demo  # noqa: E402
from guantong.actions.opening import open_demo  # noqa: E402


def stop(loaded: demo.Loaded) -> None:
    """Say that everything is written, and wait to be killed."""
    print("ready", flush=True)
    time.sleep(60)


if __name__ == "__main__":
    open_demo()
    demo.load_demo(share=0.02, keep=stop, by=OPERATOR)
