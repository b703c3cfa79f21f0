"""The registration rules of secondary vocational schools that report 2020 states of 京教职成〔2020〕3号.

The regulation itself is not in our sources. A yes therefore always rests on `meets_other_rules`,
which the school answers with the regulation in hand.
"""

from decimal import Decimal

from guantong.policies import rule
from guantong.policies.expressions import Expression, InputSymbol, Law, Pupil


@rule(decision="may_register", clause="jjzc-2020-3:identity", title="用真实的学生信息")
def with_true_identity(pupil: Pupil, law: Law) -> InputSymbol:
    """虚假信息不能注册。"""
    return pupil.true_identity


@rule(decision="may_register", clause="jjzc-2020-3:double", title="没有双重学籍")
def without_second_registration(pupil: Pupil, law: Law) -> Expression:
    """普高和中职学籍只能有一个；合作招收的也不能重复。"""
    return ~pupil.high_school_registered & ~pupil.registered_twice


@rule(decision="may_transfer", clause="jjzc-2020-3:transfer", title="不能转学进入贯通培养项目", bar=True)
def transfer_into_guantong(pupil: Pupil, law: Law) -> InputSymbol:
    """贯通项目不能靠转学进入。"""
    return pupil.into_guantong


@rule(decision="may_transfer", clause="jjzc-2020-3:transfer", title="不是贯通培养中职段学生")
def is_no_guantong_pupil(pupil: Pupil, law: Law) -> Expression:
    """贯通学生原则上不转学，而 2023 年通知又给一次机会，先后未定：见贯通培养规则册的“转学”。"""
    return pupil.guantong_pupil.among(False, unsettled=(True,))


@rule(decision="may_enter_from_high_school", clause="jjzc-2020-3:high-school", title="不进毕业年级")
def not_into_final_year(pupil: Pupil, law: Law) -> Expression:
    """毕业年级不接收。"""
    return ~pupil.target_final_year


@rule(decision="may_enter_from_high_school", clause="jjzc-2020-3:high-school", title="在中职学习不少于一年半")
def long_enough(pupil: Pupil, law: Law) -> Expression:
    """一年半正好也可以。"""
    return pupil.years_in_secondary >= Decimal("1.5")


@rule(decision="may_enter_from_high_school", clause="jjzc-2020-3:transfer", title="不能转入贯通培养项目", bar=True)
def not_into_guantong(pupil: Pupil, law: Law) -> InputSymbol:
    """贯通项目不能靠转学进入。"""
    return pupil.into_guantong


def _meets_other_rules(pupil: Pupil, law: Law) -> InputSymbol:
    """办法全文未收录，由学校认定。"""
    return pupil.meets_other_rules


other_rules = tuple(
    rule(
        decision=decision,
        clause="jjzc-2020-3:other",
        title="符合学籍办法的其他规定",
        name=f"{decision}_other_rules",
    )(_meets_other_rules)
    for decision in ("may_register", "may_transfer", "may_enter_from_high_school")
)
