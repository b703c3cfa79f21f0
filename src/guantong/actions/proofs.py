"""Proofs (在读证明、学籍证明): given out with number and check code, taken back, and checked by anybody.

A code is shown once, on the paper; what is kept of it is a keyed hash. A check says whether the
paper is valid, invalid or expired, and nothing about the pupil. A paper stops being valid when the
pupil no longer stands where it says.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum
from uuid import uuid4

from django.db import transaction

from guantong.actions import check_codes
from guantong.actions.attempt import attempt, entry, leave_entry
from guantong.actions.clock import now, real_now, today
from guantong.actions.papers import enrolment, marked
from guantong.actions.words import Act
from guantong.cohorts import Status, state_of
from guantong.errors import CheckedTooOften, InputRefused, Problem, StepRefused
from guantong.journal import Note
from guantong.people import Person, Right
from guantong.reports.codes import address_mark
from guantong.reports.layout import lay_out
from guantong.reports.letters import Checking, Proof, certificate
from guantong.reports.pdf import write_pdf
from guantong.store import journal, keys, personal, proofs, pupils
from guantong.store.keys import KeyKind
from guantong.store.proofs import KeptProof
from guantong.store.records import PupilRecord

DAYS = (30, 90, 180)
"""For how many days a proof may be valid."""

MOST_TRIES, MINUTES = 10, 10


class ProofKind(Enum):
    """Which proofs are given out, and in which states."""

    ENROLMENT = "enrolment"
    REGISTRATION = "registration"

    @property
    def paper(self) -> Proof:
        """Return the paper."""
        return Proof[self.name]

    @property
    def states(self) -> tuple[Status, ...]:
        """Return the states in which a pupil may have it."""
        return (Status.ENROLLED,) if self is ProofKind.ENROLMENT else (Status.ENROLLED, Status.SUSPENDED)


class TakenBack(Enum):
    """Why a proof is taken back: a closed list, so that no free text about a child is kept."""

    LOST = "lost"
    WRONG = "wrong"
    REPLACED = "replaced"
    NO_LONGER = "no-longer"

    @property
    def label(self) -> str:
        """Return the word that a page shows."""
        return {"lost": "遗失", "wrong": "内容有误", "replaced": "已另行开具", "no-longer": "情况已变化"}[self.value]


class Answer(Enum):
    """What a check says, and all it says."""

    VALID = "valid"
    INVALID = "invalid"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProof:
    """What a registrar chooses; `check_page` is the address that is printed and drawn."""

    kind: ProofKind
    days: int = DAYS[1]
    check_page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedProof:
    """A proof just given out: the only time that its code is known."""

    proof: KeptProof
    code: str
    pdf: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilProofs:
    """A pupil's record with the proofs given out, those that may be given out now, and why none may, else ""."""

    record: PupilRecord
    proofs: tuple[KeptProof, ...]
    offered: tuple[ProofKind, ...]
    why: str


def list_proofs(pupil: str, *, by: Person) -> PupilProofs:
    """Return a pupil's proofs, newest first; raise `PupilUnknown` out of scope."""
    with attempt(Act.PROOFS_READ, Right.ISSUE_PROOF, by=by) as scope:
        record = pupils.get(pupil, scope=scope)
        given = proofs.of_pupil(pupil, record.standing.kept_at)
        leave_entry(entry(Act.PROOFS_READ, pupil), by=by)
    offered = tuple(kind for kind in ProofKind if not _obstacle(kind, record))
    why = "" if offered else _obstacle(ProofKind.REGISTRATION, record)
    return PupilProofs(record=record, proofs=given, offered=offered, why=why)


def issue_proof(pupil: str, new: NewProof, *, by: Person) -> IssuedProof:
    """Give out a proof; raise `PupilUnknown`, `StepRefused` where the pupil may not have it, or `InputRefused`.

    The paper is tried once before the transaction, which warms the press and finds what cannot be printed; the
    one that is given out is set inside it (some hundredths of a second), so that no number stands without a paper.
    """
    with attempt(Act.PROOF_ISSUED, Right.ISSUE_PROOF, by=by) as scope:
        if new.days not in DAYS:
            raise InputRefused([Problem(column="days", rule="不在可选的有效期内", remedy="请从列出的天数里选择。")])
        record, code, ring = pupils.get(pupil, scope=scope, contact=True), check_codes.new_code(), keys.ring()
        _paper(record, new, _proof(record, new, by, sequence=0), check_codes.SPECIMEN)
        with transaction.atomic():
            record = pupils.get(pupil, scope=scope, contact=True)
            sequence = proofs.next_number(record.standing.kept_at, today().year)
            proof = _proof(record, new, by, sequence=sequence)
            pdf = _paper(record, new, proof, code)
            proofs.put(proof, code, ring, at=now())
            changed = {"number": proof.number, "kind": proof.kind, "valid_until": proof.valid_until.isoformat()}
            note = Note(action=Act.PROOF_ISSUED.value, subject=pupil, fields=personal.digests(pupil, changed))
            journal.append([note], by=by, keys_version=ring.version)
    return IssuedProof(proof=proof, code=code, pdf=pdf)


def revoke_proof(proof: str, because: TakenBack, *, by: Person) -> KeptProof:
    """Take a proof back: from now on it is invalid. Raise `ProofUnknown`, or `StepRefused` where it was done before."""
    with attempt(Act.PROOF_REVOKED, Right.ISSUE_PROOF, by=by) as scope, transaction.atomic():
        kept = proofs.get(proof, scope=scope)
        if kept.revoked:
            raise StepRefused(step="作废证明", why="已经作废")
        proofs.revoke(proof, because.value, by=by.id, at=now())
        fields = personal.digests(kept.pupil, {"number": kept.number, "because": because.value})
        journal.append([Note(action=Act.PROOF_REVOKED.value, subject=kept.pupil, fields=fields)], by=by)
    return replace(kept, revoked_because=because.value)


def check_proof(number: str, code: str, *, caller: str, by: Person) -> Answer:
    """Say whether a paper is valid; raise `CheckedTooOften` after ten tries of a caller (an address) in ten minutes.

    An unknown number takes the same steps as a known one, and the entry in the journal names neither.
    """
    with attempt(Act.PROOF_CHECKED, Right.CHECK_PROOF, by=by):
        _count(caller)
        asked, ring = check_codes.tidy_number(number), keys.ring()
        kept = proofs.numbered(asked)
        key = ring.keys.get(kept.key, ring.of(KeyKind.CHECK_CODE))
        fits = hmac.compare_digest(proofs.hashed(asked, check_codes.tidy_code(code), key), kept.code)
        answer = Answer.VALID if today() <= kept.valid_until else Answer.EXPIRED
        leave_entry(entry(Act.PROOF_CHECKED), by=by)
    return answer if fits and kept.stands else Answer.INVALID


def _count(caller: str) -> None:
    """Count a try before anything is looked up; the count stays whatever becomes of the try."""
    key = keys.ring().of(KeyKind.CHECK_CODE)
    name = hmac.digest(key, f"caller\0{check_codes.caller_group(caller)}".encode(), "sha256").hex()
    with transaction.atomic():
        tries = proofs.count_try(name, at=real_now(), window=timedelta(minutes=MINUTES))
    if tries > MOST_TRIES:
        raise CheckedTooOften(minutes=MINUTES)


def _obstacle(kind: ProofKind, record: PupilRecord) -> str:
    if record.personal is None:
        return "个人信息已删除"
    if record.status not in {state.value for state in kind.states}:
        return f"只有{'、'.join(state.label for state in kind.states)}的学生可以开具"
    state = state_of(record.event_list())
    return "本学段的学籍还没有注册" if state is None or state.needs_registration else ""


def _proof(record: PupilRecord, new: NewProof, by: Person, *, sequence: int) -> KeptProof:
    institution, on = record.standing.kept_at, today()
    return KeptProof(
        id=uuid4().hex,
        pupil=record.id,
        kind=new.kind.value,
        institution=institution,
        number=f"{institution.upper()}-{on.year}-{sequence:06d}",
        stage=record.standing.stage,
        status=record.status,
        issued_on=on,
        valid_until=on + timedelta(days=new.days),
        issued_by=by.id,
    )


def _paper(record: PupilRecord, new: NewProof, proof: KeptProof, code: str) -> bytes:
    """Return the paper; raise `StepRefused` where the pupil may not have it, `InputRefused` where it cannot be set."""
    if why := _obstacle(new.kind, record):
        raise StepRefused(step=f"开具{new.kind.paper.value}", why=why)
    checking = Checking(
        number=proof.number,
        code=code,
        issued=proof.issued_on,
        valid_until=proof.valid_until,
        where=f"扫码或打开 {new.check_page}" if new.check_page else "打开学籍系统的“证明核验”页面",
        mark=address_mark(new.check_page),
    )
    return write_pdf(lay_out(marked(certificate(new.kind.paper, enrolment(record), checking)))).content
