"""No identity number of a person who may exist stands anywhere in the repository; invented ones have region 000000."""

import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from guantong.actions.identity_numbers import DEMO_REGION, born, check_digit

ROOT = Path(__file__).parents[2]
NUMBER = re.compile(rb"(?<![0-9A-Za-z.])[0-9]{17}[0-9Xx](?![0-9A-Za-z])")
"""Eighteen characters that stand alone: no part of a longer number, a digest or a decimal fraction."""

DEEPEST = 3


def files() -> list[Path]:
    """Every file that is kept or could be committed: what git lists, the untracked ones included."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True,
    ).stdout  # fmt: skip
    return [path for name in listed.split(b"\0") if name and (path := ROOT / name.decode()).is_file()]


def contents(body: bytes, deep: int = 0) -> Iterator[bytes]:
    """The bytes of a file, and of what it holds where it is an archive such as XLSX or DOCX."""
    yield body
    if body.startswith(b"PK\x03\x04") and deep < DEEPEST:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            for name in archive.namelist():
                yield from contents(archive.read(name), deep + 1)


def numbers_in(body: bytes) -> Iterator[str]:
    """Every number with a right checksum and a possible day of birth that has another region than 000000."""
    for part in contents(body):
        for found in NUMBER.findall(part):
            number = found.decode().upper()
            sound = check_digit(number) == number[-1] and born(number) is not None
            if sound and not number.startswith(DEMO_REGION):
                yield number


def made(region: str, rest: str = "20080101001") -> str:
    """A number with a right checksum."""
    first = region + rest
    return first + check_digit(first + "0")


def test_no_file_holds_an_identity_number_of_a_person_who_may_exist() -> None:
    held = {str(path.relative_to(ROOT)): list(numbers_in(path.read_bytes())) for path in files()}
    assert {name: len(numbers) for name, numbers in held.items() if numbers} == {}


def test_the_files_that_are_searched_are_those_of_the_repository() -> None:
    names = {str(path.relative_to(ROOT)) for path in files()}
    assert {"README.md", "src/guantong/errors/problems.py", "tests/desk.py"} <= names


# The regions are put together here, so that this file does not hold what it looks for.
@pytest.mark.parametrize("region", ["1101" + "05", "9999" + "99"])
@pytest.mark.parametrize("text", ["{}", "号码：{}。", '"{}",', "身份证{}李", "{}\n"])
def test_one_would_be_found_in_any_text(region: str, text: str) -> None:
    number = made(region)
    assert list(numbers_in(text.format(number).encode())) == [number]


def test_one_would_be_found_in_a_sheet_within_an_archive() -> None:
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", f"<t>{made('1101' + '05')}</t>")
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("roster.xlsx", inner.getvalue())
    assert len(list(numbers_in(outer.getvalue()))) == 1


@pytest.mark.parametrize(
    "text",
    [
        made(DEMO_REGION),
        made("110105")[:-1] + ("0" if made("110105")[-1] != "0" else "1"),
        "1" + made("110105"),
        "a" + made("110105"),
        "0." + made("110105"),
        made("110105", "20081301001"),
    ],
    ids=["invented", "wrong checksum", "longer number", "part of a digest", "a fraction", "no such day"],
)
def test_what_is_no_persons_number_is_let_pass(text: str) -> None:
    assert list(numbers_in(text.encode())) == []
