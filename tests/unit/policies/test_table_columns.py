"""Reading a table: one definition of what a cell may hold, every fault at once, nothing cut off or filled in."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import polars as pl
import pytest
from tests.factories import beijing, make_book, make_head, make_rule, make_value, real_book

from guantong.errors import TableRefused
from guantong.policies import Rulebook
from guantong.policies.city import TableFrame, columns_of, decide_table, read_people

BOOK = real_book()
GOOD: dict[str, object] = {"score": [380], "household": ["beijing"], "exam_eligible": [True], "cohort": [2025]}


def faults(**columns: object) -> list[str]:
    """The lines of a refused table."""
    with pytest.raises(TableRefused) as refused:
        read_people(BOOK, {**GOOD, **columns})
    return [str(problem) for problem in refused.value.problems]


def words(columns: Mapping[str, object]) -> list[str]:
    answer = decide_table(BOOK, columns)["may_apply"]
    return [answer.word(row) for row in range(len(answer.codes))]


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("score", 380.3, "最小单位是 0.5（收到“380.3”）。可填 380.0 或 380.5"),
        ("score", float("nan"), "应是数字（收到“nan”）"),
        ("score", float("inf"), "应是数字（收到“inf”）"),
        ("score", "4e2", "应是数字"),
        ("score", True, "应是数字"),
        ("score", -1, "不能小于 0"),
        ("score", 510.5, "应在 0 到 510 之间（收到“510.5”）"),
        ("score", 10**30, "位数太多"),
        ("score", [380], "应是数字"),
        ("household", "bejing", "最接近的是 beijing"),
        ("household", 4, "代码只能是 0 beijing、1 as_beijing"),
        ("exam_eligible", "maybe", "只能是 yes、no 或 unknown"),
        ("exam_eligible", 1, "只能是 yes、no 或 unknown"),
        ("cohort", 25, "届别应是四位年份"),
        ("cohort", None, "届别不能为空"),
        ("on", "2024-13-01", "应是日期"),
    ],
)
def test_a_cell_outside_its_domain_is_one_line_with_its_row(column: str, cell: object, said: str) -> None:
    (line,) = faults(**{column: np.array([cell]) if column == "household" and cell == 4 else [cell]})
    assert said in line
    assert f"第 1 行 “{column}”" in line


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        ("score", np.array([380.0, np.nan])),
        ("score", np.array([380, -1])),
        ("score", np.array([380.0, -1.0])),
        ("score", np.array([380.0, -0.5])),
        ("score", np.array([380, 2**40])),
        ("score", pl.Series([380.0, 380.25])),
        ("household", pl.Series(["beijing", "beijin"])),
        ("household", np.array([0, -2])),
        ("exam_eligible", pl.Series(["yes", "y"])),
        ("exam_eligible", np.array([1, 0])),
    ],
)
def test_arrays_and_series_are_held_to_the_same_domain(column: str, cells: object) -> None:
    two = {name: value * 2 for name, value in GOOD.items() if isinstance(value, list)}
    with pytest.raises(TableRefused, match=f"第 [12] 行 “{column}”"):
        read_people(BOOK, {**two, column: cells})


def test_a_score_may_reach_its_own_total_beside_higher_scores_on_another_paper() -> None:
    people = read_people(BOOK, {"score": [510, 660, 500], "cohort": [2025, 2023, 2030]})
    assert [people.inputs_of(row)["score"] for row in range(3)] == [1020, 1320, 1000]


def test_all_faults_come_at_once_and_more_than_the_first_are_counted() -> None:
    columns = {"score": [1000] * 50, "household": ["bejing"] * 50, "exam_eligible": ["x"] * 50, "cohort": [2025] * 50}
    with pytest.raises(TableRefused, match="有 150 处需要修改，先列出 7 处") as refused:
        read_people(BOOK, columns, frame=TableFrame(file="a.csv", limit=7))
    assert len(refused.value.problems) == 7
    assert refused.value.where == "a.csv 第 1 行 “household”"


def test_a_column_whose_name_is_a_slip_is_not_taken_for_missing() -> None:
    with pytest.raises(TableRefused, match="最接近的是 score"):
        read_people(BOOK, {"scor": [380], "household": [None], "exam_eligible": [None], "cohort": [2025]})


def test_a_table_without_cohorts_is_refused() -> None:
    with pytest.raises(TableRefused, match="“cohort”：缺少这一列"):
        read_people(BOOK, {"score": [380]})


def test_columns_of_different_length_are_refused() -> None:
    assert "这一列有 2 行，cohort 列有 1 行" in faults(score=[380, 381])[0]


def test_a_text_is_not_taken_for_a_column_of_its_characters() -> None:
    assert "这不是一列数据" in faults(score="3")[0]


def test_columns_that_are_no_inputs_are_left_alone_and_inputs_without_a_column_are_named() -> None:
    people = read_people(BOOK, {"score": [380], "cohort": [2025], "学号": ["x"]})
    assert people.absent == ("household", "exam_eligible")
    assert people.inputs_of(0) == {"score": 760, "household": None, "exam_eligible": None}


@pytest.mark.parametrize("empty", [None, "", "unknown", "未知", "  "])
def test_an_empty_cell_is_unknown(empty: object) -> None:
    assert words({**GOOD, "score": [empty]}) == ["unknown"]


FORMS: list[dict[str, object]] = [
    {"score": ["380", "３７９．５", None], "household": ["beijing"] * 3, "exam_eligible": ["是"] * 3},
    {"score": [380, 379.5, None], "household": ["本市正式户籍"] * 3, "exam_eligible": ["yes", "true", "是"]},
    {"score": np.array([380.0, 379.5, 0]), "household": np.array([0, 0, -1]), "exam_eligible": np.array([True] * 3)},
    {"score": pl.Series([380.0, 379.5, None]), "household": pl.Series(["beijing"] * 3), "exam_eligible": [True] * 3},
    {
        "score": np.ma.array([380, 379, 0], mask=[False, False, True]),
        "household": pl.Series(["beijing"] * 3, dtype=pl.Categorical),
        "exam_eligible": pl.Series([True, True, None]),
    },
]


@pytest.mark.parametrize("form", FORMS)
def test_lists_arrays_masks_and_series_mean_the_same(form: dict[str, object]) -> None:
    expected = "no" if isinstance(form["score"], np.ndarray) and form["score"].dtype == float else "unknown"
    assert words({**form, "cohort": [2025] * 3}) == ["yes", "no", expected]


def test_a_polars_frame_and_records_are_tables_too() -> None:
    records: list[dict[str, object]] = [
        {"score": 380, "household": "beijing", "exam_eligible": "yes", "cohort": 2025},
        {"cohort": 2025},
    ]
    assert words(columns_of(records)) == ["yes", "unknown"]
    frame = decide_table(BOOK, pl.DataFrame(columns_of(records)))["may_apply"]
    assert [frame.word(row) for row in range(2)] == ["yes", "unknown"]


def test_a_table_without_rows_is_answered_with_no_rows() -> None:
    assert words({name: [] for name in GOOD}) == []
    assert read_people(BOOK, {name: np.array([], int) for name in ("score", "cohort")}).rows == 0


def counting_book(**spec: object) -> Rulebook:
    head = make_head()
    number = {"id": "score", "label": "分数", "kind": "score", "unit": "分", **spec}
    inputs = [number, *head["inputs"][1:]]  # type: ignore[index]
    return make_book(
        make_rule(lambda p, w: p.score >= w.floor), values={"floor": [make_value(out_of=[])]}, inputs=inputs
    )


@pytest.mark.parametrize("step", ["0.1", "0.25", "1", "20"])
def test_a_step_of_any_size_is_exact(step: str) -> None:
    book = counting_book(step=step)
    people = read_people(book, {"score": [60, 80.0, "100", None], "cohort": [2023] * 4})
    assert [book.inputs["score"].shown(people.inputs["score"].at(row)) for row in range(4)] == [60, 80, 100, "unknown"]
    arrays = read_people(book, {"score": np.array([60.0, 80, 100]), "cohort": np.array([2023] * 3)})
    assert arrays.inputs["score"].codes.tolist() == people.inputs["score"].codes.tolist()[:3]


@pytest.mark.parametrize("largest", [125, 126, 127, 128, 32_765, 32_766, 32_767, 40_000, 2**31 - 2])
def test_numbers_get_the_width_they_need(largest: int) -> None:
    people = read_people(counting_book(step="1"), {"score": np.array([0, largest]), "cohort": [2023, 2023]})
    assert people.inputs_of(1)["score"] == largest
    width = 1 if largest < 127 else 2 if largest < 32_767 else 4
    assert people.inputs["score"].codes.dtype.itemsize == width


@pytest.mark.parametrize("cells", [np.array([2**31 - 1]), [2**40], np.array([2.0**40])])
def test_a_number_too_large_to_be_kept_is_a_fault_and_is_not_cut(cells: object) -> None:
    with pytest.raises(TableRefused, match=r"分数太大|分数位数太多"):
        read_people(counting_book(step="1"), {"score": cells, "cohort": [2023]})


def test_numbers_in_the_byte_order_of_another_machine_are_read_as_what_they_are() -> None:
    people = read_people(counting_book(step="1"), {"score": np.array([60, 700], ">i2"), "cohort": [2023, 2023]})
    assert people.inputs["score"].codes.tolist() == [60, 700]


def test_narrow_columns_are_not_copied() -> None:
    for score in (np.array([60, 700], np.int16), np.array([60, 70], np.uint8)):
        people = read_people(counting_book(step="1"), {"score": score, "cohort": [2023, 2023]})
        assert np.shares_memory(people.inputs["score"].codes, score)


def test_a_day_for_everyone_and_a_column_of_days_select_standing_clauses_alike() -> None:
    columns = {"stage": ["secondary"] * 2, "cohort": [2019, 2019]}
    days = ["2019-10-01", date(2021, 3, 1)]
    by_column = read_people(BOOK, {**columns, "on": days}, ("may_change_school",))
    assert [by_column.regime_of(row) for row in range(2)] == [(2019, 2019), (2019, 2020)]
    assert read_people(BOOK, columns, ("may_change_school",), on=date(2021, 3, 1)).regimes == ((2019, 2020),)
    assert read_people(BOOK, {**columns, "on": ["", None]}, ("may_change_school",)).regimes == ((2019, None),)


def test_a_date_stands_as_the_whole_years_until_the_day_of_the_question() -> None:
    book = beijing().rulebook("shuangshi")
    name = "years_since_recognition"
    (decision, *_) = (spec.id for spec in book.decisions.values() if name in spec.inputs)
    columns: dict[str, object] = {name: ["2020-06-30", 4, None, date(2021, 1, 1)], "cohort": [2024] * 4}
    people = read_people(book, columns, (decision,), on=date(2025, 6, 29))
    assert people.inputs[name].codes.tolist() == [4, 4, -1, 4]
    by_row = {**columns, "on": ["2025-06-30", "", "", "2023-01-01"]}
    assert read_people(book, by_row, (decision,)).inputs[name].codes.tolist() == [5, 4, -1, 2]
    with pytest.raises(TableRefused, match="要由所问的日期推算"):
        read_people(book, columns, (decision,))
