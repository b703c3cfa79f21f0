"""Files and folders that cannot be used, at the command line: a sentence, an exit code, and nothing half-written."""

import os
import stat
from pathlib import Path

import pytest
from django.db import connection
from tests.cli import guantong
from tests.desk import AUDITOR, REGISTRAR
from tests.desk_cli import at_the_desk, token_for
from tests.integration.conftest import Fresh, using

from guantong.cli.asking import write_together
from guantong.errors import FileRefused
from guantong.settings import Settings
from guantong.store import models

PEOPLE = "cohort,score,household,exam_eligible\n2025,400,beijing,yes\n"
BUILD = ("reports", "build", "--level", "district", "--region", "东城区", "--year", "2024", "--out")
LONG = "长" * 200


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


@pytest.fixture
def desk(fresh: Fresh):
    """A SQLite database of the demonstration's world."""
    with using(fresh("sqlite")) as settings:
        yield settings


@pytest.mark.parametrize("target", ["folder", "pipe", "people.csv/below", "none/t.csv", LONG, ""])
def test_a_table_is_never_written_over_what_is_no_file_nor_left_half_way(people: Path, target: str) -> None:
    place = people.parent
    (place / "folder").mkdir()
    os.mkfifo(place / "pipe")
    before = sorted(place.iterdir())
    ran = guantong("policies", "table", str(people), str(place / target) if target else "")
    assert (ran.code, ran.said) == (2, "")
    assert "请" in ran.complained
    assert sorted(place.iterdir()) == before
    assert stat.S_ISFIFO((place / "pipe").stat().st_mode)


@pytest.mark.parametrize(("source", "why"), [(LONG, "找不到这个文件"), ("wide.csv", "或一格太长")])
def test_a_table_that_cannot_be_read_says_why(people: Path, source: str, why: str) -> None:
    people.with_name("wide.csv").write_text(f"cohort,score\n2025,{'4' * 200_000}\n", encoding="utf-8")
    ran = guantong("policies", "table", str(people.with_name(source)), str(people.with_name("out.csv")))
    assert ran.code == 2
    assert why in ran.complained
    assert not people.with_name("out.csv").exists()


@pytest.mark.parametrize("out", ["people.csv", "people.csv/below", LONG])
def test_a_report_that_cannot_be_written_leaves_nothing(people: Path, out: str) -> None:
    ran = guantong(*BUILD, str(people.parent / out))
    assert (ran.code, ran.said) == (2, "")
    assert "写不进去" in ran.complained
    assert [path.name for path in people.parent.iterdir()] == ["people.csv"]


def test_a_report_is_written_over_an_older_one_for_everybody_to_read(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        first, second = (guantong(*BUILD, str(tmp_path / "new" / "report")) for _ in range(2))
    finally:
        os.umask(before)
    assert (first.code, second.code) == (0, 0), second.complained
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new" / "report").iterdir()}
    assert modes == {f"guantong-district-东城区-2024.{ending}": 0o644 for ending in ("docx", "pdf", "html")}


def test_where_one_of_several_files_cannot_be_written_none_is(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(FileRefused, match="不是普通文件"):
        write_together({tmp_path / "first": b"1", tmp_path / "taken": b"2"})
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


@pytest.mark.parametrize("command", ["backup", "cohorts export take x --out"])
def test_a_name_that_is_too_long_is_a_file_that_cannot_be_written(desk: Settings, tmp_path: Path, command: str) -> None:
    (words := tmp_path / "words").write_text("a long passphrase\n", encoding="utf-8")
    words.chmod(0o600)
    more = ["--passphrase-file", str(words)] if command == "backup" else ["--as", str(token_for(REGISTRAR, tmp_path))]
    ran = at_the_desk(desk, *command.split(), str(tmp_path / f"{LONG}.csv"), *more)
    assert ran.code in (2, 3)
    assert "Traceback" not in ran.complained


def test_a_head_of_a_thousand_brackets_is_no_head(desk: Settings, tmp_path: Path) -> None:
    (head := tmp_path / "head.json").write_text("[" * 100_000, encoding="utf-8")
    ran = at_the_desk(desk, "journal", "verify", "--head", str(head))
    assert (ran.code, ran.said) == (2, "")
    assert "不是日志头" in ran.complained


COMMANDS = [
    "migrate",
    "users list",
    "cohorts check",
    "journal head",
    "demo --yes",
    "users create --first --login a --name b",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_data_folder_that_is_a_file_is_told_in_words(people: Path, command: str) -> None:
    with using(Settings(data=people)):
        ran = guantong(*command.split(), GUANTONG_DATA=str(people))
    assert (ran.code, ran.said) == (5, "")
    assert "请检查 GUANTONG_DATA" in ran.complained
    assert people.read_text("utf-8") == PEOPLE


@pytest.mark.parametrize("command", COMMANDS)
def test_a_database_of_a_newer_program_is_left_alone(desk: Settings, command: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('store', '9999_later', '2030-01-01')"
        )
    with using(desk):
        ran = at_the_desk(desk, *command.split())
    assert (ran.code, ran.said) == (5, "")
    assert "表结构比本程序新" in ran.complained


def test_keys_that_cannot_be_written_make_no_world(tmp_path: Path) -> None:
    (keys := tmp_path / "keys").write_text("a file", encoding="utf-8")
    with using(Settings(data=tmp_path / "data", keys=keys)) as settings:
        ran = at_the_desk(settings, "users", "create", "--first", "--login", "a", "--name", "b")
        assert (ran.code, ran.said) == (2, "")
        assert "请检查 GUANTONG_KEYS" in ran.complained
        assert not models.World.objects.exists()


def test_the_doctor_examines_a_database_that_nobody_has_begun_to_use(tmp_path: Path) -> None:
    with using(Settings(data=tmp_path / "data")) as settings:
        assert at_the_desk(settings, "migrate").code == 0
        ran = at_the_desk(settings, "doctor", "--json")
        assert ran.code == 1
        assert '"还没有启用"' in ran.said


@pytest.mark.parametrize("command", ["cohorts counts", "cohorts list"])
def test_a_purpose_is_one_of_the_list_so_that_no_words_of_ones_own_reach_the_journal(
    desk: Settings, tmp_path: Path, command: str
) -> None:
    token = str(token_for(REGISTRAR, tmp_path))
    ran = at_the_desk(desk, *command.split(), "--as", token, "--purpose", "张三家长来电")
    assert (ran.code, ran.said) == (2, "")
    assert "请从用途清单中选择" in ran.complained
    assert not models.JournalEntry.objects.filter(purpose="张三家长来电").exists()


@pytest.mark.parametrize(
    ("narrowed", "why"),
    [
        (("--stage", "colege"), "没有这个学段"),
        (("--project", " "), "是空的"),
        (("--class", ""), "是空的"),
        (("--until", "0001-01-01"), "早于起始日期"),
    ],
)
def test_a_grant_that_could_reach_nothing_is_refused(desk: Settings, narrowed: tuple[str, str], why: str) -> None:
    token_for(AUDITOR, desk.data_folder)
    login = models.User.objects.get().login
    ran = at_the_desk(
        desk, "users", "grant", login, "--role", "registrar", "--organisation", "yanshi-gongye", *narrowed
    )
    assert (ran.code, ran.said) == (2, "")
    assert why in ran.complained
