"""The content of a report (报告内容): figures, the school's own words, answers on obligations; one digest over all.

A content carries the titles and duties it was written under, so that a later edition of the
contents changes nothing in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from guantong.errors import InputRefused, Problem
from guantong.policies.canonical import canonical_json, digest_of
from guantong.procedures import Obligation, ReportOutline
from guantong.reports.implementation.figures import ReportFigures, figures_data, read_figures
from guantong.reports.runs import Quoted

LONGEST_TEXT = 6_000
LONGEST_REMARK = 400


class Answer(Enum):
    """What the schools say of an obligation."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    EXPLAINED = "explained"

    @property
    def label(self) -> str:
        """Return the words that a page and the paper show."""
        return _ANSWERS[self]


_ANSWERS = {
    Answer.YES: "已落实",
    Answer.NO: "尚未落实",
    Answer.UNKNOWN: "还不能判断",
    Answer.EXPLAINED: "另有说明",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenSection:
    """One section with what the school wrote; a line break begins a new paragraph."""

    id: str
    title: str
    text: str = ""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Return the paragraphs, without empty ones."""
        return tuple(line.strip() for line in self.text.splitlines() if line.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One obligation with its answer; an explanation needs its remark."""

    obligation: Obligation
    answer: Answer = Answer.UNKNOWN
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """How the paper names things, as they were called when the figures were taken."""

    title: str
    lead: str
    partner: str
    major: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContent:
    """Everything that is signed."""

    names: Names
    figures: ReportFigures
    sections: tuple[WrittenSection, ...]
    replies: tuple[Reply, ...]

    @property
    def digest(self) -> str:
        """Return "sha256:…" over the whole content."""
        return digest_of(canonical_json(content_data(self)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a registrar enters at once: texts by section, answers and remarks by obligation; the rest stays."""

    texts: Mapping[str, str]
    answers: Mapping[str, str]
    remarks: Mapping[str, str]


def blank(names: Names, figures: ReportFigures, outline: ReportOutline) -> ReportContent:
    """Return a content whose figures are there and whose words are still to be written."""
    return ReportContent(
        names=names,
        figures=figures,
        sections=tuple(WrittenSection(id=part.id, title=part.title) for part in outline.sections),
        replies=tuple(Reply(obligation=duty) for duty in outline.obligations),
    )


def with_words(content: ReportContent, written: Written) -> ReportContent:
    """Return the content with what was entered; raise `InputRefused` with every problem."""
    problems = [*_unknown_names(content, written), *_text_problems(written), *_answer_problems(written)]
    if problems:
        raise InputRefused(problems)
    sections = (
        replace(part, text=_tidy(written.texts[part.id])) if part.id in written.texts else part
        for part in content.sections
    )
    return replace(
        content, sections=tuple(sections), replies=tuple(_replied(part, written) for part in content.replies)
    )


def unfinished(content: ReportContent) -> tuple[Problem, ...]:
    """Return what is still missing before the report can be signed."""
    empty = [
        Problem(column=part.id, rule=f"“{part.title}”还没有写", remedy="请写好这一部分。")
        for part in content.sections
        if not part.paragraphs
    ]
    bare = [
        Problem(column=part.obligation.id, rule="选了“另有说明”，但没有写说明", remedy="请补上说明。")
        for part in content.replies
        if part.answer is Answer.EXPLAINED and not part.remark
    ]
    return (*empty, *bare)


def content_data(content: ReportContent) -> dict[str, object]:
    """Return a content as JSON data."""
    names = content.names
    return {
        "names": {key: getattr(names, key) for key in ("title", "lead", "partner", "major", "kind")},
        "figures": figures_data(content.figures),
        "sections": [{"id": part.id, "title": part.title, "text": part.text} for part in content.sections],
        "obligations": [
            {
                "id": part.obligation.id,
                "clause": part.obligation.clause,
                "number": part.obligation.number,
                "text": part.obligation.text,
                "answer": part.answer.value,
                "remark": part.remark,
            }
            for part in content.replies
        ],
    }


def read_content(data: Mapping[str, Any]) -> ReportContent:
    """Return the content that JSON data hold; the data were written by `content_data`."""
    return ReportContent(
        names=Names(**data["names"]),
        figures=read_figures(data["figures"]),
        sections=tuple(WrittenSection(**part) for part in data["sections"]),
        replies=tuple(_read_reply(part) for part in data["obligations"]),
    )


def _read_reply(data: Mapping[str, Any]) -> Reply:
    duty = Obligation(id=data["id"], clause=data["clause"], number=data["number"], text=data["text"])
    return Reply(obligation=duty, answer=Answer(data["answer"]), remark=data["remark"])


def _replied(reply: Reply, written: Written) -> Reply:
    name = reply.obligation.id
    answer = Answer(written.answers[name]) if name in written.answers else reply.answer
    remark = _tidy(written.remarks[name]) if name in written.remarks else reply.remark
    return replace(reply, answer=answer, remark=remark)


def _tidy(text: str) -> str:
    lines = (line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "\n".join(lines).strip()


def _unknown_names(content: ReportContent, written: Written) -> list[Problem]:
    sections = {part.id for part in content.sections}
    duties = {part.obligation.id for part in content.replies}
    strange = [*(set(written.texts) - sections), *((set(written.answers) | set(written.remarks)) - duties)]
    return [Problem(column=name, rule="报告里没有这一项", remedy="请重新打开报告后再填。") for name in sorted(strange)]


def _text_problems(written: Written) -> list[Problem]:
    bounds = [(name, text, LONGEST_TEXT, False) for name, text in written.texts.items()]
    bounds += [(name, text, LONGEST_REMARK, True) for name, text in written.remarks.items()]
    return [found for name, text, most, one in bounds if (found := _text_problem(name, _tidy(text), most, one))]


def _text_problem(name: str, text: str, most: int, one_line: bool) -> Problem | None:
    if len(text) > most:
        return Problem(column=name, rule=f"超过 {most} 字", remedy="请精简后再存。")
    try:
        for line in [text] if one_line else text.split("\n"):
            Quoted(line, name)
    except InputRefused:
        return Problem(column=name, rule="文字里有换行、制表符或看不见的字符", remedy="请删去这些字符后再存。")
    return None


def _answer_problems(written: Written) -> list[Problem]:
    known = {answer.value for answer in Answer}
    remedy = f"请选 {'、'.join(answer.label for answer in Answer)} 之一。"
    return [
        Problem(column=name, value=value[:20], rule="没有这个选项", remedy=remedy)
        for name, value in written.answers.items()
        if value not in known
    ]
