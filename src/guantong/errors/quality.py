"""Failures of the quality desk: facts, indicators, submissions, reports."""

from __future__ import annotations

from guantong.errors.problems import GuantongError, Unknown


class IndicatorUnknown(Unknown):
    """No indicator of that id."""

    code, kind = "indicator-unknown", "指标"


class AttributeUnknown(Unknown):
    """No attribute of that id is on record."""

    code, kind = "attribute-unknown", "统计项目"


class FactUnknown(Unknown):
    """No fact of that id."""

    code, kind = "fact-unknown", "事实"


class FactMissing(GuantongError):
    """No fact answers what was asked."""

    code, status, exit_code = "fact-missing", 404, 3
    text = "没有找到“{wanted}”的数据。"
    remedy = "请核对统计项目、对象、年份和口径，或先补上这条事实。"


class FactAmbiguous(GuantongError):
    """More than one fact answers what was asked, and they are not the same statement."""

    code, status, exit_code = "fact-ambiguous", 422, 2
    text = "“{wanted}”有 {count} 条不同的数据：{candidates}。"
    remedy = "请写明口径或出处，只取其中一条。"


class LayerRefused(GuantongError):
    """The layer of published facts cannot be used."""

    code, status, exit_code = "layer-refused", 500, 5
    text = "发布的数据不能使用：{why}。"
    remedy = "请重新发布（guantong facts release），或删去数据文件夹里的 released.json。"


class WorldsMixed(GuantongError):
    """Facts of two worlds were to stand in one table."""

    code, status, exit_code = "worlds-mixed", 500, 4
    text = "“{first}”和“{second}”的数据不能放在一张表里。"
    remedy = "请只用同一个世界的数据。"


class OutlineUnknown(Unknown):
    """No outline of a report for that level and year."""

    code, kind = "outline-unknown", "年报提纲"


class ReportingYearUnknown(Unknown):
    """No reporting year of that number."""

    code, kind = "reporting-year-unknown", "填报年度"


class SubmissionUnknown(Unknown):
    """No submission, or section of one, that the person may see."""

    code, kind = "submission-unknown", "填报表"


class TaskUnknown(Unknown):
    """No task of that id that the person may see."""

    code, kind = "task-unknown", "整改事项"


class GradingUnknown(Unknown):
    """No round of grading of that year, or no major of it that the person may see."""

    code, kind = "grading-unknown", "专业评定"


class CaseUnknown(Unknown):
    """No case of that id that the person may see."""

    code, kind = "case-unknown", "案例"


class YearlyReportUnknown(Unknown):
    """No yearly report of that organisation and year that the person may see."""

    code, kind = "yearly-report-unknown", "质量年报"


class SignedFileAltered(GuantongError):
    """A signed file is not the one that was signed: somebody changed it past the system."""

    code, status, exit_code = "signed-file-altered", 500, 5
    text = "{what}的文件与签署时不符，不能打开。"
    remedy = "请系统管理员核验审计日志，并从备份恢复。"
