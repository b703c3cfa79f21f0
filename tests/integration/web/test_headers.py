"""Caching, privacy and hardening, header by header."""

import pytest
from django.test import Client

LOCKED = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


@pytest.mark.parametrize(
    "address", ["/", "/plan?cohort=2025", "/nope", "/programmes.json", "/static/guantong/base.css"]
)
def test_every_answer_is_locked_to_itself(client: Client, address: str) -> None:
    response = client.get(address)
    policy = response["Content-Security-Policy"]
    assert {name: response[name] for name in LOCKED} == LOCKED
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "Permissions-Policy" in response
    response.close()


@pytest.mark.parametrize("address", ["/plan", "/plan?cohort=2025&score=400", "/plan.json?cohort=2025", "/plan?score=x"])
def test_what_a_family_says_is_kept_nowhere(client: Client, address: str) -> None:
    response = client.get(address)
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "ETag" not in response


@pytest.mark.parametrize("address", ["/", "/programmes", "/schools.json", "/routes/gaoben", "/plans"])
def test_other_pages_may_be_cached_and_asked_again(client: Client, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert first["Cache-Control"] == "public, max-age=300"
    assert "HX-Request" in first["Vary"]
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])


def test_a_compressed_answer_can_be_asked_again_too(client: Client) -> None:
    squeezed = client.get("/schools", headers={"Accept-Encoding": "gzip"})
    again = client.get("/schools", headers={"If-None-Match": squeezed["ETag"]})
    assert (squeezed["Content-Encoding"], again.status_code) == ("gzip", 304)


def test_the_tag_tells_two_queries_and_two_shapes_apart(client: Client) -> None:
    tags = {
        client.get("/schools")["ETag"],
        client.get("/schools?words=昌平")["ETag"],
        client.get("/schools.json")["ETag"],
        client.get("/schools", headers={"HX-Request": "true"})["ETag"],
    }
    assert len(tags) == 4


def test_htmx_gets_the_part_and_history_the_whole(client: Client) -> None:
    part = client.get("/plan", headers={"HX-Request": "true"}).content.decode()
    whole = client.get("/plan", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}).content.decode()
    assert ("<html" in part, 'id="desk"' in part, "<title>" in part) == (False, True, True)
    assert "<html" in whole


def test_static_files_are_kept_for_a_year_under_the_digest_of_their_bytes(client: Client) -> None:
    page = client.get("/").content.decode()
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    assert "?v=" in address
    response = client.get(address)
    assert "max-age=31536000" in response["Cache-Control"]
    response.close()


def test_head_answers_like_get_without_a_body_of_its_own(client: Client) -> None:
    assert client.head("/schools").status_code == 200
    assert client.head("/nope").status_code == 404


def test_search_engines_are_asked_to_leave_plans_alone(client: Client) -> None:
    assert b"Disallow: /plan" in client.get("/robots.txt").content
    assert client.get("/healthz").content == b"ok\n"
