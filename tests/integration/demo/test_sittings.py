"""The demonstration's lists: one filled in, one with the receiver, and one class that a visitor begins with."""

import pytest
from tests.desk import OPERATOR
from tests.integration.demo.conftest import Loading
from tests.integration.demo.test_demo import somebody

from guantong.actions import journal, sitting_answers, sitting_classes, sittings
from guantong.actions.demo_sittings import hold_sittings
from guantong.actions.sitting_answers import Answer
from guantong.cohorts.sittings import LineState, SittingState
from guantong.people import Door, Person, Role
from guantong.store import accounts, models


@pytest.fixture(scope="module")
def held(city: Loading) -> int:
    """How many lists the schools of the demonstration held."""
    return hold_sittings(city.loaded.accounts)


def at(city: Loading, role: Role, organisation: str) -> Person:
    """Somebody of a role at an institution."""
    made = next(one for one in city.loaded.accounts if (one.role, one.organisation) == (role, organisation))
    person = accounts.person(made.credentials.id, purpose="status-change", door=Door.WEB)
    assert person is not None
    return person


def test_one_list_is_filled_in_with_every_outcome_and_a_refusal(city: Loading, held: int) -> None:
    assert held == (2 if city.whole else 1)
    registrar = somebody(city, Role.REGISTRAR)
    (line,) = sittings.list_sittings(by=registrar)
    assert (line.class_name, line.state) == ("2023级数控1班", SittingState.OPEN)
    found = sittings.weigh_sitting(line.id, by=registrar)
    if city.whole:
        (refused,) = found.refused
        assert refused.plan.refusal is not None
        assert refused.plan.refusal.clauses
        assert {one.line.result.text("outcome") for one in found.lines} >= {
            "达到条件", "未达到，去向待定", "未达到，学生选择留级", "未达到，毕业退出", "本次不参加",
        }  # fmt: skip
    waiting = {ahead.taught.class_name for ahead in sitting_classes.list_classes(by=registrar)}
    assert "2023级机电1班" in waiting


def test_the_other_waits_for_the_university_which_answers_it(city: Loading, held: int) -> None:
    if not city.whole:
        assert held == 1
        return
    university = at(city, Role.UNIVERSITY_REGISTRAR, "yanshi-chengshi")
    (line,) = sitting_answers.list_received(by=university)
    assert (line.class_name, line.state) == ("2023级会计2班", SittingState.SUBMITTED)
    seen = sitting_answers.view_received(line.id, by=university)
    answers = {one.line.number: Answer(accepted=True) for one in seen.lines if one.line.state is LineState.PUT_UP}
    done = sitting_answers.answer_sitting(line.id, answers, seen=seen.sitting.version, by=university)
    assert done.accepted == len(answers) > 10
    assert journal.check_cohorts(by=OPERATOR).differences == ()
    assert models.Sitting.objects.filter(state="submitted").count() == 0
