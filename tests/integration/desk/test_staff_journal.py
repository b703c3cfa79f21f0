"""The journal by its pages: verified, kept elsewhere, asked by actor and by pupil; every question an entry too."""

import json

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.desk import AUDITOR, CITY, REGISTRAR, SCHOOL, admit, organisations_of_the_desk, person_of
from tests.staff import account_of, signed_in

from guantong.actions import pupils
from guantong.actions.words import Act
from guantong.people import Role
from guantong.settings import Settings
from guantong.store import models
from guantong.web.staff.journal_words import WORDS, act_words

PAGE = "/desk/journal"


def head_file(client: Client) -> SimpleUploadedFile:
    """The head as it is handed out."""
    response = client.post(f"{PAGE}/head")
    assert response["Content-Disposition"].startswith("attachment;")
    return SimpleUploadedFile("head.json", response.content)


def test_a_chain_that_holds_is_said_to_hold(desk: Settings) -> None:
    admit()
    there = signed_in(AUDITOR)
    assert "首尾相扣。" in there.post(PAGE).content.decode()
    assert "与您另存的日志头一致" in there.post(PAGE, {"head": head_file(there)}).content.decode()


def test_an_altered_entry_is_named(desk: Settings) -> None:
    admit()
    models.JournalEntry.objects.filter(number=1).update(actor="somebody")
    page = signed_in(AUDITOR).post(PAGE).content.decode()
    assert "被改动过（第 1 条）" in page


def test_a_cut_tail_is_found_with_a_head_kept_elsewhere(desk: Settings) -> None:
    (pupil,) = admit()
    there = signed_in(AUDITOR)
    pupils.view_pupil(pupil, by=REGISTRAR)
    head = head_file(there)
    count = json.loads(head.read())["count"]
    head.seek(0)
    models.JournalEntry.objects.filter(number=count).delete()
    before = models.JournalEntry.objects.order_by("-number")[0]
    models.JournalHead.objects.update(count=count - 1, digest=before.code, key=before.key)
    assert "末尾的记录被删去" in there.post(PAGE, {"head": head}).content.decode()


def test_a_file_that_is_no_head_is_refused(desk: Settings) -> None:
    there = signed_in(AUDITOR)
    for content in (b"{}", b"no json", b"[1]"):
        answer = there.post(PAGE, {"head": SimpleUploadedFile("x.json", content)})
        assert answer.status_code == 422
        assert "不是日志头文件" in answer.content.decode()


def test_entries_are_found_by_actor_by_action_and_by_day(desk: Settings) -> None:
    organisations_of_the_desk()
    who = account_of(REGISTRAR, "li")
    (pupil,) = admit(by=who)
    pupils.view_pupil(pupil, by=who)
    there = signed_in(AUDITOR)
    page = there.get(f"{PAGE}/entries?actor=li&action=pupil-read").content.decode()
    assert "共 1 条" in page
    assert page.count("<td>查看学生档案</td>") == 1
    assert "演示学生" not in page
    assert "共 0 条" in there.get(f"{PAGE}/entries?until=2020-01-01").content.decode()
    assert there.get(f"{PAGE}/entries?since=1.1.2020").status_code == 422


def test_entries_are_paged_without_a_gap(desk: Settings) -> None:
    there = signed_in(AUDITOR)
    for _ in range(105):
        there.get(PAGE + "/entries?actor=nobody")
    first = there.get(f"{PAGE}/entries?action=journal-listed").content.decode()
    second = there.get(f"{PAGE}/entries?action=journal-listed&first=100").content.decode()
    assert ("第 1 至 100 条" in first, "第 101 至 106 条" in second) == (True, True)


def test_a_schools_auditor_sees_what_its_own_people_did(desk: Settings) -> None:
    organisations_of_the_desk()
    for place in (SCHOOL, "dianke"):
        who = account_of(person_of(Role.REGISTRAR, place), f"at-{place}")
        signed_in(who).get("/desk/")
    there = signed_in(person_of(Role.AUDITOR, SCHOOL))
    page = there.get(f"{PAGE}/entries?action=desk-read").content.decode()
    assert "共 1 条" in page


def test_who_saw_a_pupil_is_told_to_an_auditor_only_and_is_itself_an_entry(desk: Settings) -> None:
    (pupil,) = admit()
    pupils.view_pupil(pupil, by=REGISTRAR)
    there = signed_in(AUDITOR)
    asked = there.get(f"{PAGE}/pupils?pupil={pupil}")
    page = there.get(asked["Location"]).content.decode()
    assert "查看学生档案" in page
    assert "录入新生" in page
    assert "查询谁看过一名学生" in there.get(f"{PAGE}/pupils/{pupil}").content.decode()
    assert there.get(f"{PAGE}/pupils/{'0' * 32}").status_code == 404
    for other in (REGISTRAR, CITY):
        assert signed_in(other).get(f"{PAGE}/pupils/{pupil}").status_code == 403


def test_every_act_has_words() -> None:
    assert {act.value for act in Act} - set(WORDS) == set()
    assert act_words("pupil-read-refused") == "查看学生档案（被拒绝）"
