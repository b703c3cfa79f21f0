"""Parts that one contents package borrows from another (借用): `package.yaml` names the lender and what is borrowed.

A small package, such as that of a demonstration, is then judged by the same rulebooks word for word
instead of a copy of them. A borrowed part may not also stand in the borrower: nothing is overridden.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from importlib.resources.abc import Traversable

from guantong.contents.yaml_text import read_yaml
from guantong.errors import ContentsMissing, ContentsRefused, Problem
from guantong.sheets import Record

FILE = "package.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lending:
    """The lender of a package and the names of files and folders borrowed from it; both empty for most."""

    lender: str = ""
    names: frozenset[str] = frozenset()
    roots: Mapping[str, Traversable] = field(default_factory=dict)

    def package_of(self, name: str, borrower: str) -> str:
        """Return the package in which a part really stands."""
        return self.lender if name in self.names else borrower


def root_of(package: str) -> Traversable:
    """Return the folder of an importable package; raise `ContentsMissing` where there is none."""
    try:
        importlib.import_module(package)
        return resources.files(package)
    except (ImportError, TypeError, ValueError):
        raise ContentsMissing(package=package) from None


def read_lending(root: Traversable) -> Lending:
    """Return what a package borrows; raise `ContentsRefused` with every fault of its `package.yaml`."""
    path = root.joinpath(FILE)
    if not path.is_file():
        return Lending()
    problems: list[Problem] = []
    record = Record(read_yaml(path.read_text("utf-8"), FILE), FILE, "", problems)
    lender, names = record.text("lender"), record.texts("borrows", required=True)
    record.done()
    if problems:
        raise ContentsRefused(problems)
    source = root_of(lender)
    for name in names:
        if not _stands(source, name):
            record.complain("borrows", f"{lender} 里没有这个文件或文件夹", name)
        if _stands(root, name):
            record.complain("borrows", "借用的部分自己不能再写一份", name, "请只留一处。")
    if problems:
        raise ContentsRefused(problems)
    return Lending(lender=lender, names=frozenset(names), roots=dict.fromkeys(names, source))


def _stands(root: Traversable, name: str) -> bool:
    path = root.joinpath(*name.split("/"))
    return path.is_file() or path.is_dir()
