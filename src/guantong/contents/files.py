"""The files of a contents package (内容文件): read by name, every fault noted under the file's name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from operator import itemgetter

from guantong.contents.references import Known, label_of
from guantong.contents.yaml_text import read_yaml
from guantong.errors import ContentsRefused, Problem
from guantong.sheets import Record

NOTHING = Known(names={})
_SHARED = (".yaml", ".csv", ".py", ".json")


class Files:
    """The files below one folder; a missing or unreadable one is a problem and reads as nothing."""

    def __init__(self, root: Traversable, lent: Mapping[str, Traversable] | None = None) -> None:
        """Look below a folder; `lent` names files and folders that stand below another one."""
        self._root, self._lent = root, lent or {}

    def at(self, name: str) -> Traversable:
        """Return where a file or folder of that name stands, or would stand."""
        parts = name.split("/")
        prefixes = ("/".join(parts[:length]) for length in range(1, len(parts) + 1))
        root = next((self._lent[prefix] for prefix in prefixes if prefix in self._lent), self._root)
        return root.joinpath(*parts)

    def has(self, name: str) -> bool:
        """Tell whether there is a file or a folder of that name; some parts a package may leave out."""
        path = self.at(name)
        return path.is_file() or path.is_dir() or any(lent.startswith(f"{name}/") for lent in self._lent)

    def text(self, name: str, problems: list[Problem]) -> str | None:
        """Return a file's text; None where it is missing or not UTF-8."""
        path = self.at(name)
        if not path.is_file():
            problems.append(Problem(file=name, rule="缺少这个文件", remedy="请补上后重新载入。"))
            return None
        try:
            return path.read_text("utf-8")
        except UnicodeDecodeError:
            problems.append(Problem(file=name, rule="不是 UTF-8 编码", remedy="请用 UTF-8 编码重新保存。"))
            return None

    def yaml(self, name: str, problems: list[Problem]) -> object:
        """Return a file's data; None where it cannot be read."""
        text = self.text(name, problems)
        if text is None:
            return None
        try:
            return read_yaml(text, name)
        except ContentsRefused as fault:
            problems.extend(fault.problems)
            return None

    def record(self, name: str, problems: list[Problem], known: Known = NOTHING) -> Record | None:
        """Return the one record of a file; None where the file cannot be read. What it names must be known."""
        before = len(problems)
        data = self.yaml(name, problems)
        if len(problems) > before:
            return None
        problems += known.problems(data, name)
        return Record(data, name, "", problems)

    def records(self, name: str, problems: list[Problem], known: Known = NOTHING) -> list[Record]:
        """Return the records of a list, each under its id, year or number; none where the file cannot be read."""
        before = len(problems)
        data = self.yaml(name, problems)
        if len(problems) > before:
            return []
        if not isinstance(data, list):
            problems.append(Problem(file=name, rule="这里应是一个列表", remedy="每一条以“- ”开头。"))
            return []
        problems += known.problems(data, name)
        return [Record(part, name, label_of(part, number), problems) for number, part in enumerate(data, 1)]

    def names(self, folder: str, ending: str, problems: list[Problem]) -> list[str]:
        """Return the names in a folder that have an ending, without it, in order; a missing folder is a problem."""
        path = self.at(folder)
        lent = [name.removeprefix(f"{folder}/") for name in self._lent if name.startswith(f"{folder}/")]
        if not path.is_dir() and not lent:
            problems.append(Problem(file=folder, rule="缺少这个文件夹", remedy="请补上后重新载入。"))
            return []
        own = [part.name for part in path.iterdir()] if path.is_dir() else []
        return sorted(name.removesuffix(ending) for name in {*own, *lent} if name.endswith(ending))

    def shared(self) -> Iterator[tuple[str, bytes]]:
        """Yield name and bytes of every data and rule file, lent ones included, in order of name."""
        found = list(_walk(self._root))
        for name in self._lent:
            path = self.at(name)
            found += _walk(path, f"{name}/") if path.is_dir() else [(name, path)]
        for name, path in sorted(found, key=itemgetter(0)):
            yield name, path.read_bytes()


def _walk(root: Traversable, prefix: str = "") -> Iterator[tuple[str, Traversable]]:
    for path in root.iterdir():
        name = f"{prefix}{path.name}"
        if path.is_dir() and path.name != "__pycache__":
            yield from _walk(path, f"{name}/")
        elif path.is_file() and name.endswith(_SHARED):
            yield name, path
