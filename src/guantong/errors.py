"""Every expected failure, named by what is wrong, with the words a user reads.

Doors translate a `GuantongError` once: status for the web, exit code for the shell. Faults of a
row or a field are data (`Problem`), collected and reported all at once. Anything else is a bug.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One fault of one field (问题): where it stands, what was found, what is allowed, what to do."""

    rule: str
    remedy: str
    file: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""

    @property
    def where(self) -> str:
        """Return file, row and column as one phrase, leaving out what is unknown."""
        row = f"第 {self.row} 行" if self.row is not None else ""
        return " ".join(part for part in (self.file, row, f"“{self.column}”" if self.column else "") if part)

    def __str__(self) -> str:
        """Return the one line that a user reads."""
        found = f"（收到“{self.value}”）" if self.value else ""
        place = f"{self.where}：" if self.where else ""
        return f"{place}{self.rule}{found}。{self.remedy}"


class GuantongError(Exception):
    """Something a person can understand and mend; subclasses say what."""

    code = "error"
    status = 500
    exit_code = 1
    text = "出现了未说明的问题。"
    remedy = "请稍后再试。"

    def __init__(self, **details: object) -> None:
        """Fill the class's text and remedy with the details of this case."""
        self.details = details
        self.message = self.text.format(**details)
        self.next = self.remedy.format(**details)
        super().__init__(f"{self.message}{self.next}")

    @property
    def where(self) -> str:
        """Return where it happened, when the details name a place."""
        return str(self.details.get("where", ""))


class HasProblems(GuantongError):
    """Some fields or rows cannot be read; every one of them is listed."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in the order in which they were found."""
        self.problems = tuple(problems)
        super().__init__(count=len(self.problems), lines="\n".join(map(str, self.problems)))

    @property
    def where(self) -> str:
        """Return the place of the first problem."""
        return self.problems[0].where if self.problems else ""


class InputRefused(HasProblems):
    """What the user gave cannot be read."""

    code, status, exit_code = "input-refused", 422, 2
    text = "有 {count} 处输入需要修改：\n{lines}"
    remedy = ""


class TableRefused(HasProblems):
    """A table cannot be read; all its faults are counted, the first ones listed, and nothing is answered."""

    code, status, exit_code = "table-refused", 422, 2
    text = "表里有 {count} 处需要修改{listed}：\n{lines}"
    remedy = ""

    def __init__(self, problems: Iterable[Problem], count: int) -> None:
        """Keep the problems that are listed and the number of all of them."""
        self.problems, self.count = tuple(problems), count
        listed = f"，先列出 {len(self.problems)} 处" if len(self.problems) < count else ""
        GuantongError.__init__(self, count=count, listed=listed, lines="\n".join(map(str, self.problems)))


class TableUnreadable(GuantongError):
    """A file is no table that could be read row by row."""

    code, status, exit_code = "table-unreadable", 422, 2
    text = "“{file}”读不出来：{fault}。"
    remedy = "{advice}"


class ContentsRefused(HasProblems):
    """A contents package does not hold together, so nothing of it is used."""

    code, status, exit_code = "contents-refused", 500, 4
    text = "内容包有 {count} 处问题，未载入：\n{lines}"
    remedy = ""


class ContentsMissing(GuantongError):
    """The contents package named by the settings cannot be found."""

    code, status, exit_code = "contents-missing", 500, 4
    text = "找不到内容包“{package}”。"
    remedy = "请检查环境变量 GUANTONG_CONTENTS 的写法，或重新安装。"


class Unknown(GuantongError):
    """Something was asked for by a name that does not exist; near names are offered."""

    code, status, exit_code = "not-found", 404, 3
    kind = "对象"
    text = "没有{kind}“{name}”。{near}"
    remedy = "请核对名称，或从列表里选择。"

    def __init__(self, name: object, near: Iterable[str] = ()) -> None:
        """Name what was asked for and, where there are any, the nearest existing names."""
        offers = "、".join(near)
        super().__init__(kind=self.kind, name=name, near=f"您要找的是不是：{offers}？" if offers else "")


class RulebookUnknown(Unknown):
    """No rulebook of that id."""

    code, kind = "rulebook-unknown", "规则册"


class DecisionUnknown(Unknown):
    """The rulebook does not decide that question."""

    code, kind = "decision-unknown", "判断事项"


class ClauseUnknown(Unknown):
    """No clause of that id."""

    code, kind = "clause-unknown", "条款"


class ValueUnknown(Unknown):
    """The law of that cohort has no such value."""

    code, kind = "value-unknown", "取值"


class ProgrammeUnknown(Unknown):
    """No programme of that id."""

    code, kind = "programme-unknown", "招生专业"


class SchoolUnknown(Unknown):
    """No institution of that id."""

    code, kind = "school-unknown", "学校"


class RouteUnknown(Unknown):
    """No route of that id."""

    code, kind = "route-unknown", "路径"


class ClaimUnknown(Unknown):
    """No claim of that id."""

    code, kind = "claim-unknown", "说法"


class DistrictUnknown(Unknown):
    """No district of that id."""

    code, kind = "district-unknown", "区"


class SourceUnknown(Unknown):
    """No document of that id."""

    code, kind = "source-unknown", "文件"


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


class SittingUnknown(Unknown):
    """No list of a transition that the person may see."""

    code, kind = "sitting-unknown", "转段名单"


class PageUnknown(Unknown):
    """No page at that address."""

    code, kind = "page-unknown", "页面"


class YearNotLoaded(GuantongError):
    """No enrolment plan by major is loaded for that year."""

    code, status, exit_code = "year-not-loaded", 404, 3
    text = "{year} 年没有载入分专业招生计划。"
    remedy = "已载入的年份：{years}。"


class DigestUnknown(GuantongError):
    """A receipt names a rulebook that is not kept here; nothing is put in its place."""

    code, status, exit_code = "digest-unknown", 404, 3
    text = "没有收存摘要为 {digest} 的规则册，不能复算这份判断凭据，也不会用其他版本代替。"
    remedy = "请向出具凭据的一方索取该版本的规则册。"


class SettingRefused(GuantongError):
    """An environment variable holds something that cannot be used."""

    code, status, exit_code = "setting-refused", 500, 5
    text = "设置 {name} 的值“{value}”不能使用：{rule}。"
    remedy = "用途：{help}请修改这个环境变量后再启动。"


class CommandRefused(GuantongError):
    """A command line is not written as its command asks."""

    code, status, exit_code = "command-refused", 422, 2
    text = "{fault}"
    remedy = "用 `{path} --help` 查看写法。"


class PortTaken(GuantongError):
    """Another program listens on the port."""

    code, status, exit_code = "port-taken", 500, 5
    text = "端口 {port} 已被其他程序占用。"
    remedy = "请换一个端口：guantong serve --port {other}（或 make run PORT={other}）。"


class AddressRefused(GuantongError):
    """This machine cannot be listened at under that address."""

    code, status, exit_code = "address-refused", 500, 5
    text = "不能在 {host} 的端口 {port} 上启动网页。"
    remedy = "请核对 --host（默认 127.0.0.1，只限本机），或换一个大于 1023 的端口。"


class MethodRefused(GuantongError):
    """A page was asked for in a way it does not answer."""

    code, status, exit_code = "method-refused", 405, 2
    text = "这个页面不接受 {method} 请求。"
    remedy = "请在浏览器里直接打开页面地址。"


class NotAllowed(GuantongError):
    """Nobody gave this person this right, or not on this day, or not through this door."""

    code, status, exit_code = "not-allowed", 403, 6
    text = "您没有“{right}”的权限{why}。"
    remedy = "请向本单位的系统管理员申请授权。"

    def __init__(self, *, right: str, why: str = "") -> None:
        """Name the right in the user's words, and why it does not serve here."""
        super().__init__(right=right, why=f"（{why}）" if why else "")


class PurposeMissing(GuantongError):
    """A pupil's record is asked for without one of the listed purposes."""

    code, status, exit_code = "purpose-missing", 422, 2
    text = "查看学生信息需要先说明用途。"
    remedy = "请从用途清单中选择：{purposes}。"


class SignInRefused(GuantongError):
    """Name, password, second factor or token do not fit; which of them is not told."""

    code, status, exit_code = "sign-in-refused", 401, 6
    text = "登录信息不正确或已失效。"
    remedy = "请核对账号、密码和动态口令后重新登录。"


class TokenMissing(GuantongError):
    """A command that a person has to answer for is given without a token that holds."""

    code, status, exit_code = "token-missing", 401, 6
    text = "这个命令要以本人身份执行：{fault}。"
    remedy = "请先用 guantong users token 换取令牌（8 小时内有效），再试一次；令牌放在别处的，用 --as 指明文件。"


class FileRefused(GuantongError):
    """A file that a command names cannot be read, or may not be written."""

    code, status, exit_code = "file-refused", 422, 2
    text = "文件 {file} {fault}。"
    remedy = "{advice}"


class PupilUnknown(Unknown):
    """No pupil of that id within the person's scope."""

    code, kind = "pupil-unknown", "学生"


class EventUnknown(Unknown):
    """No event of that id within the person's scope."""

    code, kind = "event-unknown", "学籍变动"


class AttachmentUnknown(Unknown):
    """No file of that id within the person's scope, or it was erased with the pupil."""

    code, kind = "attachment-unknown", "附件"


class PutAsideUnknown(GuantongError):
    """What was put aside has run out, is done with, or was never this person's."""

    code, status, exit_code = "put-aside-unknown", 404, 3
    text = "这一步的内容已经过期，或已经办完。"
    remedy = "为保护学生信息，查找结果和待导入的名册只保留一小时。请重新查找，或重新上传名册。"


class ProofUnknown(Unknown):
    """No proof of that id within the person's scope."""

    code, kind = "proof-unknown", "证明"


class HandoverUnknown(Unknown):
    """No list of that id within the person's scope."""

    code, kind = "handover-unknown", "名单"


class WorkingCopyUnknown(Unknown):
    """No working copy of that id within the person's scope."""

    code, kind = "working-copy-unknown", "工作副本"


class CheckedTooOften(GuantongError):
    """One caller checked papers too often within a short time; nothing was looked up."""

    code, status, exit_code = "checked-too-often", 429, 6
    text = "试得太频繁，暂时不再回答。"
    remedy = "请核对编号和校验码，{minutes} 分钟后再试。"


class PersonUnknown(Unknown):
    """No account of that id."""

    code, kind = "person-unknown", "账号"


class ProjectReportUnknown(Unknown):
    """No implementation report of that id within the person's scope."""

    code, kind = "project-report-unknown", "项目实施报告"


class OrganisationUnknown(Unknown):
    """No organisation of that id is entered."""

    code, kind = "organisation-unknown", "机构"


class RecordChanged(GuantongError):
    """Somebody else changed the record since it was shown."""

    code, status, exit_code = "record-changed", 409, 7
    text = "这份{what}在您打开之后已被他人修改（您看到第 {seen} 版，现为第 {now} 版）。"
    remedy = "请重新打开，核对后再提交。"


class StepRefused(GuantongError):
    """What is asked for does not fit the state the thing is in; nothing was changed."""

    code, status, exit_code = "step-refused", 409, 7
    text = "现在不能{step}：{why}。"
    remedy = "没有任何改动。请核对后再试。"


class KeyMissing(GuantongError):
    """The database names a key whose file is not there, or is not the same; no new one is made."""

    code, status, exit_code = "key-missing", 500, 5
    text = "密钥文件 {file} {fault}。"
    remedy = "数据库只认原来的密钥，不会新建。请用 guantong keys import 取回，或改正 GUANTONG_KEYS 后再启动。"


class KeysChanged(GuantongError):
    """The keys were changed while this work was under way; it was undone."""

    code, status, exit_code = "keys-changed", 409, 7
    text = "密钥刚刚更换，这次操作没有生效。"
    remedy = "请再做一次。"


class DatabaseNotReady(GuantongError):
    """The database cannot be used as it is."""

    code, status, exit_code = "database-not-ready", 503, 5
    text = "数据库不能使用：{fault}。"
    remedy = "{advice}"


class ReportAltered(GuantongError):
    """What is kept of a report is not what was written or signed: somebody changed it past the system."""

    code, status, exit_code = "report-altered", 500, 5
    text = "{year} 年度的这份项目实施报告与{what}不符，不能打开。"
    remedy = "请系统管理员核验审计日志，并从备份恢复这份报告。"


class SignedFileAltered(GuantongError):
    """A signed file is not the one that was signed: somebody changed it past the system."""

    code, status, exit_code = "signed-file-altered", 500, 5
    text = "{what}的文件与签署时不符，不能打开。"
    remedy = "请系统管理员核验审计日志，并从备份恢复。"


class HistoryBroken(GuantongError):
    """The events of a pupil cannot all have happened as they are recorded."""

    code, status, exit_code = "history-broken", 409, 7
    text = "学籍记录前后不符：{what}不能成立，{why}。"
    remedy = "请核对这条记录；记错的先更正，再补录。"


class TooLarge(GuantongError):
    """A form sends more than is taken."""

    code, status, exit_code = "too-large", 413, 2
    text = "送来的内容超过 {most} MB。"
    remedy = "请分几次上传，或先压缩扫描件，每次不超过 {most} MB。"


class CodeRefused(GuantongError):
    """A family's code does not hold: mistyped, used up, or run out; which of them is not told."""

    code, status, exit_code = "code-refused", 401, 6
    text = "查阅码不对、已经用过，或过了期限。"
    remedy = "请核对纸上的字母和数字；还是不行，请向班主任或学籍管理员要一个新的。"


class TooManyTries(GuantongError):
    """A password, a code or a number was wrong too often."""

    code, status, exit_code = "too-many-tries", 429, 6
    text = "连续多次没有通过，暂时停用。"
    remedy = "请一小时以后再试。"


class FormExpired(GuantongError):
    """A form's mark does not fit its session: it is too old, or was not sent from our page."""

    code, status, exit_code = "form-expired", 403, 6
    text = "这张表单已经过期，没有提交。"
    remedy = "请回到上一页，刷新后再填一次；浏览器要允许本站的 Cookie。"


class Unexpected(GuantongError):
    """A bug on our side; the visitor sees no internals."""

    code, status, exit_code = "unexpected", 500, 70
    text = "页面暂时打不开，这是我们的问题。"
    remedy = "请稍后再试；如果一直这样，请告诉网站维护人员。"


def error_body(error: GuantongError) -> dict[str, object]:
    """Return the one error body of every door; with each problem where fields or rows are concerned."""
    body: dict[str, object] = {
        "code": error.code,
        "message": error.message,
        "where": error.where,
        "next": error.next,
    }
    if isinstance(error, HasProblems):
        names = ("where", "column", "value", "rule", "remedy")
        body["problems"] = [{name: getattr(problem, name) for name in names} for problem in error.problems]
    return body
