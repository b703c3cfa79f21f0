"""What every answer of the work desk carries, what it refuses, and what it says when the database is away."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory, override_settings
from django.urls import get_resolver
from tests.desk import REGISTRAR
from tests.integration.conftest import Cluster, Fresh, using
from tests.staff import signed_in

from guantong.actions import opening
from guantong.settings import Settings
from guantong.web.staff.caller import caller_address
from guantong.web.staff.navigation import ITEMS, address_of
from guantong.web.staff.urls import urlpatterns


@pytest.mark.parametrize("path", ["/desk/", "/desk/sign-in", "/desk/own", "/desk/accounts/nobody", "/desk/nowhere"])
def test_nothing_of_the_desk_is_stored_on_the_way(desk: Settings, path: str) -> None:
    for client in (Client(), signed_in(REGISTRAR)):
        response = client.get(path)
        assert response["Cache-Control"] == "no-store"
        assert response["Referrer-Policy"] in ("same-origin", "no-referrer")
        assert "default-src 'self'" in response["Content-Security-Policy"]
        assert "unsafe" not in response["Content-Security-Policy"]
        assert response["X-Frame-Options"] == "DENY"


def test_cookies_are_kept_from_scripts_other_sites_and_the_public_pages(desk: Settings) -> None:
    client = Client()
    form = client.get("/desk/sign-in").cookies["guantong_form"]
    assert (form["httponly"], form["samesite"]) == (True, "Strict")
    there = signed_in(REGISTRAR)
    there.post("/desk/purpose", {"_purpose": "audit"})
    kept = there.cookies["guantong_desk"]
    assert (kept["httponly"], kept["samesite"], kept["path"], kept["max-age"]) == (True, "Strict", "/desk", "")


def test_over_https_cookies_travel_encrypted_only(desk: Settings) -> None:
    secure = Client().get("/desk/sign-in", secure=True)
    plain = Client().get("/desk/sign-in")
    assert [bool(answer.cookies["guantong_form"]["secure"]) for answer in (secure, plain)] == [True, False]


def test_public_pages_neither_read_nor_set_a_session(desk: Settings) -> None:
    there = signed_in(REGISTRAR)
    there.cookies["guantong_desk"]["path"] = "/"
    public, signed = Client().get("/schools"), there.get("/schools")
    assert signed.cookies == {}
    assert signed.content == public.content
    assert "Cookie" not in signed["Vary"]


def test_a_form_without_its_mark_changes_nothing(desk: Settings) -> None:
    there = signed_in(REGISTRAR, Client(enforce_csrf_checks=True))
    answer = there.post("/desk/purpose", {"_purpose": "audit"})
    assert answer.status_code == 403
    assert "表单已经过期" in answer.content.decode()
    page = there.get("/desk/purpose").content.decode()
    mark = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    assert there.post("/desk/purpose", {"_purpose": "audit", "csrfmiddlewaretoken": mark}).status_code == 302
    foreign: dict[str, Any] = {"HTTP_ORIGIN": "https://example.com"}
    assert there.post("/desk/purpose", {"_purpose": "audit", "csrfmiddlewaretoken": mark}, **foreign).status_code == 403


def test_a_page_without_a_form_takes_none(desk: Settings) -> None:
    there = signed_in(REGISTRAR)
    answer = there.post("/desk/", {})
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert there.delete("/desk/own").status_code == 405


def test_a_body_over_the_limit_is_refused_before_it_is_read(desk: Settings) -> None:
    class Unread:
        """A body that fails the test when it is read."""

        def read(self, *size: int) -> bytes:
            raise AssertionError("the body was read")

        readline = read

    heavy = {"CONTENT_LENGTH": str(11 * 1024 * 1024), "wsgi.input": Unread()}
    answer = Client().generic("POST", "/desk/sign-in", b"", **heavy)  # type: ignore[arg-type]
    assert answer.status_code == 413
    assert "超过 10 MB" in answer.content.decode()


@pytest.mark.parametrize("body", [b"login=%ff", b"a=1&" * 5000, b"--x\r\nbroken"], ids=["bytes", "many", "broken"])
def test_no_body_is_a_fault_of_ours(desk: Settings, body: bytes) -> None:
    kind = "multipart/form-data; boundary=x" if body.startswith(b"--x") else "application/x-www-form-urlencoded"
    assert Client().generic("POST", "/desk/sign-in", body, content_type=kind).status_code in (400, 422)
    assert signed_in(REGISTRAR).generic("POST", "/desk/own", body, content_type=kind).status_code in (400, 422)


def test_an_account_out_of_reach_looks_like_one_that_does_not_exist(desk: Settings) -> None:
    there = signed_in(REGISTRAR)
    assert there.get("/desk/accounts").status_code == 403
    assert "管理账号与授权" in there.get("/desk/accounts").content.decode()


def test_a_database_without_a_world_says_how_to_begin_and_the_public_pages_go_on(tmp_path: Path) -> None:
    with using(Settings(data=tmp_path / "new")):
        answer = Client().get("/desk/")
        assert answer.status_code == 503
        assert "guantong users create --first" in answer.content.decode()
        assert "guantong demo --yes" in answer.content.decode()
        assert Client().get("/schools").status_code == 200
        found = opening.prepare_to_serve()
        assert (found.claimed, found.fault) == (False, "")


def test_postgresql_that_is_not_migrated_names_its_command(cluster: Cluster, tmp_path: Path) -> None:
    cluster.sql("CREATE DATABASE not_migrated")
    with using(Settings(data=tmp_path, database=cluster.url("not_migrated"))):
        answer = Client().get("/desk/")
        assert answer.status_code == 503
        assert "guantong migrate" in answer.content.decode()
        assert "guantong migrate" in opening.prepare_to_serve().fault


def test_a_lost_database_gives_a_plain_page(fresh: Fresh) -> None:
    settings = fresh("sqlite")
    with using(settings):
        there = signed_in(REGISTRAR)
        assert there.get("/desk/").status_code == 200
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE django_session")
        answer = there.get("/desk/")
        assert answer.status_code == 503
        assert "数据库暂时不能使用" in answer.content.decode()
        assert "Traceback" not in answer.content.decode()


def test_a_full_database_says_so_and_nobody_is_half_signed_in(fresh: Fresh) -> None:
    settings = fresh("sqlite")
    with using(settings), connection.cursor() as cursor:
        cookie = signed_in(REGISTRAR).cookies["guantong_desk"].value
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
    full = replace(settings, sqlite_init=f"PRAGMA max_page_count={pages}")
    with using(full):
        client = Client()
        client.cookies["guantong_desk"] = cookie
        for _ in range(200):
            answer = client.get("/desk/")
            if answer.status_code != 200:
                break
        assert answer.status_code == 503


def test_missing_keys_stop_the_desk_and_are_named(fresh: Fresh) -> None:
    settings = fresh("sqlite")
    shutil.rmtree(settings.keys_folder)
    with using(settings):
        answer = Client().get("/desk/sign-in")
        assert answer.status_code == 500
        assert "密钥文件" in answer.content.decode()


def test_without_a_place_for_data_the_desk_says_so(tmp_path: Path) -> None:
    with override_settings(GUANTONG=Settings()):
        answer = Client().get("/desk/")
        assert "GUANTONG_DATA" in answer.content.decode()
        assert opening.prepare_to_serve().fault


def test_every_item_of_the_navigation_leads_to_a_page() -> None:
    assert [item.label for item in ITEMS if not address_of(item.name)] == []


def test_every_address_of_the_desk_lies_under_it_and_goes_through_the_door() -> None:
    assert get_resolver()
    for pattern in urlpatterns:
        assert str(pattern.pattern).startswith(("desk/", "check"))
        assert hasattr(pattern.callback, "__wrapped__")


def test_a_forwarded_address_counts_only_behind_our_own_proxy(desk: Settings) -> None:
    request = RequestFactory().get("/desk/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR="198.51.100.7, 203.0.113.9")
    assert caller_address(request) == "192.0.2.1"
    with override_settings(GUANTONG=replace(desk, https=True)):
        assert caller_address(request) == "203.0.113.9"
        assert caller_address(RequestFactory().get("/desk/", REMOTE_ADDR="192.0.2.1")) == "192.0.2.1"
