"""The back of a yearly report: its sources with their grades, and the annex of what is not on record."""

from __future__ import annotations

from collections.abc import Iterator

from guantong.reports.binding import Gap
from guantong.reports.model import Align, Block, Cell, Heading, Paragraph, Table
from guantong.reports.prose import prose
from guantong.reports.runs import Runs, Text
from guantong.reports.yearly_making import Making

ANNEX = "annex"


def sources(making: Making) -> list[Block]:
    """Return the documents that the report rests on, each with its grade."""
    used = dict.fromkeys(fact.place.document for fact in making.binder.used)
    known = [making.edition.sources[name] for name in used if name in making.edition.sources]
    if not known:
        return []
    head = Heading(1, (Text("资料来源"),), numbered=False)
    return [head, *(Paragraph((*titled(f"《{one.title}》"), Text(f"，{one.grade.label}。"))) for one in known)]


def annex(making: Making) -> list[Block]:
    """Return what the outline asks for and the facts do not hold; nothing where nothing is missing."""
    gaps = dict.fromkeys((gap.where, _asked(making, gap)) for gap in making.binder.missing)
    if not gaps:
        return []
    lead = "提纲列出而资料中没有的内容。没有收录不等于没有发生，也不是零。"
    table = Table(
        caption=(Text("未收录的内容"),),
        header=((Cell((Text("所在位置"),)), Cell((Text("未收录的内容"),))),),
        rows=tuple((Cell(titled(where)), Cell(titled(asked))) for where, asked in gaps),
        align=(Align.LEFT, Align.LEFT),
        label=ANNEX,
    )
    return [Heading(1, (Text("附：未收录"),), numbered=False), Paragraph((Text(lead),)), table]


def titled(words: str) -> Runs:
    """Return words whose digits belong to names: titles of documents, of indicators, of chapters."""
    return prose(words, tuple(dict.fromkeys(_digit_names(words))))


def _digit_names(words: str) -> Iterator[str]:
    run = ""
    for letter in words + " ":
        if letter.isascii() and (letter.isalnum() or letter in "+-.~;:@,"):
            run += letter
            continue
        if any(one.isdigit() for one in run):
            yield run
        run = ""


def _asked(making: Making, gap: Gap) -> str:
    """Return what was looked for in words: the attribute's name and its scope."""
    head, _, rest = gap.wanted.partition(";")
    name, words = head.partition("@")[0], making.facts.words
    if not words.has(name):
        return gap.wanted
    scope = words.scope_words(code for part in rest.split(";") for code in part.split(","))
    return words.attribute(name).name + (f"（{scope}）" if scope else "")
