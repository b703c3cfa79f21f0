"""The frame of the work desk's pages: the person, the world, the navigation; and errors in words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.utils.functional import SimpleLazyObject

from guantong import __version__
from guantong.actions.books import organisation_title, purposes
from guantong.actions.opening import is_demo
from guantong.errors import GuantongError, HasProblems, Problem
from guantong.people import ANY
from guantong.web.labels import field_label
from guantong.web.staff.navigation import items_for
from guantong.web.staff.page import StaffAsked, StaffPage
from guantong.web.staff.session import take_notice

TITLES = {
    401: "需要登录",
    403: "没有权限",
    404: "没有找到",
    405: "不能这样打开",
    409: "没有改动",
    413: "文件太大",
    429: "请稍后再试",
    422: "有几处要修改",
    503: "数据库暂时不能使用",
}
Labelled = tuple[tuple[Problem, str], ...]


def shown(request: HttpRequest, page: StaffPage, asked: StaffAsked | None) -> HttpResponse:
    """Render a page inside its frame; `asked` is None where nobody is signed in."""
    frame: dict[str, object] = {
        "csrf_token": SimpleLazyObject(lambda: get_token(request)),
        "version": __version__,
        "demo": is_demo(),
        "path": request.path,
    }
    if asked is not None:
        frame |= {"person": asked.by, "places": places_of(asked), "today": asked.today, "items": items_for(asked)}
        frame |= {"notice": take_notice(request), "purpose_words": purposes().get(asked.by.purpose, "")}
    text = get_template(page.template).render({**frame, **page.context, "title": page.title})
    return HttpResponse(text, status=page.status)


def refusal(error: GuantongError) -> StaffPage:
    """Return the page of an error: what happened, and what to do next."""
    return StaffPage(
        title=TITLES.get(error.status, "页面暂时打不开"),
        template="guantong/staff/problem.html",
        context={"error": error, "problems": labelled(error)},
        status=error.status,
    )


def refuse_plainly(request: HttpRequest, error: GuantongError) -> HttpResponse:
    """Answer an error without asking the database who is there."""
    page = refusal(error)
    context = {**page.context, "title": page.title, "version": __version__}
    return HttpResponse(get_template("guantong/staff/plain_problem.html").render(context), status=page.status)


def labelled(error: GuantongError | tuple[Problem, ...]) -> Labelled:
    """Return each problem with the words for its row and column, for `guantong/staff/problem_list.html`."""
    problems = error if isinstance(error, tuple) else error.problems if isinstance(error, HasProblems) else ()
    return tuple((problem, _label(problem)) for problem in problems)


def places_of(asked: StaffAsked) -> tuple[str, ...]:
    """Return role and organisation of every grant that holds today, in words, each once."""
    held = (grant for grant in asked.by.grants if grant.holds(asked.today))
    words = (f"{grant.role.label} · {place_words(grant.organisation)}" for grant in held)
    return tuple(dict.fromkeys(words))


def place_words(organisation: str) -> str:
    """Return what a page calls an organisation of a grant."""
    return "全部" if organisation == ANY else organisation_title(organisation)


def _label(problem: Problem) -> str:
    row = f"第 {problem.row} 行" if problem.row else ""
    return "，".join(
        part for part in (problem.file, row, field_label(problem.column) if problem.column else "") if part
    )
