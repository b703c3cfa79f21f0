"""Encrypted fields (加密字段): AES-GCM, bound to the row and the field they belong to, and keyed look-up.

A sealed value is: key id (4 bytes), nonce (12), ciphertext with tag. An empty text stays empty.
"""

from __future__ import annotations

import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from guantong.errors import KeyMissing
from guantong.store.keys import ID_BYTES, KeyKind, Ring

NONCE_BYTES = 12


def seal(text: str, about: str, ring: Ring) -> bytes:
    """Return a text encrypted for one field of one row, such as "<pupil>/phone"."""
    return seal_bytes(text.encode(), about, ring) if text else b""


def unseal(sealed: bytes | memoryview, about: str, ring: Ring) -> str:
    """Return the text of a sealed field."""
    return unseal_bytes(sealed, about, ring).decode() if sealed else ""


def seal_bytes(plain: bytes, about: str, ring: Ring) -> bytes:
    """Return bytes encrypted for one field of one row."""
    name = ring.current[KeyKind.FIELD]
    nonce = os.urandom(NONCE_BYTES)
    return bytes.fromhex(name) + nonce + _cipher(ring.keys[name]).encrypt(nonce, plain, about.encode())


def unseal_bytes(sealed: bytes | memoryview, about: str, ring: Ring) -> bytes:
    """Return the bytes of a sealed field; a value moved from another row or field is a bug and is not opened."""
    whole = bytes(sealed)
    name, nonce = whole[:ID_BYTES].hex(), whole[ID_BYTES : ID_BYTES + NONCE_BYTES]
    if name not in ring.keys:
        raise KeyMissing(file=f"field-{name}.key", fault="不在这个数据库的密钥之列")
    try:
        return _cipher(ring.keys[name]).decrypt(nonce, whole[ID_BYTES + NONCE_BYTES :], about.encode())
    except InvalidTag:
        raise RuntimeError("a sealed field was altered or moved") from None


def key_of(sealed: bytes | memoryview) -> str:
    """Return the id of the key that a sealed value names; "" for an empty one."""
    return bytes(sealed)[:ID_BYTES].hex()


def lookup(text: str, ring: Ring) -> str | None:
    """Return the keyed hash by which an equal value is found; None for an empty one."""
    return hmac.digest(ring.of(KeyKind.LOOKUP), text.encode(), "sha256").hex() if text else None


@lru_cache(maxsize=16)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)
