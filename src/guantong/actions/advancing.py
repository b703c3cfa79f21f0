"""One step further (办下一步): from the step that is up to the action that does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from guantong.actions import collecting, collection, filling
from guantong.errors import StepRefused
from guantong.people import Person

Step = Callable[..., object]
SECTION_STEPS: Mapping[str, Step] = {"fill": filling.hand_in_section, "check": collecting.pass_section}
WHOLE_STEPS: Mapping[str, Step] = {
    "collect": collecting.send_submission,
    "sign": collecting.sign_submission,
    "confirm": collecting.confirm_submission,
    "receive": collecting.receive_submission,
}


def advance(
    year: int, organisation: str, section: str = "", *, reason: str = "", back: bool = False, by: Person
) -> str:
    """Do the step that is up, or send it back with a reason; return the step that is up then, "" at the end.

    Each action asks its own right. Raises `StepRefused` where nothing is up.
    """
    record = collection.read_submission(year, organisation, by=by).submission
    if section:
        own = record.section(section)
        if back:
            collecting.send_section_back(year, organisation, section, reason, seen=own.version, by=by)
        else:
            _step(SECTION_STEPS, own.step)(year, organisation, section, seen=own.version, by=by)
    elif back:
        collecting.return_submission(year, organisation, reason, seen=record.version, by=by)
    else:
        _step(WHOLE_STEPS, record.step)(year, organisation, seen=record.version, by=by)
    after = collection.read_submission(year, organisation, by=by).submission
    return after.section(section).step if section else after.step


def _step(steps: Mapping[str, Step], name: str) -> Step:
    if name not in steps:
        raise StepRefused(step="办下一步", why="全部步骤都已办完")
    return steps[name]
