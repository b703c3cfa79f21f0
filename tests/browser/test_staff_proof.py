"""Proof of enrolment: given out in two clicks, checked by somebody else as valid, invalid and expired."""

import re
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect
from tests.browser.conftest import OpenDesk, StaffServer

pytestmark = pytest.mark.browser


def register_the_pupils() -> list[str]:
    """Run beside the server: register every pupil at the school."""
    from datetime import date

    from tests.desk import REGISTRAR, SCHOOL

    from guantong.actions import events
    from guantong.actions.events import NewEvent
    from guantong.cohorts import EventKind
    from guantong.store import models

    step = NewEvent(
        kind=EventKind.REGISTERED, on=date(2023, 9, 1), details={"stage": "secondary", "institution": SCHOOL}
    )
    done = []
    for pupil in models.Pupil.objects.filter(status="admitted"):
        events.propose_event(pupil.pk, step, seen=pupil.version, by=REGISTRAR)
        done.append(pupil.pk)
    return done


def let_every_proof_run_out() -> int:
    """Run beside the server: put the last day of every proof into the past."""
    from datetime import date

    from guantong.store import models

    return models.Proof.objects.update(valid_until=date(2026, 11, 1))


def words(paper: Path) -> str:
    document = pypdfium2.PdfDocument(paper)
    said = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return re.sub(r"\s", "", said)


def test_a_proof_is_given_out_in_two_clicks_and_checked(
    at_the_desk: OpenDesk, staff_server: StaffServer, tmp_path: Path
) -> None:
    staff_server.call("tests.browser.test_staff_proof:register_the_pupils")
    page = at_the_desk("registrar", f"/desk/pupils/{staff_server.pupils[0]}/proofs")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载在读证明").click()
    paper = tmp_path / "proof.pdf"
    waiting.value.save_as(paper)
    said = words(paper)
    assert waiting.value.suggested_filename.startswith("在读证明-")
    number = re.search(r"编号：([A-Z0-9-]+-\d{6})", said)
    code = re.search(r"校验码：([A-Z0-9-]{24})", said)
    assert number
    assert code
    page.reload()
    expect(page.get_by_role("row", name=number[1]).get_by_text("有效期内")).to_be_visible()

    somebody = at_the_desk("", "/check")
    assert _check(somebody, number[1], code[1].lower()) == "有效"
    assert _check(somebody, number[1], "2222 2222 2222 2222 2222") == "无效"
    assert "演示学生" not in somebody.content()
    assert "?" not in somebody.url
    staff_server.call("tests.browser.test_staff_proof:let_every_proof_run_out")
    assert _check(somebody, number[1], code[1]) == "已过有效期"


def _check(page: Page, number: str, code: str) -> str:
    page.get_by_label("编号").fill(number)
    page.get_by_label("校验码").fill(code)
    page.get_by_role("button", name="核验").click()
    answer: str = page.get_by_role("status").get_by_role("heading").inner_text()
    return answer


PAGES = {
    "registrar": ("/desk/handovers", "/desk/handovers/new", "/desk/handovers/notices", "/desk/copies"),
    "head": ("/desk/copies/answer", "/desk/retention?ended_before=2026-01-01", "/desk/about/fields"),
    "city": ("/desk/handovers",),
    "": ("/check",),
}


def test_the_pages_have_no_barrier_and_fit_every_screen(at_the_desk: OpenDesk, staff_server: StaffServer) -> None:
    proofs = [("registrar", f"/desk/pupils/{staff_server.pupils[1]}/proofs")]
    for who, path in proofs + [(who, path) for who, paths in PAGES.items() for path in paths]:
        page = at_the_desk(who, path)
        found = Axe().run(page)
        assert found.violations_count == 0, (path, found.generate_report())
        for width in (820, 390):
            page.set_viewport_size({"width": width, "height": 768})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)
        page.close()
