"""An author's own words in a yearly report: a school's are quoted, an authority's are bound like any sentence."""

from __future__ import annotations

from dataclasses import replace

from guantong.errors import InputRefused, Problem
from guantong.reports.binding import Gap
from guantong.reports.model import Block, Paragraph
from guantong.reports.outline import Level, OwnWords, Sentence
from guantong.reports.runs import Quoted, Runs
from guantong.reports.yearly_making import Making

NOT_WRITTEN = "这一节的文字"
LONGEST_SHOWN = 40
REMEDY = "绑定写成 {统计项目;口径}，如 {form.graduates;secondary}。"


def own_words(making: Making, part: OwnWords, where: str) -> list[Block]:
    """Return the author's paragraphs; where an authority writes a digit outside a slot, the line is refused."""
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
    except InputRefused as refused:
        said = (replace(problem, column=where, value=line[:LONGEST_SHOWN]) for problem in refused.problems)
        making.refused += (replace(problem, remedy=REMEDY) for problem in said)
    except ValueError as fault:
        making.refused.append(Problem(column=where, value=line[:LONGEST_SHOWN], rule=str(fault), remedy=REMEDY))
    return None
