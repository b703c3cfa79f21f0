"""The catalogue's tables of all schools together: rates, surveys, bars; a cell without a number says why."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from tests.unit.indicators.catalogue import CATALOGUE
from tests.unit.reports.yearly import WORDS, edition, fact, outline, say, table

from guantong.errors import InputRefused
from guantong.evidence import Grade
from guantong.facts import FactTable
from guantong.indicators import Entry, Form
from guantong.indicators.published import totals, words_with
from guantong.reconciliation import Printed
from guantong.registry import Stage
from guantong.reports import Figure, Paragraph, Table, plain
from guantong.reports.compliance import check_compliance
from guantong.reports.files import write_files
from guantong.reports.outline_reading import read_outline
from guantong.reports.readback import docx_numbers
from guantong.reports.yearly import Built, build_yearly
from guantong.sheets import Record

ALL = words_with(WORDS, CATALOGUE)
HIGHER = frozenset({"higher"})
QUIET = {"id": "q", "table": "t", "columns": ["高职"], "scopes": ["higher"]}
TABLE = {"indicators": QUIET}
BARS = {"indicators": {**QUIET, "chart": {"caption": "满意度", "indicators": ["satisfied", "rate"]}}}


def form(organisation: str, placed: str, graduates: str, satisfied: str, people: int) -> Form:
    """A college's submission of 2025."""
    given = {"placed": placed, "graduates": graduates}
    entries = {name: Entry(indicator=name, value=Printed.read(value)) for name, value in given.items()}
    entries["satisfied"] = Entry(indicator="satisfied", value=Printed.read(satisfied), sample=people)
    return Form(organisation=organisation, year=2025, stage=Stage.COLLEGE, entries=entries)


SCHOOLS = (form("a", "9", "10", "90.0", 300), form("b", "95", "100", "80.0", 100))


def made(
    *parts: object,
    hidden: frozenset[str] = frozenset(),
    lacking: Mapping[tuple[str, str], str] | None = None,
    asked: frozenset[str] = frozenset(),
) -> Built:
    """The city's report of what two colleges say together."""
    facts, _ = totals(CATALOGUE, "city", 2025, SCHOOLS, HIGHER, Grade.PENDING)
    problems: list[object] = []
    chapter = {"id": "one", "title": "概况", "parts": list(parts)}
    data = {"id": "o", "level": "city", "title": "{name}年报", "issuer": "{name}", "chapters": [chapter]}
    read = read_outline(Record(data, "o.yaml", "", problems), ALL)  # type: ignore[arg-type]
    assert problems == []
    told = edition(FactTable("demo", ALL, facts))
    return build_yearly(read, replace(told, hidden=hidden, lacking=lacking or {}, asked={"higher": asked}))


def cells(built: Built) -> dict[str, str]:
    """What the table prints by indicator."""
    (found,) = [block for block in built.report.blocks if isinstance(block, Table) and block.label == "q"]
    return {plain(row[0].runs): plain(row[2].runs) for row in found.rows}


def notes(built: Built) -> str:
    """What stands below the table."""
    (found,) = [block for block in built.report.blocks if isinstance(block, Table) and block.label == "q"]
    return "".join(map(plain, found.notes))


def test_rates_are_those_of_all_schools_and_a_survey_says_how_many_were_asked() -> None:
    built = made(TABLE)
    assert cells(built) == {
        "指标graduates": "110",
        "指标placed": "104",
        "指标rate": "94.55%",
        "指标satisfied": "87.5%（400 人）",
    }
    assert "不是各校比率的平均" in notes(built)
    assert "按各校调查人数加权" in notes(built)


def test_a_number_that_must_not_be_seen_is_a_star_with_its_meaning_and_no_gap() -> None:
    built = made(TABLE, hidden=frozenset({"city-2025-placed-higher"}), asked=frozenset({"placed"}))
    assert cells(built)["指标placed"] == "*"
    assert "不公布" in notes(built)
    assert built.missing == ()
    assert "city-2025-placed-higher" not in {fact.id for fact in built.used}


def test_a_number_that_must_not_be_seen_stands_in_no_sentence() -> None:
    secret = frozenset({"city-2025-placed-higher"})
    left_out = made(say("落实 {form.placed;higher}。"), hidden=secret)
    assert not [block for block in left_out.report.blocks if isinstance(block, Paragraph)]
    required = made(say("落实 {form.placed;higher}。", required=True), hidden=secret)
    assert "不能公布" in required.faults()[0].candidates


def test_a_cell_without_its_denominator_says_so() -> None:
    built = made(TABLE, lacking={("ratio", "higher"): "未收集分子或分母"})
    assert cells(built)["指标ratio"] == "未收集分子或分母"


def test_what_nobody_was_asked_for_is_still_a_fault_where_an_author_needs_it() -> None:
    assert made(say("生师比 {form.ratio;higher}。")).missing == ()
    assert made(say("生师比 {form.ratio;higher}。", required=True)).faults()


def test_bars_draw_the_numbers_of_their_table() -> None:
    built = made(BARS)
    (figure,) = [block for block in built.report.blocks if isinstance(block, Figure)]
    assert figure.alt == "满意度（%）。指标rate，高职：94.55；指标satisfied，高职：87.5。"
    assert built.tables == ("q", "q-chart")


def test_few_bars_are_low_and_no_fault_but_a_narrow_scrap_is_one() -> None:
    built = made(BARS)
    sound, _ = outline()
    assert check_compliance(sound, built).structure == ()
    narrow = Figure(svg='<svg width="40" height="400"></svg>', alt="图", caption=())
    blocks = (*built.report.blocks, narrow)
    faulty = check_compliance(sound, replace(built, report=replace(built.report, blocks=blocks)))
    assert [problem.rule for problem in faulty.structure] == ["图太小，印出来看不清"]


def test_bars_of_two_units_are_refused() -> None:
    mixed = {"indicators": {**QUIET, "chart": {"caption": "图", "indicators": ["placed", "rate"]}}}
    with pytest.raises(InputRefused, match="单位不同"):
        made(mixed)


def test_bars_without_a_number_are_not_drawn() -> None:
    nothing = {"indicators": {**QUIET, "chart": {"caption": "图", "indicators": ["ratio"]}}}
    assert not [block for block in made(nothing).report.blocks if isinstance(block, Figure)]


def test_an_optional_chart_of_one_year_is_no_gap() -> None:
    strands = [{"name": "高职", "scope": "higher"}]
    chart = {"id": "c", "caption": "历年", "attribute": "form.rate", "strands": strands, "optional": True}
    assert made({"chart": chart}).missing == ()
    assert made({"chart": {**chart, "optional": False}}).missing


def test_a_year_that_must_not_be_seen_is_not_drawn() -> None:
    years = [fact("pupils", str(30 + year - 2020), "higher", year=year) for year in (2022, 2023, 2024)]
    strands = [{"name": "高职", "scope": "higher"}]
    read, _ = outline({"chart": {"id": "c", "caption": "历年", "attribute": "pupils", "strands": strands}})
    built = build_yearly(read, replace(edition(table(*years)), hidden=frozenset({years[1].id})))
    (figure,) = [block for block in built.report.blocks if isinstance(block, Figure)]
    assert figure.alt == "项目pupils（人）。高职：2022 32；高职：2024 34。"
    assert years[1] not in built.used


def test_every_number_of_the_tables_and_notes_is_accounted_for_in_the_files() -> None:
    files = write_files(made(BARS, say("落实率 {form.rate;higher}。")).report)
    assert {"94.55%", "87.5%", "400"} <= set(docx_numbers(files["docx"]))


def test_a_chart_that_is_misspelled_is_a_problem() -> None:
    _, problems = outline({"indicators": {**QUIET, "chart": {"captoin": "图"}}})
    assert {problem.rule for problem in problems} >= {"不认识这个键"}
