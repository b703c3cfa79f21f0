"""The loop at the work desk: findings with evidence, the letter, the thread, tasks, grading."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.collection import (
    CITY,
    DISTRICT_OFFICE,
    DUE,
    OFFICER,
    SCHOOL_HEAD,
    YEAR,
    confirm,
    fill,
    filler,
    hand_in,
    opened,
)
from tests.desk import OTHER_SCHOOL, SCHOOL, person_of
from tests.staff import account_of, signed_in

from guantong.actions import collection, diagnosing, grading, rectification
from guantong.actions.collection import Duty
from guantong.people import Person, Role
from guantong.registry import Stage
from guantong.settings import Settings
from guantong.store import models

DIAGNOSIS, TASKS, GRADING = "/desk/diagnosis", "/desk/tasks", "/desk/grading"
OWN = f"{DIAGNOSIS}/{YEAR}/{SCHOOL}"
ADVISER = person_of(Role.ADVISER, SCHOOL)
ASSETS = filler("assets")
STRANGER = person_of(Role.QUALITY_OFFICER, OTHER_SCHOOL)
REVIEWER = person_of(Role.REVIEWER, "city")
CRITERIA = ("major", "courses", "teaching", "students", "conditions")


@pytest.fixture(autouse=True)
def year(desk: Settings) -> None:
    """A reporting year in which one school must report."""
    opened(kind="中职", size="中")


def received(year: int = YEAR, **values: Any) -> None:
    """A year of the school, received by the city."""
    if year != YEAR:
        collection.open_year(year, DUE, by=CITY)
        duty = Duty(organisation=SCHOOL, stage=Stage.SECONDARY, kind="中职", size="中")
        collection.name_duty(year, duty, by=CITY)
    given: dict[str, Any] = {"pupil_teacher_ratio": "12", "equipment_per_pupil": "9000", **values}
    fill(year=year, **given)
    hand_in(year=year)
    confirm(year=year)


def body(client: Client, address: str, status: int = 200) -> str:
    """The text of a page."""
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:3000]
    return str(response.content.decode())


def post(client: Client, address: str, status: int = 302, **fields: Any) -> str:
    """Send a form; return where it leads, or the page it came back with."""
    response = client.post(address, fields)
    assert response.status_code == status, response.content.decode()[:3000]
    return str(response["Location"]) if status == 302 else str(response.content.decode())


def finding(indicator: str = "land-per-pupil") -> str:
    """The id of a finding."""
    told = diagnosing.read_diagnosis(YEAR, SCHOOL, by=OFFICER).told
    return next(one.finding.id for one in told if one.finding.indicator == indicator)


def test_a_school_is_led_to_its_findings_and_each_leads_to_its_evidence() -> None:
    received(land_per_pupil="10")
    officer = signed_in(OFFICER)
    assert officer.get(DIAGNOSIS)["Location"] == OWN
    assert post(officer, OWN) == OWN
    page = body(officer, OWN)
    assert "生均占地面积 10平方米" in page
    assert f'href="/desk/quality/{YEAR}/{SCHOOL}/conditions.assets#row-land-per-pupil"' in page
    assert "请对照标准查明差在哪一项" in page
    assert "整改立项" in page
    assert "整改立项" not in body(signed_in(ADVISER), OWN)


def test_a_finding_shows_its_numbers_over_the_years_drawn_and_as_a_table() -> None:
    for number, value in ((2023, "72.0"), (2024, "66.0"), (2025, "60.0"), (YEAR, "54.0")):
        received(number, dual_teachers_rate=value)
    diagnosing.diagnose_school(YEAR, SCHOOL, by=OFFICER)
    page = body(signed_in(OFFICER), OWN)
    assert '<details class="trend" open><summary>双师型专任教师比例历年的数' in page
    assert page.count("双师型专任教师比例历年的数</caption>") == 1
    assert all(
        f"{words}%" in page.partition("双师型专任教师比例。")[2][:150] for words in ("72.0", "66.0", "60.0", "54.0")
    )
    assert f'href="/desk/quality/2024/{SCHOOL}/resources.personnel#row-dual-teachers-rate"' in page


def test_one_year_draws_no_course() -> None:
    received(land_per_pupil="10")
    diagnosing.diagnose_school(YEAR, SCHOOL, by=OFFICER)
    assert "历年的数" not in body(signed_in(OFFICER), OWN)


def test_a_school_without_received_data_has_no_count_of_findings() -> None:
    page = body(signed_in(CITY), DIAGNOSIS)
    assert '<td class="number">—</td>' in page
    assert '<td class="number">0</td>' not in page


def test_the_letter_is_a_pdf_and_another_school_has_none() -> None:
    received(land_per_pupil="10")
    diagnosing.diagnose_school(YEAR, SCHOOL, by=OFFICER)
    assert signed_in(SCHOOL_HEAD).get(f"{OWN}/letter.pdf").content.startswith(b"%PDF")
    for address in (OWN, f"{OWN}/letter.pdf", f"/desk/advice/{SCHOOL}"):
        body(signed_in(STRANGER), address, 404)


def test_nothing_is_diagnosed_before_the_data_are_received() -> None:
    officer = signed_in(OFFICER)
    page = body(officer, OWN)
    assert "还没有确认" in page
    assert (
        "<button" not in page.partition('<div class="page">')[2].replace("data-print hidden", "").partition("打印")[2]
    )
    assert "现在不能诊断" in post(officer, OWN, 409)


def test_the_city_sees_counts_in_the_order_of_schools_and_diagnoses_them_together() -> None:
    received(land_per_pupil="10")
    city = signed_in(CITY)
    assert post(city, f"{DIAGNOSIS}?year={YEAR}") == f"{DIAGNOSIS}?year={YEAR}"
    page = body(city, DIAGNOSIS)
    assert "不作排名" in page
    assert f'href="{OWN}"' in page
    assert "整改立项" in body(city, OWN)
    assert f'href="{OWN}"' in body(signed_in(DISTRICT_OFFICE), DIAGNOSIS)


def test_question_and_answer_stand_in_the_thread() -> None:
    thread = f"/desk/advice/{SCHOOL}"
    assert "还没有问答" in body(signed_in(OFFICER), thread)
    post(signed_in(OFFICER), thread, text="生均占地怎样算？<b>")
    post(signed_in(ADVISER), thread, text="按独立使用的校园面积算。")
    page = body(signed_in(SCHOOL_HEAD), thread)
    assert page.index("怎样算？&lt;b&gt;") < page.index("按独立使用")
    assert "没有写内容" in post(signed_in(OFFICER), thread, 422, text=" ")
    assert "13800000000" in post(signed_in(OFFICER), thread, 422, text="请打 13800000000")


def version(task: str) -> str:
    """The version of a task."""
    return str(rectification.read_task(task, by=OFFICER).version)


def done(task: str, who: Person, **fields: Any) -> None:
    """Do the step of a task that is up as its page does it."""
    desk = signed_in(who)
    assert 'name="seen"' in body(desk, f"{TASKS}/{task}")
    post(desk, f"{TASKS}/{task}", seen=version(task), **fields)


def test_a_task_goes_from_finding_to_evidence_and_the_next_years_figure_closes_it() -> None:
    received(land_per_pupil="10", books_per_pupil="10")
    diagnosing.diagnose_school(YEAR, SCHOOL, by=OFFICER)
    tasks = []
    for indicator in ("land-per-pupil", "books-per-pupil"):
        task = post(signed_in(OFFICER), f"{TASKS}/open/{finding(indicator)}").rpartition("/")[2]
        assert 'name="seen"' not in body(signed_in(ASSETS), f"{TASKS}/{task}")
        done(task, OFFICER, owner="资产处", due="2026-12-01")
        done(task, ASSETS, text="分两年添置。")
        done(task, SCHOOL_HEAD, do="return", text="请写明经费来源")
        done(task, ASSETS, text="分两年添置，列入预算。")
        done(task, SCHOOL_HEAD)
        done(task, ASSETS, text="已签订采购合同。")
        tasks.append(task)
    page = body(signed_in(OFFICER), f"{TASKS}/{tasks[0]}")
    assert "没有人能手工关闭" in page
    assert "请写明经费来源" in page
    received(YEAR + 1, land_per_pupil="40", books_per_pupil="10")
    page = post(signed_in(OFFICER), TASKS, 200, year=str(YEAR + 1))
    assert "关闭 1 项" in page
    assert "仍有这一条" in page
    assert tasks[0] not in body(signed_in(OFFICER), TASKS)
    assert tasks[0] in body(signed_in(DISTRICT_OFFICE), f"{TASKS}?show=all")
    assert "已由下一年的数据关闭" in body(signed_in(OFFICER), f"{TASKS}/{tasks[0]}")


def test_what_a_step_lacks_is_told_and_what_was_typed_stays() -> None:
    received(land_per_pupil="10")
    diagnosing.diagnose_school(YEAR, SCHOOL, by=OFFICER)
    task = rectification.open_task(finding(), by=OFFICER)
    officer = signed_in(OFFICER)
    page = post(officer, f"{TASKS}/{task}", 422, seen="1", owner="资产处", due="")
    assert "不是日期" in page
    assert 'value="资产处"' in page
    assert "没有写责任人" in post(officer, f"{TASKS}/{task}", 422, seen="1", owner=" ", due="2026-12-01")
    post(officer, f"{TASKS}/{task}", 409, seen="7", owner="资产处", due="2026-12-01")
    post(signed_in(ASSETS), f"{TASKS}/{task}", 403, seen="1", owner="资产处", due="2026-12-01")
    assert officer.get(f"{TASKS}/open/{finding()}")["Location"] == DIAGNOSIS
    post(officer, TASKS, 422, year="明年")
    body(signed_in(STRANGER), f"{TASKS}/{task}", 404)


def reviewers() -> list[Person]:
    """Three reviewers with accounts of their own."""
    return [account_of(REVIEWER, f"reviewer{number}") for number in range(3)]


def test_majors_are_entered_reviewed_and_graded() -> None:
    city, officer = signed_in(CITY), signed_in(OFFICER)
    assert "还没有开始过评定" in body(city, GRADING)
    assert post(city, GRADING, year=str(YEAR), rubric="new-majors") == f"{GRADING}/{YEAR}"
    where = f"{GRADING}/{YEAR}"
    assert "六位数字" in post(officer, where, 422, organisation=SCHOOL, code="x", title="人工智能")
    post(officer, where, organisation=SCHOOL, code="660301", title="工业机器人")
    post(officer, where, organisation=SCHOOL, code="660302", title="数控技术")
    majors = {one.code: one.id for one in grading.read_grading(YEAR, by=CITY).majors}
    assert "只有 0 位专家评分" in post(city, where, 422, do="close")
    for person in reviewers():
        desk = signed_in(person)
        assert desk.get(where)["Location"] == f"{where}/review"
        for code, points in (("660301", "96"), ("660302", "61")):
            sheet = f"{where}/review/{majors[code]}"
            assert "0 到 100" in body(desk, sheet)
            given: dict[str, Any] = {f"points-{name}": points for name in CRITERIA}
            post(desk, sheet, remark="", **given)
        assert "还有 0 个专业没有评" in body(desk, f"{where}/review")
    post(city, where, do="close")
    page = body(officer, where)
    assert "等级分布" in page
    assert page.count('<tr><th scope="row">') >= 9
    assert "一校一专一策" in body(officer, TASKS)
    assert models.Task.objects.count() == 1


def test_points_that_are_none_come_back_as_they_were_typed() -> None:
    opened_round()
    (major,) = [one.id for one in grading.read_grading(YEAR, by=CITY).majors]
    page = post(
        signed_in(REVIEWER),
        f"{GRADING}/{YEAR}/review/{major}",
        422,
        **{"points-major": "101", "points-courses": "80"},
    )
    assert 'value="101"' in page
    assert 'value="80"' in page
    assert page.count("aria-invalid") == 4


def opened_round() -> None:
    """A round with one major."""
    grading.open_grading(YEAR, "new-majors", by=CITY)
    grading.enter_major(YEAR, SCHOOL, "660301", "工业机器人", by=OFFICER)


def test_a_reviewer_never_sees_the_own_schools_majors_nor_others_points() -> None:
    opened_round()
    (major,) = [one.id for one in grading.read_grading(YEAR, by=CITY).majors]
    person = person_of(Role.REVIEWER, SCHOOL)
    assert "工业机器人" not in body(signed_in(person), f"{GRADING}/{YEAR}/review")
    body(signed_in(person), f"{GRADING}/{YEAR}/review/{major}", 404)
    body(signed_in(OFFICER), f"{GRADING}/{YEAR}/review", 403)


def test_a_round_of_no_year_or_rubric_is_not_opened() -> None:
    assert "不是年份" in post(signed_in(CITY), GRADING, 422, year="x", rubric="new-majors")
    post(signed_in(CITY), GRADING, 404, year=str(YEAR), rubric="nothing")
    post(signed_in(OFFICER), GRADING, 403, year=str(YEAR), rubric="new-majors")


def test_the_day_of_a_task_that_is_late_is_counted() -> None:
    received(land_per_pupil="10")
    diagnosing.diagnose_school(YEAR, SCHOOL, by=OFFICER)
    task = rectification.open_task(finding(), by=OFFICER)
    rectification.assign_task(task, "资产处", date(2026, 12, 1), seen=1, by=OFFICER)
    models.Task.objects.update(due=date(2020, 1, 1))
    assert "<dt>已过期限</dt><dd>1</dd>" in body(signed_in(OFFICER), TASKS)
