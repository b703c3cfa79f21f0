"""The closed lists of the school desk: kinds of events, their standing, and what a pupil can be."""

from __future__ import annotations

from enum import Enum


class EventKind(Enum):
    """What can happen to a pupil (学籍事件)."""

    ADMITTED = "admitted"
    NOT_ARRIVED = "not_arrived"
    PLACE_KEPT = "place_kept"
    REGISTERED = "registered"
    STAGE_COMPLETED = "stage_completed"
    ASSESSED = "assessed"
    MOVED_ON = "moved_on"
    REPEATED = "repeated"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    CHANGED_MAJOR = "changed_major"
    CHANGED_SCHOOL = "changed_school"
    TRANSFERRED_IN = "transferred_in"
    LEFT_PROJECT = "left_project"
    DROPPED_OUT = "dropped_out"
    COMPLETED_WITHOUT_DIPLOMA = "completed_without_diploma"
    DISCIPLINED = "disciplined"
    DISCIPLINE_LIFTED = "discipline_lifted"
    INTERNED = "interned"
    GRADUATED = "graduated"
    DEGREE_AWARDED = "degree_awarded"
    CORRECTED = "corrected"

    @property
    def label(self) -> str:
        """Return the word that a page shows."""
        return _KINDS[self]

    @property
    def day_rank(self) -> int:
        """Return the kind's place among events of one day, so that the order of recording never matters."""
        return _DAY_RANKS[self]

    @property
    def begins(self) -> bool:
        """Tell whether a pupil's history begins with this."""
        return self in (EventKind.ADMITTED, EventKind.TRANSFERRED_IN)

    @property
    def is_aside(self) -> bool:
        """Tell whether it happens beside the way through the stages, so that it may be recorded late."""
        return self in (EventKind.DISCIPLINED, EventKind.DISCIPLINE_LIFTED, EventKind.INTERNED)


_KINDS = {
    EventKind.ADMITTED: "录取",
    EventKind.NOT_ARRIVED: "未报到",
    EventKind.PLACE_KEPT: "保留入学资格",
    EventKind.REGISTERED: "学籍注册",
    EventKind.STAGE_COMPLETED: "完成本学段学业",
    EventKind.ASSESSED: "转段考核",
    EventKind.MOVED_ON: "转段",
    EventKind.REPEATED: "留级",
    EventKind.SUSPENDED: "休学",
    EventKind.RESUMED: "复学",
    EventKind.CHANGED_MAJOR: "转专业",
    EventKind.CHANGED_SCHOOL: "转学",
    EventKind.TRANSFERRED_IN: "普高转入",
    EventKind.LEFT_PROJECT: "毕业退出项目",
    EventKind.DROPPED_OUT: "退学",
    EventKind.COMPLETED_WITHOUT_DIPLOMA: "结业或肄业",
    EventKind.DISCIPLINED: "处分",
    EventKind.DISCIPLINE_LIFTED: "解除处分",
    EventKind.INTERNED: "实习",
    EventKind.GRADUATED: "毕业发证",
    EventKind.DEGREE_AWARDED: "授予学位",
    EventKind.CORRECTED: "更正（撤销一条记录）",
}

_DAY_RANKS = {
    kind: rank
    for rank, kind in enumerate(
        (
            EventKind.ADMITTED,
            EventKind.TRANSFERRED_IN,
            EventKind.PLACE_KEPT,
            EventKind.NOT_ARRIVED,
            EventKind.RESUMED,
            EventKind.CHANGED_MAJOR,
            EventKind.CHANGED_SCHOOL,
            EventKind.INTERNED,
            EventKind.DISCIPLINED,
            EventKind.DISCIPLINE_LIFTED,
            EventKind.STAGE_COMPLETED,
            EventKind.ASSESSED,
            EventKind.REPEATED,
            EventKind.SUSPENDED,
            EventKind.GRADUATED,
            EventKind.DEGREE_AWARDED,
            EventKind.LEFT_PROJECT,
            EventKind.DROPPED_OUT,
            EventKind.COMPLETED_WITHOUT_DIPLOMA,
            EventKind.MOVED_ON,
            EventKind.REGISTERED,
            EventKind.CORRECTED,
        )
    )
}


class Standing(Enum):
    """What an event rests on (办理依据): DESIGN §6, unknown is neither yes nor no."""

    BY_RULE = "by_rule"
    APPROVED = "approved"
    ON_DOCUMENT = "on_document"
    STRUCTURAL = "structural"

    @property
    def label(self) -> str:
        """Return the words that a page shows."""
        return _STANDINGS[self]


_STANDINGS = {
    Standing.BY_RULE: "按规则办理",
    Standing.APPROVED: "经主管部门书面批准",
    Standing.ON_DOCUMENT: "依据学校提供的文件办理（依据未收录）",
    Standing.STRUCTURAL: "收录的规则没有管到，如实记录",
}


class Status(Enum):
    """What a pupil is at a moment (学籍状态)."""

    ADMITTED = "admitted"
    NOT_ARRIVED = "not_arrived"
    PLACE_KEPT = "place_kept"
    ENROLLED = "enrolled"
    SUSPENDED = "suspended"
    LEFT = "left"
    DROPPED_OUT = "dropped_out"
    COMPLETION = "completion"
    PARTIAL = "partial"
    GRADUATED = "graduated"

    @property
    def label(self) -> str:
        """Return the word that a page shows."""
        return _STATUSES[self]

    @property
    def is_final(self) -> bool:
        """Tell whether nothing follows any more, except a correction (and the degree after graduation)."""
        return self not in (Status.ADMITTED, Status.PLACE_KEPT, Status.ENROLLED, Status.SUSPENDED)


_STATUSES = {
    Status.ADMITTED: "已录取",
    Status.NOT_ARRIVED: "未报到",
    Status.PLACE_KEPT: "保留入学资格",
    Status.ENROLLED: "在籍",
    Status.SUSPENDED: "休学",
    Status.LEFT: "已毕业退出",
    Status.DROPPED_OUT: "已退学",
    Status.COMPLETION: "结业",
    Status.PARTIAL: "肄业",
    Status.GRADUATED: "已毕业",
}
