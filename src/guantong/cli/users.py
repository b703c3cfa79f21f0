"""The commands of accounts: create, token, grant, close, list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from guantong.cli.asking import ask
from guantong.cli.help import show_where_bare
from guantong.cli.output import AsJson, say, say_json, say_table
from guantong.cli.person import guest, machine, open_desk, set_up, write_token
from guantong.cli.state import state
from guantong.errors import InputRefused, PersonUnknown, Problem
from guantong.people import ANY, Grant, Role
from guantong.registry import Stage

if TYPE_CHECKING:
    from guantong.actions.accounts import Credentials, NewAccount

ROLES = {role.value: role.label for role in Role if role not in (Role.PUBLIC, Role.FAMILY)}
STAGES = tuple(stage.value for stage in Stage)
Login = Annotated[str, typer.Option(help="登录名。")]
RoleName = Annotated[
    str, typer.Option(help=f"角色：{'、'.join(f'{name}（{label}）' for name, label in ROLES.items())}。")
]
Where = Annotated[str, typer.Option(help="在哪个单位；* 表示全部单位。")]
Several = Annotated[list[str] | None, typer.Option()]
Since = Annotated[str, typer.Option(help="从哪天起，例如 2026-09-01；不填为今天。")]
Until = Annotated[str, typer.Option(help="到哪天止（含）；不填为不限。")]
Projects = Annotated[list[str] | None, typer.Option("--project", help="只管哪个项目，可以重复；不填为全部。")]
Stages = Annotated[list[str] | None, typer.Option("--stage", help="只管哪个学段，可以重复；不填为全部。")]
Classes = Annotated[list[str] | None, typer.Option("--class", help="只管哪个班（班主任），可以重复；不填为全部。")]
Sections = Annotated[list[str] | None, typer.Option("--section", help="只管哪个处室的填报，可以重复；不填为全部。")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of accounts."""
    group = typer.Typer(help="账号、授权和命令行令牌。", callback=show_where_bare, invoke_without_command=True)
    for command in (create, token, grant, close):
        group.command()(command)
    group.command("list")(list_users)
    app.add_typer(group, name="users")


def create(
    login: Login,
    name: Annotated[str, typer.Option(help="姓名或称呼，显示在页面上。")],
    first: Annotated[bool, typer.Option("--first", help="这是首个账号：系统管理员，管全部单位。")] = False,
    organisation: Annotated[str, typer.Option(help="所在单位的编号；还没有录入的单位会一并录入。")] = "",
    role: RoleName = "",
    project: Projects = None,
    stage: Stages = None,
    class_name: Classes = None,
    section: Sections = None,
    since: Since = "",
    until: Until = "",
    as_json: AsJson = False,
) -> None:
    """新建账号。密码和动态口令密钥是随机的，只显示这一次。"""
    _require(login=login, name=name)
    grants: tuple[Grant, ...] = ()
    if role and not first:
        grants = (_grant(role, organisation, (since, until), (project, stage, class_name, section)),)
    set_up()
    from guantong.actions import accounts

    new = accounts.NewAccount(login=login, name=name, organisation=organisation, grants=grants)
    made = _first(new) if first else _another(new)
    if as_json:
        say_json({"id": made.id, "login": made.login, "password": made.password, "second_factor": made.second_factor})
        return
    say(
        f"账号已建：{made.login}",
        f"  密码          {made.password}",
        f"  动态口令密钥  {made.second_factor}",
        "密码和密钥只显示这一次。请把密钥录入动态口令程序（TOTP，6 位，30 秒），当面交给本人。",
    )


def token(
    login: Annotated[str, typer.Option(help="登录名；不填则在终端里问。")] = "",
    purpose: Annotated[str, typer.Option(help="查看学生信息的用途编号；不填则在终端里问。")] = "",
    file: Annotated[str, typer.Option(help="令牌写到哪里；默认是数据文件夹下的 token。")] = "",
) -> None:
    """用账号、密码和动态口令换取命令行令牌，8 小时内有效，只能由本机的这个系统账号使用。"""
    from pathlib import Path

    open_desk()
    from guantong.actions.accounts import take_token
    from guantong.actions.books import purposes

    path = "guantong users token"
    given = login or ask("登录名", path=path)
    password = ask("密码", path=path, secret=True)
    code = ask("动态口令（6 位）", path=path)
    if not purpose:
        typer.echo("用途：", err=True)
        for name, title in purposes().items():
            typer.echo(f"  {name}  {title}", err=True)
        purpose = ask("用途编号", path=path)
    made = take_token(given, password, code, purpose=purpose, by=guest())
    target = Path(file) if file else state().settings.token_file
    write_token(target, made)
    say(f"令牌已写入 {target}，8 小时内有效。不用时请删去。")


def grant(
    login: Annotated[str, typer.Argument(help="登录名。")],
    role: RoleName,
    organisation: Where,
    project: Projects = None,
    stage: Stages = None,
    class_name: Classes = None,
    section: Sections = None,
    since: Since = "",
    until: Until = "",
) -> None:
    """给账号一项授权：角色、单位、期限，可以只限某些项目、学段、班级或处室。"""
    given = _grant(role, organisation, (since, until), (project, stage, class_name, section))
    open_desk()
    from guantong.actions.accounts import give_grant

    give_grant(_id_of(login), given, by=machine())
    say(f"已授权：{login} 在 {organisation} 任{given.role.label}。")


def close(login: Annotated[str, typer.Argument(help="登录名。")]) -> None:
    """关闭账号：不能再登录，令牌立即失效。做过的事仍留在审计日志里。"""
    open_desk()
    from guantong.actions.accounts import close_account

    close_account(_id_of(login), by=machine())
    say(f"账号 {login} 已关闭。")


def list_users(as_json: AsJson = False) -> None:
    """列出账号和授权。"""
    open_desk()
    from guantong.actions.accounts import list_accounts

    found = list_accounts(by=machine())
    if as_json:
        say_json(
            [
                {
                    "id": account.id,
                    "login": account.login,
                    "name": account.name,
                    "organisation": account.organisation or None,
                    "active": account.active,
                    "grants": [_grant_json(given) for given in account.grants],
                }
                for account in found
            ]
        )
        return
    rows = (
        (a.login, a.name, a.organisation, "在用" if a.active else "已关闭", "；".join(map(_grant_text, a.grants)))
        for a in found
    )
    say_table(("登录名", "姓名", "单位", "状态", "授权"), rows)


def _first(new: NewAccount) -> Credentials:
    """Make the first account; a database that nobody has used becomes one of the real world."""
    from guantong.actions import opening
    from guantong.actions.accounts import create_first_account

    opening.open_store()
    return create_first_account(new, by=machine())


def _another(new: NewAccount) -> Credentials:
    open_desk()
    from guantong.actions.accounts import create_account
    from guantong.actions.organisations import add_organisation, list_organisations

    entered = {name for name, _, _ in list_organisations(by=machine())}
    if new.organisation and new.organisation not in entered:
        add_organisation(new.organisation, by=machine())
    return create_account(new, by=machine())


def _id_of(login: str) -> str:
    from guantong.actions.accounts import list_accounts

    ids = {account.login: account.id for account in list_accounts(by=machine())}
    if login not in ids:
        raise PersonUnknown(login)
    return ids[login]


def _require(**given: str) -> None:
    empty = [name for name, text in given.items() if not text.strip()]
    if empty:
        raise InputRefused(Problem(column=f"--{name}", rule="不能为空", remedy="请补上。") for name in empty)


def _grant(role: str, organisation: str, days: tuple[str, str], narrowed: tuple[list[str] | None, ...]) -> Grant:
    """Return a grant as it was typed; raise `InputRefused` with every fault."""
    problems = []
    if role not in ROLES:
        problems.append(
            Problem(column="--role", value=role, rule="没有这个角色", remedy=f"可用的：{'、'.join(ROLES)}。")
        )
    if not organisation:
        problems.append(Problem(column="--organisation", rule="缺少单位", remedy="请写单位编号；* 表示全部单位。"))
    since, until = (_day(name, text, problems) for name, text in zip(("--since", "--until"), days, strict=True))
    if until and until < (since or state().today):
        problems.append(Problem(column="--until", value=days[1], rule="早于起始日期", remedy="请改正日期。"))
    problems += _narrowing_problems(narrowed)
    if problems:
        raise InputRefused(problems)
    projects, stages, classes, sections = (frozenset(names) if names else frozenset({ANY}) for names in narrowed)
    return Grant(
        role=Role(role),
        organisation=organisation,
        since=since or state().today,
        until=until,
        projects=projects,
        stages=stages,
        classes=classes,
        sections=sections,
    )


def _narrowing_problems(narrowed: tuple[list[str] | None, ...]) -> Iterable[Problem]:
    """Report blank names and unknown stages: a grant narrowed to them would reach nothing, and nobody would see why."""
    for option, names in zip(("--project", "--stage", "--class", "--section"), narrowed, strict=True):
        for name in names or ():
            if not name.strip():
                yield Problem(column=option, rule="是空的", remedy="请写上，或去掉这个选项。")
            elif option == "--stage" and name not in STAGES:
                remedy = f"可用的：{'、'.join(STAGES)}。"
                yield Problem(column=option, value=name[:40], rule="没有这个学段", remedy=remedy)


def _day(name: str, text: str, problems: list[Problem]) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        problems.append(Problem(column=name, value=text[:40], rule="日期不对", remedy="写成 2026-09-01 的样子。"))
        return None


def _grant_text(given: Grant) -> str:
    narrowed = [*given.projects, *given.stages, *given.classes, *given.sections]
    only = "、".join(sorted(name for name in narrowed if name != ANY))
    until = f"，到 {given.until}" if given.until else ""
    return f"{given.role.label}@{given.organisation}{f'（{only}）' if only else ''}（{given.since} 起{until}）"


def _grant_json(given: Grant) -> dict[str, object]:
    def listed(names: Iterable[str]) -> list[str]:
        return sorted(names)

    return {
        "role": given.role.value,
        "organisation": given.organisation,
        "since": str(given.since),
        "until": str(given.until) if given.until else None,
        "projects": listed(given.projects),
        "stages": listed(given.stages),
        "classes": listed(given.classes),
        "sections": listed(given.sections),
    }
