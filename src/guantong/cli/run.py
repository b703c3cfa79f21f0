"""One run of the command line: settings from the environment, errors into words and exit codes."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime

import typer
from typer.main import get_command

from guantong.cli.app import app, put_help_into_chinese
from guantong.cli.state import State, running
from guantong.errors import GuantongError, HasProblems
from guantong.settings import BEIJING, Settings

USAGE, INTERRUPTED = 2, 130
HELP = {"--help", "-h"}


def run(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run one command line; return its exit code. A user's mistake gets a sentence, a bug its traceback."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    try:
        if not arguments or HELP & set(arguments):
            put_help_into_chinese()
        settings = Settings.from_environment(environment)
        with running(State(settings=settings, now=datetime.now(BEIJING))):
            command = get_command(app)
            return int(command.main(list(arguments), prog_name="guantong", standalone_mode=False) or 0)
    except GuantongError as error:
        _complain(error, as_json="--json" in arguments)
        return error.exit_code
    except typer.TyperException as error:
        typer.echo(_usage(error), err=True)
        return USAGE
    except (typer.Abort, KeyboardInterrupt):
        typer.echo("已取消。", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def error_body(error: GuantongError) -> dict[str, object]:
    """Return the one error body: code, message, where, next; and every problem where there are several."""
    body: dict[str, object] = {
        "code": error.code,
        "message": error.message,
        "where": error.where,
        "next": error.next,
    }
    if isinstance(error, HasProblems):
        body["problems"] = [
            {"where": problem.where, "value": problem.value, "rule": problem.rule, "remedy": problem.remedy}
            for problem in error.problems
        ]
    return body


def _complain(error: GuantongError, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(error_body(error), ensure_ascii=False), err=True)
    else:
        typer.echo(f"{error.message}{error.next}", err=True)


def _usage(error: typer.TyperException) -> str:
    """Return Typer's own complaint in Chinese, with the command whose help says more."""
    context = getattr(error, "ctx", None)
    option, parameter = getattr(error, "option_name", None), getattr(error, "param", None)
    named = getattr(parameter, "human_readable_name", "") if parameter else ""
    near = getattr(error, "possibilities", None) or ()
    if option:
        offers = f"您要的是不是 {'、'.join(near)}？" if near else ""
        text = f"选项 {option} 不能这样用，或没有这个选项。{offers}"
    elif named:
        text = f"{named} 缺少或写法不对。"
    elif context is not None and not context.args and "Usage" in error.format_message():
        return error.format_message()
    else:
        text = f"命令的写法不对（{error.format_message()}）。"
    path = context.command_path if context is not None else "guantong"
    return f"{text}用 `{path} --help` 查看写法。"
