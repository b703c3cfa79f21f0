"""The rules of 贯通培养, each under its clause of 京教职成〔2023〕6号 or of what report 2020 states."""

from guantong.policies import rule
from guantong.policies.expressions import Expression, InputSymbol, Law, Pupil

PRE_UNIVERSITY = ("secondary", "college")


# 报名 -----------------------------------------------------------------------------------------


@rule(decision="may_apply", clause="jjzc-2023-6:3.1.1", title="本市正式户籍")
def has_household(pupil: Pupil, law: Law) -> Expression:
    """条文写“正式户籍”；按本市户籍对待的是否包括在内，收录的文件没有说明。"""
    return pupil.household.among("beijing", unsettled=("as_beijing",))


@rule(decision="may_apply", clause="jjzc-2023-6:3.1.1", title="具有当年中考升学资格")
def is_exam_eligible(pupil: Pupil, law: Law) -> InputSymbol:
    """升学资格由当年中考政策认定。"""
    return pupil.exam_eligible


@rule(decision="may_apply", clause="jjzc-2023-6:3.1.2", title="达到最低录取分数线")
def reaches_floor(pupil: Pupil, law: Law) -> Expression:
    """恰好等于最低录取分数线的也符合。"""
    return pupil.score >= law.score_floor


# 转段 -----------------------------------------------------------------------------------------


@rule(decision="may_move_on", clause="jjzc-2023-6:3.4.1", title="后面还有学段")
def has_next_stage(pupil: Pupil, law: Law) -> Expression:
    """本科是最后一段。"""
    return pupil.stage.among(*PRE_UNIVERSITY)


@rule(decision="may_move_on", clause="jjzc-2023-6:3.4.1", title="完成上一阶段学业")
def completed_stage(pupil: Pupil, law: Law) -> InputSymbol:
    """由学校认定。"""
    return pupil.stage_completed


@rule(decision="may_move_on", clause="jjzc-2023-6:3.4.1", title="转段考核达到条件")
def passed_assessment(pupil: Pupil, law: Law) -> InputSymbol:
    """中职升高职按各校规定考核，高职升本科按当年专升本转段文件。"""
    return pupil.assessment_passed


@rule(decision="may_move_on", clause="jjzc-2023-6:3.3.4", title="已毕业退出的不再有贯通资格", bar=True)
def has_left(pupil: Pupil, law: Law) -> InputSymbol:
    """退出以后贯通资格终止。"""
    return pupil.left_project


# 留级 -----------------------------------------------------------------------------------------


@rule(decision="may_repeat", clause="jjzc-2023-6:3.4.3", title="未能通过转段")
def failed_transition(pupil: Pupil, law: Law) -> InputSymbol:
    """留级的选择只在转段未通过时出现。"""
    return pupil.failed_transition


@rule(decision="may_repeat", clause="jjzc-2023-6:3.4.3", title="符合留级条件")
def is_eligible_to_repeat(pupil: Pupil, law: Law) -> InputSymbol:
    """不符合的，按所在学段学籍规定处理。"""
    return pupil.eligible_to_repeat


@rule(decision="may_repeat", clause="jjzc-2023-6:3.4.3", title="下一届有相同或相近专业")
def next_cohort_has_major(pupil: Pupil, law: Law) -> InputSymbol:
    """没有的，应从现学校毕业。"""
    return pupil.similar_major_next


@rule(decision="may_repeat", clause="jjzc-2023-6:3.4.3", title="这次转段还没有留过级", reading="pending")
def first_repeat(pupil: Pupil, law: Law) -> Expression:
    """“留级一次”按每次转段分别计算，是我们的理解，待核实。"""
    return pupil.repeats_used < 1


# 转专业、转学 -----------------------------------------------------------------------------------


def _once(pupil: Pupil, law: Law) -> Expression:
    """只有一次机会，转专业和转学合并计算。"""
    return pupil.changes_used < 1


def _within_rules(pupil: Pupil, law: Law) -> InputSymbol:
    """两个学段的学籍办法全文未收录，由学校认定。"""
    return pupil.meets_registration_rules


def _applied(pupil: Pupil, law: Law) -> InputSymbol:
    """须由学生本人申请。"""
    return pupil.pupil_applied


def _both_agree(pupil: Pupil, law: Law) -> Expression:
    """两校是否同意不能计算，取得书面意见后填写。"""
    return pupil.releasing_school_agrees & pupil.receiving_school_agrees


def _reviewed(pupil: Pupil, law: Law) -> InputSymbol:
    """审核结果不能计算，取得后填写。"""
    return pupil.departments_reviewed


def _above_target(pupil: Pupil, law: Law) -> Expression:
    """要高于，等于不算；相应年份的录取成绩未公布，由学校提供。"""
    return pupil.exam_score > pupil.target_cutoff


_CHANGE = (
    ("one_chance", "还没有用过转专业或转学机会", _once),
    ("within_rules", "符合本学段学籍管理规定", _within_rules),
    ("applied", "学生本人提出申请", _applied),
    ("both_agree", "转入、转出学校都同意", _both_agree),
    ("reviewed", "相关部门审核通过", _reviewed),
    ("above_target", "中考成绩高于拟转入专业相应年份录取成绩", _above_target),
)

change_rules = tuple(
    rule(decision=decision, clause="jjzc-2023-6:3.3.5", title=title, name=f"{decision}_{name}")(function)
    for decision in ("may_change_major", "may_change_school")
    for name, title, function in _CHANGE
)


@rule(decision="may_change_major", clause="jjzc-2023-6:3.3.5", title="特殊招生形式录取且不得转专业", bar=True)
def special_entrant(pupil: Pupil, law: Law) -> Expression:
    """只限制转专业。"""
    return pupil.special_entrant & pupil.change_forbidden


@rule(decision="may_change_school", clause="jjzc-2020-3:transfer", title="中职段原则上不转学", bar=True)
def no_transfer_in_secondary(pupil: Pupil, law: Law) -> Expression:
    """“原则上”的例外未见说明。"""
    return pupil.stage.among("secondary")


# 复学、退出 -------------------------------------------------------------------------------------


@rule(decision="may_resume", clause="jjzc-2023-6:3.4.4", title="符合复学条件")
def is_eligible_to_resume(pupil: Pupil, law: Law) -> InputSymbol:
    """复学条件按相应学段的学籍办法。"""
    return pupil.eligible_to_resume


@rule(decision="may_resume", clause="jjzc-2023-6:3.4.4", title="本校下一届仍承担贯通培养")
def school_runs_next(pupil: Pupil, law: Law) -> InputSymbol:
    """不再承担的，资格不再保留。"""
    return pupil.school_runs_next


@rule(decision="may_resume", clause="jjzc-2023-6:3.4.4", title="下一届有相同或相近专业")
def resumes_into_major(pupil: Pupil, law: Law) -> Expression:
    """仍办贯通但没有相近专业时怎么办，条文没有写。"""
    return pupil.similar_major_next.among(True, unsettled=(False,))


@rule(decision="may_leave_project", clause="jjzc-2023-6:3.3.4", title="在中职或高职阶段末")
def leaves_before_university(pupil: Pupil, law: Law) -> Expression:
    """本科阶段没有毕业退出这一说。"""
    return pupil.stage.among(*PRE_UNIVERSITY)


@rule(decision="may_leave_project", clause="jjzc-2023-6:3.3.4", title="完成本阶段学业")
def leaves_with_certificate(pupil: Pupil, law: Law) -> InputSymbol:
    """毕业退出，领本学段毕业证书。"""
    return pupil.stage_completed


# 学籍 -----------------------------------------------------------------------------------------


def _with_partner(pupil: Pupil) -> Expression:
    """个别项目全程由一所本科高校承担；学籍和证书在哪里，条文没有写。"""
    return pupil.single_university.among(False, unsettled=(True,))


@rule(decision="registered_at", clause="jjzc-2023-6:3.3.1", title="高本贯通：中职、高职阶段", gives="college")
def gaoben_in_college(pupil: Pupil, law: Law) -> Expression:
    """由一所本科高校独立承担的个别项目，注册在哪里未见说明。"""
    return pupil.project.among("gaoben") & pupil.stage.among(*PRE_UNIVERSITY) & _with_partner(pupil)


@rule(decision="registered_at", clause="jjzc-2023-6:3.3.1", title="高本贯通：本科阶段", gives="university")
def gaoben_in_university(pupil: Pupil, law: Law) -> Expression:
    """合作高校。"""
    return pupil.project.among("gaoben") & pupil.stage.among("undergraduate") & _with_partner(pupil)


@rule(decision="registered_at", clause="jjzc-2023-6:3.3.2", title="中本贯通：中职阶段", gives="school")
def zhongben_in_school(pupil: Pupil, law: Law) -> Expression:
    """中职学校。"""
    return pupil.project.among("zhongben") & pupil.stage.among("secondary")


@rule(decision="registered_at", clause="jjzc-2023-6:3.3.2", title="中本贯通：高职、本科阶段", gives="university")
def zhongben_in_university(pupil: Pupil, law: Law) -> Expression:
    """合作高校，哪怕四、五年级仍在中职学校上课。"""
    return pupil.project.among("zhongben") & pupil.stage.among("college", "undergraduate")


@rule(decision="registered_at", clause="jjzc-2020-3:registration", title="2020 级中本：中职阶段", gives="school")
def zhongben_2020_in_school(pupil: Pupil, law: Law) -> Expression:
    """中职段新生注册中职学籍。"""
    return pupil.project.among("zhongben") & pupil.stage.among("secondary")


@rule(
    decision="registered_at",
    clause="report-2020:case-2-26",
    title="2020 级中本：高职、本科阶段",
    gives="university",
    reading="pending",
)
def zhongben_2020_in_university(pupil: Pupil, law: Law) -> Expression:
    """由一个项目“四、五年级直接进入大学高职阶段”推知，待核实。"""
    return pupil.project.among("zhongben") & pupil.stage.among("college", "undergraduate")


# 证书 -----------------------------------------------------------------------------------------


@rule(decision="certificate", clause="jjzc-2023-6:2.2", title="中本：中职阶段合格", gives="secondary_by_school")
def zhongben_secondary(pupil: Pupil, law: Law) -> Expression:
    """三年合格。"""
    return pupil.project.among("zhongben") & pupil.stage.among("secondary") & pupil.stage_completed


@rule(decision="certificate", clause="jjzc-2023-6:2.2", title="中本：高职阶段合格", gives="college_by_university")
def zhongben_college(pupil: Pupil, law: Law) -> Expression:
    """五年合格，由合作高校颁发。"""
    return pupil.project.among("zhongben") & pupil.stage.among("college") & pupil.stage_completed


@rule(decision="certificate", clause="jjzc-2023-6:2.2", title="中本：全程合格", gives="undergraduate_by_university")
def zhongben_undergraduate(pupil: Pupil, law: Law) -> Expression:
    """七年合格。"""
    return pupil.project.among("zhongben") & pupil.stage.among("undergraduate") & pupil.stage_completed


@rule(decision="certificate", clause="jjzc-2023-6:2.1", title="高本：高职阶段合格", gives="college_by_college")
def gaoben_college(pupil: Pupil, law: Law) -> Expression:
    """五年合格，由高职院校颁发。"""
    finished = pupil.project.among("gaoben") & pupil.stage.among("college") & pupil.stage_completed
    return finished & _with_partner(pupil)


@rule(decision="certificate", clause="jjzc-2023-6:2.1", title="高本：全程合格", gives="undergraduate_by_university")
def gaoben_undergraduate(pupil: Pupil, law: Law) -> Expression:
    """七年合格，由合作高校颁发。"""
    finished = pupil.project.among("gaoben") & pupil.stage.among("undergraduate") & pupil.stage_completed
    return finished & _with_partner(pupil)


@rule(decision="certificate", clause="jjzc-2023-6:3.3.4", title="高本：中职阶段末退出", gives="secondary_by_college")
def gaoben_secondary_on_leaving(pupil: Pupil, law: Law) -> Expression:
    """只在退出时写明发中职毕业证书，由学籍所在学校（高职院校）颁发；不退出的是否发，未见说明。"""
    finished = pupil.project.among("gaoben") & pupil.stage.among("secondary") & pupil.stage_completed
    return finished & pupil.leaving.among(True, unsettled=(False,)) & _with_partner(pupil)


@rule(decision="certificate", clause="jjzc-2023-6:2.2", title="中本：本学段未合格", gives="none", reading="pending")
def zhongben_nothing_yet(pupil: Pupil, law: Law) -> Expression:
    """由“合格者颁发”反推。"""
    return pupil.project.among("zhongben") & ~pupil.stage_completed


@rule(decision="certificate", clause="jjzc-2023-6:2.1", title="高本：本学段未合格", gives="none", reading="pending")
def gaoben_nothing_yet(pupil: Pupil, law: Law) -> Expression:
    """由“合格者颁发”反推。"""
    return pupil.project.among("gaoben") & ~pupil.stage_completed


@rule(
    decision="certificate",
    clause="report-2020:case-2-26",
    title="2020 级中本：全程合格",
    gives="undergraduate_by_university",
    reading="pending",
)
def zhongben_2020_undergraduate(pupil: Pupil, law: Law) -> Expression:
    """一个项目的说明，待核实。"""
    return pupil.project.among("zhongben") & pupil.stage.among("undergraduate") & pupil.stage_completed
