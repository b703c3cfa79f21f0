"""What Typer says of a command line that it cannot read, in Chinese."""

from __future__ import annotations

import difflib
import re

import typer

from guantong.errors import CommandRefused

_COMPLAINTS = {
    r"No such command '(.*?)'\.": "没有“{}”这个命令",
    r"No such option: (\S+)": "没有 {} 这个选项",
    r"Option '(.+?)' requires an argument": "选项 {} 后面缺少内容",
    r"Option '(.+?)' does not take a value": "选项 {} 后面不用写内容",
    r"Missing \w+ '(.+?)'": "缺少 {}",
    r"Invalid value for '(.+?)'": "{} 的值写得不对",
    r"Got unexpected extra argument\(s\) \((.+)\)": "多出了“{}”",
}


def refused(error: typer.TyperException) -> CommandRefused:
    """Return Typer's complaint in words, with the nearest names and the command whose help says more."""
    message, context = error.format_message(), getattr(error, "ctx", None)
    fault = "命令的写法不对。"
    for pattern, words in _COMPLAINTS.items():
        if found := re.match(pattern, message):
            fault = words.format(found[1]) + _offer(found[1], error)
    return CommandRefused(fault=fault, path=context.command_path if context else "guantong")


def _offer(given: str, error: typer.TyperException) -> str:
    """Return the names that are near to what was given; a full stop where there are none."""
    quoted = re.findall(r"'([^']+)'", error.format_message().partition("Did you mean")[2])
    options = difflib.get_close_matches(given, getattr(error, "possibilities", None) or (), n=2)
    return f"，您要的是不是 {'、'.join([*quoted, *options])}？" if quoted or options else "。"
