"""Every action alike: it takes `by=`, asks a right, leaves an entry; refused, it leaves one without a subject."""

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from io import BytesIO
from pathlib import Path

import pytest
from django.db import transaction
from tests.desk import INTAKE, OPERATOR, REGISTRAR, SCHOOL, admit, grant_of, row

import guantong.actions
from guantong.actions import (
    accounts,
    attachments,
    backup,
    corrections,
    counts,
    deciding,
    demo,
    desk,
    dossiers,
    events,
    families,
    groups,
    handovers,
    intakes,
    journal,
    keys,
    notices,
    organisations,
    project_report_list,
    project_reports,
    proofs,
    pupils,
    retention,
    similar_majors,
    sitting_classes,
    together,
    working_copies,
)
from guantong.actions.accounts import NewAccount
from guantong.actions.events import NewEvent
from guantong.actions.handovers import NewHandover
from guantong.actions.list_kinds import ListKind
from guantong.actions.proofs import NewProof, ProofKind, TakenBack
from guantong.actions.similar_majors import SimilarPair
from guantong.actions.working_copies import CopyFormat
from guantong.cohorts import EventKind, Moment
from guantong.errors import GuantongError, NotAllowed
from guantong.people import Door, Person, Role
from guantong.reports.implementation import Written
from guantong.store import models
from guantong.store.records import PupilFilter

FOLDER = Path(guantong.actions.__file__).parent
INSIDE = {
    "admission.made_ready": "rows made ready, for the action that asked the right",
    "advancing.advance": "leads one entry to the action of its step",
    "attempt.allowed": "the frame itself",
    "attempt.attempt": "the frame itself",
    "attempt.leave_entry": "the frame itself",
    "collection_state.move_section": "a step inside actions of collection",
    "collection_state.move_whole": "a step inside actions of collection",
    "doctor.examine": "runs where the database may be away; leaves its entry where there is one",
    "restoring.restore": "runs before there is a journal; leaves its entry in the one it brings back",
    "task_steps.move": "a step inside actions of tasks",
}
"""Functions that are told who acts and ask no right of their own."""
UNASKED = {
    "backup_file": "how a backup is named",
    "books": "reads contents only",
    "check_codes": "pure",
    "clock": "the day",
    "collecting.next_in_chain": "who supervises whom, of a submission that was read",
    "collection_scope.own_sections": "what the person's own grants name",
    "collection_state.catalogue": "reads contents only",
    "collection_state.section_named": "reads contents only",
    "configuration": "runs before Django is set up",
    "demo_sittings": "the people of a demonstration act, each by a right of their own",
    "demo_quality": "the people of a demonstration act, each by a right of their own",
    "identity": "turns a session or a token into a person; shows and changes nothing",
    "list_kinds": "how a list that was read is written",
    "opening": "runs before a journal can be written",
    "papers": "reads contents only",
    "project_words": "reads contents only",
    "report_figures.outline": "reads contents only",
    "report_figures.procedure": "reads contents only",
    "report_figures.signatures_of": "of a report that was read",
    "roster_file": "reads what was uploaded",
    "task_steps.procedure": "reads contents only",
    "yearly_editions.is_outlined": "reads contents only",
}
"""What the doors may call although it is not told who asks: it shows nothing of what people entered."""
NOBODY = Person(id="nobody", name="无权者", purpose="audit", door=Door.WEB)
NEW = NewAccount(login="someone", name="某人")
NO_WORDS = Written(texts={}, answers={}, remarks={})
PAIR = SimilarPair(school=SCHOOL, first="710103", second="660704", document="演示文件")
STEP = NewEvent(kind=EventKind.SUSPENDED, on=date(2024, 3, 1))
LIST = NewHandover(kind=ListKind.FILING, selection=groups.Selection(project=INTAKE.project, cohort=2023), sender=SCHOOL)

CALLS: dict[str, Callable[[Person], object]] = {
    "load_demo": lambda by: demo.load_demo(by=by),
    "backup": lambda by: backup.backup(BytesIO(), "a long passphrase", by=by),
    "decide": lambda by: deciding.decide("x", "may_repeat", by=by),
    "create_first_account": lambda by: accounts.create_first_account(NEW, by=by),
    "create_account": lambda by: accounts.create_account(NEW, by=by),
    "give_grant": lambda by: accounts.give_grant("x", grant_of(Role.REGISTRAR, SCHOOL), by=by),
    "end_grant": lambda by: accounts.end_grant("x", 0, by=by),
    "list_accounts": lambda by: accounts.list_accounts(by=by),
    "view_account": lambda by: accounts.view_account("x", by=by),
    "renew_credentials": lambda by: accounts.renew_credentials("x", by=by),
    "change_password": lambda by: accounts.change_password("a", "b", "c", by=by),
    "waiting": lambda by: desk.waiting(by=by),
    "close_account": lambda by: accounts.close_account("x", by=by),
    "sign_in": lambda by: accounts.sign_in("a", "b", "c", by=by),
    "take_token": lambda by: accounts.take_token("a", "b", "c", purpose="audit", by=by),
    "issue_token": lambda by: accounts.issue_token("000000", by=by),
    "propose_event": lambda by: events.propose_event("x", STEP, seen=1, by=by),
    "view_dossier": lambda by: dossiers.view_dossier("x", by=by),
    "consider_event": lambda by: dossiers.consider_event("x", STEP, by=by),
    "consider_reversal": lambda by: dossiers.consider_reversal("x", by=by),
    "view_waiting": lambda by: dossiers.view_waiting("x", by=by),
    "list_waiting": lambda by: dossiers.list_waiting(by=by),
    "consider_together": lambda by: together.consider_together(["x"], STEP, by=by),
    "propose_together": lambda by: together.propose_together({"x": 1}, STEP, by=by),
    "add_attachment": lambda by: attachments.add_attachment("x", "", b"%PDF-", seen=1, by=by),
    "take_attachment": lambda by: attachments.take_attachment("x", "y", by=by),
    "correct_personal": lambda by: corrections.correct_personal("x", {"name": "甲"}, seen=1, by=by),
    "choose_pupils": lambda by: corrections.choose_pupils(["x"], by=by),
    "change_class": lambda by: corrections.change_class({"x": 1}, "甲班", by=by),
    "put_roster_aside": lambda by: intakes.put_roster_aside(INTAKE, [row()], by=by),
    "view_roster": lambda by: intakes.view_roster("x", by=by),
    "admit_roster": lambda by: intakes.admit_roster("x", by=by),
    "put_search_aside": lambda by: intakes.put_search_aside(name="甲", by=by),
    "search_again": lambda by: intakes.search_again("x", by=by),
    "enter_similar_majors": lambda by: similar_majors.enter_similar_majors(PAIR, by=by),
    "remove_similar_majors": lambda by: similar_majors.remove_similar_majors(SCHOOL, "1", "2", by=by),
    "list_similar_majors": lambda by: similar_majors.list_similar_majors(by=by),
    "list_projects": lambda by: pupils.list_projects(by=by),
    "confirm_event": lambda by: events.confirm_event("x", seen=1, by=by),
    "turn_down_event": lambda by: events.turn_down_event("x", "因", seen=1, by=by),
    "reverse_event": lambda by: events.reverse_event("x", "因", seen=1, by=by),
    "family_codes": lambda by: families.family_codes("x", by=by),
    "issue_family_code": lambda by: families.issue_family_code("x", families.Reader.PUPIL, by=by),
    "enter_with_code": lambda by: families.enter_with_code("x", by=by),
    "view_own_record": lambda by: families.view_own_record("x", by=by),
    "verify_journal": lambda by: journal.verify_journal(by=by),
    "journal_head": lambda by: journal.journal_head(by=by),
    "journal_of_pupil": lambda by: journal.journal_of_pupil("x", by=by),
    "list_entries": lambda by: journal.list_entries(journal.EntryFilter(), by=by),
    "check_cohorts": lambda by: journal.check_cohorts(by=by),
    "rotate_key": lambda by: keys.rotate_key("field", by=by),
    "export_keys": lambda by: keys.export_keys("a long passphrase", by=by),
    "add_organisation": lambda by: organisations.add_organisation(SCHOOL, by=by),
    "name_supervisor": lambda by: organisations.name_supervisor("x", "y", since=INTAKE.on, document="", by=by),
    "list_supervision": lambda by: organisations.list_supervision(by=by),
    "list_organisations": lambda by: organisations.list_organisations(by=by),
    "check_roster": lambda by: pupils.check_roster(INTAKE, [row()], by=by),
    "admit_pupils": lambda by: pupils.admit_pupils(INTAKE, [row()], by=by),
    "view_pupil": lambda by: pupils.view_pupil("x", by=by),
    "view_contact": lambda by: pupils.view_contact("x", by=by),
    "list_pupils": lambda by: pupils.list_pupils(PupilFilter(), by=by),
    "find_pupils": lambda by: pupils.find_pupils(name="x", by=by),
    "erase_pupil": lambda by: pupils.erase_pupil("x", by=by),
    "list_groups": lambda by: groups.list_groups(by=by),
    "list_classes": lambda by: sitting_classes.list_classes(by=by),
    "make_handover": lambda by: handovers.make_handover(LIST, by=by),
    "discard_handover": lambda by: handovers.discard_handover("x", seen=1, by=by),
    "hand_over": lambda by: handovers.hand_over("x", seen=1, by=by),
    "sent_handovers": lambda by: handovers.sent_handovers(by=by),
    "received_handovers": lambda by: handovers.received_handovers(by=by),
    "view_handover": lambda by: handovers.view_handover("x", by=by),
    "read_handover": lambda by: handovers.read_handover("x", by=by),
    "confirm_receipt": lambda by: handovers.confirm_receipt("x", "1", seen=1, by=by),
    "transition_notices": lambda by: notices.transition_notices(LIST.selection, SCHOOL, by=by),
    "decision_notice": lambda by: notices.decision_notice("x", by=by),
    "list_proofs": lambda by: proofs.list_proofs("x", by=by),
    "issue_proof": lambda by: proofs.issue_proof("x", NewProof(kind=ProofKind.ENROLMENT), by=by),
    "revoke_proof": lambda by: proofs.revoke_proof("x", TakenBack.LOST, by=by),
    "check_proof": lambda by: proofs.check_proof("x", "y", caller="192.0.2.1", by=by),
    "due_for_erasure": lambda by: retention.due_for_erasure(INTAKE.on, by=by),
    "ask_for_copy": lambda by: working_copies.ask_for_copy(LIST.selection, SCHOOL, by=by),
    "own_copies": lambda by: working_copies.own_copies(by=by),
    "copies_to_answer": lambda by: working_copies.copies_to_answer(by=by),
    "approve_copy": lambda by: working_copies.approve_copy("x", seen=1, by=by),
    "turn_down_copy": lambda by: working_copies.turn_down_copy("x", seen=1, by=by),
    "take_copy": lambda by: working_copies.take_copy("x", CopyFormat.CSV, by=by),
    "census_today": lambda by: counts.census_today(by=by),
    "count_cohorts": lambda by: counts.count_cohorts(Moment(on=INTAKE.on), by=by),
    "start_report": lambda by: project_reports.start_report("x", 2026, by=by),
    "write_report": lambda by: project_reports.write_report("x", NO_WORDS, seen=1, by=by),
    "renew_figures": lambda by: project_reports.renew_figures("x", seen=1, by=by),
    "send_report": lambda by: project_reports.send_report("x", seen=1, by=by),
    "sign_report": lambda by: project_reports.sign_report("x", seen=1, by=by),
    "cosign_report": lambda by: project_reports.cosign_report("x", seen=1, by=by),
    "return_report": lambda by: project_reports.return_report("x", "因", seen=1, by=by),
    "return_as_partner": lambda by: project_reports.return_as_partner("x", "因", seen=1, by=by),
    "submit_report": lambda by: project_reports.submit_report("x", seen=1, by=by),
    "list_reports": lambda by: project_report_list.list_reports(2026, by=by),
    "read_report": lambda by: project_report_list.read_report("x", by=by),
}


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every public function of every module of actions by module and name, with its tree; none has to be listed."""
    for path in sorted(FOLDER.glob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield f"{path.stem}.{node.name}", node


def told_who(node: ast.FunctionDef) -> bool:
    """Whether a function is told who acts, and where: `by: Person`, a keyword."""
    return any(part.arg == "by" and ast.unparse(part.annotation or node) == "Person" for part in node.args.kwonlyargs)


FUNCTIONS = dict(functions())
ACTIONS = {name: node for name, node in FUNCTIONS.items() if told_who(node) and name not in INSIDE}


def called_by_doors() -> Iterator[tuple[str, str]]:
    """Every function of actions that a page or a command names, with the file that does."""
    for door in ("cli", "web"):
        for path in (FOLDER.parent / door).rglob("*.py"):
            tree, modules = ast.parse(path.read_text("utf-8")), dict[str, str]()
            for node in ast.walk(tree):
                if isinstance(node, ast.ImportFrom) and node.module == "guantong.actions":
                    modules |= {part.asname or part.name: part.name for part in node.names}
                elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("guantong.actions."):
                    yield from ((f"{node.module}.{part.name}".split(".", 2)[2], path.name) for part in node.names)
            for node in ast.walk(tree):
                if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
                    yield f"{modules[node.value.id]}.{node.attr}", path.name


def tried(name: str, by: Person) -> object:
    """Try an action: as it stands above, or, where it does not, with something empty for all that it asks for."""
    if call := CALLS.get(name.rpartition(".")[2]):
        return call(by)
    module, _, function = name.partition(".")
    action = getattr(import_module(f"guantong.actions.{module}"), function)
    needed = [part for part in inspect.signature(action).parameters.values() if part.default is part.empty]
    named = {part.name: by if part.name == "by" else "" for part in needed if part.kind is part.KEYWORD_ONLY}
    return action(*("" for part in needed if part.kind is not part.KEYWORD_ONLY), **named)


def count() -> int:
    """How many entries there are."""
    return models.JournalEntry.objects.count()


def test_what_is_said_to_ask_nothing_is_there() -> None:
    modules = {name.partition(".")[0] for name in FUNCTIONS}
    assert set(INSIDE) <= set(FUNCTIONS)
    assert set(UNASKED) <= modules | set(FUNCTIONS)


def test_a_door_calls_nothing_that_is_not_told_who_asks() -> None:
    called = {(name, file) for name, file in called_by_doors() if name in FUNCTIONS and name not in ACTIONS}
    known = {*UNASKED, "advancing.advance", "doctor.examine", "restoring.restore"}
    assert {pair for pair in called if not {pair[0], pair[0].partition(".")[0]} & known} == set()


def test_what_is_tried_below_is_an_action() -> None:
    assert set(CALLS) <= {name.rpartition(".")[2] for name in ACTIONS}


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_takes_by_as_a_keyword_without_a_default(name: str) -> None:
    arguments = ACTIONS[name].args
    given = dict(zip([argument.arg for argument in arguments.kwonlyargs], arguments.kw_defaults, strict=True))
    assert given.get("by", "missing") is None


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_asks_its_right_before_anything_else_and_leaves_an_entry(name: str) -> None:
    source = ast.unparse(ACTIONS[name])
    assert source.count("with attempt(Act.") == 1
    assert re.search(r"with attempt\(Act\.\w+, (Right\.\w+|right), by=by\)", source)
    written = ("journal.append(", "leave_entry(", "_made(", "_whole(", "move(", "move_section(")
    assert any(word in source for word in written)


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("name", ACTIONS)
def test_without_a_grant_an_action_is_refused_and_leaves_one_entry_without_subject(name: str) -> None:
    with pytest.raises(NotAllowed):
        tried(name, NOBODY)
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
    "view_dossier": lambda pupil: dossiers.view_dossier(pupil, by=REGISTRAR),
    "consider_event": lambda pupil: dossiers.consider_event(pupil, STEP, by=REGISTRAR),
    "consider_together": lambda pupil: together.consider_together([pupil], STEP, by=REGISTRAR),
    "choose_pupils": lambda pupil: corrections.choose_pupils([pupil], by=REGISTRAR),
    "list_waiting": lambda pupil: dossiers.list_waiting(by=REGISTRAR),
    "list_projects": lambda pupil: pupils.list_projects(by=REGISTRAR),
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
