"""Letters (文书): official papers of one page: certificates of enrolment, and notices.

A certificate says who, where, what and until when, and how it is checked: number and check code.
Whatever is about the pupil is bound to the entry that it comes from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from guantong.errors import InputRefused, Problem
from guantong.reports.layout import name_runs, printed_day
from guantong.reports.model import Block, Manner, Paper, Paragraph, Report, Signatures, Signer
from guantong.reports.numbers import numbers_in
from guantong.reports.prose import prose
from guantong.reports.runs import Bound, Named, Role, Run, Runs, Text

PROJECTS = ("3+2+2", "3+2", "2+3", "3+4")


class Proof(Enum):
    """Which certificate is asked for (证明种类)."""

    ENROLMENT = "在读证明"
    REGISTRATION = "学籍证明"


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """What a certificate says about a pupil (在读情况); `entry` names the pupil's record, never a person.

    `identity` is masked; it, `sex` and `student_number` are "" where the paper goes without them. `standing` is the
    state of the registration (在籍在读).
    """

    entry: str
    name: str
    sex: str
    student_number: str
    school: str
    major: str
    cohort: int
    stage: str
    standing: str
    length: str = "3+2+2"
    identity: str = ""
    partner: str = ""
    project: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checking:
    """How a paper is checked (核验): its number, its check code, its days, and where to ask.

    `mark` is a drawing of the address alone: neither number nor code is ever part of an address.
    """

    number: str
    code: str
    issued: date
    valid_until: date
    where: str
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice (通知): to whom, what, by whom, and when; its paragraphs are already bound."""

    title: str
    addressee: str
    paragraphs: tuple[Runs, ...]
    issuer: str
    issued: date
    number: str = ""


def certificate(proof: Proof, enrolment: Enrolment, checking: Checking) -> Report:
    """Return a certificate; raises InputRefused where it would be valid until before the day it is issued."""
    if checking.valid_until < checking.issued:
        rule, remedy = "有效期早于开具日期", "请核对有效期。"
        raise InputRefused([Problem(rule=rule, value=checking.valid_until.isoformat(), remedy=remedy)])
    statement = _enrolled(enrolment) if proof is Proof.ENROLMENT else _registered(enrolment)
    blocks: tuple[Block, ...] = (
        Paragraph(statement),
        Paragraph((Text("特此证明。"),)),
        Signatures((Signer(enrolment.school, "（盖章）", checking.issued),)),
        *_fine(checking),
    )
    return Report(
        title=(Text(proof.value),),
        number=(Text("编号："), _code(checking.number, "certificate:number")),
        issuer=enrolment.school,
        date=checking.issued,
        blocks=blocks,
        paper=Paper.LETTER,
        cover=False,
        mark=checking.mark,
    )


def notice(paper: Notice) -> Report:
    """Return a notice as a paper of one page."""
    blocks: tuple[Block, ...] = (
        Paragraph((*name_runs(paper.addressee), Text("：")), Manner.LEAD),
        *(Paragraph(paragraph) for paragraph in paper.paragraphs),
        Signatures((Signer(paper.issuer, "（盖章）", paper.issued),)),
    )
    number = prose(paper.number) if paper.number else ()
    return Report(
        title=prose(paper.title, PROJECTS),
        number=number,
        issuer=paper.issuer,
        date=paper.issued,
        blocks=blocks,
        paper=Paper.LETTER,
        cover=False,
    )


def _enrolled(enrolment: Enrolment) -> Runs:
    """兹证明…系我校…学生，现就读…"""
    sentence = "兹证明{name}，{sex}{identity}系{school}{cohort}级{major}专业学生，{number}现就读{stage}{project}。"
    return _sentence(sentence, enrolment)


def _registered(enrolment: Enrolment) -> Runs:
    """兹证明…学籍…注册于…"""
    sentence = (
        "兹证明{name}，{sex}{identity}学籍注册于{school}，入学年份为{cohort}年，{number}"
        "专业为{major}，学段为{stage}，学籍状态为{standing}{project}。"
    )
    return _sentence(sentence, enrolment)


def _sentence(sentence: str, enrolment: Enrolment) -> Runs:
    """Fill a sentence; a slot may take several runs, so the sentence is cut at its slots."""
    slots = {
        "name": name_runs(enrolment.name),
        "sex": (Text(f"{enrolment.sex}，"),) if enrolment.sex else (),
        "identity": _identity(enrolment),
        "school": name_runs(enrolment.school),
        "cohort": (Named(str(enrolment.cohort), Role.YEAR),),
        "major": name_runs(enrolment.major),
        "number": _student_number(enrolment),
        "stage": prose(enrolment.stage),
        "standing": prose(enrolment.standing),
        "project": _project(enrolment),
    }
    runs: list[Run] = []
    for part in sentence.split("{"):
        slot, closed, rest = part.partition("}")
        runs += [*slots[slot], Text(rest)] if closed else [Text(part)]
    return tuple(runs)


def _identity(enrolment: Enrolment) -> Runs:
    if not enrolment.identity:
        return ()
    return (Text("身份证件号码"), _code(enrolment.identity, f"{enrolment.entry}:identity"), Text("，"))


def _student_number(enrolment: Enrolment) -> Runs:
    if not enrolment.student_number:
        return ()
    return (Text("学号"), _code(enrolment.student_number, f"{enrolment.entry}:student_number"), Text("，"))


def _project(enrolment: Enrolment) -> Runs:
    """（属…贯通培养项目，学制3+2+2，合作高校为…）"""
    if not enrolment.project:
        return ()
    partner = (Text("，合作高校为"), *name_runs(enrolment.partner)) if enrolment.partner else ()
    length = prose(f"，学制{enrolment.length}", PROJECTS) if enrolment.length else ()
    return (Text("（属"), *name_runs(enrolment.project), *length, *partner, Text("）"))


def _fine(checking: Checking) -> Sequence[Paragraph]:
    code = _code(checking.code, "certificate:check_code")
    lines: tuple[Runs, ...] = (
        (Text("校验码："), code, Text("　　有效期至："), printed_day(checking.valid_until)),
        (Text("核验方法："), *name_runs(checking.where), Text("，输入编号和校验码，可知本证明是否有效。")),
        (Text("有效期满后请重新开具。"),),
    )
    return [Paragraph(line, Manner.FINE) for line in lines]


def _code(text: str, entry: str) -> Bound | Text:
    """Return an identifier of the pupil's record; its digits, where it has any, belong to that entry."""
    return Bound(text, entry, "学校学籍系统登记") if numbers_in(text) else Text(text)
