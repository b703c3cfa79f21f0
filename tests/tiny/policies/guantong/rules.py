"""The rules of the smallest package."""

from guantong.policies.expressions import Expression, Law, Pupil
from guantong.policies.rules import rule


@rule(decision="may_apply", clause="notice:1", title="达到门槛")
def reaches_floor(pupil: Pupil, law: Law) -> Expression:
    return pupil.score >= law.score_floor


@rule(decision="registered_at", clause="notice:1", title="学籍在中职学校", gives="school")
def at_the_school(pupil: Pupil, law: Law) -> Expression:
    return pupil.stage.among("secondary")


@rule(decision="certificate", clause="notice:1", title="中职毕业证书", gives="secondary_by_school")
def from_the_school(pupil: Pupil, law: Law) -> Expression:
    return pupil.stage.among("secondary")
