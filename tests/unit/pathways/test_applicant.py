"""The applicant: everything may be left out, nothing is assumed, and what cannot be read is told at once."""

from datetime import date
from decimal import Decimal

import pytest
from tests.planning import applicant, faults

from guantong.pathways.applicant import Applicant
from guantong.pathways.listing import Criterion
from guantong.pathways.routes import Target


def test_nothing_said_is_nothing_assumed() -> None:
    assert applicant() == Applicant()
    assert Applicant().inputs() == {"score": None, "household": None, "exam_eligible": None}


def test_every_option_is_read() -> None:
    child = applicant(
        cohort=2025,
        score=" 400.5 ",
        out_of=510,
        household="本市正式户籍",
        exam_eligible="是",
        district="丰台",
        interest=["信息技术", "软件", "信息技术"],
        max_years=7,
        target="本科",
        sort="quota",
    )
    assert child == Applicant(
        cohort=2025,
        score=Decimal("400.5"),
        out_of=Decimal(510),
        household="beijing",
        exam_eligible=True,
        district="fengtai",
        interests=("信息技术", "软件"),
        max_years=7,
        target=Target.UNDERGRADUATE,
        sort=Criterion.QUOTA,
    )
    assert child.as_json()["score"] == 400.5


@pytest.mark.parametrize("word", ["", "  ", "unknown", "未知", "不清楚"])
def test_unknown_is_a_word_for_what_is_not_known(word: str) -> None:
    child = applicant(cohort=2025, score=word, household=word, exam_eligible=word)
    assert child == Applicant(cohort=2025)
    said = child.as_json()
    assert (said["score"], said["household"], said["exam_eligible"]) == (None, "unknown", "unknown")


@pytest.mark.parametrize(
    ("grade", "day", "cohort"),
    [
        (8, date(2026, 11, 21), 2028),
        (9, date(2026, 11, 21), 2027),
        (9, date(2026, 8, 31), 2026),
        (9, date(2026, 9, 1), 2027),
        ("８", date(2026, 11, 21), 2028),
    ],
)
def test_a_grade_means_a_cohort_on_the_day(grade: object, day: date, cohort: int) -> None:
    child = applicant(day, pupil_grade=grade)
    assert (child.cohort, child.pupil_grade) == (cohort, int(str(grade)))


def test_a_grade_and_its_own_cohort_agree() -> None:
    assert applicant(pupil_grade=8, cohort=2028).cohort == 2028


@pytest.mark.parametrize(
    ("given", "option", "rule"),
    [
        ({"pupil_grade": 8, "cohort": 2027}, "pupil_grade", "8 年级的孩子是 2028 年中考，与填写的 2027 不一致"),
        ({"pupil_grade": 0}, "pupil_grade", "年级应是 1 到 9"),
        ({"pupil_grade": 10}, "pupil_grade", "年级应是 1 到 9"),
        ({"pupil_grade": 8.5}, "pupil_grade", "年级应是 1 到 9"),
        ({"pupil_grade": "初二"}, "pupil_grade", "年级应是 1 到 9"),
        ({"cohort": 2014}, "cohort", "中考年份应在 2015 到 2031 之间"),
        ({"cohort": 2032}, "cohort", "中考年份应在 2015 到 2031 之间"),
        ({"cohort": "NaN"}, "cohort", "中考年份应在 2015 到 2031 之间"),
        ({"cohort": "9" * 60}, "cohort", "中考年份应在 2015 到 2031 之间"),
        ({"cohort": [2024, 2025]}, "cohort", "这一项只能填一个"),
        ({"cohort": 2025, "score": 511}, "score", "中考总分应在 0 到 510 之间"),
        ({"cohort": 2025, "score": -1}, "score", "中考总分应在 0 到 510 之间"),
        ({"cohort": 2025, "score": "四百"}, "score", "中考总分应是数字"),
        ({"cohort": 2025, "score": "4e2"}, "score", "中考总分应是数字"),
        ({"cohort": 2025, "score": 400.25}, "score", "中考总分的最小单位是 0.5"),
        ({"cohort": 2024, "score": 671}, "score", "中考总分应在 0 到 670 之间"),
        ({"cohort": 2024, "score": 661, "out_of": 660}, "score", "中考总分应在 0 到 660 之间"),
        ({"score": -0.5}, "score", "中考总分不能小于 0"),
        ({"score": 101, "out_of": 100}, "score", "中考总分应在 0 到 100 之间"),
        ({"cohort": 2025, "out_of": 660}, "out_of", "2025 年中考总分是 510 分"),
        ({"cohort": 2024, "out_of": 510}, "out_of", "2024 年中考总分是 660 或 670 分"),
        ({"out_of": "满分"}, "out_of", "试卷总分应是大于 0 的数字"),
        ({"out_of": 0}, "out_of", "试卷总分应是大于 0 的数字"),
        ({"household": "bejing"}, "household", "户籍只能是 beijing"),
        ({"exam_eligible": "maybe"}, "exam_eligible", "只能是 yes、no 或 unknown"),
        ({"district": "浦东新区"}, "district", "没有这个区"),
        ({"interest": list("甲乙丙丁戊己庚")}, "interest", "兴趣最多填 6 个"),
        ({"max_years": 13}, "max_years", "年数应在 1 到 12 之间"),
        ({"max_years": "七"}, "max_years", "年数应在 1 到 12 之间"),
        ({"target": "博士"}, "target", "只能是 专科、本科、就业、出国 之一"),
        ({"sort": "score"}, "sort", "只能是 plan、interest、district、partner、quota 之一"),
        ({"scroe": 400}, "scroe", "没有这个输入"),
    ],
)
def test_what_cannot_be_read_is_named_with_a_remedy(given: dict[str, object], option: str, rule: str) -> None:
    (problem,) = faults(**given)
    assert problem.column == option
    assert rule in problem.rule
    assert problem.remedy


@pytest.mark.parametrize(
    "given",
    [
        {"cohort": 2025, "score": 510},
        {"cohort": 2025, "score": 0},
        {"cohort": 2024, "score": 670},
        {"cohort": 2028, "score": 10000},
        {"cohort": 2024, "score": 660, "out_of": 660},
        {"cohort": 2028, "out_of": 123},
        {"cohort": 2015},
        {"cohort": 2031},
    ],
)
def test_the_bounds_themselves_can_be_read(given: dict[str, object]) -> None:
    assert faults(**given) == ()


def test_every_problem_is_told_at_once() -> None:
    told = faults(
        cohort=1999, score="x", household="x", exam_eligible="x", district="x", target="x", max_years="x", y=1
    )
    assert sorted(problem.column for problem in told) == sorted(
        ["y", "cohort", "score", "household", "exam_eligible", "district", "max_years", "target"]
    )


def test_a_misspelled_option_is_answered_with_the_nearest() -> None:
    (problem,) = faults(interst="软件")
    assert problem.remedy == "最接近的是 interest。"


def test_an_unknown_district_is_answered_with_all_of_them() -> None:
    (problem,) = faults(district="浦东新区")
    assert "丰台区、" in problem.remedy


def test_a_long_value_is_shown_by_its_beginning() -> None:
    (problem,) = faults(district="远" * 500)
    assert len(problem.value) == 40
