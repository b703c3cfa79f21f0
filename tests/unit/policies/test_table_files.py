"""A file in, the same rows with their answers out; or nothing at all and every fault."""

import csv
from pathlib import Path

import polars as pl
import pytest
from tests.cities import random_cells
from tests.factories import real_book

from guantong.errors import TableRefused, TableUnreadable
from guantong.policies import table_sources
from guantong.policies.city import decide_table, table_csv

BOOK = real_book()
HEADER = "学号,cohort,score,household,exam_eligible\n"
ROWS = '01,2025,380,beijing,yes\n02,2025,379.5,beijing,是\n"0,3",2025,,other,no\n04,2026,,,\n'


def run(folder: Path, text: str | bytes, target: str = "out.csv") -> str:
    source = folder / "in.csv"
    source.write_bytes(text if isinstance(text, bytes) else text.encode())
    table_csv(BOOK, "may_apply", source, folder / target)
    return (folder / target).read_text(encoding="utf-8")


def refused(folder: Path, text: str, **more: int) -> TableRefused:
    source = folder / "in.csv"
    source.write_text(text, encoding="utf-8")
    with pytest.raises(TableRefused) as found:
        table_csv(BOOK, "may_apply", source, folder / "out.csv", **more)  # type: ignore[arg-type]
    assert sorted(path.name for path in folder.iterdir()) == ["in.csv"]
    return found.value


def test_each_row_comes_back_as_it_was_with_its_answer_and_the_clauses_that_say_no(tmp_path: Path) -> None:
    floor, household = "jjzc-2023-6:3.1.2", "jjzc-2023-6:3.1.1"
    assert run(tmp_path, HEADER + ROWS).splitlines() == [
        HEADER.strip() + ",may_apply,may_apply_failed",
        "01,2025,380,beijing,yes,yes,",
        f"02,2025,379.5,beijing,是,no,{floor}",
        f'"0,3",2025,,other,no,no,{household}',
        "04,2026,,,,unknown,",
    ]


def test_the_summary_counts_answers_and_rows_without_law_and_names_inputs_without_a_column(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("cohort,score\n2025,300\n2026,300\n", encoding="utf-8")
    seen: list[tuple[int, int]] = []
    summary = table_csv(
        BOOK, "may_apply", tmp_path / "in.csv", tmp_path / "out.csv", lambda done, total: seen.append((done, total))
    )
    assert (summary.rows, summary.lawless, summary.absent) == (2, 1, ("household", "exam_eligible"))
    assert summary.counts == {"no": 1, "unknown": 1, "yes": 0}
    assert seen == [(2, 3)]


def test_all_faults_of_a_file_come_at_once_with_their_rows_and_nothing_is_written(tmp_path: Path) -> None:
    text = HEADER + "1,2025,380.3,bejing,yes\n2,2025,380\n\n3,1,999,beijing,maybe\n"
    lines = [str(problem) for problem in refused(tmp_path, text).problems]
    assert len(lines) == 5
    assert {line.split("：")[0] for line in lines} == {
        "in.csv 第 2 行 “score”", "in.csv 第 2 行 “household”", "in.csv 第 3 行",
        "in.csv 第 5 行 “cohort”", "in.csv 第 5 行 “exam_eligible”",
    }  # fmt: skip


def test_faults_beyond_the_first_are_counted_over_the_whole_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_sources, "BATCH", 10)
    error = refused(tmp_path, HEADER + "1,2025,x,beijing,yes\n" * 95, limit=3)
    assert (error.count, [problem.row for problem in error.problems]) == (95, [2, 3, 4])


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("cohort,scor\n", "最接近的是 score"),
        ("score\n", "缺少这一列"),
        ("cohort,score,score\n", "不止一次"),
        ("cohort,score,may_apply\n", "名称要留给结果"),
    ],
)
def test_a_header_with_a_fault_is_refused_before_any_row(tmp_path: Path, header: str, said: str) -> None:
    (problem,) = refused(tmp_path, header).problems
    assert problem.row == 1
    assert said in str(problem)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "文件是空的"),
        ("cohort,姓名\n2025,张\n".encode("gbk"), "不是 UTF-8"),
        (b'cohort,score\n2025,"380\n', "双引号不成对"),
    ],
    ids=["empty", "gbk", "quotes"],
)
def test_a_file_that_is_no_table_says_why(tmp_path: Path, text: bytes, said: str) -> None:
    with pytest.raises(TableUnreadable, match=said):
        run(tmp_path, text)
    assert not (tmp_path / "out.csv").exists()


def test_a_file_that_is_not_there_or_no_parquet_says_so(tmp_path: Path) -> None:
    (tmp_path / "in.parquet").write_bytes(b"PAR1")
    for name, said in (("none.csv", "找不到"), ("in.parquet", "不是完整的 Parquet")):
        with pytest.raises(TableUnreadable, match=said):
            table_csv(BOOK, "may_apply", tmp_path / name, tmp_path / "out.csv")


def test_the_mark_that_excel_looks_for_is_kept(tmp_path: Path) -> None:
    run(tmp_path, "\ufeff" + HEADER + ROWS)
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_file_with_only_a_header_gives_a_header(tmp_path: Path) -> None:
    assert run(tmp_path, HEADER) == HEADER.strip() + ",may_apply,may_apply_failed\n"


def test_parquet_and_csv_lead_to_the_same_answers_and_the_same_receipt(tmp_path: Path) -> None:
    cells = {name: column for name, column in random_cells(BOOK, 500, 3, top=500).items() if name in (
        "cohort", "household", "exam_eligible"
    )}  # fmt: skip
    frame = pl.DataFrame(cells)
    frame.write_parquet(tmp_path / "in.parquet")
    frame.write_csv(tmp_path / "in.csv")
    receipts = {
        table_csv(BOOK, "may_apply", tmp_path / source, tmp_path / target).receipt.id
        for source, target in (
            ("in.csv", "a.csv"),
            ("in.csv", "a.parquet"),
            ("in.parquet", "b.csv"),
            ("in.parquet", "b.parquet"),
        )
    }
    assert len(receipts) == 1
    words = pl.read_parquet(tmp_path / "b.parquet")["may_apply"].to_list()
    answer = decide_table(BOOK, cells)["may_apply"]
    assert words == [answer.word(row) for row in range(500)]
    with (tmp_path / "b.csv").open(encoding="utf-8", newline="") as lines:
        assert [row["may_apply"] for row in csv.DictReader(lines)] == words


def test_a_value_decision_writes_its_value(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("cohort,project,stage\n2023,zhongben,college\n2023,,\n", encoding="utf-8")
    table_csv(BOOK, "registered_at", tmp_path / "in.csv", tmp_path / "out.csv")
    rows = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()
    assert rows[1:] == ["2023,zhongben,college,university,", "2023,,,unknown,"]


def test_source_and_target_may_be_one_file(tmp_path: Path) -> None:
    assert run(tmp_path, HEADER + ROWS, "in.csv").splitlines()[1] == "01,2025,380,beijing,yes,yes,"
