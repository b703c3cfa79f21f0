"""Cells (单元格): one column of raw values turned into codes, by the same reading as a single case.

Texts and mixed lists are read value by value, each distinct one once, through `InputSpec.read`; arrays of
numbers and booleans are checked as a whole. Both report the same problems.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import cast

import numpy as np

from guantong.errors import Problem
from guantong.policies.codes import UNKNOWN_NUMBER, Column, Faults, encoded, unknown_code
from guantong.policies.inputs import InputKind, InputSpec, Known
from guantong.policies.kernel import Array

NOTHING = object()
"""Stands for a column that the table does not have."""
_WIDTHS = (np.int8, np.int16, np.int32)
_FAULTY = -2
_UNHASHABLE = {list, dict, set}


def widest(codes: Array) -> int:
    """Return the largest number that fits the codes."""
    return int(np.iinfo(codes.dtype).max)


def read_column(spec: InputSpec, raw: object, rows: int, faults: Faults, *, required: bool = False) -> Column:
    """Return a raw column as codes; unreadable cells go to `faults` and stand as unknown."""
    if raw is NOTHING:
        return Column(spec=spec, codes=np.broadcast_to(_narrow(spec, unknown_code(spec)), rows), complete=False)
    values, nulls = _plain(raw)
    if values.dtype.kind == "b" and spec.kind is InputKind.BOOLEAN:
        codes = values.view(np.uint8) * np.uint8(2)
    elif values.dtype.kind in "iu" and spec.kind is not InputKind.BOOLEAN:
        codes = _from_whole(spec, values, nulls, faults)
    elif values.dtype.kind == "f" and spec.kind in (InputKind.SCORE, InputKind.COUNT) and _is_binary(spec):
        codes = _from_fractions(spec, values, nulls, faults)
    else:
        codes = _from_distinct(spec, raw, values, nulls, faults)
    if nulls is not None and nulls.any():
        codes = np.where(nulls, codes.dtype.type(unknown_code(spec)), codes)
    missing = codes == unknown_code(spec)
    if required and missing.any():
        empty = Problem(column=spec.name, rule=f"{spec.label}不能为空", remedy="请补全后重新提交。")
        faults.rows(missing, raw, lambda _: empty)
    return Column(spec=spec, codes=codes, complete=not missing.any())


def _narrow(spec: InputSpec, code: int) -> Array:
    return np.asarray(code, np.int16 if spec.kind in (InputKind.SCORE, InputKind.COUNT) else np.uint8)


def _plain(raw: object) -> tuple[Array, Array | None]:
    """Return the values as an array (objects where they are mixed or texts) and where cells are empty."""
    if isinstance(raw, np.ma.MaskedArray):
        return raw.data, np.ma.getmaskarray(raw)
    if isinstance(raw, np.ndarray):
        return raw, None
    if hasattr(raw, "to_numpy") and hasattr(raw, "is_null"):
        return _from_series(raw)
    values = np.empty(len(cast("Sequence[object]", raw)), object)
    values[:] = cast("Sequence[object]", raw)
    return values, None


def _from_series(series: object) -> tuple[Array, Array | None]:
    """Return a polars series; numbers and booleans keep their width, everything else is read as text."""
    import polars

    assert isinstance(series, polars.Series)
    nulls = series.is_null().to_numpy() if series.null_count() else None
    if series.dtype == polars.Boolean:
        return series.fill_null(value=False).to_numpy(), nulls
    if series.dtype.is_integer() or series.dtype.is_float():
        return series.fill_null(0).to_numpy(), nulls
    return np.empty(len(series), object), nulls


def _from_whole(spec: InputSpec, values: Array, nulls: Array | None, faults: Faults) -> Array:
    """Read an array of integers: codes of a choice, or numbers in their unit."""
    if not values.size:
        return values.astype(np.uint8 if spec.kind is InputKind.CHOICE else np.int16)
    if spec.kind is InputKind.CHOICE:
        return _from_codes(spec, values, nulls, faults)
    step = Fraction(spec.step)
    low, high = int(values.min()), int(values.max())
    if low < 0 or high * step.denominator // step.numerator >= np.iinfo(np.int32).max or step.numerator != 1:
        return _from_distinct(spec, values, values, nulls, faults)
    width = next(width for width in _WIDTHS if high * step.denominator < np.iinfo(width).max)
    if step.denominator == 1 and values.dtype.isnative and values.dtype.itemsize == np.dtype(width).itemsize:
        return values.view(width)
    steps: Array = values.astype(width)
    return steps if step.denominator == 1 else steps * width(step.denominator)


def _from_codes(spec: InputSpec, values: Array, nulls: Array | None, faults: Faults) -> Array:
    unknown = len(spec.choices)
    wrong = (values < -1) | (values >= unknown)
    wrong = wrong if nulls is None else wrong & ~nulls
    if wrong.any():
        allowed = "、".join(f"{code} {name}" for code, (name, _) in enumerate(spec.choices))
        faults.rows(
            wrong,
            values,
            lambda raw: Problem(
                column=spec.name,
                value=str(raw),
                rule=f"{spec.label}的代码只能是 {allowed}，或 -1（未知）",
                remedy="请按规则册里的顺序编号，或直接写名称。",
            ),
        )
    codes = values.astype(np.uint8, copy=False)
    known = values.min() >= 0 and not wrong.any()
    return codes if known else np.where(wrong | (values < 0), np.uint8(unknown), codes)


def _is_binary(spec: InputSpec) -> bool:
    """Tell whether steps of this size are exact as floating-point numbers."""
    step = Fraction(spec.step)
    return step.numerator == 1 and step.denominator & (step.denominator - 1) == 0


def _from_fractions(spec: InputSpec, values: Array, nulls: Array | None, faults: Faults) -> Array:
    """Read an array of floating-point numbers; what is no whole number of steps is a fault, NaN too."""
    steps = np.asarray(values, np.float64) * Fraction(spec.step).denominator
    with np.errstate(invalid="ignore"):
        wrong = ~((steps >= 0) & (steps < np.iinfo(np.int32).max) & (steps == np.floor(steps)))
    wrong = wrong if nulls is None else wrong & ~nulls
    if wrong.any():
        faults.rows(wrong, values, lambda raw: _problem_of(spec, raw))
        steps = np.where(wrong, UNKNOWN_NUMBER, steps)
    return _narrowed(steps)


def _from_distinct(spec: InputSpec, raw: object, values: Array, nulls: Array | None, faults: Faults) -> Array:
    """Read each distinct value once, as a single case would."""
    if hasattr(raw, "is_null"):
        return _from_texts(spec, raw, faults)
    listed = values.tolist()
    kinds = set(map(type, listed)) - {type(None)}
    if kinds & _UNHASHABLE:
        listed = [str(value) if type(value) in _UNHASHABLE else value for value in listed]
    keys = listed if len(kinds) < 2 else [(value.__class__, value) for value in listed]
    codes = {key: _code_of(spec, key if len(kinds) < 2 else key[1]) for key in set(keys)}
    read = np.fromiter(map(codes.__getitem__, keys), np.int64, len(keys))
    return _settled(spec, read, raw, nulls, faults)


def _from_texts(spec: InputSpec, series: object, faults: Faults) -> Array:
    import polars

    assert isinstance(series, polars.Series)
    texts = series.cast(polars.String)
    distinct = texts.unique().drop_nulls()
    codes = [_code_of(spec, text) for text in distinct]
    read = texts.replace_strict(distinct, polars.Series(codes, dtype=polars.Int64), default=unknown_code(spec))
    return _settled(spec, read.fill_null(unknown_code(spec)).to_numpy(), series, None, faults)


def _settled(spec: InputSpec, read: Array, raw: object, nulls: Array | None, faults: Faults) -> Array:
    wrong = read == _FAULTY if nulls is None else (read == _FAULTY) & ~nulls
    if wrong.any():
        faults.rows(wrong, raw, lambda value: _problem_of(spec, value))
        read = np.where(wrong, unknown_code(spec), read)
    return read.astype(np.uint8) if spec.kind in (InputKind.BOOLEAN, InputKind.CHOICE) else _narrowed(read)


def _code_of(spec: InputSpec, value: object) -> int:
    known = value if isinstance(value, Problem) else spec.read(value)
    if isinstance(known, Problem) or (known is not None and _too_large(known)):
        return _FAULTY
    return encoded(spec, known)


def _problem_of(spec: InputSpec, value: object) -> object:
    known = value if isinstance(value, Problem) else spec.read(value)
    if isinstance(known, Problem):
        return known
    return Problem(column=spec.name, value=str(value)[:40], rule=f"{spec.label}太大", remedy="请核对单位。")


def _too_large(known: Known) -> bool:
    return not isinstance(known, str) and int(known) >= np.iinfo(np.int32).max


def _narrowed(steps: Array) -> Array:
    width = next(width for width in _WIDTHS if not steps.size or steps.max() < np.iinfo(width).max)
    return steps.astype(width)
