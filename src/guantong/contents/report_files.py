"""What the contents say of reports and procedures (报告提纲、流程); a package may lack any of it."""

from __future__ import annotations

from collections.abc import Mapping

from guantong.contents.files import Files
from guantong.contents.references import Known, repeated
from guantong.errors import Problem
from guantong.people import Role
from guantong.procedures import Obligation, Procedure, ReportOutline, Section, read_procedure
from guantong.sheets import Record

OUTLINE, OBLIGATIONS, PROCEDURES = "implementation_report.yaml", "obligations.yaml", "procedures"


def load_procedures(files: Files, known: Known, problems: list[Problem]) -> Mapping[str, Procedure]:
    """Return every procedure by id."""
    if not files.has(PROCEDURES):
        return {}
    roles = [role.value for role in Role]
    found = []
    for name in files.names(PROCEDURES, ".yaml", problems):
        record = files.record(f"{PROCEDURES}/{name}.yaml", problems, known)
        if record is not None:
            found.append(read_procedure(record, roles))
    problems += repeated((procedure.id for procedure in found), PROCEDURES)
    return {procedure.id: procedure for procedure in found}


def load_report_outline(files: Files, known: Known, problems: list[Problem]) -> ReportOutline | None:
    """Return the outline of the implementation report; None where the package has none."""
    if not files.has(OUTLINE):
        return None
    record = files.record(OUTLINE, problems, known)
    duties = tuple(map(_obligation, files.records(OBLIGATIONS, problems, known)))
    problems += repeated((duty.id for duty in duties), OBLIGATIONS)
    if record is None:
        return None
    outline = ReportOutline(
        clause=record.text("clause"),
        title=record.text("title"),
        sections=tuple(_section(part) for part in record.records("sections", required=True)),
        obligations=duties,
    )
    record.done()
    problems += repeated((part.id for part in outline.sections), OUTLINE)
    return outline


def _section(record: Record) -> Section:
    section = Section(id=record.text("id"), title=record.text("title"), hint=record.text("hint"))
    record.done()
    return section


def _obligation(record: Record) -> Obligation:
    duty = Obligation(
        id=record.text("id"), clause=record.text("clause"), number=record.text("number"), text=record.text("text")
    )
    record.done()
    return duty
