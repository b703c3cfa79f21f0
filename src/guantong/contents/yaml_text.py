"""YAML without surprises: only plain integers, true/false and null are typed; a key stands once.

Ordinary YAML 1.1 reads clause 12.10 as 12.1, the key `on` as True and a date as an object. Here
all of these stay text, so that an identifier can never change on its way in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from guantong.errors import ContentsRefused, Problem

if TYPE_CHECKING:
    from yaml import SafeLoader as FastLoader
else:
    FastLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class StrictLoader(FastLoader):
    """The C loader with three implicit types and no duplicate keys."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 -- PyYAML's own interface

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        """Build a mapping, refusing a key that stands twice."""
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "键只能是一个词", key.start_mark)
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"键“{key.value}”出现了两次", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


StrictLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"-?(0|[1-9]\d*)$"), list("-0123456789"))
StrictLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(true|false)$"), ["t", "f"])
StrictLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(null|~|)$"), ["n", "~", ""])


def read_yaml(text: str, file: str) -> object:
    """Return the data of a YAML text; raise `ContentsRefused` naming file and line of a fault."""
    try:
        return yaml.load(text, Loader=StrictLoader)
    except (yaml.YAMLError, ValueError) as fault:
        mark = getattr(fault, "problem_mark", None)
        problem = Problem(
            file=file,
            row=mark.line + 1 if mark else None,
            rule=f"不是正确的 YAML：{getattr(fault, 'problem', None) or '无法读取'}",
            remedy="请检查缩进、引号和重复的键。",
        )
        raise ContentsRefused([problem]) from None
