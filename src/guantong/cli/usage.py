"""What Typer says of a command line that it cannot read, in Chinese."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

import typer

from guantong.errors import CommandRefused, InputRefused, Problem

_COMPLAINTS = {
    r"No such command '(.*?)'\.": "没有“{}”这个命令",
    r"No such option: (\S+)": "没有 {} 这个选项",
    r"Option '(.+?)' requires an argument": "选项 {} 后面缺少内容",
    r"Option '(.+?)' does not take a value": "选项 {} 后面不用写内容",
    r"Missing \w+ '(.+?)'": "缺少 {}",
    r"Invalid value for '(.+?)': .*valid integer": "{} 的值写得不对，应是整数",
    r"Invalid value for '(.+?)': .*greater than or equal to (\S+)": "{} 的值写得不对，不能小于 {}",
    r"Invalid value for '(.+?)': .*less than or equal to (\S+)": "{} 的值写得不对，不能大于 {}",
    r"Invalid value for '(.+?)': .*is not one of (.+?)\.?$": "{} 的值写得不对，只能是 {} 之一",
    r"Invalid value for '(.+?)'": "{} 的值写得不对",
    r"Got unexpected extra argument\(s\) \((.+)\)": "多出了“{}”",
}
_BROKEN = re.compile(r"[\ud800-\udfff]")


def refuse_what_is_no_text(arguments: Sequence[str]) -> None:
    """Raise `InputRefused` for words of the command line that are not UTF-8: no database could keep them."""
    problems = [
        Problem(column=f"第 {number} 个词", rule="编码不是 UTF-8", remedy="请改写；如果是文件名，请先把文件改名。")
        for number, word in enumerate(arguments, 1)
        if _BROKEN.search(word)
    ]
    if problems:
        raise InputRefused(problems)


def refused(error: typer.TyperException) -> CommandRefused:
    """Return Typer's complaint in words, with the nearest names and the command whose help says more."""
    message, context = error.format_message(), getattr(error, "ctx", None)
    fault = "命令的写法不对。"
    for pattern, words in _COMPLAINTS.items():
        if found := re.match(pattern, message, re.DOTALL):
            named = (group.replace("', '", "、").strip("'") for group in found.groups())
            fault = words.format(*named) + _offer(found[1], error)
            break
    return CommandRefused(fault=fault, path=context.command_path if context else "guantong")


def _offer(given: str, error: typer.TyperException) -> str:
    """Return the names that are near to what was given; a full stop where there are none."""
    quoted = re.findall(r"'([^']+)'", error.format_message().partition("Did you mean")[2])
    options = difflib.get_close_matches(given, getattr(error, "possibilities", None) or (), n=2)
    return f"，您要的是不是 {'、'.join([*quoted, *options])}？" if quoted or options else "。"
