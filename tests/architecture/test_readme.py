"""Both READMEs say the same, and name only commands that are there."""

import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENGLISH, CHINESE = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md"))
REFERENCE = (ROOT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
FILE = re.compile(r"^[^-{][^-]*\.csv$|^report$|^年报$")
"""What each language names in its own words: files and folders."""


def commands(text: str) -> list[list[str]]:
    """Every command of the blocks of sh, without remarks and without the names of files."""
    lines = "\n".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL)).splitlines()
    words = (shlex.split(line, comments=True) for line in lines)
    return [[word for word in line if not FILE.match(word)] for line in words if line]


def count(text: str, pattern: str) -> int:
    return len(re.findall(pattern, text, re.MULTILINE))


def test_both_name_the_same_commands() -> None:
    assert commands(ENGLISH) == commands(CHINESE)
    assert len(commands(ENGLISH)) >= 9


@pytest.mark.parametrize("pattern", [r"^## ", r"^\d\. ", r"^- ", r"^\| ", r"!\["])
def test_both_have_as_many_headings_promises_limits_and_pictures(pattern: str) -> None:
    assert count(ENGLISH, pattern) == count(CHINESE, pattern) > 0


def test_both_show_the_same_pictures_and_link_the_same_pages() -> None:
    links = [set(re.findall(r"\]\(([^)]+)\)", text)) - {"README.md", "README.zh-CN.md"} for text in (ENGLISH, CHINESE)]
    assert links[0] == links[1]


def test_each_command_is_one_that_the_reference_knows() -> None:
    named = [line for line in commands(ENGLISH) if line[0].endswith("/guantong")]
    known = set(re.findall(r"^## `guantong ([^`]+)`", REFERENCE, re.MULTILINE))
    alone = {name for name in known if not any(other.startswith(f"{name} ") for other in known)}
    unknown = [line for line in named if line[1] not in alone and " ".join(line[1:3]) not in known]
    assert named
    assert unknown == []


def test_figures_are_the_same_in_both() -> None:
    measured = [
        text.split(heading)[1].split("\n## ")[0] for text, heading in ((ENGLISH, "## Measured"), (CHINESE, "## 实测"))
    ]
    numbers = [re.findall(r"\d+\.\d+|\d{3},\d{3}", text) for text in measured]
    assert set(numbers[0]) - {"100,000"} == set(numbers[1])
