"""The facts against the loaded documents: an oracle that reads plain CSV, YAML and text, and knows no loader.

Every check returns its complaints; the tests ask for none, and the mutations at the end ask for some.
"""

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

pytestmark = pytest.mark.corpus

CONTENTS = Path(__file__).resolve().parents[2] / "src" / "guantong_beijing"
DOCUMENTS = ("dongcheng-2024", "report-2020", "report-2025")
NUMBER = re.compile(r"(?<![\d.,A-Za-z])-?\d+(?:[.,]\d+)*(?:\s*[:：]\s*\d+(?:\.\d+)?)?[%&]?(?![\d])")
# Tables with figures: document, number, the line the title starts, the line the body ends before.
TABLES = [
    ("report-2020", "2-1", 211, 251),
    ("report-2020", "2-2", 263, 278),
    ("report-2020", "2-3", 298, 326),
    ("report-2020", "2-4", 342, 375),
    ("report-2020", "2-5", 389, 419),
    ("report-2020", "2-6", 438, 454),
    ("report-2020", "2-7", 464, 484),
    ("report-2020", "2-8", 498, 519),
    ("report-2020", "2-9", 531, 554),
    ("report-2020", "2-10", 567, 577),
    ("report-2020", "2-11", 609, 631),
    ("report-2020", "2-15", 1753, 1777),
    ("report-2020", "2-16", 1802, 1908),
    ("report-2020", "2-19", 3147, 3159),
    ("dongcheng-2024", "1-1", 101, 115),
    ("dongcheng-2024", "1-2", 211, 227),
    ("dongcheng-2024", "1-3", 237, 245),
    ("dongcheng-2024", "1-4", 253, 270),
    ("dongcheng-2024", "1-5", 279, 302),
    ("dongcheng-2024", "7-1", 1390, 1396),
    ("dongcheng-2024", "7-2", 1396, 1402),
    ("dongcheng-2024", "7-3", 1530, 1540),
    ("dongcheng-2024", "7-4", 1575, 1597),
    ("report-2025", "2-1", 523, 542),
    ("report-2025", "2-2", 660, 673),
    ("report-2025", "2-3", 674, 685),
    ("report-2025", "2-4", 780, 814),
    ("report-2025", "2-5", 885, 916),
    ("report-2025", "3-1", 1155, 1161),
    ("report-2025", "3-2", 1163, 1168),
    ("report-2025", "5-1", 1570, 1586),
    ("report-2025", "6-1", 1737, 1743),
    ("report-2025", "6-2", 1745, 1751),
]
# Lists without figures of their own: the places in 项目名单 and 专业一览 hold names only.
LISTS = {"report-2020": ["2-12", "2-13", "2-14", "2-17", "2-18"], "dongcheng-2024": ["2-1"], "report-2025": []}
NUMBERED = {("report-2020", "2-11"), ("report-2020", "2-15"), ("report-2020", "2-19"), ("report-2025", "2-4")}
# Overview passages whose every number is a fact, a year, a reference, or stands here with the reason.
PASSAGES: dict[str, list[tuple[int, int]]] = {
    "report-2020": [
        *[(192, 194), (206, 209), (257, 259), (288, 294), (338, 338), (385, 387), (434, 436), (460, 462)],
        *[(492, 494), (527, 529), (560, 564), (599, 607), (1799, 1800), (3141, 3145)],
    ],
    "dongcheng-2024": [(91, 99), (208, 210), (233, 235), (249, 251), (274, 278), (1524, 1528), (1567, 1573)],
    "report-2025": [(478, 478), (490, 490), (499, 499), (503, 511), (515, 517), (444, 444), (460, 460), (881, 881)],
}
LEFT_OUT = {
    ("report-2020", 208): ["4"],  # 连续4年下滑: a count of years
    ("report-2020", 527): ["30", "54"],  # 30—54 岁
    ("report-2020", 560): ["6"],  # the heading's own number
    ("report-2020", 1799): ["12"],  # 12 个专业领域, not counted in the table
    ("dongcheng-2024", 274): ["29"],  # 29岁及以下
    ("dongcheng-2024", 276): ["30", "39", "55"],  # ages
    ("dongcheng-2024", 1571): ["3"],  # 3所附设中职: the scope
    # 发展亮点五 tells achievements in passing; only what contradicts or repeats a table is carried.
    ("report-2025", 444): ["3", "17", "47", "7", "7", "31", "27", "180", "57", "179", "25", "13", "278", "1134"],
    ("report-2025", 478): ["3200", "4100"],  # 3200余, 4100余: lower bounds, not figures
    ("report-2025", 490): ["1"],  # 1 万余
    ("report-2025", 499): ["3"],  # 3 所普通本科院校, listed by name
}
# The printed word that each attribute rests on: in the row or head of a table, or in the passage up to the figure.
RESTS_ON: dict[str, str] = yaml.safe_load(Path(__file__).with_name("rests_on.yaml").read_text(encoding="utf-8"))
Row = dict[str, str]
Texts = dict[str, list[str]]


def squeezed(text: str) -> str:
    """Take all white space out, and the brackets that hold units."""
    return re.sub(r"\s+", "", text.replace("(", "（").replace(")", "）"))


@cache
def read_rows(document: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Read a document's facts once, unchangeable."""
    with (CONTENTS / "facts" / f"{document}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(tuple(row.items()) for row in csv.DictReader(file))


def rows_of(document: str) -> list[Row]:
    """Return a document's facts, fresh for each caller."""
    return [dict(row) for row in read_rows(document)]


@pytest.fixture(scope="session")
def texts(corpus: Path) -> Texts:
    """Load the three documents as lists of lines."""
    sources = yaml.safe_load((CONTENTS / "sources.yaml").read_text(encoding="utf-8"))
    files = {source["id"]: source.get("corpus") for source in sources}
    return {name: (corpus / files[name]).read_text(encoding="utf-8").split("\n") for name in DOCUMENTS}


def number_of(row: Row) -> str:
    """Return the number of the table that a fact stands in; "" for text."""
    found = re.match(r"表 (\d+-\d+) ", row["table"])
    return found[1] if found else ""


def printed_numbers(line: str, document: str, table: str) -> list[str]:
    """Return the figures of one printed line in order: no row numbers, years, ages, codes or units."""
    cells = line.split("\t")
    if table == "2-5" and document == "report-2025":
        return [cells[4]] if cells[0].isdigit() else []
    if (document, table) in NUMBERED and re.match(r"\s*\d+\s+\D", line):
        line = re.sub(r"^\s*\d+\s", " ", line)
    line = re.sub(r"\d{4}\s*年", " ", line)
    line = re.sub(r"\d+\s*(-\s*\d+)?\s*岁(及以[上下])?", " ", line)
    return [squeezed(found) for found in NUMBER.findall(line)]


def order_of(row: Row) -> tuple[object, ...]:
    """Return where a fact belongs on its line: by year, then count before share, change after all."""
    late = row["attribute"].endswith(".change")
    return (late, row["period"], row["attribute"] in ("teacher_structure", "guantong_admitted"))


def complain_about_table(document: str, table: str, lines: range, rows: list[Row], texts: Texts) -> list[str]:
    """Compare every line of a table with the facts that name it: the same numbers, in the same order."""
    complaints, by_line = [], dict[int, list[Row]]()
    for row in (row for row in rows if number_of(row) == table):
        by_line.setdefault(int(row["lines"]), []).append(row)
    for number in lines:
        found = printed_numbers(texts[document][number - 1], document, table)
        own = by_line.pop(number, [])
        own = own if "\t" in texts[document][number - 1] else sorted(own, key=order_of)
        said = [squeezed(row["printed"]) for row in own]
        header = not own and all(re.fullmatch(r"20\d\d", one) for one in found)
        if said != found and not header:
            complaints.append(f"{document} {table}: line {number} prints {found}, the facts say {said}")
        complaints += [found for row in own for found in complain_about_cell(row, by_line, lines, texts)]
    return complaints + [f"{document} {table}: line {number} is outside the table" for number in by_line]


def complain_about_cell(row: Row, by_line: dict[int, list[Row]], lines: range, texts: Texts) -> list[str]:
    """The row's label stands on its line or on the unfinished lines above it; the column is the printed head."""
    document, number = row["document"], int(row["lines"])
    text = texts[document]
    if row["attribute"].startswith("guantong"):
        return []  # told by the transcription test of the programmes
    above = number
    while above - 1 > lines.start and not printed_numbers(text[above - 2], document, number_of(row)):
        above -= 1
    words = squeezed(row["row"].split(" ")[-1].removesuffix("档"))
    label = squeezed("".join(text[above - 1 : number]))
    complaints = []
    if words and words not in label and not words.startswith("合计") and document != "report-2025":
        complaints.append(f"{row['id']}: {words} does not stand before line {number}")
    cells = text[number - 1].split("\t")
    if document == "report-2025":
        head = squeezed("".join(text[lines.start - 1 : number - 1]))
        column = squeezed(re.sub(r"（档）$", "", row["column"]))
        if column not in head:
            complaints.append(f"{row['id']}: column {column} is not in the head")
        if words not in squeezed(cells[0]).replace("其中：", "") and row["row"] != "" and cells[0][:1].isalpha():
            complaints.append(f"{row['id']}: row {words} is not {cells[0]}")
    elif re.match(r"20\d\d", row["column"]) and "表头" not in row["note"] and row["column"][:4] != row["period"]:
        complaints.append(f"{row['id']}: column {row['column']} is not {row['period']}")
    return complaints


def complain_about_columns(rows: list[Row], texts: Texts) -> list[str]:
    """In tables with tabs, the cell under the named column is the printed figure."""
    complaints = []
    for row in (one for one in rows if one["document"] == "report-2025" and one["table"]):
        text, number = texts["report-2025"], int(row["lines"])
        start = next(n for n in range(number, 0, -1) if text[n - 1].startswith("表 "))
        heads = [[squeezed(cell) for cell in line.split("\t")] for line in text[start : number - 1] if "\t" in line][:2]
        column = squeezed(row["column"])
        wide = column.endswith("（档）")
        column = column.removesuffix("（档）")
        places = [at for head in heads for at, cell in enumerate(head) if re.sub(r"（[^）]*）$", "", cell) == column]
        places = places or [at for head in heads for at, cell in enumerate(head) if cell.startswith(column)]
        cells = text[number - 1].split("\t")
        at = (places or [-1])[-1 if wide else 0]
        if not places or at >= len(cells) or squeezed(cells[at]) != squeezed(row["printed"]):
            complaints.append(f"{row['id']}: under {column} stands something else")
    return complaints


def complain_about_text(rows: list[Row], texts: Texts) -> list[str]:
    """Every figure of running text is a whole number token of its line."""
    complaints: list[str] = []
    for row in (one for one in rows if not one["table"]):
        found = [squeezed(token) for token in NUMBER.findall(texts[row["document"]][int(row["lines"]) - 1])]
        printed = squeezed(row["printed"])
        if printed not in found:
            return [*complaints, (f"{row['id']}: {printed} is not among {found}")]
    return complaints


def complain_about_passages(document: str, rows: list[Row], texts: Texts) -> list[str]:
    """Every number of an overview passage is a fact, a year, a reference, or left out for a stated reason."""
    complaints = []
    said = {n: Counter[str]() for first, last in PASSAGES[document] for n in range(first, last + 1)}
    for row in (one for one in rows if not one["table"] and int(one["lines"]) in said):
        said[int(row["lines"])][squeezed(row["printed"])] += 1
    for number, facts in said.items():
        line = re.sub(r"\d{4}\s*(—\d{4}\s*)?年|表\s*\d+-\d+(、\d+-\d+)?|图\s*\d+-\d+", " ", texts[document][number - 1])
        line = re.sub(r"^\s*2-\d+。|20\d\d\s*$", " ", line)
        found = Counter(squeezed(token) for token in NUMBER.findall(line))
        left = found - facts - Counter(LEFT_OUT.get((document, number), []))
        if left or facts - found:
            complaints.append(f"{document}: line {number} leaves {dict(left)}, more is said {dict(facts - found)}")
    return complaints


def complain_about_values(rows: list[Row]) -> list[str]:
    """The value is the printed number, with a sign only where the text speaks of less."""
    complaints = []
    for row in rows:
        bare = re.sub(r"[,%&\s]", "", row["printed"]).replace("：", ":")
        bare = bare.removesuffix(":1") if row["unit"] == ":1" else bare
        allowed = {bare, f"-{bare}"} if row["compared"] else {bare}
        complaints += [f"{row['id']}: {row['value']} is not {bare}"] if row["value"] not in allowed else []
        if ("%" in row["printed"] or "&" in row["printed"]) and row["unit"] != "%":
            complaints.append(f"{row['id']}: a percentage in {row['unit']}")
    return complaints


def complain_about_signs(rows: list[Row], texts: Texts) -> list[str]:
    """A change is negative exactly where the nearest word before or after it says so."""
    complaints = []
    for row in (one for one in rows if one["compared"] and not one["table"]):
        text = texts[row["document"]]
        number = int(row["lines"])
        passage = squeezed("".join(text[max(0, number - 4) : number + 1]))
        before = passage[: passage.rfind(squeezed(row["printed"]))]
        words = re.findall(r"增长|增加|增幅|提高|提升|减少|下降|降幅|缩减|缩量", before)
        less = bool(words) and words[-1] in ("减少", "下降", "降幅", "缩减", "缩量")
        if less != row["value"].startswith("-"):
            complaints.append(f"{row['id']}: {row['value']}, but the text says {words[-1:]}")
    return complaints


def complain_about_words(rows: list[Row], texts: Texts) -> list[str]:
    """Each attribute rests on its printed word: in row or head, or before the figure in running text."""
    complaints = []
    for row in rows:
        stem, _, change = row["attribute"].partition(".")
        number = int(row["lines"].split(";")[-1])
        passage = squeezed("".join(texts[row["document"]][max(0, number - 8) : number]))
        before = passage[: max(0, passage.rfind(squeezed(row["printed"]))) + 40]
        label = squeezed(row["row"] + row["column"]) if row["table"] else before
        if not re.search(RESTS_ON[stem], label) or (row["table"] and bool(change) != (row["column"] == "增长量")):
            complaints.append(f"{row['id']}: {row['attribute']} does not rest on {label[-60:]}")
    return complaints


def complain_about_scopes(rows: list[Row]) -> list[str]:
    """The level and the part of a table's figure are the words of its column and its row."""
    scopes = yaml.safe_load((CONTENTS / "facts" / "scopes.yaml").read_text(encoding="utf-8"))["scopes"]
    names = {scope["id"]: re.sub(r"职称$|学历$|[级档]$", "", squeezed(scope["name"])) for scope in scopes}
    names = {code: name.replace("—", "-") for code, name in names.items()} | {"title-none": "未定职级"}
    names |= {"title-full": "正高级", "title-senior": "副高级", "title-middle": "中级", "title-junior": "初级"}
    complaints = []
    for row in (one for one in rows if one["table"]):
        codes = row["scope"].split("|")
        for code in (one for one in codes if re.match(r"(kind|edu|title|age|grade|band)-", one)):
            word = (
                re.sub(r"档$", "", squeezed(row["row"])) if code[:5] in ("grade", "band-") else row["row"].split()[-1]
            )
            if names[code] != squeezed(word) or (code.startswith("band") != ("档" in row["row"])):
                complaints.append(f"{row['id']}: {code} is not {word}")
        levels = {"高职院校": "higher", "中职学校": "secondary"}
        if row["column"] in levels and levels[row["column"]] not in codes:
            complaints.append(f"{row['id']}: {codes} in column {row['column']}")
    return complaints


def complain_about_meaning(rows: list[Row]) -> list[str]:
    """Within a table, a row label and column head mean one thing, and two labels never mean the same."""
    meant: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for row in (one for one in rows if one["table"] and not one["subject"].startswith("programme:")):
        head = re.sub(r"^20\d\d ?年? ?", "", row["column"])
        label = (row["table"], row["row"] if not row["row"][:4].startswith("20") else "", head)
        meant.setdefault(label, set()).add((row["subject"], row["attribute"], row["definition"], row["scope"]))
    complaints = [f"{label} means {sorted(what)}" for label, what in meant.items() if len(what) != 1]
    owned = Counter((label[0], *next(iter(what))) for label, what in meant.items())
    return complaints + [f"{what} has {n} labels" for what, n in owned.items() if n > 1 and "monitored" not in what[2]]


def complain(document: str, rows: list[Row], texts: Texts) -> list[str]:
    """Every complaint about one document's facts."""
    complaints = [f"{name} {times} times" for name, times in Counter(row["id"] for row in rows).items() if times > 1]
    for name, table, first, last in TABLES:
        if name == document:
            complaints += complain_about_table(document, table, range(first + 1, last), rows, texts)
    complaints += complain_about_columns(rows, texts) + complain_about_text(rows, texts)
    complaints += complain_about_passages(document, rows, texts) + complain_about_values(rows)
    complaints += complain_about_signs(rows, texts) + complain_about_words(rows, texts)
    return complaints + complain_about_scopes(rows) + complain_about_meaning(rows)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_facts_say_what_the_document_prints(document: str, texts: Texts) -> None:
    assert complain(document, rows_of(document), texts) == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_table_of_the_document_is_read_or_a_list_of_names(document: str, texts: Texts) -> None:
    titled = re.compile(r"^\s*表 ?(\d+-\d+?)[：: ]?\s*(?=20|第二批|北京|近三年|2-)")
    printed = {m[1] for line in texts[document] if (m := titled.match(line)) and "\t" not in line}
    printed |= {m[1] for line in texts[document] if (m := re.match(r"^\s*表 ?(\d-\d{1,2}?)(?=20\d\d|\s|：)", line))}
    read = {table for name, table, *_ in TABLES if name == document}
    assert printed == read | set(LISTS[document])
    sidecar: dict[str, Any] = yaml.safe_load((CONTENTS / "facts" / f"{document}.yaml").read_text(encoding="utf-8"))
    assert (set(sidecar["tables"]), set(sidecar["lists"])) == (read, set(LISTS[document]))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_title_stands_at_its_table(document: str, texts: Texts) -> None:
    for name, table, first, _ in TABLES:
        if name == document:
            (title,) = {row["table"] for row in rows_of(document) if number_of(row) == table}
            printed = squeezed("".join(texts[document][first - 1 : first + 1])).replace("：", "")
            assert squeezed(title).replace("表", "") in printed


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_dropped_or_doubled_fact_is_noticed(document: str, texts: Texts) -> None:
    rows = rows_of(document)
    for at in range(0, len(rows), 13):
        assert complain(document, rows[:at] + rows[at + 1 :], texts), rows[at]["id"]
        assert complain(document, [*rows, rows[at]], texts)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_changed_number_is_noticed(document: str, texts: Texts) -> None:
    for at in range(3, len(rows_of(document)), 23):
        for field in ("value", "printed", "lines"):
            rows = rows_of(document)
            rows[at][field] = str(int(rows[at][field]) + 2) if field == "lines" else f"{rows[at][field]}7"
            assert complain(document, rows, texts), (rows[at]["id"], field)


def test_every_attribute_names_the_words_it_rests_on() -> None:
    attributes = yaml.safe_load((CONTENTS / "facts" / "attributes.yaml").read_text(encoding="utf-8"))
    assert {attribute["id"] for attribute in attributes} == set(RESTS_ON)


def test_two_parts_that_changed_places_are_noticed(texts: Texts) -> None:
    rows = rows_of("report-2020")
    first, other = (next(r for r in rows if r["id"] == f"report-2020-t2-1-r0{n}-2015") for n in (1, 3))
    for row in rows:
        for code, another in (("kind-regular", "kind-vocational"), ("kind-vocational", "kind-regular")):
            if first["table"] == row["table"] and code in row["scope"]:
                row["scope"] = row["scope"].replace(code, another)
                break
    assert first["scope"] != other["scope"]
    assert complain("report-2020", rows, texts)


MUTATIONS = [
    ("report-2020", "t2-1-r01-2015", "period", "2016"),
    ("report-2020", "t2-4-r01-2015", "row", "生均建筑面积"),
    ("report-2020", "t2-8-r01-2019-n", "scope", "no-skilled|secondary|title-senior"),
    ("report-2020", "p1-1-1-06", "value", "1"),
    ("report-2025", "t2-1-r01-higher", "column", "中职学校"),
    ("report-2025", "t6-1-2024-c3", "column", "技术合同年收入"),
    ("report-2025", "t2-2-band-a-n", "column", "数量"),
    ("report-2025", "p1-2-02", "value", "243"),
    ("report-2025", "t3-2-2025-c3", "attribute", "intellectual_property.change"),
    ("dongcheng-2024", "t7-4-r01-2018", "attribute", "operating_budget_per_student"),
]


@pytest.mark.parametrize(("document", "fact", "field", "value"), MUTATIONS)
def test_one_change_is_noticed(document: str, fact: str, field: str, value: str, texts: Texts) -> None:
    rows = rows_of(document)
    next(row for row in rows if row["id"] == f"{document}-{fact}")[field] = value
    assert complain(document, rows, texts)
