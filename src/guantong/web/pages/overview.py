"""The overview (概览): the newest figure of every attribute, of the city or of one district."""

from __future__ import annotations

from itertools import groupby

from guantong.errors import DistrictUnknown
from guantong.facts import CITY, DISTRICT
from guantong.facts.catalogue import overview_json
from guantong.facts.overview import overview
from guantong.web.page import Asked, Page
from guantong.web.pages.indicators import names_of
from guantong.web.series_drawing import point_words


def city_page(asked: Asked) -> Page:
    """Return the newest figures of the city."""
    return _overview(asked, CITY)


def district_overview_page(asked: Asked, district: str) -> Page:
    """Return the newest figures of a district; one without figures says so."""
    if district not in asked.desk.contents.districts:
        raise DistrictUnknown(district)
    return _overview(asked, DISTRICT + district)


def _overview(asked: Asked, subject: str) -> Page:
    asked.only()
    contents, names = asked.desk.contents, names_of(asked)
    rows = overview(contents.facts, subject)
    others = [name.removeprefix(DISTRICT) for name in contents.facts.subjects() if name.startswith(DISTRICT)]
    name = names.subject(subject)
    return Page(
        title=f"{name}职业教育数据概览",
        template="guantong/overview.html",
        context={
            "name": name,
            "district": subject.removeprefix(DISTRICT) if subject != CITY else "",
            "groups": [
                (theme, [(row, point_words(row.point)) for row in part])
                for theme, part in groupby(rows, key=lambda row: row.attribute.theme)
            ],
            "words": contents.words,
            "others": [(part, contents.districts[part]) for part in others if DISTRICT + part != subject],
        },
        data=lambda: overview_json(rows, subject, names, contents.sources),
    )
