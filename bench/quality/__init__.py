"""The quality desk: diagnosis, forms, a city's report and the overview, at the size of a large city.

Diagnosis, forms and the report are measured as the rooms do them, without a database. The overview is
asked for as an action, with its entry in the journal, on a SQLite file of 200 schools, while every
second somebody writes.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal

from bench.quality.paper import city_report
from bench.school.databases import each_database
from guantong.contents import Contents
from guantong.diagnosis import Observed, Panel, School, diagnose_all
from guantong.indicators.forms import Issue, read_form, write_form
from guantong.reconciliation import Printed
from guantong.registry import Stage
from guantong.reports.docx import write_docx
from guantong.reports.layout import lay_out
from guantong.reports.pdf import write_pdf
from guantong.reports.yearly import build_yearly

SCHOOLS, INDICATORS, YEARS, FORMS = 200, 60, range(2021, 2027), 200
BUDGET_DIAGNOSIS_S, BUDGET_FORMS_S, BUDGET_REPORT_S, BUDGET_OVERVIEW_MS = 2.0, 60.0, 10.0, 200.0


def main(*, quick: bool = False) -> None:
    """Print every figure with its budget."""
    diagnose(runs=1 if quick else 5)
    forms(20 if quick else FORMS)
    report(runs=1 if quick else 3)
    overview(seconds=3 if quick else 20)


def diagnose(runs: int) -> None:
    """Time the diagnosis of every school of a city over six years."""
    catalogue = Contents("guantong_beijing").catalogue
    chance = random.Random(20261121)
    asked = catalogue.asked(YEARS[-1], Stage.COLLEGE)[:INDICATORS]
    schools = [
        School(id=f"s{number}", name=f"演示学校{number}", stage=Stage.COLLEGE, kind="综合", size="中")
        for number in range(SCHOOLS)
    ]
    observed = [
        Observed(
            fact=f"{school.id}-{year}-{one.id}",
            school=school.id,
            indicator=one.id,
            year=year,
            value=Printed(Decimal(chance.randrange(1_000)) / 10),
            people=chance.randrange(20, 400),
        )
        for school in schools
        for one in asked
        for year in YEARS
    ]
    best = min(_timed(lambda: diagnose_all(Panel(schools, observed), catalogue, YEARS[-1])) for _ in range(runs))
    print(
        f"diagnosis, {SCHOOLS} schools × {len(asked)} indicators × {len(YEARS)} years: {best:.2f} s "
        f"(budget {BUDGET_DIAGNOSIS_S:.0f} s)"
    )


def forms(count: int) -> None:
    """Time forms written for schools and read back."""
    catalogue = Contents("guantong_beijing").catalogue
    sections = catalogue.sections(YEARS[-1], Stage.COLLEGE)
    own = [section.id for section in sections]
    issues = [
        Issue(
            organisation=f"s{number}", title=f"演示学校{number}", year=YEARS[-1], digest=catalogue.digest, versions={}
        )
        for number in range(count)
    ]
    start = time.perf_counter()
    written = [write_form(issue, sections, {}, {}) for issue in issues]
    out = time.perf_counter() - start
    start = time.perf_counter()
    for issue, content in zip(issues, written, strict=True):
        read_form(issue, sections, own, content, "form.xlsx")
    back = time.perf_counter() - start
    print(f"{count} forms: written in {out:.1f} s, read back in {back:.1f} s (budget {BUDGET_FORMS_S:.0f} s each)")


def report(runs: int) -> None:
    """Time a city's report of 30 tables and 15 charts, as DOCX and PDF together."""
    outline, edition = city_report(tables=30, charts=15)

    def make() -> None:
        sheet = lay_out(build_yearly(outline, edition).report)
        write_docx(sheet)
        write_pdf(sheet)

    best = min(_timed(make) for _ in range(runs))
    print(f"city report, 30 tables and 15 charts, DOCX and PDF: {best:.1f} s (budget {BUDGET_REPORT_S:.0f} s)")


def overview(seconds: int) -> None:
    """Ask for the overview at 100 a second, in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="guantong-bench-") as folder, each_database("SQLite", folder) as make:
        command = [sys.executable, "-m", "bench.quality.overview", str(SCHOOLS), str(seconds)]
        done = subprocess.run(command, env=make("overview").variables, check=True, capture_output=True, text=True)
    told = json.loads(done.stdout)
    print(
        f"overview of {SCHOOLS} schools at {told['rate']}/s while somebody writes: p50 {told['p50']:.1f} ms, "
        f"p99 {told['p99']:.1f} ms (budget p99 {BUDGET_OVERVIEW_MS:.0f} ms)"
    )


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
