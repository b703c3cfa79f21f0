"""`guantong facts list`: narrowed, in words or as data, wrong questions refused at once."""

from tests.cli import guantong
from tests.integration.cli.test_schemas import check


def test_the_list_says_when_a_document_contradicts_itself() -> None:
    ran = guantong("facts", "list", "--attribute", "progression_rate", "--year", "2020")
    assert (ran.code, ran.said.count("report-2020-")) == (0, 2)
    assert "共 2 条。其中 1 处文件自己说法不一。" in ran.said


def test_every_number_of_the_list_stands_with_its_place() -> None:
    said = guantong("facts", "list", "--attribute", "progression_rate", "--year", "2020").said
    assert "《2020年北京市中等职业教育质量年度报告》 第二部分二（一）（文本第 603 行）" in said


def test_the_list_as_data_is_as_promised() -> None:
    data = guantong("facts", "list", "--json").json
    check("facts", data)
    assert len(data) > 900


def test_a_question_narrows_the_list() -> None:
    data = guantong("facts", "list", "--subject", "district:dongcheng", "--year", "2018", "--json").json
    assert {(row["subject"], row["year"]) for row in data} == {("district:dongcheng", 2018)}


def test_every_wrong_part_is_refused_at_once() -> None:
    ran = guantong("facts", "list", "--subject", "nobody", "--attribute", "nothing", "--year", "x")
    assert (ran.code, ran.said) == (2, "")
    assert all(name in ran.complained for name in ("subject", "attribute", "year"))
