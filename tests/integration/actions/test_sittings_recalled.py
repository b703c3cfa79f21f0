"""A list taken back: as it was before the submission, journalled, and nobody on it shown to the receiver any more."""

import pytest
from tests.desk import REGISTRAR, UNIVERSITY_REGISTRAR
from tests.integration.actions.test_sittings import entries, kinds, on_paper, sound, states, weighed
from tests.sitting import FAILED, HEAD, OUT, PASSED, a_class, answered, entered, opened, submitted, version

from guantong.actions import sitting_answers, sitting_forms, sittings
from guantong.actions.sitting_answers import Answer
from guantong.cohorts.sittings import LineState, Outcome, SittingState
from guantong.errors import GuantongError, InputRefused, RecordChanged, SittingUnknown, StepRefused
from guantong.store import models

WHY = "第 2 人成绩录错"


def recalled(sitting: str, reason: str = WHY) -> None:
    """Take a list back as it stands now."""
    sittings.recall_sitting(sitting, reason, seen=version(sitting), by=REGISTRAR)


@pytest.mark.usefixtures("database")
def test_a_recalled_list_is_filled_in_as_before_and_goes_out_again() -> None:
    first, second, _, _ = a_class(4)
    sitting = opened()
    entered(sitting, PASSED, PASSED, OUT)
    submitted(sitting)
    recalled(sitting)
    found = weighed(sitting).sitting
    assert (found.state, found.confirmed_by) == (SittingState.RECALLED, "")
    assert states(sitting) == [LineState.RECALLED] * 2 + [LineState.WITH_SCHOOL] * 2
    assert [line.reason for line in found.lines] == [WHY, WHY, "", ""]
    assert [line.result.outcome for line in found.lines] == [Outcome.PASSED, Outcome.PASSED, Outcome.NOT_PUT_UP, None]
    assert "演示学生2" in sitting_forms.sitting_form(sitting, as_csv=True, by=REGISTRAR).content.decode()
    entered(sitting, PASSED, FAILED)
    submitted(sitting)
    assert states(sitting) == [LineState.PUT_UP] * 2 + [LineState.WITHDRAWN, LineState.WITH_SCHOOL]
    assert answered(sitting, 1, 2).accepted == 2
    assert kinds(first)[-1] == "registered"
    assert kinds(second) == ["stage_completed", "assessed"]
    assert sound()


@pytest.mark.usefixtures("database")
def test_the_receiver_sees_that_a_list_was_recalled_and_nobody_on_it() -> None:
    a_class(2)
    sitting = opened()
    entered(sitting, PASSED, PASSED)
    submitted(sitting)
    seen = version(sitting)
    recalled(sitting)
    (line,) = sitting_answers.list_received(by=UNIVERSITY_REGISTRAR)
    assert line.state is SittingState.RECALLED
    before = models.JournalEntry.objects.count()
    found = sitting_answers.view_received(sitting, by=UNIVERSITY_REGISTRAR)
    assert (found.lines, found.sitting.lines) == ((), ())
    assert entries(before) == [("sitting-read", sitting)]
    assert not models.JournalIndex.objects.filter(entry__gt=before).exists()
    for version_ in (seen, seen + 1):
        with pytest.raises((RecordChanged, StepRefused)):
            sitting_answers.answer_sitting(sitting, {1: Answer(accepted=True)}, seen=version_, by=UNIVERSITY_REGISTRAR)


@pytest.mark.usefixtures("sqlite")
@pytest.mark.parametrize("given", [{"accepted": (1,)}, {"returned": {1: "缺材料"}}])
def test_once_one_pupil_is_answered_a_list_is_not_recalled(given: dict[str, object]) -> None:
    a_class(2)
    sitting = opened()
    entered(sitting, PASSED, PASSED)
    submitted(sitting)
    answered(sitting, *given.get("accepted", ()), returned=given.get("returned"))  # type: ignore[arg-type,misc]
    before = states(sitting)
    with pytest.raises(StepRefused, match="已经开始答复"):
        recalled(sitting)
    assert (weighed(sitting).sitting.state, states(sitting)) == (SittingState.SUBMITTED, before)


@pytest.mark.usefixtures("sqlite")
def test_a_list_that_is_not_submitted_is_not_recalled_and_none_without_a_reason() -> None:
    a_class(1)
    sitting = opened()
    with pytest.raises(StepRefused, match="学校填报中"):
        recalled(sitting)
    entered(sitting, PASSED)
    submitted(sitting)
    for reason in ("", " ", "长" * 201):
        with pytest.raises(InputRefused):
            recalled(sitting, reason)
    with pytest.raises(RecordChanged):
        sittings.recall_sitting(sitting, WHY, seen=1, by=REGISTRAR)
    recalled(sitting)
    with pytest.raises(StepRefused, match="学校已撤回修改"):
        recalled(sitting)


@pytest.mark.usefixtures("sqlite")
def test_a_list_that_waits_for_the_head_is_recalled_unseen_and_confirmed_anew() -> None:
    a_class(1)
    sitting = opened()
    on_paper(sitting)
    sittings.submit_sitting(sitting, seen=version(sitting), by=REGISTRAR)
    recalled(sitting)
    assert sittings.list_to_confirm(by=HEAD)[0].state is SittingState.RECALLED
    assert sitting_answers.list_received(by=UNIVERSITY_REGISTRAR) == ()
    with pytest.raises(SittingUnknown):
        sitting_answers.view_received(sitting, by=UNIVERSITY_REGISTRAR)
    submitted(sitting)
    recalled(sitting)
    sittings.submit_sitting(sitting, seen=version(sitting), by=REGISTRAR)
    found = weighed(sitting).sitting
    assert (found.state, found.confirmed_by) == (SittingState.CONFIRMING, "")


@pytest.mark.usefixtures("sqlite")
def test_a_second_round_recalled_from_the_head_keeps_what_was_answered_in_the_first() -> None:
    a_class(2)
    sitting = opened()
    entered(sitting, {"outcome": "passed", "completed": True})
    on_paper_second = {"outcome": "repeats", "completed": True, "document_number": "演示〔2026〕1号"}
    paper = {"document_date": "2026-06-30", "document_issuer": "演示市教委"}
    sittings.enter_results(sitting, {2: {**on_paper_second, **paper}}, seen=version(sitting), by=REGISTRAR)
    submitted(sitting)
    answered(sitting, 1, returned={2: "请补正"})
    sittings.submit_sitting(sitting, seen=version(sitting), by=REGISTRAR)
    recalled(sitting)
    assert weighed(sitting).sitting.state is SittingState.ANSWERED
    assert states(sitting) == [LineState.ACCEPTED, LineState.RECALLED]
    lent = sitting_answers.view_received(sitting, by=UNIVERSITY_REGISTRAR)
    assert [one.line.number for one in lent.lines] == [1]


@pytest.mark.usefixtures("sqlite")
def test_who_stayed_out_and_stands_on_another_list_meanwhile_does_not_come_back() -> None:
    first, second = a_class(2)
    sitting = opened()
    entered(sitting, PASSED, OUT)
    submitted(sitting)
    models.Pupil.objects.filter(pk=second).update(class_name="2023级第9班")
    other = opened(class_name="2023级第9班")
    recalled(sitting)
    assert states(sitting) == [LineState.RECALLED, LineState.WITHDRAWN]
    assert [line.pupil for line in weighed(other).sitting.lines] == [second]
    assert kinds(first) == []


@pytest.mark.usefixtures("sqlite")
def test_a_recall_leaves_an_entry_for_the_list_and_one_for_each_pupil_without_its_reason() -> None:
    first, second, out = a_class(3)
    sitting = opened()
    entered(sitting, PASSED, PASSED, OUT)
    submitted(sitting)
    before = models.JournalEntry.objects.count()
    sittings.recall_sitting(sitting, WHY, seen=3, by=REGISTRAR)
    assert entries(before) == [("sitting-recalled", name) for name in (sitting, first, second, out)]
    assert WHY not in repr(list(models.JournalEntry.objects.values_list()))


@pytest.mark.usefixtures("sqlite")
def test_nobody_but_the_schools_registrar_recalls_a_list() -> None:
    a_class(1)
    sitting = opened()
    entered(sitting, PASSED)
    submitted(sitting)
    for person in (HEAD, UNIVERSITY_REGISTRAR):
        with pytest.raises(GuantongError) as refused:
            sittings.recall_sitting(sitting, WHY, seen=version(sitting), by=person)
        assert refused.value.code == "not-allowed"
    assert weighed(sitting).sitting.state is SittingState.SUBMITTED
