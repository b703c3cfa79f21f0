"""Series: joined only where counted alike; every break has its reason; what disagrees has no single value."""

from tests.facts import fact, table

from guantong.facts import TimeBasis, series
from guantong.facts.overview import overview


def test_years_counted_alike_make_one_segment() -> None:
    facts = table(*(fact(f"f{year}", str(year), year=year) for year in (2017, 2015, 2016)))
    (one,) = series(facts, "pupils", "city")
    (segment,) = one.segments
    assert [point.period.year for point in segment.points] == [2015, 2016, 2017]
    assert one.breaks == ()


def test_a_missing_year_is_a_break() -> None:
    (one,) = series(table(fact("a", "1", year=2015), fact("b", "2", year=2018)), "pupils", "city")
    assert [gap.reasons for gap in one.breaks] == [("2016—2017 年没有收录数据",)]
    (one,) = series(table(fact("a", "1", year=2015), fact("b", "2", year=2017)), "pupils", "city")
    assert [gap.reasons for gap in one.breaks] == [("2016 年没有收录数据",)]


def test_another_scope_definition_or_time_basis_begins_a_segment_of_its_own() -> None:
    facts = table(
        fact("a", "1", attribute="rate", year=2015, definition="of_all"),
        fact("b", "2", attribute="rate", year=2016, definition="of_some"),
        fact("c", "3", attribute="rate", year=2017, definition="of_some", scope="secondary no-adult"),
        fact("d", "4", attribute="rate", year=2018, definition="of_some", basis=TimeBasis.SCHOOL_YEAR),
    )
    (one,) = series(facts, "rate", "city")
    assert len(one.segments) == 4
    assert [gap.reasons for gap in one.breaks] == [
        ("定义不同",),
        ("口径不同：中职学校；中职学校，不含成人中专",),
        ("口径不同：中职学校，不含成人中专；中职学校", "时间口径不同：时点；学年"),
    ]


def test_another_level_or_part_is_another_series() -> None:
    facts = table(fact("a", "1"), fact("b", "2", scope="higher"), fact("c", "3", scope="secondary part"))
    found = series(facts, "pupils", "city")
    assert [sorted(one.strand) for one in found] == [["higher"], ["secondary"], ["part", "secondary"]]


def test_a_point_whose_statements_differ_has_no_single_value() -> None:
    (one,) = series(table(fact("a", "1"), fact("b", "2")), "pupils", "city")
    (point,) = one.segments[0].points
    assert (point.agreed, point.magnitude, len(point.facts)) == (False, None, 2)


def test_a_point_said_twice_has_the_finer_value() -> None:
    (one,) = series(table(fact("a", "4.95", unit="万人"), fact("b", "49512")), "pupils", "city")
    assert one.segments[0].points[0].magnitude == 49_512


def test_text_makes_no_series() -> None:
    assert series(table(fact("a", "1:2", unit="")), "pupils", "city") == ()


def test_the_overview_shows_the_newest_point_and_only_a_comparable_one_before_it() -> None:
    facts = table(
        fact("a", "1", year=2019),
        fact("b", "2", year=2020),
        fact("c", "3", year=2021, scope="secondary no-adult"),
        fact("d", "4", year=2021, scope="secondary part"),
    )
    (newest,) = overview(facts, "city")
    assert (newest.point.facts, newest.before) == ((facts["c"],), None)
    (earlier,) = overview(table(*list(facts)[:2], fact("e", "0", year=2018)), "city")
    assert earlier.before is not None
    assert earlier.before.period.year == 2019
