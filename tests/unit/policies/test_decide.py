"""How findings combine: verdicts, values, disagreeing sources, bars, precedence, and what is missing."""

from datetime import date

import pytest
from tests.factories import make_book, make_clause, make_rule, make_value, real_book

from guantong.errors import ClauseUnknown, DecisionUnknown, InputRefused
from guantong.evidence import Grade
from guantong.policies import Rulebook, decide
from guantong.policies.rules import Rule

FLOOR = make_rule(lambda pupil, law: pupil.score >= law.floor, "floor")
MEMBER = make_rule(lambda pupil, law: pupil.member, "member")
RED = make_rule(lambda pupil, law: pupil.colour.among("red"), "red", clause="doc:2", bar=True)
NORTH = make_rule(lambda pupil, law: pupil.member, "north", decision="home", gives="north")
SOUTH = make_rule(lambda pupil, law: pupil.colour.among("red"), "south", decision="home", clause="doc:2", gives="south")


def pair(kind: str, decision: str = "may_apply") -> dict[str, object]:
    """The first clause beats the second, or nobody has settled it."""
    names = ("winner", "loser") if kind == "beats" else ("first", "second")
    return {kind: [{"decision": decision, names[0]: "doc:1", names[1]: "doc:2", "note": "说明。"}]}


def ask(book: Rulebook, decision: str = "may_apply", **given: object) -> tuple[str, tuple[str, ...]]:
    """The answer of 2023 and what is missing."""
    made = decide(book, given, cohort=2023, decision=decision)
    return made.value or made.verdict, made.missing


@pytest.mark.parametrize(
    ("score", "member", "answer", "missing"),
    [
        (60, True, "yes", ()),
        (60, False, "no", ()),
        (59.5, True, "no", ()),
        (None, False, "no", ()),
        (59.5, None, "no", ()),
        (60, None, "unknown", ("member",)),
        (None, True, "unknown", ("score",)),
        (None, None, "unknown", ("score", "member")),
    ],
)
def test_a_verdict_is_the_kleene_and_of_its_conditions(
    score: float | None, member: bool | None, answer: str, missing: tuple[str, ...]
) -> None:
    assert ask(make_book(FLOOR, MEMBER), score=score, member=member) == (answer, missing)


@pytest.mark.parametrize(("colour", "answer"), [("green", "yes"), ("red", "no"), (None, "unknown")])
def test_a_bar_that_holds_says_no(colour: str | None, answer: str) -> None:
    assert ask(make_book(MEMBER, RED), member=True, colour=colour)[0] == answer


@pytest.mark.parametrize("colour", ["green", "red", None])
def test_a_beaten_bar_says_nothing(colour: str | None) -> None:
    assert ask(make_book(MEMBER, RED, **pair("beats")), member=True, colour=colour) == ("yes", ())


def test_a_precedence_holds_in_its_own_decision_only() -> None:
    book = make_book(MEMBER, RED, NORTH, SOUTH, **pair("beats", "home"))
    assert ask(book, member=True, colour="red") == ("no", ())


def test_a_bar_is_beaten_only_where_the_clause_that_beats_it_is_in_force() -> None:
    clauses = [make_clause(enacted=[2022]), make_clause("doc:2"), make_clause("doc:3")]
    third = make_rule(lambda pupil, law: pupil.member, "third", clause="doc:3")
    book = make_book(MEMBER, third, RED, clauses=clauses, **pair("beats"))
    assert ask(book, member=True, colour="red") == ("no", ())


@pytest.mark.parametrize(
    ("member", "colour", "answer", "missing"),
    [
        (True, "red", "unknown", ("doc:2", "doc:1")),
        (True, "green", "yes", ()),
        (True, None, "unknown", ("colour",)),
        (False, "red", "no", ()),
        (None, "red", "unknown", ("member", "doc:2", "doc:1")),
    ],
)
def test_an_unresolved_bar_leaves_the_answer_open_only_where_it_holds(
    member: bool | None, colour: str | None, answer: str, missing: tuple[str, ...]
) -> None:
    assert ask(make_book(MEMBER, RED, **pair("unresolved")), member=member, colour=colour) == (answer, missing)


@pytest.mark.parametrize(("score", "answer"), [(59.5, "no"), (60, "unknown"), (61.5, "unknown"), (62, "yes")])
def test_where_sources_disagree_only_what_all_of_them_say_is_decided(score: float, answer: str) -> None:
    book = make_book(FLOOR, values={"floor": [make_value(value=["60", "62"])]})
    assert ask(book, score=score) == (answer, ("value:floor",) if answer == "unknown" else ())


def test_what_the_text_leaves_open_is_missing_as_the_clause_itself() -> None:
    open_rule = make_rule(lambda pupil, law: pupil.colour.among("red", unsettled=("green",)))
    assert ask(make_book(open_rule), colour="green") == ("unknown", ("doc:1",))
    assert ask(make_book(open_rule)) == ("unknown", ("colour",))


def test_a_comparison_of_two_inputs_misses_the_one_that_is_not_known() -> None:
    book = make_book(make_rule(lambda pupil, law: pupil.score > pupil.other))
    assert ask(book, score=50, other=49.5) == ("yes", ())
    assert ask(book, score=50, other=50) == ("no", ())
    assert ask(book, score=50) == ("unknown", ("other",))
    assert ask(book) == ("unknown", ("score", "other"))


@pytest.mark.parametrize("rules", [(MEMBER,), (MEMBER, RED)])
def test_a_cohort_with_nothing_in_force_is_unknown_for_want_of_law(rules: tuple[Rule, ...]) -> None:
    decision = decide(make_book(*rules), {"member": False, "colour": "red"}, cohort=2024)
    assert (decision.verdict, decision.missing, decision.grade) == ("unknown", ("law",), None)


def test_a_bar_alone_decides_nothing() -> None:
    assert ask(make_book(MEMBER, RED, clauses=[make_clause(enacted=[2022]), make_clause("doc:2")]), colour="red") == (
        "unknown",
        ("law",),
    )


@pytest.mark.parametrize(
    ("member", "colour", "answer", "missing"),
    [
        (True, "green", "north", ()),
        (False, "red", "south", ()),
        (None, "green", "unknown", ("member",)),
        (None, None, "unknown", ("member", "colour")),
        (False, "green", "unknown", ("law",)),
        (True, "red", "unknown", ("doc:1", "doc:2")),
    ],
)
def test_a_value_is_given_where_exactly_one_holds(
    member: bool | None, colour: str | None, answer: str, missing: tuple[str, ...]
) -> None:
    book = make_book(NORTH, SOUTH, **pair("unresolved", "home"))
    assert ask(book, "home", member=member, colour=colour) == (answer, missing)


@pytest.mark.parametrize(("member", "answer", "missing"), [(True, "north", ()), (None, "unknown", ("member",))])
def test_a_beaten_value_gives_way_to_its_winner(member: bool | None, answer: str, missing: tuple[str, ...]) -> None:
    book = make_book(NORTH, SOUTH, **pair("beats", "home"))
    assert ask(book, "home", member=member, colour="red") == (answer, missing)


def test_the_weakest_grade_of_clause_value_and_reading_is_the_decision_s() -> None:
    book = make_book(FLOOR, MEMBER, values={"floor": [make_value(grade="unofficial")]})
    decision = decide(book, {}, cohort=2023)
    assert [finding.grade for finding in decision.findings] == [Grade.UNOFFICIAL, Grade.OFFICIAL]
    assert decision.grade is Grade.UNOFFICIAL


def test_the_public_words_are_those_of_the_book() -> None:
    words = [decide(real_book(), {"score": score}, cohort=2025).words for score in (None, 300)]
    assert words == ["还不能判断", "不符合"]
    book = make_book(NORTH)
    homes = [decide(book, {"member": member}, cohort=2023, decision="home").words for member in (True, None)]
    assert homes == ["北", "还不能判断"]


def test_a_decision_or_clause_that_does_not_exist_is_answered_with_near_names() -> None:
    with pytest.raises(DecisionUnknown, match="may_apply"):
        decide(real_book(), {}, cohort=2025, decision="may_aply")
    with pytest.raises(ClauseUnknown, match=r"jjzc-2023-6:3\.1\.2"):
        real_book().clause("jjzc-2023-6:3.1.22")


def test_what_the_text_leaves_open_is_the_clause_itself_under_a_denial_too() -> None:
    denied = make_rule(lambda pupil, law: ~pupil.colour.among("red", unsettled=("green",)))
    assert ask(make_book(denied), colour="green") == ("unknown", ("doc:1",))


@pytest.mark.parametrize(("cohort", "score", "limit"), [(2023, 100.5, "100"), (2022, 80.5, "80")])
def test_a_score_is_held_against_the_paper_of_its_own_cohort(cohort: int, score: float, limit: str) -> None:
    papers = [make_value(), make_value(cohorts=[2022], out_of=["80"])]
    book = make_book(FLOOR, values={"floor": papers})
    with pytest.raises(InputRefused, match=f"应在 0 到 {limit} 之间"):
        decide(book, {"score": score}, cohort=cohort)
    assert decide(book, {"score": score}, cohort=2024).inputs["score"] == score * 2


def test_a_date_is_counted_up_to_the_day_of_the_question() -> None:
    years = {"id": "years", "label": "年限", "kind": "count", "unit": "年", "from_date": True}
    spec = {"id": "may_apply", "title": "报名", "inputs": ["years"], "yes": "可以", "no": "不可以", "unknown": "不知道"}
    rule = make_rule(lambda pupil, law: pupil.years >= 5)
    book = make_book(rule, inputs=[years], decisions=[spec])
    days = (date(2025, 6, 28), date(2025, 6, 29))
    given = {"years": "2020-06-29"}
    assert [decide(book, given, cohort=2023, on=day).verdict for day in days] == ["no", "yes"]
    with pytest.raises(InputRefused) as caught:
        decide(book, given, cohort=2023)
    assert [(problem.rule, problem.value) for problem in caught.value.problems] == [
        ("年限要由所问的日期推算", "2020-06-29")
    ]


@pytest.mark.parametrize(
    "rule",
    [
        make_rule(lambda pupil, law: (pupil.score >= law.floor) & pupil.member),
        make_rule(lambda pupil, law: (pupil.score >= law.floor) | ~pupil.member),
        make_rule(lambda pupil, law: ~(pupil.score < law.floor)),
    ],
)
def test_a_value_deep_inside_a_rule_is_that_of_the_cohort(rule: Rule) -> None:
    book = make_book(rule, clauses=[make_clause(enacted=[2022, 2023])], values={"floor": [make_value()]})
    given = {"score": 60, "member": True}
    answers = [decide(book, given, cohort=cohort) for cohort in (2022, 2023)]
    assert [(answer.verdict, answer.missing) for answer in answers] == [("unknown", ("value:floor",)), ("yes", ())]
