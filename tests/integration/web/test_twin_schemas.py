"""What the second part's twins hold is what the committed schemas promise."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from tests.integration.web.test_public_addresses import addresses

SCHEMAS = Path(__file__).parents[3] / "docs" / "reference" / "schemas"
PAGES = {
    "/compare.json": "compare",
    "/claims.json": "claims",
    "/claims/": "claim",
    "/calendar.json": "calendar",
    "/partnerships.json": "partnerships",
    "/projects.json": "projects",
    "/districts.json": "districts",
    "/districts/": "district",
    "/class.json": "class-format",
    "/indicators.json": "indicators",
    "/indicators/": "indicator",
    "/overview.json": "overview",
    "/overview/": "overview",
    "/data.json": "data",
    "/data/": "data-table",
    "/scores.json": "scores-format",
}


@cache
def schemas() -> Registry[Any]:
    found = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in SCHEMAS.glob("*.schema.json")}
    registry: Registry[Any] = Registry()
    return registry.with_resources((name, Resource.from_contents(part)) for name, part in found.items())


def faults(name: str, data: object) -> list[str]:
    """Every place at which data differ from a schema."""
    validator = Draft202012Validator(schemas()[f"{name}.schema.json"].contents, registry=schemas())
    return [f"{fault.json_path}: {fault.message[:200]}" for fault in validator.iter_errors(data)]


@pytest.mark.parametrize(("start", "name"), PAGES.items())
def test_each_twin_is_as_promised(client: Client, start: str, name: str) -> None:
    asked = [address for address in addresses("-json") if address.startswith(start)]
    assert asked
    assert {address: found for address in asked if (found := faults(name, client.get(address).json()))} == {}


@pytest.mark.parametrize("address", ["/schools/changping-zhiye.json", "/programmes/2025-changping-zhiye-01.json"])
def test_the_history_of_a_page_is_as_promised(client: Client, address: str) -> None:
    assert faults("history", client.get(address).json()["history"]) == []
