"""Why a pupil's record is looked at (用途): stated at sign-in, asked again after an hour."""

from __future__ import annotations

from guantong.actions.books import purposes
from guantong.web.staff.page import StaffAsked, StaffPage
from guantong.web.staff.session import PURPOSE_MINUTES

PURPOSE_FIELD = "_purpose"
_MARK = "csrfmiddlewaretoken"


def purpose_form(asked: StaffAsked, *, back: str = "", refused: bool = False) -> StaffPage:
    """Return the small page that asks for a purpose; a form that was sent meanwhile is carried along, files are not."""
    sent = asked.sent
    carried = [] if sent is None else [(name, value) for name, values in sent.fields.items() for value in values]
    return StaffPage(
        title="请说明用途",
        template="guantong/staff/purpose.html",
        context={
            "purposes": purposes().items(),
            "field": PURPOSE_FIELD,
            "action": asked.path,
            "back": back,
            "carried": [pair for pair in carried if pair[0] not in (_MARK, PURPOSE_FIELD)],
            "files": bool(sent and sent.files),
            "minutes": PURPOSE_MINUTES,
            "refused": refused,
        },
        status=422,
    )
