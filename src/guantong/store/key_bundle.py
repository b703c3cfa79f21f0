"""The keys as one file that travels apart from the backup, sealed with a passphrase."""

from __future__ import annotations

import json
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from guantong.errors import StepRefused
from guantong.store import keys
from guantong.store.models import KeyName

MARK = b"guantong keys 1\n"
SALT, NONCE = 16, 12
SHORTEST_PASSPHRASE = 12


def export(passphrase: str, folder: Path) -> bytes:
    """Return every key that the database names, sealed."""
    _check(passphrase)
    kept = {
        name: keys.read_file(folder / name, row.fingerprint).hex()
        for row in KeyName.objects.order_by("since")
        for name in (keys.file_name(keys.KeyKind(row.kind), row.id),)
    }
    salt, nonce = os.urandom(SALT), os.urandom(NONCE)
    return MARK + salt + nonce + AESGCM(_derived(passphrase, salt)).encrypt(nonce, json.dumps(kept).encode(), MARK)


def unpack(bundle: bytes, passphrase: str, folder: Path) -> tuple[str, ...]:
    """Write the key files that are not there yet, and return their names; one that is there is never written over."""
    body = bundle.removeprefix(MARK)
    salt, nonce, sealed = body[:SALT], body[SALT : SALT + NONCE], body[SALT + NONCE :]
    try:
        kept = json.loads(AESGCM(_derived(passphrase, salt)).decrypt(nonce, sealed, MARK))
    except (InvalidTag, ValueError):
        raise StepRefused(step="取回密钥", why="口令不对，或不是密钥文件") from None
    written = [name for name in sorted(kept) if not (folder / name).exists()]
    for name in written:
        if Path(name).name != name:
            raise StepRefused(step="取回密钥", why="密钥文件内容不对")
        keys.write_file(folder, name, bytes.fromhex(kept[name]))
    return tuple(written)


def _check(passphrase: str) -> None:
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise StepRefused(step="导出密钥", why=f"口令至少 {SHORTEST_PASSPHRASE} 个字符")


def _derived(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode())
