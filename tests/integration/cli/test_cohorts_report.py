"""`guantong cohorts report` and `cohorts counts`: for whose token it is, as files and as the JSON that is promised."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import docx
import pytest
from tests.cli import Ran, guantong
from tests.desk import CITY, OPERATOR, OTHER_REGISTRAR, PROJECT, REGISTRAR
from tests.integration.cli.test_schemas import check
from tests.reporting import small_register, submitted
from tests.staff import account_of

from guantong.actions.clock import real_now
from guantong.cli.person import account
from guantong.people import Person
from guantong.settings import Settings
from guantong.store import accounts, models


@pytest.fixture(autouse=True)
def register(database: Settings) -> tuple[str, ...]:
    """Four pupils of one project."""
    return small_register()


def run(person: Person, folder: Path, *arguments: str) -> Ran:
    """Run a command of cohorts with a person's token."""
    token = folder / "token"
    if not token.exists():
        user = account_of(person).id
        until = real_now() + timedelta(hours=1)
        accounts.put_token("t" * 43, user, purpose="year-report", account=account(), at=real_now(), until=until)
        token.touch(mode=0o600)
        token.write_text("t" * 43)
    return guantong("cohorts", *arguments, "--as", str(token))


def report(person: Person, folder: Path, *more: str) -> Ran:
    """Ask for the report of 2026."""
    return run(person, folder, "report", "--project", PROJECT, "--year", "2026", *more)


def test_a_report_is_begun_and_told_in_words(tmp_path: Path) -> None:
    assert report(REGISTRAR, tmp_path).code == 3
    said = report(REGISTRAR, tmp_path, "--start")
    assert (said.code, "未提交，未到期" in said.said, "4 人" in said.said) == (0, True, True)
    assert models.ProjectReport.objects.get().step == "write"


def test_the_files_are_written_and_never_written_over(tmp_path: Path) -> None:
    submitted()
    out = tmp_path / "out"
    assert report(CITY, tmp_path, "--out", str(out)).code != 0
    out.mkdir()
    files = report(CITY, tmp_path, "--out", str(out), "--json").json["files"]
    assert sorted(Path(file).suffix for file in files) == [".docx", ".pdf"]
    assert {str(path) for path in out.iterdir()} == set(files)
    words = "\n".join(
        part.text for part in docx.Document(next(file for file in files if file.endswith("x"))).paragraphs
    )
    assert "各级累计录取4人" in words
    before = {path: path.read_bytes() for path in out.iterdir()}
    assert report(CITY, tmp_path, "--out", str(out)).code != 0
    assert {path: path.read_bytes() for path in out.iterdir()} == before


def test_the_json_is_what_the_schema_promises(tmp_path: Path) -> None:
    submitted()
    told: dict[str, Any] = report(CITY, tmp_path, "--json").json
    check("cohorts-report", told)
    assert (told["filing"], told["step"], told["figures"]["cohorts"][0]["pupils"]) == ("on_time", None, 4)
    assert told["digest"] == models.ProjectReport.objects.get().digest


def test_counts_are_told_for_a_day_and_as_then_known(tmp_path: Path) -> None:
    now = run(CITY, tmp_path, "counts", "--json").json
    check("cohorts-counts", now)
    assert [(row["project"], row["by_status"]["suspended"]) for row in now["rows"]] == [(PROJECT, 1)]
    early = run(CITY, tmp_path, "counts", "--on", "2026-02-28", "--since", "2026-01-01", "--json").json
    check("cohorts-counts", early)
    assert early["rows"][0]["happened"] == {}
    assert run(CITY, tmp_path, "counts", "--known", "2023-01-01T00:00:00", "--json").json["rows"] == []
    assert "未收录" in run(CITY, tmp_path, "counts").said


def test_days_that_are_none_are_named_together(tmp_path: Path) -> None:
    refused = run(CITY, tmp_path, "counts", "--on", "x", "--known", "y", "--json")
    assert (refused.code, len(refused.error["problems"])) == (2, 2)


@pytest.mark.parametrize("person", [OTHER_REGISTRAR, CITY], ids=["other school", "city"])
def test_a_report_out_of_reach_is_unknown(person: Person, tmp_path: Path) -> None:
    assert report(REGISTRAR, tmp_path, "--start").code == 0
    (tmp_path / "token").unlink()
    models.Token.objects.all().delete()
    assert report(person, tmp_path).code == 3


def test_an_operator_is_told_no_numbers(tmp_path: Path) -> None:
    assert run(OPERATOR, tmp_path, "counts").code == 6
