"""What the journeys about sittings need on the desk: registered classes before their transition. Called by name."""

from tests.desk import REGISTRAR, admit, row
from tests.reporting import walk
from tests.sitting import PASSED, REGISTERED, opened

FIRST, SECOND, LARGE = "2023级机电2班", "2023级机电3班", "2023级机电4班"


def classes() -> list[str]:
    """A class of six, and a class of two."""
    admitted = admit(*(row(number, class_name=FIRST if number < 17 else SECOND) for number in range(11, 19)))
    for pupil in admitted:
        walk(pupil, REGISTERED)
    return list(admitted)


def lists() -> dict[str, str]:
    """A list of forty that is being filled in, and one that waits for its receiver."""
    from guantong.actions import sittings

    pupils = admit(*(row(number, class_name=LARGE if number < 100 else "2023级机电5班") for number in range(60, 103)))
    for pupil in pupils:
        walk(pupil, REGISTERED)
    filled = opened(class_name=LARGE)
    sittings.enter_results(filled, dict.fromkeys(range(1, 6), PASSED), seen=1, by=REGISTRAR)
    waits = opened(class_name="2023级机电5班")
    sittings.enter_results(waits, dict.fromkeys(range(1, 4), PASSED), seen=1, by=REGISTRAR)
    sittings.submit_sitting(waits, seen=2, by=REGISTRAR)
    return {"filled": filled, "waits": waits}
