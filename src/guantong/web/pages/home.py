"""The front door: what this desk answers, on which years, and the way in."""

from __future__ import annotations

from guantong import __version__
from guantong.registry import Programme
from guantong.web.page import Asked, Page
from guantong.web.pages.plan_form import cohort_groups

MORE = (
    ("/compare", "对照", "两三条路或专业，逐点放在一起，包括最坏情况拿什么证"),
    ("/calendar", "日历", "往年什么时候办什么事，今年公布了没有"),
    ("/projects", "3+2 项目", "三年中职、两年高职，名单里印出的每一行"),
    ("/partnerships", "校企合作", "谁说的，写在哪里；合作不等于录用"),
    ("/class", "给班主任", "一次打印全班，一名学生一页，不保存"),
    ("/scores", "一分一段表", "带上您手里的表，查一个分数的位置"),
)
PAGES = ("plan", "programmes", "plans", "schools", "routes", "policies", "sources")
PAGES_TOO = ("compare", "claims", "calendar", "districts", "partnerships", "projects", "class", "scores")


def home_page(asked: Asked) -> Page:
    """Return the front page: the shortest way to an answer, and what stands behind it."""
    asked.only()
    desk, parts = asked.desk, asked.desk.parts
    rows = tuple(parts.plans.programmes.values())
    newest = parts.plans.newest()
    figures = (
        (f"{len(parts.plans.years)} 年", f"分专业招生计划（{'、'.join(map(str, parts.plans.years))}）", "/plans"),
        (f"{len(rows)} 行", "招生专业，每行都有出处", "/programmes"),
        (f"{len(parts.book.clauses)} 条", "规则条款，每次判断都指明条款", "/policies"),
        (f"{len(desk.contents.sources)} 份", "引用的文件，各标证据等级", "/sources"),
    )
    return Page(
        title="贯通：北京职业教育升学路径",
        template="guantong/home.html",
        context={
            "cohorts": cohort_groups(asked.today, ""),
            "figures": figures,
            "routes": parts.routes.all,
            "newest": newest,
            "schools": len({school for row in rows for school in _institutions(row)}),
            "claims": len(desk.contents.claims.all),
            "more": MORE,
            "asked_year": asked.today.year,
        },
        data=lambda: {
            "title": "贯通：北京职业教育升学路径",
            "version": __version__,
            "contents": {"package": desk.contents.package, "digest": desk.contents.digest},
            "years": list(parts.plans.years),
            "programmes": len(rows),
            "routes": [
                {"id": route.id, "name": route.title, "leads_to": [target.value for target in route.leads_to]}
                for route in parts.routes.all
            ],
            "pages": [f"/{name}" for name in (*PAGES, *PAGES_TOO)],
        },
    )


def _institutions(row: Programme) -> tuple[str, ...]:
    return tuple(filter(None, (row.school_id, row.partner_id)))
