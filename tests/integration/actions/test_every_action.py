"""Every action alike: it takes `by=`, asks a right, leaves an entry; refused, it leaves one without a subject."""

import ast
import inspect
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from tests.desk import INTAKE, OPERATOR, REGISTRAR, SCHOOL, admit, grant_of, row

import guantong.actions
from guantong.actions import accounts, events, journal, keys, organisations, pupils
from guantong.actions.accounts import NewAccount
from guantong.actions.events import NewEvent
from guantong.cohorts import EventKind
from guantong.errors import GuantongError, NotAllowed
from guantong.people import Door, Person, Role
from guantong.store import models
from guantong.store.records import PupilFilter

FOLDER = Path(guantong.actions.__file__).parent
NOT_ACTIONS = {
    "attempt": "the frame itself",
    "books": "reads contents only",
    "clock": "the day and the moment",
    "configuration": "runs before Django is set up",
    "identity": "turns a session or a token into a person; shows and changes nothing",
    "identity_numbers": "pure",
    "opening": "runs before a journal can be written",
    "roster": "pure",
    "second_factor": "pure",
    "words": "the closed list of names",
}
MODULES = (accounts, events, journal, keys, organisations, pupils)
NOBODY = Person(id="nobody", name="无权者", purpose="audit", door=Door.WEB)
NEW = NewAccount(login="someone", name="某人")
STEP = NewEvent(kind=EventKind.SUSPENDED, on=date(2024, 3, 1))

CALLS: dict[str, Callable[[Person], object]] = {
    "create_first_account": lambda by: accounts.create_first_account(NEW, by=by),
    "create_account": lambda by: accounts.create_account(NEW, by=by),
    "give_grant": lambda by: accounts.give_grant("x", grant_of(Role.REGISTRAR, SCHOOL), by=by),
    "close_account": lambda by: accounts.close_account("x", by=by),
    "sign_in": lambda by: accounts.sign_in("a", "b", "c", by=by),
    "issue_token": lambda by: accounts.issue_token("000000", by=by),
    "propose_event": lambda by: events.propose_event("x", STEP, seen=1, by=by),
    "confirm_event": lambda by: events.confirm_event("x", seen=1, by=by),
    "turn_down_event": lambda by: events.turn_down_event("x", seen=1, by=by),
    "reverse_event": lambda by: events.reverse_event("x", "因", seen=1, by=by),
    "verify_journal": lambda by: journal.verify_journal(by=by),
    "journal_head": lambda by: journal.journal_head(by=by),
    "journal_of_pupil": lambda by: journal.journal_of_pupil("x", by=by),
    "check_cohorts": lambda by: journal.check_cohorts(by=by),
    "rotate_key": lambda by: keys.rotate_key("field", by=by),
    "export_keys": lambda by: keys.export_keys("a long passphrase", by=by),
    "add_organisation": lambda by: organisations.add_organisation(SCHOOL, by=by),
    "name_supervisor": lambda by: organisations.name_supervisor("x", "y", since=INTAKE.on, document="", by=by),
    "list_organisations": lambda by: organisations.list_organisations(by=by),
    "check_roster": lambda by: pupils.check_roster(INTAKE, [row()], by=by),
    "admit_pupils": lambda by: pupils.admit_pupils(INTAKE, [row()], by=by),
    "view_pupil": lambda by: pupils.view_pupil("x", by=by),
    "view_contact": lambda by: pupils.view_contact("x", by=by),
    "list_pupils": lambda by: pupils.list_pupils(PupilFilter(), by=by),
    "find_pupils": lambda by: pupils.find_pupils(name="x", by=by),
    "erase_pupil": lambda by: pupils.erase_pupil("x", by=by),
}


def actions() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every public function of the action modules, with its tree."""
    for module in MODULES:
        for node in ast.parse(inspect.getsource(module)).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield node.name, node


ACTIONS = dict(actions())


def count() -> int:
    """How many entries there are."""
    return models.JournalEntry.objects.count()


def test_every_module_holds_actions_or_is_listed_with_a_reason() -> None:
    files = {path.stem for path in FOLDER.glob("*.py")} - {"__init__"}
    assert files - set(NOT_ACTIONS) == {module.__name__.rpartition(".")[2] for module in MODULES}


def test_every_action_is_tried_below() -> None:
    assert set(CALLS) == set(ACTIONS)


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_takes_by_as_a_keyword_without_a_default(name: str) -> None:
    arguments = ACTIONS[name].args
    given = dict(zip([argument.arg for argument in arguments.kwonlyargs], arguments.kw_defaults, strict=True))
    assert given.get("by", "missing") is None


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_asks_its_right_before_anything_else_and_leaves_an_entry(name: str) -> None:
    source = ast.unparse(ACTIONS[name])
    assert source.count("with attempt(Act.") == 1
    assert "Right." in source.partition("with attempt(")[2].partition(":")[0]
    assert any(written in source for written in ("journal.append(", "leave_entry(", "_made("))


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("name", CALLS)
def test_without_a_grant_an_action_is_refused_and_leaves_one_entry_without_subject(name: str) -> None:
    with pytest.raises(NotAllowed):
        CALLS[name](NOBODY)
    (entry,) = models.JournalEntry.objects.all()
    assert (entry.action.endswith("-refused"), entry.actor, entry.subject, entry.fields) == (True, "nobody", "", {})


@pytest.mark.usefixtures("database")
def test_out_of_scope_leaves_one_entry_without_subject() -> None:
    (pupil,) = admit()
    before = count()
    for call in (CALLS["view_pupil"], CALLS["confirm_event"]):
        with pytest.raises(GuantongError):
            call(REGISTRAR)
    assert count() == before + 2
    assert not models.JournalEntry.objects.filter(number__gt=before).exclude(subject="").exists()
    assert pupils.view_pupil(pupil, by=REGISTRAR)


READS: dict[str, Callable[[str], object]] = {
    "view_pupil": lambda pupil: pupils.view_pupil(pupil, by=REGISTRAR),
    "view_contact": lambda pupil: pupils.view_contact(pupil, by=REGISTRAR),
    "list_pupils": lambda pupil: pupils.list_pupils(PupilFilter(), by=REGISTRAR),
    "find_pupils": lambda pupil: pupils.find_pupils(name="演示学生1", by=REGISTRAR),
    "check_roster": lambda pupil: pupils.check_roster(INTAKE, [row(5)], by=REGISTRAR),
}


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("name", READS)
def test_a_read_leaves_exactly_one_entry(name: str) -> None:
    (pupil,) = admit()
    before = count()
    READS[name](pupil)
    assert count() == before + 1


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("name", READS)
def test_a_read_whose_entry_cannot_be_written_returns_nothing(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (pupil,) = admit()

    def broken(*args: object, **kwargs: object) -> None:
        raise OSError("the journal cannot be written")

    monkeypatch.setattr("guantong.store.bulk.insert", broken)
    with pytest.raises(OSError, match="cannot be written"):
        READS[name](pupil)


@pytest.mark.usefixtures("database")
def test_a_change_whose_entry_cannot_be_written_is_undone(monkeypatch: pytest.MonkeyPatch) -> None:
    (pupil,) = admit()
    monkeypatch.setattr("guantong.store.journal.sealed", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        events.propose_event(pupil, NewEvent(kind=EventKind.NOT_ARRIVED, on=date(2023, 9, 1)), seen=1, by=REGISTRAR)
    row_now = models.Pupil.objects.get(pk=pupil)
    assert (row_now.version, row_now.status, models.Event.objects.count()) == (1, "admitted", 1)


@pytest.mark.usefixtures("database")
def test_an_action_refuses_to_run_inside_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="inside a transaction"), transaction.atomic():
        organisations.list_organisations(by=OPERATOR)


@pytest.mark.usefixtures("database")
def test_the_journal_refuses_to_be_written_outside_a_transaction() -> None:
    from guantong.store import journal as kept

    with pytest.raises(RuntimeError, match="inside the transaction"):
        kept.append([], by=OPERATOR)
