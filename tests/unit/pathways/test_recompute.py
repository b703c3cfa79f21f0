"""Every claim's verdict is computed anew; where sources disagree or are silent, nothing is settled."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest
from tests.factories import beijing

from guantong.errors import ClaimUnknown
from guantong.pathways.claims import (
    Check,
    Claim,
    ClaimVerdict,
    Decided,
    Direction,
    FigureOf,
    FitsAYear,
    Fraction,
    HasStage,
    RouteRate,
    ShareOfTotal,
    StudiesAt,
    SumOf,
    TotalChange,
    TotalOf,
    WorksWith,
    YearFigure,
)
from guantong.pathways.recompute import Grounds, recompute
from guantong.pathways.second_catalogue import NOT_RECOMPUTED, claims_json, partnerships_json
from guantong.registry import Stage

CLAIMS = beijing().claims.all
TRUE, INACCURATE, UNVERIFIABLE = ClaimVerdict.TRUE, ClaimVerdict.INACCURATE, ClaimVerdict.UNVERIFIABLE


@cache
def grounds() -> Grounds:
    """The real contents, to check claims against."""
    contents = beijing()
    return Grounds(
        books={name: contents.rulebook(name) for name in contents.rulebook_ids},
        book=contents.rulebook("guantong"),
        plans=contents.plans,
        routes=contents.routes,
        partnerships=contents.partnerships,
    )


def verdict(check: Check | None) -> ClaimVerdict | None:
    """What the grounds say of a check."""
    return recompute(replace(CLAIMS[0], check=check), grounds())


def applies(case: Mapping[str, object], *claimed: str, cohorts: tuple[int, ...] = (2025,)) -> Decided:
    return Decided(book="guantong", decision="may_apply", cohorts=cohorts, cases=(case,), claimed=claimed)


@pytest.mark.parametrize("claim", [claim for claim in CLAIMS if claim.check], ids=lambda claim: claim.id)
def test_the_written_verdict_is_the_computed_one(claim: Claim) -> None:
    assert recompute(claim, grounds()) is claim.verdict


def test_most_claims_are_computed_and_none_without_a_check_is() -> None:
    assert sum(claim.check is not None for claim in CLAIMS) * 2 > len(CLAIMS)
    assert verdict(None) is None


def test_a_share_falls_only_where_every_reading_of_the_totals_has_it_fall() -> None:
    share = ShareOfTotal(value="score_floor", years=(2023, 2024), direction=Direction.FELL, tolerance=Decimal(1))
    assert verdict(share) is UNVERIFIABLE  # 74.2 → 74.2 of 660, but 73.1 of 670
    assert verdict(replace(share, years=(2024, 2025))) is INACCURATE
    assert verdict(replace(share, years=(2024, 2025), direction=Direction.ROSE)) is UNVERIFIABLE
    assert verdict(replace(share, years=(2025, 2026))) is UNVERIFIABLE


def test_a_change_of_the_places_is_followed_step_by_step() -> None:
    change = TotalChange(years=(2023, 2024, 2025), direction=Direction.FELL, percent=None)
    assert verdict(change) is TRUE
    assert verdict(replace(change, direction=Direction.ROSE)) is INACCURATE
    assert verdict(replace(change, years=(2020, 2021))) is UNVERIFIABLE
    assert verdict(replace(change, years=(2024, 2025), percent=Decimal("-24.7"))) is TRUE
    assert verdict(replace(change, years=(2024, 2025), percent=Decimal("-24.8"))) is INACCURATE
    assert verdict(TotalOf(years=(2023, 2024, 2025), at_least=5220)) is TRUE
    assert verdict(TotalOf(years=(2023, 2024, 2025), at_least=5221)) is INACCURATE


@pytest.mark.parametrize(
    ("figure", "years", "claimed", "expected"),
    [
        (YearFigure.PAPER_TOTALS, (2024,), "660", UNVERIFIABLE),
        (YearFigure.PAPER_TOTALS, (2025,), "510", TRUE),
        (YearFigure.PAPER_TOTALS, (2025,), "660", INACCURATE),
        (YearFigure.BATCHES, (2023,), "early", INACCURATE),
        (YearFigure.BATCHES, (2025,), "early", TRUE),
        (YearFigure.BATCHES, (2026,), "early", UNVERIFIABLE),
        (YearFigure.CHOICES, (2023,), "8", UNVERIFIABLE),
        (YearFigure.FLOORS, (2030,), "380", UNVERIFIABLE),
    ],
)
def test_a_figure_is_what_all_documents_of_the_year_say(
    figure: YearFigure, years: tuple[int, ...], claimed: str, expected: ClaimVerdict
) -> None:
    assert verdict(FigureOf(figure=figure, years=years, claimed=claimed)) is expected


def test_a_decision_bears_a_claim_out_only_in_every_case() -> None:
    able = {"score": "380", "household": "beijing", "exam_eligible": True}
    assert verdict(applies(able, "yes")) is TRUE
    assert verdict(applies(able, "yes", cohorts=(2023, 2025))) is INACCURATE
    assert verdict(applies({**able, "score": None}, "yes")) is UNVERIFIABLE
    assert verdict(applies(able, "yes", cohorts=(2030,))) is UNVERIFIABLE


@pytest.mark.parametrize(
    ("score", "school", "years", "expected"),
    [
        ("480", "dianke", (2023, 2024, 2025), INACCURATE),
        ("490", "dianke", (2023,), TRUE),
        ("490", "dianke", (2024,), UNVERIFIABLE),
        ("480", "gongye", (2023, 2025), TRUE),
        ("480", "gongye", (2030,), UNVERIFIABLE),
    ],
)
def test_a_story_fits_a_year_by_floor_and_plan(
    score: str, school: str, years: tuple[int, ...], expected: ClaimVerdict
) -> None:
    assert verdict(FitsAYear(score=score, school=school, years=years)) is expected


def test_routes_answer_where_one_studies_and_what_they_hold() -> None:
    at = StudiesAt(route="zhongben", stage=Stage.COLLEGE, cohorts=(2020,), claimed="university")
    assert verdict(at) is TRUE
    assert verdict(replace(at, cohorts=(2023,))) is INACCURATE
    assert verdict(replace(at, cohorts=(2020, 2023))) is UNVERIFIABLE
    assert verdict(HasStage(route="three-plus-two", stage=Stage.COLLEGE)) is TRUE
    rate = RouteRate(route="jiuye", rate="中职应届毕业生直接就业率", at_least=Decimal("3.08"), at_most=Decimal("3.08"))
    assert verdict(rate) is TRUE
    assert verdict(replace(rate, at_least=Decimal("3.09"))) is INACCURATE
    assert verdict(replace(rate, at_most=Decimal("3.07"), at_least=None)) is INACCURATE
    assert verdict(replace(rate, rate="没有的比例")) is UNVERIFIABLE


def test_a_percentage_that_no_printed_pair_gives_is_not_called_wrong_but_not_verified() -> None:
    pairs = ((140, 158), (83, 104))
    assert verdict(Fraction(pairs=pairs, equals=Decimal("79.81"), at_least=None)) is TRUE
    assert verdict(Fraction(pairs=pairs, equals=Decimal("92.52"), at_least=None)) is UNVERIFIABLE
    assert verdict(Fraction(pairs=((21, 27),), equals=None, at_least=Decimal(95))) is INACCURATE
    assert verdict(SumOf(parts=(Decimal("61.78"), Decimal("11.53")), equals=Decimal("73.31"))) is TRUE


def test_only_an_official_source_verifies_a_partnership() -> None:
    assert verdict(WorksWith(enterprises=("故宫博物院",))) is TRUE
    assert verdict(WorksWith(enterprises=("华为", "小米"))) is UNVERIFIABLE
    assert verdict(WorksWith(enterprises=("联想集团",))) is UNVERIFIABLE


def test_a_claim_is_told_with_its_sayings_by_year_and_whether_it_was_computed() -> None:
    told = {part["id"]: part for part in claims_json(beijing().claims, beijing().sources)}
    fell = told["floor-fell"]
    assert (fell["verdict"], fell["verdict_text"], fell["recompute"]) == ("inaccurate", "不准确", "share_of_total")
    assert told["all-move-up"]["recomputed_text"] == NOT_RECOMPUTED
    assert told["other-household"]["place"] is None
    sayings = told["380-is-enough"]["says"]
    assert isinstance(sayings, list)
    assert [said["year"] for said in sayings] == [2023, 2025, 2025]


def test_a_claim_that_does_not_exist_is_answered_with_near_ones() -> None:
    with pytest.raises(ClaimUnknown, match="floor-fell"):
        beijing().claims["floor-fall"]
    assert beijing().claims["floor-fell"].kind == "share_of_total"


def test_partnerships_keep_their_order_and_say_that_working_together_is_not_hiring() -> None:
    told = partnerships_json(beijing().partnerships, beijing().sources)
    parts = told["partnerships"]
    assert isinstance(parts, list)
    assert [part["id"] for part in parts] == [part.id for part in beijing().partnerships]
    assert {part["beside"] for part in parts} == {"合作不等于录用"} == {told["beside"]}
    essay = [part for part in parts if part["place"]["document"] == "essay-2026"]
    assert {part["standing"] for part in essay} == {"非官方，未核实"}
