"""Check codes (校验码): a hundred random bits in letters and digits that nobody takes for one another."""

from __future__ import annotations

import ipaddress
import secrets
import unicodedata

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Thirty-two signs, five bits each: without 0 and O, 1 and I."""
LENGTH, GROUP = 20, 4
SPECIMEN = "-".join(["8" * GROUP] * (LENGTH // GROUP))
LONGEST = 200
_NETWORK = 64
UNKNOWN = "unknown"
"""The one caller that everybody without an address is."""


def new_code() -> str:
    """Return a new code, in groups."""
    return _grouped("".join(secrets.choice(LETTERS) for _ in range(LENGTH)))


def tidy_code(text: str) -> str:
    """Return a code as it was given out, however it was typed: full width, lower case, spaces, other dashes."""
    return _grouped("".join(sign for sign in _plain(text) if sign in LETTERS))


def tidy_number(text: str) -> str:
    """Return a proof's number as it is kept."""
    return "".join("-" if unicodedata.category(sign) == "Pd" else sign for sign in _plain(text) if not sign.isspace())


def caller_group(address: str) -> str:
    """Return what counts as one caller: an address, or the network of an IPv6 address, which one caller may own."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return UNKNOWN
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, _NETWORK), strict=False))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text[:LONGEST]).upper().replace("\0", "")


def _grouped(letters: str) -> str:
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))
