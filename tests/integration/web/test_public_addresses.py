"""Every public address answers, as a page and as data, without a database, a cookie or a foreign word."""

import json
import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse

from guantong.web.desk import public_desk
from guantong.web.pages.data import TABLES
from guantong.web.urls import public

WITHOUT_TWIN = ("robots", "healthy", "data-csv", "indicator-csv")
NEVER = ("能上", "可录取", "达线", "录取概率", "冲稳保")
MORE = (
    "compare?route=gaoben",
    "compare?route=zhongben&programme=2025-changping-zhiye-01&project=2020-shangmao-3plus2-01",
    "compare?programme=2020-changping-zhiye-01&programme=2025-changping-zhiye-01",
    "claims?words=华为",
    "claims?words=没有人说过的话",
    "claims?verdict=属实",
    "calendar?year=2025",
    "partnerships?words=联想",
    "partnerships?words=没有",
    "projects?file=2024-dongcheng",
    "projects?words=护理&district=昌平",
    "programmes?words=数据",
)
PLANS = (
    "",
    "?cohort=2025&score=400&household=beijing&exam_eligible=yes&district=fengtai&interest=信息技术&target=本科",
    "?cohort=2025&score=379.5&household=beijing&exam_eligible=yes",
    "?cohort=2025&score=500&household=migrant",
    "?cohort=2024&score=490&household=as_beijing",
    "?cohort=2023&interest=护理&max_years=5",
    "?cohort=2020",
    "?cohort=2028",
)


def arguments() -> dict[str, list[dict[str, str]]]:
    """What every address with a name in it can be asked about."""
    parts = public_desk().parts
    clauses = [{"book": book.id, "clause": clause} for book in public_desk().books.values() for clause in book.clauses]
    return {
        "programme": [{"programme": name} for name in parts.plans.programmes],
        "school": [{"school": name} for name in parts.registry.institutions],
        "route": [{"route": route.id} for route in parts.routes.all],
        "clause": clauses,
        "cases": [{"book": name} for name in public_desk().books],
        "source": [{"source": name} for name in public_desk().contents.sources],
        "claim": [{"claim": claim.id} for claim in public_desk().contents.claims.all],
        "district": [{"district": name} for name in (*parts.registry.districts, "unknown")],
        "indicator": [{"attribute": name} for name in public_desk().contents.facts.attributes()],
        "indicator-csv": [{"attribute": name} for name in public_desk().contents.facts.attributes()],
        "district-overview": [{"district": name} for name in parts.registry.districts],
        "data-table": [{"table": name} for name in TABLES],
        "data-csv": [{"table": name} for name in TABLES],
    }


def addresses(suffix: str = "") -> list[str]:
    """Every public address, from the table of addresses and the contents."""
    known = arguments()
    names = [pattern.name for pattern in public if not str(pattern.name).endswith("-json")]
    plain = [name for name in names if name not in WITHOUT_TWIN] if suffix else names
    found = [reverse(f"{name}{suffix}", kwargs=given) for name in plain for given in known.get(str(name), [{}])]
    more = [f"/{part.replace('?', '.json?') if suffix else part}" for part in MORE]
    return found + more + [f"/plan{'.json' if suffix else ''}{query}" for query in PLANS]


def status(client: Client, address: str) -> int:
    """The status of an address; a static file is closed again."""
    response = client.get(address)
    response.close()
    return response.status_code


class Page(HTMLParser):
    """Collects what a strict page must not have."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.headings = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.headings += tag == "h1"
        self.faults += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.faults.append(f"inline {tag}")
        address = given.get("href") if tag == "link" else given.get("src")
        if address and not address.startswith("/static/"):
            self.faults.append(f"{tag} {address}")


@pytest.mark.parametrize("address", addresses())
def test_every_public_page_is_served_and_is_clean(client: Client, address: str) -> None:
    response = client.get(address)
    text = response.content.decode()
    assert (response.status_code, response.cookies) == (200, {})
    assert [word for word in NEVER if word in text] == []
    if response["Content-Type"].startswith("text/html"):
        page = Page(text)
        assert (page.faults, page.headings) == ([], 1)
        assert re.search(r'<html lang="zh-Hans">.*<title>.+</title>', text, re.DOTALL)


@pytest.mark.parametrize("address", addresses("-json"))
def test_every_page_has_its_twin(client: Client, address: str) -> None:
    response = client.get(address)
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert json.loads(response.content) or "没有" in address
    assert "\\u" not in response.content.decode()
    assert [word for word in NEVER if word in response.content.decode()] == []


def test_each_link_of_every_page_leads_somewhere(client: Client) -> None:
    links = {
        link.replace("&amp;", "&")
        for address in addresses()
        for link in re.findall(r'(?:href|action|src)="(/[^"#]*)', client.get(address).content.decode())
    }
    assert [link for link in links if status(client, link) != 200] == []


def test_no_page_is_heavier_than_a_phone_likes(client: Client) -> None:
    pages = (address for address in addresses() if not address.endswith(".csv"))
    heavy = {address: len(client.get(address).content) for address in pages}
    assert {address: size for address, size in heavy.items() if size > 150_000} == {}
