"""What a registrar would enter for an event, rightly or wrongly."""

from typing import Any

from tests.unit.cohorts.plain import STAGES, Plain


def seat(plain: Plain) -> str:
    """Where most pupils are registered."""
    lead, partner, family, _ = plain.last("project").split(":")
    away = plain.stage == "undergraduate" or (plain.stage == "college" and family != "gaoben")
    return str(partner or lead if away else lead)


def what_is_entered(plain: Plain, kind: str, stray: int, right: bool) -> dict[str, Any]:
    """What a registrar would enter, sometimes wrongly."""
    lead, partner, family, _ = plain.last("project").split(":")
    open_stages = [stage for stage in STAGES if plain.has_completed(stage) and not plain.holds(stage)]
    fitting = {"moved_on": STAGES[min(len(plain.of("moved_on")) + 1, 2)], "graduated": (open_stages or STAGES)[0]}
    stage = fitting.get(kind, plain.stage) if right else STAGES[stray % 3]
    home = [lead, partner or lead][stray % 2]
    owed = plain.has_completed(plain.stage) and not plain.holds(plain.stage)
    years = {"class_year": plain.class_year + (1 if right else stray % 3)}
    other = {"major": "710208", "project": f"{lead}:{partner}:{family}:{stray % 4}{plain.changes}"}
    entered: dict[str, dict[str, Any]] = {
        "registered": {"stage": stage, "institution": seat(plain) if right else home},
        "stage_completed": {"stage": stage},
        "assessed": {"stage": stage, "passed": stray % 3 > 0},
        "moved_on": {"stage": stage},
        "repeated": years,
        "resumed": years,
        "changed_major": other,
        "changed_school": {**other, "school": "new", "project": f"new{stray % 2}:{partner}:{family}:x"},
        "left_project": {"because": "own_choice", **({"issuer": home} if owed == right else {})},
        "graduated": {"stage": stage, "issuer": issuer(plain, stage) if right else home},
        "completed_without_diploma": {"outcome": ["completion", "partial"][stray % 2]},
        "degree_awarded": {"degree": "工学学士", "issuer": home},
        "disciplined": {"number": f"n{stray % 4}", "level": "警告"},
        "discipline_lifted": {"number": f"n{stray % 4}"},
        "interned": {"enterprise": "演示企业"},
    }
    return entered.get(kind, {})


def issuer(plain: Plain, stage: str) -> str:
    """Who most often issues the certificate of a stage."""
    lead, partner, family, _ = plain.last("project").split(":")
    at_lead = stage == "secondary" or (stage == "college" and family == "gaoben")
    return str(lead if at_lead else partner or lead)
