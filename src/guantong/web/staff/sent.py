"""What a form of the work desk sends, read into memory and no further than the limit."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from guantong.errors import InputRefused, Problem, TooLarge
from guantong.web.staff.page import StaffSent, Upload

MOST_MEGABYTES = 10
_FRAME_BYTES = 256 * 1024
"""Room for the other fields of a form beside its files."""
LONGEST_NAME = 120


def check_size(request: HttpRequest) -> None:
    """Raise `TooLarge` for a body over the limit, before a byte of it is read."""
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    if not length.isdecimal() or int(length[:12]) > MOST_MEGABYTES * 1024 * 1024 + _FRAME_BYTES:
        raise TooLarge(most=MOST_MEGABYTES)


def read_staff_form(request: HttpRequest) -> StaffSent:
    """Return what was sent; raise `InputRefused` where it cannot be read."""
    try:
        texts, files = request.POST, request.FILES
        fields = {name: tuple(map(_clean, texts.getlist(name))) for name in texts}
        uploads = {name: _upload(file) for name, file in files.items() if isinstance(file, UploadedFile)}
    except (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError, UnicodeError, ValueError):
        problem = Problem(rule="送来的内容读不出来", remedy="请回到页面，用页面上的表单再提交一次。")
        raise InputRefused([problem]) from None
    return StaffSent(fields=fields, files={name: upload for name, upload in uploads.items() if upload.content})


def _clean(value: object) -> str:
    return str(value).replace("\0", "").replace("\r\n", "\n")


def _upload(file: UploadedFile[Any]) -> Upload:
    return Upload(name=str(file.name or "")[-LONGEST_NAME:], content=file.read())
