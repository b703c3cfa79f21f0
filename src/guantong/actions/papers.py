"""What papers and lists say of a pupil (文书用语): names of schools, majors and stages; reads contents only."""

from __future__ import annotations

from dataclasses import replace

from guantong.actions.books import contents, organisation_title
from guantong.cohorts import Project, Status, project_named
from guantong.registry import Stage
from guantong.reports.letters import Enrolment
from guantong.reports.model import Report
from guantong.reports.runs import Text
from guantong.store import opening
from guantong.store.personal import mask
from guantong.store.records import PupilRecord

LENGTHS = {"gaoben": "3+2+2", "zhongben": "3+2+2", "three-plus-two": "3+2"}
STANDINGS = {Status.ENROLLED: "在籍在读", Status.SUSPENDED: "休学（保留学籍）"}
DEMO_MARK = "（演示，内容均为虚构，不作任何证明）"
_SEXES = "女男"
_SEX_DIGIT = 16


def major_name(project: Project) -> str:
    """Return the printed name of a project's major; a code that no plan prints stands for itself."""
    if not project.major.isdigit():
        return project.major
    named = (row.major for row in contents().plans.programmes.values() if row.code == project.major)
    return next(named, f"代码{project.major}")


def project_name(project: Project) -> str:
    """Return a project as lists name it: kind, lead, partner and major."""
    schools = [organisation_title(name) for name in (project.lead, project.partner) if name]
    return f"{project.kind.label}·{'—'.join(dict.fromkeys(schools))}·{major_name(project)}"


def marked(paper: Report) -> Report:
    """Return a paper that says of itself that it is invented, where the database is a demonstration's."""
    return replace(paper, subtitle=(Text(DEMO_MARK),)) if opening.world() == opening.DEMO else paper


def stage_name(stage: str) -> str:
    """Return a stage as papers name it."""
    return f"{Stage(stage).label}学段"


def enrolment(record: PupilRecord) -> Enrolment:
    """Return what a proof says about a pupil whose record was read in full; the identity number is masked."""
    who, project = record.personal, project_named(record.standing.project)
    assert who is not None
    narrow = project.kind.is_guantong
    return Enrolment(
        entry=record.id,
        name=who.name,
        sex=_sex(who.identity),
        student_number=who.student_number,
        school=organisation_title(record.standing.kept_at),
        major=major_name(project),
        cohort=record.cohort,
        stage=stage_name(record.standing.stage),
        standing=STANDINGS[Status(record.status)],
        length=LENGTHS.get(project.kind.value, ""),
        identity=mask(who.identity).replace("＊", "*"),
        partner=organisation_title(project.partner) if project.partner and project.partner != project.lead else "",
        project=f"{project.kind.label}培养项目" if narrow else f"{project.kind.label}项目",
    )


def _sex(identity: str) -> str:
    """Return what the seventeenth digit of an identity number says; "" where there is no number."""
    return _SEXES[int(identity[_SEX_DIGIT]) % 2] if len(identity) > _SEX_DIGIT else ""
