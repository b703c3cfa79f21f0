"""Collection at the command line: the form out and back, checks as JSON, one step further, facts released."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.cli import guantong
from tests.collection import CITY, DISTRICT_OFFICE, OFFICER, SCHOOL_HEAD, YEAR, fill, opened
from tests.desk import SCHOOL
from tests.desk_cli import at_the_desk, token_for
from tests.integration.conftest import Fresh, using

from guantong.actions import publication
from guantong.people import Person
from guantong.settings import Settings

ASKED = ("--org", SCHOOL, "--year", str(YEAR))


@pytest.fixture
def year(fresh: Fresh) -> object:
    """A reporting year on a SQLite database of the demonstration's world."""
    with using(fresh("sqlite")) as settings:
        opened()
        yield settings


@pytest.fixture
def officer(year: Settings, tmp_path: Path) -> str:
    """The quality officer's token."""
    return token(OFFICER, tmp_path)


def token(person: Person, folder: Path) -> str:
    """A token file."""
    return str(token_for(person, folder))


def test_the_catalogue_and_the_procedures_are_listed_without_an_account() -> None:
    said = guantong("indicators", "list", "--year", "2026", "--stage", "college", "--json").json
    assert {"id", "name", "unit", "table", "office", "grade", "checks"} == set(said["indicators"][0])
    procedures = guantong("procedures", "list", "--json").json["procedures"]
    assert {"section", "collection", "rectification", "grading"} <= {one["id"] for one in procedures}


def test_a_form_goes_out_is_filled_in_and_comes_back(year: Settings, officer: str, tmp_path: Path) -> None:
    out = tmp_path / "form.xlsx"
    assert at_the_desk(year, "indicators", "form", *ASKED, "--out", str(out), "--as", officer).code == 0
    assert at_the_desk(year, "indicators", "form", *ASKED, "--out", str(out), "--as", officer).code != 0
    book = load_workbook(BytesIO(out.read_bytes()))
    book.worksheets[0]["E2"].value = "200"
    book.save(out)
    done = at_the_desk(year, "indicators", "import", str(out), *ASKED, "--as", officer, "--json")
    assert done.json == {"sections": ["scorecard.placement"]}
    checked = at_the_desk(year, "indicators", "check", *ASKED, "--as", officer, "--json")
    assert checked.code == 1
    assert '"hard"' in checked.said


def test_a_form_with_faults_is_refused_with_every_one(year: Settings, officer: str, tmp_path: Path) -> None:
    out = tmp_path / "form.xlsx"
    at_the_desk(year, "indicators", "form", *ASKED, "--out", str(out), "--as", officer)
    book = load_workbook(BytesIO(out.read_bytes()))
    book.worksheets[0]["E2"].value, book.worksheets[0]["E3"].value = "许多", "=1"
    book.save(out)
    refused = at_the_desk(year, "indicators", "import", str(out), *ASKED, "--as", officer)
    assert refused.code != 0
    assert "不是数字" in refused.complained
    assert "公式" in refused.complained
    missing = at_the_desk(year, "indicators", "import", str(tmp_path / "none.xlsx"), *ASKED, "--as", officer)
    assert "读不出来" in missing.complained


def test_a_demonstration_goes_through_every_step(year: Settings, officer: str, tmp_path: Path) -> None:
    fill()
    sound = at_the_desk(year, "indicators", "check", *ASKED, "--as", officer, "--json").json
    assert (sound["hard"], sound["warnings"], sound["problems"]) == (0, 0, [])
    sections = at_the_desk(year, "indicators", "submit", *ASKED, "--as", officer, "--json").json["sections"]
    assert len(sections) > 10
    back = ("--section", sections[0], "--return", "--reason", "请核对")
    assert at_the_desk(year, "procedures", "advance", *ASKED, *back, "--as", officer, "--json").json["step"] == "fill"
    assert at_the_desk(year, "indicators", "submit", *ASKED, "--as", officer, "--json").json["sections"] == sections[:1]
    for name in sections:
        done = at_the_desk(year, "procedures", "advance", *ASKED, "--section", name, "--as", officer, "--json")
        assert done.json["step"] is None
    steps = []
    for person in (OFFICER, SCHOOL_HEAD, DISTRICT_OFFICE, CITY):
        own = token(person, tmp_path)
        steps.append(at_the_desk(year, "procedures", "advance", *ASKED, "--as", own, "--json").json["step"])
    assert steps == ["sign", "confirm", "receive", None]
    publication.publish_year(YEAR, by=CITY)
    released = at_the_desk(year, "facts", "release", "--as", token(CITY, tmp_path), "--json").json
    assert released["facts"] > 50
    assert Path(released["path"]).is_file()


def test_nothing_is_done_without_a_token(year: Settings, tmp_path: Path) -> None:
    for command in (
        ("indicators", "check", *ASKED),
        ("indicators", "submit", *ASKED),
        ("procedures", "advance", *ASKED),
        ("facts", "release"),
        ("indicators", "form", *ASKED, "--out", str(tmp_path / "x.xlsx")),
    ):
        assert at_the_desk(year, *command).code != 0
