"""Whole tables at the command line: table, verify, compare, what-if."""

import csv
from pathlib import Path

import pytest
from tests.cli import guantong

HEADER = "label,cohort,score,household,exam_eligible"
ROWS = ("一,2025,380,beijing,是", "二,2025,379.5,beijing,yes", "三,2023,490,migrant,true", "四,2028,500,beijing,yes")


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text("\n".join((HEADER, *ROWS, "五,2025,,beijing,yes")) + "\n", encoding="utf-8")
    return path


def answered(path: Path) -> dict[str, tuple[str, str]]:
    with path.open(encoding="utf-8") as rows:
        return {row["label"]: (row["may_apply"], row["may_apply_failed"]) for row in csv.DictReader(rows)}


def test_a_table_gets_an_answer_and_the_clauses_that_say_no(people: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    ran = guantong("policies", "table", "--policy", "guantong", "--decision", "may_apply", str(people), str(out))
    assert ran.code == 0, ran.complained
    assert answered(out) == {
        "一": ("yes", ""),
        "二": ("no", "jjzc-2023-6:3.1.2"),
        "三": ("no", "jjzc-2023-6:3.1.1"),
        "四": ("unknown", ""),
        "五": ("unknown", ""),
    }
    assert "1 行的届别没有收录任何规定" in ran.said


def test_a_table_with_faults_is_refused_whole_and_nothing_is_written(people: Path, tmp_path: Path) -> None:
    people.write_text(people.read_text("utf-8") + "六,2025,511,bejing,maybe\n", encoding="utf-8")
    out = tmp_path / "out.csv"
    ran = guantong("policies", "table", str(people), str(out))
    assert ran.code == 2
    assert not out.exists()
    assert all(part in ran.complained for part in ("第 7 行", "511", "最接近的是 beijing", "maybe", "people.csv"))


def test_the_table_s_summary_has_a_receipt_that_does_not_change(people: Path, tmp_path: Path) -> None:
    first, again = (
        guantong("policies", "table", str(people), str(tmp_path / name), "--json").json for name in ("a.csv", "b.csv")
    )
    assert first == again
    assert first["counts"] == {"no": 2, "unknown": 2, "yes": 1}
    assert first["receipt"].startswith("sha256:")


@pytest.mark.parametrize("book", ["guantong", "shengxue", "shuangshi", "xueji", "zizhu"])
def test_every_rulebook_answers_the_same_three_ways(book: str) -> None:
    found = guantong("policies", "verify", "--policy", book, "--json").json
    assert found["different"] == 0
    assert found["signatures"] == sum(one["signatures"] for one in found["decisions"]) > 0
    undeclared = [one for part in found["decisions"] for one in part["findings"] if one["kind"] == "conflict"]
    assert all(one["declared"] for one in undeclared)


def test_a_higher_floor_turns_only_those_between_the_floors_away(people: Path) -> None:
    found = guantong("policies", "what-if", "--cohort", "2025", "--number", "385", str(people), "--json").json
    changed = [row for row in found["rows"] if row["changed"]]
    assert [(row["before"], row["after"], row["people"]) for row in changed] == [("yes", "no", 1)]
    assert changed[0]["clauses_after"] == ["jjzc-2023-6:3.1.2"]
    assert found["assumptions"] == []


def test_without_a_file_the_people_are_invented_and_it_is_said() -> None:
    said = guantong("policies", "what-if", "--cohort", "2025", "--number", "400").said
    assert "虚构人群，不是真实考生" in said
    assert "100000 人里" in said


def test_two_years_are_compared_by_share_only_as_a_stated_assumption() -> None:
    plain = guantong("policies", "compare", "2023", "2025", "--json").json
    shared = guantong("policies", "compare", "2023", "2025", "--by-share", "--json").json
    assert plain["unknown_scores"] == 100_000
    assert shared["unknown_scores"] == 0
    assert any("占满分的比例换算" in text for text in shared["assumptions"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("what-if", "--cohort", "2025", "--number", "abc"), "应是不小于 0 的数字"),
        (("what-if", "--cohort", "2028", "--number", "380"), "没有取值“2028 年试卷总分”"),
        (("what-if", "--cohort", "2025", "--number", "380", "--on", "2027-13-01"), "日期不对"),
        (("table", "nowhere.csv", "out.csv"), "找不到这个文件"),
        (("table", "nowhere.csv", "out.csv", "--decision", "may_aply"), "may_apply"),
    ],
)
def test_bad_input_is_answered_with_a_sentence(arguments: tuple[str, ...], said: str) -> None:
    ran = guantong("policies", *arguments)
    assert ran.code in (2, 3)
    assert said in ran.complained
    assert "Traceback" not in ran.complained
