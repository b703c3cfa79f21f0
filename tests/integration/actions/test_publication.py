"""Publication: a year is published whole, then only corrected; what is released is read again as it was."""

import json

import pytest
from tests.collection import CITY, DISTRICT_ID, OFFICER, YEAR, confirm, fill, hand_in, opened
from tests.desk import OTHER_SCHOOL, SCHOOL, organisations_of_the_desk

from guantong.actions import books, collection, publication
from guantong.actions.collection import Duty
from guantong.contents import Contents
from guantong.errors import FileRefused, InputRefused, LayerRefused, NotAllowed, StepRefused
from guantong.evidence import Grade
from guantong.facts import Wanted
from guantong.facts.layer import read_layer
from guantong.indicators.combining import Lack
from guantong.registry import Stage
from guantong.settings import Settings

SECOND = Wanted(attribute="form.graduates", subject=SCHOOL, year=YEAR)
TOTAL = Wanted(attribute="form.graduates", subject="city", year=YEAR, scope=frozenset({"secondary"}))


def received() -> None:
    """A year in which the one school that must report has reported."""
    opened()
    fill()
    hand_in()
    confirm()


@pytest.mark.usefixtures("database")
def test_only_what_was_received_becomes_a_fact() -> None:
    opened()
    fill()
    assert publication.fact_table()[0].find(SECOND) == ()
    hand_in()
    confirm()
    table, missing = publication.read_fact_table(by=CITY)
    assert table.one(SECOND).grade is Grade.PENDING
    assert table.one(TOTAL).printed == "200"
    assert {one.lack for one in missing} == {Lack.PARTS}
    publication.publish_year(YEAR, by=CITY)
    assert publication.fact_table()[0].one(SECOND).grade is Grade.OFFICIAL


@pytest.mark.usefixtures("database")
def test_a_total_with_a_hole_is_unknown_and_says_whose_number_is_missing() -> None:
    received()
    organisations_of_the_desk([OTHER_SCHOOL])
    collection.name_duty(YEAR, Duty(organisation=OTHER_SCHOOL, stage=Stage.SECONDARY), by=CITY)
    table, missing = publication.fact_table()
    assert table.find(TOTAL) == ()
    assert next(one for one in missing if one.indicator == "graduates").organisations == (OTHER_SCHOOL,)
    with pytest.raises(InputRefused) as refused:
        publication.publish_year(YEAR, by=CITY)
    assert [problem.column for problem in refused.value.problems] == [OTHER_SCHOOL]
    collection.exempt_organisation(YEAR, OTHER_SCHOOL, "无生单位", seen=1, by=CITY)
    publication.publish_year(YEAR, by=CITY)
    assert publication.fact_table()[0].one(TOTAL).printed == "200"


@pytest.mark.usefixtures("database")
def test_after_publication_a_value_is_only_corrected_and_both_stay() -> None:
    received()
    with pytest.raises(StepRefused):
        publication.correct_value(YEAR, SCHOOL, "graduates", "210", "抄错", by=CITY)
    publication.publish_year(YEAR, by=CITY)
    with pytest.raises(StepRefused):
        publication.publish_year(YEAR, by=CITY)
    with pytest.raises(InputRefused) as refused:
        publication.correct_value(YEAR, SCHOOL, "graduates", "许多", " ", by=CITY)
    assert len(refused.value.problems) == 2
    publication.correct_value(YEAR, SCHOOL, "graduates", "210", "原始记录为 210", by=CITY)
    found = collection.read_revisions(YEAR, SCHOOL, "graduates", by=OFFICER)
    assert [(one.value, one.current, one.erratum) for one in found] == [
        ("200", False, ""),
        ("210", True, "原始记录为 210"),
    ]
    assert publication.fact_table()[0].one(TOTAL).printed == "210"


@pytest.mark.usefixtures("database")
def test_nobody_but_the_city_publishes() -> None:
    opened()
    for act in (lambda: publication.publish_year(YEAR, by=OFFICER), lambda: publication.release_facts(by=OFFICER)):
        with pytest.raises(NotAllowed):
            act()


def test_what_is_released_is_read_again_as_it_was(database: Settings) -> None:
    received()
    assert publication.release_facts(by=CITY).facts == 0
    publication.publish_year(YEAR, by=CITY)
    released = publication.release_facts(by=CITY)
    assert released.path == database.data_folder / "released.json"
    assert released.facts > 50
    text = released.path.read_text("utf-8")
    package = books.contents().package
    read = Contents(package, layer=text)
    assert read.facts.one(TOTAL).printed == "200"
    assert read.words.attribute("form.graduates").name == "毕业生人数"
    assert len(read.facts) == len(Contents(package).facts) + released.facts
    assert DISTRICT_ID not in text


def test_where_the_layer_cannot_be_written_its_file_is_named(database: Settings) -> None:
    (database.data_folder / "released.new").mkdir()
    with pytest.raises(FileRefused, match=r"released\.json"):
        publication.release_facts(by=CITY)
    assert not (database.data_folder / "released.json").exists()


def test_an_altered_or_foreign_layer_is_refused(database: Settings) -> None:
    received()
    publication.publish_year(YEAR, by=CITY)
    text = publication.release_facts(by=CITY).path.read_text("utf-8")
    bundled = Contents(books.contents().package).facts
    assert len(read_layer(text, bundled)) > len(bundled)
    for spoilt in (text.replace('"200"', '"201"', 1), "{}", "nothing", json.dumps({**json.loads(text), "world": "x"})):
        with pytest.raises(LayerRefused):
            read_layer(spoilt, bundled)
    assert database.data_folder.is_dir()
