"""Pages of a sitting: the school fills in and submits, the head confirms, the receiver answers; nobody else sees it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.desk import (
    CLASS,
    INTAKE,
    PROJECT,
    REGISTRAR,
    SCHOOL,
    UNIVERSITY,
    UNIVERSITY_REGISTRAR,
    admit,
    organisations_of_the_desk,
    row,
)
from tests.sitting import FAILED, HEAD, OUT, PAPER, PASSED, a_class, answered, entered, opened, submitted
from tests.staff import account_of, signed_in

from guantong.actions import events, sitting_forms, sittings
from guantong.actions.events import NewEvent
from guantong.cohorts import EventKind
from guantong.people import Person
from guantong.settings import Settings
from guantong.store import models

CHOICE = f"{PROJECT}~2023~{SCHOOL}~college~{CLASS}"

ON_PAPER = {"outcome": "repeats", "completed": True, **PAPER}
"""Whether the pupil may repeat is not entered: the clause leaves it open, and a paper of the school settles it."""


@pytest.fixture
def sitting(desk: Settings) -> str:
    """A list for a class of four."""
    organisations_of_the_desk()
    a_class()
    return opened()


def text(response: Any) -> str:
    """The words of a page."""
    return str(response.content.decode())


def seen(sitting: str) -> str:
    """The version that a form would carry."""
    return str(models.Sitting.objects.get(pk=sitting).version)


def send(client: Client, sitting: str, page: str = "", **fields: str) -> Any:
    """Send a form of a list as it stands now."""
    address = f"/desk/sittings/{sitting}{page}"
    return client.post(address, {"seen": seen(sitting), **{name.replace("__", "-"): fields[name] for name in fields}})


def results(*given: Mapping[str, object]) -> dict[str, str]:
    """What the form sends for the lines in order."""
    return {
        f"{name}__{number}": str(value).lower() if isinstance(value, bool) else str(value)
        for number, values in enumerate(given, 1)
        for name, value in values.items()
    }


def stages() -> list[str]:
    """The stages of the pupils in order of their numbers."""
    return list(models.Pupil.objects.order_by("personal__student_number").values_list("stage", flat=True))


def test_a_class_on_record_is_chosen_and_its_list_opened(desk: Settings) -> None:
    organisations_of_the_desk()
    a_class(2)
    client = signed_in(REGISTRAR)
    assert "还没有转段名单" in text(client.get("/desk/sittings"))
    page = text(client.get("/desk/sittings/new"))
    assert CHOICE in page
    assert "升入高职（2 人）" in page
    response = client.post("/desk/sittings/new", {"class": CHOICE, "on": "2026-07-10"}, follow=True)
    assert "名单已开始，共 2 人。" in text(response)
    assert "演示学生2" in text(response)
    assert "没有可以开始的班级" in text(client.get("/desk/sittings/new"))
    refused = client.post("/desk/sittings/new", {"class": CHOICE, "on": "2026-07-10"})
    assert (refused.status_code, "没有办完的转段名单" in text(refused)) == (409, True)


def test_a_class_that_is_none_and_a_day_that_is_none_come_back_with_the_form(desk: Settings) -> None:
    organisations_of_the_desk()
    client = signed_in(REGISTRAR)
    for given in ({"class": "x", "on": "2026-07-10"}, {"class": CHOICE, "on": "2026-02-30"}):
        response = client.post("/desk/sittings/new", given)
        assert (response.status_code, 'role="alert"' in text(response)) == (422, True)


def test_who_receives_is_asked_only_where_the_clauses_name_nobody(desk: Settings) -> None:
    organisations_of_the_desk()
    project = f"{SCHOOL}:{UNIVERSITY}:three-plus-two:710103"
    admitted = admit(row(1), intake=replace(INTAKE, project=project))
    paper = {"document_number": "演示〔2023〕1号", "document_date": "2023-08-30", "document_issuer": "演示学校"}
    new = NewEvent(
        kind=EventKind.REGISTERED,
        on=date(2023, 9, 1),
        details={"stage": "secondary", "institution": SCHOOL, **paper},
    )
    recorded = events.propose_event(admitted[0], new, seen=1, by=REGISTRAR)
    events.confirm_event(recorded.event.id, seen=2, by=HEAD)
    client = signed_in(REGISTRAR)
    assert 'name="receiver"' not in text(client.get("/desk/sittings/new"))
    sent = {"class": f"{project}~2023~{SCHOOL}~college~{CLASS}", "on": "2026-07-10"}
    asked = client.post("/desk/sittings/new", sent)
    assert (asked.status_code, "条款没有写明接续院校" in text(asked)) == (422, True)
    assert f'<option value="{UNIVERSITY}">' in text(asked)
    opened_now = client.post("/desk/sittings/new", {**sent, "receiver": UNIVERSITY}, follow=True)
    assert "名单已开始，共 1 人。" in text(opened_now)


def test_results_are_kept_and_every_refusal_stands_beside_its_pupil_with_clause_and_way_out(sitting: str) -> None:
    client = signed_in(REGISTRAR)
    repeats = {"outcome": "repeats", "completed": True}
    response = send(client, sitting, **results(PASSED, FAILED, repeats))
    assert response.status_code == 302
    page = text(client.get(response["Location"]))
    assert "可以提交 2 人，还不能提交 2 人。" in page
    assert "升入高职" in page
    assert re.search(r'不能提交</span> 留级：.*?href="/policies/[^"]+/clauses/', page)
    assert "补上就可以再核对：“符合留级条件”" in page
    assert "还没有填写考核结果" in page
    assert 'value="repeats" selected' in page


def test_what_an_approval_would_allow_leads_from_the_list_to_the_pupils_page(sitting: str) -> None:
    client, pupil = signed_in(REGISTRAR), models.SittingLine.objects.get(sitting=sitting, number=1).pupil_id
    link = f'href="/desk/pupils/{pupil}#next">到学生页办理转段</a>'
    entered(sitting, PASSED)
    assert link not in text(client.get(f"/desk/sittings/{sitting}"))
    entered(sitting, {"outcome": "passed", "completed": False})
    for page in ("", "/submit"):
        assert link in text(client.get(f"/desk/sittings/{sitting}{page}"))
    assert 'id="next"' in text(client.get(f"/desk/pupils/{pupil}"))


def test_the_rest_of_a_class_is_filled_in_with_one_button(sitting: str) -> None:
    client = signed_in(REGISTRAR)
    every = results(FAILED, *({"outcome": "", "completed": "", "mark": "88"} for _ in range(3)))
    page = text(client.get(send(client, sitting, do="rest", **every)["Location"]))
    assert "可以提交 4 人。" in page
    kept = [one.line.result.values for one in sittings.weigh_sitting(sitting, by=REGISTRAR).lines]
    assert [values["outcome"] for values in kept] == ["failed", "passed", "passed", "passed"]
    assert kept[1] == {"outcome": "passed", "completed": True, "mark": "88"}


def test_what_is_wrong_comes_back_with_everything_that_was_entered(sitting: str) -> None:
    client = signed_in(REGISTRAR)
    response = send(client, sitting, outcome__1="excellent", mark__1="92", document_date__2="soon")
    page = text(response)
    assert response.status_code == 422
    assert "第 1 行，考核结果" in page
    assert "第 2 行" in page
    assert 'value="92"' in page
    assert sittings.weigh_sitting(sitting, by=REGISTRAR).sitting.version == 1


def test_the_second_of_two_sees_both_versions_and_overwrites_nothing(sitting: str) -> None:
    client = signed_in(REGISTRAR)
    before = seen(sitting)
    entered(sitting, PASSED)
    response = client.post(f"/desk/sittings/{sitting}", {"seen": before, "outcome-1": "failed", "mark-1": ""})
    page = text(response)
    assert response.status_code == 409
    assert "您要写入的" in page
    assert "考核结果 未达到，去向待定" in page
    assert "达到条件" in page
    assert sittings.weigh_sitting(sitting, by=REGISTRAR).lines[0].line.result.values == PASSED


def test_submitting_shows_first_who_goes_who_stays_and_who_is_left_out(sitting: str) -> None:
    client = signed_in(REGISTRAR)
    response = send(client, sitting, do="submit", **results(PASSED, OUT, {"outcome": "passed"}))
    page = text(client.get(response["Location"]))
    for words in ("提交的 1 人", "留在学校的 2 人", "本次不参加的 1 人", "没有填写是否完成本学段学业"):
        assert words in page
    assert stages() == ["secondary"] * 4
    page = text(send_on(client, sitting, "/submit"))
    assert "待接收院校答复" in page
    assert stages() == ["secondary"] * 4
    assert client.get(f"/desk/sittings/{sitting}/submit").status_code == 409


def send_on(client: Client, sitting: str, page: str, **fields: str) -> Any:
    """Send a form and open the page that it leads to."""
    return client.get(send(client, sitting, page, **fields)["Location"])


def test_a_list_on_paper_waits_for_the_head_who_confirms_it_or_gives_it_back(sitting: str) -> None:
    registrar, head = signed_in(REGISTRAR), signed_in(HEAD)
    entered(sitting, PASSED, ON_PAPER)
    assert "先由校长确认" in text(registrar.get(f"/desk/sittings/{sitting}/submit"))
    send(registrar, sitting, "/submit")
    assert ("份转段名单等您确认", 1) in waiting(head)
    assert f"/desk/sittings/{sitting}/confirm" in text(head.get("/desk/sittings"))
    page = text(head.get(f"/desk/sittings/{sitting}/confirm"))
    assert "演示〔2026〕1号" in page
    assert "依据学校提供的文件办理（依据未收录）" in page
    assert send(head, sitting, "/confirm", do="turn-down", reason=" ").status_code == 422
    send(head, sitting, "/confirm", do="turn-down", reason="缺批复原件")
    assert "缺批复原件" in text(registrar.get(f"/desk/sittings/{sitting}"))
    send(registrar, sitting, "/submit")
    send(head, sitting, "/confirm", do="confirm")
    assert "待接收院校答复" in text(registrar.get(f"/desk/sittings/{sitting}"))
    assert "不等您确认" in text(head.get(f"/desk/sittings/{sitting}/confirm"))


def waiting(client: Client) -> list[tuple[str, int]]:
    """What the front page says waits for somebody."""
    found = re.findall(r"<b>(\d+)</b><span>([^<]+)</span>", text(client.get("/desk/")))
    return [(words, int(count)) for count, words in found]


def test_a_head_who_submitted_a_list_does_not_confirm_it(sitting: str) -> None:
    both = account_of(Person(id="both", name="两任", grants=(*REGISTRAR.grants, *HEAD.grants), purpose="status-change"))
    entered(sitting, ON_PAPER)
    client = signed_in(both)
    send(client, sitting, "/submit")
    assert "要由另一位负责人确认" in text(client.get(f"/desk/sittings/{sitting}/confirm"))
    assert send(client, sitting, "/confirm", do="confirm").status_code == 403


def test_a_list_is_closed_with_a_reason_after_showing_who_is_left_out(sitting: str) -> None:
    client = signed_in(REGISTRAR)
    assert "还在学校的 4 人" in text(client.get(f"/desk/sittings/{sitting}/close"))
    assert send(client, sitting, "/close", reason="").status_code == 422
    page = text(send_on(client, sitting, "/close", reason="改在秋季考核"))
    assert "已关闭" in page
    assert "改在秋季考核" in page
    assert "不能关闭" in text(client.get(f"/desk/sittings/{sitting}/close"))


def test_the_receiver_looks_once_more_before_anything_is_applied(sitting: str) -> None:
    entered(sitting, PASSED, FAILED, PASSED, OUT)
    submitted(sitting)
    client = signed_in(UNIVERSITY_REGISTRAR)
    assert ("份转段名单等您答复", 1) in waiting(client)
    assert f"/desk/sittings/{sitting}/answer" in text(client.get("/desk/sittings"))
    page = text(client.get(f"/desk/sittings/{sitting}/answer"))
    assert "演示学生1" in page
    assert "升入高职" in page
    assert "D00000001" in page
    nothing = send(client, sitting, "/answer", do="look")
    assert (nothing.status_code, "还没有答复任何一名学生" in text(nothing)) == (422, True)
    bare = send(client, sitting, "/answer", do="look", answer__2="return")
    assert (bare.status_code, "退回要写理由" in text(bare)) == (422, True)
    look = text(send(client, sitting, "/answer", do="rest", answer__2="return", reason__2="成绩单缺一门"))
    assert "确认 2 人，退回 1 人" in look
    assert "成绩单缺一门" in look
    assert stages() == ["secondary"] * 4
    said = {"answer__1": "accept", "answer__2": "return", "reason__2": "成绩单缺一门"}
    assert 'value="accept" selected' in text(send(client, sitting, "/answer", do="edit", **said))
    page = text(send_on(client, sitting, "/answer", do="record", **said))
    assert "已确认办理 1 人，退回 1 人。" in page
    assert stages() == ["college", "secondary", "secondary", "secondary"]
    assert "待接收院校答复" in page


def test_returned_pupils_stand_with_their_reasons_and_are_put_up_again(sitting: str) -> None:
    entered(sitting, PASSED, PASSED, OUT, OUT)
    submitted(sitting)
    answered(sitting, 1, returned={2: "学号不符"})
    client = signed_in(REGISTRAR)
    assert ("份转段名单等您填报或处理退回", 1) in waiting(client)
    page = text(client.get(f"/desk/sittings/{sitting}"))
    assert "接收院校退回</span> 学号不符" in page
    assert "转段结果通知（整班）" in page
    send(client, sitting, "/submit")
    answered(sitting, 2)
    assert stages()[:2] == ["college", "college"]


def test_a_submitted_list_is_taken_back_with_a_reason_and_changed(sitting: str) -> None:
    client, receiver = signed_in(REGISTRAR), signed_in(UNIVERSITY_REGISTRAR)
    entered(sitting, PASSED, PASSED, OUT, OUT)
    assert "可以提交 2 人，本次不参加 2 人。" in text(client.get(f"/desk/sittings/{sitting}"))
    submitted(sitting)
    before = seen(sitting)
    assert f'href="/desk/sittings/{sitting}/recall"' in text(client.get(f"/desk/sittings/{sitting}"))
    ahead = text(client.get(f"/desk/sittings/{sitting}/recall"))
    assert "已提交的 2 人回到学校" in ahead
    refused = send(client, sitting, "/recall", reason=" ")
    assert (refused.status_code, "没有写理由" in text(refused)) == (422, True)
    page = text(client.get(send(client, sitting, "/recall", reason="成绩录错一人")["Location"]))
    assert "名单已撤回，可以修改后再提交。" in page
    assert "学校撤回</span> 成绩录错一人" in page
    assert 'value="passed" selected' in page
    assert "不用撤回" in text(client.get(f"/desk/sittings/{sitting}/recall"))
    assert ("份转段名单等您填报或处理退回", 1) in waiting(client)
    lent = text(receiver.get(f"/desk/sittings/{sitting}/answer"))
    assert "已撤回这份名单修改" in lent
    assert "演示学生" not in lent
    assert "成绩录错" not in lent
    assert "学校已撤回修改" in text(receiver.get("/desk/sittings"))
    late = receiver.post(f"/desk/sittings/{sitting}/answer", {"seen": before, "do": "record", "answer-1": "accept"})
    assert (late.status_code, "学校已撤回修改" in text(late), "第 1 行" in text(late)) == (409, True, True)
    send(client, sitting, **results(FAILED))
    assert "名单已提交。" in text(send_on(client, sitting, "/submit"))


def test_a_list_that_is_being_answered_says_that_it_cannot_be_recalled(sitting: str) -> None:
    entered(sitting, PASSED, PASSED, OUT, OUT)
    submitted(sitting)
    answered(sitting, 1)
    client = signed_in(REGISTRAR)
    for page in ("", "/recall"):
        found = text(client.get(f"/desk/sittings/{sitting}{page}"))
        assert "已经开始答复，名单不能再撤回" in found
    assert send(client, sitting, "/recall", reason="因").status_code == 409


def test_once_a_list_is_over_the_receiver_sees_nobody_on_it(sitting: str) -> None:
    entered(sitting, FAILED, FAILED, OUT, OUT)
    submitted(sitting)
    answered(sitting, 1, 2)
    page = text(signed_in(UNIVERSITY_REGISTRAR).get(f"/desk/sittings/{sitting}/answer"))
    assert "不再显示学生" in page
    assert "演示学生" not in page
    assert "D0000000" not in page


def test_a_receiver_who_answers_an_older_version_sees_both(sitting: str) -> None:
    entered(sitting, PASSED, PASSED, OUT, OUT)
    submitted(sitting)
    before = seen(sitting)
    answered(sitting, 1)
    client = signed_in(UNIVERSITY_REGISTRAR)
    for do in ("look", "record"):
        sent = {"seen": before, "do": do, "answer-1": "return", "reason-1": "再看", "answer-2": "accept"}
        response = client.post(f"/desk/sittings/{sitting}/answer", sent)
        page = text(response)
        assert response.status_code == 409
        assert "退回：再看" in page
        assert "已确认办理" in page
    assert stages()[:2] == ["college", "secondary"]


def test_nobody_else_finds_a_list(sitting: str) -> None:
    entered(sitting, PASSED)
    receiver = signed_in(UNIVERSITY_REGISTRAR)
    assert receiver.get(f"/desk/sittings/{sitting}/answer").status_code == 404
    assert receiver.get(f"/desk/sittings/{sitting}").status_code == 403
    assert signed_in(REGISTRAR).get(f"/desk/sittings/{'f' * 32}").status_code == 404


SCHOOL_PAGES: Mapping[str, tuple[Person, str]] = {
    "the list": (REGISTRAR, ""),
    "before it is submitted": (REGISTRAR, "/submit"),
    "before it is closed": (REGISTRAR, "/close"),
    "before it is recalled": (REGISTRAR, "/recall"),
    "as the head sees it": (HEAD, "/confirm"),
    "as a sheet": (REGISTRAR, "/sheet"),
}


@pytest.mark.parametrize("page", SCHOOL_PAGES)
def test_a_page_of_a_list_leaves_one_entry_that_names_its_pupils_or_shows_nothing(
    page: str, sitting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered(sitting, PASSED, PASSED, PASSED, PASSED)
    person, path = SCHOOL_PAGES[page]
    one_entry(signed_in(person), f"/desk/sittings/{sitting}{path}", monkeypatch)


def one_entry(client: Client, address: str, monkeypatch: pytest.MonkeyPatch, **sent: str) -> None:
    """Whether a page that shows four pupils leaves one entry about them, and none shows anything without it."""

    def ask() -> Any:
        return client.post(address, sent) if sent else client.get(address)

    before = models.JournalEntry.objects.count()
    assert ask().status_code == 200
    (entry,) = models.JournalEntry.objects.filter(number__gt=before)
    assert (entry.action, entry.purpose, entry.door) == ("sitting-read", "status-change", "web")
    assert models.JournalIndex.objects.filter(entry=entry.number).count() == 4
    monkeypatch.setattr("guantong.store.journal.sealed", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ask()


@pytest.mark.parametrize("do", ["", "look"])
def test_what_is_lent_to_a_receiver_is_journalled_alike(do: str, sitting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    entered(sitting, PASSED, PASSED, PASSED, PASSED)
    submitted(sitting)
    client = signed_in(UNIVERSITY_REGISTRAR)
    sent = {"do": do, "seen": seen(sitting), "answer-1": "accept"} if do else {}
    one_entry(client, f"/desk/sittings/{sitting}/answer", monkeypatch, **sent)


@pytest.mark.parametrize("version", ["", "x", "9" * 12])
def test_a_form_without_its_version_is_told_to_be_opened_again(sitting: str, version: str) -> None:
    client = signed_in(REGISTRAR)
    assert client.post(f"/desk/sittings/{sitting}", {"seen": version}).status_code == 422


def test_a_list_goes_out_as_a_sheet_and_comes_back_filled_in_or_with_every_problem(sitting: str) -> None:
    client = signed_in(REGISTRAR)
    sheet = client.get(f"/desk/sittings/{sitting}/sheet")
    assert sheet.headers["Content-Disposition"].endswith(".xlsx")
    empty = send(client, sitting, "/sheet")
    assert (empty.status_code, 'role="alert"' in text(empty)) == (422, True)
    made = sitting_forms.sitting_form(sitting, as_csv=True, by=REGISTRAR).content.decode()
    bare = re.compile(r"^(\d+,D\d+,[^,]+),,", re.MULTILINE)
    for outcome, status in (("优秀", 422), ("达到条件", 302)):
        file = SimpleUploadedFile("成绩表.csv", bare.sub(rf"\1,{outcome},是", made).encode())
        response = client.post(f"/desk/sittings/{sitting}/sheet", {"seen": seen(sitting), "file": file})
        assert response.status_code == status
    assert "可以提交 4 人。" in text(client.get(f"/desk/sittings/{sitting}"))
