"""Tables 2-2 and 2-3 of the annual report of 2025: made anew from the counts alone, and checked as printed."""

from decimal import Decimal
from pathlib import Path

import pytest

from guantong.indicators.grading import MajorGrade, table_of_counts
from guantong.reconciliation import Cell, Printed, ShareTable, check_shares

pytestmark = pytest.mark.corpus

REPORT = "002_8f43796d01ec4421.txt"
TITLES = {"2-2": "表 2-2 近三年（2022—2024 年）", "2-3": "表 2-3 北京职业院校专科人才试点质量监测结果（2025 年）"}
DECIMALS = {"2-2": 1, "2-3": 2}
FAULTY = ["70.46", "29.54"]


def printed_rows(corpus: Path, number: str) -> list[list[str]]:
    """Rows of a table as the text prints them: grade, count, share, and the group's in its first row."""
    lines = (corpus / REPORT).read_text("utf-8").splitlines()
    starts = [at for at, line in enumerate(lines) if line.startswith(TITLES[number]) and "\t" not in line]
    head = next(at for at in range(starts[-1], len(lines)) if lines[at].startswith("等级\t"))
    rows = []
    for line in lines[head + 1 :]:
        rows.append(line.split("\t"))
        if line.startswith("合计"):
            return rows
    raise AssertionError("the table has no total")


def counts(rows: list[list[str]]) -> dict[MajorGrade, int]:
    """The counts alone."""
    return {MajorGrade(row[0]): int(row[1]) for row in rows[:-1]}


def number(text: str, label: str, *, count: bool = False) -> Cell:
    """A printed cell."""
    return Cell(
        id=label, label=label, number=Printed(Decimal(text.rstrip("%")), exact=count), unit="" if count else "%"
    )


def as_shares(rows: list[list[str]]) -> ShareTable:
    """A printed table as it is compared."""
    groups: list[tuple[Cell, Cell | None, list[int]]] = []
    cells: list[tuple[Cell, Cell | None]] = []
    for at, row in enumerate(rows[:-1]):
        cells.append((number(row[1], row[0], count=True), number(row[2], f"{row[0]}占比")))
        if len(row) > 3 and row[3]:
            groups.append((number(row[3], row[0][0], count=True), number(row[4], f"{row[0][0]}档占比"), []))
        groups[-1][2].append(at)
    return ShareTable(total=number(rows[-1][1], "合计", count=True), rows=cells, groups=groups)


@pytest.mark.parametrize("which", ["2-2", "2-3"])
def test_the_table_comes_out_of_the_counts_rightly_rounded(corpus: Path, which: str) -> None:
    rows = printed_rows(corpus, which)
    made = table_of_counts(counts(rows), DECIMALS[which])
    assert made.total == int(rows[-1][1])
    for row, own in zip(rows[:-1], made.rows, strict=True):
        assert (row[0], row[1]) == (own.grade.value, str(own.count))
        assert Decimal(own.share).quantize(Decimal(row[2].rstrip("%"))) == Decimal(row[2].rstrip("%"))
        if own.group_count is not None:
            assert row[3] == str(own.group_count)
            printed = row[4].rstrip("%")
            assert (own.group_share == printed) != (printed in FAULTY)


def test_checking_the_printed_shares_finds_two_faults_both_in_the_second_table(corpus: Path) -> None:
    assert check_shares(as_shares(printed_rows(corpus, "2-2"))) == ()
    found = check_shares(as_shares(printed_rows(corpus, "2-3")))
    assert [str(one.cell.number) for one in found] == FAULTY
