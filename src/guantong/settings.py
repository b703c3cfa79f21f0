"""Settings (设置): one frozen dataclass, built once by a door from the environment it is handed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import date, timedelta, timezone
from pathlib import Path

from guantong.errors import SettingRefused

PREFIX = "GUANTONG_"
BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
"""Beijing's time, without summer time; needs no time zone files on the machine."""


_HTTPS_HELP = (
    "网站只经 https 提供时设为 yes：Cookie 只走加密连接，"
    "并采信反向代理的 X-Forwarded-Proto 和 X-Forwarded-For；默认 no。"
)
_DATABASE_HELP = "数据库：sqlite:///路径 或 postgresql://用户:口令@主机/库名；默认是数据文件夹里的 SQLite 文件。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set from outside; each field carries its help."""

    contents: str = field(default="guantong_beijing", metadata={"help": "内容包的名称。"})
    demo_contents: str = field(default="guantong_demo", metadata={"help": "演示世界的内容包名称。"})
    today: date | None = field(default=None, metadata={"help": "演示或测试时固定“今天”，格式 2026-11-20；平时不设。"})
    hosts: tuple[str, ...] = field(default=("*",), metadata={"help": "网站可用的域名，用逗号分开；默认不限。"})
    https: bool = field(default=False, metadata={"help": _HTTPS_HELP})
    debug: bool = field(default=False, metadata={"help": "开发时设为 yes，出错时显示细节；正式使用不设。"})
    data: Path | None = field(default=None, metadata={"help": "数据文件夹；默认在本用户的数据目录下，名为 guantong。"})
    keys: Path | None = field(default=None, metadata={"help": "四把密钥所在的文件夹；默认是数据文件夹下的 keys。"})
    token: Path | None = field(default=None, metadata={"help": "命令行令牌所在的文件；默认是数据文件夹下的 token。"})
    database: str = field(default="", metadata={"variable": "DATABASE_URL", "help": _DATABASE_HELP})
    sqlite_init: str = field(default="", metadata={"help": "接在默认设置之后执行的 SQLite PRAGMA，用分号分开。"})

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Build the settings from variables such as GUANTONG_TODAY; raise `SettingRefused` on a bad one."""
        given: dict[str, object] = {}
        if home := _data_home(environment):
            given["data"] = home / "guantong"
        for setting in fields(cls):
            name = _variable(setting)
            if text := environment.get(name, "").strip():
                try:
                    given[setting.name] = _READERS[setting.name](text)
                except ValueError as fault:
                    help_text = setting.metadata["help"]
                    shown = "（不显示）" if "variable" in setting.metadata else text
                    raise SettingRefused(name=name, value=shown, rule=str(fault), help=help_text) from None
        return cls(**given)  # type: ignore[arg-type]

    @property
    def data_folder(self) -> Path:
        """Return where the data lie; raise `SettingRefused` where neither a setting nor a home tells it."""
        if self.data is None:
            help_text = "数据库、密钥和备份放在这里。"
            raise SettingRefused(name="GUANTONG_DATA", value="", rule="没有设置，也找不到用户的主目录", help=help_text)
        return self.data

    @property
    def keys_folder(self) -> Path:
        """Return where the four keys lie."""
        return self.keys or self.data_folder / "keys"

    @property
    def token_file(self) -> Path:
        """Return where the token of whoever works at the command line lies."""
        return self.token or self.data_folder / "token"

    @property
    def database_url(self) -> str:
        """Return the database's address: the one that is set, or a SQLite file in the data folder."""
        return self.database or f"sqlite:///{self.data_folder / 'guantong.sqlite3'}"


def variable_names() -> tuple[tuple[str, str], ...]:
    """Return every environment variable with its help, for the documentation."""
    return tuple((_variable(setting), setting.metadata["help"]) for setting in fields(Settings))


def _variable(setting: Field[object]) -> str:
    return str(setting.metadata.get("variable", PREFIX + setting.name.upper()))


def _data_home(environment: Mapping[str, str]) -> Path | None:
    if shared := environment.get("XDG_DATA_HOME", "").strip() or environment.get("LOCALAPPDATA", "").strip():
        return Path(shared)
    home = environment.get("HOME", "").strip()
    return Path(home) / ".local" / "share" if home else None


def _database(text: str) -> str:
    if not text.startswith(("sqlite:///", "postgresql://")):
        raise ValueError("只能以 sqlite:/// 或 postgresql:// 开头")
    return text


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


_READERS: dict[str, Callable[[str], object]] = {
    "contents": str,
    "demo_contents": str,
    "today": _day,
    "hosts": _hosts,
    "https": _yes_or_no,
    "debug": _yes_or_no,
    "data": Path,
    "keys": Path,
    "token": Path,
    "database": _database,
    "sqlite_init": str,
}
