"""`guantong cohorts export`: asked for and taken with a token; approved elsewhere."""

import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from tests.cli import Ran, guantong
from tests.desk import HEAD, PROJECT, REGISTRAR, SCHOOL, admit, row
from tests.integration.conftest import Fresh, using
from tests.staff import account_of

from guantong.actions import working_copies
from guantong.actions.clock import real_now
from guantong.cli.person import account
from guantong.settings import Settings
from guantong.store import accounts, models


@pytest.fixture
def token(fresh: Fresh, tmp_path: Path) -> object:
    with using(fresh("sqlite")) as settings:
        admit(row(1), row(2))
        registrar, at = account_of(REGISTRAR), real_now()
        until = at + timedelta(hours=1)
        accounts.put_token("secret", registrar.id, purpose="filing", account=account(), at=at, until=until)
        file = tmp_path / "token"
        file.write_text("secret\n")
        file.chmod(0o600)
        yield settings, file


def run(token: tuple[Settings, Path], *arguments: str) -> Ran:
    settings, file = token
    return guantong(*arguments, "--as", str(file), GUANTONG_DATA=str(settings.data))


ASK = ("cohorts", "export", "ask", "--project", PROJECT, "--cohort", "2023", "--school", SCHOOL)


def test_a_copy_is_asked_for_listed_and_taken(token: tuple[Settings, Path], tmp_path: Path) -> None:
    code, said, _ = run(token, *ASK)
    assert (code, "负责人在网页上批准" in said) == (0, True)
    asked = models.WorkingCopy.objects.get()
    out = tmp_path / "copy.csv"
    assert run(token, "cohorts", "export", "take", asked.pk, "--out", str(out))[0] == 7
    working_copies.approve_copy(asked.pk, seen=1, by=HEAD)
    assert '"state": "approved"' in run(token, "cohorts", "export", "list", "--json")[1]
    code, said, _ = run(token, "cohorts", "export", "take", asked.pk, "--out", str(out))
    assert (code, "2 人" in said) == (0, True)
    assert "演示学生1" in out.read_text("utf-8-sig")
    assert stat.S_IMODE(os.stat(out).st_mode) == 0o600
    assert "已下载" in run(token, "cohorts", "export", "list")[1]


def test_a_file_that_is_there_keeps_the_approval_and_another_ending_is_refused(
    token: tuple[Settings, Path], tmp_path: Path
) -> None:
    run(token, *ASK)
    asked = models.WorkingCopy.objects.get()
    working_copies.approve_copy(asked.pk, seen=1, by=HEAD)
    there = tmp_path / "copy.xlsx"
    there.write_text("mine")
    assert run(token, "cohorts", "export", "take", asked.pk, "--out", str(there))[0] != 0
    assert run(token, "cohorts", "export", "take", asked.pk, "--out", str(tmp_path / "copy.pdf"))[0] == 2
    assert (models.WorkingCopy.objects.get().state, there.read_text()) == ("approved", "mine")
