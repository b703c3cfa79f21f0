"""What a form sends (提交): one table as pasted text or a file, and a few words; read into memory, kept nowhere."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from guantong.errors import InputRefused, Problem

MOST_BYTES = 200 * 1024
"""The largest table; a class of 60 needs about 4 KB, a score table about 20 KB."""
_FRAME_BYTES = 8 * 1024
MOST_FIELDS = 20
TABLE, FILE = "table", "file"
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A form's table as text, its other fields, and whether the table was typed rather than uploaded."""

    table: str
    fields: Mapping[str, str]
    pasted: bool


def read_sent(request: HttpRequest) -> Sent:
    """Return what was sent; raise `InputRefused` where it is too large or cannot be read."""
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    if not length.isdecimal() or int(length[:12]) > MOST_BYTES + _FRAME_BYTES:
        raise _refused(f"送来的内容超过 {MOST_BYTES // 1024} KB", "请只保留需要的行和列。")
    try:
        texts, files = request.POST, request.FILES
        if len(texts) + len(files) > MOST_FIELDS:
            raise ValueError("too many fields")
    except (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError, UnicodeError, ValueError):
        raise _refused("送来的内容读不出来", "请回到页面，用页面上的表单再提交一次。") from None
    fields = {name: value.strip() for name, value in texts.items() if name != TABLE and isinstance(value, str)}
    pasted = str(texts.get(TABLE, ""))
    file = files.get(FILE)
    upload = file.read() if isinstance(file, UploadedFile) and not pasted.strip() else b""
    return Sent(table=_text(upload) if upload else _as_csv(pasted), fields=fields, pasted=not upload)


def _as_csv(pasted: str) -> str:
    """Return cells copied from a spreadsheet, which come with tabs between them, as CSV; other text as it is."""
    heading = pasted.lstrip().partition("\n")[0]
    if "\t" not in heading or "," in heading:
        return pasted
    table = io.StringIO()
    for line in pasted.strip("\r\n").splitlines():
        csv.writer(table, lineterminator="\n").writerow(cell.strip() for cell in line.split("\t"))
    return table.getvalue()


def _text(upload: bytes) -> str:
    """Return a file's text: UTF-8, or what a Chinese spreadsheet program saves."""
    if len(upload) > MOST_BYTES:
        raise _refused(f"文件超过 {MOST_BYTES // 1024} KB", "请只保留需要的行和列。")
    if upload.startswith(_SPREADSHEETS):
        raise _refused("这是电子表格文件，不是 CSV", "请在表格软件里“另存为”CSV 后再上传。")
    for coding in ("utf-8-sig", "gb18030"):
        try:
            return upload.decode(coding)
        except UnicodeDecodeError:
            continue
    raise _refused("文件里的文字读不出来", "请另存为 UTF-8 编码的 CSV。")


def _refused(rule: str, remedy: str) -> InputRefused:
    return InputRefused([Problem(column=TABLE, rule=rule, remedy=remedy)])
