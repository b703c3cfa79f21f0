"""Fees and aid: the one stated principle, resting on an answer that only the school can give."""

from guantong.policies import rule
from guantong.policies.expressions import InputSymbol, Law, Pupil


@rule(decision="may_receive_aid", clause="jjzc-2023-6:3.3.3-aid", title="符合所在阶段的政策")
def meets_stage_policy(pupil: Pupil, law: Law) -> InputSymbol:
    """各阶段的资格条件未收录。"""
    return pupil.meets_stage_policy
