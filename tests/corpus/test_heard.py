"""Claims, partnerships and calendar against the corpus: a second reading that uses no product code.

Every check returns its complaints; the mutations at the end show that each of them does complain.
"""

import copy
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

pytestmark = pytest.mark.corpus

Entry = dict[str, Any]
CONTENTS = Path(__file__).resolve().parents[2] / "src" / "guantong_beijing"
ESSAY = "essay-2026"
RUN = 22
OF_THE_SEVEN = ("华为", "小米")
# 490/660, 490/670 and 380/510 in percent, worked out by hand: a claim may state these shares.
SHARES = {"74.2", "73.1", "74.5"}


@cache
def read_yaml(name: str) -> Any:
    return yaml.safe_load((CONTENTS / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def texts(corpus: Path) -> dict[str, list[str]]:
    loaded = {source["id"]: source.get("corpus") for source in read_yaml("sources.yaml")}
    return {key: (corpus / name).read_text(encoding="utf-8").split("\n") for key, name in loaded.items() if name}


@pytest.fixture(scope="session")
def runs(texts: dict[str, list[str]]) -> frozenset[str]:
    """Every run of 22 signs of the corpus, punctuation and blanks left out."""
    found: set[str] = set()
    for lines in texts.values():
        text = re.sub(r"[\W_]+", "", "".join(lines))
        found.update(text[start : start + RUN] for start in range(len(text) - RUN + 1))
    return frozenset(found)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def passage(texts: dict[str, list[str]], place: Entry) -> str:
    lines: list[str] = []
    for part in place["lines"].split(";"):
        first, _, last = part.partition("-")
        lines += texts[place["document"]][int(first) - 1 : int(last or first)]
    return "\n".join(lines)


def numbers(text: str) -> list[str]:
    """The numbers of a sentence, without years and without names such as 3+2."""
    rest = re.sub(r"\d(?:\+\d)+", " ", text)
    rest = re.sub(r"(?<!\d)20\d\d(?= ?[年级])", " ", rest)
    return re.findall(r"\d+(?:\.\d+)?", rest)


def stands_in(number: str, text: str) -> bool:
    return re.search(rf"(?<![\d.]){re.escape(number)}(?!\d|\.\d)", text) is not None


def in_corpus(node: Entry, texts: dict[str, list[str]]) -> bool:
    return "place" in node and node["place"]["document"] in texts


def prose(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for inner, part in value.items():
            yield from prose(part, inner)
    elif isinstance(value, list):
        for part in value:
            yield from prose(part, key)
    elif isinstance(value, str) and key not in {"section", "table", "lines", "document", "claimant", "id"}:
        yield value


def complain_about_numbers(claims: list[Entry], texts: dict[str, list[str]]) -> list[str]:
    """A number of a saying stands where the saying says that it is from."""
    found: list[str] = []
    for claim in claims:
        for said in (part for part in claim["says"] if in_corpus(part, texts)):
            text = passage(texts, said["place"])
            strangers = [n for n in numbers(said["text"]) if not stands_in(n, text) and n not in SHARES]
            found += [f"{claim['id']}: {number} is not at {said['place']}" for number in strangers]
            found += [f"{claim['id']}: nothing stands at {said['place']}"] * (not text.strip())
    return found


def complain_about_grades(claims: list[Entry], texts: dict[str, list[str]]) -> list[str]:
    """The essay is unofficial, a case is a reprint at most, and nothing outside the corpus is official."""
    found: list[str] = []
    for claim in claims:
        for node in [claim, *claim["says"]]:
            place = node.get("place", {})
            if place.get("document") == ESSAY and node["grade"] not in {"unofficial", "pending"}:
                found.append(f"{claim['id']}: the essay is {node['grade']}")
            if "案例" in place.get("section", "") and place["document"] != ESSAY and node["grade"] == "official":
                found.append(f"{claim['id']}: a case is {node['grade']}")
            if place and place["document"] not in texts and node["grade"] == "official":
                found.append(f"{claim['id']}: official, but outside the corpus")
    return found


def complain_about_checks(claims: list[Entry], texts: dict[str, list[str]]) -> list[str]:
    """The printed numbers of a check stand in the claim's own places; sums of them are allowed."""
    found: list[str] = []
    for claim in claims:
        check = claim["recompute"]
        places = [node for node in [claim, *claim["says"]] if in_corpus(node, texts)]
        text = "\n".join(passage(texts, node["place"]) for node in places)
        printed = {int(number) for number in re.findall(r"(?<![\d.])\d+(?![\d.])", text)}
        sums = {a + b for a in printed for b in printed}
        parts = [number for pair in check.get("pairs", []) for number in pair.values()]
        found += [f"{claim['id']}: {number} is printed nowhere" for number in parts if number not in printed | sums]
        decimals = [*check.get("parts", []), *([check["equals"]] if "equals" in check else [])]
        found += [f"{claim['id']}: {number} is printed nowhere" for number in decimals if not stands_in(number, text)]
    return found


def complain_about_partnerships(parts: list[Entry], texts: dict[str, list[str]]) -> list[str]:
    """Enterprise and school are printed at the place; a short name is quoted in the note."""
    found: list[str] = []
    for part in parts:
        text = squeezed(passage(texts, part["place"]))
        short = re.search(r"简称“(.+?)”", part.get("note", ""))
        school = short.group(1) if short else part["school"]
        found += [f"{part['id']}: {name} is not there" for name in (part["enterprise"], school) if name not in text]
        told = "案例" in part["place"].get("section", "")
        wanted = "unofficial" if part["place"]["document"] == ESSAY else "reprint" if told else "official"
        found += [f"{part['id']}: grade {part['grade']}, not {wanted}"] * (part["grade"] != wanted)
    return found


def complain_about_calendar(kinds: list[Entry], texts: dict[str, list[str]]) -> list[str]:
    """A day with lines in the corpus stands there, as a date, as the number in an address, or as 7·6."""
    found: list[str] = []
    for kind in kinds:
        for event in (one for one in kind["events"] if in_corpus(one, texts)):
            year, month, day = event["date"].split("-")
            text = passage(texts, event["place"])
            forms = (f"t{year}{month}{day}_", f"{int(month)}月{int(day)}日", f"{int(month)}·{int(day)}")
            if not any(form in text for form in forms) and event["grade"] != "pending":
                found.append(f"{kind['id']}: {event['date']} is not at {event['place']}")
            if event["place"]["document"] == ESSAY and event["grade"] != "unofficial":
                found.append(f"{kind['id']}: the essay is {event['grade']}")
    return found


def complain_about_copying(value: Any, runs: frozenset[str]) -> list[str]:
    found: list[str] = []
    for text in prose(value):
        bare = re.sub(r"[\W_]+", "", text)
        copied = (bare[start : start + RUN] for start in range(len(bare) - RUN + 1))
        found += [f"copied: {part}" for part in copied if part in runs]
    return found


@pytest.mark.parametrize("check", [complain_about_numbers, complain_about_grades, complain_about_checks])
def test_the_claims_say_what_the_sources_say(check: Any, texts: dict[str, list[str]]) -> None:
    assert check(read_yaml("claims.yaml"), texts) == []


def test_there_are_at_least_eighteen_claims_of_all_three_verdicts() -> None:
    claims = read_yaml("claims.yaml")
    assert len(claims) >= 18
    assert {claim["verdict"] for claim in claims} == {"true", "inaccurate", "unverifiable"}


def test_the_partnerships_stand_at_their_places(texts: dict[str, list[str]]) -> None:
    assert complain_about_partnerships(read_yaml("partnerships.yaml"), texts) == []


def test_the_days_of_the_calendar_stand_at_their_places(texts: dict[str, list[str]]) -> None:
    assert complain_about_calendar(read_yaml("calendar.yaml"), texts) == []


@pytest.mark.parametrize("name", ["claims.yaml", "partnerships.yaml", "calendar.yaml"])
def test_no_sentence_is_copied(name: str, runs: frozenset[str]) -> None:
    assert complain_about_copying(read_yaml(name), runs) == []


@pytest.mark.parametrize("enterprise", OF_THE_SEVEN)
def test_no_official_document_tells_of_hiring_by_the_enterprise(enterprise: str, texts: dict[str, list[str]]) -> None:
    for document, lines in texts.items():
        near = re.findall(rf".{{0,30}}{enterprise}.{{0,30}}", "\n".join(lines)) if document != ESSAY else []
        assert not any(re.search(r"录用|招聘|就业率", part) for part in near), document


MUTATIONS = [
    ("quarter-less", "says/1/text", "报告写明 1053 人。", complain_about_numbers),
    ("still-growing", "says/0/place/lines", "205", complain_about_numbers),
    ("floor-fell", "grade", "official", complain_about_grades),
    ("all-move-up", "says/0/grade", "official", complain_about_grades),
    ("total-660-in-2024", "says/1/grade", "official", complain_about_grades),
    ("caimao-upgrade", "recompute/pairs/0/part", 141, complain_about_checks),
    ("growth-71", "recompute/parts/0", "61.87", complain_about_checks),
    ("double-qualified", "recompute/pairs/0/whole", 3569, complain_about_checks),
]


@pytest.mark.parametrize(("name", "path", "value", "check"), MUTATIONS)
def test_a_changed_claim_is_complained_of(
    name: str, path: str, value: Any, check: Any, texts: dict[str, list[str]]
) -> None:
    claims = copy.deepcopy(read_yaml("claims.yaml"))
    node = next(claim for claim in claims if claim["id"] == name)
    *steps, last = (int(step) if step.isdigit() else step for step in path.split("/"))
    for step in steps:
        node = node[step]
    node[last] = value
    assert check(claims, texts) != []


def test_a_changed_partnership_or_day_is_complained_of(texts: dict[str, list[str]]) -> None:
    for at, (field, value) in enumerate([("enterprise", "百度"), ("school", "北京市外事学校"), ("grade", "official")]):
        parts = copy.deepcopy(read_yaml("partnerships.yaml"))
        parts[at][field] = value
        assert complain_about_partnerships(parts, texts) != [], field
    kinds = copy.deepcopy(read_yaml("calendar.yaml"))
    kinds[0]["events"][0]["date"] = "2025-04-08"
    assert complain_about_calendar(kinds, texts) != []
