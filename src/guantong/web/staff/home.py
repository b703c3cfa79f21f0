"""The work desk's front page: what waits for whoever has signed in."""

from __future__ import annotations

from guantong.actions.desk import waiting
from guantong.people import Right
from guantong.web.staff.navigation import address_of, items_for
from guantong.web.staff.page import StaffAsked, StaffPage
from guantong.web.staff.respond import staff


def home_page(asked: StaffAsked) -> StaffPage:
    """Return what waits, in numbers, and the ways on; to whoever holds no grant today that there is none."""
    held = waiting(by=asked.by) if asked.may(Right.OWN_ACCOUNT) else ()
    lines = [(line, address_of(line.page)) for line in held]
    return StaffPage(
        title="工作台",
        template="guantong/staff/home.html",
        context={"lines": [pair for pair in lines if pair[1]], "ways": items_for(asked)},
    )


addresses = (staff("desk/", home_page, "desk"),)
