"""Score tables (一分一段): a table that the user loads, checked and never kept, and what a score means in it.

A percentile holds only for the year and the paper total that the user states, and stands as a
range: pupils of one score cannot be told apart, and a table that stops above 0 leaves pupils out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from guantong.errors import InputRefused, Problem
from guantong.pathways.applicant import FLOOR
from guantong.policies.inputs import number_or_none
from guantong.policies.rulebook import Rulebook
from guantong.sheets import Column, Row, read_table

FILE = "一分一段表"
COLUMNS = (
    Column(
        name="score", required=True, form=r"\d{1,3}(\.5)?\+?", form_text=" 480、479.5，或第一行的 480+（480 分及以上）"
    ),
    Column(name="count", required=True, whole=True),
    Column(name="cumulative", whole=True),
)
"""The documented table: one row per score from the top down; `cumulative` may be left out or empty."""
MOST_ROWS, MOST_PUPILS, LONGEST_SOURCE = 1500, 200_000, 80
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What the user says of the table: whose pupils, which year, which paper total, where it comes from."""

    year: int
    out_of: Decimal
    source: str
    population: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreTable:
    """A checked table: scores from the top down with their counts; `open_top` where the first is “and above”."""

    stated: Statement
    scores: tuple[Decimal, ...]
    counts: tuple[int, ...]
    open_top: bool

    @property
    def total(self) -> int:
        """Return the number of pupils in the table."""
        return sum(self.counts)

    @property
    def whole(self) -> bool:
        """Tell whether the table reaches down to 0, so that nobody is left out."""
        return self.scores[-1] == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Percentile:
    """Where a score stands: how many pupils are above it and how many share it, and the range of shares.

    `at_best` and `at_worst` are percent of pupils at or above; `upper_bound` says that the table leaves
    low scores out, so that the true shares are not larger.
    """

    score: Decimal
    above: int
    equal: int
    at_best: Decimal
    at_worst: Decimal
    upper_bound: bool
    stated: Statement

    def as_json(self) -> dict[str, object]:
        """Return the percentile with the year and source that the user stated."""
        return {
            "score": float(self.score),
            "above": self.above,
            "equal": self.equal,
            "at_best": float(self.at_best),
            "at_worst": float(self.at_worst),
            "upper_bound": self.upper_bound,
            "year": self.stated.year,
            "out_of": float(self.stated.out_of),
            "population": self.stated.population,
            "source": self.stated.source,
            "text": self.text,
        }

    @property
    def text(self) -> str:
        """Return the sentence that a page shows."""
        most = "至多" if self.upper_bound else ""
        share = f"{self.at_best}%" if self.at_best == self.at_worst else f"{self.at_best}% 至 {self.at_worst}%"
        tail = "表没有列到 0 分，实际比例只会更小。" if self.upper_bound else ""
        said = self.stated
        return (
            f"{said.population} {said.year} 年，总分 {said.out_of} 分：{self.score} 分在前{most} {share}。"
            f"{tail}表由使用者提供，来源：{said.source}。"
        )


def read_score_table(text: str, *, year: str, out_of: str, source: str, population: str, book: Rulebook) -> ScoreTable:
    """Return a table from CSV text and what the user states; raise `InputRefused` with every problem at once."""
    problems: list[Problem] = []
    stated = _statement({"year": year, "out_of": out_of, "source": source, "population": population}, book, problems)
    header = text.removeprefix("\ufeff").partition("\n")[0]
    columns = COLUMNS if "cumulative" in header else COLUMNS[:2]
    rows, faults = read_table(text, columns, FILE)
    problems += faults
    problems += _row_problems(rows, stated, sums=not faults)
    if not rows and not faults:
        problems.append(Problem(file=FILE, rule="表里没有数据行", remedy="第二行起每行写一个分数和人数。"))
    if problems or stated is None:
        raise InputRefused(problems)
    return ScoreTable(
        stated=stated,
        scores=tuple(_score(row) for row in rows),
        counts=tuple(row.whole("count") or 0 for row in rows),
        open_top=rows[0]["score"].endswith("+"),
    )


def percentile(table: ScoreTable, score: Decimal, *, year: int | None, out_of: Decimal | None) -> Percentile | None:
    """Return where a score stands; None where the table is of another year or total, or does not tell.

    A score below the table's last one, or within an open first row, cannot be placed.
    """
    stated = table.stated
    if year != stated.year or out_of != stated.out_of or score > stated.out_of:
        return None
    if score < table.scores[-1] or (table.open_top and score >= table.scores[0]):
        return None
    pairs = list(zip(table.scores, table.counts, strict=True))
    above = sum(count for found, count in pairs if found > score)
    equal = sum(count for found, count in pairs if found == score)
    best, worst = min(above + 1, table.total), max(above + equal, min(above + 1, table.total))
    return Percentile(
        score=score,
        above=above,
        equal=equal,
        at_best=_share(best, table.total),
        at_worst=_share(worst, table.total),
        upper_bound=not table.whole,
        stated=stated,
    )


def _share(rank: int, total: int) -> Decimal:
    return (Decimal(rank) * 100 / Decimal(total)).quantize(Decimal("0.1"))


def _statement(given: dict[str, str], book: Rulebook, problems: list[Problem]) -> Statement | None:
    """Return what the user states; the paper total must be one of the year's where these are known."""
    texts = {name: value.strip() for name, value in given.items()}
    year, out_of = number_or_none(texts["year"]), number_or_none(texts["out_of"])
    if year is None or year != int(year) or not FIRST_YEAR <= year <= LAST_YEAR:
        problems.append(_problem("year", texts["year"], "要写明是哪一年的表", "例如 2025。"))
    if out_of is None or out_of <= 0:
        problems.append(_problem("out_of", texts["out_of"], "要写明试卷总分", "例如 510。"))
    for name, what in (("source", "来源"), ("population", "哪个区或全市的考生")):
        if not 0 < len(texts[name]) <= LONGEST_SOURCE:
            rule = f"要写明{what}，不超过 {LONGEST_SOURCE} 个字"
            problems.append(_problem(name, texts[name][:20], rule, "没有来源的表不能使用。"))
    if year is None or out_of is None:
        return None
    value = book.value(FLOOR, int(year))
    if value and value.out_of and out_of not in value.out_of:
        totals = "或 ".join(f"{total} " for total in value.out_of)
        problems.append(_problem("out_of", texts["out_of"], f"{int(year)} 年中考总分是 {totals}分", "请核对年份。"))
    return Statement(year=int(year), out_of=out_of, source=texts["source"], population=texts["population"])


def _row_problems(rows: Sequence[Row], stated: Statement | None, *, sums: bool) -> Iterator[Problem]:
    """Report scores out of order or above the total, sums that do not hold, and tables that are too large.

    Where a row could not be read the sums after it mean nothing and are not looked at.
    """
    if len(rows) > MOST_ROWS:
        yield Problem(file=FILE, rule=f"超过 {MOST_ROWS} 行", remedy="一个分数一行，请检查是否重复粘贴。")
    running, last = 0, None
    for place, row in enumerate(rows):
        score, running = _score(row), running + (row.whole("count") or 0)
        if row["score"].endswith("+") and place:
            yield _at(row, "score", "只有第一行可以写“及以上”")
        if last is not None and score >= last:
            yield _at(row, "score", "分数应从高到低，每个分数一行")
        if stated and score > stated.out_of:
            yield _at(row, "score", f"高于总分 {stated.out_of}")
        cumulative = row.whole("cumulative") if "cumulative" in row.cells else None
        if sums and cumulative is not None and cumulative != running:
            yield _at(row, "cumulative", f"与各行人数相加的 {running} 不符")
            running = cumulative
        last = score
    if rows and not 0 < running <= MOST_PUPILS:
        yield Problem(file=FILE, rule=f"总人数是 {running}，不合情理", remedy="请核对人数一列。")


def _score(row: Row) -> Decimal:
    return Decimal(row["score"].removesuffix("+"))


def _at(row: Row, column: str, rule: str) -> Problem:
    return Problem(file=FILE, row=row.number, column=column, value=row[column], rule=rule, remedy="请改正这一格。")


def _problem(name: str, value: str, rule: str, remedy: str) -> Problem:
    return Problem(column=name, value=value[:20], rule=rule, remedy=remedy)
