"""From entries to facts: every value once, under its own id, and a total only where nobody is missing."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.indicators.catalogue import CATALOGUE
from tests.unit.reports.yearly import WORDS, edition, outline, say

from guantong.evidence import Basis, Grade
from guantong.facts import FactTable, Wanted
from guantong.indicators import Entry, Form, check_form
from guantong.indicators.combining import Lack
from guantong.indicators.published import facts_of, totals, words_with
from guantong.reconciliation import Printed
from guantong.registry import Stage
from guantong.reports import Paragraph, Table, plain
from guantong.reports.outline_reading import read_outline
from guantong.reports.yearly import build_yearly
from guantong.sheets import Record

ALL = words_with(WORDS, CATALOGUE)


def form(organisation: str = "a", exempt: frozenset[str] = frozenset(), **values: str) -> Form:
    """A submission of a college for 2025."""
    entries = {
        name: Entry(indicator=name, value=Printed.read(value) if value else None) for name, value in values.items()
    }
    return Form(organisation=organisation, year=2025, stage=Stage.COLLEGE, entries=entries, exempt=exempt)


def sums(*forms: Form) -> tuple[dict[str, Decimal], dict[str, tuple[str, ...]]]:
    """Totals by indicator, and what is missing."""
    facts, missing = totals(CATALOGUE, "city", 2025, forms, frozenset({"higher"}), Grade.PENDING)
    made = {fact.attribute.removeprefix("form."): Decimal(fact.value) for fact in facts}
    return made, {one.indicator: one.organisations for one in missing}


def lacks(*forms: Form) -> dict[str, tuple[Lack, tuple[str, ...]]]:
    """What is lacking by indicator, and whose it is."""
    _, missing = totals(CATALOGUE, "city", 2025, forms, frozenset({"higher"}), Grade.PENDING)
    return {one.indicator: (one.lack, one.organisations) for one in missing}


def surveyed(organisation: str, value: str, people: int | None) -> Form:
    """A submission that holds one survey."""
    entry = Entry(indicator="satisfied", value=Printed.read(value), sample=people)
    return Form(organisation=organisation, year=2025, stage=Stage.COLLEGE, entries={"satisfied": entry})


def test_each_value_is_a_fact_of_its_school_and_an_empty_one_is_none() -> None:
    facts = facts_of(CATALOGUE, form(graduates="1,204", rate="95.30", study=""), Grade.PENDING)
    assert {fact.attribute: fact.printed for fact in facts} == {"form.graduates": "1204", "form.rate": "95.30"}
    assert {(fact.subject, fact.period.year, fact.grade) for fact in facts} == {("a", 2025, Grade.PENDING)}
    assert facts[0].place.document == "submission:a:2025"


def test_the_words_of_the_world_are_kept_beside_those_of_the_catalogue() -> None:
    assert ALL.has("pupils")
    assert (ALL.attribute("form.graduates").unit, ALL.attribute("pupils").name) == ("人", "项目pupils")


def test_counts_are_added_up_and_rates_divide_the_sums() -> None:
    made, missing = sums(form("a", placed="9", graduates="10", rate="90"), form("b", placed="95", graduates="100"))
    assert [made[name] for name in ("graduates", "placed")] == [Decimal(110), Decimal(104)]
    assert made["rate"] == Decimal("94.55")
    assert "rate" not in missing


def test_a_rate_without_a_part_says_which_and_whose() -> None:
    forms = (form("a", placed="9", graduates="10"), form("b", rate="80", graduates="5"))
    assert lacks(*forms)["rate"] == (Lack.NUMERATOR, ("b",))
    assert lacks(form("a", placed="9"))["rate"] == (Lack.DENOMINATOR, ("a",))
    assert lacks(form("a", placed="0", graduates="0"))["rate"] == (Lack.NOTHING, ())


def test_a_survey_is_weighted_by_whom_it_asked() -> None:
    made, _ = sums(surveyed("a", "90.0", 300), surveyed("b", "80", 100))
    assert [made[name] for name in ("satisfied", "satisfied.people")] == [Decimal("87.5"), Decimal(400)]


def test_a_survey_without_a_sample_is_not_weighted() -> None:
    assert lacks(surveyed("a", "90", 300), surveyed("b", "80", None))["satisfied"] == (Lack.SAMPLE, ("b",))


def test_a_measure_of_one_school_is_never_put_together() -> None:
    made, missing = sums(form("a", ratio="12.0"))
    assert "ratio" not in made
    assert "ratio" not in missing


def test_what_a_section_that_does_not_apply_once_held_counts_nowhere() -> None:
    late = form("b", graduates="5", exempt=frozenset({"graduates"}))
    assert sums(form("a", graduates="10"), late)[0]["graduates"] == 10
    assert facts_of(CATALOGUE, late, Grade.PENDING) == ()


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 99)), min_size=1, max_size=4))
def test_the_rate_of_all_lies_between_those_of_the_schools(counts: list[tuple[int, int]]) -> None:
    forms = [form(str(at), placed=str(placed), graduates=str(whole)) for at, (placed, whole) in enumerate(counts)]
    rate, own = sums(*forms)[0]["rate"], [Decimal(placed * 100) / whole for placed, whole in counts]
    assert min(own) - Decimal("0.005") <= rate <= max(own) + Decimal("0.005")


def test_a_total_with_a_hole_is_missing_and_says_whose() -> None:
    made, missing = sums(form("a", graduates="10"), form("b"))
    assert "graduates" not in made
    assert missing["graduates"] == ("b",)


def test_an_exempt_school_leaves_no_hole() -> None:
    made, missing = sums(form("a", graduates="10"), form("b", exempt=frozenset({"graduates"})))
    assert made["graduates"] == 10
    assert "graduates" not in missing


def test_forms_of_two_stages_are_not_added() -> None:
    other = Form(organisation="b", year=2025, stage=Stage.SECONDARY)
    assert totals(CATALOGUE, "city", 2025, [form("a"), other], frozenset(), Grade.PENDING) == ((), ())


def test_a_total_is_marked_as_computed_with_its_scope() -> None:
    (fact,) = totals(CATALOGUE, "city", 2025, [form(graduates="10", placed="9")], frozenset({"higher"}), Grade.PENDING)[
        0
    ][:1]
    assert (fact.basis, fact.scope, fact.subject) == (Basis.DERIVED, frozenset({"higher"}), "city")


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
def test_after_any_edit_text_table_and_totals_say_the_same(first: int, second: int, edited: int) -> None:
    problems: list[object] = []
    parts = [
        say("毕业生 {form.graduates;higher|number}。"),
        {"indicators": {"id": "i", "table": "t", "columns": ["高职院校"], "scopes": ["higher"]}},
    ]
    data = {
        "id": "o",
        "level": "city",
        "title": "年报",
        "issuer": "x",
        "chapters": [{"id": "c", "title": "概况", "parts": parts}],
    }
    made = read_outline(Record(data, "o", "", problems), ALL)  # type: ignore[arg-type]
    assert problems == []
    for own in (first, edited):
        forms = [form("a", graduates=str(own)), form("b", graduates=str(second))]
        facts, _ = totals(CATALOGUE, "city", 2025, forms, frozenset({"higher"}), Grade.PENDING)
        report = build_yearly(made, edition(FactTable("demo", ALL, facts))).report
        said = next(plain(block.runs) for block in report.blocks if isinstance(block, Paragraph))
        (rows,) = [block.rows for block in report.blocks if isinstance(block, Table) and block.label == "i"]
        assert said == f"毕业生 {own + second:,}。"
        assert plain(rows[0][2].runs) == f"{own + second:,}"


def test_what_is_published_was_checked_by_the_same_arithmetic() -> None:
    sound = form(graduates="200", placed="190", rate="95.0")
    assert check_form(CATALOGUE, sound).ready
    table = FactTable("demo", ALL, facts_of(CATALOGUE, sound, Grade.PENDING))
    assert table.one(Wanted(attribute="form.rate", subject="a", year=2025)).printed == "95.0"
    assert outline()[1] == []
