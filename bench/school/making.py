"""What the school desk is measured on, made in a process of its own: `python -m bench.school.making TASK [NUMBER …]`.

Prints JSON: the sessions of registrars, or how long something took. Everybody is invented.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable

COHORTS = (2019, 2020, 2023, 2024, 2025)
PAGE, CLASS, ROWS, REGISTRARS = 50, 40, 10_000, 8


def make_list(pupils: int) -> dict[str, object]:
    """Admit pupils of one school, cohort by cohort, and sign in some of its registrars.

    PostgreSQL gathers its statistics by itself sooner or later; here it does so at once. SQLite never has any.
    """
    from dataclasses import replace
    from datetime import date

    from django.db import connection
    from tests.desk import INTAKE, REGISTRAR, admit, organisations_of_the_desk, row
    from tests.staff import signed_in

    organisations_of_the_desk()
    for start in range(0, pupils, ROWS):
        cohort = COHORTS[start // ROWS % len(COHORTS)]
        intake = replace(INTAKE, cohort=cohort, on=date(cohort, 8, 20))
        numbers = range(start, min(start + ROWS, pupils))
        classes = [f"{cohort}级{(number - start) // CLASS + 1:03d}班" for number in numbers]
        rows = [
            row(number, class_name=name, consent="演示同意书") for number, name in zip(numbers, classes, strict=True)
        ]
        admit(*rows, intake=intake)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    signed = (replace(REGISTRAR, id=f"bench-{number}") for number in range(REGISTRARS))
    return {"sessions": [signed_in(person).cookies["guantong_desk"].value for person in signed]}


def main(arguments: list[str]) -> None:
    """Open a database of the demonstration's world and make what is asked for."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guantong.web.django_settings")
    import django

    django.setup()
    from guantong.actions.opening import open_store

    open_store(demo=True)
    from bench.school.entering import import_roster, sit, watch

    task, *numbers = arguments
    tasks: dict[str, Callable[..., object]] = {
        "list": make_list, "roster": import_roster, "sit": sit, "watch": watch
    }  # fmt: skip
    print(json.dumps(tasks[task](*map(int, numbers))))


if __name__ == "__main__":
    main(sys.argv[1:])
