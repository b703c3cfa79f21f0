"""The 3+2 projects against the loaded documents: an oracle that reads plain CSV, YAML and text.

Every check returns its complaints; the mutations at the end show that each of them does complain.
"""

import csv
import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

pytestmark = pytest.mark.corpus

CONTENTS = Path(__file__).resolve().parents[2] / "src" / "guantong_beijing"
CITY, DISTRICT = "2020-3+2", "2024-dongcheng"
COUNTS = {CITY: 59, DISTRICT: 5}
HEADER = "序号 中职学校 中职专业 高职学院 高职专业"
TABLES = {
    CITY: ("report-2020", HEADER, "资料来源：《北京市教育委员会"),
    DISTRICT: ("dongcheng-2024", "学校 专业 合作单位及院校", "2024年4月10日"),
}
SHORT_NAMES = {"国职": "guoji-zhijiao", "古城职高": "gucheng-zhigao"}
Row = dict[str, str]
Texts = dict[str, list[str]]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def line_numbers(lines: str) -> list[int]:
    """Expand 124-126;130 into the numbers it names."""
    named: list[int] = []
    for part in filter(None, lines.split(";")):
        first, _, last = part.partition("-")
        named += range(int(first), int(last or first) + 1)
    return named


@cache
def read_yaml(name: str) -> Any:
    return yaml.safe_load((CONTENTS / name).read_text(encoding="utf-8"))


def rows_of(name: str) -> list[Row]:
    """The rows of one list, fresh for each caller."""
    with (CONTENTS / "projects" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def texts(corpus: Path) -> Texts:
    """Load the documents by source id, as lists of lines."""
    loaded = {source["id"]: source.get("corpus") for source in read_yaml("sources.yaml")}
    return {key: (corpus / name).read_text(encoding="utf-8").split("\n") for key, name in loaded.items() if name}


def passage(texts: Texts, document: str, lines: str) -> str:
    return "\n".join(texts[document][number - 1] for number in line_numbers(lines))


def table_lines(name: str, texts: Texts) -> dict[int, str]:
    """The filled lines of the table's body; repeated headers and the page number before one are no rows."""
    document, first, last = TABLES[name]
    lines = texts[document]
    start = next(number for number, line in enumerate(lines) if line.strip() == first)
    end = next(number for number, line in enumerate(lines) if number > start and line.strip().startswith(last))
    filled = {n + 1: lines[n].strip() for n in range(start + 1, end) if lines[n].strip()}
    order = list(filled)
    headers = {number for number in order if filled[number] == first}
    pages = {n for n, after in pairwise(order) if after in headers and filled[n].isdigit()}
    return {number: line for number, line in filled.items() if number not in headers | pages}


def complain_about_lines(name: str, rows: list[Row], texts: Texts) -> list[str]:
    """Each printed line belongs to exactly one row; of the district's table only the lines marked (3+2)."""
    printed = {n for n, line in table_lines(name, texts).items() if name == CITY or "(3+2)" in line}
    used = Counter(number for row in rows for number in line_numbers(row["lines"]))
    found = [f"line {number} used {times} times" for number, times in used.items() if times > 1]
    found += [f"line {number} is no row of the table" for number in sorted(set(used) - printed)]
    return found + [f"line {number} is in no row" for number in sorted(printed - set(used))]


def complain_about_row(name: str, row: Row, texts: Texts) -> list[str]:
    """The cells, one after another, are the printed signs; each cell ends where a printed word ends."""
    text = passage(texts, row["document"], row["lines"])
    cells = [f"{row['row']}."] if row["row"] else []
    cells += [] if row["school_lines"] else [row["school"]]
    cells += [row["major"], row["partner"], *filter(None, [row["partner_major"]])]
    if squeezed("".join(cells)) != squeezed(text):
        return [f"{row['id']}: printed {squeezed(text)}, the row says {squeezed(''.join(cells))}"]
    ends, length = set(), 0
    for word in text.split():
        ends.add(length := length + len(word))
    cuts = [len(squeezed("".join(cells[: number + 1]))) for number in range(len(cells))]
    cuts = cuts[1:] if row["row"] else cuts
    return [f"{row['id']}: a cell ends within a word"] if not set(cuts) <= ends else []


def complain_about_school(row: Row, texts: Texts) -> list[str]:
    """A merged school cell prints the name; and the text beside the table names school and major together."""
    if not row["school_lines"]:
        return []
    printed = squeezed(passage(texts, row["document"], row["school_lines"]))
    found = [] if printed == squeezed(row["school"]) else [f"{row['id']}: school cell prints {printed}"]
    sentence = squeezed(passage(texts, "dongcheng-2024", "556-558"))
    said = {
        major: school_id
        for short, school_id in SHORT_NAMES.items()
        for part in re.findall(rf"{short}的([^，。]+?)(?:，|。)", sentence)
        for major in part.split("、")
    }
    if said.get(row["majors"]) != row["school_id"]:
        found.append(f"{row['id']}: the text gives {row['majors']} to {said.get(row['majors'])}")
    return found


def complain_about_fields(name: str, rows: list[Row]) -> list[str]:
    """Ids, direction, bare major and institutions follow from the printed values."""
    names = {
        squeezed(printed): one["id"]
        for one in read_yaml("institutions.yaml")
        for printed in [one["name"], *one.get("aliases", ()), *(part["name"] for part in one.get("renames", ()))]
    }
    counted, found = Counter[str](), list[str]()
    for number, row in enumerate(rows, 1):
        counted[row["school_id"]] += 1
        bracket = re.search(r"（(.+)）", row["major"])
        expected = {
            "id": f"{name[:4]}-{row['school_id']}-3plus2-{counted[row['school_id']]:02d}",
            "type": "three-plus-two",
            "school_id": names.get(squeezed(row["school"]), "?"),
            "partner_id": names.get(squeezed(row["partner"]), "?"),
            "direction": bracket.group(1) if bracket else "",
            "majors": re.sub(r"（.+）|\(3\+2\)", "", row["major"]),
            "document": TABLES[name][0],
            "row": str(number) if name == CITY else "",
        }
        found += [f"{row['id']}: {key} is {row[key]}, not {want}" for key, want in expected.items() if row[key] != want]
    return found


def complain_about_total(name: str, rows: list[Row], texts: Texts) -> list[str]:
    """The number of rows is the one that the text prints, where the sidecar says it does."""
    total = read_yaml(f"projects/{name}.yaml")["control_total"]
    text = passage(texts, total["place"]["document"], total["place"]["lines"])
    printed = re.findall(r"(?<!\d)(\d+) ?个“3\+2”", text)
    return [] if printed == [str(total["value"])] == [str(len(rows))] else [f"{printed} printed, {len(rows)} rows"]


def complain(name: str, rows: list[Row], texts: Texts) -> list[str]:
    """Every complaint about one list."""
    found = [said for row in rows for said in complain_about_row(name, row, texts)]
    found += [said for row in rows for said in complain_about_school(row, texts)]
    found += complain_about_lines(name, rows, texts) + complain_about_fields(name, rows)
    return found + complain_about_total(name, rows, texts)


@pytest.mark.parametrize("name", COUNTS)
def test_the_list_says_what_the_table_prints(name: str, texts: Texts) -> None:
    assert complain(name, rows_of(name), texts) == []
    assert len(rows_of(name)) == COUNTS[name]


def test_no_project_stands_in_a_plan() -> None:
    for path in (CONTENTS / "programmes").glob("*.csv"):
        assert "three-plus-two" not in path.read_text(encoding="utf-8"), path.name


def test_the_misprinted_college_is_joined_by_its_alias() -> None:
    row = next(row for row in rows_of(CITY) if row["row"] == "41")
    assert (row["partner"], row["partner_id"]) == ("北京市信息职业技术学院", "xinxi")


def test_every_major_of_the_projects_meets_an_interest() -> None:
    words = {word for interest in read_yaml("interests.yaml") for word in interest["words"]}
    majors = {row["majors"] for name in COUNTS for row in rows_of(name)}
    assert sorted(major for major in majors if not any(word in major for word in words)) == []


MUTATIONS = [
    (CITY, "1", "partner_major", "计算机应用技术（大数据方向）", "printed"),
    (CITY, "2", "major", "食品生物工艺", "printed"),
    (CITY, "7", "partner_id", "laobao2", "partner_id"),
    (CITY, "13", "partner_major", "数字展示技术（VR/AR 方向）", "printed"),
    (CITY, "19", "lines", "2020;2022;2024", "in no row"),
    (CITY, "29", "partner", "民政职业大学", "printed"),
    (CITY, "31", "row", "32", "printed"),
    (CITY, "41", "partner", "北京信息职业技术学院", "printed"),
    (CITY, "47", "direction", "网店运营", "direction"),
    (CITY, "56", "lines", "2201;2203;2205;2207;2209;2211;2213;2215;2219", "used 2 times"),
    (CITY, "58", "school_id", "gongyi-meishu", "school_id"),
]


@pytest.mark.parametrize(("name", "printed", "field", "value", "complaint"), MUTATIONS)
def test_one_change_is_noticed(name: str, printed: str, field: str, value: str, complaint: str, texts: Texts) -> None:
    rows = rows_of(name)
    next(row for row in rows if row["row"] == printed)[field] = value
    assert any(complaint in found for found in complain(name, rows, texts))


def test_a_border_between_two_cells_cannot_be_moved_within_a_word(texts: Texts) -> None:
    rows = rows_of(CITY)
    rows[2]["school"], rows[2]["major"] = "北京商贸学校人力", "资源管理事务"
    assert any("within a word" in found for found in complain(CITY, rows, texts))


def test_a_major_given_to_the_other_school_is_noticed(texts: Texts) -> None:
    rows = rows_of(DISTRICT)
    rows[4] |= {key: rows[0][key] for key in ("school", "school_id", "school_lines")}
    assert any("the text gives 物业管理 to gucheng-zhigao" in found for found in complain(DISTRICT, rows, texts))


@pytest.mark.parametrize("name", COUNTS)
def test_a_dropped_or_doubled_row_is_noticed(name: str, texts: Texts) -> None:
    rows = rows_of(name)
    for at in range(len(rows)):
        assert complain(name, rows[:at] + rows[at + 1 :], texts)
        assert complain(name, [*rows, rows[at]], texts)


@pytest.mark.parametrize("name", COUNTS)
def test_every_cell_changed_by_one_sign_is_noticed(name: str, texts: Texts) -> None:
    for at in range(len(rows_of(name))):
        for field in ("school", "major", "partner", "partner_major", "row", "school_lines"):
            rows = rows_of(name)
            if rows[at][field]:
                rows[at][field] = rows[at][field][:-1] + ("9" if rows[at][field][-1] != "9" else "8")
                assert complain(name, rows, texts), (at, field)
