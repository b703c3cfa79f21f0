"""What every failure has: a slug, a status, an exit code, words, what to do; faults of rows are data (`Problem`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One fault of one field (问题): where it stands, what was found, what is allowed, what to do."""

    rule: str
    remedy: str
    file: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""

    @property
    def where(self) -> str:
        """Return file, row and column as one phrase, leaving out what is unknown."""
        row = f"第 {self.row} 行" if self.row is not None else ""
        return " ".join(part for part in (self.file, row, f"“{self.column}”" if self.column else "") if part)

    def __str__(self) -> str:
        """Return the one line that a user reads."""
        found = f"（收到“{self.value}”）" if self.value else ""
        place = f"{self.where}：" if self.where else ""
        return f"{place}{self.rule}{found}。{self.remedy}"


class GuantongError(Exception):
    """Something a person can understand and mend; subclasses say what."""

    code = "error"
    status = 500
    exit_code = 1
    text = "出现了未说明的问题。"
    remedy = "请稍后再试。"

    def __init__(self, **details: object) -> None:
        """Fill the class's text and remedy with the details of this case."""
        self.details = details
        self.message = self.text.format(**details)
        self.next = self.remedy.format(**details)
        super().__init__(f"{self.message}{self.next}")

    @property
    def where(self) -> str:
        """Return where it happened, when the details name a place."""
        return str(self.details.get("where", ""))


class HasProblems(GuantongError):
    """Some fields or rows cannot be read; every one of them is listed."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in the order in which they were found."""
        self.problems = tuple(problems)
        super().__init__(count=len(self.problems), lines="\n".join(map(str, self.problems)))

    @property
    def where(self) -> str:
        """Return the place of the first problem."""
        return self.problems[0].where if self.problems else ""


class InputRefused(HasProblems):
    """What the user gave cannot be read."""

    code, status, exit_code = "input-refused", 422, 2
    text = "有 {count} 处输入需要修改：\n{lines}"
    remedy = ""


class TableRefused(HasProblems):
    """A table cannot be read; all its faults are counted, the first ones listed, and nothing is answered."""

    code, status, exit_code = "table-refused", 422, 2
    text = "表里有 {count} 处需要修改{listed}：\n{lines}"
    remedy = ""

    def __init__(self, problems: Iterable[Problem], count: int) -> None:
        """Keep the problems that are listed and the number of all of them."""
        self.problems, self.count = tuple(problems), count
        listed = f"，先列出 {len(self.problems)} 处" if len(self.problems) < count else ""
        GuantongError.__init__(self, count=count, listed=listed, lines="\n".join(map(str, self.problems)))


class TableUnreadable(GuantongError):
    """A file is no table that could be read row by row."""

    code, status, exit_code = "table-unreadable", 422, 2
    text = "“{file}”读不出来：{fault}。"
    remedy = "{advice}"


class ContentsRefused(HasProblems):
    """A contents package does not hold together, so nothing of it is used."""

    code, status, exit_code = "contents-refused", 500, 4
    text = "内容包有 {count} 处问题，未载入：\n{lines}"
    remedy = ""


class ContentsMissing(GuantongError):
    """The contents package named by the settings cannot be found."""

    code, status, exit_code = "contents-missing", 500, 4
    text = "找不到内容包“{package}”。"
    remedy = "请检查环境变量 GUANTONG_CONTENTS 的写法，或重新安装。"


class Unknown(GuantongError):
    """Something was asked for by a name that does not exist; near names are offered."""

    code, status, exit_code = "not-found", 404, 3
    kind = "对象"
    text = "没有{kind}“{name}”。{near}"
    remedy = "请核对名称，或从列表里选择。"

    def __init__(self, name: object, near: Iterable[str] = ()) -> None:
        """Name what was asked for and, where there are any, the nearest existing names."""
        offers = "、".join(near)
        super().__init__(kind=self.kind, name=name, near=f"您要找的是不是：{offers}？" if offers else "")


class Unexpected(GuantongError):
    """A bug on our side; the visitor sees no internals."""

    code, status, exit_code = "unexpected", 500, 70
    text = "页面暂时打不开，这是我们的问题。"
    remedy = "请稍后再试；如果一直这样，请告诉网站维护人员。"


def error_body(error: GuantongError) -> dict[str, object]:
    """Return the one error body of every door; with each problem where fields or rows are concerned."""
    body: dict[str, object] = {
        "code": error.code,
        "message": error.message,
        "where": error.where,
        "next": error.next,
    }
    if isinstance(error, HasProblems):
        names = ("where", "column", "value", "rule", "remedy")
        body["problems"] = [{name: getattr(problem, name) for name in names} for problem in error.problems]
    return body
