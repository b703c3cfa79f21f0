"""The letter of a diagnosis: every number belongs to its finding, grave ones come first, nobody is ranked."""

from dataclasses import replace
from datetime import date

import pytest

from guantong.diagnosis import Finding, FindingKind, Severity
from guantong.reports import Bound, Heading, Paragraph, plain
from guantong.reports.accounts import check_docx
from guantong.reports.diagnosis_letter import ADVICE, NOTHING_FOUND, Letter, bound, diagnosis_letter
from guantong.reports.docx import write_docx
from guantong.reports.layout import lay_out

FINDING = Finding(
    subject="yanshi",
    year=2026,
    indicator="land",
    kind=FindingKind.THRESHOLD,
    severity=Severity.GRAVE,
    evidence=("yanshi-2026-land",),
    text="生均占地面积 10.5平方米，合格标准是不低于 33平方米。",
)
LETTER = Letter(
    school="演示第一学校",
    year=2026,
    findings=(FINDING,),
    advisers=("演示顾问",),
    issuer="演示市教委",
    on=date(2026, 11, 20),
)


def words(letter: Letter) -> list[str]:
    """What the letter says."""
    return [plain(block.runs) for block in diagnosis_letter(letter).blocks if isinstance(block, Paragraph | Heading)]


def test_each_number_of_a_finding_is_bound_to_it() -> None:
    runs = bound(FINDING.text, FINDING.id)
    assert plain(runs) == FINDING.text
    numbers = [run for run in runs if isinstance(run, Bound)]
    assert [(run.text, run.fact) for run in numbers] == [
        ("10.5", f"finding:{FINDING.id}"),
        ("33", f"finding:{FINDING.id}"),
    ]


def test_every_number_on_paper_is_accounted_for() -> None:
    sheet = lay_out(diagnosis_letter(LETTER))
    assert check_docx(sheet, write_docx(sheet)) == ()


@pytest.mark.parametrize("kind", FindingKind)
def test_a_finding_that_asks_for_something_says_what(kind: FindingKind) -> None:
    said = "".join(words(replace(LETTER, findings=(replace(FINDING, kind=kind),))))
    assert ADVICE[kind] in said
    assert "诊断顾问：演示顾问" in said


def test_grave_findings_come_first_and_a_note_asks_for_nothing() -> None:
    note = replace(FINDING, severity=Severity.NOTE, kind=FindingKind.TREND)
    said = words(replace(LETTER, findings=(note, FINDING)))
    assert said.index("须整改") < said.index("提示")
    assert ADVICE[FindingKind.TREND] not in "".join(said)


def test_where_nothing_was_found_the_letter_says_so() -> None:
    assert NOTHING_FOUND in words(replace(LETTER, findings=()))
