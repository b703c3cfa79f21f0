"""The schematic map of districts: a tile each, none used twice; a package may draw no map."""

import pytest
from tests.factories import beijing
from tests.packages import Package

DISTRICTS = "districts.yaml"


def test_a_package_without_tiles_draws_no_map(tiny: Package) -> None:
    assert tiny.open().tiles == {}


def test_a_district_may_have_a_tile(tiny: Package) -> None:
    tiny.change(DISTRICTS, "name: 城北区", "name: 城北区, tile: [1, 8]")
    assert tiny.problems() == ()
    assert tiny.open().tiles == {"north": (1, 8)}


@pytest.mark.parametrize("tile", ["[0, 1]", "[1, 9]", "[1]", "[1, 2, 3]"])
def test_a_tile_outside_the_map_is_refused(tiny: Package, tile: str) -> None:
    tiny.change(DISTRICTS, "name: 城北区", f"name: 城北区, tile: {tile}")
    (problem,) = tiny.problems()
    assert (problem.file, problem.column) == (DISTRICTS, "north › tile")


@pytest.mark.parametrize("tile", ["north", "[a, b]"])
def test_a_tile_of_words_is_refused(tiny: Package, tile: str) -> None:
    tiny.change(DISTRICTS, "name: 城北区", f"name: 城北区, tile: {tile}")
    assert {problem.column for problem in tiny.problems()} == {"north › tile"}


def test_two_districts_on_one_tile_are_refused(tiny: Package) -> None:
    tiny.change(DISTRICTS, "name: 城北区", "name: 城北区, tile: [2, 2]")
    tiny.change(DISTRICTS, "name: 城南区", "name: 城南区, tile: [2, 2]")
    (problem,) = tiny.problems()
    assert problem.column == "south › tile"


def test_every_district_of_beijing_has_its_tile() -> None:
    assert set(beijing().tiles) == set(beijing().districts)
    assert beijing().tiles["changping"] < beijing().tiles["dongcheng"] < beijing().tiles["daxing"]
