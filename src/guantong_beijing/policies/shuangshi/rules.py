"""Recognition of 双师型 teachers, as report 2020 states 京教人〔2020〕11号: base, one of seven, five years."""

from guantong.policies import rule
from guantong.policies.expressions import Expression, InputSymbol, Law, Pupil

# The symbols keep the machine's word `pupil`; here the person is a teacher.


@rule(decision="may_be_recognised", clause="jjr-2020-11:scope", title="是专业课教师")
def teaches_professional_course(pupil: Pupil, law: Law) -> InputSymbol:
    """公共基础课教师不在此列。"""
    return pupil.teaches_professional_course


@rule(decision="may_be_recognised", clause="jjr-2020-11:base", title="上一年度师德考核合格")
def has_passed_ethics(pupil: Pupil, law: Law) -> InputSymbol:
    """合格及以上档次。"""
    return pupil.ethics_passed


@rule(decision="may_be_recognised", clause="jjr-2020-11:base", title="有教师资格证书")
def has_certificate(pupil: Pupil, law: Law) -> InputSymbol:
    """理论教学能力的必备条件。"""
    return pupil.teacher_certificate


@rule(decision="may_be_recognised", clause="jjr-2020-11:base", title="新入职的试用期满并考核合格")
def has_passed_probation(pupil: Pupil, law: Law) -> Expression:
    """不是新入职的不受此限。"""
    return pupil.probation.among("not_new", "passed")


@rule(decision="may_be_recognised", clause="jjr-2020-11:practice", title="七项实践条件满足一项")
def has_practice(pupil: Pupil, law: Law) -> Expression:
    """“其他相当的成果”由学校认定，填写后才能判断。"""
    return (
        (pupil.related_certificate | (pupil.years_in_industry >= 3))
        | (pupil.base_training | pupil.own_prize)
        | (pupil.examiner | pupil.pupils_prize)
        | pupil.equivalent_evidence
    )


@rule(decision="still_valid", clause="jjr-2020-11:validity", title="认定未满五年")
def is_within_five_years(pupil: Pupil, law: Law) -> Expression:
    """满五年的当天起要重新认定。"""
    return pupil.years_since_recognition < 5
