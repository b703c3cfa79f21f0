"""The second factor (动态口令): six digits of the time, each good once."""

from __future__ import annotations

import hmac
import unicodedata
from datetime import datetime

from django_otp.oath import hotp

SECRET_BYTES = 20
SECONDS, DIGITS, DRIFT = 30, 6, 1


def step_of(secret: bytes, code: str, *, at: datetime) -> int | None:
    """Return the time step that a code belongs to, one step early or late allowed; None where it fits none."""
    now = int(at.timestamp()) // SECONDS
    given = unicodedata.normalize("NFKC", code).strip().encode()
    steps = range(now - DRIFT, now + DRIFT + 1)
    return max((step for step in steps if hmac.compare_digest(code_at(secret, step).encode(), given)), default=None)


def code_at(secret: bytes, step: int) -> str:
    """Return the six digits of a time step."""
    return f"{hotp(secret, step, DIGITS):0{DIGITS}d}"
