"""An invented implementation report: a project of three cohorts, its words written, its duties answered."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from tests.unit.cohorts.makers import ZHONGBEN, History, at_college

from guantong.cohorts import Moment, Planned, Standing, count_by_project
from guantong.evidence import Grade
from guantong.procedures import Obligation, ReportOutline, Section
from guantong.reports.implementation import (
    CohortFigures,
    Names,
    ReportContent,
    ReportFigures,
    Written,
    blank,
    with_words,
)

ON, SINCE = date(2026, 11, 20), date(2026, 1, 1)
NAMES = Names(
    title="贯通培养项目实施报告", lead="演示第35职业学校", partner="演示大学", major="机电技术应用", kind="中本贯通"
)
OUTLINE = ReportOutline(
    clause="jjzc-2023-6:4.3.1",
    title=NAMES.title,
    sections=(
        Section(id="goals", title="人才培养目标与规格", hint="目标。"),
        Section(id="teaching", title="教学管理运行", hint="教学。"),
    ),
    obligations=(
        Obligation(id="leading-group", clause="jjzc-2023-6:4.2", number="四（二）1", text="成立贯通培养工作领导小组。"),
        Obligation(id="report-problems", clause="jjzc-2023-6:4.3.3", number="四（三）3", text="重大问题及时上报。"),
    ),
)
WRITTEN = Written(
    texts={
        "goals": "面向智能制造，2026 年修订了培养方案。\n核心课程 12 门。",
        "teaching": "每学期派出教师 3 人，占 25.5%。",
    },
    answers={"leading-group": "yes", "report-problems": "explained"},
    remarks={"report-problems": "本年度没有重大问题，共上报 0 件。"},
)
PLANNED = {
    2023: Planned(places=40, rows=("2023-x-01",), place="京教〔2023〕6号 附件 第 3 行", grade=Grade.OFFICIAL),
    2024: Planned(places=None, why="没有收录这一年的分专业计划"),
}


def histories() -> list[History]:
    """Pupils of three cohorts, one moved on a document."""
    found = [History(cohort=2024), History(cohort=2024, registered=False).add("not_arrived", "2024-09-10")]
    found += [at_college(), History(cohort=2023).add("suspended", "2026-03-01")]
    leaver = History(cohort=2023).completed("secondary", "2026-06-20")
    found.append(leaver.add("left_project", "2026-07-01", because="own_choice", issuer="school-a"))
    repeater = History(cohort=2019).add("repeated", "2026-09-01", Standing.ON_DOCUMENT, class_year=2020)
    return [*found, History(cohort=2019).whole(), repeater]


def figures(pupils: Iterable[History] | None = None) -> ReportFigures:
    """What the register counts of them."""
    moment = Moment(on=ON, since=SINCE)
    found = count_by_project([one.events for one in pupils or histories()], moment)
    unknown = Planned(places=None, why="没有收录这一年的分专业计划")
    return ReportFigures(
        project=ZHONGBEN,
        year=2026,
        on=ON,
        since=SINCE,
        known=datetime(2026, 11, 20, 8, tzinfo=UTC),
        cohorts=tuple(
            CohortFigures(cohort=cohort, planned=PLANNED.get(cohort, unknown), counts=counts)
            for (_, cohort), counts in found.items()
        ),
    )


def content(written: Written = WRITTEN) -> ReportContent:
    """The report with its words."""
    return with_words(blank(NAMES, figures(), OUTLINE), written)
