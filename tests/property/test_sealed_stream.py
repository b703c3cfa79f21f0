"""Whatever lines go into a sealed file come out again, and no single byte of it may differ or be missing."""

import io
import os
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guantong.errors import StepRefused
from guantong.store.sealed_stream import PIECE, SealedWriter, unsealed_lines

MARK, PASSPHRASE = b"property 1\n", "演示口令 correct horse"
LINES = st.lists(st.binary(max_size=200).map(lambda line: line.replace(b"\n", b"")), max_size=30)


def sealed(lines: list[bytes]) -> bytes:
    """Lines as a sealed file."""
    stream = io.BytesIO()
    out = SealedWriter(stream, MARK, PASSPHRASE)
    for line in lines:
        out.write(line + b"\n")
    out.close()
    return stream.getvalue()


def opened(body: bytes, passphrase: str = PASSPHRASE) -> list[bytes]:
    """The lines of a sealed file."""
    return list(unsealed_lines(io.BytesIO(body), MARK, passphrase, step="恢复备份"))


@cache
def long_file() -> bytes:
    """A file of several pieces that do not pack."""
    return sealed([os.urandom(1000).replace(b"\n", b"") for _ in range(PIECE * 5 // 2000)])


@settings(max_examples=25, deadline=None)
@given(lines=LINES)
def test_what_went_in_comes_out(lines: list[bytes]) -> None:
    assert opened(sealed(lines)) == lines


@settings(max_examples=40, deadline=None)
@given(place=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255))
def test_no_byte_may_differ(place: float, flip: int) -> None:
    body = bytearray(long_file())
    body[int(place * len(body))] ^= flip
    with pytest.raises(StepRefused):
        opened(bytes(body))


@settings(max_examples=40, deadline=None)
@given(place=st.floats(0, 1, exclude_max=True))
def test_no_end_may_be_missing(place: float) -> None:
    with pytest.raises(StepRefused):
        opened(long_file()[: int(place * len(long_file()))])


def test_another_passphrase_opens_nothing() -> None:
    with pytest.raises(StepRefused, match="口令不对"):
        opened(long_file(), "another passphrase")
