"""An author's own words in a yearly report: a school's are quoted, an authority's are bound like any sentence."""

from __future__ import annotations

from guantong.errors import InputRefused, Problem
from guantong.reports.binding import Gap
from guantong.reports.model import Block, Paragraph
from guantong.reports.outline import Level, OwnWords, Sentence
from guantong.reports.runs import Quoted, Runs
from guantong.reports.yearly_making import Making

NOT_WRITTEN = "这一节的文字"


def own_words(making: Making, part: OwnWords, where: str) -> list[Block]:
    """Return the author's paragraphs; raise `InputRefused` where an authority writes a digit outside a slot."""
    lines = [line.strip() for line in making.edition.texts.get(part.id, "").splitlines()]
    said = [line for line in lines if line]
    if not said:
        making.binder.missing.append(Gap(where=where, wanted=NOT_WRITTEN, required=part.required))
        return []
    runs = [_line(making, line, where) for line in said]
    return [Paragraph(one) for one in runs if one]


def _line(making: Making, line: str, where: str) -> Runs | None:
    if making.outline.level is Level.SCHOOL:
        return (Quoted(line, making.edition.name),)
    try:
        return making.binder.sentence(Sentence(text=line, required=True), where)
    except ValueError as fault:
        remedy = "绑定写成 {统计项目;口径}，如 {form.graduates;secondary}。"
        raise InputRefused([Problem(column=where, value=line[:40], rule=str(fault), remedy=remedy)]) from None
