"""The page that documents the tables a user loads: its examples are read, its columns are the real ones."""

import re
from pathlib import Path

from tests.planning import TODAY, desk

from guantong.pathways.class_list import HEADINGS, MOST_PUPILS, read_class_list
from guantong.pathways.score_table import COLUMNS, read_score_table

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "user-tables.md").read_text(encoding="utf-8")


def example(name: str) -> str:
    """The example of a table on the page."""
    _, _, rest = PAGE.partition(f"```csv {name}\n")
    return rest.partition("```")[0]


def test_the_score_table_on_the_page_is_read() -> None:
    table = read_score_table(
        example("score-table"), year="2025", out_of="510", source="例", population="例", book=desk().book
    )
    assert (table.total, table.open_top, table.whole) == (40, True, True)


def test_the_class_list_on_the_page_is_read() -> None:
    first, second = read_class_list(example("class-list"), book=desk().book, registry=desk().registry, today=TODAY)
    assert (first.applicant.exam_eligible, second.applicant.cohort) == (True, 2028)


def test_the_page_names_every_column() -> None:
    assert re.findall(r"^\| ([^|`]+) \| `(\w+)` \|", PAGE, re.MULTILINE) == list(HEADINGS.items())
    assert re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE) == [column.name for column in COLUMNS]
    assert f"Up to {MOST_PUPILS} pupils" in PAGE
