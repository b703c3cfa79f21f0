"""An operator adds an intake year with CSV and YAML alone: the how-to is applied to a copy of the package."""

import re
from pathlib import Path

import pytest
from tests.cli import guantong
from tests.packages import Package

from guantong.policies import run_cases

HOW_TO = Path(__file__).parents[3] / "docs" / "how-to" / "add-a-year.md"
STEP = re.compile(r"`([\w/]+\.(?:yaml|csv))`, ([^`]*?):\n\n```(\w+)\n(.*?)```", re.DOTALL)
ABLE = ["--household", "beijing", "--exam-eligible", "yes"]


def steps() -> list[tuple[str, str, str]]:
    """File, instruction and block of every step of the how-to."""
    text = HOW_TO.read_text(encoding="utf-8")
    return [(file, " ".join(how.split()), block) for file, how, _, block in STEP.findall(text)]


def apply(package: Package, file: str, how: str, block: str) -> None:
    """Do what a step says."""
    if how.startswith("a new file"):
        assert not (package.root / file).exists()
        package.put(file, block)
    elif how == "added at the end":
        package.add(file, block)
    elif how.startswith("the entry of the year"):
        rest = re.sub(r"^- year: 2026\n(?:(?!- ).*\n)*", "", package.text(file), flags=re.MULTILINE)
        package.put(file, rest + block)
    else:
        assert how.startswith("every such line")
        old, new = (line[1:] for line in block.strip().splitlines())
        package.put(file, package.text(file).replace(old, new))


@pytest.fixture
def with_2026(copy_of_beijing: Package) -> Package:
    """The real package with the how-to applied."""
    for file, how, block in steps():
        apply(copy_of_beijing, file, how, block)
    return copy_of_beijing


def test_the_how_to_has_all_its_steps_and_touches_no_python() -> None:
    assert [file for file, _, _ in steps()] == [
        "sources.yaml",
        "programmes/2026.yaml",
        "programmes/2026.csv",
        "plans.yaml",
        "policies/guantong/clauses.yaml",
        "policies/guantong/values.yaml",
        "policies/guantong/clauses.yaml",
        "policies/guantong/cases.yaml",
    ]


def test_the_package_holds_together_with_the_new_year(with_2026: Package) -> None:
    assert with_2026.problems() == ()
    assert guantong("contents", "check", GUANTONG_CONTENTS=with_2026.name).code == 0
    assert with_2026.open().plans.newest() == 2026


@pytest.mark.parametrize(("score", "verdict"), [("400", "yes"), ("399.5", "no")])
def test_the_new_year_is_judged_by_its_own_floor(with_2026: Package, score: str, verdict: str) -> None:
    options = ["--cohort", "2026", "--score", score, *ABLE, "--json"]
    answer = guantong("plan", *options, GUANTONG_CONTENTS=with_2026.name).json
    verdicts = {route["id"]: route["verdict"] for route in answer["routes"]}
    assert (verdicts["gaoben"], verdicts["zhongben"], answer["readiness"]) == (verdict, verdict, "QUERY_ONLY")
    assert [row["id"] for row in answer["programmes"]] == (
        ["2026-changping-zhiye-01", "2026-gongye-01"] if verdict == "yes" else []
    )


def test_the_floor_of_the_new_year_is_shown_with_its_own_place(with_2026: Package) -> None:
    answer = guantong("plan", "--cohort", "2026", "--json", GUANTONG_CONTENTS=with_2026.name).json
    limit = next(clause["threshold"] for clause in answer["routes"][0]["clauses"] if clause["threshold"])
    assert (limit["value"], limit["out_of"], limit["source"], limit["grade"]) == (
        400,
        [510],
        "example-2026",
        "official",
    )
    assert any("2026 年全市贯通培养计划共 75 人" in notice["text"] for notice in answer["notices"])
    assert any("按2023年通知推定" in notice["text"] for notice in answer["notices"])
    assert answer["reference"] is None


def test_the_rows_of_the_new_year_can_be_listed(with_2026: Package) -> None:
    rows = guantong("programmes", "--year", "2026", "--json", GUANTONG_CONTENTS=with_2026.name).json
    assert [(row["quota"], row["quota_basis"], row["partner"]) for row in rows] == [
        (30, "printed", "北京信息科技大学"),
        (45, "inferred", None),
    ]


def test_only_cases_about_the_new_year_change_and_its_own_hold(with_2026: Package) -> None:
    contents = with_2026.open()
    failed = [
        result.case for result in run_cases(contents.rulebook("guantong"), contents.cases("guantong")) if result.faults
    ]
    assert {case.cohort for case in failed} <= {2026}
    assert not [case.name for case in failed if case.name.startswith("示例")]


def test_without_any_one_step_the_year_is_refused_or_not_decided(copy_of_beijing: Package) -> None:
    for file, how, block in steps():
        if not how.startswith("every such line"):
            apply(copy_of_beijing, file, how, block)
    answer = guantong(
        "plan", "--cohort", "2026", "--score", "400", *ABLE, "--json", GUANTONG_CONTENTS=copy_of_beijing.name
    )
    assert answer.json["routes"][0]["missing"] == ["law"]
