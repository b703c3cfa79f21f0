"""Partnerships: which enterprise works with which school, who says so, and that it is not being hired."""

from __future__ import annotations

from guantong.pathways.second_catalogue import partnerships_json
from guantong.registry.partnerships import NOT_HIRING, UNVERIFIED
from guantong.web.page import Asked, Page


def partnerships_page(asked: Asked) -> Page:
    """Return every statement that holds the words: those of reports first, those only heard of apart."""
    asked.only("words")
    words = asked.one("words")
    contents = asked.desk.contents
    found = tuple(
        part
        for part in contents.partnerships
        if all(word.lower() in f"{part.enterprise} {part.school} {part.form}".lower() for word in words.split())
    )
    return Page(
        title="校企合作",
        template="guantong/partnerships.html",
        context={
            "told": tuple(part for part in found if part.standing != UNVERIFIED),
            "heard": tuple(part for part in found if part.standing == UNVERIFIED),
            "count": len(found),
            "whole": len(contents.partnerships),
            "words": words,
            "beside": NOT_HIRING,
            "unverified": UNVERIFIED,
        },
        data=lambda: partnerships_json(found, contents.sources),
    )
