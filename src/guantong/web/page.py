"""A page: what was asked, and what is shown for it, as HTML and as JSON alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from guantong.errors import InputRefused, Problem
from guantong.policies.inputs import unknown_names
from guantong.web.desk import PublicDesk
from guantong.web.sent import Sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a page function is given: the desk, the query, the day."""

    desk: PublicDesk
    given: Mapping[str, Sequence[str]]
    today: date
    twin: bool = False
    """Whether the JSON twin was asked for."""
    site: str = ""
    """Where the visitor reached us, such as https://example.cn; "" where the host's name cannot be trusted."""
    sent: Sent | None = None
    """What a form sent, where one was sent."""

    def only(self, *names: str) -> None:
        """Raise `InputRefused` for every parameter that the page does not have, naming the nearest it has."""
        problems = unknown_names(self.given, names)
        if problems:
            rule = "这个页面没有这个条件"
            remedies = [problem.remedy if names else "请去掉网址里“?”以后的部分。" for problem in problems]
            raise InputRefused(
                Problem(column=problem.column[:40], rule=rule, remedy=remedy)
                for problem, remedy in zip(problems, remedies, strict=True)
            )

    def one(self, name: str) -> str:
        """Return the one value of a parameter, "" where there is none; two different ones are refused."""
        values = {value.strip() for value in self.given.get(name, ()) if value.strip()}
        if len(values) > 1:
            raise InputRefused([Problem(column=name, rule="这一项只能填一个", remedy="请只留一个。")])
        return values.pop() if values else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: its title, its template with what that reads, and the body of its JSON twin.

    `private` pages hold what a family said: they are kept nowhere. `redirect` sends the visitor on.
    """

    title: str
    template: str = ""
    context: Mapping[str, object] = field(default_factory=dict)
    data: Callable[[], object] = dict
    status: int = 200
    private: bool = False
    redirect: str = ""
