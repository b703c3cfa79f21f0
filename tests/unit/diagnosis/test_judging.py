"""That nothing was found closes a task only where something could have been found."""

import pytest
from tests.unit.diagnosis.test_diagnosis import school, seen
from tests.unit.indicators.catalogue import RATE

from guantong.diagnosis import FEWEST_PEERS, FEWEST_YEARS, FindingKind, Observed, Panel, why_not_judged

EVERY = [FindingKind.CONSISTENCY, FindingKind.THRESHOLD, FindingKind.TREND, FindingKind.PEERS]


def why(kind: FindingKind, *observed: Observed, schools: int = 1, of_kind: str = "工科") -> str:
    """Why the first school is not judged in 2025."""
    panel = Panel([school(number, of_kind) for number in range(schools)], observed)
    return why_not_judged(panel, RATE, "s0", 2025, kind)


@pytest.mark.parametrize("kind", EVERY)
def test_without_a_number_nothing_is_judged(kind: FindingKind) -> None:
    assert "没有" in why(kind)


@pytest.mark.parametrize("kind", EVERY[1:])
def test_few_people_are_not_judged_but_their_form_is_checked(kind: FindingKind) -> None:
    assert "29 人" in why(kind, seen("rate", "95", people=29))
    assert why(FindingKind.CONSISTENCY, seen("rate", "95", people=29)) == ""


def test_a_standard_of_another_kind_of_school_judges_nothing() -> None:
    assert why(FindingKind.THRESHOLD, seen("rate", "95", people=30)) == ""
    assert "没有适用" in why(FindingKind.THRESHOLD, seen("rate", "95"), of_kind="艺术")


def test_a_trend_needs_its_years() -> None:
    years = [seen("rate", "95", 2025 - back) for back in range(FEWEST_YEARS)]
    assert why(FindingKind.TREND, *years) == ""
    assert f"{FEWEST_YEARS - 1} 个年份" in why(FindingKind.TREND, *years[:-1])


def test_a_comparison_needs_its_peers_and_people_behind_them() -> None:
    peers = [seen("rate", "95", of=f"s{number}") for number in range(FEWEST_PEERS)]
    assert why(FindingKind.PEERS, *peers, schools=FEWEST_PEERS) == ""
    assert f"{FEWEST_PEERS - 1} 所" in why(FindingKind.PEERS, *peers[:-1], schools=FEWEST_PEERS)
    few = seen("rate", "95", of=f"s{FEWEST_PEERS - 1}", people=3)
    assert f"{FEWEST_PEERS - 1} 所" in why(FindingKind.PEERS, *peers[:-1], few, schools=FEWEST_PEERS)
