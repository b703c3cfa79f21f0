"""The source: sizes, docstrings, the direction of imports, and rooms that know neither clock nor environment."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src"
MODULES = sorted(SRC.rglob("*.py"))
LONGEST_MODULE, LONGEST_FUNCTION = 400, 40

# module:function → why it may be longer. Typer commands and numeric kernels only.
EXEMPT: dict[str, str] = {}

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def module_name(path: Path) -> str:
    """Dotted name of a module of src."""
    parts = path.relative_to(SRC).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def parse(path: Path) -> ast.Module:
    """Syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a module, nested ones and methods included."""
    return (node for node in ast.walk(parse(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def public(body: list[ast.stmt]) -> Iterator[Definition]:
    """Public classes and functions of a body, with the public members of those classes."""
    for node in body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body)


def contract(identifier: str) -> dict[str, list[str]]:
    """One import contract of pyproject.toml."""
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    return next(found for found in tools["importlinter"]["contracts"] if found["id"] == identifier)


def room_modules() -> list[Path]:
    """The modules of all rooms."""
    rooms = tuple(contract("rooms")["source_modules"])
    return [path for path in MODULES if f"{module_name(path)}.".startswith(tuple(f"{room}." for room in rooms))]


def layers() -> list[list[str]]:
    """The names of each layer, top first."""
    return [[name.strip(" ()") for name in layer.split("|")] for layer in contract("one-way")["layers"]]


def test_no_module_is_longer_than_400_lines() -> None:
    lengths = {module_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_40_lines_unless_it_is_listed_with_a_reason() -> None:
    long = {
        f"{module_name(path)}:{node.name}"
        for path in MODULES
        for node in functions(path)
        if (node.end_lineno or node.lineno) - node.lineno + 1 > LONGEST_FUNCTION
    }
    assert long == set(EXEMPT)


def test_each_folder_of_modules_is_a_package() -> None:
    folders = {folder for path in MODULES for folder in path.parents if SRC in folder.parents}
    assert sorted(str(folder.relative_to(SRC)) for folder in folders if not (folder / "__init__.py").exists()) == []


def test_each_module_has_a_docstring() -> None:
    assert [module_name(path) for path in MODULES if not ast.get_docstring(parse(path))] == []


def test_each_public_class_and_function_has_a_docstring() -> None:
    assert [
        f"{module_name(path)}:{node.name}"
        for path in MODULES
        for node in public(parse(path).body)
        if not ast.get_docstring(node)
    ] == []


def test_each_room_and_door_has_its_layer() -> None:
    modules = {module_name(path).split(".")[1] for path in MODULES if module_name(path).startswith("guantong.")}
    assert modules == {name for layer in layers() for name in layer}


def test_everything_below_the_contents_is_held_to_be_a_room() -> None:
    order = layers()
    below = {f"guantong.{name}" for layer in order[order.index(["contents"]) + 1 :] for name in layer}
    assert below == set(contract("rooms")["source_modules"])


@pytest.mark.parametrize("path", room_modules(), ids=module_name)
def test_a_room_reads_no_clock_and_no_environment(path: Path) -> None:
    asked = {node.attr for node in ast.walk(parse(path)) if isinstance(node, ast.Attribute)}
    assert asked & {"today", "now", "utcnow", "environ", "getenv"} == set()


def test_no_module_imports_everything_of_another() -> None:
    stars = [
        module_name(path)
        for path in MODULES
        for node in ast.walk(parse(path))
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
    ]
    assert stars == []
