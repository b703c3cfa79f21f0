"""Entering college and moving from college to a bachelor's degree: what our sources state for 2025, no more."""

from guantong.policies import rule
from guantong.policies.expressions import Expression, InputSymbol, Law, Pupil


@rule(decision="may_register_autonomous", clause="notes-people-2025:who", title="已报名当年高考")
def has_registered(pupil: Pupil, law: Law) -> InputSymbol:
    """统考、单考都可以。"""
    return pupil.registered_for_gaokao


@rule(decision="may_register_autonomous", clause="notes-people-2025:one-college", title="只报一所")
def chooses_one(pupil: Pupil, law: Law) -> Expression:
    """超过限数的不符合。"""
    return pupil.colleges_chosen <= law.colleges_limit


@rule(decision="may_sit_gaokao", clause="notes-people-2025:locked", title="没有被自主招生预录取")
def not_yet_admitted(pupil: Pupil, law: Law) -> Expression:
    """被录取的才受此限。"""
    return ~pupil.pre_admitted


def _meets_other_rules(pupil: Pupil, law: Law) -> InputSymbol:
    """全文未收录，由考生或学校对照当年规定填写。"""
    return pupil.meets_other_rules


other_rules = tuple(
    rule(
        decision=decision,
        clause="notes-people-2025:other",
        title="符合当年的其他报考规定",
        name=f"{decision}_other_rules",
    )(_meets_other_rules)
    for decision in ("may_register_autonomous", "may_sit_gaokao")
)


@rule(decision="upgrade_line", clause="report-2025:upgrade", title="贯通培养项目学生", gives="guantong")
def line_of_guantong(pupil: Pupil, law: Law) -> Expression:
    """贯通培养项目学生另有一类。"""
    return pupil.entrant.among("guantong")


@rule(decision="upgrade_line", clause="report-2025:upgrade", title="其他高职毕业生", gives="college")
def line_of_college(pupil: Pupil, law: Law) -> Expression:
    """不是贯通项目的高职毕业生。"""
    return pupil.entrant.among("college")


@rule(decision="upgrade_line", clause="report-2025:upgrade", title="退役士兵", gives="veteran")
def line_of_veteran(pupil: Pupil, law: Law) -> Expression:
    """退役士兵免试。"""
    return pupil.entrant.among("veteran")
