"""Routes: the list of ways, and one way in full with its ladder."""

from __future__ import annotations

from guantong.pathways.answers import route_json
from guantong.pathways.catalogue import routes_json
from guantong.pathways.ladder import ladder
from guantong.web.fragments import route_body
from guantong.web.page import Asked, Page


def routes_page(asked: Asked) -> Page:
    """Return every route with its ladder in small."""
    asked.only()
    desk, sources = asked.desk.parts, asked.desk.contents.sources
    newest = desk.plans.newest()
    return Page(
        title="升学路径",
        template="guantong/routes.html",
        context={
            "routes": tuple((route, route_body(route.id, newest, "route_ladder")) for route in desk.routes.all),
            "newest": newest,
        },
        data=lambda: routes_json(desk, sources),
    )


def route_page(asked: Asked, route: str) -> Page:
    """Return one route: ladder, certificates, what happens on failure, doors, rates and open questions."""
    asked.only()
    desk, sources = asked.desk.parts, asked.desk.contents.sources
    found = desk.routes[route]
    newest = desk.plans.newest()
    return Page(
        title=found.title,
        template="guantong/route.html",
        context={
            "route": found,
            "newest": newest,
            "body": route_body(found.id, newest, "route_full"),
            "others": tuple(other for other in desk.routes.all if other is not found),
        },
        data=lambda: route_json(found, ladder(found, desk.book, newest), sources),
    )
