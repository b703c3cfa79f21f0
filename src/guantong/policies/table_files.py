"""A file of people, answered (成批判断文件): the same rows with their answers, from CSV or Parquet to either.

Nothing is written unless every row could be read: the result grows in a file of its own beside the target
and takes its name at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeAlias

import numpy as np

from guantong.errors import FileRefused, Problem, TableRefused
from guantong.policies.bulk import RunDigests, receipt_of
from guantong.policies.columns import COHORT, ON, SHOWN_PROBLEMS, TableFrame, read_people, slips
from guantong.policies.receipts import Receipt
from guantong.policies.rulebook import Rulebook
from guantong.policies.table import FAILED, TableAnswer, decide_table
from guantong.policies.table_sources import Batch, TableSource, TableTarget, open_source

Progress: TypeAlias = Callable[[int, int], None]
"""Called with the rows done and the rows in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSummary:
    """What a run over a file did: rows, people by answer, rows without any law, inputs without a column, receipt."""

    decision: str
    rows: int
    counts: dict[str, int]
    lawless: int
    absent: tuple[str, ...]
    receipt: Receipt


@dataclass(slots=True)
class _Tally:
    """What is gathered while batches go by."""

    limit: int
    rows: int = 0
    lawless: int = 0
    faults: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    digests: RunDigests = field(default_factory=RunDigests)

    @property
    def room(self) -> int:
        """Return how many problems can still be listed."""
        return max(0, self.limit - len(self.problems))

    def summary(self, decision: str, absent: tuple[str, ...], receipt: Receipt) -> TableSummary:
        """Return what was gathered."""
        return TableSummary(
            decision=decision,
            rows=self.rows,
            counts=dict(self.counts),
            lawless=self.lawless,
            absent=absent,
            receipt=receipt,
        )

    def refuse(self, problems: tuple[Problem, ...], count: int) -> None:
        """Keep the first problems of a batch and count all of them."""
        self.faults += count
        self.problems += problems[: self.room]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """What is asked of every row."""

    book: Rulebook
    decision: str
    on: date | None


def table_csv(
    book: Rulebook,
    decision: str,
    source: Path,
    target: Path,
    progress: Progress | None = None,
    *,
    on: date | None = None,
    limit: int = SHOWN_PROBLEMS,
) -> TableSummary:
    """Answer one decision for every row of a file; write the rows with the answer and the clauses that say no.

    Raises `TableRefused` with the first `limit` faults and the number of all of them, `TableUnreadable`
    where the file is no table at all, `FileRefused` where the target cannot be written; nothing is written then.
    """
    spec, tally, opened = book.decision(decision), _Tally(limit=limit), open_source(source)
    added = (decision, f"{decision}_failed")
    _check_header(opened, spec.inputs, added)
    with (
        _written_whole(target) as part,
        TableTarget(part, target, (*opened.names, *added), marked=opened.marked) as out,
    ):
        _write_answers(_Question(book=book, decision=decision, on=on), opened, out, tally, progress)
    absent = tuple(name for name in spec.inputs if name not in opened.names)
    return tally.summary(decision, absent, receipt_of(book, (decision,), tally.digests, on))


@contextmanager
def _written_whole(target: Path) -> Iterator[Path]:
    """Give a file beside the target that takes its name at the end; a folder or device is never replaced."""
    if _is_no_file(target):
        raise FileRefused(file=target, fault="不是普通文件，不会覆盖", advice="请换一个文件名。")
    part = target.with_name(f".{target.name}.part")
    try:
        yield part
        part.replace(target)
    except OSError:
        raise FileRefused(file=target, fault="写不进去", advice="请检查文件夹、权限和磁盘空间。") from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _is_no_file(target: Path) -> bool:
    """Tell whether something else than a file stands there; where nobody can look, the writing tells."""
    try:
        return not target.name or (target.exists() and not target.is_file())
    except OSError:
        return False


def _check_header(source: TableSource, inputs: tuple[str, ...], added: tuple[str, ...]) -> None:
    """Refuse a header with slips, with a name twice, or with a name that the answer needs."""
    problems = list(slips(source.names, inputs))
    for name, times in Counter(source.names).items():
        if times > 1:
            problems.append(Problem(column=name, rule="表头里这一列出现了不止一次", remedy="请删去或改名。"))
        if name in added:
            problems.append(Problem(column=name, rule="这一列的名称要留给结果", remedy="请先删去或改名。"))
    if problems:
        listed = [replace(problem, file=source.path.name, row=1) for problem in problems]
        raise TableRefused(listed, len(listed))


def _write_answers(
    question: _Question, source: TableSource, out: TableTarget, tally: _Tally, progress: Progress | None
) -> None:
    """Answer batch by batch, writing as long as no row was refused; raise `TableRefused` at the end if any was."""
    for batch in source.batches():
        answer = _answered(question, batch, tally, source.path.name)
        if answer is not None and not tally.faults:
            out.write(batch, (_words(answer), _failed(answer)))
        if progress:
            progress(tally.rows, source.rows)
    if tally.faults:
        raise TableRefused(tally.problems, tally.faults)


def _answered(question: _Question, batch: Batch, tally: _Tally, file: str) -> TableAnswer | None:
    book, decision = question.book, question.decision
    tally.rows += len(batch.numbers)
    tally.refuse(tuple(replace(problem, file=file) for problem in batch.problems), len(batch.problems))
    wanted = {*book.decision(decision).inputs, COHORT, ON}
    columns = {name: column for name, column in batch.columns.items() if name in wanted}
    frame = TableFrame(file=file, numbers=batch.numbers, limit=tally.room)
    try:
        run = decide_table(book, read_people(book, columns, (decision,), on=question.on, frame=frame), (decision,))
    except TableRefused as refused:
        tally.refuse(refused.problems, refused.count)
        return None
    tally.digests.add(run)
    tally.lawless += run[decision].lawless
    tally.counts.update(run[decision].counts())
    return run[decision]


def _words(answer: TableAnswer) -> list[str]:
    words = {code: answer.word_of(code) for code in np.unique(answer.codes).tolist()}
    return [words[code] for code in answer.codes.tolist()]


def _failed(answer: TableAnswer) -> list[str]:
    if FAILED not in answer.reasons:
        return [""] * len(answer.codes)
    bits = answer.reasons[FAILED]
    texts = {found: "|".join(answer.clauses(found)) for found in np.unique(bits).tolist()}
    return [texts[found] for found in bits.tolist()]
