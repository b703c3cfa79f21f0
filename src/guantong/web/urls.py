"""Every public address; each page stands beside its JSON twin."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from guantong.web.pages.about import method_page
from guantong.web.pages.calendar import calendar_page
from guantong.web.pages.city import verify_page, what_if_page
from guantong.web.pages.claims import claim_page, claims_page
from guantong.web.pages.class_list import class_page
from guantong.web.pages.compare import compare_page
from guantong.web.pages.data import data_page, indicator_csv, table_csv, table_page
from guantong.web.pages.districts import district_page, districts_page
from guantong.web.pages.home import home_page
from guantong.web.pages.indicators import indicator_page, indicators_page
from guantong.web.pages.overview import city_page, district_overview_page
from guantong.web.pages.partnerships import partnerships_page
from guantong.web.pages.plan import plan_page
from guantong.web.pages.policies import cases_page, clause_page, policies_page
from guantong.web.pages.programmes import programme_page, programmes_page
from guantong.web.pages.projects import projects_page
from guantong.web.pages.routes import route_page, routes_page
from guantong.web.pages.schools import school_page, schools_page
from guantong.web.pages.scores import scores_page
from guantong.web.pages.sources import source_page, sources_page
from guantong.web.pages.years import years_page
from guantong.web.respond import csv_file, page_unknown, pages, unexpected


def robots(request: HttpRequest) -> HttpResponse:
    """Ask search engines to leave families' plans and the work desk alone."""
    kept_out = "".join(f"Disallow: {path}\n" for path in ("/plan", "/desk/", "/check"))
    return HttpResponse(f"User-agent: *\n{kept_out}", content_type="text/plain")


def healthy(request: HttpRequest) -> HttpResponse:
    """Tell a supervisor that the process answers."""
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


public = [
    *pages("", home_page, "home", twin="index"),
    *pages("plan", plan_page, "plan"),
    *pages("programmes", programmes_page, "programmes"),
    *pages("programmes/<str:programme>", programme_page, "programme"),
    *pages("plans", years_page, "plans"),
    *pages("schools", schools_page, "schools"),
    *pages("schools/<str:school>", school_page, "school"),
    *pages("routes", routes_page, "routes"),
    *pages("routes/<str:route>", route_page, "route"),
    *pages("compare", compare_page, "compare"),
    *pages("claims", claims_page, "claims"),
    *pages("claims/<str:claim>", claim_page, "claim"),
    *pages("calendar", calendar_page, "calendar"),
    *pages("districts", districts_page, "districts"),
    *pages("districts/<str:district>", district_page, "district"),
    *pages("partnerships", partnerships_page, "partnerships"),
    *pages("projects", projects_page, "projects"),
    *pages("class", class_page, "class"),
    *pages("scores", scores_page, "scores"),
    *pages("policies", policies_page, "policies"),
    *pages("policies/verify", verify_page, "verify"),
    *pages("policies/what-if", what_if_page, "what-if"),
    *pages("policies/<str:book>/clauses/<str:clause>", clause_page, "clause"),
    *pages("policies/<str:book>/cases", cases_page, "cases"),
    *pages("indicators", indicators_page, "indicators"),
    csv_file("indicators/<str:attribute>.csv", indicator_csv, "indicator-csv"),
    *pages("indicators/<str:attribute>", indicator_page, "indicator"),
    *pages("overview", city_page, "overview"),
    *pages("overview/<str:district>", district_overview_page, "district-overview"),
    *pages("data", data_page, "data"),
    csv_file("data/<str:table>.csv", table_csv, "data-csv"),
    *pages("data/<str:table>", table_page, "data-table"),
    *pages("sources", sources_page, "sources"),
    *pages("sources/<str:source>", source_page, "source"),
    *pages("about/method", method_page, "method"),
    path("robots.txt", robots, name="robots"),
    path("healthz", healthy, name="healthy"),
]

urlpatterns = [*public, path("", include("guantong.web.staff.urls"))]

handler404 = page_unknown
handler500 = unexpected
