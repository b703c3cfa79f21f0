"""Files of tables (数据表文件的读写): CSV and Parquet by suffix, read and written batch by batch."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from guantong.errors import Problem, TableUnreadable

if TYPE_CHECKING:
    import polars

FIRST_ROW = 2
"""The header is row 1."""
BATCH = 20_000
_PARQUET = ".parquet"
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Some rows of a file: their numbers in it, their columns as they are read, the rows themselves."""

    numbers: Sequence[int]
    columns: dict[str, object]
    cells: list[list[str]]
    frame: polars.DataFrame | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSource:
    """A file of rows with a header."""

    path: Path
    names: tuple[str, ...]
    rows: int
    marked: bool = False

    def batches(self) -> Iterator[Batch]:
        """Yield the rows; raises `TableUnreadable` where the file breaks off or is not UTF-8."""
        return _parquet_batches(self.path) if self.path.suffix == _PARQUET else _csv_batches(self.path, self.names)


def open_source(path: Path) -> TableSource:
    """Read the header of a file; raise `TableUnreadable` where there is none."""
    try:
        there = path.is_file()
    except OSError:
        there = False
    if not there:
        raise TableUnreadable(file=path.name, fault="找不到这个文件", advice="请核对文件名和所在文件夹。")
    if path.suffix == _PARQUET:
        return _open_parquet(path)
    try:
        with path.open("rb") as raw:
            marked = raw.read(len(_BOM)) == _BOM
            rows = sum(block.count(b"\n") for block in iter(lambda: raw.read(1 << 20), b""))
    except OSError:
        raise TableUnreadable(file=path.name, fault="打不开", advice="请检查读取权限。") from None
    with _text(path) as lines:
        names = next(_records(path, lines), None)
    if not names:
        raise TableUnreadable(file=path.name, fault="文件是空的", advice="第一行应是表头。")
    return TableSource(path=path, names=tuple(name.strip() for name in names), rows=rows, marked=marked)


class TableTarget:
    """A file that grows batch by batch."""

    def __init__(self, path: Path, kind: Path, names: Sequence[str], *, marked: bool) -> None:
        """Begin the file at `path` in the format of `kind`'s suffix; `marked` adds the mark that Excel looks for."""
        self._path, self._parquet, self._names = path, kind.suffix == _PARQUET, list(names)
        self._frames: list[polars.DataFrame] = []
        self._file = None if self._parquet else path.open("w", encoding="utf-8-sig" if marked else "utf-8", newline="")
        self._writer = csv.writer(self._file, lineterminator="\n") if self._file else None
        if self._writer:
            self._writer.writerow(self._names)

    def __enter__(self) -> TableTarget:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file:
            self._file.close()
        elif kind is None and self._frames:
            import polars

            polars.concat(self._frames).write_parquet(self._path)

    def write(self, batch: Batch, added: Sequence[Sequence[str]]) -> None:
        """Add some rows with the columns that answer them."""
        if self._writer:
            cells = batch.cells or [["" if cell is None else str(cell) for cell in row] for row in batch.frame.rows()]  # type: ignore[union-attr]
            for row, *more in zip(cells, *added, strict=True):
                row += more
            self._writer.writerows(cells)
            return
        import polars

        frame = batch.frame
        if frame is None:
            names = self._names[: -len(added)]
            frame = polars.DataFrame(batch.cells, schema=dict.fromkeys(names, polars.String), orient="row")
        new = [
            polars.Series(name, list(column), dtype=polars.String)
            for name, column in zip(self._names[-len(added) :], added, strict=True)
        ]
        self._frames.append(frame.with_columns(new))


def _text(path: Path):  # type: ignore[no-untyped-def]
    return path.open(encoding="utf-8-sig", newline="")


def _records(path: Path, lines: Iterator[str]) -> Iterator[list[str]]:
    reader = csv.reader(lines, strict=True)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except UnicodeDecodeError:
            advice = "请在表格软件里另存为“CSV UTF-8”后重试。"
            raise TableUnreadable(file=path.name, fault="文字编码不是 UTF-8", advice=advice) from None
        except csv.Error:
            fault = f"第 {reader.line_num} 行附近的双引号不成对，或一格太长"
            raise TableUnreadable(file=path.name, fault=fault, advice="请检查这一行后重试。") from None


def _csv_batches(path: Path, names: tuple[str, ...]) -> Iterator[Batch]:
    with _text(path) as lines:
        records, start = _records(path, lines), FIRST_ROW
        next(records)
        while rows := list(islice(records, BATCH)):
            widths, numbers = list(map(len, rows)), range(start, start + len(rows))
            start += len(rows)
            if set(widths) == {len(names)}:
                yield _csv_batch(names, numbers, rows)
                continue
            good = [at for at, width in enumerate(widths) if width == len(names)]
            wrong = tuple(
                _width_problem(numbers[at], width, len(names))
                for at, width in enumerate(widths)
                if width not in (0, len(names))
            )
            yield _csv_batch(names, [numbers[at] for at in good], [rows[at] for at in good], wrong)


def _csv_batch(
    names: tuple[str, ...], numbers: Sequence[int], rows: list[list[str]], problems: tuple[Problem, ...] = ()
) -> Batch:
    columns: dict[str, object] = {name: [row[at] for row in rows] for at, name in enumerate(names)}
    return Batch(numbers=numbers, columns=columns, cells=rows, problems=problems)


def _width_problem(number: int, found: int, wanted: int) -> Problem:
    rule = f"这一行有 {found} 格，表头有 {wanted} 格"
    return Problem(row=number, rule=rule, remedy="含逗号的内容请加英文双引号。")


def _open_parquet(path: Path) -> TableSource:
    import polars

    with suppress(polars.exceptions.PolarsError):
        scan = polars.scan_parquet(path)
        rows = int(scan.select(polars.len()).collect().item())
        return TableSource(path=path, names=tuple(scan.collect_schema().names()), rows=rows)
    raise TableUnreadable(file=path.name, fault="不是完整的 Parquet 文件", advice="请重新导出后再试。")


def _parquet_batches(path: Path) -> Iterator[Batch]:
    import polars

    start = 1
    for frame in polars.scan_parquet(path).collect_batches(chunk_size=BATCH, maintain_order=True):
        columns: dict[str, object] = {name: frame[name] for name in frame.columns}
        yield Batch(numbers=range(start, start + len(frame)), columns=columns, cells=[], frame=frame)
        start += len(frame)
