"""A long file under a passphrase (密封文件): compressed, cut into pieces, each piece sealed with AES-GCM.

Every piece is bound to its place and the last one says that it is the last, so a piece altered,
moved or missing is noticed. The key is scrypt of the passphrase; nothing of it is kept.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from guantong.errors import StepRefused

SALT, PREFIX, COUNTER, TAG = 16, 7, 4, 16
PIECE = 1 << 18
SHORTEST_PASSPHRASE = 12


class SealedWriter:
    """Takes plain bytes and writes them sealed; `close` writes the last piece, without which nothing is whole."""

    def __init__(self, stream: BinaryIO, mark: bytes, passphrase: str) -> None:
        """Write the head of the file; `mark` says what kind it is and is bound to every piece."""
        salt, self._prefix = os.urandom(SALT), os.urandom(PREFIX)
        self._stream, self._mark, self._cipher = stream, mark, _cipher(passphrase, salt)
        self._packing, self._held, self._number = zlib.compressobj(), b"", 0
        stream.write(mark + salt + self._prefix)

    def write(self, plain: bytes) -> None:
        """Take more bytes."""
        self._held += self._packing.compress(plain)
        while len(self._held) > PIECE:
            self._put(self._held[:PIECE], last=False)
            self._held = self._held[PIECE:]

    def close(self) -> None:
        """Write what is held, as the last piece."""
        self._held += self._packing.flush()
        while len(self._held) > PIECE:
            self._put(self._held[:PIECE], last=False)
            self._held = self._held[PIECE:]
        self._put(self._held, last=True)

    def _put(self, piece: bytes, *, last: bool) -> None:
        nonce = _nonce(self._prefix, self._number, last=last)
        self._stream.write(self._cipher.encrypt(nonce, piece, self._mark))
        self._number += 1


def unsealed_lines(stream: BinaryIO, mark: bytes, passphrase: str, *, step: str) -> Iterator[bytes]:
    """Return the lines of a sealed file as they are opened.

    Raises `StepRefused` for another kind of file, a passphrase that does not fit, and, at the place
    where it is noticed, for a piece that was altered or is missing. `step` names what is refused.
    """
    head = stream.read(len(mark) + SALT + PREFIX)
    if not head.startswith(mark) or len(head) < len(mark) + SALT + PREFIX:
        raise StepRefused(step=step, why="这不是 guantong 写出的这种文件，或是别的版本写的")
    salt, prefix = head[len(mark) : len(mark) + SALT], head[len(mark) + SALT :]
    unpacking, held = zlib.decompressobj(), b""
    for piece in _pieces(stream, _cipher(passphrase, salt), prefix, mark, step):
        *whole, held = (held + unpacking.decompress(piece)).split(b"\n")
        yield from whole
    if held or not unpacking.eof:
        raise StepRefused(step=step, why="文件不完整")


def _pieces(stream: BinaryIO, cipher: AESGCM, prefix: bytes, mark: bytes, step: str) -> Iterator[bytes]:
    number, piece = 0, stream.read(PIECE + TAG)
    while True:
        following = stream.read(PIECE + TAG)
        try:
            yield cipher.decrypt(_nonce(prefix, number, last=not following), piece, mark)
        except InvalidTag:
            why = "文件不完整，或被改动过" if number else "口令不对，或文件被改动过"
            raise StepRefused(step=step, why=why) from None
        if not following:
            return
        number, piece = number + 1, following


def check_passphrase(passphrase: str, *, step: str) -> None:
    """Raise `StepRefused` for a passphrase that is too short to keep anything."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise StepRefused(step=step, why=f"口令至少 {SHORTEST_PASSPHRASE} 个字符")


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(COUNTER, "big") + bytes([last])


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode()))
