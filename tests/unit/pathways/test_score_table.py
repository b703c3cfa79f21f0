"""Score tables: checked whole, told as a range, and only for the year and total that were stated."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.planning import desk

from guantong.errors import InputRefused
from guantong.pathways.score_table import MOST_ROWS, Percentile, ScoreTable, percentile, read_score_table

STATED = {"year": "2025", "out_of": "510", "source": "区考试中心", "population": "某区考生"}
WHOLE = "score,count,cumulative\n480+,10,10\n400,20,30\n380,5,35\n0,5,40\n"


def table(text: str = WHOLE, **stated: str) -> ScoreTable:
    return read_score_table(text, **{**STATED, **stated}, book=desk().book)


def place(score: str, text: str = WHOLE, *, year: int = 2025, out_of: int = 510) -> Percentile | None:
    return percentile(table(text), Decimal(score), year=year, out_of=Decimal(out_of))


def faults(text: str = WHOLE, **stated: str) -> list[str]:
    with pytest.raises(InputRefused) as refused:
        table(text, **stated)
    return [f"{problem.row}:{problem.column}:{problem.rule}" for problem in refused.value.problems]


def test_a_score_stands_within_a_range_because_equal_scores_cannot_be_told_apart() -> None:
    found = place("380")
    assert found
    assert (found.above, found.equal, found.at_best, found.at_worst) == (30, 5, Decimal("77.5"), Decimal("87.5"))
    assert found.text == (
        "某区考生 2025 年，总分 510 分：380 分在前 77.5% 至 87.5%。表由使用者提供，来源：区考试中心。"
    )


def test_a_score_between_two_rows_has_one_place() -> None:
    found = place("390")
    assert found
    assert (found.above, found.equal, found.at_best, found.at_worst) == (30, 0, Decimal("77.5"), Decimal("77.5"))


def test_a_table_that_leaves_low_scores_out_gives_an_upper_bound() -> None:
    found = place("380", "score,count\n400,20\n380,5\n350,5\n")
    assert found
    assert found.upper_bound
    assert "至多 70.0% 至 83.3%" in found.text
    assert "实际比例只会更小" in found.text


@pytest.mark.parametrize(
    ("score", "year", "out_of"),
    [("380", 2024, 510), ("380", 2025, 660), ("480", 2025, 510), ("500", 2025, 510), ("511", 2025, 510)],
)
def test_another_year_another_total_or_an_open_row_gives_no_place(score: str, year: int, out_of: int) -> None:
    assert place(score, year=year, out_of=out_of) is None


def test_a_score_below_the_last_row_has_no_place() -> None:
    assert place("349.5", "score,count\n400,20\n350,5\n") is None


def test_unknown_years_and_totals_of_the_pupil_give_no_place() -> None:
    assert percentile(table(), Decimal(380), year=None, out_of=Decimal(510)) is None
    assert percentile(table(), Decimal(380), year=2025, out_of=None) is None


def test_half_points_a_byte_order_mark_and_windows_lines_are_read() -> None:
    found = table("\ufeffscore,count\r\n479.5,3\r\n479,2\r\n")
    assert (found.scores, found.total) == ((Decimal("479.5"), Decimal(479)), 5)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "文件是空的"),
        ("score,count\n", "表里没有数据行"),
        ("score,count\n400,1\n400,1\n", "3:score:分数应从高到低"),
        ("score,count\n390,1\n400,1\n", "3:score:分数应从高到低"),
        ("score,count\n511,1\n", "2:score:高于总分 510"),
        ("score,count\n400,1\n380+,1\n", "3:score:只有第一行可以写“及以上”"),
        ("score,count\n400.25,1\n", "2:score:应写成"),
        ("score,count\n400,-1\n", "2:count:应是不带逗号和单位的整数"),
        ("score,count,cumulative\n400,2,2\n390,2,5\n", "3:cumulative:与各行人数相加的 4 不符"),
        ("score,count\n400,0\n", "总人数是 0，不合情理"),
        ("score,count\n400,200001\n", "总人数是 200001，不合情理"),
        ("score,number\n400,1\n", "表头里有不认识的列"),
        ("score,count\n" + "400,1\n" * (MOST_ROWS + 1), f"超过 {MOST_ROWS} 行"),
    ],
)
def test_a_fault_of_the_table_is_told(text: str, said: str) -> None:
    assert any(said in fault for fault in faults(text))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("year", "", "要写明是哪一年的表"),
        ("year", "2025.5", "要写明是哪一年的表"),
        ("out_of", "0", "要写明试卷总分"),
        ("out_of", "660", "2025 年中考总分是 510 分"),
        ("source", "", "要写明来源"),
        ("source", "长" * 81, "要写明来源"),
        ("population", " ", "要写明哪个区或全市的考生"),
    ],
)
def test_a_fault_of_what_is_stated_is_told(name: str, value: str, said: str) -> None:
    assert any(said in fault for fault in faults(**{name: value}))


def test_all_faults_are_told_at_once_and_a_lost_row_spoils_no_sums() -> None:
    found = faults("score,count,cumulative\n400,20,20\n410,x,30\n390,5,26\n999,5,31\n", out_of="500", source="")
    assert [fault.split(":")[1] for fault in found] == ["source", "out_of", "count", "score", "score"]


def test_a_year_whose_total_is_not_known_takes_the_stated_one() -> None:
    assert table(year="2030", out_of="600").stated.out_of == 600


def test_the_data_name_year_source_and_population() -> None:
    found = place("400")
    assert found
    assert {name: found.as_json()[name] for name in ("year", "out_of", "source", "population", "upper_bound")} == {
        "year": 2025,
        "out_of": 510,
        "source": "区考试中心",
        "population": "某区考生",
        "upper_bound": False,
    }


@given(counts=st.lists(st.integers(0, 50), min_size=2, max_size=40).filter(any), data=st.data())
def test_shares_lie_in_order_and_never_beyond_the_whole(counts: list[int], data: st.DataObject) -> None:
    scores = range(len(counts) - 1, -1, -1)
    text = "score,count\n" + "".join(f"{score},{count}\n" for score, count in zip(scores, counts, strict=True))
    score = data.draw(st.integers(0, len(counts) - 1))
    found = place(str(score), text)
    assert found
    assert found.at_best <= found.at_worst <= 100
    assert (found.above, found.equal) == (sum(counts[: len(counts) - 1 - score]), counts[len(counts) - 1 - score])
