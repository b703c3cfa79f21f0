"""The enrolment data against the loaded documents: an oracle that reads plain CSV, YAML and text.

Every check returns its complaints; the tests ask for none, and the mutations at the end ask for some.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

pytestmark = pytest.mark.corpus

CONTENTS = Path(__file__).resolve().parents[2] / "src" / "guantong_beijing"
YEARS = (2020, 2023, 2025)
TYPE_WORDS = {"gaoben": "高本贯通", "zhongben": "中本贯通"}
TYPE_OF_KIND = {"secondary": "zhongben", "college": "gaoben"}
COLUMNS_2025 = ("row", "school", "major", "code", "quota", "partner", "partner_major")
HEADER_2020 = "项目名称招生规模招生院校合作高校招生专业或专业大类招生计划实际招生"
TABLES = {
    2020: ("report-2020", "表 2-16 2020", "【案例 2-26】"),
    2023: ("jjzc-2023-6", "项目类型\t招生规模", "---"),
    2025: ("report-2025", "序号\t学校名称\t拟招生专业名称", "数据来源"),
}
# Where tables name institutions: document, first line, last line.
NAMING_TABLES = (
    *TABLES.values(),
    ("report-2025", "表 2-4 北京职业院校入选", "案例 2-11 基于"),
    ("report-2020", "表 2-12 2020", "数据来源："),
    ("report-2020", "表 2-13 2020", "数据来源："),
    ("report-2020", "表 2-14 第二批", "资料来源："),
    ("report-2020", "表 2-17 2020", "资料来源："),
    ("report-2020", "序号 单位名称 专业", "题进行研讨"),
    ("dongcheng-2024", "学校 专业 合作单位及院校", "2024年4月10日"),
)
Row = dict[str, str]
Entry = dict[str, Any]
Texts = dict[str, list[str]]


def squeezed(text: str) -> str:
    """Take all white space out."""
    return re.sub(r"\s+", "", text)


def numbers_in(text: str) -> list[str]:
    """Whole number tokens: 30 is not found in 330, and 760207W is one token."""
    return re.findall(r"(?<![A-Za-z0-9.,])\d+(?:[.,]\d+)*[A-Z]?", text)


def line_numbers(lines: str) -> list[int]:
    """Expand 124-126;130 into the numbers it names."""
    named: list[int] = []
    for part in filter(None, lines.split(";")):
        first, _, last = part.partition("-")
        named += range(int(first), int(last or first) + 1)
    return named


@cache
def read_yaml(name: str) -> Any:
    """Read a contents file plainly."""
    return yaml.safe_load((CONTENTS / name).read_text(encoding="utf-8"))


def rows_of(year: int) -> list[Row]:
    """Read the printed lines of one year's plan, fresh for each caller."""
    with (CONTENTS / "programmes" / f"{year}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def names_of(institution: Entry) -> list[str]:
    """Every name an institution may be printed with."""
    formerly = (former["name"] for former in institution.get("renames", ()))
    return [institution["name"], *institution.get("aliases", ()), *formerly]


def institution_by_name() -> dict[str, Entry]:
    """Each printed name, without white space, and its institution."""
    return {squeezed(name): one for one in read_yaml("institutions.yaml") for name in names_of(one)}


@pytest.fixture(scope="session")
def texts(corpus: Path) -> Texts:
    """Load the documents by source id, as lists of lines."""
    loaded = {source["id"]: source.get("corpus") for source in read_yaml("sources.yaml")}
    return {key: (corpus / name).read_text(encoding="utf-8").split("\n") for key, name in loaded.items() if name}


def passage(texts: Texts, document: str, lines: str, joint: str = "\n") -> str:
    """Join the named lines of a document."""
    return joint.join(texts[document][number - 1] for number in line_numbers(lines))


def span(text: list[str], first: str, last: str) -> range:
    """Line numbers after the line that starts with `first`, up to before the next that starts with `last`."""
    start = next(n for n, line in enumerate(text, 1) if line.strip().startswith(first))
    return range(start + 1, next(n for n in range(start + 1, len(text) + 1) if text[n - 1].strip().startswith(last)))


def table_lines(year: int, texts: Texts) -> list[int]:
    """List the lines that carry rows of the year's table; for 2020, all lines of its body."""
    document, first, last = TABLES[year]
    filled = {n: line for n in span(texts[document], first, last) if (line := texts[document][n - 1].strip())}
    if year == 2020:
        return [n for n in filled if n > next(k for k, line in filled.items() if line == TYPE_WORDS["zhongben"])]
    return [n for n, line in filled.items() if not line.startswith(("项目类型", "小计", "总计"))]


def complain_about_lines(year: int, rows: list[Row], texts: Texts) -> list[str]:
    """Each printed line belongs to exactly one row; in 2020 also to a merged cell, never to nothing."""
    used = Counter(n for row in rows for n in line_numbers(row["lines"]))
    cells = {n for row in rows for key in ("school", "partner", "group") for n in line_numbers(row[f"{key}_lines"])}
    printed = set(table_lines(year, texts))
    complaints = [f"{year}: line {n} used {times} times" for n, times in used.items() if times > 1]
    complaints += [f"{year}: line {n} is outside the table" for n in (set(used) | cells) - printed]
    allowed = cells if year == 2020 else set()
    return complaints + [f"{year}: line {n} is in no row" for n in sorted(printed - set(used) - allowed)]


def printed_cells(year: int, rows: list[Row]) -> Iterator[tuple[str, str]]:
    """Yield every cell the rows claim to be printed, merged ones once, with its lines."""
    merged = {(key, row[f"{key}_lines"], row[key]) for row in rows for key in ("school", "partner")}
    merged |= {("group", row["group_lines"], row["group_quota"]) for row in rows}
    yield from ((lines, value) for _, lines, value in merged if value)
    if year == 2023:
        yield from ((next(r["lines"] for r in rows if r["type"] == kind), word) for kind, word in TYPE_WORDS.items())
    for row in rows:
        own = [row["major"], row["code"], row["actual"], row["partner_major"], row["row"] if year == 2025 else ""]
        own += [row["quota"]] if row["quota_basis"] == "printed" else []
        yield from ((row["lines"], value) for value in own if value)


def complain_about_cells(year: int, rows: list[Row], texts: Texts) -> list[str]:
    """Compare the claims with the table: cell by cell in tab tables, sign by sign in 2020."""
    text, complaints = texts[TABLES[year][0]], list[str]()
    expected: dict[str, list[str]] = {}
    for lines, value in printed_cells(year, rows):
        expected.setdefault(lines, []).append(squeezed(value))
    if year == 2020:
        signs = Counter("".join(squeezed(text[n - 1]) for n in table_lines(year, texts)))
        claimed = Counter("".join(value for values in expected.values() for value in values))
        return [f"2020: signs differ: {signs - claimed} {claimed - signs}"] if signs != claimed else []
    for number in table_lines(year, texts):
        found = [squeezed(cell) for cell in text[number - 1].split("\t") if cell.strip()]
        if Counter(found) != Counter(said := expected.pop(str(number), [])):
            complaints.append(f"{year}: line {number} prints {found}, the rows say {said}")
    return complaints + [f"{year}: {values} claimed at {lines}" for lines, values in expected.items()]


def complain_about_row(year: int, row: Row, texts: Texts) -> list[str]:
    """Each printed value stands within the lines the row names for it."""
    document, complaints = row["document"], []
    words = [("lines", row["major"]), ("lines", row["partner_major"]), ("lines", row["code"])]
    words += [("school_lines", row["school"]), ("partner_lines", row["partner"])]
    for key, value in words:
        lines = passage(texts, document, row[key]).split("\n")
        if squeezed(value) not in squeezed("".join(re.sub(r"(\s+\d+)+\s*$", "", line) for line in lines)):
            complaints.append(f"{row['id']}: {value} does not stand in {key} {row[key]}")
    own = [row["row"], row["code"]] if year == 2025 else []
    own += [row["quota"]] if row["quota_basis"] == "printed" else []
    own += [row["actual"]] if row["actual"] else []
    shared = [row["group_quota"]] if row["group_lines"] == row["lines"] else []
    found = numbers_in(passage(texts, document, row["lines"]))
    if shared + own != found:
        complaints.append(f"{row['id']}: numbers {shared + own}, printed {found}")
    cells = [squeezed(cell) for cell in passage(texts, document, row["lines"]).split("\t")]
    if year == 2025 and cells != [squeezed(row[column]) for column in COLUMNS_2025]:
        complaints.append(f"{row['id']}: the columns are printed as {cells}")
    group_found = row["group_quota"] in ["", *numbers_in(passage(texts, document, row["group_lines"]))]
    return complaints + ([] if group_found else [f"{row['id']}: group {row['group_quota']} is not printed"])


def complain_about_merged_cells(rows: list[Row]) -> list[str]:
    """Let a merged cell reach down to the next printed one of its column, never past it or its school."""
    complaints: list[str] = []
    for key in ("school", "partner", "group"):
        starts = {line_numbers(row[f"{key}_lines"])[0] for row in rows if row[f"{key}_lines"]}
        for row in rows:
            own = line_numbers(row["lines"])[0]
            start, *_ = line_numbers(row[f"{key}_lines"]) or [own]
            nearest = max((n for n in starts if n <= own), default=own)
            if row[f"{key}_lines"] and start != nearest:
                complaints.append(f"{row['id']}: {key} from line {start}, the nearest printed is {nearest}")
            if start < line_numbers(row["group_lines"] or row["lines"])[0] and key == "partner":
                complaints.append(f"{row['id']}: partner taken from another school")
    return complaints


def complain_about_sums(rows: list[Row], control: list[Entry]) -> list[str]:
    """Add up groups and control totals; recompute inferred quotas from arithmetic and group."""
    complaints: list[str] = []
    for group in {row["group"] for row in rows}:
        members = [row for row in rows if row["group"] == group]
        total = sum(int(row["quota"]) for row in members)
        if group and {str(total)} != {row["group_quota"] for row in members}:
            complaints.append(f"{group}: rows give {total}")
        for row in (one for one in members if one["quota_basis"] == "inferred"):
            complaints += complain_about_inference(row, members)
    for entry in control:
        column = "quota" if entry["what"] == "plan" else "actual"
        total = sum(int(row[column]) for row in rows if entry["type"] in ("all", row["type"]))
        if total != entry["value"]:
            complaints.append(f"{entry['what']} {entry['type']}: rows give {total}, printed {entry['value']}")
    return complaints


def complain_about_inference(row: Row, group: list[Row]) -> list[str]:
    """Expect the group, every other quota once and in order, and the result: 420-60-30=330."""
    others = [other["quota"] for other in group if other is not row]
    expected = "-".join([row["group_quota"], *others]) + f"={row['quota']}"
    left, _, right = row["quota_arithmetic"].partition("=")
    first, *rest = map(int, left.split("-"))
    wrong = [f"{row['id']}: {row['quota_arithmetic']} is not {expected}"] if row["quota_arithmetic"] != expected else []
    return wrong + ([f"{row['id']}: the arithmetic is false"] if first - sum(rest) != int(right or 0) else [])


def complain_about_fields(year: int, rows: list[Row]) -> list[str]:
    """Ids, derived type, direction, majors, basis and institutions follow from the printed values."""
    known, counted, complaints = institution_by_name(), Counter[str](), []
    for row in rows:
        school, partner = known.get(squeezed(row["school"]), {}), known.get(squeezed(row["partner"]), {})
        counted[row["school_id"]] += 1
        bracket = re.search(r"[（(](.+)[)）]", row["major"])
        bare = re.sub(r"\s*[（(].+[)）]", "", row["major"])
        expected = {
            "id": f"{year}-{row['school_id']}-{counted[row['school_id']]:02d}",
            "school_id": school.get("id", "?"),
            "partner_id": partner.get("id", "?") if row["partner"] else "",
            "partner_basis": "printed" if row["partner"] else "missing",
            "quota_basis": "inferred" if row["quota_arithmetic"] else "printed",
            "group": f"{year}-{row['school_id']}-g" if row["group_quota"] else "",
            "direction": bracket.group(1) if bracket else "",
            "majors": "|".join(bare.split("、")),
            "type_basis": "derived" if year == 2025 else "printed",
        }
        expected["type"] = TYPE_OF_KIND.get(school.get("kind", ""), "?") if year == 2025 else row["type"]
        complaints += [f"{row['id']}: {k} is {row[k]}, not {v}" for k, v in expected.items() if row[k] != v]
        words = [word for word in ("专项", "定向") if word in row["school"] + row["major"]]
        if (words or [""])[0] not in row["restrictions"] or bool(words) != bool(row["restrictions"]):
            complaints.append(f"{row['id']}: restrictions do not follow the printed words")
    return complaints


def complain(year: int, rows: list[Row], texts: Texts) -> list[str]:
    """Every complaint about one year's plan."""
    control = read_yaml(f"programmes/{year}.yaml")["control_totals"]
    complaints = [found for row in rows for found in complain_about_row(year, row, texts)]
    complaints += complain_about_lines(year, rows, texts) + complain_about_cells(year, rows, texts)
    complaints += complain_about_merged_cells(rows) + complain_about_sums(rows, control)
    return complaints + complain_about_figures(control, texts) + complain_about_fields(year, rows)


def complain_about_figures(entries: list[Entry], texts: Texts) -> list[str]:
    """Each value with corpus lines stands there as a whole token; a batch by its word."""
    complaints: list[str] = []
    for entry in (one for one in entries if one["place"]["document"] in texts):
        text = passage(texts, entry["place"]["document"], entry["place"].get("lines", ""))
        if not (entry["text"] in text if "text" in entry else str(entry["value"]) in numbers_in(text)):
            complaints.append(f"{entry['value']} does not stand in {entry['place']}")
    return complaints


def complain_about_institutions(institutions: list[Entry], texts: Texts) -> list[str]:
    """One name belongs to one institution; look-alikes are told apart both ways; each place shows a name."""
    owned = Counter(squeezed(name) for one in institutions for name in names_of(one))
    complaints = [f"{name} belongs to {times} institutions" for name, times in owned.items() if times > 1]
    apart = {one["id"]: set(one.get("apart_from", ())) for one in institutions}
    complaints += [f"{a} and {b} are not apart both ways" for a in apart for b in apart[a] if a not in apart.get(b, ())]
    everything = squeezed("".join(line for text in texts.values() for line in text))
    for one in institutions:
        shown = squeezed(passage(texts, one["place"]["document"], one["place"]["lines"], ""))
        if not any(squeezed(name) in shown for name in names_of(one)):
            complaints.append(f"{one['id']}: no name of it in {one['place']}")
        complaints += [f"{one['id']}: {n} is printed nowhere" for n in names_of(one) if squeezed(n) not in everything]
    return complaints


def unknown_names(texts: Texts) -> list[str]:
    """Names in the corpus's tables that no institution owns; a name may run over three printed lines."""
    known, unknown = institution_by_name(), []
    for document, first, last in NAMING_TABLES:
        text = texts[document]
        filled = [text[n - 1] for n in span(text, first, last) if text[n - 1].strip()]
        for at, line in enumerate(filled):
            following = [later.split()[0] for later in filled[at + 1 : at + 3]]
            for token in (t for t in re.split(r"[\s、]+", line) if re.match(r"北京|首都|首钢|民政|丰台|东城", t)):
                if not any("".join([token, *following[:k]]) in known for k in (0, 1, 2)):
                    unknown.append(f"{document}: {token}")
    return unknown


def cited_documents() -> set[str]:
    """Every source id that programmes, plans and institutions point at."""
    files = ["plans.yaml", "institutions.yaml", *(f"programmes/{year}.yaml" for year in YEARS)]
    cited = set(re.findall(r"'document': '([^']+)'", repr([read_yaml(name) for name in files])))
    return cited | {row["document"] for year in YEARS for row in rows_of(year)}


@pytest.mark.parametrize(("year", "count"), [(2020, 16), (2023, 76), (2025, 27)])
def test_the_plan_of_the_year_says_what_the_table_prints(year: int, count: int, texts: Texts) -> None:
    assert complain(year, rows_of(year), texts) == []
    assert len(rows_of(year)) == count


def test_the_header_of_the_2020_table_is_all_that_stands_before_its_body(texts: Texts) -> None:
    document, *ends = TABLES[2020]
    start, body = span(texts[document], *ends).start, table_lines(2020, texts)[0]
    assert squeezed(passage(texts, document, f"{start}-{body - 1}")) == HEADER_2020 + TYPE_WORDS["zhongben"]


def test_only_what_is_lost_in_the_2023_notice_is_inferred_or_missing() -> None:
    inferred = {row["lines"]: row["quota"] for row in rows_of(2023) if row["quota_basis"] != "printed"}
    assert inferred == {"133": "60", "152": "50", "190": "30"}
    assert [row["lines"] for row in rows_of(2023) if not row["partner"]] == ["133", "190", "191", "192", "193"]


def test_every_figure_of_the_plan_years_stands_at_its_place(texts: Texts) -> None:
    for plan in read_yaml("plans.yaml"):
        entries = [entry for values in plan.values() if isinstance(values, list) for entry in values]
        assert complain_about_figures(entries, texts) == [], plan["year"]


def test_institutions_keep_their_names_to_themselves(texts: Texts) -> None:
    assert complain_about_institutions(read_yaml("institutions.yaml"), texts) == []


def test_every_name_in_the_tables_belongs_to_an_institution(texts: Texts) -> None:
    assert unknown_names(texts) == []


def test_every_cited_document_is_a_source_and_every_corpus_file_exists(corpus: Path) -> None:
    sources = {source["id"]: source for source in read_yaml("sources.yaml")}
    assert cited_documents() <= set(sources)
    assert [s["corpus"] for s in sources.values() if "corpus" in s and not (corpus / s["corpus"]).is_file()] == []


def test_a_number_is_never_found_inside_a_longer_one() -> None:
    assert numbers_in("330 30.5 1,035 760207W 招生30人 24.7%") == ["330", "30.5", "1,035", "760207W", "30", "24.7"]


MUTATIONS = [
    (2020, "1840", "quota", "49", "numbers"),
    (2020, "1840", "actual", "50", "numbers"),
    (2020, "1854;1856;1858", "major", "新能源汽车技术", "signs differ"),
    (2020, "1846", "partner", "北京联合大学", "does not stand"),
    (2023, "140", "quota", "50", "numbers"),
    (2023, "133", "quota", "30", "is not 420"),
    (2023, "190", "quota_arithmetic", "210-30-30-30-30-30-30=60", "arithmetic is false"),
    (2023, "134", "school", "北京电子科技职业学院", "line 134 prints"),
    (2023, "125", "partner_lines", "128", "nearest printed"),
    (2023, "131", "partner", "北方工业大学", "does not stand"),
    (2023, "155", "major", "药品生物技术", "line 155 prints"),
    (2023, "171", "restrictions", "", "restrictions"),
    (2025, "891", "code", "760207", "numbers"),
    (2025, "910", "school", "北京市商业学校", "does not stand"),
    (2025, "910", "partner_major", "园艺", "line 910 prints"),
    (2025, "914", "type", "zhongben", "type is zhongben"),
    (2025, "890", "partner_id", "keji-xueyuan", "partner_id"),
]


@pytest.mark.parametrize(("year", "lines", "field", "value", "complaint"), MUTATIONS)
def test_one_change_is_noticed(year: int, lines: str, field: str, value: str, complaint: str, texts: Texts) -> None:
    rows = rows_of(year)
    next(row for row in rows if row["lines"] == lines)[field] = value
    assert any(complaint in found for found in complain(year, rows, texts))


@pytest.mark.parametrize("year", YEARS)
def test_a_dropped_or_doubled_row_is_noticed(year: int, texts: Texts) -> None:
    rows = rows_of(year)
    for at in range(len(rows)):
        assert complain(year, rows[:at] + rows[at + 1 :], texts)
        assert complain(year, [*rows, rows[at]], texts)


@pytest.mark.parametrize("year", YEARS)
def test_every_quota_major_and_partner_changed_by_one_sign_is_noticed(year: int, texts: Texts) -> None:
    for at in range(len(rows_of(year))):
        for field in ("quota", "major", "school", "partner", "code", "partner_major", "actual"):
            rows = rows_of(year)
            if rows[at][field]:
                rows[at][field] = rows[at][field][:-1] + ("7" if field == "quota" else "")
                assert complain(year, rows, texts), (at, field)


def test_a_name_given_to_two_institutions_is_noticed(texts: Texts) -> None:
    institutions = [dict(one) for one in read_yaml("institutions.yaml")]
    institutions[0]["aliases"] = ["北京市商业学校"]
    assert any("belongs to" in found for found in complain_about_institutions(institutions, texts))


def test_a_figure_at_the_wrong_line_is_noticed(texts: Texts) -> None:
    assert complain_about_figures([{"value": 103, "place": {"document": "report-2025", "lines": "881"}}], texts)
