"""Pupils at the desk: lists, the pupil's page, the wizard, what waits, a reversal, a conflict, the papers."""

import re
from datetime import date

import pytest
from django.test import Client
from tests.desk import CLASS, HEAD, OTHER_REGISTRAR, PROJECT, REGISTRAR, SCHOOL, UNIVERSITY, admit, row
from tests.staff import account_of, signed_in

from guantong.actions import events
from guantong.actions.events import NewEvent
from guantong.cohorts import EventKind
from guantong.settings import Settings
from guantong.store import models

PDF = b"%PDF-1.4 invented"
PAPER = {"document_number": "京教〔2026〕1号", "document_date": "2026-10-08", "document_issuer": "演示市教委"}
OTHER_MAJOR = {"d_project": f"{SCHOOL}:{UNIVERSITY}:zhongben:710201", "d_major": "710201"}


@pytest.fixture
def pupil(desk: Settings) -> str:
    (admitted,) = admit()
    record(admitted, EventKind.REGISTERED, "2023-09-01", stage="secondary", institution=SCHOOL)
    return admitted


@pytest.fixture
def registrar(desk: Settings) -> Client:
    return signed_in(REGISTRAR)


@pytest.fixture
def head(desk: Settings) -> Client:
    return signed_in(HEAD)


def record(pupil: str, kind: EventKind, on: str, /, **details: object) -> str:
    """Write a step by an action; return its event."""
    new = NewEvent(kind=kind, on=date.fromisoformat(on), details=details)
    return events.propose_event(pupil, new, seen=version(pupil), by=REGISTRAR).event.id


def version(pupil: str) -> int:
    """The version of a record."""
    return models.Pupil.objects.get(pk=pupil).version


def text(client: Client, address: str, status: int = 200) -> str:
    """What a page says."""
    response = client.get(address)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def entries() -> int:
    """How many entries the journal has."""
    return models.JournalEntry.objects.count()


def test_the_list_shows_the_pupils_of_the_school_and_a_way_to_narrow_them(registrar: Client, pupil: str) -> None:
    admit(row(2, class_name="2023级机电2班"))
    page = text(registrar, "/desk/pupils")
    assert "共 2 人" in page
    assert "演示学生1" in page
    assert "演示学生2" in page
    narrowed = text(registrar, f"/desk/pupils?cohort=2023&project={PROJECT}&class_name={CLASS}&status=enrolled")
    assert "共 1 人" in narrowed
    assert "演示学生2" not in narrowed


@pytest.mark.parametrize("sort", ["", "newest", "name", "number", "project", "status", "nonsense"])
def test_the_list_sorts_as_asked(registrar: Client, pupil: str, sort: str) -> None:
    admit(row(2))
    page = text(registrar, f"/desk/pupils?sort={sort}&page=1")
    assert "演示学生1" in page
    assert "演示学生2" in page


@pytest.mark.parametrize("query", ["page=0", "page=99999", "page=x", "cohort=abcd", "status=x", "stage=x", "waiting=1"])
def test_an_address_that_means_nothing_is_answered_gently(registrar: Client, pupil: str, query: str) -> None:
    assert "学生" in text(registrar, f"/desk/pupils?{query}")


def test_an_empty_desk_says_what_to_do_first(registrar: Client) -> None:
    assert "导入新生名册" in text(registrar, "/desk/pupils")
    assert "新生名册" in text(registrar, "/desk/projects")


def test_projects_are_counted_by_cohort_and_stage(registrar: Client, pupil: str) -> None:
    page = text(registrar, "/desk/projects")
    assert "中本贯通" in page
    assert "/desk/pupils?cohort=2023&amp;project=" in page


def test_a_search_leaves_no_name_in_the_address_and_serves_its_maker_only(registrar: Client, pupil: str) -> None:
    response = registrar.post("/desk/search", {"name": "演示学生1"})
    assert response.status_code == 302
    address = response["Location"]
    assert re.fullmatch(r"/desk/found/[\w-]{43}", address)
    assert "演示学生1" in text(registrar, address)
    other = signed_in(OTHER_REGISTRAR)
    assert "一小时" in text(other, address, 404)
    assert "还没有填写" in registrar.post("/desk/search", {}).content.decode()


def test_another_schools_registrar_finds_nobody(pupil: str) -> None:
    other = signed_in(OTHER_REGISTRAR)
    address = other.post("/desk/search", {"name": "演示学生1"})["Location"]
    assert "没有找到" in text(other, address)
    text(other, f"/desk/pupils/{pupil}", 404)
    text(other, f"/desk/pupils/{pupil}/steps/suspended", 404)


def test_a_pupils_page_says_where_the_pupil_stands_and_what_may_happen(registrar: Client, pupil: str) -> None:
    page = text(registrar, f"/desk/pupils/{pupil}")
    for words in ("在籍", "第 1 年", "第 7 年", "按规则办理", "休学", "可以办理", "还不能判断", "不能办理"):
        assert words in page
    assert "/policies/guantong/clauses/" in page
    assert "000-00000000" not in page


@pytest.mark.parametrize(
    "address",
    ["/desk/pupils", "/desk/projects", "/desk/waiting", "/desk/pupils/{}", "/desk/pupils/{}/correct",
     "/desk/pupils/{}/steps/suspended"],
)  # fmt: skip
def test_a_page_that_shows_pupils_leaves_exactly_one_entry(registrar: Client, pupil: str, address: str) -> None:
    before = entries()
    text(registrar, address.format(pupil))
    assert entries() == before + 1


def test_full_numbers_are_shown_after_a_second_step_and_journalled_apart(registrar: Client, pupil: str) -> None:
    assert "000-00000000" not in text(registrar, f"/desk/pupils/{pupil}/contact")
    shown = registrar.post(f"/desk/pupils/{pupil}/contact")
    assert "000-00000000" in shown.content.decode()
    assert models.JournalEntry.objects.filter(action="contact-read", subject=pupil).count() == 1


def test_a_step_that_no_rule_decides_is_weighed_and_then_recorded(registrar: Client, pupil: str) -> None:
    address = f"/desk/pupils/{pupil}/steps/suspended"
    assert "核对" in text(registrar, address)
    step = {"seen": str(version(pupil)), "on": "2024-03-01", "d_reason": "生病"}
    weighed = registrar.post(address, {**step, "do": "weigh"}).content.decode()
    assert "收录的规则没有管到" in weighed
    assert "休学" in weighed
    assert version(pupil) == 2
    done = registrar.post(address, {**step, "do": "record"})
    assert done["Location"] == f"/desk/pupils/{pupil}"
    assert models.Pupil.objects.get(pk=pupil).status == "suspended"
    assert "即时生效" in text(registrar, f"/desk/pupils/{pupil}")


def test_faults_of_the_details_come_back_with_the_form(registrar: Client, pupil: str) -> None:
    address = f"/desk/pupils/{pupil}/steps/interned"
    back = registrar.post(address, {"seen": "2", "on": "2024-03-01", "do": "weigh"})
    assert back.status_code == 422
    assert "缺少实习单位" in back.content.decode()
    without_day = registrar.post(address, {"seen": "2", "on": "", "d_enterprise": "演示厂", "do": "weigh"})
    page = without_day.content.decode()
    assert without_day.status_code == 422
    assert "缺少日期" in page
    assert "演示厂" in page


def test_what_is_unknown_asks_for_the_missing_or_for_a_document(registrar: Client, pupil: str) -> None:
    address = f"/desk/pupils/{pupil}/steps/changed_major"
    step = {"seen": "2", "on": "2024-09-01", **OTHER_MAJOR}
    weighed = registrar.post(address, {**step, "do": "weigh"}).content.decode()
    assert "还不能判断" in weighed
    assert "补上缺的内容" in weighed
    assert "依据未收录" in weighed
    refused = registrar.post(address, {**step, "do": "record"})
    assert refused.status_code == 422
    assert "缺少文号" in refused.content.decode()
    registrar.post(address, {**step, **PAPER, "do": "record", "file": file_of(PDF)})
    page = text(registrar, f"/desk/pupils/{pupil}")
    assert "依据学校提供的文件办理（依据未收录）" in page
    assert "京教〔2026〕1号" in page
    assert "附件（PDF" in page


def test_entering_what_is_missing_settles_an_open_answer(registrar: Client, pupil: str) -> None:
    """三（三）5 asks more than the record knows; what is entered goes to the law with the step."""
    address = f"/desk/pupils/{pupil}/steps/changed_major"
    step = {"seen": "2", "on": "2024-09-01", **OTHER_MAJOR, "do": "weigh"}
    open_page = registrar.post(address, step).content.decode()
    names = re.findall(r'name="(f_\w+)"', open_page)
    assert names
    facts = {name: "no" for name in names if f'<select id="{name}"' in open_page}
    numbers = {name: "四百" for name in names if name not in facts}
    wrong = registrar.post(address, {**step, **facts, **numbers})
    assert wrong.status_code == 422
    assert "应是数字" in wrong.content.decode()
    assert "拟转入专业" in wrong.content.decode()
    answered = registrar.post(address, {**step, **facts, **dict.fromkeys(numbers, "400")}).content.decode()
    assert "不符合规定" in answered
    assert f'name="{next(iter(facts))}" value="no"' in answered


def file_of(content: bytes) -> object:
    """An uploaded file."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("paper.pdf", content, content_type="text/html")


def test_a_no_waits_with_its_approval_until_the_head_signs(registrar: Client, head: Client, desk: Settings) -> None:
    (pupil,) = admit()
    address = f"/desk/pupils/{pupil}/steps/registered"
    step = {"seen": "1", "on": "2023-09-01", "d_stage": "secondary", "d_institution": UNIVERSITY}
    weighed = registrar.post(address, {**step, "do": "weigh"}).content.decode()
    assert "不符合规定" in weighed
    assert "主管部门的书面批准" in weighed
    without_file = registrar.post(address, {**step, **PAPER, "do": "record"})
    assert without_file.status_code == 422
    assert "批准文件" in without_file.content.decode()
    registrar.post(address, {**step, **PAPER, "do": "record", "file": file_of(PDF)})
    event = models.Event.objects.get(outcome="waiting")
    assert "演示学生1：学籍注册" in text(head, "/desk/waiting")
    page = text(head, f"/desk/waiting/{event.pk}")
    assert "确认，使其生效" in page
    assert "京教〔2026〕1号" in page
    signed = head.post(f"/desk/waiting/{event.pk}", {"seen": "2", "do": "confirm"})
    assert signed["Location"] == "/desk/waiting"
    assert models.Pupil.objects.get(pk=pupil).registered_at == UNIVERSITY
    assert "没有等待确认的变动" in text(head, "/desk/waiting")


def test_who_teaches_and_does_not_keep_a_pupil_is_told_who_signs_and_led_to_no_dead_end(
    registrar: Client, head: Client, pupil: str
) -> None:
    registrar.post(
        f"/desk/pupils/{pupil}/steps/changed_major",
        {"seen": "2", "on": "2024-09-01", **OTHER_MAJOR, **PAPER, "do": "record"},
    )
    event = models.Event.objects.get(outcome="waiting").pk
    links = (f'href="/desk/waiting/{event}"', "/reverse")
    here = text(head, "/desk/waiting")
    assert (links[0] in here, "共 1 件" in here) == (True, True)
    assert [link in text(head, f"/desk/pupils/{pupil}") for link in links] == [True, True]
    models.Pupil.objects.update(kept_at=UNIVERSITY)
    assert head.get(f"/desk/waiting/{event}").status_code == 404
    there = text(head, "/desk/waiting")
    assert links[0] not in there
    assert re.search(r"等[^<]+的负责人确认。", there)
    assert [link in text(head, f"/desk/pupils/{pupil}") for link in links] == [False, False]


def test_the_head_may_turn_a_waiting_step_down(registrar: Client, head: Client, pupil: str) -> None:
    registrar.post(
        f"/desk/pupils/{pupil}/steps/changed_major",
        {"seen": "2", "on": "2024-09-01", **OTHER_MAJOR, **PAPER, "do": "record"},
    )
    event = models.Event.objects.get(outcome="waiting")
    address = f"/desk/waiting/{event.pk}"
    bare = head.post(address, {"seen": "3", "do": "turn-down", "why": " "})
    assert (bare.status_code, "没有写退回的理由" in bare.content.decode()) == (422, True)
    long = head.post(address, {"seen": "3", "do": "turn-down", "why": "长" * 201})
    assert "长" * 201 in long.content.decode()
    head.post(address, {"seen": "3", "do": "turn-down", "why": "申请没有家长签字"})
    page = text(registrar, f"/desk/pupils/{pupil}")
    assert re.search(r"未通过.*申请没有家长签字", page)


def test_the_second_of_two_registrars_sees_both_versions_and_overwrites_nothing(desk: Settings, pupil: str) -> None:
    first, second = signed_in(REGISTRAR), signed_in(account_of(REGISTRAR))
    step = {"seen": "2", "on": "2024-03-01", "do": "record"}
    first.post(f"/desk/pupils/{pupil}/steps/suspended", {**step, "d_reason": "生病"})
    at_the_preview = second.post(f"/desk/pupils/{pupil}/steps/dropped_out", {**step, "do": "weigh"})
    assert at_the_preview.status_code == 409
    late = second.post(f"/desk/pupils/{pupil}/steps/dropped_out", {**step, "d_reason": "转去外地"})
    page = late.content.decode()
    assert late.status_code == 409
    assert "您要写入的" in page
    assert "转去外地" in page
    assert "生病" in page
    assert "休学" in page
    assert models.Pupil.objects.get(pk=pupil).status == "suspended"


def test_a_reversal_shows_what_follows_and_undoes_it_with_a_reason(registrar: Client, pupil: str) -> None:
    suspended = record(pupil, EventKind.SUSPENDED, "2024-03-01")
    record(pupil, EventKind.DROPPED_OUT, "2024-10-01")
    page = text(registrar, f"/desk/events/{suspended}/reverse")
    assert "后面的也要一起撤销" in page
    assert "2024-10-01 退学" in page
    form = {"seen": str(version(pupil)), "following": "yes", "reason": ""}
    assert registrar.post(f"/desk/events/{suspended}/reverse", form).status_code == 422
    done = registrar.post(f"/desk/events/{suspended}/reverse", {**form, "reason": "录错了人"})
    assert done["Location"] == f"/desk/pupils/{pupil}"
    assert models.Pupil.objects.get(pk=pupil).status == "enrolled"
    shown = text(registrar, f"/desk/pupils/{pupil}")
    assert "更正（撤销一条记录）" in shown
    assert "录错了人" in shown
    assert "已撤销" in shown


def test_an_admission_undone_has_a_page_that_says_so(registrar: Client, desk: Settings) -> None:
    (pupil,) = admit()
    event = models.Event.objects.get(pupil=pupil)
    assert "变为“已撤销”" in text(registrar, f"/desk/events/{event.pk}/reverse")
    registrar.post(f"/desk/events/{event.pk}/reverse", {"seen": "1", "reason": "重复录入"})
    assert "已撤销" in text(registrar, f"/desk/pupils/{pupil}")
    assert "已撤销" in text(registrar, "/desk/pupils?status=void")


def test_a_paper_is_kept_sealed_and_handed_out_as_a_download_only(registrar: Client, pupil: str) -> None:
    done = registrar.post(f"/desk/pupils/{pupil}/files", {"seen": "2", "file": file_of(PDF)})
    assert done.status_code == 302
    kept = models.Attachment.objects.get()
    assert PDF not in bytes(kept.body)
    assert kept.kind == "application/pdf"
    given = registrar.get(f"/desk/pupils/{pupil}/files/{kept.pk}")
    assert given.content == PDF
    assert given["Content-Disposition"].startswith("attachment")
    assert given["X-Content-Type-Options"] == "nosniff"
    text(signed_in(OTHER_REGISTRAR), f"/desk/pupils/{pupil}/files/{kept.pk}", 404)


@pytest.mark.parametrize("content", [b"<html>", b"PK\x03\x04", b"GIF89a"], ids=["html", "zip", "gif"])
def test_another_kind_of_file_is_refused_whatever_it_is_called(registrar: Client, pupil: str, content: bytes) -> None:
    refused = registrar.post(f"/desk/pupils/{pupil}/files", {"seen": "2", "file": file_of(content)})
    assert refused.status_code == 422
    assert models.Attachment.objects.count() == 0


def test_personal_fields_are_corrected_one_by_one(registrar: Client, pupil: str) -> None:
    address = f"/desk/pupils/{pupil}/correct"
    wrong = registrar.post(address, {"seen": "2", "phone": "电话"})
    assert wrong.status_code == 422
    assert "电话只能有数字" in wrong.content.decode()
    assert registrar.post(address, {"seen": "2"}).status_code == 422
    done = registrar.post(address, {"seen": "2", "name": "演示学生甲", "phone": "000-11111111"})
    assert done["Location"] == f"/desk/pupils/{pupil}"
    assert "演示学生甲" in text(registrar, f"/desk/pupils/{pupil}")
    late = registrar.post(address, {"seen": "2", "name": "演示学生乙"})
    assert late.status_code == 409


def test_a_class_completes_its_stage_together_and_who_cannot_is_named(registrar: Client, pupil: str) -> None:
    (second,) = admit(row(2))
    form = {"pupils": [pupil, second], "kind": "stage_completed"}
    assert "完成本学段学业：2 人" in registrar.post("/desk/together", form).content.decode()
    details = {"do": "weigh", "on": "2026-07-01", "d_stage": "secondary"}
    page = registrar.post("/desk/together", {**form, **details}).content.decode()
    assert "可以办理 1 人" in page
    assert "不能办理 1 人" in page
    assert "学籍状态是“已录取”" in page
    seen = re.findall(r'name="seen" value="([^"]+)"', page)
    assert seen == [f"{pupil}:2"]
    done = registrar.post("/desk/together", {"kind": "stage_completed", **details, "do": "record", "seen": seen})
    assert done["Location"] == "/desk/pupils"
    assert models.Event.objects.filter(kind="stage_completed").count() == 1
    again = registrar.post("/desk/together", {"kind": "stage_completed", **details, "do": "record", "seen": seen})
    assert again.status_code == 302
    assert models.Event.objects.filter(kind="stage_completed").count() == 1


def test_a_step_that_needs_a_paper_leads_from_the_list_to_the_pupils_own_form(registrar: Client, pupil: str) -> None:
    form = {"pupils": [pupil], "kind": "moved_on", "do": "weigh", "on": "2026-07-01", "d_stage": "college"}
    page = registrar.post("/desk/together", form).content.decode()
    assert "须单独办理，并附所依据的文件" in page
    assert f'href="/desk/pupils/{pupil}/steps/moved_on">单独办理' in page
    assert registrar.get(f"/desk/pupils/{pupil}/steps/moved_on").status_code == 200


def test_pupils_are_put_into_another_class_together(registrar: Client, pupil: str) -> None:
    page = registrar.post("/desk/together", {"pupils": [pupil], "kind": "class"}).content.decode()
    assert "调整班级：1 人" in page
    form = {"kind": "class", "do": "record", "seen": [f"{pupil}:2"]}
    assert registrar.post("/desk/together", {**form, "class_name": " "}).status_code == 422
    registrar.post("/desk/together", {**form, "class_name": "2023级机电9班"})
    assert models.Pupil.objects.get(pk=pupil).class_name == "2023级机电9班"


def test_a_list_that_was_narrowed_is_come_back_to_after_a_step_for_many(registrar: Client, pupil: str) -> None:
    narrowed = "/desk/pupils?cohort=2023&stage=secondary&sort=name"
    address = f'value="{narrowed}"'.replace("&", "&amp;")
    assert address in text(registrar, narrowed)
    step = {"on": "2026-07-01", "d_stage": "secondary"}
    sent = {"kind": "stage_completed", "list": narrowed}
    nobody = registrar.post("/desk/together", sent)
    assert (nobody.status_code, f'href="{narrowed}"'.replace("&", "&amp;") in nobody.content.decode()) == (422, True)
    for do in ({}, {"do": "weigh", **step}):
        assert address in registrar.post("/desk/together", {**sent, "pupils": [pupil], **do}).content.decode()
    done = registrar.post("/desk/together", {**sent, "do": "record", **step, "seen": [f"{pupil}:2"]})
    assert done["Location"] == narrowed


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "/desk/pupils?a=//b", "/desk/sign-out"])
def test_a_form_leads_back_to_lists_only(registrar: Client, pupil: str, elsewhere: str) -> None:
    sent = {"kind": "class", "do": "record", "class_name": "甲班", "seen": [f"{pupil}:2"], "list": elsewhere}
    assert registrar.post("/desk/together", sent)["Location"] == "/desk/pupils"


def test_nothing_ticked_or_a_form_made_up_is_told(registrar: Client, pupil: str) -> None:
    assert registrar.post("/desk/together", {"kind": "registered"}).status_code == 422
    assert registrar.post("/desk/together", {"kind": "dropped_out", "pupils": [pupil]}).status_code == 422
    assert registrar.get("/desk/together").status_code == 302
    altered = {"kind": "class", "do": "record", "seen": [f"{pupil}:x"], "class_name": "甲"}
    assert registrar.post("/desk/together", altered).status_code == 422
    assert registrar.post(f"/desk/pupils/{pupil}/steps/suspended", {"on": "2024-03-01"}).status_code == 422


def test_the_similar_majors_of_a_school_are_entered_with_a_document_and_removed(registrar: Client) -> None:
    pair = {"school": SCHOOL, "first": "710103", "second": "660704", "document": "演示校发〔2025〕1号"}
    assert registrar.post("/desk/similar-majors", {**pair, "document": ""}).status_code == 422
    assert registrar.post("/desk/similar-majors", pair).status_code == 302
    assert "演示校发〔2025〕1号" in text(registrar, "/desk/similar-majors")
    assert registrar.post("/desk/similar-majors", pair).status_code != 302
    registrar.post("/desk/similar-majors", {**pair, "do": "remove"})
    assert "还没有登记" in text(registrar, "/desk/similar-majors")
    other = {**pair, "school": "shangye"}
    assert registrar.post("/desk/similar-majors", other).status_code == 403
