"""Failures of whoever reads the public desk or starts it: names that lead nowhere, settings, addresses."""

from __future__ import annotations

from guantong.errors.problems import GuantongError, Unknown


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
