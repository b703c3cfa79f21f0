"""A class teacher's list: seat numbers in, applicants out, every fault at once, and nothing personal taken."""

from datetime import date
from decimal import Decimal

import pytest
from tests.planning import TODAY, desk

from guantong.errors import InputRefused, Problem
from guantong.pathways.class_list import MOST_PUPILS, Pupil, read_class_list


def pupils(text: str, today: date = TODAY) -> tuple[Pupil, ...]:
    return read_class_list(text, book=desk().book, registry=desk().registry, today=today)


def faults(text: str) -> tuple[Problem, ...]:
    with pytest.raises(InputRefused) as refused:
        pupils(text)
    return refused.value.problems


def test_chinese_headings_and_labels_are_read() -> None:
    first, second = pupils("座号,年级,分数,户籍,区,兴趣\n1,9,400,本市正式户籍,东城,信息技术、会计\nA02,8,,随迁子女,,\n")
    assert (first.label, first.applicant.cohort, first.applicant.score) == ("1", 2027, Decimal(400))
    assert (first.applicant.household, first.applicant.district) == ("beijing", "dongcheng")
    assert first.applicant.interests == ("信息技术", "会计")
    assert (second.applicant.cohort, second.applicant.household, second.applicant.score) == (2028, "migrant", None)


def test_identifiers_serve_as_headings_and_all_but_the_label_may_be_left_out() -> None:
    (only,) = pupils("\ufefflabel\r\n3-12\r\n")
    assert (only.label, only.applicant.cohort) == ("3-12", None)
    (other,) = pupils(
        "label,cohort,score,out_of,household,exam_eligible,max_years,target\n7,2025,380,510,beijing,yes,7,本科\n"
    )
    assert (other.applicant.out_of, other.applicant.max_years) == (Decimal(510), 7)


@pytest.mark.parametrize(
    "heading",
    [
        "姓名", "学生姓名", "学生", "身份证号", "学号", "学籍号", "考号", "手机", "家长电话", "住址", "出生日期",
        "性别", "微信", "name", "Phone", "e-mail", "birthday", "ID_number",
    ],
)  # fmt: skip
def test_a_column_that_looks_personal_is_refused_without_repeating_it(heading: str) -> None:
    (problem,) = faults(f"座号,{heading}\n1,甲\n")
    assert "第 2 列看起来是姓名、号码或其他个人信息" in problem.rule
    assert (problem.value, "甲" in str(problem)) == ("", False)


@pytest.mark.parametrize(
    "value", ["11010119900307123X", "110101199003071234", "13800138000", "138 0013-8000", "a@b.cn", "20250101"]
)
def test_a_cell_with_a_number_of_a_person_is_refused_without_repeating_it(value: str) -> None:
    (problem,) = faults(f"座号,兴趣\n1,会计\n2,{value}\n")
    assert (problem.row, problem.value, value in str(problem)) == (3, "", False)


@pytest.mark.parametrize("label", ["王小明", "zhangsan", "wang1", "1234", "1 2", "座7"])
def test_a_label_is_a_seat_number_and_never_repeated(label: str) -> None:
    (problem,) = faults(f"座号\n{label}\n")
    assert (problem.row, problem.column, problem.value) == (2, "label", "")
    assert "座号应写成" in problem.rule


def test_what_stands_in_a_wrong_place_is_not_repeated_but_numbers_are() -> None:
    name, score = faults("座号,区,分数\n1,王小明,abc\n")[-2:]
    assert {problem.column: problem.value for problem in (name, score)} == {"score": "abc", "district": ""}
    assert "王小明" not in f"{name}{score}"


def test_a_file_without_a_header_does_not_tell_its_first_pupil() -> None:
    assert not any("王小明" in str(problem) for problem in faults("1,王小明\n2,李小红\n"))


def test_every_fault_of_every_pupil_is_told_at_once_with_its_row() -> None:
    found = faults("座号,中考年份,分数,户籍\n1,2025,999,火星\n1,2025,400,\nx,1900,,\n")
    assert [(problem.row, problem.column) for problem in found] == [
        (2, "label"),
        (2, "score"),
        (2, "household"),
        (3, "label"),
        (4, "label"),
        (4, "cohort"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "文件是空的"),
        ("座号\n", "名单里没有学生"),
        ("座号,成绩单\n1,2\n", "不认识表头的第 2 列"),
        ("年级\n9\n", "表头缺少这一列"),
        ("座号,年级\n1,9,9\n", "这一行有 3 格，表头有 2 格"),
        ("座号,年级,pupil_grade\n1,9,9\n", "出现了不止一次"),
    ],
)
def test_a_fault_of_the_file_is_told(text: str, said: str) -> None:
    assert any(said in str(problem) for problem in faults(text))


def test_sixty_pupils_are_read_and_sixty_one_refused() -> None:
    rows = [f"{number}\n" for number in range(1, MOST_PUPILS + 2)]
    assert len(pupils("座号\n" + "".join(rows[:MOST_PUPILS]))) == MOST_PUPILS
    (problem,) = faults("座号\n" + "".join(rows))
    assert problem.rule == "名单有 61 行，一次最多 60 名"
