"""Whatever is asked, the answer is a page: a law for all queries."""

from urllib.parse import urlencode

from django.test import Client, override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guantong.pathways.applicant import OPTIONS
from guantong.settings import Settings

MORE = ("route", "programme", "project", "verdict", "file", "partner")
NAMES = st.sampled_from([*OPTIONS, "year", "type", "school", "words", "kind", "category", *MORE]) | st.text(max_size=8)
WORDS = st.sampled_from(
    [
        "gaoben",
        "2025-changping-zhiye-01",
        "属实",
        "2020-3+2",
        "2025",
        "2023",
        "400",
        "beijing",
        "yes",
        "no",
        "unknown",
        "本科",
        "丰台区",
        "信息技术",
        "8",
        "",
    ]
)
VALUES = WORDS | st.text(max_size=20) | st.integers().map(str) | st.decimals().map(str)
PAGES = ["plan", "programmes", "compare", "claims", "calendar", "partnerships", "projects"]
ADDRESSES = st.sampled_from(
    [*(f"/{page}{end}" for page in PAGES for end in ("", ".json")), "/schools", "/routes", "/class", "/scores", "/"]
)
OURS = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@OURS
@given(address=ADDRESSES, pairs=st.lists(st.tuples(NAMES, VALUES), max_size=8))
def test_no_named_query_is_a_fault(address: str, pairs: list[tuple[str, str]]) -> None:
    query = urlencode([(name, value.encode("utf-8", "replace").decode()) for name, value in pairs], errors="replace")
    with override_settings(GUANTONG=Settings()):
        response = Client().get(address, QUERY_STRING=query)
    assert response.status_code in (200, 302, 404, 422)


@OURS
@given(address=ADDRESSES, raw=st.binary(max_size=60))
def test_no_bytes_are_a_fault(address: str, raw: bytes) -> None:
    response = Client().get(address, QUERY_STRING=raw.decode("latin-1"))
    assert response.status_code in (200, 302, 404, 422)
