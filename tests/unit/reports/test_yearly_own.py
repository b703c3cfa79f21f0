"""Own words and what was asked: a school is quoted, an authority is bound, and only what was asked can be missing."""

from dataclasses import replace

import pytest
from tests.unit.indicators.catalogue import CATALOGUE
from tests.unit.reports.yearly import edition, fact, outline, table

from guantong.errors import InputRefused
from guantong.reports import Paragraph, Quoted, Table, plain
from guantong.reports.outline import Level
from guantong.reports.yearly import Built, build_yearly

OWN = {"own": "mine", "required": True}
TABLE = {"indicators": {"id": "q", "table": CATALOGUE.tables[0].id, "columns": ["本校"], "scopes": ["-"]}}


def made(words: str, level: Level = Level.CITY) -> Built:
    """A report whose author wrote some words."""
    found, problems = outline(OWN)
    assert problems == []
    facts = table(fact("pupils", "200", "higher"))
    return build_yearly(replace(found, level=level), replace(edition(facts), texts={"mine": words}))


def paragraphs(report: Built) -> list[Paragraph]:
    """Its paragraphs."""
    return [block for block in report.report.blocks if isinstance(block, Paragraph)]


def test_a_school_s_words_are_quoted_with_their_digits() -> None:
    one, two = paragraphs(made("第一段 12 项。\n\n第二段。", Level.SCHOOL))[:2]
    assert one.runs == (Quoted("第一段 12 项。", "演示市"),)
    assert plain(two.runs) == "第二段。"


def test_an_authority_s_digits_come_from_facts_alone() -> None:
    assert plain(paragraphs(made("共 {pupils;higher}。"))[0].runs) == "共 200人。"
    for words in ("共 12 人。", "共 {nothing}。", "共 {pupils;higher|more}。"):
        with pytest.raises(InputRefused):
            made(words)


def test_every_line_at_fault_is_told_at_once_with_its_chapter() -> None:
    with pytest.raises(InputRefused) as refused:
        made("共 12 人。\n共 {pupils;higher}。\n共 {nothing}。")
    told = [(problem.column, problem.value) for problem in refused.value.problems]
    assert told == [("概况", "共 12 人。"), ("概况", "共 {nothing}。")]


def test_a_place_without_words_is_a_gap() -> None:
    assert [(gap.where, gap.required) for gap in made(" \n").missing] == [("概况", True)]


def test_only_what_was_asked_can_be_missing() -> None:
    found, _ = outline(TABLE)
    names = [one.id for one in CATALOGUE.indicators.values() if one.table == CATALOGUE.tables[0].id]
    asked = replace(edition(table()), asked={"": frozenset(names[:1])})
    assert len(build_yearly(found, asked).missing) == 1
    assert build_yearly(found, replace(asked, asked={"": frozenset()})).missing == ()
    assert len(build_yearly(found, edition(table())).missing) == len(names)
    assert not [
        block for block in build_yearly(found, asked).report.blocks if isinstance(block, Table) and block.label == "q"
    ]
