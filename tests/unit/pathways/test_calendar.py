"""The calendar: a year's own dates, or the word that there are none, beside the newest that are known."""

from datetime import date
from typing import Any

from tests.factories import beijing

from guantong.pathways.calendar import NOT_ANNOUNCED, NOT_ON_FILE, Calendar, calendar_json


def told(*years: int, on: date = date(2026, 11, 21)) -> dict[str, Any]:
    """The kinds of the calendar by id."""
    data: Any = calendar_json(beijing().calendar, beijing().sources, on=on, years=years)
    return {kind["id"]: kind for kind in data["kinds"]}


def test_a_date_of_one_year_is_never_carried_to_another() -> None:
    results = told(2025, 2027)["results"]
    assert [(part["year"], part["status"]) for part in results["years"]] == [(2025, None), (2027, NOT_ANNOUNCED)]
    assert results["years"][1]["events"] == []
    assert [event["date"] for event in results["reference"]] == ["2026-07-09"]


def test_a_past_year_without_a_date_is_not_on_file_and_a_coming_one_not_announced() -> None:
    assert told(2024)["results"]["years"][0]["status"] == NOT_ON_FILE
    before, after = (
        told(2024, on=day)["results"]["years"][0]["status"] for day in (date(2024, 8, 31), date(2024, 9, 1))
    )
    assert (before, after) == (NOT_ANNOUNCED, NOT_ON_FILE)


def test_without_years_every_known_one_is_told_newest_first() -> None:
    data = calendar_json(beijing().calendar, beijing().sources, on=date(2026, 11, 21))
    assert data["years"] == [2026, 2025, 2024, 2023, 2022]


def test_what_was_never_announced_has_no_reference() -> None:
    assert told(2026)["transition-rules"]["reference"] == []


def test_an_event_carries_its_source_and_how_its_day_was_got() -> None:
    (event,) = told(2025)["open-day"]["years"][0]["events"]
    assert (event["grade"], event["basis"]) == ("unofficial", "derived")
    assert event["place"]["lines"] == [202, 203]


def test_an_empty_calendar_has_no_years() -> None:
    assert calendar_json(Calendar(kinds=()), {}, on=date(2026, 1, 1)) == {"years": [], "kinds": []}
