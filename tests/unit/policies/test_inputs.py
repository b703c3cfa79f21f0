"""Reading what people give: nothing is guessed, nothing crashes, every fault is named at once."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import real_book

from guantong.errors import InputRefused, Problem
from guantong.policies import decide
from guantong.policies.inputs import InputKind, InputSpec, number_or_none, unknown_names

SCORE = InputSpec(name="score", label="总分", kind=InputKind.SCORE, unit="分", step=Decimal("0.5"))
COUNT = InputSpec(name="count", label="次数", kind=InputKind.COUNT, unit="次")
MEMBER = InputSpec(name="member", label="成员", kind=InputKind.BOOLEAN)
HOMES = (("beijing", "本市"), ("as_beijing", "按本市"), ("migrant", "随迁"))
HOME = InputSpec(name="home", label="户籍", kind=InputKind.CHOICE, choices=HOMES)
EVERY_KIND = (SCORE, COUNT, MEMBER, HOME)
TOTAL = Decimal(660)


def refused(spec: InputSpec, raw: object) -> Problem:
    """The problem that reading meets."""
    problem = spec.read(raw, TOTAL)
    assert isinstance(problem, Problem)
    return problem


@pytest.mark.parametrize(
    ("raw", "steps"),
    [(0, 0), (380, 760), ("380", 760), ("379.5", 759), (379.5, 759), (Decimal("379.50"), 759), ("660", 1320),
     ("３８０．５", 761), (" 380 ", 760), ("+380", 760), ("-0", 0)],
)  # fmt: skip
def test_a_score_is_read_in_whole_steps(raw: object, steps: int) -> None:
    assert SCORE.read(raw, TOTAL) == steps


@pytest.mark.parametrize(
    "raw", ["4e2", "nan", "NaN", float("nan"), float("inf"), "-inf", "四百", "400分", "1,000", "4 00", True, [400], {}]
)
def test_what_is_no_plain_number_is_no_score(raw: object) -> None:
    assert refused(SCORE, raw).rule == "总分应是数字"


@pytest.mark.parametrize("raw", [-1, "-0.5", 660.5, "661"])
def test_a_score_outside_the_paper_is_refused(raw: object) -> None:
    assert refused(SCORE, raw).rule == "总分应在 0 到 660 之间"


def test_where_the_total_is_unknown_only_the_lower_bound_holds() -> None:
    problem = SCORE.read(-1)
    assert SCORE.read(900) == 1800
    assert isinstance(problem, Problem)
    assert problem.rule == "总分不能小于 0"


@pytest.mark.parametrize(("raw", "offer"), [("400.3", "可填 400.0 或 400.5。"), (400.75, "可填 400.5 或 401.0。")])
def test_a_score_between_two_steps_is_answered_with_both(raw: object, offer: str) -> None:
    assert refused(SCORE, raw).remedy == offer


@pytest.mark.parametrize("spec", [SCORE, COUNT])
def test_a_number_of_forty_digits_is_a_problem_and_no_crash(spec: InputSpec) -> None:
    problem = spec.read("9" * 40)
    assert isinstance(problem, Problem)
    assert problem.rule == f"{spec.label}位数太多"


def test_half_a_time_is_no_count() -> None:
    assert refused(COUNT, "1.5").rule == "次数的最小单位是 1"


@pytest.mark.parametrize("raw", [None, "", "  ", "unknown", "Unknown", "未知", "不清楚"])
@pytest.mark.parametrize("spec", EVERY_KIND, ids=lambda spec: spec.name)
def test_nothing_and_unknown_are_unknown_for_every_kind(spec: InputSpec, raw: object) -> None:
    assert spec.read(raw, TOTAL) is None


@pytest.mark.parametrize(
    ("raw", "value"),
    [(True, True), (False, False), ("yes", True), ("No", False), ("true", True), ("是", True), ("否", False)],
)
def test_a_boolean_is_read(raw: object, value: bool) -> None:
    assert MEMBER.read(raw) is value


@pytest.mark.parametrize("raw", [1, 0, "y", "maybe", 1.0, []])
def test_what_is_not_yes_or_no_is_no_boolean(raw: object) -> None:
    assert refused(MEMBER, raw).rule == "成员只能是 yes、no 或 unknown"


@pytest.mark.parametrize(("raw", "value"), [("beijing", "beijing"), (" migrant ", "migrant"), ("随迁", "migrant")])
def test_a_choice_is_read_by_id_or_label(raw: object, value: str) -> None:
    assert HOME.read(raw) == value


@pytest.mark.parametrize(
    ("raw", "near"), [("bejing", "beijing"), ("Migrants", "migrant"), ("as beijing", "as_beijing")]
)
def test_a_misspelled_choice_is_answered_with_the_nearest(raw: str, near: str) -> None:
    assert refused(HOME, raw).remedy == f"最接近的是 {near}。"


@pytest.mark.parametrize("raw", [True, 3, "火星"])
def test_a_choice_like_no_other_is_answered_with_the_list(raw: object) -> None:
    assert refused(HOME, raw).rule == "户籍只能是 beijing、as_beijing、migrant 或 unknown"


@given(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.integers())))
def test_reading_never_crashes_and_a_value_lies_in_the_domain(raw: object) -> None:
    for spec in EVERY_KIND:
        value = spec.read(raw, TOTAL)
        if value is not None and not isinstance(value, Problem):
            assert value in spec.domain() or (spec not in (MEMBER, HOME) and 0 <= int(value) <= 1320)


@given(st.integers(0, 1320))
def test_what_is_shown_is_read_back_as_the_same(steps: int) -> None:
    assert SCORE.read(SCORE.shown(steps), TOTAL) == steps


def test_a_threshold_of_the_law_is_never_rounded() -> None:
    with pytest.raises(ValueError, match="no multiple"):
        SCORE.steps(Decimal("489.75"))


def test_values_are_put_in_words() -> None:
    words = [SCORE.words(759), SCORE.words(None), MEMBER.words(True), MEMBER.words(False), HOME.words("migrant")]
    assert words == ["379.5 分", "未提供", "是", "否", "随迁"]


@pytest.mark.parametrize(("raw", "number"), [("４００", 400), ("4e2", None), ("", None), (None, None), (3, 3)])
def test_a_plain_number_or_none(raw: object, number: int | None) -> None:
    assert number_or_none(raw) == number


def test_every_problem_is_reported_at_once_with_its_field() -> None:
    given_all = {"score": "高", "household": "bejing", "exam_eligible": "也许", "scores": 3, "年龄": 15}
    with pytest.raises(InputRefused) as caught:
        decide(real_book(), given_all, cohort=2025)
    problems = {problem.column: problem for problem in caught.value.problems}
    assert set(problems) == set(given_all)
    assert problems["scores"].remedy == "最接近的是 score。"
    assert problems["年龄"].remedy == "可用的输入：score、household、exam_eligible。"


@pytest.mark.parametrize(("steps", "shown"), [(120, "60"), (121, "60.5")])
def test_a_whole_number_is_shown_without_a_point(steps: int, shown: str) -> None:
    assert str(SCORE.shown(steps)) == shown


def test_of_a_long_value_forty_characters_are_repeated() -> None:
    assert refused(SCORE, "四" * 50).value == "四" * 40


YEARS = InputSpec(name="years", label="年限", kind=InputKind.COUNT, unit="年", from_date=True)
DAY = date(2025, 6, 29)


@pytest.mark.parametrize(
    ("raw", "derived"),
    [
        ("2020-06-29", 5),
        (" 2020-06-30 ", 4),
        ("2025-06-29", 0),
        ("3", "3"),
        (3, 3),
        (None, None),
        ("unknown", "unknown"),
    ],
)
def test_a_date_becomes_the_whole_years_up_to_the_day_of_the_question(raw: object, derived: object) -> None:
    assert YEARS.derived(raw, DAY) == derived


def test_an_input_that_takes_no_date_keeps_what_was_given() -> None:
    assert COUNT.derived("2020-06-29", DAY) == "2020-06-29"


@pytest.mark.parametrize(
    ("raw", "on", "rule", "remedy"),
    [
        ("2020-02-30", DAY, "年限的日期不存在", "请写成 2020-06-30 的样子。"),
        ("2025-06-30", DAY, "年限要由所问的日期推算", "请填写不早于它的所问日期（--on）。"),
        ("2020-06-29", None, "年限要由所问的日期推算", "请填写不早于它的所问日期（--on）。"),
    ],
)
def test_a_date_from_which_no_years_follow_is_a_problem(raw: str, on: date | None, rule: str, remedy: str) -> None:
    assert YEARS.derived(raw, on) == Problem(column="years", value=raw, rule=rule, remedy=remedy)


def test_a_word_that_is_half_right_is_answered_with_the_nearest_choice() -> None:
    assert refused(HOME, "migrxyz").remedy == "最接近的是 migrant。"


@pytest.mark.parametrize(
    ("spec", "raw", "rule", "remedy"),
    [
        (MEMBER, "perhaps", "成员只能是 yes、no 或 unknown", "请改为其中之一。"),
        (HOME, "xyz", "户籍只能是 beijing、as_beijing、migrant 或 unknown", "请改为其中之一。"),
        (SCORE, "四百", "总分应是数字", "请只填阿拉伯数字，例如 400。"),
        (SCORE, "1" * 13, "总分位数太多", "请核对后重新填写。"),
        (SCORE, "661", "总分应在 0 到 660 之间", "请核对分数和年份；各年总分不同，不能混用。"),
        (SCORE, "400.3", "总分的最小单位是 0.5", "可填 400.0 或 400.5。"),
    ],
)
def test_a_problem_repeats_the_value_and_says_what_to_do(spec: InputSpec, raw: str, rule: str, remedy: str) -> None:
    assert refused(spec, raw) == Problem(column=spec.name, value=raw, rule=rule, remedy=remedy)


def test_a_number_may_be_as_long_as_a_number_can_be() -> None:
    assert refused(SCORE, "1" * 12).rule == "总分应在 0 到 660 之间"
    assert refused(SCORE, "1" * 13).rule == "总分位数太多"


@pytest.mark.parametrize(("name", "remedy"), [("scor", "最接近的是 score。"), ("zz", "可用的输入：score、member。")])
def test_a_name_that_the_decision_does_not_have_is_answered_with_those_it_has(name: str, remedy: str) -> None:
    assert unknown_names(["score", name], ["score", "member"]) == [
        Problem(column=name, rule="没有这个输入项", remedy=remedy)
    ]
