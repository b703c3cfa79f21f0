"""Settings (设置): one frozen dataclass, built once by a door from the environment it is handed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, timedelta, timezone

from guantong.errors import SettingRefused

PREFIX = "GUANTONG_"
BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
"""Beijing's time, without summer time; needs no time zone files on the machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set from outside; each field carries its help."""

    contents: str = field(default="guantong_beijing", metadata={"help": "内容包的名称。"})
    today: date | None = field(default=None, metadata={"help": "演示或测试时固定“今天”，格式 2026-11-20；平时不设。"})
    hosts: tuple[str, ...] = field(default=("*",), metadata={"help": "网站可用的域名，用逗号分开；默认不限。"})
    debug: bool = field(default=False, metadata={"help": "开发时设为 yes，出错时显示细节；正式使用不设。"})

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Build the settings from variables such as GUANTONG_TODAY; raise `SettingRefused` on a bad one."""
        given: dict[str, object] = {}
        for setting in fields(cls):
            name = PREFIX + setting.name.upper()
            if text := environment.get(name, "").strip():
                try:
                    given[setting.name] = _READERS[setting.name](text)
                except ValueError as fault:
                    help_text = setting.metadata["help"]
                    raise SettingRefused(name=name, value=text, rule=str(fault), help=help_text) from None
        return cls(**given)  # type: ignore[arg-type]


def variable_names() -> tuple[tuple[str, str], ...]:
    """Return every environment variable with its help, for the documentation."""
    return tuple((PREFIX + setting.name.upper(), setting.metadata["help"]) for setting in fields(Settings))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("日期应写成 2026-11-20 的形式") from None


def _yes_or_no(text: str) -> bool:
    if text.lower() not in ("yes", "no"):
        raise ValueError("只能是 yes 或 no")
    return text.lower() == "yes"


def _hosts(text: str) -> tuple[str, ...]:
    hosts = tuple(host.strip() for host in text.split(",") if host.strip())
    if not hosts:
        raise ValueError("至少写一个域名")
    return hosts


_READERS: dict[str, Callable[[str], object]] = {"contents": str, "today": _day, "hosts": _hosts, "debug": _yes_or_no}
