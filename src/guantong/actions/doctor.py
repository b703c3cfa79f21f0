"""A deployment looked over (体检): each thing that should be so, whether it is, and what to do where it is not.

Not an action like the others: it runs where the database may be away, and so may leave no entry. It
shows nothing of what people entered.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings as django_settings
from django.db import DatabaseError

from guantong.actions.attempt import entry, leave_entry
from guantong.actions.clock import real_now
from guantong.actions.words import Act
from guantong.contents import Contents
from guantong.errors import GuantongError
from guantong.journal import verify
from guantong.people import Person, Right
from guantong.reports.fonts import PACKAGE, paper_fonts
from guantong.settings import BEIJING, Settings
from guantong.store import health, journal, opening
from guantong.store.secret import FILE as SESSION_SECRET

PYTHONS = ((3, 11), (3, 14))
ROOM = 2 << 30
SKEW = 5.0
TAIL = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at: how it is, and what to do where it is not as it should be."""

    id: str
    title: str
    ok: bool
    found: str
    advice: str = ""


Look = Callable[[], tuple[bool, str]]


def examine(*, full: bool = False, by: Person) -> tuple[Finding, ...]:
    """Look everything over; `full` reads the whole database file and the whole journal."""
    by.scope(Right.VERIFY_JOURNAL, on=real_now().astimezone(BEIJING).date())
    settings: Settings = django_settings.GUANTONG
    found = [*_program(settings), *_files(settings)]
    if not _has_database(settings):
        found.append(Finding(id="database", title="数据库", ok=True, found="还没有，首次使用时建立；公开网页不需要"))
    else:
        found += _database(settings, full=full)
        with suppress(GuantongError, DatabaseError):
            if health.world():
                leave_entry(entry(Act.DEPLOYMENT_CHECKED), by=by)
    return tuple(found)


def _program(settings: Settings) -> Iterator[Finding]:
    version, (lowest, beyond) = sys.version_info[:2], PYTHONS
    yield _looked(
        "python", "Python 版本", "请使用 Python 3.11 至 3.13。",
        lambda: (lowest <= version < beyond, ".".join(map(str, sys.version_info[:3]))),
    )  # fmt: skip
    yield _looked(
        "contents", "内容包", "请执行 guantong contents check 查看每一处问题。", lambda: _contents(settings.contents)
    )
    yield _looked(
        "fonts", "中文字体", f"请安装软件包 {PACKAGE}，否则不能生成 PDF。", lambda: (bool(paper_fonts()), "Noto CJK")
    )
    yield _looked(
        "debug", "调试模式", "请去掉 GUANTONG_DEBUG：出错页会显示内部细节。",
        lambda: (not settings.debug, "开启" if settings.debug else "关闭"),
    )  # fmt: skip
    yield _looked(
        "hosts", "网站域名", "请用 GUANTONG_HOSTS 写明域名，并放在提供 HTTPS 的反向代理之后。",
        lambda: ("*" not in settings.hosts, "、".join(settings.hosts) if "*" not in settings.hosts else "不限"),
    )  # fmt: skip
    yield _looked(
        "https", "HTTPS", "经 HTTPS 提供网站时请设 GUANTONG_HTTPS=yes，登录凭据才只走加密连接。",
        lambda: (settings.https or "*" in settings.hosts, "是" if settings.https else "否"),
    )  # fmt: skip


def _files(settings: Settings) -> Iterator[Finding]:
    folder, file = settings.data_folder, health.database_file(settings)
    if folder.exists():
        yield _private("data", "数据文件夹", settings.data_folder, "700")
    if file and file.exists():
        yield _private("file", "数据库文件", file, "600")
    secret = settings.keys_folder / SESSION_SECRET
    if secret.exists():
        yield _private("secret", "登录签名密钥", secret, "600")
    place = file.parent if file else folder
    yield _looked(
        "room", "磁盘空间", "请清理或扩充磁盘；写满后不能再登记任何变动。",
        lambda: ((free := health.free_bytes(place)) >= ROOM, f"可用 {free / (1 << 30):.1f} GB"),
    )  # fmt: skip


def _has_database(settings: Settings) -> bool:
    """A SQLite file that is not there is not made by looking."""
    file = health.database_file(settings)
    return file is None or file.exists()


def _database(settings: Settings, *, full: bool) -> Iterator[Finding]:
    reached = _looked("database", "数据库", "请检查 DATABASE_URL 和数据库服务。", lambda: (True, health.engine()))
    yield reached
    if not reached.ok:
        return
    advice = "磁盘或文件可能已损坏，请停止使用，用备份恢复到另一处。"
    yield _looked("structure", "数据库文件完整", advice, lambda: ((said := health.structure(full=full)) == "ok", said))
    yield _looked(
        "wal", "读写并行", "请去掉 GUANTONG_SQLITE_INIT 里的 journal_mode。",
        lambda: ((on := health.write_ahead()), "是" if on else "否"),
    )  # fmt: skip
    migrated = _looked(
        "migrations", "表结构", "请执行 guantong migrate。",
        lambda: ((done := not opening.pending()), "当前版本" if done else "不是当前版本"),
    )  # fmt: skip
    yield migrated
    if migrated.ok:
        yield from _entered(settings, full=full)


def _entered(settings: Settings, *, full: bool) -> Iterator[Finding]:
    """What is asked of a database that somebody has begun to use."""
    worlds = {opening.REAL: "真实", opening.DEMO: "演示", "": "还没有启用"}
    world = _looked(
        "world", "世界", "请执行 guantong users create --first 新建首个账号，或 guantong demo --yes 载入演示。",
        lambda: ((name := health.world()) != "", worlds[name]),
    )  # fmt: skip
    yield world
    if not world.ok:
        return
    keys = _looked("keys", "密钥", "", lambda: ((held := health.key_files(settings)) > 0, f"{held} 把，与数据库相符"))
    yield keys
    yield _looked(
        "clock", "时钟", "请用 NTP 校准本机和数据库服务器的时间。",
        lambda: (abs(ahead := health.seconds_ahead()) <= SKEW, f"相差 {abs(ahead):.1f} 秒"),
    )  # fmt: skip
    if keys.ok:
        yield _looked(
            "journal", "审计日志", "请保留现场，执行 guantong journal verify，并与另存的日志头核对。",
            lambda: _journal(full=full),
        )  # fmt: skip


def _journal(*, full: bool) -> tuple[bool, str]:
    head = journal.head()
    start, entries = journal.tail(head.count if full else TAIL)
    found = verify(entries, journal.chain_keys(), head, after=start)
    checked = f"共 {head.count} 条，核验末尾 {head.count - start.count} 条"
    return found.ok, checked if found.ok else f"第 {found.first_bad} 条：{found.reason.label}"


def _contents(package: str) -> tuple[bool, str]:
    Contents(package).check()
    return True, package


def _private(name: str, title: str, place: Path, mode: str) -> Finding:
    advice = f"请执行 chmod {mode} {place}"
    return _looked(
        name, title, advice, lambda: ((shut := not health.open_to_others(place)), "只限本用户" if shut else "他人可读")
    )


def _looked(name: str, title: str, advice: str, look: Look) -> Finding:
    """Return a finding; what cannot be looked at is not in order, and its own words say why."""
    try:
        ok, found = look()
    except GuantongError as fault:
        return Finding(
            id=name, title=title, ok=False, found=fault.message.replace("\n", " "), advice=fault.next or advice
        )
    except (DatabaseError, OSError):
        return Finding(id=name, title=title, ok=False, found="查不了", advice=advice)
    return Finding(id=name, title=title, ok=ok, found=found, advice="" if ok else advice)
