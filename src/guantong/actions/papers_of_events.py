"""Scanned papers (附件): of which kind a file is by its own first bytes, and whether it may be kept."""

from __future__ import annotations

from guantong.errors import InputRefused, Problem
from guantong.store import attachments

MOST_BYTES = 10 * 1024 * 1024
MOST_FILES = 40
KINDS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
"""The media types that are kept, each with the ending of its file's name."""
_SIGNS = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)


def kind_of(content: bytes, pupil: str) -> str:
    """Return the media type of a file for a pupil; raise `InputRefused` for another kind, too large, or too many."""
    kind = next((kind for sign, kind in _SIGNS if content.startswith(sign)), "")
    if not kind:
        remedy = "请上传 PDF、JPG 或 PNG 格式的扫描件。"
        raise _refused("文件不是 PDF、JPG 或 PNG", remedy)
    if len(content) > MOST_BYTES:
        raise _refused("文件超过 10 MB", "请降低扫描精度后再上传。")
    if attachments.count(pupil) >= MOST_FILES:
        raise _refused(f"这名学生已有 {MOST_FILES} 个附件", "请把几页合成一个文件。")
    return kind


def _refused(rule: str, remedy: str) -> InputRefused:
    return InputRefused([Problem(column="file", rule=rule, remedy=remedy)])
