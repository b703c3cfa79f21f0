"""The routes against the corpus: a second reading that uses no product code.

Every check is a function that returns complaints; the mutations at the end show that each of them does complain.
"""

import copy
import csv
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

pytestmark = pytest.mark.corpus

Route = dict[str, Any]
Check = Callable[[Route, Path], list[str]]
CONTENTS = Path(__file__).resolve().parents[2] / "src" / "guantong_beijing"
FILES = {
    "essay-2026": "000_9b4e7689e57c946d.txt",
    "jjzc-2023-6": "001_366569e6d67699db.txt",
    "report-2025": "002_8f43796d01ec4421.txt",
    "dongcheng-2024": "003_939767b67d30ecb6.txt",
    "report-2020": "004_03e8003605485d3b.txt",
}
ORDER = [
    "gaoben", "zhongben", "three-plus-two", "wunian", "zonghe", "zizhu", "jiuye", "pugao",
    "yiguanzhi", "jigong-shuangzheng", "ronghe", "zhongwai-411", "gongdu", "tejiao",
    "zhuanshengben-guantong", "zhuanshengben-tongkao", "zhuanshengben-veteran", "zhiye-benke",
]  # fmt: skip
PLANNED = {"gaoben", "zhongben"}
OF_THE_SEVEN_YEARS = PLANNED | {"zhuanshengben-guantong"}
REQUIRED = [
    "id", "order", "title", "summary", "leads_to", "years", "entry", "stages", "branches", "worst_case", "one_way",
    "rates", "existed", "schools", "ask", "not_in_sources",
]  # fmt: skip
RATE_KEYS = {
    "value", "unit", "year", "name", "population", "numerator", "denominator", "destination", "exclusions", "claimant",
    "place", "grade",
}  # fmt: skip
ELSEWHERE = {"admitting_university", "foreign_university"}
STAGE_WORDS = {
    "stage": {"secondary", "college", "undergraduate", "high_school", "work"},
    "studies_at": {"school", "college", "university", *ELSEWHERE, "high_school", "enterprise", "unknown"},
    "registered_at": {"decision", "school", "college", "university", *ELSEWHERE, "high_school", "unknown"},
    "certificate": {
        "decision", "unknown", "中职毕业证书", "专科学历证书", "本科学历证书（专升本）", "普通高中毕业证书",
        "本科学历证书", "国外大学本科文凭",
    },
    "issued_by": {"decision", "school", "college", "university", *ELSEWHERE, "high_school", "unknown"},
    "grade": {"official", "reprint", "unofficial", "pending"},
}  # fmt: skip
CLAUSES = {"jjzc-2020-3:transfer"} | {
    f"jjzc-2023-6:{number}"
    for number in [
        "2", "2.1", "2.2", "3.1.1", "3.1.2", "3.1.3", "3.2", "3.3.1", "3.3.2", "3.3.3", "3.3.4", "3.3.5",
        "3.4.1", "3.4.2", "3.4.3", "3.4.4", "4.1", "4.2", "4.3.1", "4.3.2",
    ]
}  # fmt: skip
FORBIDDEN = re.compile(
    "能上|可录取|达线|概率|几率|胜算|把握|稳上|保录|冲刺|保底|录取率|录取可能|(?<!最低)录取分数线|TODO|待补"
)
HALF_WIDTH = re.compile(r"[一-鿿][,;:?!]|[,;:?!][一-鿿]")
NAMES = {"section", "table", "row", "column", "lines", "document", "majors", "claimant", "clause", "id"}
COPIED = 22


@cache
def lines_of(folder: Path, document: str) -> list[str]:
    """The lines of one corpus document, numbered from 0."""
    return (folder / FILES[document]).read_text(encoding="utf-8").split("\n")


def numbers_of(lines: str) -> list[int]:
    """Line numbers of "12", "12-14" or "12;20-21"."""
    found: list[int] = []
    for part in lines.split(";"):
        first, _, last = part.partition("-")
        found.extend(range(int(first), int(last or first) + 1))
    return found


def passage(folder: Path, place: Route) -> str:
    """The text a place points at, line ends kept."""
    text = lines_of(folder, place["document"])
    return "\n".join(text[number - 1] for number in numbers_of(place["lines"]))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def stands_in(number: str, text: str) -> bool:
    """Whether a number stands there as a whole token: 30 does not stand in 330, 3.0 or 30.5."""
    return re.search(rf"(?<![\d.]){re.escape(number)}(?!\d|\.\d)", text) is not None


def tokens(text: str) -> list[str]:
    """The numbers of a sentence of ours, without years and without the names 3+2, 2+2+1 …"""
    rest = re.sub(r"\d(?:\+\d)+", " ", text)
    rest = re.sub(r"(?<!\d)20\d\d(?= ?[年级])", " ", rest)
    return re.findall(r"\d+(?:\.\d+)?", rest)


def in_corpus(node: Route) -> bool:
    return "place" in node and node["place"]["document"] in FILES


def nodes(value: Any) -> Iterator[Route]:
    """Every mapping of a route, from the outside in."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from nodes(part)


def prose(value: Any, key: str = "") -> Iterator[str]:
    """Every text of a route that is neither an identifier nor a name in a place."""
    if isinstance(value, dict):
        for inner, part in value.items():
            yield from prose(part, inner)
    elif isinstance(value, list):
        for part in value:
            yield from prose(part, key)
    elif isinstance(value, str) and key not in NAMES:
        yield value


def shape_complaints(route: Route, folder: Path) -> list[str]:
    found = [f"{key} is missing" for key in REQUIRED if key not in route]
    found += ["worst_case without text or certificate"] * (not route.get("worst_case", {}).keys() >= {"text", "holds"})
    found += ["nobody to ask"] * (not route.get("ask"))
    found += ["nothing said about what is unknown"] * (not route.get("not_in_sources"))
    found += ["years open without years_text"] * (route.get("years") is None and not route.get("years_text"))
    entry = route.get("entry", {})
    wanted = {"decision", "conditions"} if route.get("id") in PLANNED else {"conditions", "unknown"}
    found += [f"entry has {sorted(entry)}"] * (set(entry) != wanted)
    found += ["programme_type"] * ((route.get("programme_type") == route.get("id")) != (route.get("id") in PLANNED))
    for stage in route.get("stages", []):
        asked = ["stage", "studies_at", "grade"] if stage["stage"] == "work" else list(STAGE_WORDS)
        found += [f"{key}: {stage.get(key)}" for key in asked if stage.get(key) not in STAGE_WORDS[key]]
        found += ["a stage of official grade without a place"] * (stage["grade"] == "official" and "place" not in stage)
    for branch in route.get("branches", []):
        found += [f"branch lacks {key}" for key in ("when", "then", "holds", "grade") if not branch.get(key)]
    return found


def place_complaints(route: Route, folder: Path) -> list[str]:
    """Places point at printed lines; clauses exist; what lies outside the corpus is at most a reprint."""
    found: list[str] = []
    for node in nodes(route):
        if "clause" in node and node["clause"] not in CLAUSES:
            found.append(f"unknown clause {node['clause']}")
        if in_corpus(node):
            total = len(lines_of(folder, node["place"]["document"]))
            wanted = numbers_of(node["place"]["lines"]) if "lines" in node["place"] else [0]
            found += [f"no line {number} in {node['place']}" for number in wanted if not 1 <= number <= total]
            if not found and not passage(folder, node["place"]).strip():
                found.append(f"nothing stands at {node['place']}")
        elif "place" in node and node.get("grade") == "official":
            found.append(f"official, but outside the corpus: {node['place']}")
        if node.get("grade") in {"official", "reprint", "unofficial"} and not {"place", "clause"} & set(node):
            found.append(f"graded {node['grade']} without a place: {node}")
    return found


def rate_complaints(route: Route, folder: Path) -> list[str]:
    found: list[str] = []
    for rate in route["rates"]:
        found += [f"rate keys {sorted(set(rate) ^ RATE_KEYS)}"] * (set(rate) != RATE_KEYS)
        if RATE_KEYS - set(rate):
            continue
        texts = ("unit", "year", "name", "population", "exclusions", "claimant")
        found += [f"{rate['name']}: no {key}" for key in texts if not rate[key]]
        found += [f"destination {rate['destination']}"] * (rate["destination"] not in {"专科", "本科", "未说明"})
        found += [f"{rate['name']}: a school's own claim"] * told_in_a_case(folder, rate["place"])
        text = passage(folder, rate["place"])
        figures = [rate["value"], *(str(rate[key]) for key in ("numerator", "denominator") if rate[key] is not None)]
        figures += tokens(rate["population"])
        found += [f"{rate['name']}: {figure} is not printed there" for figure in figures if not stands_in(figure, text)]
        found += reproduced(rate)
    return found


def told_in_a_case(folder: Path, place: Route) -> bool:
    """Whether the passage belongs to a case (案例), where a school speaks of itself."""
    first = numbers_of(place["lines"])[0] - 1
    above = [line for line in lines_of(folder, place["document"])[:first] if line.strip()][-1:]
    told = [place.get("section", ""), *(line.strip()[:4] for line in above), passage(folder, place)]
    return any("案例" in text for text in told)


def reproduced(rate: Route) -> list[str]:
    """Numerator over denominator, rounded to the printed digits, gives the printed value."""
    part, whole, value = rate["numerator"], rate["denominator"], Decimal(rate["value"])
    if part is None or whole is None:
        return [f"{rate['name']}: half a fraction"] if part is not whole else []
    computed = (Decimal(part) * 100 / Decimal(whole)).quantize(value)
    return [] if computed == value else [f"{rate['name']}: {part}/{whole} is {computed}, not {value}"]


def school_complaints(route: Route, folder: Path) -> list[str]:
    found: list[str] = []
    for school in filter(in_corpus, route["schools"]):
        text = squeezed(passage(folder, school["place"]))
        named = [school["name"], *school.get("majors", [])]
        found += [f"{name} is not printed at {school['place']}" for name in named if squeezed(name) not in text]
    return found


def number_complaints(route: Route, folder: Path) -> list[str]:
    """A number in a sentence of ours stands where the sentence says it is from."""
    found: list[str] = []
    for node in filter(in_corpus, nodes(route)):
        text = passage(folder, node["place"])
        said = " ".join(str(node.get(key, "")) for key in ("text", "when", "then", "holds"))
        strangers = [number for number in tokens(said) if not stands_in(number, text)]
        found += [f"{number} in {said} is not at {node['place']}" for number in strangers]
    cited = {node["place"]["document"] for node in filter(in_corpus, nodes(route))}
    everything = "\n".join("\n".join(lines_of(folder, document)) for document in sorted(cited))
    for sentence in route["not_in_sources"]:
        large = [number for number in tokens(sentence) if len(number) > 2]
        found += [f"{number} in {sentence} stands nowhere" for number in large if not stands_in(number, everything)]
    return found


def wording_complaints(route: Route, folder: Path) -> list[str]:
    texts = list(prose(route))
    found = [f"{match[0]} in {text}" for text in texts for match in FORBIDDEN.finditer(text)]
    found += [f"half-width punctuation in {text}" for text in texts if HALF_WIDTH.search(text)]
    if route["id"] not in OF_THE_SEVEN_YEARS:
        found += ["贯通 in the title of another route"] * ("贯通" in route["title"])
    return found


@cache
def printed_runs(folder: Path) -> frozenset[str]:
    """Every run of 22 characters of the corpus, punctuation and blanks left out."""
    runs: set[str] = set()
    for document in FILES:
        text = re.sub(r"[\W_]+", "", "".join(lines_of(folder, document)))
        runs.update(text[start : start + COPIED] for start in range(len(text) - COPIED + 1))
    return frozenset(runs)


def copying_complaints(route: Route, folder: Path) -> list[str]:
    printed = printed_runs(folder)
    found: list[str] = []
    for text in prose(route):
        bare = re.sub(r"[\W_]+", "", text)
        found += [
            f"copied: {bare[start : start + COPIED]}"
            for start in range(len(bare) - COPIED + 1)
            if bare[start : start + COPIED] in printed
        ]
    return found


CHECKS: list[Check] = [
    shape_complaints,
    place_complaints,
    rate_complaints,
    school_complaints,
    number_complaints,
    wording_complaints,
    copying_complaints,
]


def load(name: str) -> Route:
    route: Route = yaml.safe_load((CONTENTS / "routes" / f"{name}.yaml").read_text(encoding="utf-8"))
    return route


def plan_majors() -> list[tuple[str, str]]:
    """Major and national code of every row of the loaded plans."""
    rows: list[tuple[str, str]] = []
    for path in sorted((CONTENTS / "programmes").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as handle:
            rows += [(major, row["code"]) for row in csv.DictReader(handle) for major in row["majors"].split("|")]
    return rows


def interest_complaints(interests: list[Route], majors: list[tuple[str, str]]) -> list[str]:
    words = {word for interest in interests for word in interest["words"]}
    families = [family for interest in interests for family in interest["categories"]]
    found = [f"no word for {major} {code}" for major, code in majors if not any(word in major for word in words)]
    found += [f"family {number:02d} is missing" for number in range(1, 20) if f"{number:02d}" not in families]
    found += [f"family {family} twice" for family in sorted(set(families)) if families.count(family) > 1]
    offsets = {f"{int(code[:2]) - (60 if code[0] in '67' else 40):02d}" for _, code in majors if code}
    return found + [f"no interest for family {family}" for family in sorted(offsets - set(families))]


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("name", ORDER)
def test_a_route_gives_no_cause_for_complaint(name: str, check: Check, corpus: Path) -> None:
    assert check(load(name), corpus) == []


def test_the_routes_stand_in_their_order() -> None:
    assert {path.stem for path in (CONTENTS / "routes").glob("*.yaml")} == set(ORDER)
    assert [(load(name)["id"], load(name)["order"]) for name in ORDER] == [
        (name, 10 * place) for place, name in enumerate(ORDER, start=1)
    ]


def test_every_major_of_the_plans_meets_an_interest() -> None:
    interests = yaml.safe_load((CONTENTS / "interests.yaml").read_text(encoding="utf-8"))
    majors = plan_majors()
    assert len(majors) > 100
    assert interest_complaints(interests, majors) == []
    assert interest_complaints(interests, [("占星", "")]) == ["no word for 占星 "]


def put(route: Route, path: str, value: Any) -> Route:
    """A copy of the route with one value changed; None takes the key away."""
    changed = copy.deepcopy(route)
    *steps, last = (int(step) if step.isdigit() else step for step in path.split("/"))
    node: Any = changed
    for step in steps:
        node = node[step]
    if value is None:
        del node[last]
    else:
        node[last] = value
    return changed


MUTATIONS: list[tuple[str, str, Any, Check]] = [
    ("zonghe", "rates/0/value", "97.96", rate_complaints),
    ("zonghe", "rates/0/value", "7.69", rate_complaints),
    ("zonghe", "rates/0/claimant", None, rate_complaints),
    ("zonghe", "rates/0/destination", "", rate_complaints),
    ("zonghe", "rates/0/place/lines", "949", rate_complaints),
    ("zonghe", "rates/0/place/section", "案例2-17", rate_complaints),
    ("three-plus-two", "rates/2/numerator", 104, rate_complaints),
    ("three-plus-two", "rates/2/denominator", None, rate_complaints),
    ("zizhu", "rates/1/population", "52 所学校", rate_complaints),
    ("three-plus-two", "schools/0/name", "北京国际职业教育学院", school_complaints),
    ("three-plus-two", "schools/1/majors/0", "汽车美容", school_complaints),
    ("wunian", "schools/0/place/lines", "877", school_complaints),
    ("jiuye", "worst_case", None, shape_complaints),
    ("jiuye", "ask", [], shape_complaints),
    ("pugao", "branches/0/holds", "", shape_complaints),
    ("gaoben", "stages/0/certificate", "大专文凭", shape_complaints),
    ("gaoben", "branches/0/clause", "jjzc-2023-6:3.4.9", place_complaints),
    ("zonghe", "entry/conditions/0/grade", "official", place_complaints),
    ("pugao", "existed/place/lines", "99999", place_complaints),
    ("pugao", "existed/place/lines", None, place_complaints),
    ("pugao", "existed/text", "2024 年招生 711 人。", number_complaints),
    ("zhongben", "not_in_sources/0", "有 7601 名学生升入本科段。", number_complaints),
    ("wunian", "summary", "这个分数能上。", wording_complaints),
    ("wunian", "title", "五年贯通", wording_complaints),
    ("pugao", "summary", "中考后读普高,再高考。", wording_complaints),
    ("zhongwai-411", "branches/0/then", "2024 年毕业 27 人，其中 12 人选择国外大学。", number_complaints),
    ("jigong-shuangzheng", "existed/text", "2025 年联合培养 421 人。", number_complaints),
    ("tejiao", "schools/0/majors/1", "书法", school_complaints),
    ("zhuanshengben-tongkao", "rates/0/numerator", 141, rate_complaints),
    ("zhiye-benke", "stages/0/certificate", "学士学位", shape_complaints),
]


@pytest.mark.parametrize(("name", "path", "value", "check"), MUTATIONS)
def test_a_changed_route_is_complained_of(name: str, path: str, value: Any, check: Check, corpus: Path) -> None:
    assert check(put(load(name), path, value), corpus) != []


def test_a_sentence_of_the_corpus_is_found_again(corpus: Path) -> None:
    sentence = lines_of(corpus, "jjzc-2023-6")[22][:40]
    assert copying_complaints(put(load("gaoben"), "summary", sentence), corpus) != []


def test_a_passage_below_the_heading_of_a_case_is_a_case(corpus: Path) -> None:
    assert told_in_a_case(corpus, {"document": "report-2025", "lines": "951"})
    assert not told_in_a_case(corpus, {"document": "report-2025", "lines": "947"})


@pytest.mark.parametrize(("number", "text"), [("30", "330 人"), ("30", "30.5"), ("1.5", "21.5"), ("88", "9.88")])
def test_a_part_of_a_number_is_not_that_number(number: str, text: str) -> None:
    assert not stands_in(number, text)
