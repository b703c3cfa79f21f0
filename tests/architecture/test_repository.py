"""The repository as a whole: what no file may hold, locks, packages, links, words."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOT_OURS = {"build", "dist", "htmlcov", "mutants", "static-collected", "__pycache__"}

# Written in pieces, so that this file does not hold what it looks for.
REGISTRIES = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "crates" + ".io",
    "conda" + ".anaconda.org",
    "deb" + ".debian.org",
    "archive" + ".ubuntu.com",
    "tuna" + ".tsinghua",
    "mirrors" + ".aliyun",
]
REGISTRY_HOST = re.compile("|".join(map(re.escape, REGISTRIES)))
FOLDERS = "|".join(["root", "home", "work", "opt", "Users", "tmp"])
MACHINE_PATH = re.compile(rf"(?:(?<![\w./~*-])|(?<=file://))/(?:{FOLDERS})/\w")


def text_files() -> Iterator[Path]:
    """Every text file of the repository that is kept: no environment, cache, build or version-control folder."""
    for path in sorted(ROOT.rglob("*")):
        folders = path.relative_to(ROOT).parts[:-1]
        kept = all((part == ".ci" or not part.startswith(".")) and part not in NOT_OURS for part in folders)
        ours = kept and not any(part.endswith(".egg-info") for part in folders)
        if ours and path.is_file() and path.name != ".env" and b"\0" not in path.read_bytes():
            yield path


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    """Every line of the repository in which the pattern is found, as file:line: text."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in text_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def pins(lock: str) -> dict[str, str]:
    """Name and version of each requirement of a lock."""
    return dict(re.findall(r"^([\w.-]+)==([\w.+!-]+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))


def named(requirements: str) -> set[str]:
    """Names, as a lock writes them, of the requirements that people wrote."""
    text = (ROOT / requirements).read_text(encoding="utf-8")
    return {name.lower().replace("_", "-") for name in re.findall(r"^([A-Za-z][\w.-]*)", text, re.MULTILINE)}


def glossary() -> list[tuple[str, str, str]]:
    """The rows of the glossary: term, identifier, meaning."""
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    return re.findall(r"^\| (?!中文)([^|\n]+) \| `([^`|\n]+)` \| ([^|\n]+) \|$", text, re.MULTILINE)


def test_no_file_names_a_package_registry() -> None:
    assert lines_with(REGISTRY_HOST) == []


def test_no_file_holds_a_path_of_one_machine() -> None:
    assert lines_with(MACHINE_PATH) == []


@pytest.mark.parametrize("line", ["cd /ro" + "ot/x", "'/wo" + "rk/main'", "PATH=/op" + "t/bin", "file:///ho" + "me/a"])
def test_a_path_of_one_machine_would_be_found(line: str) -> None:
    assert MACHINE_PATH.search(line)


@pytest.mark.parametrize("line", ["https://example.cn/work/3", "src/home/x", "/plan?cohort=2025", "../tmp/x"])
def test_addresses_and_relative_paths_are_no_paths_of_one_machine(line: str) -> None:
    assert not MACHINE_PATH.search(line)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_each_locked_requirement_has_a_hash(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[A-Za-z])", text, flags=re.MULTILINE)
    assert [block.split()[0] for block in blocks if block.strip() and "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_hold_no_address_and_no_option(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert re.findall(r"^\s*--(?!hash=)\S+", text, re.MULTILINE) == []


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_each_requirement_we_name_is_locked(name: str) -> None:
    assert named(f"{name}.in") - set(pins(f"{name}.lock")) == set()


def test_both_locks_agree_on_every_version() -> None:
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


def test_each_system_package_has_a_purpose_and_a_probe() -> None:
    rows = [row for row in (ROOT / "packages.txt").read_text(encoding="utf-8").splitlines() if not row.startswith("#")]
    assert [row for row in rows if not re.fullmatch(r"(run|test) +[a-z0-9.+-]+ +\S.*", row)] == []


def test_the_version_is_written_the_same_in_both_places() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f'__version__ = "{project["version"]}"' in (ROOT / "src/guantong/__init__.py").read_text(encoding="utf-8")


def test_the_changelog_names_the_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"## [{project['version']}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_each_relative_link_of_a_page_leads_to_a_file() -> None:
    assert [
        f"{page.relative_to(ROOT)} → {target}"
        for page in text_files()
        if page.suffix == ".md"
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ] == []


def test_each_decision_has_context_decision_and_consequence_and_stands_in_the_index() -> None:
    index = (ROOT / "docs/README.md").read_text(encoding="utf-8")
    for decision in (ROOT / "docs/decisions").glob("*.md"):
        text = decision.read_text(encoding="utf-8")
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequence"], decision.name
        assert f"decisions/{decision.name}" in index


def test_each_glossary_row_is_read() -> None:
    rows = [row for row in (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines() if row.startswith("| ")]
    assert len(rows) - 1 == len(glossary())


def test_each_identifier_of_the_glossary_is_used() -> None:
    read = [path for path in (ROOT / "src").rglob("*") if path.suffix in (".py", ".yaml", ".csv", ".html")]
    used = {word for path in read for word in re.findall(r"\w+", f"{path.stem} {path.read_text(encoding='utf-8')}")}
    assert [identifier for _, identifier, _ in glossary() if not set(re.findall(r"\w+", identifier)) <= used] == []


@pytest.mark.parametrize("column", [0, 1, 2], ids=["term", "identifier", "meaning"])
def test_no_glossary_row_stands_twice(column: int) -> None:
    counted = Counter(row[column] for row in glossary())
    assert [word for word, times in counted.items() if times > 1] == []


def test_each_room_and_door_stands_in_the_glossary() -> None:
    machine = ROOT / "src/guantong"
    rooms = {path.stem for path in machine.glob("*.py")} | {path.parent.name for path in machine.glob("*/__init__.py")}
    assert rooms - {"__init__", "__main__"} - {identifier for _, identifier, _ in glossary()} == set()
