"""A sitting at the command line: from the open list to the answer, in words and as JSON."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.desk import CLASS, OTHER_REGISTRAR, PROJECT, REGISTRAR, SCHOOL, UNIVERSITY_REGISTRAR
from tests.integration.cli.test_desk_commands import Desk
from tests.integration.cli.test_schemas import check
from tests.integration.conftest import Fresh, using
from tests.sitting import HEAD, OUT, PAPER, PASSED, a_class, entered, opened, submitted, version

from guantong.settings import Settings
from guantong.store import models, opening

NEW = [
    "--project", PROJECT, "--cohort", "2023", "--class", CLASS, "--school", SCHOOL, "--to-stage", "college",
    "--on", "2026-07-10",
]  # fmt: skip


@pytest.fixture
def desk(fresh: Fresh) -> Iterator[Settings]:
    """A SQLite database of the demonstration's world."""
    with using(fresh("sqlite")) as settings:
        yield settings


def sit(run: Desk, *words: object) -> Any:
    """What a command says as JSON."""
    return run("cohorts", "sit", *words, "--json").json


def test_a_sitting_goes_from_the_open_list_to_the_answer(desk: Settings, tmp_path: Path) -> None:
    a_class(3)
    school, university = Desk(desk, REGISTRAR), Desk(desk, UNIVERSITY_REGISTRAR)
    made = sit(school, "open", *NEW)
    check("sitting-opened", made)
    sitting, file = made["id"], tmp_path / "成绩表.csv"
    assert school("cohorts", "sit", "form", sitting, "--out", file).code == 0
    assert file.stat().st_mode & 0o777 == 0o600
    text = file.read_text("utf-8-sig")
    for number, words in ((1, "达到条件,是"), (2, "未达到，去向待定,是"), (3, "达到条件,")):
        text = text.replace(f"演示学生{number},,", f"演示学生{number},{words}", 1)
    file.write_text(text, "utf-8")
    done = sit(school, "enter", sitting, file, "--seen", 1)
    check("sitting-entered", done)
    assert done == {"id": sitting, "lines": 3, "version": 2}
    seen = sit(school, "preview", sitting)
    check("sitting", seen)
    assert [line["refusal"] is None for line in seen["lines"]] == [True, True, False]
    assert [step["event"] for step in seen["lines"][0]["steps"]] == [
        "stage_completed", "assessed", "moved_on", "registered",
    ]  # fmt: skip
    put = sit(school, "submit", sitting, "--seen", 2)
    check("sitting-submitted", put)
    assert put == {"id": sitting, "put_up": 2, "refused": 1, "on_paper": False, "version": 3}
    received = sit(university, "list", "--received")
    check("sittings", received)
    check("sitting", sit(university, "preview", sitting, "--received"))
    told = sit(university, "answer", sitting, "--seen", 3, "--accept", "1", "--return", "2:成绩待核")
    check("sitting-answered", told)
    assert told == {"id": sitting, "state": "answered", "accepted": 1, "returned": 1, "version": 4}
    assert school("cohorts", "sit", "close", sitting, "--seen", 4, "--reason", "另行办理").code == 0
    (line,) = sit(school, "list")
    assert line["state"] == "applied"
    over = sit(university, "preview", sitting, "--received")
    check("sitting", over)
    assert over["lines"] == []


def test_a_submitted_list_is_taken_back_and_shown_to_nobody_beyond_the_school(desk: Settings) -> None:
    a_class(1)
    sitting = opened()
    entered(sitting, PASSED)
    submitted(sitting)
    school, university = Desk(desk, REGISTRAR), Desk(desk, UNIVERSITY_REGISTRAR)
    assert "名单已撤回" in school("cohorts", "sit", "recall", sitting, "--seen", 3, "--reason", "录错").said
    here, there = sit(school, "preview", sitting), sit(university, "preview", sitting, "--received")
    for found in (here, there):
        check("sitting", found)
    assert (here["state"], here["lines"][0]["state"], there["lines"]) == ("recalled", "recalled", [])
    check("sittings", sit(university, "list", "--received"))


def test_the_words_name_each_pupil_with_what_follows_or_the_clause_against_it(desk: Settings) -> None:
    a_class(2)
    sitting = opened()
    entered(sitting, PASSED, {"outcome": "passed", "completed": False})
    run = Desk(desk, REGISTRAR)
    said = run("cohorts", "sit", "preview", sitting).said
    assert "完成本学段学业，转段考核，转段，学籍注册" in said
    assert "请在学生页单独办理" in said
    assert CLASS in run("cohorts", "sit", "list").said


def test_a_form_with_problems_lists_all_of_them_and_keeps_nothing(desk: Settings, tmp_path: Path) -> None:
    a_class(2)
    sitting, run, file = opened(), Desk(desk, REGISTRAR), tmp_path / "成绩表.csv"
    run("cohorts", "sit", "form", sitting, "--out", file)
    file.write_text(file.read_text("utf-8-sig").replace("演示学生1,,", "演示学生1,很好,也许"), "utf-8")
    ran = run("cohorts", "sit", "enter", sitting, file)
    assert (ran.code, "2 处需要修改" in ran.complained, ran.said) == (2, True, "")
    ran = run("cohorts", "sit", "enter", sitting, file, "--json")
    check("error", ran.error)
    assert [problem["column"] for problem in ran.error["problems"]] == ["考核结果", "完成本学段学业"]
    assert version(sitting) == 1
    assert run("cohorts", "sit", "form", sitting, "--out", file).code != 0
    assert run("cohorts", "sit", "form", sitting, "--out", tmp_path / "x.pdf").code == 2


@pytest.mark.parametrize(
    ("words", "columns"),
    [
        (["open", *NEW[:-3], "high_school", "--on", "soon"], ["--to-stage", "--on"]),
        (["answer", "x", "--seen", "1", "--accept", "all,1"], ["--accept"]),
        (["answer", "x", "--seen", "1", "--accept", "1-3", "--return", "2:因", "--return", "因"], ["--return"] * 2),
    ],
)
def test_what_is_asked_wrongly_is_named(desk: Settings, words: list[str], columns: list[str]) -> None:
    ran = Desk(desk, REGISTRAR)("cohorts", "sit", *words, "--json")
    check("error", ran.error)
    assert [problem["column"] for problem in ran.error["problems"]] == columns


def test_an_older_version_is_refused_and_so_is_a_list_of_others(desk: Settings) -> None:
    a_class(1)
    sitting = opened()
    entered(sitting, PASSED)
    ran = Desk(desk, REGISTRAR)("cohorts", "sit", "submit", sitting, "--seen", 1, "--json")
    assert ran.error["code"] == "record-changed"
    others = Desk(desk, OTHER_REGISTRAR)
    told = [others("cohorts", "sit", "preview", name, "--json").error["code"] for name in (sitting, "0" * 32)]
    assert told == ["sitting-unknown"] * 2


def test_what_rests_on_paper_is_confirmed_by_the_head(desk: Settings) -> None:
    a_class(2)
    sitting = opened()
    entered(sitting, {"outcome": "repeats", "completed": True, **PAPER}, OUT)
    put = sit(Desk(desk, REGISTRAR), "submit", sitting, "--seen", 2)
    assert put["on_paper"]
    assert Desk(desk, HEAD)("cohorts", "sit", "confirm", sitting, "--seen", 3).code == 0
    assert models.Sitting.objects.get().state == "submitted"


def test_outside_a_demonstration_nobody_signs_at_the_command_line(desk: Settings) -> None:
    a_class(1)
    sitting = opened()
    entered(sitting, PASSED)
    assert Desk(desk, REGISTRAR)("cohorts", "sit", "submit", sitting, "--seen", 2).code == 0
    models.World.objects.update(name=opening.REAL)
    opening._house.cache_clear()
    ran = Desk(desk, UNIVERSITY_REGISTRAR)("cohorts", "sit", "answer", sitting, "--seen", 3, "--accept", "1", "--json")
    assert json.loads(ran.complained)["code"] == "not-allowed"
    opening._house.cache_clear()
