"""What the commands print with `--json` is what the committed schemas promise."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from tests.cli import guantong

SCHEMAS = Path(__file__).parents[3] / "docs" / "reference" / "schemas"
NAMES = sorted(path.name.removesuffix(".schema.json") for path in SCHEMAS.glob("*.schema.json"))


def schema(name: str) -> dict[str, Any]:
    """A committed schema."""
    text = (SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@cache
def validator(name: str) -> Draft202012Validator:
    """A validator that knows the other schemas as well."""
    resources = [(f"{part}.schema.json", Resource.from_contents(schema(part))) for part in NAMES]
    registry: Registry[Any] = Registry().with_resources(resources)
    return Draft202012Validator(schema(name), registry=registry)


def check(name: str, data: object) -> None:
    """Fail with every place at which data differ from a schema."""
    faults = [f"{fault.json_path}: {fault.message[:200]}" for fault in validator(name).iter_errors(data)]
    assert faults == []


OPTIONS: dict[str, list[str]] = {
    "cohort": ["2015", "2020", "2023", "2024", "2025", "2026", "2028", "2031"],
    "score": ["0", "379", "379.5", "380", "400", "490", "500"],
    "household": ["beijing", "as_beijing", "migrant", "other", "unknown"],
    "exam-eligible": ["yes", "no", "unknown"],
    "district": ["丰台区", "fengtai", "燕山"],
    "max-years": ["1", "5", "7"],
    "target": ["专科", "本科", "就业", "出国"],
    "sort": ["plan", "interest", "district", "partner", "quota"],
    "interest": ["信息技术", "网络", "没有的词"],
}
APPLICANTS = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in OPTIONS.items()})


@pytest.mark.parametrize("name", NAMES)
def test_each_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))


def parts(node: object) -> list[dict[str, Any]]:
    """Every object schema below a node."""
    if isinstance(node, list):
        return [found for part in node for found in parts(part)]
    if not isinstance(node, dict):
        return []
    below = [found for part in node.values() for found in parts(part)]
    return [node, *below] if node.get("type") == "object" else below


@pytest.mark.parametrize("name", NAMES)
def test_no_schema_lets_an_undeclared_key_pass(name: str) -> None:
    assert [part for part in parts(schema(name)) if "additionalProperties" not in part] == []


@settings(max_examples=60, deadline=None)
@given(given=APPLICANTS)
def test_every_plan_is_as_promised(given: dict[str, str]) -> None:
    check("plan", guantong("plan", "--json", *(word for name in given for word in (f"--{name}", given[name]))).json)


def test_the_plan_of_a_grade_is_as_promised() -> None:
    answer = guantong("plan", "--json", "--pupil-grade", "8").json
    check("plan", answer)
    assert (answer["applicant"]["cohort"], answer["applicant"]["pupil_grade"]) == (2028, 8)


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("programmes", "programmes --year 2020"),
        ("programmes", "programmes --year 2023"),
        ("programmes", "programmes"),
        ("programmes", "programmes --words 没有这样的专业"),
        ("plans", "plans"),
        ("routes", "routes"),
        ("schools", "schools"),
        ("sources", "sources"),
    ],
)
def test_every_list_is_as_promised(name: str, command: str) -> None:
    rows = guantong(*command.split(), "--json").json
    check(name, rows)
    assert isinstance(rows, list)


@pytest.mark.parametrize("name", ["programme", "route", "school", "source"])
def test_one_row_of_a_list_is_as_promised(name: str) -> None:
    check(name, guantong(f"{name}s", "--json").json[0])


CASES = guantong("policies", "cases", "--json").json


@pytest.mark.parametrize("case", CASES[::7], ids=lambda case: case["name"])
def test_every_explanation_is_as_promised(case: dict[str, Any]) -> None:
    options = {"--cohort": str(case["cohort"]), "--decision": case["decision"], "--input": json.dumps(case["input"])}
    words = [word for option in options.items() for word in option]
    check("explain", guantong("policies", "explain", "--json", *words).json)


@pytest.mark.parametrize(
    "command",
    [
        "plan --cohort 1 --score x",
        "plan --scroe 3",
        "programmes --year 2024",
        "programmes --type x --sort y",
        "policies explain --cohort 2025 --decision may_fly",
        "policies explain --cohort x --input [ --on y",
        "policies show --policy x",
        "policies explain",
        "nosuch",
    ],
)
def test_every_complaint_is_the_one_error_body(command: str) -> None:
    ran = guantong(*command.split(), "--json")
    check("error", ran.error)
    assert (ran.code != 0, ran.said) == (True, "")
