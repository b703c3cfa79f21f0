"""What is written on paper for a family (查阅码): a code in groups, read back however it was typed; pure."""

from __future__ import annotations

import base64

CODE_BYTES = 16
_GROUP = 5
_MISREAD = str.maketrans("01", "OI")


def grouped(code: bytes) -> str:
    """Return a code as it is written on paper: letters and digits in groups of five."""
    text = base64.b32encode(code).decode().rstrip("=")
    return "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def read_code(text: str) -> bytes | None:
    """Return the code that somebody typed, however grouped, 0 and 1 read as letters; None for anything else."""
    plain = "".join(letter for letter in text.upper() if letter.isalnum()).translate(_MISREAD)
    try:
        code = base64.b32decode(plain + "=" * (-len(plain) % 8))
    except ValueError:
        return None
    return code if len(code) == CODE_BYTES else None
