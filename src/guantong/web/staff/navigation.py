"""What stands in the work desk's navigation (导航): each item is shown to those who hold one of its rights."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.urls import NoReverseMatch, reverse

from guantong.people import Right
from guantong.web.staff.page import StaffAsked


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: its words, the name of its address, and the rights of which one opens it."""

    label: str
    name: str
    rights: tuple[Right, ...]


ITEMS = (
    Item("学生", "desk-pupils", (Right.READ_PUPIL,)),
    Item("待审", "desk-waiting", (Right.CONFIRM_EVENT, Right.PROPOSE_EVENT)),
    Item("名册导入", "desk-roster", (Right.ADMIT_PUPILS,)),
    Item("转段", "desk-sittings", (Right.SUBMIT_SITTING, Right.ANSWER_SITTING)),
    Item("移交与证明", "desk-handovers", (Right.HAND_OVER, Right.READ_HANDOVER, Right.APPROVE_EXPORT)),
    Item("年度报告", "desk-reports", (Right.WRITE_REPORT, Right.SIGN_REPORT, Right.COSIGN_REPORT)),
    Item("质量数据", "desk-quality", (Right.READ_SUBMISSIONS,)),
    Item("诊断", "desk-diagnosis", (Right.DIAGNOSE,)),
    Item("整改", "desk-tasks", (Right.READ_TASKS,)),
    Item("质量年报", "desk-yearly", (Right.READ_REPORTS,)),
    Item("专业评定", "desk-grading", (Right.LIST_GRADINGS,)),
    Item("全市一览", "desk-city", (Right.READ_COUNTS,)),
    Item("账号", "desk-accounts", (Right.MANAGE_PEOPLE,)),
    Item("机构", "desk-organisations", (Right.MANAGE_ORGANISATIONS,)),
    Item("日志", "desk-journal", (Right.VERIFY_JOURNAL, Right.READ_JOURNAL)),
)


def items_for(asked: StaffAsked) -> tuple[tuple[str, str, bool], ...]:
    """Return words, address and whether one is there, for every item that the person may open."""
    shown = (item for item in ITEMS if any(asked.may(right) for right in item.rights))
    placed = ((item.label, address_of(item.name)) for item in shown)
    return tuple((label, address, asked.path.startswith(address)) for label, address in placed if address)


@lru_cache(maxsize=64)
def address_of(name: str) -> str:
    """Return the address of a page by its name; "" where the page does not exist."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
