"""Notices: what the record says, one page a pupil, a class in one file."""

import re
from datetime import date

import pypdfium2  # type: ignore[import-untyped]
import pytest
from tests.desk import CLASS, HEAD, OTHER_REGISTRAR, PROJECT, REGISTRAR, SCHOOL, UNIVERSITY, admit, row

from guantong.actions import events, notices
from guantong.actions.events import NewEvent
from guantong.cohorts import EventKind
from guantong.errors import EventUnknown, NotAllowed, StepRefused
from guantong.store import models
from guantong.store.named_rows import Selection

WHOLE_CLASS = Selection(project=PROJECT, cohort=2023, class_name=CLASS)
REGISTERED = NewEvent(
    kind=EventKind.REGISTERED, on=date(2023, 9, 1), details={"stage": "secondary", "institution": SCHOOL}
)
COMPLETED = NewEvent(kind=EventKind.STAGE_COMPLETED, on=date(2026, 7, 1), details={"stage": "secondary"})


def assessed(passed: str) -> NewEvent:
    return NewEvent(kind=EventKind.ASSESSED, on=date(2026, 7, 5), details={"stage": "secondary", "passed": passed})


def walk(pupil: str, *steps: NewEvent) -> str:
    """Record steps one after another; return the id of the last event."""
    done = [events.propose_event(pupil, step, seen=seen, by=REGISTRAR) for seen, step in enumerate(steps, 1)]
    return done[-1].event.id


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    texts = [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in document]
    document.close()
    return texts


@pytest.mark.usefixtures("sqlite")
def test_a_class_gets_one_page_each_that_says_passed_or_not_and_what_follows() -> None:
    first, second, third, _ = admit(row(1), row(2), row(3), row(4))
    moved = NewEvent(kind=EventKind.MOVED_ON, on=date(2026, 9, 1), details={"stage": "college", "school": UNIVERSITY})
    walk(first, REGISTERED, COMPLETED, assessed("是"), moved)
    walk(second, REGISTERED, COMPLETED, assessed("是"))
    walk(third, REGISTERED, COMPLETED, assessed("否"))
    made = notices.transition_notices(WHOLE_CLASS, SCHOOL, by=REGISTRAR)
    said = pages(made.pdf)
    assert (made.letters, len(said)) == (3, 3)
    assert "演示学生1同学及家长" in said[0]
    assert "结果为：达到转段条件。你自2026年9月1日起转入高职学段" in said[0]
    assert "还在办理" in said[1]
    assert "未达到转段条件" in said[2]
    assert "可以选择留到本校下一届" in said[2]
    assert models.JournalEntry.objects.filter(action="notice-made").values_list("subject", "listed").get() == ("", 3)


@pytest.mark.usefixtures("sqlite")
def test_where_nobody_was_assessed_there_is_no_notice() -> None:
    admit()
    with pytest.raises(StepRefused, match="没有已登记考核结果"):
        notices.transition_notices(WHOLE_CLASS, SCHOOL, by=REGISTRAR)
    with pytest.raises(NotAllowed):
        notices.transition_notices(WHOLE_CLASS, SCHOOL, by=OTHER_REGISTRAR)


@pytest.mark.usefixtures("sqlite")
def test_a_decision_is_told_with_its_day_its_standing_and_its_clauses() -> None:
    (pupil,) = admit()
    event = walk(pupil, REGISTERED)
    (said,) = pages(notices.decision_notice(event, by=REGISTRAR).pdf)
    for part in ("“学籍注册”，办理结果为：已办理，自2023年9月1日起生效", "按规则办理", "京教职成〔2023〕6号三（三）2"):
        assert part in said
    assert models.JournalEntry.objects.filter(action="notice-made").values_list("subject", flat=True).get() == pupil


@pytest.mark.usefixtures("sqlite")
def test_a_step_that_waits_is_not_told_and_one_turned_down_is() -> None:
    (pupil,) = admit()
    paper = {"document_number": "演〔2026〕1号", "document_date": "2026-10-01", "document_issuer": "演示学校"}
    details = {"stage": "college", "school": UNIVERSITY, **paper}
    walk(pupil, REGISTERED, COMPLETED)
    waiting = _waiting(pupil, details)
    with pytest.raises(StepRefused, match="等待确认"):
        notices.decision_notice(waiting, by=REGISTRAR)
    events.turn_down_event(waiting, "缺申请", seen=4, by=HEAD)
    (said,) = pages(notices.decision_notice(waiting, by=REGISTRAR).pdf)
    assert "未获确认，不作变动" in said
    assert "演示学校演〔2026〕1号（2026年10月1日）" in said
    with pytest.raises(EventUnknown):
        notices.decision_notice(waiting, by=OTHER_REGISTRAR)


def _waiting(pupil: str, details: dict[str, str]) -> str:
    """Propose a transition without an assessment, which the law does not decide, on the school's document."""
    step = NewEvent(kind=EventKind.MOVED_ON, on=date(2026, 9, 1), details=details)
    recorded = events.propose_event(pupil, step, seen=3, by=REGISTRAR)
    assert recorded.outcome == "waiting"
    return recorded.event.id
