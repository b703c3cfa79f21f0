"""What may be done, and which role may do it (权限): closed lists, without anybody in them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class Labelled(Enum):
    """A closed list whose members carry the Chinese word that a page shows."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Labelled:
        """Keep the identifier as the value and the word beside it."""
        member = object.__new__(cls)
        member._value_ = value
        member.label = label
        return member


class Role(Labelled):
    """What a person is to an organisation."""

    PUBLIC = "public", "访客"
    FAMILY = "family", "学生与家长"
    SECTION_FILLER = "section_filler", "处室填报人"
    CLASS_TEACHER = "class_teacher", "班主任"
    REGISTRAR = "registrar", "学籍管理员"
    QUALITY_OFFICER = "quality_officer", "质量专员"
    SCHOOL_HEAD = "school_head", "学校负责人"
    UNIVERSITY_REGISTRAR = "university_registrar", "高校学籍管理员"
    UNIVERSITY_HEAD = "university_head", "高校负责人"
    ADVISER = "adviser", "诊断顾问"
    DISTRICT = "district", "区教委"
    SUPERVISOR = "supervisor", "主管部门"
    CITY = "city", "市教委"
    REVIEWER = "reviewer", "评审专家"
    REPORT_TEAM = "report_team", "年报编制组"
    AUDITOR = "auditor", "审计员"
    OPERATOR = "operator", "系统管理员"


class Right(Labelled):
    """One thing that may be done."""

    SIGN_IN = "sign_in", "登录"
    OWN_ACCOUNT = "own_account", "管理本人账号"
    READ_PUPIL = "read_pupil", "查看学生"
    READ_CONTACT = "read_contact", "查看证件号码与联系方式"
    ADMIT_PUPILS = "admit_pupils", "导入新生名册"
    PROPOSE_EVENT = "propose_event", "登记学籍变动"
    CONFIRM_EVENT = "confirm_event", "确认待审的学籍变动"
    REVERSE_EVENT = "reverse_event", "撤销学籍变动"
    ERASE_PUPIL = "erase_pupil", "删除学生个人信息"
    SUBMIT_SITTING = "submit_sitting", "组织转段考核"
    ANSWER_SITTING = "answer_sitting", "答复转段名单"
    ISSUE_PROOF = "issue_proof", "出具证明"
    CHECK_PROOF = "check_proof", "核验证明"
    HAND_OVER = "hand_over", "移交名单"
    READ_HANDOVER = "read_handover", "接收名单"
    EXPORT_PUPILS = "export_pupils", "导出工作副本"
    APPROVE_EXPORT = "approve_export", "批准导出工作副本"
    ISSUE_FAMILY_CODE = "issue_family_code", "发放家庭查阅码"
    READ_OWN_RECORD = "read_own_record", "查阅本人档案"
    READ_COUNTS = "read_counts", "查看统计数"
    WRITE_REPORT = "write_report", "编写年度报告"
    SIGN_REPORT = "sign_report", "签署年度报告"
    COSIGN_REPORT = "cosign_report", "会签年度报告"
    FILL_SECTION = "fill_section", "填报数据"
    CHECK_SECTION = "check_section", "审核填报"
    SIGN_SUBMISSION = "sign_submission", "签署真实性声明"
    CONFIRM_SUBMISSION = "confirm_submission", "确认填报"
    READ_SUBMISSIONS = "read_submissions", "查看填报"
    MANAGE_COLLECTION = "manage_collection", "组织填报"
    RELEASE_FACTS = "release_facts", "发布数据"
    DIAGNOSE = "diagnose", "诊断"
    ADVISE = "advise", "与诊断顾问问答"
    READ_TASKS = "read_tasks", "查看整改"
    MANAGE_TASKS = "manage_tasks", "办理整改"
    MANAGE_GRADING = "manage_grading", "组织专业评定"
    ENTER_MAJORS = "enter_majors", "申报参评专业"
    REVIEW_MAJORS = "review_majors", "评审专业"
    READ_GRADES = "read_grades", "查看专业评定"
    LIST_GRADINGS = "list_gradings", "查看评定年度"
    SUBMIT_CASE = "submit_case", "提交案例"
    DECIDE_CASE = "decide_case", "选用案例"
    EDIT_REPORT = "edit_report", "编写质量年报"
    READ_REPORTS = "read_reports", "查看质量年报和案例"
    SIGN_YEARLY = "sign_yearly", "签署质量年报"
    ENTER_RULING = "enter_ruling", "录入批复与裁定"
    READ_JOURNAL = "read_journal", "查看审计日志"
    VERIFY_JOURNAL = "verify_journal", "核验审计日志"
    MANAGE_PEOPLE = "manage_people", "管理账号与授权"
    MANAGE_ORGANISATIONS = "manage_organisations", "维护机构"
    MANAGE_KEYS = "manage_keys", "管理密钥"
    BACK_UP = "back_up", "备份与恢复"
    LOAD_DEMO = "load_demo", "载入演示数据"


class Door(Labelled):
    """Where a person came in."""

    WEB = "web", "网页"
    CLI = "cli", "命令行"
    NONE = "none", "系统"


class Tie(Enum):
    """How an organisation is tied to a pupil."""

    KEEPS = "keeps"
    """It registers the pupil now; where nobody does yet, it is the school that admitted the pupil."""
    TEACHES = "teaches"
    """It teaches the pupil now."""
    KEPT = "kept"
    """It registered the pupil in an earlier stage: that part stays readable to its registrar."""


_SIGNED_IN = frozenset({Right.OWN_ACCOUNT})
_REGISTRARS = _SIGNED_IN | {
    Right.READ_PUPIL, Right.READ_CONTACT, Right.PROPOSE_EVENT, Right.REVERSE_EVENT, Right.ISSUE_PROOF,
    Right.HAND_OVER, Right.EXPORT_PUPILS, Right.ISSUE_FAMILY_CODE, Right.READ_COUNTS,
}  # fmt: skip
_HEADS = _SIGNED_IN | {
    Right.READ_PUPIL, Right.CONFIRM_EVENT, Right.REVERSE_EVENT, Right.ERASE_PUPIL, Right.ANSWER_SITTING,
    Right.APPROVE_EXPORT,
    Right.READ_COUNTS,
}  # fmt: skip
_AUTHORITIES = _SIGNED_IN | {
    Right.READ_COUNTS, Right.READ_HANDOVER, Right.ENTER_RULING, Right.READ_SUBMISSIONS, Right.CONFIRM_SUBMISSION,
}  # fmt: skip
_SEES_THE_LOOP = frozenset(
    {Right.DIAGNOSE, Right.READ_TASKS, Right.READ_GRADES, Right.LIST_GRADINGS, Right.READ_REPORTS}
)
_LEADS_THE_LOOP = _SEES_THE_LOOP | {Right.ADVISE, Right.MANAGE_TASKS, Right.SIGN_YEARLY}

ROLE_RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.PUBLIC: frozenset({Right.SIGN_IN, Right.CHECK_PROOF}),
    Role.FAMILY: frozenset({Right.READ_OWN_RECORD}),
    Role.SECTION_FILLER: _SIGNED_IN
    | {Right.FILL_SECTION, Right.READ_SUBMISSIONS, Right.READ_TASKS, Right.MANAGE_TASKS},
    Role.CLASS_TEACHER: _SIGNED_IN | {Right.READ_PUPIL, Right.ISSUE_FAMILY_CODE},
    Role.REGISTRAR: _REGISTRARS | {Right.ADMIT_PUPILS, Right.SUBMIT_SITTING, Right.WRITE_REPORT},
    Role.QUALITY_OFFICER: _SIGNED_IN
    | {Right.READ_COUNTS, Right.FILL_SECTION, Right.CHECK_SECTION, Right.READ_SUBMISSIONS}
    | _SEES_THE_LOOP
    | {Right.ADVISE, Right.MANAGE_TASKS, Right.ENTER_MAJORS, Right.SUBMIT_CASE, Right.EDIT_REPORT},
    Role.SCHOOL_HEAD: _HEADS | _LEADS_THE_LOOP | {Right.SIGN_REPORT, Right.SIGN_SUBMISSION, Right.READ_SUBMISSIONS},
    Role.UNIVERSITY_REGISTRAR: _REGISTRARS | {Right.ANSWER_SITTING, Right.READ_HANDOVER},
    Role.UNIVERSITY_HEAD: _HEADS | {Right.COSIGN_REPORT, Right.SIGN_SUBMISSION, Right.READ_SUBMISSIONS},
    Role.ADVISER: _SIGNED_IN | _SEES_THE_LOOP | {Right.ADVISE, Right.READ_SUBMISSIONS},
    Role.DISTRICT: _AUTHORITIES | _SEES_THE_LOOP | {Right.EDIT_REPORT, Right.SIGN_YEARLY},
    Role.SUPERVISOR: _AUTHORITIES | _SEES_THE_LOOP,
    Role.CITY: _AUTHORITIES
    | _SEES_THE_LOOP
    | {Right.MANAGE_COLLECTION, Right.RELEASE_FACTS, Right.MANAGE_TASKS, Right.MANAGE_GRADING, Right.SIGN_YEARLY},
    Role.REVIEWER: _SIGNED_IN | {Right.REVIEW_MAJORS, Right.LIST_GRADINGS},
    Role.REPORT_TEAM: _SIGNED_IN
    | {Right.EDIT_REPORT, Right.DECIDE_CASE, Right.READ_GRADES, Right.LIST_GRADINGS, Right.READ_REPORTS},
    Role.AUDITOR: _SIGNED_IN | {Right.READ_JOURNAL, Right.VERIFY_JOURNAL},
    Role.OPERATOR: _SIGNED_IN
    | {Right.MANAGE_PEOPLE, Right.MANAGE_ORGANISATIONS, Right.MANAGE_KEYS, Right.BACK_UP, Right.VERIFY_JOURNAL}
    | {Right.LOAD_DEMO},
}
"""What each role may do; district and city see no pupil's page, and an operator sees no pupil."""

SIGNATURES = frozenset(
    {
        Right.CONFIRM_EVENT,
        Right.APPROVE_EXPORT,
        Right.REVERSE_EVENT,
        Right.ANSWER_SITTING,
        Right.SIGN_REPORT,
        Right.COSIGN_REPORT,
        Right.ENTER_RULING,
        Right.SIGN_SUBMISSION,
        Right.CONFIRM_SUBMISSION,
        Right.SIGN_YEARLY,
    }
)
"""Rights that stand for a signature: refused at the command line except in a demonstration."""

PURPOSEFUL = frozenset(
    {
        Right.READ_PUPIL,
        Right.READ_CONTACT,
        Right.ADMIT_PUPILS,
        Right.PROPOSE_EVENT,
        Right.CONFIRM_EVENT,
        Right.REVERSE_EVENT,
        Right.ERASE_PUPIL,
        Right.SUBMIT_SITTING,
        Right.ANSWER_SITTING,
        Right.ISSUE_PROOF,
        Right.HAND_OVER,
        Right.READ_HANDOVER,
        Right.EXPORT_PUPILS,
        Right.APPROVE_EXPORT,
        Right.ISSUE_FAMILY_CODE,
        Right.READ_OWN_RECORD,
    }
)
"""Rights that touch a pupil's record: each use names a purpose."""

_ALL_TIES = frozenset(Tie)
_PRESENT = frozenset({Tie.KEEPS, Tie.TEACHES})
_KEEPER = frozenset({Tie.KEEPS})
TIES: Mapping[Right, frozenset[Tie]] = {
    Right.READ_PUPIL: _ALL_TIES,
    Right.READ_CONTACT: _PRESENT,
    Right.ADMIT_PUPILS: _KEEPER,
    Right.PROPOSE_EVENT: _PRESENT,
    Right.CONFIRM_EVENT: _KEEPER,
    Right.REVERSE_EVENT: _KEEPER,
    Right.ERASE_PUPIL: _KEEPER,
    Right.SUBMIT_SITTING: _PRESENT,
    Right.ISSUE_PROOF: _KEEPER,
    Right.HAND_OVER: _KEEPER,
    Right.ISSUE_FAMILY_CODE: _PRESENT,
    Right.EXPORT_PUPILS: _KEEPER,
    Right.APPROVE_EXPORT: _KEEPER,
}
"""Through which ties a right reaches a pupil; a right that is not here reaches none."""

KEEPS_THE_PAST = frozenset({Role.REGISTRAR, Role.UNIVERSITY_REGISTRAR})
