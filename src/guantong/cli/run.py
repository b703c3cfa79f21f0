"""One run of the command line: settings from the environment, errors into words and exit codes."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime

import typer
from typer.core import TyperGroup
from typer.main import get_command

from guantong.cli.app import app
from guantong.cli.help import ASKED, put_into_chinese
from guantong.cli.state import State, running
from guantong.cli.usage import refuse_what_is_no_text, refused
from guantong.errors import GuantongError, error_body
from guantong.settings import BEIJING, Settings

INTERRUPTED = 130


def run(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run one command line; return its exit code. A user's mistake gets a sentence, a bug its traceback."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        refuse_what_is_no_text(arguments)
        settings = Settings.from_environment(environment)
        with running(State(settings=settings, now=datetime.now(BEIJING))):
            command = get_command(app)
            if ASKED & set(arguments):
                assert isinstance(command, TyperGroup)
                put_into_chinese(command, typer.Context(command, **app.info.context_settings or {}))
            code = int(command.main(list(arguments), prog_name="guantong", standalone_mode=False) or 0)
            sys.stdout.flush()
            if code == INTERRUPTED:
                typer.echo("已取消。", err=True)
            return code
    except GuantongError as error:
        _complain(error, as_json="--json" in arguments)
        return error.exit_code
    except typer.TyperException as error:
        complaint = refused(error)
        _complain(complaint, as_json="--json" in arguments)
        return complaint.exit_code
    except (BrokenPipeError, SystemExit) as end:
        if not isinstance(end, BrokenPipeError) and not isinstance(end.__context__, BrokenPipeError):
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the last flush would complain as well
        return 0


def _complain(error: GuantongError, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(error_body(error), ensure_ascii=False), err=True)
    else:
        typer.echo(f"{error.message}{error.next}", err=True)
