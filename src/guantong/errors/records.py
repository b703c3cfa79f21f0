"""Failures at the work desk: accounts, records that changed, steps that may not be taken, keys, the database."""

from __future__ import annotations

from guantong.errors.problems import GuantongError, Unknown


class SittingUnknown(Unknown):
    """No list of a transition that the person may see."""

    code, kind = "sitting-unknown", "转段名单"


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
