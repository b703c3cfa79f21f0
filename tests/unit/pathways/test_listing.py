"""Lists of programmes: the plan's order or a named criterion, each row with its reasons, unknowns last."""

from dataclasses import replace

import pytest
from tests.planning import answer, desk

from guantong.pathways.interests import Interest, category_of, interest_reason
from guantong.pathways.listing import Criterion, Filters, Listed, Wishes, criterion_for, listed, narrowed
from guantong.registry import Programme

ROWS = desk().plans.year(2025).programmes
ALL = desk().plans.programmes.values()


def ordered(criterion: Criterion, rows: tuple[Programme, ...] = ROWS, **wishes: object) -> tuple[Listed, ...]:
    """Rows in the order of a criterion."""
    wanted = Wishes(**wishes)  # type: ignore[arg-type]
    return listed(rows, wanted, criterion, registry=desk().registry, interests=desk().interests)


def passing(**filters: str) -> list[Programme]:
    """The rows of 2025 that pass some filters."""
    return list(narrowed(ROWS, Filters(**filters), registry=desk().registry, interests=desk().interests))


def district(programme: Programme) -> str:
    """Where the school of a row lies; "" where that is not known."""
    return desk().registry[programme.school_id].district


@pytest.mark.parametrize(
    ("wishes", "asked", "criterion"),
    [
        (Wishes(), None, Criterion.PLAN),
        (Wishes(district="fengtai"), None, Criterion.DISTRICT),
        (Wishes(district="fengtai", interests=("软件",)), None, Criterion.INTEREST),
        (Wishes(district="fengtai", interests=("软件",)), Criterion.QUOTA, Criterion.QUOTA),
    ],
)
def test_the_criterion_is_the_one_asked_for_else_it_follows_the_wishes(
    wishes: Wishes, asked: Criterion | None, criterion: Criterion
) -> None:
    assert criterion_for(wishes, asked) is criterion


def test_the_order_of_the_plan_is_kept() -> None:
    assert [row.programme for row in ordered(Criterion.PLAN)] == list(ROWS)


@pytest.mark.parametrize("criterion", Criterion)
def test_no_criterion_loses_or_doubles_a_row(criterion: Criterion) -> None:
    found = ordered(criterion, interests=("信息技术",), district="fengtai")
    assert sorted(row.programme.id for row in found) == sorted(row.id for row in ROWS)


def test_schools_of_the_district_come_first_and_unknown_districts_last() -> None:
    places = [district(row.programme) for row in ordered(Criterion.DISTRICT, district="fengtai")]
    ranks = [0 if place == "fengtai" else 2 if not place else 1 for place in places]
    assert ranks == sorted(ranks)
    assert set(ranks) == {0, 1, 2}


def test_a_row_says_why_it_stands_where_it_stands() -> None:
    for row in ordered(Criterion.DISTRICT, district="fengtai"):
        place = district(row.programme)
        reasons = {"fengtai": ("学校在丰台区",), "": ("学校所在区未收录",)}.get(place, ())
        assert row.reasons == reasons


def test_more_interests_met_come_first_and_each_has_its_reason() -> None:
    found = ordered(Criterion.INTEREST, interests=("信息技术", "网络"))
    met = [len(row.reasons) for row in found]
    assert met == sorted(met, reverse=True)
    assert (max(met), min(met)) == (2, 0)


def test_a_larger_quota_comes_first_and_a_missing_one_last() -> None:
    rows = (replace(ROWS[0], quota=None), *ROWS[1:])
    quotas = [row.programme.quota for row in ordered(Criterion.QUOTA, rows)]
    known = [quota for quota in quotas if quota is not None]
    assert quotas[-1] is None
    assert known == sorted(known, reverse=True)


def test_rows_of_one_partner_stand_together_and_a_missing_one_last() -> None:
    rows = (replace(ROWS[0], partner="", partner_id=""), *ROWS[1:])
    partners = [row.programme.partner for row in ordered(Criterion.PARTNER, rows)]
    assert partners[-1] == ""
    assert partners[:-1] == sorted(partners[:-1])


def test_the_answer_names_its_criterion() -> None:
    assert answer(cohort=2025, interest="软件")["order"] == {"criterion": "interest", "text": "符合兴趣的在前"}


@pytest.mark.parametrize(("cohort", "year"), [(2025, 2025), (2028, 2025)])
def test_a_wish_that_no_programme_meets_is_said(cohort: int, year: int) -> None:
    notices = [notice["text"] for notice in answer(cohort=cohort, interest=["大数据", "驯兽"])["notices"]]
    assert f"{year} 年列出的招生专业里，没有查到与“驯兽”相符的。" in notices
    assert not any("“大数据”" in text for text in notices)


@pytest.mark.parametrize(
    ("code", "category"),
    [
        ("710205", "11"),
        ("510202", "11"),
        ("310201", "11"),
        ("610101", "01"),
        ("600101", ""),
        ("200101", ""),
        ("800101", ""),
        ("", ""),
        ("7A", ""),
        ("410101", "01"),
        ("790101", "19"),
    ],
)
def test_a_code_belongs_to_a_family_whatever_its_level(code: str, category: str) -> None:
    assert category_of(code) == category


def test_a_direction_matches_by_code_else_by_words() -> None:
    computing = Interest(id="it", title="信息技术", words=("网络",), categories=("11",))
    by_code = replace(ROWS[0], code="710205", major="某专业")
    by_word = replace(ROWS[0], code="", major="网络安全")
    neither = replace(ROWS[0], code="660704", major="汽车")
    assert computing.reason(by_code) == "专业代码 710205 属于“信息技术”一类"
    assert computing.reason(by_word) == "专业名称里有“网络”，归入“信息技术”"
    assert computing.reason(neither) == ""
    assert interest_reason("it", by_code, [computing]) == computing.reason(by_code)


def test_free_words_are_looked_for_in_both_majors_whatever_their_case() -> None:
    row = replace(ROWS[0], major="AI 应用", partner_major="软件工程")
    assert interest_reason("ai", row, []) == "专业名称里有“ai”"
    assert interest_reason("软件", row, []) == "专业名称里有“软件”"
    assert interest_reason("烹饪", row, []) == ""


@pytest.mark.parametrize(
    "filters",
    [
        {"school": "北京市昌平职业学校"},
        {"school": "changping-zhiye"},
        {"partner": "北京信息科技大学"},
        {"partner": "xinxi-keji"},
        {"type": "gaoben"},
        {"words": "汽车"},
        {"words": "汽车 昌平"},
        {"words": "710205"},
    ],
)
def test_a_filter_leaves_some_rows_and_takes_some(filters: dict[str, str]) -> None:
    assert 0 < len(passing(**filters)) < len(ROWS)


def test_a_school_is_found_by_every_name_that_it_bears() -> None:
    assert passing(partner="北京电子科技职业学院") == passing(partner="北京科技职业大学") != []


def test_filters_join() -> None:
    both = passing(type="gaoben", words="网络")
    assert both == [row for row in passing(type="gaoben") if row in passing(words="网络")]


def test_a_district_keeps_the_unknown_ones_last() -> None:
    places = [district(row) for row in passing(district="fengtai")]
    assert set(places) == {"fengtai", ""}
    assert places == sorted(places, reverse=True)


def test_a_category_keeps_rows_without_a_code_last_and_drops_other_families() -> None:
    rows = [replace(ROWS[0], code="", major="某专业"), replace(ROWS[0], code="660704", major="汽车"), ROWS[0]]
    found = narrowed(rows, Filters(category="信息技术"), registry=desk().registry, interests=desk().interests)
    assert [row.code for row in found] == ["710205", ""]


def test_a_category_that_is_none_matches_nothing() -> None:
    assert passing(category="x") == []
