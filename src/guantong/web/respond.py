"""The one adapter between pages and HTTP: HTML or JSON twin, caching, and errors in words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.urls import URLPattern, path

from guantong import __version__
from guantong.errors import GuantongError, PageUnknown, Unexpected, error_body
from guantong.web.desk import public_desk, today
from guantong.web.labels import field_label
from guantong.web.page import Asked, Page
from guantong.web.query import read_query
from guantong.web.sent import read_sent
from guantong.years import SchoolYear

JSON_SUFFIX = ".json"
PUBLIC = "public, max-age=300"
_PARTIAL = "HX-Request"


def pages(address: str, make: Callable[..., Page], name: str, twin: str = "") -> list[URLPattern]:
    """Return the two addresses of a page: its JSON twin first, then itself."""

    def as_json(request: HttpRequest, **names: str) -> HttpResponse:
        return _answer(request, make, names, as_json=True)

    def as_html(request: HttpRequest, **names: str) -> HttpResponse:
        return _answer(request, make, names, as_json=False)

    return [
        path((twin or address) + JSON_SUFFIX, as_json, name=f"{name}-json"),
        path(address, as_html, name=name),
    ]


def csv_file(address: str, make: Callable[..., str], name: str) -> URLPattern:
    """Return the address of a table as a CSV file, cached like a page."""

    def as_csv(request: HttpRequest, **names: str) -> HttpResponse:
        try:
            text = make(_asked(request, as_json=False), **names)
        except GuantongError as error:
            return refuse(request, error)
        response = HttpResponse(text, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{request.path.rsplit("/", 1)[-1]}"'
        return _public(response, _etag(request))

    return path(address, as_csv, name=name)


def refuse(request: HttpRequest, error: GuantongError) -> HttpResponse:
    """Answer an error as a page with ways on, or as the one error body."""
    if request.path.endswith(JSON_SUFFIX):
        response = _json(error_body(error), error.status)
    else:
        problems = [(problem, field_label(problem.column)) for problem in getattr(error, "problems", ())]
        context = {"error": error, "problems": problems, "title": _TITLES.get(error.status, "出错了"), "twin": ""}
        context["back"] = request.path if error.status in _MENDED_ON_THE_PAGE else ""
        response = _html(request, "guantong/problem.html", context, error.status)
    return _private(response)


def page_unknown(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address that does not exist."""
    return refuse(request, PageUnknown(request.path[:80]))


def unexpected(request: HttpRequest) -> HttpResponse:
    """Answer a bug of ours without internals."""
    return refuse(request, Unexpected())


_MENDED_ON_THE_PAGE = (405, 422)
_TITLES = {404: "没有找到", 405: "不能这样打开", 422: "有几处要修改", 500: "页面暂时打不开"}


def _answer(request: HttpRequest, make: Callable[..., Page], names: dict[str, str], *, as_json: bool) -> HttpResponse:
    etag = _etag(request)
    if etag in request.headers.get("If-None-Match", ""):
        return _public(HttpResponse(status=304), etag)
    try:
        page = make(_asked(request, as_json=as_json), **names)
        response = _shown(request, page, as_json=as_json)
    except GuantongError as error:
        return refuse(request, error)
    if page.private or page.status != 200:
        return _private(response)
    return _public(response, etag)


def _asked(request: HttpRequest, *, as_json: bool) -> Asked:
    return Asked(
        desk=public_desk(),
        given=read_query(request.META.get("QUERY_STRING", "")),
        today=today(),
        twin=as_json,
        site=_site(request),
        sent=read_sent(request) if request.method == "POST" else None,
    )


def _site(request: HttpRequest) -> str:
    """Return scheme and host; "" for a host that the settings do not name."""
    try:
        return f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return ""


def _shown(request: HttpRequest, page: Page, *, as_json: bool) -> HttpResponse:
    if page.redirect:
        onward = "HX-Redirect" if _wants_part(request) else "Location"
        return HttpResponse(status=200 if _wants_part(request) else 302, headers={onward: page.redirect})
    if as_json:
        return _json(page.data(), page.status)
    return _html(request, page.template, {**page.context, "title": page.title}, page.status)


def _wants_part(request: HttpRequest) -> bool:
    """Tell whether htmx swaps a part of the page, so that head, header and footer can stay at home."""
    return _PARTIAL in request.headers and "HX-History-Restore-Request" not in request.headers


def _html(request: HttpRequest, template: str, context: dict[str, object], status: int) -> HttpResponse:
    frame = {
        "layout": "guantong/part.html" if _wants_part(request) else "guantong/base.html",
        "section": request.path.split("/")[1],
        "twin": _twin(request),
        "version": __version__,
        "digest": public_desk().contents.digest[:12],
    }
    return HttpResponse(get_template(template).render({**frame, **context}), status=status)


def _twin(request: HttpRequest) -> str:
    query = quote(request.META.get("QUERY_STRING", "").encode("latin-1", "replace"), safe="%&=+:,;~*-._")
    path = "/index" if request.path == "/" else request.path
    return f"{path}{JSON_SUFFIX}" + (f"?{query}" if query else "")


def _json(data: object, status: int) -> HttpResponse:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, content_type="application/json; charset=utf-8", status=status)


def _public(response: HttpResponse, etag: str) -> HttpResponse:
    response["Cache-Control"] = PUBLIC
    response["ETag"] = etag
    response["Vary"] = _PARTIAL
    return response


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["Vary"] = _PARTIAL
    return response


def _etag(request: HttpRequest) -> str:
    """Return a strong tag: contents, program, school year, address with query, whole page or part."""
    parts = (_version(), str(SchoolYear.of(today())), request.get_full_path(), str(_wants_part(request)))
    return f'"{hashlib.sha256(chr(0).join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]}"'


@lru_cache(maxsize=1)
def _version() -> str:
    """Return what every page rests on: contents, program, the pages' own templates, and what gives them their looks."""
    pages = hashlib.sha256()
    here = Path(__file__).parent
    for page in sorted(file for ending in ("html", "css", "js") for file in here.rglob(f"*.{ending}")):
        pages.update(page.read_bytes())
    contents = public_desk().contents
    return f"{contents.digest}/{contents.facts.digest}/{__version__}/{pages.hexdigest()}"
