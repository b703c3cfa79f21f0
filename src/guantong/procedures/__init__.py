"""Procedures (流程): official work in several steps, who does them and until when. Declared as data."""

from guantong.procedures.filing import Filing, filing, last_day
from guantong.procedures.outline import Obligation, ReportOutline, Section
from guantong.procedures.procedure import (
    DONE,
    Branch,
    DayOfYear,
    DaysAfter,
    Deadline,
    End,
    Procedure,
    Step,
    StepKind,
    due_on,
)
from guantong.procedures.reading import read_procedure
from guantong.procedures.runs import Due, Outcome, Run, RunState, StepRecord, advanced, due, state_of, what_is_due

__all__ = [
    "DONE",
    "Branch",
    "DayOfYear",
    "DaysAfter",
    "Deadline",
    "Due",
    "End",
    "Filing",
    "Obligation",
    "Outcome",
    "Procedure",
    "ReportOutline",
    "Run",
    "RunState",
    "Section",
    "Step",
    "StepKind",
    "StepRecord",
    "advanced",
    "due",
    "due_on",
    "filing",
    "last_day",
    "read_procedure",
    "state_of",
    "what_is_due",
]
