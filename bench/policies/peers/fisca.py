"""OpenFisca-core and PolicyEngine-core, which share their idiom: documented (Enum members) and integer codes.

Building the simulation and setting its inputs is not charged to them. One period per computation: mixed
cohorts are one simulation per cohort, and their results are put back in order, which is charged.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import numpy as np

from bench.policies.population import ONE_COHORT
from bench.policies.terms import CHOICES, COUNTS, DECISIONS, FLAGS, OUTCOMES, VALUES

Run = Callable[[], dict[str, Any]]


def prepare(core: str, columns: dict[str, Any], *, integer: bool) -> Callable[[], Run]:
    """Return what makes a fresh simulation; running it computes the 11 outputs."""
    system, builder, enums = _system(core, integer=integer)
    cohorts = columns["cohort"]
    present = [int(year) for year in np.unique(cohorts)]
    rows = {year: np.flatnonzero(cohorts == year) for year in present}

    def fresh() -> Run:
        simulations = {year: _simulation(system, builder, enums, columns, rows[year], year) for year in present}
        return lambda: _calculate(simulations, rows, len(cohorts))

    return fresh


def one_case(core: str, case: dict[str, Any], *, trace: bool) -> Callable[[], Any]:
    """Return what answers one case from a dictionary, traced."""
    system, builder, _ = _system(core, integer=False)
    year = str(ONE_COHORT)
    situation = {"persons": {"one": {name: {year: value} for name, value in case.items()}}}

    def run() -> Any:
        simulation = builder().build_from_entities(system, situation)
        simulation.trace = trace
        return [simulation.calculate(name, year) for name in DECISIONS]

    return run


def load(core: str, records: list[dict[str, Any]]) -> Callable[[], Any]:
    """Return what loads records from dictionaries."""
    system, builder, _ = _system(core, integer=False)
    year = str(ONE_COHORT)
    persons = {
        str(number): {name: {year: value} for name, value in record.items()} for number, record in enumerate(records)
    }
    return lambda: builder().build_from_entities(system, {"persons": persons})


def _calculate(simulations: dict[int, Any], rows: dict[int, Any], count: int) -> dict[str, Any]:
    results: dict[str, Any] = {}
    for name in DECISIONS:
        parts = {year: one.calculate(name, str(year)) for year, one in simulations.items()}
        if len(parts) == 1:
            results[name] = next(iter(parts.values()))
            continue
        whole = np.empty(count, np.asarray(next(iter(parts.values()))).dtype)
        for year, part in parts.items():
            whole[rows[year]] = np.asarray(part)
        results[name] = whole
    return results


def _simulation(system: Any, builder: Any, enums: Any, columns: dict[str, Any], rows: Any, year: int) -> Any:
    simulation = builder().build_default_simulation(system, count=len(rows))
    for name in (*COUNTS, *FLAGS):
        simulation.set_input(name, str(year), columns[name][rows])
    for name in CHOICES:
        codes = columns[name][rows]
        if enums:
            array_type, kinds = enums
            simulation.set_input(name, str(year), array_type(codes.astype(np.int16), kinds[name]))
        else:
            simulation.set_input(name, str(year), codes)
    return simulation


def _system(core: str, *, integer: bool) -> tuple[Any, Any, Any]:
    def load(name: str) -> Any:
        return importlib.import_module(f"{core}.{name}")

    entity = load("entities").build_entity(key="person", plural="persons", label="person", is_person=True)
    system = load("taxbenefitsystems").TaxBenefitSystem([entity])
    data = {name: {"values": {f"{year}-01-01": {"value": n} for year, n in by.items()}} for name, by in VALUES.items()}
    system.parameters = load("parameters").ParameterNode("", data=data)
    enum_module = load("indexed_enums" if core == "openfisca_core" else "enums")
    array_type = enum_module.EnumArray
    kinds = {
        name: enum_module.Enum(name, {choice: choice for choice in choices})
        for name, choices in {**CHOICES, **OUTCOMES}.items()
    }
    for variable in _variables(load("variables").Variable, entity, load("periods"), kinds, integer):
        system.add_variable(variable)
    return system, load("simulations").SimulationBuilder, None if integer else (array_type, kinds)


def _variables(base: Any, entity: Any, periods: Any, kinds: dict[str, Any], integer: bool) -> list[Any]:
    year = getattr(periods, "YEAR", None) or periods.DateUnit.YEAR

    def variable(name: str, **fields: Any) -> Any:
        return type(name, (base,), {"entity": entity, "definition_period": year, "label": name, **fields})

    def enum(name: str) -> dict[str, Any]:
        members = kinds[name]
        kind = members.__mro__[1]  # the engine's own Enum
        return {"value_type": kind, "possible_values": members, "default_value": next(iter(members))}

    inputs = [variable(name, value_type=int) for name in COUNTS]
    inputs += [variable(name, value_type=bool) for name in FLAGS]
    inputs += [variable(name, value_type=int) if integer else variable(name, **enum(name)) for name in CHOICES]
    formulas = _formulas(kinds, integer)
    outputs = []
    for name in DECISIONS:
        fields = {"value_type": bool} if name not in OUTCOMES else {"value_type": int} if integer else enum(name)
        outputs.append(variable(name, formula=formulas[name], **fields))
    return inputs + outputs


def _formulas(kinds: dict[str, Any], integer: bool) -> dict[str, Any]:
    def member(kind: str, name: str) -> Any:
        names = {**CHOICES, **OUTCOMES}[kind]
        return names.index(name) if integer else kinds[kind][name]

    def is_(person: Any, period: Any, kind: str, *names: str) -> Any:
        found = person(kind, period)
        whole = found == member(kind, names[0])
        for name in names[1:]:
            whole = whole + (found == member(kind, name))
        return whole

    def active(person: Any, period: Any) -> Any:
        return is_(person, period, "status", "active")

    def early(person: Any, period: Any) -> Any:
        return is_(person, period, "stage", "secondary", "college")

    def within(person: Any, period: Any, parameters: Any) -> Any:
        return person("repeats", period) < parameters(period).repeat_limit

    def may_apply(person: Any, period: Any, parameters: Any) -> Any:
        law = parameters(period)
        return (
            (person("score", period) >= law.score_line)
            * is_(person, period, "household", "beijing", "as_beijing")
            * person("qualified", period)
            * (person("age", period) <= law.age_limit)
        )

    def may_move_on(person: Any, period: Any) -> Any:
        long = person("years_in_stage", period) >= 2
        return active(person, period) * person("passed", period) * early(person, period) * long

    def may_repeat(person: Any, period: Any, parameters: Any) -> Any:
        return active(person, period) * ~person("passed", period) * within(person, period, parameters)

    def must_leave(person: Any, period: Any, parameters: Any) -> Any:
        return active(person, period) * ~person("passed", period) * ~within(person, period, parameters)

    def may_transfer(person: Any, period: Any, parameters: Any) -> Any:
        left = person("transfers", period) < parameters(period).transfer_limit
        return active(person, period) * is_(person, period, "stage", "secondary") * left

    def may_suspend(person: Any, period: Any) -> Any:
        return active(person, period) * (person("years_in_stage", period) >= 1)

    def may_resume(person: Any, period: Any, parameters: Any) -> Any:
        few = person("repeats", period) <= parameters(period).repeat_limit
        return is_(person, period, "status", "suspended") * few

    def may_leave(person: Any, period: Any) -> Any:
        return active(person, period) * person("passed", period) * early(person, period)

    def chosen(kind: str, conditions: list[Any], names: list[str]) -> Any:
        return np.select(conditions, [member(kind, name) for name in names], member(kind, OUTCOMES[kind][-1]))

    def registered_at(person: Any, period: Any) -> Any:
        found = [is_(person, period, "stage", "secondary"), is_(person, period, "stage", "college")]
        return chosen("registered_at", found, ["school", "college"])

    def certificate(person: Any, period: Any) -> Any:
        passed = person("passed", period)
        found = [passed * is_(person, period, "stage", name) for name in CHOICES["stage"]]
        return chosen("certificate", found, list(CHOICES["stage"]))

    def next_step(person: Any, period: Any, parameters: Any) -> Any:
        passed, few = person("passed", period), within(person, period, parameters)
        found = [passed * early(person, period), ~passed * few, ~passed * ~few]
        return chosen("next_step", found, ["move_on", "repeat", "leave"])

    local = locals()
    return {name: local[name] for name in DECISIONS}
