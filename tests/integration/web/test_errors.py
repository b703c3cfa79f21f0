"""Whatever is wrong gets a helpful page, and the one error body as data; never a 500."""

import pytest
from django.test import Client
from tests.integration.web.test_public_addresses import addresses

HOSTILE = [
    "%00",
    "score=%00",
    "score=%1b[31m",
    "score=%ff%fe",
    "interest=%E4%B8",
    "score=NaN",
    "score=Infinity",
    "score=-0",
    "score=1e400",
    "score=" + "9" * 4000,
    "out_of=" + "9" * 3900,
    "cohort=99999999999999999999",
    "cohort=2025.5",
    "cohort=٢٠٢٥",
    "pupil_grade=0",
    "pupil_grade=-1",
    "pupil_grade=8&cohort=2025",
    "score=1&score=2",
    "district=%F0%9F%98%80",
    "interest=" + "&interest=".join(str(number) for number in range(59)),
    "&".join(f"a{number}=1" for number in range(100)),
    "interest=" + "长" * 300,
    "x" * 5000,
    "max_years=1e1",
    "sort=rank",
    "target=%3Cscript%3Ealert(1)%3C/script%3E",
    "interest=%22%3E%3Csvg/onload=alert(1)%3E",
    "__proto__=1",
    "year=99999",
    "year=2024",
    "words=%25%27%22%3B--",
    "kind=palace",
    ";;;===&&&",
]
PAGES = [
    "/plan",
    "/programmes",
    "/schools",
    "/",
    "/policies",
    "/compare",
    "/claims",
    "/calendar",
    "/partnerships",
    "/projects",
    "/class",
    "/scores",
]


@pytest.mark.parametrize("query", HOSTILE)
@pytest.mark.parametrize("page", PAGES)
def test_hostile_queries_get_a_page_and_never_a_fault(client: Client, page: str, query: str) -> None:
    twin = "/index.json" if page == "/" else f"{page}.json"
    answers = [client.get(page, QUERY_STRING=query), client.get(twin, QUERY_STRING=query)]
    assert [answer.status_code for answer in answers if answer.status_code not in (200, 404, 422)] == []
    assert b"<script>alert" not in answers[0].content
    assert b"<svg/onload" not in answers[0].content


def test_raw_bytes_that_are_no_utf8_are_refused_politely(client: Client) -> None:
    response = client.get("/plan", QUERY_STRING="interest=\xff\xfe")
    assert response.status_code == 422
    assert "不能识别的文字编码" in response.content.decode()


def test_raw_utf8_is_read(client: Client) -> None:
    raw = "words=昌平".encode().decode("latin-1")
    assert len(client.get("/schools.json", QUERY_STRING=raw).json()) == len(
        client.get("/schools.json?words=昌平").json()
    )


def test_the_error_body_names_code_message_where_next_and_problems(client: Client) -> None:
    body = client.get("/plan.json?score=abc&cohort=1999").json()
    assert set(body) == {"code", "message", "where", "next", "problems"}
    assert {problem["column"] for problem in body["problems"]} == {"score", "cohort"}
    assert set(body["problems"][0]) == {"where", "column", "value", "rule", "remedy"}


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/nope.json", 404, "page-unknown"),
        ("/schools/nope.json", 404, "school-unknown"),
        ("/programmes/2025-nope-01.json", 404, "programme-unknown"),
        ("/routes/nope.json", 404, "route-unknown"),
        ("/sources/nope.json", 404, "source-unknown"),
        ("/policies/nope/cases.json", 404, "rulebook-unknown"),
        ("/policies/guantong/clauses/nope.json", 404, "clause-unknown"),
        ("/claims/nope.json", 404, "claim-unknown"),
        ("/districts/nope.json", 404, "district-unknown"),
        ("/compare.json?route=nope", 422, "input-refused"),
        ("/calendar.json?year=1999", 422, "input-refused"),
        ("/claims.json?verdict=maybe", 422, "input-refused"),
        ("/projects.json?file=nope", 422, "input-refused"),
        ("/programmes.json?year=2024", 404, "year-not-loaded"),
        ("/programmes.json?yaer=2025", 422, "input-refused"),
        ("/routes.json?x=1", 422, "input-refused"),
    ],
)
def test_each_error_has_its_code_and_a_page_of_its_own(client: Client, address: str, status: int, code: str) -> None:
    twin, page = client.get(address), client.get(address.replace(".json", ""))
    assert (twin.status_code, twin.json()["code"]) == (status, code)
    assert page.status_code == status
    assert "可以从这里继续" in page.content.decode()


def test_a_misspelled_filter_is_answered_with_the_nearest(client: Client) -> None:
    assert "year" in client.get("/programmes?yaer=2025").content.decode()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_nothing_but_reading_is_accepted(client: Client, method: str) -> None:
    response = getattr(client, method)("/plan")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert "不接受" in response.content.decode()


def test_only_the_two_tables_may_be_sent_and_only_by_post(client: Client) -> None:
    taken = {address for address in addresses() + addresses("-json") if client.post(address).status_code != 405}
    assert taken == {"/class", "/scores"}
    assert [client.put(address).status_code for address in taken] == [405, 405]
    assert client.put("/class")["Allow"] == "GET, HEAD, POST"


def test_a_bug_of_ours_shows_no_internals(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("guantong.web.respond.read_query", broken)
    response = Client(raise_request_exception=False).get("/plan")
    assert response.status_code == 500
    assert "这是我们的问题" in response.content.decode()
    assert "secret" not in response.content.decode()
