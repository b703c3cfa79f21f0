"""The school desk at the command line: who acts, what is shown, what is refused, and what the journal keeps."""

import json
import os
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.cli import Ran
from tests.desk import (
    AUDITOR,
    CLASS,
    INTAKE,
    OTHER_REGISTRAR,
    PROJECT,
    REGISTRAR,
    SCHOOL,
    admit,
    row,
)
from tests.desk_cli import at_the_desk, token_for
from tests.integration.cli.test_schemas import check
from tests.integration.conftest import Fresh, using

from guantong.actions import events, roster_file
from guantong.actions.events import NewEvent
from guantong.cli import person as door
from guantong.cohorts import EventKind
from guantong.people import Person
from guantong.settings import Settings
from guantong.store import models


@pytest.fixture
def desk(fresh: Fresh):
    """A SQLite database of the demonstration's world."""
    with using(fresh("sqlite")) as settings:
        yield settings


class Desk:
    """Commands given on one database, as one person."""

    def __init__(self, settings: Settings, person: Person | None = None, folder: Path | None = None) -> None:
        """Take a token for a person."""
        self.settings = settings
        self.token = token_for(person, folder or settings.keys_folder.parent.parent) if person else None

    def __call__(self, *arguments: object) -> Ran:
        """Run a command."""
        words = [str(word) for word in arguments]
        return at_the_desk(self.settings, *words, *(["--as", str(self.token)] if self.token else []))


def last_entry() -> models.JournalEntry:
    """The newest entry."""
    return models.JournalEntry.objects.order_by("-number")[0]


# accounts


def test_an_operator_of_the_machine_makes_accounts_and_every_entry_names_the_machine_account(desk: Settings) -> None:
    run = Desk(desk)
    made = run("users", "create", "--first", "--login", "first", "--name", "演示管理员", "--json")
    assert (made.code, "属于演示世界" in made.complained) == (
        5,
        True,
    )  # the first account claims a database of the real world
    made = run(
        "users", "create", "--login", "li", "--name", "演示学籍员", "--organisation", SCHOOL, "--role", "registrar",
        "--class", CLASS, "--json",
    )  # fmt: skip
    check("user-created", made.json)
    entry = last_entry()
    assert (entry.actor, entry.door, entry.account) == (f"operator@{door.account()}", "cli", door.account())
    assert run("users", "grant", "li", "--role", "class_teacher", "--organisation", SCHOOL).code == 0
    listed = run("users", "list", "--json").json
    check("users", listed)
    (found,) = listed
    assert [grant["role"] for grant in found["grants"]] == ["registrar", "class_teacher"]
    assert (found["grants"][0]["classes"], found["grants"][0]["stages"]) == ([CLASS], ["*"])
    assert run("users", "close", "li").code == 0
    assert "已关闭" in run("users", "list").said


@pytest.mark.parametrize(
    ("options", "column"),
    [
        (["--role", "king", "--organisation", SCHOOL], "--role"),
        (["--role", "registrar"], "--organisation"),
        (["--role", "registrar", "--organisation", SCHOOL, "--since", "soon"], "--since"),
        (
            ["--role", "registrar", "--organisation", SCHOOL, "--since", "2026-09-02", "--until", "2026-09-01"],
            "--until",
        ),
    ],
)
def test_a_grant_that_cannot_be_read_is_refused_before_anything_is_made(
    desk: Settings, options: list[str], column: str
) -> None:
    ran = Desk(desk)("users", "create", "--login", "li", "--name", "演示", "--json", *options)
    assert ran.code == 2
    assert [problem["column"] for problem in ran.error["problems"]] == [column]
    assert not models.User.objects.exists()


def test_an_unknown_login_is_told(desk: Settings) -> None:
    ran = Desk(desk)("users", "close", "nobody")
    assert (ran.code, "没有账号“nobody”" in ran.complained) == (3, True)


def test_a_token_is_asked_for_on_a_terminal_only(desk: Settings) -> None:
    ran = Desk(desk)("users", "token", "--login", "li", "--purpose", "audit")
    assert (ran.code, "没有终端" in ran.complained) == (2, True)


# tokens


def test_without_a_token_a_persons_command_says_how_to_get_one(desk: Settings) -> None:
    ran = Desk(desk)("cohorts", "list", "--json")
    assert ran.code == 6
    check("error", ran.error)
    assert "guantong users token" in ran.error["next"]


@pytest.mark.parametrize("given", [{"hours": -1}, {"account": "somebody-else"}])
def test_a_token_that_ran_out_or_was_given_to_another_machine_account_is_refused(
    desk: Settings, tmp_path: Path, given: dict[str, object]
) -> None:
    token = token_for(REGISTRAR, tmp_path, **given)  # type: ignore[arg-type]
    ran = at_the_desk(desk, "cohorts", "list", "--as", str(token))
    assert (ran.code, "已失效" in ran.complained) == (6, True)


def test_a_token_that_others_may_read_is_refused(desk: Settings, tmp_path: Path) -> None:
    token = token_for(REGISTRAR, tmp_path)
    assert token.stat().st_mode & 0o777 == 0o600
    token.chmod(0o640)
    ran = at_the_desk(desk, "cohorts", "list", "--as", str(token))
    assert (ran.code, "chmod 600" in ran.complained) == (6, True)


def test_the_token_lies_in_the_data_folder_unless_another_file_is_named(desk: Settings, tmp_path: Path) -> None:
    assert desk.data is not None
    token_for(REGISTRAR, tmp_path).rename(desk.data / "token")
    assert at_the_desk(desk, "cohorts", "list", "--json").json["total"] == 0


def test_a_purpose_may_be_named_for_one_command_and_must_be_on_the_list(desk: Settings) -> None:
    run = Desk(desk, REGISTRAR)
    assert run("cohorts", "list", "--purpose", "certificate").code == 0
    assert last_entry().purpose == "certificate"
    ran = run("cohorts", "list", "--purpose", "curiosity")
    assert (ran.code, "用途清单" in ran.complained) == (2, True)


# the journal


def test_the_journal_is_verified_and_its_head_finds_a_cut_tail(desk: Settings, tmp_path: Path) -> None:
    admit(row(1), row(2))
    run, kept = Desk(desk), tmp_path / "head.json"
    head = run("journal", "head", "--json").json
    check("journal-head", head)
    kept.write_text(json.dumps(head), encoding="utf-8")
    whole = run("journal", "verify", "--json", "--head", kept).json
    check("journal-verify", whole)
    assert (whole["ok"], whole["first_bad"], whole["reason"]) == (True, None, None)
    count = models.JournalEntry.objects.count()
    models.JournalEntry.objects.filter(number=2).update(actor="x")
    ran = run("journal", "verify", "--json")
    check("journal-verify", json.loads(ran.said))
    assert (ran.code, json.loads(ran.said)) == (
        1, {"entries": 1, "ok": False, "first_bad": 2, "reason": "altered"}
    )  # fmt: skip
    assert "第 2 条起不可信" in run("journal", "verify").said
    assert models.JournalEntry.objects.count() == count + 2


def test_a_tail_cut_after_the_kept_head_is_found_as_well(desk: Settings, tmp_path: Path) -> None:
    run, kept = Desk(desk), tmp_path / "head.json"
    kept.write_text(run("journal", "head", "--json").said, encoding="utf-8")
    admit(row(1), row(2))
    models.JournalEntry.objects.order_by("-number")[0].delete()
    for more in ([], ["--head", kept]):
        ran = run("journal", "verify", "--json", *more)
        assert (ran.code, json.loads(ran.said)["reason"]) == (1, "cut")
        models.JournalEntry.objects.order_by("-number")[0].delete()


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"count":"x","digest":"","key":""}'])
def test_a_file_that_is_no_head_is_refused(desk: Settings, tmp_path: Path, text: str) -> None:
    (tmp_path / "head").write_text(text, encoding="utf-8")
    ran = Desk(desk)("journal", "verify", "--head", tmp_path / "head")
    assert (ran.code, "不是日志头" in ran.complained) == (2, True)
    assert Desk(desk)("journal", "verify", "--head", tmp_path / "none").code == 2


def test_an_auditor_learns_who_saw_a_pupil_and_nobody_else_does(desk: Settings) -> None:
    (pupil,) = admit()
    registrar = Desk(desk, REGISTRAR)
    assert registrar("cohorts", "decide", pupil, "--decision", "registered_at").code == 0
    assert registrar("journal", "subject", pupil).code == 6
    found = Desk(desk, AUDITOR)("journal", "subject", pupil, "--json").json
    check("journal-subject", found)
    assert [entry["action"] for entry in found] == ["decision-asked", "pupil-admitted"]
    assert "decision-asked" in Desk(desk, AUDITOR)("journal", "subject", pupil).said
    assert Desk(desk, AUDITOR)("journal", "subject", "0" * 32).code == 3


# keys


@pytest.fixture
def passphrase(tmp_path: Path) -> Path:
    """A file with a passphrase."""
    path = tmp_path / "passphrase"
    path.write_text("演示口令 correct horse\n", encoding="utf-8")
    path.chmod(0o600)
    return path


def test_keys_travel_in_a_sealed_file_and_a_new_one_replaces_an_old(
    desk: Settings, tmp_path: Path, passphrase: Path
) -> None:
    run, file, words = Desk(desk), tmp_path / "keys", ["--passphrase-file", passphrase]
    assert run("keys", "export", file, *words).code == 0
    assert (file.stat().st_mode & 0o777, run("keys", "export", file, *words).code) == (0o600, 2)
    lost = sorted(desk.keys_folder.glob("*.key"))[0]
    before = lost.read_bytes()
    lost.unlink()
    assert f"已取回 {lost.name}" in run("keys", "import", file, *words).said
    assert lost.read_bytes() == before
    assert "共取回 0 个" in run("keys", "import", file, *words).said
    assert run("keys", "rotate", "lookup").code == 0
    assert len(list(desk.keys_folder.glob("lookup-*.key"))) == 2
    assert run("keys", "rotate", "brass").code == 2


def test_a_passphrase_is_never_taken_from_a_file_that_others_may_read(
    desk: Settings, tmp_path: Path, passphrase: Path
) -> None:
    passphrase.chmod(0o644)
    ran = Desk(desk)("keys", "export", tmp_path / "keys", "--passphrase-file", passphrase)
    assert (ran.code, "chmod 600" in ran.complained, (tmp_path / "keys").exists()) == (2, True, False)
    ran = Desk(desk)("keys", "export", tmp_path / "keys")
    assert (ran.code, "没有终端" in ran.complained, (tmp_path / "keys").exists()) == (2, True, False)


# rosters

OPTIONS = ["--project", PROJECT, "--cohort", "2023", "--school", SCHOOL, "--on", "2023-08-20"]
LABELS = list(roster_file.COLUMNS.values())


def sheet(tmp_path: Path, *rows: dict[str, str], name: str = "名册.xlsx") -> Path:
    """Our template filled in with rows by field."""
    path = tmp_path / name
    if name.endswith(".csv"):
        lines = [LABELS, *([found.get(field, "") for field in roster_file.COLUMNS] for found in rows)]
        path.write_text("\n".join(",".join(line) for line in lines), encoding="utf-8")
        return path
    book = load_workbook(BytesIO(roster_file.template()))
    for number, found in enumerate(rows, 2):
        for column, field in enumerate(roster_file.COLUMNS, 1):
            if found.get(field):
                book.worksheets[0].cell(number, column).value = found[field]
    book.save(path)
    return path


def cells(number: int, **changed: str) -> dict[str, str]:
    """The cells of an invented pupil's row."""
    fields = ("name", "class_name", "student_number", "identity", "phone", "address", "guardian")
    return {**{field: getattr(row(number), field) for field in fields}, **changed}


@pytest.mark.parametrize("name", ["名册.xlsx", "名册.csv"])
def test_a_roster_is_looked_over_first_and_then_imported_whole(desk: Settings, tmp_path: Path, name: str) -> None:
    run, path = Desk(desk, REGISTRAR), sheet(tmp_path, cells(1), cells(2, name="演示学生1"), name=name)
    looked = run("cohorts", "import", path, *OPTIONS, "--preview", "--json").json
    check("cohorts-import", looked)
    assert (looked["rows"], looked["admitted"], looked["preview"], models.Pupil.objects.count()) == (2, [], True, 0)
    assert [notice["row"] for notice in looked["notices"]] == [2, 3]
    done = run("cohorts", "import", path, *OPTIONS, "--json").json
    check("cohorts-import", done)
    assert (len(done["admitted"]), models.Pupil.objects.count()) == (2, 2)
    found = run("cohorts", "list", "--json", "--class", CLASS).json
    check("cohorts-list", found)
    assert (found["total"], {pupil["id"] for pupil in found["pupils"]}) == (2, set(done["admitted"]))
    assert "共 2 人" in run("cohorts", "list").said


def test_every_fault_of_a_roster_is_told_at_once_by_its_place_in_the_file(desk: Settings, tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        cells(1, identity="000000200801010029"),
        cells(2, special_entrant="也许"),
        cells(3),
        cells(4, identity=cells(3)["identity"], phone="call me"),
    )
    run = Desk(desk, REGISTRAR)
    told = run("cohorts", "import", path, *OPTIONS, "--json")
    check("error", told.error)
    places = {(problem["where"], problem["column"]) for problem in told.error["problems"]}
    rows = {(2, "身份证号"), (3, "特殊招生录取"), (4, "身份证号"), (5, "身份证号"), (5, "电话")}
    assert places == {(f"名册.xlsx 第 {number} 行 “{column}”", column) for number, column in rows}
    shown = run("cohorts", "import", path, *OPTIONS)
    assert (told.code, shown.code, shown.said, models.Pupil.objects.count()) == (2, 2, "", 0)
    assert "有 5 处需要修改，没有导入任何一行" in shown.complained


@pytest.mark.parametrize(
    ("content", "rule"),
    [(b"", "文件是空的"), (b"\xff\xfe\x00", "读不"), (b"PK\x03\x04broken", "不是可以读取的 XLSX 文件")],
    ids=["empty", "binary", "broken"],
)
def test_a_file_that_is_no_roster_is_told(desk: Settings, tmp_path: Path, content: bytes, rule: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    ran = Desk(desk, REGISTRAR)("cohorts", "import", path, *OPTIONS, "--json")
    assert (ran.code, rule in ran.error["message"]) == (2, True)
    missing = Desk(desk, REGISTRAR)("cohorts", "import", tmp_path / "none", *OPTIONS)
    assert (missing.code, "读不出来" in missing.complained) == (2, True)


def test_options_that_cannot_be_read_are_told_together(desk: Settings, tmp_path: Path) -> None:
    options = ["--project", PROJECT, "--cohort", "x", "--school", SCHOOL, "--on", "soon", "--json"]
    ran = Desk(desk, REGISTRAR)("cohorts", "import", sheet(tmp_path, cells(1)), *options)
    assert [problem["column"] for problem in ran.error["problems"]] == ["--cohort", "--on"]


def test_another_schools_registrar_imports_nothing_here(desk: Settings, tmp_path: Path) -> None:
    ran = Desk(desk, OTHER_REGISTRAR)("cohorts", "import", sheet(tmp_path, cells(1)), *OPTIONS)
    assert (ran.code, models.Pupil.objects.count()) == (6, 0)


def test_the_template_is_written_once(desk: Settings, tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    assert Desk(desk)("cohorts", "template", path).code == 0
    assert [cell.value for cell in load_workbook(path).worksheets[0][1]] == LABELS
    assert Desk(desk)("cohorts", "template", path).code == 2


# decisions

KEYS = ["pupil", "cohort", "stage", "decision", "verdict", "value", "clauses", "missing", "change_one", "receipt"]


def test_a_decision_is_answered_by_the_law_of_the_pupils_cohort(desk: Settings) -> None:
    (pupil,) = admit()
    run = Desk(desk, REGISTRAR)
    found = run("cohorts", "decide", pupil, "--decision", "registered_at", "--json").json
    check("cohorts-decide", found)
    assert list(found) == KEYS
    assert (found["pupil"], found["cohort"], found["stage"], found["verdict"]) == (pupil, 2023, "secondary", "yes")
    assert found["value"]
    assert found["clauses"]
    assert found["receipt"].startswith("sha256:")
    entry = last_entry()
    assert (entry.action, entry.subject, entry.door) == ("decision-asked", pupil, "cli")


def test_what_is_missing_is_named_and_may_be_entered_for_the_question(desk: Settings) -> None:
    (pupil,) = admit()
    run = Desk(desk, REGISTRAR)
    open_ = run("cohorts", "decide", pupil, "--decision", "may_repeat", "--json").json
    check("cohorts-decide", open_)
    assert open_["verdict"] in {"unknown", "no"}
    assert "eligible_to_repeat" in open_["missing"]
    assert "还缺" in run("cohorts", "decide", pupil, "--decision", "may_repeat").said
    entered = run("cohorts", "decide", pupil, "--decision", "may_repeat", "--input", '{"repeats_used":0}', "--json")
    assert (entered.code, "不能另填" in entered.error["message"]) == (2, True)
    facts = '{"eligible_to_repeat":true,"failed_transition":true,"similar_major_next":true}'
    settled = run("cohorts", "decide", pupil, "--decision", "may_repeat", "--input", facts, "--json").json
    assert (settled["verdict"], settled["missing"]) == ("yes", [])


def test_a_certificate_may_be_asked_as_of_one_who_leaves(desk: Settings) -> None:
    (pupil,) = admit()
    run = Desk(desk, REGISTRAR)
    staying, leaving = (
        run("cohorts", "decide", pupil, "--decision", "certificate", "--json", *more).json
        for more in ([], ["--leaving"])
    )
    check("cohorts-decide", leaving)
    assert staying["receipt"] != leaving["receipt"]


def test_no_rulebook_governs_a_pupil_outside_the_seven_year_projects(desk: Settings) -> None:
    plain = f"{SCHOOL}::plain:710103"
    (pupil,) = admit(intake=replace(INTAKE, project=plain))
    run = Desk(desk, REGISTRAR)
    found = run("cohorts", "decide", pupil, "--decision", "may_repeat", "--json").json
    check("cohorts-decide", found)
    assert (found["verdict"], found["clauses"], found["receipt"]) == ("unknown", [], None)
    assert "不管这一类项目" in run("cohorts", "decide", pupil, "--decision", "may_repeat").said
    assert run("cohorts", "decide", pupil, "--decision", "may_transfer", "--json").json["receipt"]


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (["--decision", "may_repaet"], 3, "may_repeat"),
        (["--decision", "may_repeat", "--on", "soon"], 2, "--on"),
        (["--decision", "may_repeat", "--input", "[]"], 2, "--input"),
        (["--decision", "may_repeat", "--input", '{"x":1.5}'], 2, "--input"),
    ],
)
def test_a_question_that_cannot_be_read_is_refused(desk: Settings, options: list[str], code: int, words: str) -> None:
    (pupil,) = admit()
    ran = Desk(desk, REGISTRAR)("cohorts", "decide", pupil, *options)
    assert (ran.code, words in ran.complained) == (code, True)


def test_a_pupil_of_another_school_is_unknown_like_one_that_does_not_exist(desk: Settings) -> None:
    (pupil,) = admit()
    run = Desk(desk, OTHER_REGISTRAR)
    there, nowhere = (run("cohorts", "decide", name, "--decision", "may_repeat") for name in (pupil, "0" * 32))
    assert there.code == nowhere.code == 3
    assert there.complained.replace(pupil, "0" * 32) == nowhere.complained


def test_refolding_finds_no_difference_and_one_that_was_put_there(desk: Settings) -> None:
    (pupil,) = admit()
    events.propose_event(pupil, NewEvent(kind=EventKind.PLACE_KEPT, on=date(2023, 9, 1)), seen=1, by=REGISTRAR)
    found = Desk(desk)("cohorts", "check", "--json").json
    check("cohorts-check", found)
    assert found == {"pupils": 1, "differences": []}
    models.Pupil.objects.update(state="0" * 64)
    ran = Desk(desk)("cohorts", "check", "--json")
    assert (ran.code, json.loads(ran.said)) == (1, {"pupils": 1, "differences": [pupil]})
    assert pupil in Desk(desk)("cohorts", "check").said


# the deployment


def finding(ran: Ran, name: str) -> dict[str, object]:
    """One line of the doctor."""
    told = json.loads(ran.said)
    check("doctor", told)
    (found,) = [line for line in told["findings"] if line["id"] == name]
    return dict(found)


def test_a_deployment_in_order_is_told_so(database: Settings) -> None:
    assert database.data is not None
    database.data.chmod(0o700)
    with using(replace(database, hosts=("desk.example",), https=True)) as settings:
        first = at_the_desk(settings, "doctor", "--json")
        assert [line for line in json.loads(first.said)["findings"] if not line["ok"]] == []
        assert first.code == 0
        full = at_the_desk(settings, "doctor", "--full")
        assert (full.code, "全部正常" in full.said) == (0, True)
    assert last_entry().action == "deployment-checked"


def test_each_thing_out_of_order_is_named_with_what_to_do(desk: Settings) -> None:
    assert desk.data is not None
    admit(row(1), row(2))
    models.JournalEntry.objects.filter(number=2).update(action="x")
    desk.data.chmod(0o755)
    (desk.data / "guantong.sqlite3").chmod(0o644)
    with using(replace(desk, debug=True)) as settings:
        ran = at_the_desk(settings, "doctor", "--json")
    wrong = {line["id"] for line in json.loads(ran.said)["findings"] if not line["ok"]}
    assert (ran.code, wrong) == (1, {"hosts", "debug", "data", "file", "journal"})
    assert all(line["advice"] for line in json.loads(ran.said)["findings"] if not line["ok"])


def test_a_lost_key_is_found_and_the_journal_is_not_trusted_without(desk: Settings) -> None:
    (lost,) = desk.keys_folder.glob("journal-*.key")
    lost.unlink()
    ran = at_the_desk(desk, "doctor", "--json")
    assert (finding(ran, "keys")["ok"], "guantong keys import" in str(finding(ran, "keys")["advice"])) == (False, True)


def test_a_database_that_cannot_be_reached_is_told_and_no_file_is_made(tmp_path: Path) -> None:
    away = Settings(data=tmp_path / "d", database="postgresql://x@127.0.0.1:1/none")
    with using(away):
        ran = at_the_desk(away, "doctor", "--json")
    assert (ran.code, finding(ran, "database")["ok"]) == (1, False)
    bare = Settings(data=tmp_path / "none")
    with using(bare):
        assert finding(at_the_desk(bare, "doctor", "--json"), "database")["ok"]
    assert not (tmp_path / "none").exists()


def test_a_database_that_nobody_began_to_use_is_told_so(desk: Settings) -> None:
    models.World.objects.all().delete()
    ran = at_the_desk(desk, "doctor", "--json")
    assert "users create --first" in str(finding(ran, "world")["advice"])


# backups


def test_a_backup_tells_what_it_holds_and_never_writes_over_another(
    desk: Settings, tmp_path: Path, passphrase: Path
) -> None:
    admit()
    run, words = Desk(desk), ["--passphrase-file", passphrase]
    told = run("backup", tmp_path / "b", *words, "--json").json
    check("backup", told)
    assert (told["rows"]["store_pupil"], told["world"]) == (1, "demo")
    assert ((tmp_path / "b").stat().st_mode & 0o777, list(tmp_path.glob("*.part"))) == (0o600, [])
    before = (tmp_path / "b").read_bytes()
    assert run("backup", tmp_path / "b", *words).code == 2
    assert (tmp_path / "b").read_bytes() == before
    (tmp_path / "folder").mkdir()
    assert run("backup", tmp_path / "folder", *words).code == 0
    assert [path.name[:14] for path in (tmp_path / "folder").iterdir()] == ["guantong-demo-"]
    assert run("backup", tmp_path / "none" / "b", *words).code == 2
    assert run("restore", tmp_path / "none", *words).code == 2


def test_a_backup_whose_entry_cannot_be_written_is_not_kept(
    desk: Settings, tmp_path: Path, passphrase: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    admit()
    monkeypatch.setattr("guantong.store.journal.sealed", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        Desk(desk)("backup", tmp_path / "b", "--passphrase-file", passphrase)
    assert list(tmp_path.glob("b*")) == []


def test_migrating_what_is_up_to_date_changes_nothing(database: Settings) -> None:
    assert at_the_desk(database, "migrate").said == "表结构已是当前版本。\n"


def test_the_machine_account_is_told_by_the_system_and_not_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    before = door.account()
    monkeypatch.setenv("USER", "somebody-else")
    monkeypatch.setenv("LOGNAME", "somebody-else")
    assert door.account() == before
    monkeypatch.setattr(os, "getuid", lambda: 4242424)
    assert door.account() == "uid4242424"
