"""The query of an address, read strictly: wrong bytes, control characters and excess are refused, politely."""

from __future__ import annotations

from urllib.parse import parse_qsl

from guantong.errors import InputRefused, Problem

LONGEST, MOST_FIELDS = 4096, 60
Given = dict[str, list[str]]


def read_query(raw: str) -> Given:
    """Return every value by name from a raw query string; raise `InputRefused` where it cannot be read."""
    if len(raw) > LONGEST:
        raise _refused("网址里的条件太长", "请回到页面重新填写，每一项只写必要的字。")
    try:
        pairs = parse_qsl(_utf8(raw), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except UnicodeError:
        raise _refused("网址里有不能识别的文字编码", "请回到页面重新填写，不要手工改动网址。") from None
    except ValueError:
        raise _refused(f"网址里的条件超过 {MOST_FIELDS} 项", "请回到页面重新填写。") from None
    given: Given = {}
    for name, value in pairs:
        if not (name + value).isprintable():
            raise _refused("网址里有看不见的控制字符", "请回到页面重新填写，不要从别处粘贴。")
        given.setdefault(name, []).append(value)
    return given


def _utf8(raw: str) -> str:
    """Return the text of a WSGI string, whose characters stand for bytes."""
    return raw if raw.isascii() else raw.encode("latin-1").decode("utf-8")


def _refused(rule: str, remedy: str) -> InputRefused:
    return InputRefused([Problem(rule=rule, remedy=remedy)])
