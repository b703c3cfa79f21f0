"""Proofs, the check page, lists and working copies as pages: two clicks, downloads, refusals in words."""

import re
from datetime import date

import pypdfium2  # type: ignore[import-untyped]
import pytest
from django.test import Client
from tests.desk import (
    CITY,
    HEAD,
    OTHER_REGISTRAR,
    PROJECT,
    REGISTRAR,
    SCHOOL,
    UNIVERSITY_REGISTRAR,
    admit,
    organisations_of_the_desk,
    row,
)
from tests.staff import account_of, signed_in

from guantong.actions import events
from guantong.actions.events import NewEvent
from guantong.cohorts import EventKind
from guantong.store import models

pytestmark = pytest.mark.usefixtures("desk")

REGISTERED = NewEvent(
    kind=EventKind.REGISTERED, on=date(2023, 9, 1), details={"stage": "secondary", "institution": SCHOOL}
)
WHOLE = f"{PROJECT}~2023~{SCHOOL}~"


@pytest.fixture
def pupil(desk: object) -> str:
    organisations_of_the_desk()
    (made,) = admit()
    events.propose_event(made, REGISTERED, seen=1, by=REGISTRAR)
    return made


def text(response: object) -> str:
    whole: str = response.content.decode()  # type: ignore[attr-defined]
    return whole


def said(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    found = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return re.sub(r"\s", "", found)


def issued(pupil: str) -> tuple[str, str]:
    """Give out a proof at the desk; return number and code as they stand on the paper."""
    paper = signed_in(REGISTRAR).post(f"/desk/pupils/{pupil}/proofs", {"kind": "enrolment", "days": "90"})
    words = said(paper.content)
    number, code = re.search(r"编号：([A-Z0-9-]+-\d{6})", words), re.search(r"校验码：([A-Z0-9-]{24})", words)
    assert number
    assert code
    return number[1], code[1]


def entries() -> int:
    return models.JournalEntry.objects.count()


def test_a_proof_is_a_pdf_after_two_clicks(pupil: str) -> None:
    there = signed_in(REGISTRAR)
    page = there.get(f"/desk/pupils/{pupil}/proofs")
    assert "下载在读证明" in text(page)
    paper = there.post(f"/desk/pupils/{pupil}/proofs", {"kind": "enrolment", "days": "30"})
    assert (paper.status_code, paper["Content-Type"], paper["Cache-Control"]) == (200, "application/pdf", "no-store")
    assert paper["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E5%9C%A8%E8%AF%BB")
    assert "http://testserver/check" in said(paper.content)


def test_where_no_proof_may_be_given_out_the_page_says_why(desk: object) -> None:
    (made,) = admit()
    page = text(signed_in(REGISTRAR).get(f"/desk/pupils/{made}/proofs"))
    assert "现在不能开具证明：只有在籍、休学的学生可以开具。" in page
    assert "下载在读证明" not in page


def test_the_page_of_proofs_leaves_one_entry_and_names_no_code(pupil: str) -> None:
    number, code = issued(pupil)
    there, before = signed_in(REGISTRAR), entries()
    page = text(there.get(f"/desk/pupils/{pupil}/proofs"))
    assert entries() == before + 1
    assert number in page
    assert code not in page


@pytest.mark.parametrize("sent", [{}, {"kind": "x"}, {"kind": "enrolment", "days": "9999"}])
def test_a_choice_that_is_not_offered_is_refused_in_words(pupil: str, sent: dict[str, str]) -> None:
    refused = signed_in(REGISTRAR).post(f"/desk/pupils/{pupil}/proofs", sent)
    assert refused.status_code == 422
    assert models.Proof.objects.count() == 0


def test_taking_back_asks_once_more_and_needs_a_reason(pupil: str) -> None:
    issued(pupil)
    kept, there = models.Proof.objects.get(), signed_in(REGISTRAR)
    address = f"/desk/pupils/{pupil}/proofs"
    assert "这一步不能撤回" in text(there.post(address, {"revoke": kept.pk}))
    assert there.post(address, {"revoke": kept.pk, "sure": "yes"}).status_code == 422
    assert models.Proof.objects.get().revoked_at is None
    done = there.post(address, {"revoke": kept.pk, "sure": "yes", "because": "lost"}, follow=True)
    assert "已作废（遗失）" in text(done)


def test_another_schools_registrar_finds_no_proof_page(pupil: str) -> None:
    for client in (signed_in(OTHER_REGISTRAR), signed_in(UNIVERSITY_REGISTRAR)):
        for response in (client.get(f"/desk/pupils/{pupil}/proofs"), client.get("/desk/pupils/nobody/proofs")):
            assert response.status_code == 404
            assert "演示学生" not in text(response)
    assert signed_in(CITY).get(f"/desk/pupils/{pupil}/proofs").status_code == 403
    assert Client().get(f"/desk/pupils/{pupil}/proofs").status_code == 302


def test_anybody_checks_a_paper_and_learns_one_word(pupil: str) -> None:
    number, code = issued(pupil)
    visitor = Client()
    answer = visitor.post("/check", {"number": number, "code": code})
    assert answer["Cache-Control"] == "no-store"
    assert "<h2>有效</h2>" in text(answer)
    for secret in ("演示学生", number, code, "昌平", pupil):
        assert secret not in text(answer)
    assert "<h2>无效</h2>" in text(visitor.post("/check", {"number": number, "code": "2222-2222"}))
    assert "<h2>无效</h2>" in text(visitor.post("/check", {"number": "X-2026-000001", "code": code}))


def test_a_paper_past_its_day_is_expired(pupil: str) -> None:
    number, code = issued(pupil)
    models.Proof.objects.update(valid_until=date(2026, 11, 19))
    assert "<h2>已过有效期</h2>" in text(Client().post("/check", {"number": number, "code": code}))


def test_the_check_page_takes_nothing_from_an_address_and_shows_no_desk(pupil: str) -> None:
    number, code = issued(pupil)
    page = text(Client().get("/check", {"number": number, "code": code}))
    for secret in (number, code, "有效</h2>", "工作台栏目"):
        assert secret not in page


def test_the_check_page_stops_answering_who_tries_too_often(pupil: str) -> None:
    number, code = issued(pupil)
    answers = [Client().post("/check", {"number": number, "code": "2222"}).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]
    assert "10 分钟后再试" in text(Client().post("/check", {"number": number, "code": code}))


def test_a_check_needs_its_form(pupil: str) -> None:
    assert Client(enforce_csrf_checks=True).post("/check", {"number": "x", "code": "y"}).status_code == 403
    assert Client().put("/check").status_code == 405


def test_a_decision_is_handed_out_as_a_letter(pupil: str) -> None:
    event = models.Event.objects.get(pupil_id=pupil, kind="registered")
    paper = signed_in(REGISTRAR).get(f"/desk/notices/{event.pk}")
    assert (paper.status_code, paper["Content-Type"]) == (200, "application/pdf")
    assert signed_in(OTHER_REGISTRAR).get(f"/desk/notices/{event.pk}").status_code == 404


def test_letters_for_a_class_without_results_are_refused_in_words(pupil: str) -> None:
    refused = signed_in(REGISTRAR).post("/desk/handovers/notices", {"group": WHOLE})
    assert refused.status_code == 409
    assert "没有已登记考核结果" in text(refused)


@pytest.mark.parametrize("seen", ["", "x", "１", "-1", "1" * 20])
def test_a_list_whose_form_was_altered_stays_where_it_is(pupil: str, seen: str) -> None:
    there = signed_in(REGISTRAR)
    there.post("/desk/handovers/new", {"kind": "filing", "group": WHOLE, "receiver": "city"})
    made = models.Handover.objects.get(copy_of=None)
    for do in ("hand-over", "discard"):
        refused = there.post(f"/desk/handovers/{made.pk}", {"do": do, "seen": seen})
        assert (refused.status_code, "表单不完整" in text(refused)) == (422, True)
    assert there.get(f"/desk/handovers/{made.pk}").status_code == 200


def test_a_list_goes_its_whole_way(pupil: str) -> None:
    there = signed_in(REGISTRAR)
    assert "2023 级全年级（1 人）" in text(there.get("/desk/handovers/new"))
    page = there.post("/desk/handovers/new", {"kind": "filing", "group": WHOLE, "receiver": "city"}, follow=True)
    assert "移交后不能撤回" in text(page)
    made = models.Handover.objects.get(copy_of=None)
    address = f"/desk/handovers/{made.pk}"
    assert signed_in(CITY).get(f"/desk/handovers/received/{made.pk}").status_code == 404
    done = there.post(address, {"do": "hand-over", "seen": "1"}, follow=True)
    assert "已移交给市教委" in text(done)
    assert there.post(address, {"do": "hand-over", "seen": "1"}).status_code == 409
    city, before = signed_in(CITY), entries()
    assert "演示学生1" in text(city.get(f"/desk/handovers/received/{made.pk}"))
    assert entries() == before + 1
    assert city.post(f"/desk/handovers/received/{made.pk}", {"number": "", "seen": "2"}).status_code == 422
    confirmed = city.post(f"/desk/handovers/received/{made.pk}", {"number": "收8号", "seen": "2"}, follow=True)
    assert "回执 收8号" in text(confirmed)
    assert "收8号" in text(there.get("/desk/handovers"))


def test_a_list_is_handed_out_as_a_sheet(pupil: str) -> None:
    there = signed_in(REGISTRAR)
    there.post("/desk/handovers/new", {"kind": "registration", "group": WHOLE, "receiver": "city"})
    made = models.Handover.objects.get()
    sheet = there.get(f"/desk/handovers/{made.pk}/sheet")
    assert sheet.content.startswith(b"PK")
    for stranger in (OTHER_REGISTRAR, UNIVERSITY_REGISTRAR):
        assert signed_in(stranger).get(f"/desk/handovers/{made.pk}").status_code == 404
        assert signed_in(stranger).get(f"/desk/handovers/{made.pk}/sheet").status_code == 404


@pytest.mark.parametrize(
    "sent", [{}, {"kind": "filing"}, {"kind": "x", "group": WHOLE}, {"kind": "filing", "group": "~"}]
)
def test_a_list_without_a_choice_is_refused_in_words(pupil: str, sent: dict[str, str]) -> None:
    refused = signed_in(REGISTRAR).post("/desk/handovers/new", sent)
    assert refused.status_code == 422
    assert "处要修改" in text(refused)


def test_nobody_sees_anothers_lists(pupil: str) -> None:
    signed_in(REGISTRAR).post("/desk/handovers/new", {"kind": "filing", "group": WHOLE})
    page = text(signed_in(OTHER_REGISTRAR).get("/desk/handovers"))
    assert "还没有编制过名单" in page
    assert "昌平" not in page


def test_a_working_copy_is_asked_for_approved_and_taken_once(pupil: str) -> None:
    registrar, head = account_of(REGISTRAR), account_of(HEAD)
    there = signed_in(registrar)
    assert "等负责人批准" in text(there.post("/desk/copies", {"group": WHOLE}, follow=True))
    asked = models.WorkingCopy.objects.get()
    page = text(signed_in(head).get("/desk/copies/answer"))
    assert "演示学生" not in page
    approved = signed_in(head).post(
        "/desk/copies/answer", {"copy": asked.pk, "seen": "1", "do": "approve"}, follow=True
    )
    assert "已批准" in text(approved)
    taken = there.post(f"/desk/copies/{asked.pk}/take", {"form": "csv"})
    assert taken.content.startswith(b"\xef\xbb\xbf")
    assert there.post(f"/desk/copies/{asked.pk}/take", {"form": "csv"}).status_code == 409
    assert there.post(f"/desk/copies/{asked.pk}/take", {"form": "pdf"}).status_code == 422


def test_a_registrar_does_not_approve_and_a_head_does_not_ask(pupil: str) -> None:
    assert signed_in(REGISTRAR).get("/desk/copies/answer").status_code == 403
    assert signed_in(HEAD).get("/desk/copies").status_code == 403


def test_every_page_of_lists_opens_without_anything_on_it(desk: object) -> None:
    organisations_of_the_desk()
    admit(row(9))
    for path in ("/desk/handovers", "/desk/handovers/new", "/desk/handovers/notices", "/desk/copies"):
        assert signed_in(REGISTRAR).get(path).status_code == 200
    assert "还没有收到名单" in text(signed_in(CITY).get("/desk/handovers"))
    assert signed_in(HEAD).get("/desk/copies/answer").status_code == 200


def test_everybody_who_works_here_may_read_what_is_kept_of_whom(desk: object) -> None:
    page = text(signed_in(REGISTRAR).get("/desk/about/fields"))
    for part in ("身份证件号码", "敏感", "加密", "/policies/xueji/clauses/jjzc-2020-3:identity", "条文未收录"):
        assert part in page
    assert Client().get("/desk/about/fields").status_code == 302


def test_erasing_asks_once_more_and_keeps_the_legal_record(pupil: str) -> None:
    step = NewEvent(kind=EventKind.DROPPED_OUT, on=date(2026, 3, 1))
    events.propose_event(pupil, step, seen=2, by=REGISTRAR)
    there, sent = signed_in(HEAD), {"ended_before": "2026-11-01", "pupil": pupil}
    assert "1 人" in text(there.get("/desk/retention", {"ended_before": "2026-11-01"}))
    assert "不能恢复" in text(there.post("/desk/retention", sent))
    assert models.Personal.objects.count() == 1
    done = text(there.post("/desk/retention", {**sent, "sure": "yes"}, follow=True))
    assert "个人信息已删除" in done
    assert (models.Personal.objects.count(), models.Event.objects.filter(pupil_id=pupil).count()) == (0, 3)
    assert there.get("/desk/retention", {"ended_before": "2026-13-01"}).status_code == 422


def test_the_pupils_page_leads_to_proofs_and_letters_where_they_may_be_given(pupil: str) -> None:
    event = models.Event.objects.get(pupil_id=pupil, kind="registered").pk
    page = text(signed_in(REGISTRAR).get(f"/desk/pupils/{pupil}"))
    assert f'href="/desk/pupils/{pupil}/proofs"' in page
    assert f'href="/desk/notices/{event}"' in page
    assert "/proofs" not in text(signed_in(HEAD).get(f"/desk/pupils/{pupil}"))
