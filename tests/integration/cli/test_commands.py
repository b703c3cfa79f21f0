"""The commands: what they say to people, their help, their exit codes, and what they say to a mistake."""

import json
import os
from pathlib import Path

import pytest
from tests.cli import guantong
from tests.factories import beijing
from tests.packages import Package

READING = [
    "plan",
    "programmes",
    "plans",
    "schools",
    "routes",
    "sources",
    "policies list",
    "policies show",
    "policies explain",
    "policies cases",
]
GROUPS = ["", "policies", "contents"]
COMMANDS = [*READING, "contents check", "serve"]
FULL = "plan --cohort 2025 --score 400 --household beijing --exam-eligible yes --district 丰台区 --interest 信息技术"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_in_chinese(command: str) -> None:
    ran = guantong(*command.split(), "--help")
    assert (ran.code, ran.complained) == (0, "")
    assert "选项" in ran.said
    assert not any(
        word in ran.said for word in ("Show this", "Options", "OPTIONS", "Commands", "[required", "[default")
    )


@pytest.mark.parametrize("command", ["", "policies", "plan", "programmes", "policies verify"])
def test_help_is_never_cut_off(monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    said = guantong(*command.split(), "--help").said
    assert "…" not in said.replace("命令 …", "")
    if command == "plan":
        flat = "".join(sign for sign in said if sign not in " \n│")
        assert "beijing、as_beijing、migrant、other或unknown" in flat


@pytest.mark.parametrize(
    ("command", "next_step"), [("schools 不存在", "少写几个字"), ("programmes --words 不存在", "少填")]
)
def test_a_search_without_a_find_says_what_to_do_next(command: str, next_step: str) -> None:
    ran = guantong(*command.split())
    assert (ran.code, ran.said.count("\n")) == (0, 1)
    assert next_step in ran.said


@pytest.mark.parametrize("command", READING)
def test_every_reading_command_can_answer_in_json(command: str) -> None:
    assert "--json" in guantong(*command.split(), "--help").said


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("asked", [[], ["--help"], ["-h"]])
def test_a_group_alone_shows_its_help(group: str, asked: list[str]) -> None:
    ran = guantong(*group.split(), *asked)
    assert (ran.code, ran.complained) == (0, "")
    assert "命令" in ran.said


def test_the_version_is_said() -> None:
    assert guantong("--version").said.startswith("guantong 0.")


def test_the_plan_is_said_in_plain_lines() -> None:
    said = guantong(*FULL.split()).said
    assert "✓ 高本贯通（3+2+2），7 年：符合报名条件" in said
    assert "达到最低录取分数线：380 分（总分 510）｜三（一）2，非官方，本届通知全文未收录，按2023年通知推定" in said
    assert "本科学历证书（专升本），由合作本科高校颁发" in said
    assert "招生专业（符合兴趣的在前，共 27 行）" in said
    assert "    第 5 年 本科，在国外大学" in said
    assert "    过了就不能回头：" in said
    assert "← 专业代码 710205 属于“信息技术”一类" in said
    assert said.rstrip().endswith("各专业录取线未公布，不作任何估计。")


def test_a_no_names_the_nearest_change_of_the_score() -> None:
    said = guantong(*FULL.replace("400", "379").split()).said
    assert "若中考总分不是 379 而是 380，这一条的结论会改变。" in said
    assert "招生专业（" not in said


def test_a_grade_without_law_hears_so_first_and_sees_the_reference() -> None:
    said = guantong("plan", "--pupil-grade", "8").said
    assert said.startswith("！ 2028 年中考的招生计划和规则没有收录（可能尚未公布），所以不作判断")
    assert "往年参考：2025 年的招生专业（不是您这一年的）" in said
    assert "还缺：这一年的规则（没有收录）。" in said
    assert "还有 15 行，用 guantong programmes 查看。" in said


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("plan", ["还没有填年级或中考年份", "还缺：年级或中考年份。", "没有可用的依据"]),
        ("plan --cohort 2025", ["还缺：户籍；具有当年中考升学资格；中考总分。"]),
        ("programmes --words 汽车", ["汽车", "共 3 行。"]),
        ("programmes --year 2020", ["共 16 行。", "—"]),
        ("plans", ["2025", "高本贯通、中本贯通", "660 / 670", "未载入"]),
        ("schools 昌平", ["changping-zhiye", "昌平区", "2020、2023、2025"]),
        ("routes", ["gaoben", "7", "本科、专科、就业"]),
        ("sources", ["京教职成〔2023〕6号", "官方原文"]),
        ("policies list", ["贯通培养规则册", "sha256:", "may_apply"]),
        ("policies show", ["三（一）2", "工作要求，不可计算"]),
        ("policies cases", ["不符 0 个。"]),
        ("policies explain --cohort 2025", ["报名贯通培养（2025 级）：还不能判断", "还缺："]),
        ("contents check", ["没有问题", "sha256:"]),
    ],
)
def test_a_command_speaks_chinese_to_people(command: str, words: list[str]) -> None:
    ran = guantong(*command.split())
    assert ran.code == 0
    assert [word for word in words if word not in ran.said] == []


def test_a_decided_case_lacks_nothing() -> None:
    given = json.dumps({"score": 400, "household": "beijing", "exam_eligible": True})
    said = guantong("policies", "explain", "--cohort", "2025", "--input", given).said
    assert said.startswith("报名贯通培养（2025 级）：符合报名条件\n")
    assert "还缺" not in said


def test_the_rulebooks_can_be_read_in_json() -> None:
    listed = next(book for book in guantong("policies", "list", "--json").json if book["id"] == "guantong")
    shown = guantong("policies", "show", "--json").json
    assert listed == {name: shown[name] for name in listed}
    assert {"inputs", "clauses", "precedences"} <= set(shown) - set(listed)


def test_an_unsettled_conflict_is_named_by_its_clauses() -> None:
    given = json.dumps({"stage": "secondary", "changes_used": 0, "pupil_applied": True})
    said = guantong("policies", "explain", "--cohort", "2025", "--decision", "may_change_school", "--input", given).said
    assert "条款三（三）5怎样适用（没有定论）" in said


def test_a_disputed_or_missing_value_is_named(tiny: Package) -> None:
    tiny.put("policies/guantong/values.yaml", tiny.text("policies/guantong/values.yaml").replace("2023", "2022"))
    tiny.change("plans.yaml", "year: 2023", "year: 2022")
    said = guantong("plan", "--cohort", "2023", "--score", "60", GUANTONG_CONTENTS=tiny.name).said
    assert "还缺：这一年的取值（没有收录，或几种说法结论不同）。" in said


@pytest.mark.parametrize(
    ("command", "code", "words"),
    [
        ("nosuch", 2, ["没有“nosuch”这个命令", "用 `guantong --help`"]),
        ("plam", 2, ["您要的是不是 plan"]),
        ("plan --scroe 1", 2, ["没有 --scroe 这个选项，您要的是不是 --score"]),
        ("plan --cohort", 2, ["选项 --cohort 后面缺少内容"]),
        ("plan --json=1", 2, ["选项 --json 后面不用写内容"]),
        ("plan extra", 2, ["多出了“extra”"]),
        ("policies explain", 2, ["缺少 --cohort"]),
        ("serve --port x", 2, ["--port 的值写得不对，应是整数"]),
        ("serve --port 70000", 2, ["--port 的值写得不对，不能大于 65535"]),
        ("diagnose --year 99999999999999999999", 2, ["--year 的值写得不对，不能大于 2100"]),
        ("cohorts report --project a --year 0", 2, ["--year 的值写得不对，不能小于 2000"]),
        ("cohorts list --first 99999999999999999999", 2, ["--first 的值写得不对，不能大于"]),
        ("journal subject x --first 99999999999999999999", 2, ["--first 的值写得不对，不能大于"]),
        ("policies compare 2023 99999999999999999999", 2, ["第二届 的值写得不对，不能大于 2100"]),
        ("reports check --level village --year 2025", 2, ["只能是 city、district、school 之一"]),
        ("plan --cohort 2014 --score x --target y", 2, ["有 3 处", "“cohort”", "“score”", "“target”"]),
        ("plan --cohort 2025 --score 511", 2, ["应在 0 到 510 之间"]),
        ("programmes --year 2024", 3, ["2024 年没有载入分专业招生计划", "2020、2023、2025"]),
        ("programmes --year 2025.5", 2, ["年份应是数字"]),
        ("programmes --year x --type y --sort z --district 远 --category 无", 2, ["有 5 处输入需要修改"]),
        ("policies show --policy x", 3, ["没有规则册“x”"]),
        ("policies explain --cohort 2025 --decision may_aply", 3, ["may_apply"]),
        ("policies explain --cohort 2014", 2, ["应在 2015 到 2031 之间"]),
        ("policies explain --cohort 20250", 2, ["应在 2015 到 2031 之间"]),
        ("policies explain --cohort 2025 --input [1]", 2, ["不是 JSON 对象"]),
        ("policies explain --cohort 2025 --input {", 2, ["不是 JSON 对象"]),
        ('policies explain --cohort 2025 --input {"scroe":1}', 2, ["最接近的是 score。"]),
        ('policies explain --cohort 2025 --input {"score":NaN}', 2, ["应是数字"]),
        ("policies explain --cohort 2025 --on tomorrow --input {", 2, ["有 2 处", "日期不对"]),
    ],
)
def test_a_mistake_gets_a_sentence_and_an_exit_code_of_its_kind(command: str, code: int, words: list[str]) -> None:
    ran = guantong(*command.split())
    assert (ran.code, ran.said) == (code, "")
    assert [word for word in words if word not in ran.complained] == []
    assert "Traceback" not in ran.complained


def test_words_that_are_not_utf_8_are_counted_and_refused() -> None:
    ran = guantong("plan", "--district", os.fsdecode(b"\xc3\xfb"), "--target", os.fsdecode(b"\xff"))
    assert (ran.code, ran.said) == (2, "")
    assert all(part in ran.complained for part in ("有 2 处", "第 3 个词", "第 5 个词", "编码不是 UTF-8"))


@pytest.mark.parametrize("text", ["[" * 100_000, '{"score":' + "9" * 5000 + "}", '{"score":"' + "9" * 5000 + '"}'])
def test_an_input_made_to_break_the_reader_is_refused(text: str) -> None:
    ran = guantong("policies", "explain", "--cohort", "2025", "--input", text)
    assert (ran.code, len(ran.complained) < 300) == (2, True)


@pytest.mark.parametrize("cohort", ["9" * 5000, "２０２５", "-1", ""])
def test_a_cohort_made_to_break_the_reader_is_refused(cohort: str) -> None:
    assert guantong("policies", "explain", "--cohort", cohort).code == 2


def test_a_mistake_is_told_in_json_where_json_was_asked_for() -> None:
    ran = guantong("programmes", "--year", "2024", "--json")
    assert (ran.code, ran.said) == (3, "")
    assert ran.error == {
        "code": "year-not-loaded",
        "message": "2024 年没有载入分专业招生计划。",
        "where": "",
        "next": "已载入的年份：2020、2023、2025。",
    }


def test_a_wrong_setting_is_refused_before_anything_else() -> None:
    ran = guantong("plan", GUANTONG_TODAY="morgen")
    assert (ran.code, "GUANTONG_TODAY" in ran.complained) == (5, True)


def test_an_unknown_contents_package_is_named() -> None:
    ran = guantong("plan", GUANTONG_CONTENTS="nosuch")
    assert (ran.code, "找不到内容包“nosuch”" in ran.complained) == (4, True)


def test_a_faulty_package_is_refused_with_every_fault(tiny: Package) -> None:
    tiny.change("programmes/2023.csv", "710202", "71020")
    tiny.change("interests.yaml", "title:", "titel:")
    ran = guantong("contents", "check", GUANTONG_CONTENTS=tiny.name)
    assert (ran.code, ran.said) == (4, "")
    assert "programmes/2023.csv 第 2 行 “code”：应写成六位数字的专业代码" in ran.complained
    assert "interests.yaml “computing › titel”：不认识这个键。最接近的是 title。" in ran.complained


def test_a_case_that_fails_is_named_and_ends_with_a_code(tiny: Package) -> None:
    tiny.change("policies/guantong/cases.yaml", '"yes"', '"no"')
    ran = guantong("policies", "cases", GUANTONG_CONTENTS=tiny.name)
    assert (ran.code, "✗ 恰好达到门槛的可以报名" in ran.said, "不符 1 个" in ran.said) == (1, True, True)


def test_the_day_is_today_where_none_is_set(tiny: Package) -> None:
    assert guantong("plan", GUANTONG_TODAY="", GUANTONG_CONTENTS=tiny.name).code == 0


def test_the_command_of_the_issue_answers() -> None:
    answer = guantong(*FULL.split(), "--target", "本科", "--json").json
    assert {part["id"]: part["verdict"] for part in answer["routes"]}["gaoben"] == "yes"
    assert len(answer["programmes"]) == len(beijing().plans.year(2025).programmes)


def test_every_command_of_the_reference_is_one() -> None:
    text = (Path(__file__).parents[3] / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    assert [command for command in COMMANDS if f"guantong {command}" not in text] == []


def test_an_explanation_says_where_a_clause_of_an_earlier_year_is_taken_to_hold() -> None:
    given = ("--input", '{"score":400,"household":"beijing","exam_eligible":true}')
    carried = guantong("policies", "explain", "--cohort", "2025", *given).said
    assert carried.count("本届通知全文未收录，按2023年通知推定。") == 1
    assert "推定" not in guantong("policies", "explain", "--cohort", "2023", *given).said


def test_the_years_are_listed_with_what_their_floor_is_not() -> None:
    assert "最低分数线是报考门槛，不是录取线。" in guantong("plans").said
