"""What every collection action looks at: the catalogue, a submission with its values and checks, its procedures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from guantong.actions.books import contents
from guantong.actions.clock import today
from guantong.errors import StepRefused
from guantong.indicators import Catalogue, Checked, Compared, Entry, Fault, Form, Section, check_form
from guantong.people import Person
from guantong.policies.canonical import canonical_json, digest_of
from guantong.procedures import Outcome, Procedure, Run, StepRecord, advanced, state_of
from guantong.store import collection, entries
from guantong.store.collection import DeedRecord, SectionRecord, SubmissionRecord

SECTION, WHOLE = "section", "collection"
EXEMPT = "exempted"
FILL, COLLECT = "fill", "collect"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A submission with its values and what its checks find."""

    submission: SubmissionRecord
    sections: tuple[Section, ...]
    entries: dict[str, Entry]
    checked: Checked
    last_year: dict[str, Entry]

    def faults_of(self, section: Section) -> tuple[Fault, ...]:
        """Return what was found in one section."""
        names = {indicator.id for indicator in section.indicators}
        return tuple(fault for fault in self.checked.faults if fault.indicator.id in names)


def catalogue() -> Catalogue:
    """Return the catalogue of the world."""
    return contents().catalogue


def sections_of(submission: SubmissionRecord) -> tuple[Section, ...]:
    """Return the sections that a submission is asked for."""
    return catalogue().sections(submission.year, submission.stage)


def section_named(submission: SubmissionRecord, name: str) -> Section:
    """Return a section by id; raise `SubmissionUnknown` where it is not asked for."""
    submission.section(name)
    return next(section for section in sections_of(submission) if section.id == name)


def filled(submission: SubmissionRecord) -> Filled:
    """Return a submission with its values, last year's, and every fault."""
    asked = catalogue().asked(submission.year, submission.stage)
    current = entries.current(submission.id, asked)
    before = _last_year(submission)
    last_year = entries.current(before, asked) if before else {}
    compared = Compared(
        last_year={name: entry.value for name, entry in last_year.items() if entry.value},
        peers=_peers(submission),
    )
    return Filled(
        submission=submission,
        sections=sections_of(submission),
        entries=current,
        checked=check_form(catalogue(), form_of(submission, current), compared),
        last_year=last_year,
    )


def form_of(submission: SubmissionRecord, current: dict[str, Entry]) -> Form:
    """Return a submission as the checks look at it; the indicators of exempt sections need no value."""
    without = {section.name for section in submission.sections if section.end == EXEMPT}
    exempt = {one.id for part in sections_of(submission) if part.id in without for one in part.indicators}
    return Form(
        organisation=submission.organisation,
        year=submission.year,
        stage=submission.stage,
        entries=current,
        exempt=frozenset(exempt),
    )


def digest(current: dict[str, Entry]) -> str:
    """Return the digest of every value, as it lies before whoever signs."""
    rows = [
        [entry.indicator, str(entry.value or ""), entry.sample or 0, entry.method, entry.explanation]
        for entry in sorted(current.values(), key=lambda entry: entry.indicator)
    ]
    return digest_of(canonical_json({"values": rows}))


def check_open(submission: SubmissionRecord, step: str) -> None:
    """Raise `StepRefused` unless the submission is still being put together."""
    if submission.exempt:
        raise StepRefused(step=step, why="这个单位本年度免报")
    if submission.step != COLLECT:
        raise StepRefused(step=step, why="已经送签；需要修改的，请签署或确认的人先退回")


def section_run(submission: SubmissionRecord, section: SectionRecord) -> Run:
    """Return the run of a section since it was last begun anew."""
    return _run(SECTION, submission, section.deeds)


def whole_run(submission: SubmissionRecord) -> Run:
    """Return the run of a submission."""
    return _run(WHOLE, submission, submission.deeds)


def move_section(
    submission: SubmissionRecord, section: SectionRecord, done: StepRecord, *, by: Person, office: str, mark: str = ""
) -> None:
    """Do a step of a section; raise `StepRefused` where another one is up."""
    state = state_of(advanced(section_run(submission, section), done))
    deed = DeedRecord(record=done, by=by.id, name=by.name, organisation=office, digest=mark)
    step = state.current.id if state.current else ""
    collection.move_section(submission, section, step, state.end, section.round, deed)


def move_whole(submission: SubmissionRecord, done: StepRecord, *, by: Person, office: str, mark: str) -> str:
    """Do a step of a submission and return the step that is up then, "" at the end."""
    state = state_of(advanced(whole_run(submission), done))
    deed = DeedRecord(record=done, by=by.id, name=by.name, organisation=office, digest=mark)
    step = state.current.id if state.current else ""
    collection.move(submission, step, deed)
    return step


def step_done(procedure: str, step: str, *, choice: str = "", reason: str = "", returned: bool = False) -> StepRecord:
    """Return the record of a step of a procedure, done or returned today."""
    found = next(one for one in _procedure(procedure).steps if one.id == step)
    outcome = Outcome.RETURNED if returned else Outcome.DONE
    return StepRecord(step=step, outcome=outcome, role=found.role, on=today(), reason=reason, choice=choice)


def _run(name: str, submission: SubmissionRecord, deeds: tuple[DeedRecord, ...]) -> Run:
    return Run(
        procedure=_procedure(name),
        subject=submission.organisation,
        year=submission.year,
        started=submission.started,
        records=tuple(deed.record for deed in deeds),
    )


def _procedure(name: str) -> Procedure:
    return contents().procedures[name]


def _last_year(submission: SubmissionRecord) -> str:
    """Return the id of the year before's submission that was received, "" where there is none."""
    return collection.received(submission.year - 1, submission.organisation)


def _peers(submission: SubmissionRecord) -> dict[str, list[Decimal]]:
    """Return the values of schools of the same stage, kind and size that have been sent already."""
    names = collection.sent_by_peers(submission)
    asked = catalogue().asked(submission.year, submission.stage)
    found: dict[str, list[Decimal]] = {}
    for values in entries.current_of(names, asked).values():
        for name, entry in values.items():
            if entry.value:
                found.setdefault(name, []).append(entry.value.value)
    return found
