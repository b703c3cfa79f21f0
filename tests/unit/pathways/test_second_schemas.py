"""What the second part's functions return is what the committed schemas promise."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from tests.factories import beijing
from tests.planning import desk

from guantong.pathways.compare import compare, compare_json
from guantong.pathways.history import history
from guantong.pathways.second_catalogue import (
    calendar_json,
    claims_json,
    history_json,
    partnerships_json,
    projects_json,
)

SCHEMAS = Path(__file__).parents[3] / "docs" / "reference" / "schemas"
SUBJECTS = [
    *(route.id for route in desk().routes.all),
    *list(desk().plans.programmes)[::9],
    *[project.id for project in beijing().projects.all][::9],
]


@cache
def schemas() -> Registry[Any]:
    found = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in SCHEMAS.glob("*.schema.json")}
    registry: Registry[Any] = Registry()
    return registry.with_resources((name, Resource.from_contents(part)) for name, part in found.items())


def faults(name: str, data: object) -> list[str]:
    """Every place at which data differ from a schema."""
    schema = schemas()[f"{name}.schema.json"].contents
    found = Draft202012Validator(schema, registry=schemas()).iter_errors(json.loads(json.dumps(data)))
    return [f"{fault.json_path}: {fault.message[:200]}" for fault in found]


def test_claims_partnerships_and_projects_are_as_promised() -> None:
    contents = beijing()
    assert faults("claims", claims_json(contents.claims, contents.sources)) == []
    assert faults("partnerships", partnerships_json(contents.partnerships, contents.sources)) == []
    assert faults("projects", projects_json(contents.projects.all, contents.projects, contents.sources)) == []


@pytest.mark.parametrize("years", [(), (2025,), (2027, 2030)])
def test_the_calendar_is_as_promised(years: tuple[int, ...]) -> None:
    contents = beijing()
    told = calendar_json(contents.calendar, contents.sources, on=date(2026, 11, 21), years=years)
    assert faults("calendar", told) == []


@pytest.mark.parametrize("school", sorted({row.school_id for row in desk().plans.programmes.values()}))
def test_the_history_of_every_school_is_as_promised(school: str) -> None:
    assert faults("history", history_json(history(desk().plans, school), beijing().sources)) == []


@given(
    names=st.lists(st.sampled_from(SUBJECTS), min_size=1, max_size=3, unique=True),
    cohort=st.sampled_from([None, 2020, 2023, 2024, 2025, 2028]),
)
def test_every_comparison_is_as_promised(names: list[str], cohort: int | None) -> None:
    comparison = compare(names, desk(), beijing().projects, cohort=cohort)
    assert faults("compare", compare_json(comparison, beijing().sources)) == []


def test_a_broken_promise_is_noticed() -> None:
    told = claims_json(beijing().claims, beijing().sources)
    assert faults("claims", [{**told[0], "verdict": "maybe"}])
    assert faults("claims", [{**told[0], "extra": 1}])
